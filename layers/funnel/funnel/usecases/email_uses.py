"""What uses an email, so that it is not deleted under it: campaigns, broadcasts, forms."""

from collections.abc import Iterator
from dataclasses import dataclass

from funnel.domain.broadcasts import BroadcastState
from funnel.domain.campaigns import CampaignState, SendEmail
from funnel.domain.emails import EmailId
from funnel.domain.ids import TenantId
from funnel.usecases.app import App

MOST_BROADCASTS = 200
"""The latest, that are looked through."""

_OVER = frozenset({BroadcastState.SENT, BroadcastState.CANCELLED})


@dataclass(frozen=True, slots=True)
class EmailUse:
    """A `campaign`, `broadcast` or `form` that sends an email, and the page of it."""

    kind: str
    name: str
    address: str


def uses_of(app: App, tenant: TenantId, email_id: EmailId) -> tuple[EmailUse, ...]:
    """All that would send this email. What is over uses nothing any more."""
    return (
        *_campaigns(app, tenant, email_id),
        *_broadcasts(app, tenant, email_id),
        *_forms(app, tenant, email_id),
    )


def _campaigns(app: App, tenant: TenantId, email_id: EmailId) -> Iterator[EmailUse]:
    for head in app.campaigns.campaigns(tenant):
        if head.state is CampaignState.ENDED:
            continue
        whole = app.campaigns.campaign(tenant, head.campaign_id)
        wanted = SendEmail(email_id)
        if whole and any(step.action == wanted for step in whole.steps.values()):
            yield EmailUse("campaign", head.name, f"/app/campaigns/{head.campaign_id}")


def _broadcasts(app: App, tenant: TenantId, email_id: EmailId) -> Iterator[EmailUse]:
    for one in app.broadcasts.list_broadcasts(tenant, MOST_BROADCASTS).items:
        if one.plan.email_id == email_id and one.state not in _OVER:
            yield EmailUse("broadcast", one.plan.name, f"/app/broadcasts/{one.broadcast_id}")


def _forms(app: App, tenant: TenantId, email_id: EmailId) -> Iterator[EmailUse]:
    for form in app.forms.forms(tenant):
        if form.actions.confirm == email_id:
            yield EmailUse("form", form.name, f"/app/forms/{form.form_id}")
