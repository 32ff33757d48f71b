"""What becomes of a push here: the agreed values, the history, the log and the error report."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from funnel.domain.connecting.connections import Connection
from funnel.domain.crm import CrmRow
from funnel.domain.errors import Conflict, FunnelError, StoreBusy
from funnel.domain.ids import Module, RecordKey, derived_id
from funnel.domain.mapping.mapping import Mappings
from funnel.domain.pushing.push_fields import settled
from funnel.domain.pushing.push_ids import person_record_id
from funnel.domain.pushing.pushes import (
    HISTORY,
    PERSON_MODULES,
    Obstacle,
    Plan,
    PushIntent,
    Step,
    is_overdue,
    put_off,
    set_aside,
)
from funnel.domain.sync.records import (
    Direction,
    FieldChange,
    HistoryEntry,
    Person,
    SugarRecord,
    SyncError,
    Unit,
)
from funnel.domain.sync.runs import Note
from funnel.usecases.app import App
from funnel.usecases.living import is_empty

WAITS, LEFT_OUT = "PushWaits", "PushLeftOut"
OUR_MISTAKES = (ValueError, TypeError, KeyError, AttributeError, AssertionError, IndexError)
"""What a fault in our own code raises: over one of many, it must not hold up the others."""

_TRIES = 8
_LONGEST_VALUE = 200


class PushOutcome:
    """Writes down what became of one intent."""

    def __init__(self, app: App, connection: Connection, intent: PushIntent) -> None:
        self._app = app
        self._connection = connection
        self._intent = intent
        self._tenant = intent.tenant

    def agree(self, person: Person, step: Step, row: CrmRow, mappings: Mappings) -> None:
        """Both sides agree on what was read back, and the histories say who changed what.

        The record here takes what was sent, so that its next reading finds no change by others.
        """
        at = self._written_at(row)
        for _ in range(_TRIES):
            now = self._app.records.people(self._tenant, [person.person_id])[person.person_id]
            if is_empty(now):
                # Erased while Sugar was asked.
                return
            after = settled(person, now, step.fields, row, mappings)
            unit = Unit(history=self._histories(now, step, row, at))
            if after != now:
                unit.people.append(after)
            unit.records.extend(self._records(step, row))
            if self._app.records.commit(self._tenant, [unit]) == [True]:
                return
        raise StoreBusy("Others kept changing the same person.")

    def tell_left_out(self, person: Person, step: Step, mappings: Mappings) -> None:
        """What Sugar does not take as it is here, in the error report until it is all taken."""
        record = RecordKey(Module(step.module), step.sugar_id)
        error_id = derived_id("error", "left out", str(record))
        if not step.left_out:
            self._app.records.commit(self._tenant, [Unit(closed=[(record, error_id)])])
            return
        ours = {one.sugar_field: one.field for one in mappings.of(record.module)}
        field = ours.get(step.left_out[0], step.left_out[0])
        value = str(person.fields.get(field) or "")
        self._report(person, record, Obstacle(LEFT_OUT, field, value), error_id)

    def save(self, change: Callable[[PushIntent], PushIntent]) -> PushIntent:
        """Apply a change to the intent as it stands; what it was in the error report for is over."""
        for _ in range(_TRIES):
            stored = self._app.pushes.intents(self._tenant, [self._intent.intent_id])
            before = stored.get(self._intent.intent_id)
            if before is None:
                # Its person was erased meanwhile, and all that was asked for with it.
                return self._intent
            after = change(before)
            if after.failed != before.failed:
                self._close_row(before)
            try:
                return self._app.pushes.save_intent(after)
            except Conflict:
                continue
        raise StoreBusy("Others kept changing one push.")

    def forget(self) -> None:
        """Nothing of it is kept: it was asked for while its person was erased."""
        for _ in range(_TRIES):
            stored = self._app.pushes.intents(self._tenant, [self._intent.intent_id])
            before = stored.get(self._intent.intent_id)
            if before is None:
                return
            self._close_row(before)
            try:
                self._app.pushes.forget_intent(before)
            except Conflict:
                continue
            return
        raise StoreBusy("Others kept changing one push.")

    def _close_row(self, intent: PushIntent) -> None:
        if intent.failed is not None:
            closed = [(intent.failed, intent.intent_id)]
            self._app.records.commit(self._tenant, [Unit(closed=closed)])

    def set_aside(
        self, person: Person | None, plan: Plan, obstacle: Obstacle, note: Note | None = None
    ) -> None:
        """In the error report, and not tried again before the night or somebody asks for it."""
        record = self._record(plan)
        self._report(person, record, obstacle)
        now = self._app.clock.now()
        self.save(lambda one: set_aside(one, plan, obstacle, note, record, now))

    def put_off(self, error: FunnelError) -> datetime | None:
        """Later again, twice as long each time; reported once that goes on for long. When."""
        note, now = note_of(error), self._app.clock.now()

        def change(intent: PushIntent) -> PushIntent:
            after = put_off(intent, note, now)
            if not is_overdue(after):
                return after
            record = intent.failed or self._record(Plan())
            people = self._app.records.people(self._tenant, [intent.person_id])
            person = people.get(intent.person_id)
            self._report(person, record, Obstacle(WAITS, value=error.text))
            return replace(after, failed=record)

        return self.save(change).due_at

    def _records(self, step: Step, row: CrmRow) -> list[SugarRecord]:
        """The record as it is here, with what was sent; its next reading is news in any case."""
        stored = self._app.records.records(self._tenant, [row.key]).get(row.key)
        if stored is None or not stored.digest:
            return []
        told = {name: row.fields[name] for name in step.fields if name in row.fields}
        return [replace(stored, fields={**stored.fields, **told}, digest="")]

    def _histories(
        self, person: Person, step: Step, row: CrmRow, at: datetime
    ) -> list[HistoryEntry]:
        changes = tuple(
            FieldChange(name, step.before.get(name), row.fields.get(name), "written to Sugar")
            for name in sorted(step.fields)
            if name in row.fields
        )
        kind = HISTORY[step.deed]
        told: list[HistoryEntry] = []
        for subject, note in ((person.person_id, str(row.key)), (str(row.key), "")):
            entry_id = derived_id("history", "push", self._intent.intent_id, subject)
            told.append(
                HistoryEntry(
                    self._tenant,
                    subject,
                    at,
                    entry_id,
                    kind,
                    "Funnel",
                    changes,
                    note,
                    by=self._intent.asked_by,
                )
            )
        return told

    def _written_at(self, row: CrmRow) -> datetime:
        """By our clock; the same when it is read once more, so that nothing is told twice."""
        at = row.date_modified or self._intent.asked_at
        return at - timedelta(seconds=self._connection.clock_skew)

    def _record(self, plan: Plan) -> RecordKey:
        """What the error report names: the record, or the one that is to be."""
        step = plan.person
        if step is not None:
            return RecordKey(Module(step.module), step.sugar_id)
        note = self._intent.wish.note
        if note is not None:
            return note.about
        module = self._intent.wish.module or PERSON_MODULES[0]
        ours = (self._intent.connection_id, module, self._intent.person_id, 0)
        return RecordKey(Module(module), person_record_id(*ours))

    def _report(
        self, person: Person | None, record: RecordKey, obstacle: Obstacle, error_id: str = ""
    ) -> None:
        if not self._app.pushes.intents(self._tenant, [self._intent.intent_id]):
            # Its person was erased meanwhile.
            return
        now = self._app.clock.now()
        error_id = error_id or self._intent.intent_id
        before = self._app.records.errors_of(self._tenant, record)
        first = next((e.first_seen for e in before if e.error_id == error_id), now)
        name = person.name if person else ""
        error = SyncError(
            tenant=self._tenant,
            error_id=error_id,
            direction=Direction.PUSH,
            record=record,
            name=name,
            field=obstacle.field,
            value=obstacle.value[:_LONGEST_VALUE],
            code=obstacle.code,
            root=record,
            root_name=name,
            first_seen=first,
            last_seen=now,
        )
        self._app.records.commit(self._tenant, [Unit(errors=[error])])


def note_of(error: FunnelError) -> Note:
    """What stands in the way, for the log."""
    return Note(error.code, error.text, error.mend)
