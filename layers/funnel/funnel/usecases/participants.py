"""Who is in a campaign: who walks along it, or went through. Whoever left or was taken out is not."""

from collections.abc import Iterable

from funnel.domain.campaigns import CampaignId
from funnel.domain.enrolments import UNDER_WAY, Enrolment, EnrolmentState
from funnel.domain.ids import PersonId, TenantId
from funnel.usecases.app import App

_IN = UNDER_WAY | {EnrolmentState.THROUGH}


def is_in(enrolment: Enrolment) -> bool:
    """Whether a walk makes its person one who is in the campaign."""
    return enrolment.state in _IN


def participants(
    app: App, tenant: TenantId, campaign_id: CampaignId, people: Iterable[PersonId]
) -> set[PersonId]:
    """Those of these people who are in the campaign, by their latest walk."""
    turns = app.campaigns.turns(tenant, campaign_id, set(people))
    latest = {turn.latest: person_id for person_id, turn in turns.items()}
    found = app.campaigns.enrolments(tenant, campaign_id, latest) if latest else {}
    return {latest[one] for one, enrolment in found.items() if is_in(enrolment)}
