"""What whoever builds a form should know before people send it: it works, but not as they may think."""

from enum import StrEnum

from funnel.domain.campaigns.campaigns import OwnerRule
from funnel.domain.forms.forms import CONSENT
from funnel.domain.ids import TenantId
from funnel.usecases.app import App
from funnel.usecases.forms.keep_forms import FormWords


class FormNote(StrEnum):
    """What to know."""

    UNPROVEN = "unproven"
    """It asks for consent, and nobody proves that the address is theirs."""
    INCOMPLETE = "incomplete"
    """Whoever leaves out what Sugar needs of everybody is not added there."""
    UNASSIGNED = "unassigned"
    """Somebody new belongs to the user as whom we sign in."""


def form_notes(app: App, tenant: TenantId, words: FormWords) -> tuple[FormNote, ...]:
    """What to know of a form as it stands; nothing hinders it from being saved."""
    notes = []
    if not words.confirm and any(one.name == CONSENT for one in words.fields):
        notes.append(FormNote.UNPROVEN)
    connection = app.sync.connection(tenant) if words.sync else None
    if words.sync and connection:
        filled = {one.name for one in words.fields if one.required or one.preset}
        needed = {"last_name": connection.default_last_name, "company": connection.default_company}
        if any(name not in filled and not default for name, default in needed.items()):
            notes.append(FormNote.INCOMPLETE)
        if words.sync.owner is OwnerRule.EXISTING:
            notes.append(FormNote.UNASSIGNED)
    return tuple(notes)
