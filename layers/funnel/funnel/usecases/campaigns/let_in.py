"""Let people into a campaign: each once, or again so long after it came in last."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from funnel.domain.campaigns.campaigns import Campaign, Comes
from funnel.domain.campaigns.enrolments import Enrolment, begun, part_of
from funnel.domain.errors import StoreBusy
from funnel.domain.ids import PersonId
from funnel.domain.sync.records import Person
from funnel.ports.marketing_messages import WalkCampaigns
from funnel.usecases.app import App
from funnel.usecases.campaigns.whose_walks import NOBODY, Standing, standings
from funnel.usecases.campaigns.write_walks import write_walks
from funnel.usecases.living import all_living

BY_LIST, BY_FORM = "list", "form"
_AT_ONCE = 40
_TRIES = 8


def let_in(app: App, campaign: Campaign, came: Mapping[PersonId, datetime], by: str) -> int:
    """Let in those of these who may be; how many came in. `came` is when each got onto the list, or sent the form.

    Who was merged comes in as whom it was merged into, and who was erased does not; whoever walks
    under the id of whom it took in walks on. May be repeated: who is in is in. Raises `StoreBusy` when others keep changing the same.
    """
    ids, done = sorted(came), 0
    for start in range(0, len(ids), _AT_ONCE):
        some = {i: came[i] for i in ids[start : start + _AT_ONCE]}
        done += _some(app, campaign, some, by)
    return done


def _some(app: App, campaign: Campaign, came: Mapping[PersonId, datetime], by: str) -> int:
    own, done = (campaign.tenant, campaign.campaign_id), 0
    people = _living(app, campaign, came)
    for _ in range(_TRIES):
        known = standings(app, *own, [person for person, _ in people.values()])
        follow(app, campaign, known)
        changes = [
            begun(campaign, here.own, person_id, app.clock.now(), by)
            for person_id, (_, at) in people.items()
            if _may_come(campaign, here := known.get(person_id, NOBODY), at)
        ]
        if not changes:
            return done
        written = write_walks(app, campaign.tenant, changes)
        new = [change.after for change, ok in zip(changes, written, strict=True) if ok]
        ring(app, campaign, new)
        done += len(new)
        people = {i: one for i, one in people.items() if i not in {one.person_id for one in new}}
    raise StoreBusy("Others keep letting in the same people.")


def is_wanted(campaign: Campaign, came_at: datetime) -> bool:
    """Whether who got onto the list then is to come in at all: not who was on it before, unless that is asked for."""
    started_at = campaign.started_at
    if campaign.start.comes is not Comes.LIST or campaign.start.present or started_at is None:
        return True
    return came_at >= started_at


def ring(app: App, campaign: Campaign, some: Iterable[Enrolment]) -> None:
    """Have these looked at now, and not with the next tick."""
    for part in sorted({part_of(one.enrolment_id) for one in some}):
        app.queue.send(WalkCampaigns(campaign.tenant, part))


def follow(app: App, campaign: Campaign, known: Mapping[PersonId, Standing]) -> None:
    """Have those looked at now who walk on under the id of whom they took in, so that they do so as themselves."""
    now, own = app.clock.now(), (campaign.tenant, campaign.campaign_id)
    found = [one for here in known.values() if here.own is None for one in here.under_way]
    ring(app, campaign, [o for o in found if app.campaigns.hasten(*own, o.enrolment_id, now)])


def _may_come(campaign: Campaign, here: Standing, at: datetime) -> bool:
    """Whether it comes in: for the first time under any id, or again, so long after the last."""
    if here.entered_at is None:
        return True
    again_days = campaign.start.again_days
    if here.under_way or not again_days:
        return False
    return at >= here.entered_at + timedelta(days=again_days)


def _living(
    app: App, campaign: Campaign, came: Mapping[PersonId, datetime]
) -> dict[PersonId, tuple[Person, datetime]]:
    """Who stands for these now, each with the last time it came."""
    people = all_living(app, campaign.tenant, came)
    found: dict[PersonId, tuple[Person, datetime]] = {}
    for person_id, person in people.items():
        at, known = came[person_id], found.get(person.person_id)
        found[person.person_id] = (person, max(at, known[1] if known else at))
    return found
