"""The emails that campaigns and forms can choose."""

from dataclasses import dataclass

from funnel.domain.ids import TenantId
from funnel.usecases.app import App
from funnel.usecases.pushing.view_pushes import Choice


@dataclass(frozen=True, slots=True)
class EmailChoice(Choice):
    """An email. One that is archived is offered only where it is chosen already."""

    archived: bool = False


def email_choices(app: App, tenant: TenantId) -> tuple[EmailChoice, ...]:
    """All of them by name."""
    return tuple(
        EmailChoice(one.email_id, one.name, one.archived_at is not None)
        for one in app.emails.emails(tenant)
    )
