"""Put people into a campaign by hand, take them out, and have those go on who are stuck."""

from collections.abc import Iterable

from funnel.domain.campaigns import Campaign, CampaignId, StepId
from funnel.domain.enrolments import (
    UNDER_WAY,
    Change,
    Enrolment,
    EnrolmentId,
    EnrolmentState,
    over,
)
from funnel.domain.errors import Conflict, InputInvalid, NotFound
from funnel.domain.ids import PersonId, TenantId
from funnel.ports.system import MendCampaign
from funnel.usecases.app import App
from funnel.usecases.keep_campaigns import campaign_of
from funnel.usecases.let_in import let_in, ring
from funnel.usecases.mend_campaign import PARKED, tried_again

MOST_AT_ONCE = 500
_TRIES = 8


def put_in(
    app: App, tenant: TenantId, campaign_id: CampaignId, people: Iterable[PersonId], by: str
) -> int:
    """Let these in, also those who are through already; how many came in.

    Who is on the way stays so. Raises `NotFound`, and `InputInvalid` for a campaign that does not run
    or too many people.
    """
    campaign = _running(app, tenant, campaign_id)
    wanted = list(dict.fromkeys(people))
    if len(wanted) > MOST_AT_ONCE:
        text = f"At most {MOST_AT_ONCE} people at once."
        raise InputInvalid(text, mend="Put them on a list, and start the campaign from it.")
    now = app.clock.now()
    return let_in(app, campaign, dict.fromkeys(wanted, now), by, anew=True)


def take_out(
    app: App, tenant: TenantId, campaign_id: CampaignId, enrolment_id: EnrolmentId, by: str
) -> Enrolment:
    """Take a person out who is on the way; the enrolment as it is then. Raises `NotFound` and `Conflict`."""
    for _ in range(_TRIES):
        one = enrolment_of(app, tenant, campaign_id, enrolment_id)
        if one.state not in UNDER_WAY:
            return one
        change = Change(one, over(one, EnrolmentState.TAKEN_OUT, app.clock.now(), by))
        if app.campaigns.write_enrolments(tenant, [change]) == [True]:
            return enrolment_of(app, tenant, campaign_id, enrolment_id)
    raise Conflict("This person is being taken on just now.", mend="Try again.")


def try_again(
    app: App, tenant: TenantId, campaign_id: CampaignId, enrolment_id: EnrolmentId, by: str
) -> Enrolment:
    """Have a person go on who is stuck or was stopped; the enrolment as it is then. Raises `NotFound`."""
    one = enrolment_of(app, tenant, campaign_id, enrolment_id)
    if one.state in PARKED and tried_again(app, [one], by):
        ring(app, campaign_of(app, tenant, campaign_id), [one])
    return enrolment_of(app, tenant, campaign_id, enrolment_id)


def try_all_again(
    app: App, tenant: TenantId, campaign_id: CampaignId, by: str, step: StepId | None = None
) -> None:
    """Have all go on who are stuck or were stopped, at one step or at any; soon. Raises `NotFound`."""
    campaign_of(app, tenant, campaign_id)
    steps = (step,) if step else ()
    app.queue.send(MendCampaign(tenant, campaign_id, steps, stuck=True, by=by))


def enrolment_of(
    app: App, tenant: TenantId, campaign_id: CampaignId, enrolment_id: EnrolmentId
) -> Enrolment:
    """One enrolment. Raises `NotFound`."""
    found = app.campaigns.enrolments(tenant, campaign_id, [enrolment_id]).get(enrolment_id)
    if found is None:
        raise NotFound("There is no such person in this campaign.")
    return found


def _running(app: App, tenant: TenantId, campaign_id: CampaignId) -> Campaign:
    campaign = campaign_of(app, tenant, campaign_id)
    if not campaign.is_running:
        raise InputInvalid("This campaign does not run.", mend="Start or resume it first.")
    return campaign
