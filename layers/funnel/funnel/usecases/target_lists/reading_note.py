"""Why a Target List could not be read, kept with it until it can."""

from dataclasses import replace

from funnel.domain.errors import Conflict
from funnel.domain.ids import ListId, TenantId
from funnel.domain.lists.target_lists import ListReading
from funnel.domain.sync.runs import Note
from funnel.usecases.app import App

NOT_SHOWN = Note(
    "NotVisible",
    "Sugar does not show this Target List any more. Its members stay as they were last read.",
    "If it was deleted for good, or is meant to be hidden from Funnel's user, nothing is to be done.",
)


def keep_note(app: App, tenant: TenantId, list_id: ListId, note: Note) -> None:
    """Nothing is written where it is known already, or another worker is writing the list."""
    reading = app.sync.list_reading(tenant, list_id) or ListReading(tenant, list_id)
    if reading.note == note:
        return
    try:
        app.sync.save_list_reading(replace(reading, note=note))
    except Conflict:
        return
