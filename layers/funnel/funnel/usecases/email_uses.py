"""What uses an email, so that it is not deleted under it: campaigns, broadcasts, forms."""

from dataclasses import dataclass

from funnel.domain.emails import EmailId
from funnel.domain.ids import TenantId
from funnel.usecases.app import App


@dataclass(frozen=True, slots=True)
class EmailUse:
    """A `campaign`, `broadcast` or `form` that sends an email, and the page of it."""

    kind: str
    name: str
    address: str


def uses_of(app: App, tenant: TenantId, email_id: EmailId) -> tuple[EmailUse, ...]:
    """All that would send this email, by kind and name."""
    return ()
