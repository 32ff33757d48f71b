"""Take what a person's pushes and score left in the error report out of it."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from funnel.domain.ids import Module, PersonId, RecordKey, TenantId
from funnel.domain.pushing.push_ids import person_record_id
from funnel.domain.pushing.pushes import GENERATIONS, PERSON_MODULES, PushIntent
from funnel.domain.sync.erased_records import error_id
from funnel.domain.sync.records import Unit
from funnel.usecases.app import App

_PAGE, _AT_ONCE = 100, 20


def close_rows(
    app: App, tenant: TenantId, people: Collection[PersonId], records: Iterable[RecordKey]
) -> None:
    """Close all rows about these people and their records, but those that say `Erased`.

    To be done while their intents and marks are still here: these alone lead to rows about records
    that were to be made in Sugar. May be repeated.
    """
    marks = app.score_marks.score_marks(tenant, people)
    keys = {*records, *(key for mark in marks.values() for key in mark.failed)}
    rows: set[tuple[RecordKey, str]] = set()
    for person_id in people:
        for intent in _pushes(app, tenant, person_id):
            if intent.failed is not None:
                rows.add((intent.failed, intent.intent_id))
            keys |= _made_for(intent)
    rows |= {(key, one.error_id) for key in keys for one in app.records.errors_of(tenant, key)}
    closed = sorted(one for one in rows if one[1] != error_id(one[0]))
    for start in range(0, len(closed), _AT_ONCE):
        app.records.commit(tenant, [Unit(closed=closed[start : start + _AT_ONCE])])


def _made_for(intent: PushIntent) -> set[RecordKey]:
    """The Leads and Contacts that pushes make for its person, whether they are there or not."""
    return {
        RecordKey(
            Module(module), person_record_id(intent.connection_id, module, intent.person_id, number)
        )
        for module in PERSON_MODULES
        for number in range(GENERATIONS)
    }


def _pushes(app: App, tenant: TenantId, person_id: PersonId) -> Iterable[PushIntent]:
    cursor = ""
    while True:
        page = app.pushes.pushes_of(tenant, person_id, _PAGE, cursor)
        yield from page.items
        if not page.cursor:
            return
        cursor = page.cursor


def unname_rows(app: App, tenant: TenantId, records: Iterable[RecordKey]) -> None:
    """Leave these records' names out of the rows of others that wait for them. May be repeated."""
    for key in sorted(records):
        cursor = ""
        while True:
            page = app.records.list_errors(tenant, _PAGE, cursor, root=key)
            named = [one for one in page.items if one.record != key and one.root_name]
            units = [Unit(errors=[replace(one, root_name="", value="")]) for one in named]
            for start in range(0, len(units), _AT_ONCE):
                app.records.commit(tenant, units[start : start + _AT_ONCE])
            cursor = page.cursor
            if not cursor:
                break
