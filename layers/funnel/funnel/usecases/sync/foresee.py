"""Tell from what a run would write what it would do: record by record, each once."""

from collections.abc import Mapping

from funnel.domain.connecting.connections import Connection
from funnel.domain.crm import Page
from funnel.domain.ids import Module, PersonId, RecordKey
from funnel.domain.sync.intake import field_changes
from funnel.domain.sync.pull_rules import record_name
from funnel.domain.sync.records import Person, State, SugarRecord, Unit
from funnel.domain.sync.runs import RunWindow, WindowKind
from funnel.domain.sync.sync_previews import Foreseen, Would
from funnel.domain.sync.vanished import CODE as NOT_VISIBLE

_STOPPED = frozenset({State.HELD, State.STALE, State.ERASED})
_NOT_HERE = frozenset({State.HELD, State.DELETED, State.ERASED})


class Foresight:
    """Of one module at a time. What was told of a record once is not told again.

    Only ids are kept of what was told, and those only for as long as a module lasts.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._module: Module | None = None
        self._only_gone = False
        self._told: set[int] = set()
        self._met: dict[RecordKey, str] = {}
        self._found: dict[str, Foreseen] = {}

    def look_at(self, module: Module, window: RunWindow | None) -> None:
        """What comes is of this module, and of this window, if it is of any.

        A full sync has read everything when it asks by id for what is here, but what the filter
        leaves out: then only what Sugar no longer shows is news.
        """
        if module is not self._module:
            self._module = module
            self._told.clear()
        filtered = bool(self._connection.conditions.get(module))
        self._only_gone = bool(window and window.kind is WindowKind.OURS and not filtered)

    def met(self, page: Page) -> None:
        """A page was read."""
        if self._only_gone:
            return
        for row in page.rows:
            if row.module is self._module and not row.deleted:
                self._met[row.key] = record_name(row)

    def told(
        self,
        unit: Unit,
        before: Mapping[RecordKey, SugarRecord | None],
        people: Mapping[PersonId, Person],
    ) -> None:
        """A unit would be written."""
        for record in unit.records:
            found = self._of_record(unit, record, before.get(record.key))
            if found is not None:
                self._found[found.subject] = found
        for person in unit.people:
            was = people.get(person.person_id)
            if was is not None and person.merged_into and not was.merged_into:
                found = self._merged(was, person.merged_into)
                self._found[found.subject] = found

    def take(self, *, keep: bool) -> list[Foreseen]:
        """What was foreseen since this was last asked, and what would be left as it is.

        Nothing where all of it is read once more, and so not to be kept.
        """
        for key, name in self._met.items():
            if key.sugar_id not in self._found:
                self._found[key.sugar_id] = Foreseen(key.module, key.sugar_id, name, Would.SKIP)
        found = [one for one in self._found.values() if hash(one.subject) not in self._told]
        self._met.clear()
        self._found.clear()
        if not keep:
            return []
        self._told.update(hash(one.subject) for one in found)
        return found

    def _of_record(
        self, unit: Unit, after: SugarRecord, before: SugarRecord | None
    ) -> Foreseen | None:
        key = after.key
        if key.module is not self._module:
            return None
        reasons = tuple(dict.fromkeys(e.code for e in unit.errors if e.record == key))
        if self._only_gone and NOT_VISIBLE not in reasons:
            return None
        same = before is not None and (before.state, before.digest) == (after.state, after.digest)
        if same and not reasons:
            # Of somebody else by then, or a neighbour of one that changed: nothing of its own.
            return None
        would = self._would(after, before)
        changes = field_changes(before, after) if before and would is Would.CHANGE else ()
        return Foreseen(key.module, key.sugar_id, after.name, would, changes, reasons)

    def _would(self, after: SugarRecord, before: SugarRecord | None) -> Would:
        if after.state is State.DELETED:
            return Would.DELETE
        if after.state in _STOPPED:
            return Would.HOLD
        return Would.CREATE if before is None or before.state in _NOT_HERE else Would.CHANGE

    def _merged(self, person: Person, into: PersonId) -> Foreseen:
        assert self._module is not None
        name = next((link.name for link in person.links), person.person_id)
        return Foreseen(self._module, person.person_id, name, Would.MERGE, (), (into,))
