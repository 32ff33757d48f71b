"""An address that mail came back from."""

from funnel.domain.consent.consent import Mark
from funnel.domain.ids import PersonId, TenantId
from funnel.usecases.app import App
from funnel.usecases.consent.change_consent import Said, set_mark
from funnel.usecases.living import standing


def mark_invalid(
    app: App, tenant: TenantId, person_id: PersonId, email: str, said: Said, *, invalid: bool = True
) -> None:
    """Mail to this folded address of the person bounces; with `invalid` unset, no longer."""
    person = standing(app, tenant, person_id)
    assert person is not None
    set_mark(app, person, email, Mark.INVALID, invalid, said)
