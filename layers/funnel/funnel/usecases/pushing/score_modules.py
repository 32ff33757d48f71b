"""Which modules of a Sugar take scores, and what waits for one that does not."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from funnel.domain.connecting.connections import Connection, FieldsSeen
from funnel.domain.crm import FieldDef
from funnel.domain.errors import Permanent
from funnel.domain.ids import Module, TenantId
from funnel.domain.mapping.score_fields import SCORE_AT_FIELD, SCORED_MODULES
from funnel.domain.pushing.score_marks import (
    FIELD_MISSING,
    MODULE_CODES,
    REFUSED,
    score_error,
    score_fields,
)
from funnel.domain.sync.module_errors import module_key
from funnel.domain.sync.records import SyncError, Unit
from funnel.ports.crm import Crm
from funnel.usecases.app import App
from funnel.usecases.pushing.push_lease import STOP

_PAGE, _PAGES = 200, 25
"""Marks that are set free at a time, and how often in one drain: each is a write."""
_LONGEST_WHY = 200
_FIELDS_LAST = timedelta(hours=1)
"""How long it goes by the fields that were found, where nothing shows that they are others."""


class ScoreModules:
    """For one worker on one connection. One row a module says that it takes no scores, not one a person.

    `learned` is what was asked of Sugar about fields, for the next worker to go by.
    """

    def __init__(self, app: App, crm: Crm, connection: Connection) -> None:
        self._app = app
        self._crm = crm
        self._connection = connection
        self._there: dict[Module, frozenset[str] | None] = {}
        self._rows = {
            module: module_rows(app, connection.tenant, module) for module in SCORED_MODULES
        }
        self._by_memory: set[Module] = set()
        self.learned: dict[Module, FieldsSeen] = {}
        self.freed = False

    def fields(self, module: Module) -> frozenset[str] | None:
        """The names of a module's fields; None where it takes no scores, which is then reported."""
        if module not in self._there:
            seen = self._remembered(module)
            if seen is None:
                self._there[module] = self._asked(module)
            else:
                self._crm.assume(module, seen)
                self._by_memory.add(module)
                self._there[module] = frozenset(one.name for one in seen)
        return self._there[module]

    def are_others(self, module: Module) -> bool:
        """Whether the fields are others than was gone by: Sugar is asked, if it was not yet."""
        if module not in self._by_memory:
            return False
        self._by_memory.discard(module)
        before = self._there[module]
        self._there[module] = self._asked(module)
        return self._there[module] != before

    def _remembered(self, module: Module) -> Sequence[FieldDef] | None:
        """What was found a short while ago, if it was all well. Bad news is always asked for anew."""
        seen = self._connection.score_fields_seen.get(module)
        if seen is None or self._rows[module] or seen.asked != self._wanted(module):
            return None
        is_old = self._app.clock.now() - seen.at >= _FIELDS_LAST
        return None if is_old or not _takes(seen) else seen.there

    def _wanted(self, module: Module) -> tuple[str, ...]:
        return (*score_fields(self._connection, module), SCORE_AT_FIELD)

    def _asked(self, module: Module) -> frozenset[str] | None:
        wanted = self._wanted(module)
        try:
            there = [one for one in self._crm.fields(module) if one.name in wanted]
        except STOP:
            raise
        except Permanent as error:
            self.refused(module, error.text)
            return None
        seen = FieldsSeen(self._app.clock.now(), wanted, tuple(map(_bare, there)))
        self.learned[module] = seen
        if not _takes(seen):
            self._report(module, FIELD_MISSING, "")
            return None
        return frozenset(one.name for one in there)

    def refused(self, module: Module, why: str) -> None:
        """Report that the module refuses scores, and leave it alone for the rest of this drain."""
        self._there[module] = None
        self._report(module, REFUSED, why)

    def taken(self, module: Module) -> None:
        """Some of the module's records have taken it: what waits for it is set free."""
        if self._rows[module] and not self.freed:
            self._free(module)

    def free_mended(self) -> None:
        """Set free what waits for a module whose field was missing and is there."""
        for module in SCORED_MODULES:
            missing = any(row.code == FIELD_MISSING for row in self._rows[module])
            if missing and self.fields(module) is not None:
                self._free(module)

    def _free(self, module: Module) -> None:
        """The row is closed last: whoever has no time for all leaves the rest to the next."""
        cursor = ""
        for _ in range(_PAGES):
            cursor = free_parked(self._app, self._connection, module, _PAGE, cursor)
            if not cursor:
                break
        self.freed = True
        if cursor:
            return
        closed = [(row.record, row.error_id) for row in self._rows[module]]
        self._app.records.commit(self._connection.tenant, [Unit(closed=closed)])
        self._rows[module] = []

    def _report(self, module: Module, code: str, why: str) -> None:
        row = score_error(
            self._connection.tenant,
            module_key(module),
            "",
            code,
            score_fields(self._connection, module)[0],
            why[:_LONGEST_WHY],
            self._rows[module],
            self._app.clock.now(),
        )
        self._app.records.commit(self._connection.tenant, [Unit(errors=[row])])
        self._rows[module] = [
            *(one for one in self._rows[module] if one.error_id != row.error_id), row,
        ]  # fmt: skip


def _takes(seen: FieldsSeen) -> bool:
    """Whether the first of the fields that take the score is there: the one that is read back."""
    return any(one.name == seen.asked[0] for one in seen.there)


def _bare(one: FieldDef) -> FieldDef:
    """The field without its words: only its name and type are gone by."""
    return FieldDef(one.name, one.type, one.name)


def module_rows(app: App, tenant: TenantId, module: Module) -> list[SyncError]:
    """The rows that say that a module takes no scores."""
    rows = app.records.errors_of(tenant, module_key(module))
    return [row for row in rows if row.code in MODULE_CODES]


def free_parked(
    app: App, connection: Connection, module: Module, limit: int, cursor: str = ""
) -> str:
    """Make due a page of those that wait for a module; where to go on, "" at the end."""
    found = app.score_marks.scores_to_tell(
        connection.tenant, connection.connection_id, limit, cursor, parked=str(module)
    )
    free = [replace(mark, parked="") for mark in found.items]
    if free:
        app.score_marks.save_score_marks(connection.tenant, free)
    return found.cursor
