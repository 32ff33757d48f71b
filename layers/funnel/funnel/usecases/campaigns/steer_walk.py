"""Put a person into a campaign by hand, take one out, and have one that is stuck tried again."""

from dataclasses import replace

from funnel.domain.campaigns.campaigns import Campaign, CampaignId, CampaignState
from funnel.domain.campaigns.enrolments import (
    UNDER_WAY,
    Change,
    Enrolment,
    EnrolmentId,
    EnrolmentState,
    again,
    begun,
    keyed_walk,
    over,
    part_of,
)
from funnel.domain.errors import Conflict, InputInvalid, NotFound
from funnel.domain.ids import PersonId, TenantId
from funnel.ports.marketing_messages import WalkCampaigns
from funnel.usecases.app import App
from funnel.usecases.campaigns.keep_campaigns import campaign_of
from funnel.usecases.campaigns.let_in import follow
from funnel.usecases.campaigns.whose_walks import NOBODY, standings
from funnel.usecases.campaigns.write_walks import write_walks
from funnel.usecases.living import living

_TRIES = 5
_HELD = frozenset({EnrolmentState.STUCK, EnrolmentState.STOPPED})


def put_in(
    app: App,
    tenant: TenantId,
    campaign_id: CampaignId,
    person_id: PersonId,
    by: str,
    key: str,
) -> Enrolment:
    """The person comes in, also one that was through before; who walks already stays where it is.

    So does who walks under the id of somebody who was merged into it. Asked again under the same `key`
    it does not come in again, even where that walk is over by then.

    Raises `NotFound`, and `InputInvalid` while the campaign does not run.
    """
    campaign = _running(app, tenant, campaign_id)
    person = living(app, tenant, person_id)
    if person is None:
        raise NotFound("There is no such person.")
    own = person.person_id
    for _ in range(_TRIES):
        once = keyed_walk(campaign_id, own, key)
        done = app.campaigns.enrolments(tenant, campaign_id, [once]).get(once)
        if done is not None:
            return done
        known = standings(app, tenant, campaign_id, [person])
        here = known.get(own, NOBODY)
        if here.walk is not None and here.walk.state in UNDER_WAY:
            follow(app, campaign, known)
            return here.walk
        change = begun(campaign, here.own, own, app.clock.now(), by, key)
        if write_walks(app, tenant, [change])[0]:
            _ring(app, change.after)
            return change.after
    raise Conflict("Somebody else changed this at the same moment.", mend="Try again.")


def take_out(
    app: App, tenant: TenantId, campaign_id: CampaignId, enrolment_id: EnrolmentId, by: str
) -> Enrolment:
    """Its walk is over; what was done stays done, and one that is over already stays so. Raises `NotFound`."""
    for _ in range(_TRIES):
        walk = _walk(app, tenant, campaign_id, enrolment_id)
        if walk.state not in UNDER_WAY:
            return walk
        after = over(walk, EnrolmentState.TAKEN_OUT, app.clock.now(), by)
        if write_walks(app, tenant, [Change(walk, after)])[0]:
            return replace(after, version=walk.version + 1)
    raise Conflict("Somebody else changed this at the same moment.", mend="Try again.")


def try_walk_again(
    app: App, tenant: TenantId, campaign_id: CampaignId, enrolment_id: EnrolmentId, by: str
) -> Enrolment:
    """One that is stuck is looked at again, now; nothing for one that is not. Raises `NotFound`."""
    for _ in range(_TRIES):
        walk = _walk(app, tenant, campaign_id, enrolment_id)
        if walk.state not in _HELD:
            return walk
        after = again(walk, app.clock.now(), by)
        if write_walks(app, tenant, [Change(walk, after)])[0]:
            _ring(app, after)
            return replace(after, version=walk.version + 1)
    raise Conflict("Somebody else changed this at the same moment.", mend="Try again.")


def _ring(app: App, walk: Enrolment) -> None:
    """Not to wait for the next minute; if it is lost, that minute heals it."""
    app.queue.send(WalkCampaigns(walk.tenant, part_of(walk.enrolment_id)))


def _running(app: App, tenant: TenantId, campaign_id: CampaignId) -> Campaign:
    campaign = campaign_of(app, tenant, campaign_id)
    if campaign.state is not CampaignState.RUNNING:
        raise InputInvalid("This campaign does not run.", mend="Start it, or let it go on, first.")
    return campaign


def _walk(
    app: App, tenant: TenantId, campaign_id: CampaignId, enrolment_id: EnrolmentId
) -> Enrolment:
    campaign_of(app, tenant, campaign_id)
    found = app.campaigns.enrolments(tenant, campaign_id, [enrolment_id]).get(enrolment_id)
    if found is None or not found.person_id:
        raise NotFound("Nobody walks here under this id.")
    return found
