"""Let people into a campaign: each once, or again so long after it came in last."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from funnel.domain.campaigns import Campaign, Comes
from funnel.domain.enrolments import UNDER_WAY, Enrolment, Turn, begun, part_of
from funnel.domain.errors import StoreBusy
from funnel.domain.ids import PersonId
from funnel.ports.system import WalkCampaigns
from funnel.usecases.app import App
from funnel.usecases.walking import Walking
from funnel.usecases.write_walks import write_walks

BY_LIST, BY_FORM = "list", "form"
_AT_ONCE = 40
_TRIES = 8


def let_in(app: App, campaign: Campaign, came: Mapping[PersonId, datetime], by: str) -> int:
    """Let in those of these who may be; how many came in. `came` is when each got onto the list, or sent the form.

    Who was merged comes in as whom it was merged into, and who was erased does not. May be repeated:
    who is in is in. Raises `StoreBusy` when others keep changing the same.
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
        turns = app.campaigns.turns(*own, people) if people else {}
        before = app.campaigns.enrolments(*own, [turn.latest for turn in turns.values()])
        changes = [
            begun(campaign, turn, person_id, app.clock.now(), by)
            for person_id, at in people.items()
            if (turn := turns.get(person_id)) is None
            or _may_again(campaign, turn, before.get(turn.latest), at)
        ]
        if not changes:
            return done
        written = write_walks(app, campaign.tenant, changes)
        new = [change.after for change, ok in zip(changes, written, strict=True) if ok]
        ring(app, campaign, new)
        done += len(new)
        people = {i: at for i, at in people.items() if i not in {one.person_id for one in new}}
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


def _may_again(campaign: Campaign, turn: Turn, before: Enrolment | None, at: datetime) -> bool:
    if before is not None and before.state in UNDER_WAY:
        return False
    again_days = campaign.start.again_days
    return again_days > 0 and at >= turn.entered_at + timedelta(days=again_days)


def _living(
    app: App, campaign: Campaign, came: Mapping[PersonId, datetime]
) -> dict[PersonId, datetime]:
    """Who stands for these now, each with the last time it came."""
    walking = Walking.for_people(app, campaign, came)
    found: dict[PersonId, datetime] = {}
    for person_id, at in came.items():
        person = walking.person(person_id)
        if person is not None:
            found[person.person_id] = max(at, found.get(person.person_id, at))
    return found
