"""Keep the Targets (Prospects) of Target Lists as they are in Sugar."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime

from funnel.domain.connecting.connections import Connection
from funnel.domain.crm import Page
from funnel.domain.ids import Module, RecordKey, SugarId
from funnel.domain.sync.records import State, SugarRecord
from funnel.ports.crm import Crm
from funnel.usecases.app import App
from funnel.usecases.bells.ask_relist import has_segments
from funnel.usecases.connecting.connection import refuse_if_replaced
from funnel.usecases.sync.read_apart import read_apart
from funnel.usecases.sync.report_gone import report_gone
from funnel.usecases.sync.store_page import PageStore

_AT_ONCE = 500


class Targets:
    """The Targets of one connection, for as long as one worker works on it."""

    def __init__(self, app: App, crm: Crm, connection: Connection) -> None:
        self._app = app
        self._crm = crm
        self._tenant = connection.tenant
        mappings = connection.all_mappings()
        self._store = PageStore(
            app.records,
            app.clock,
            connection.tenant,
            connection.generations,
            self._fetch,
            app.queue,
            mappings,
            connection,
            watch=lambda _units, _before: refuse_if_replaced(app, connection),
            segments=has_segments(app.lists, connection.tenant),
        )
        self._wanted = mappings.read_fields(Module.PROSPECTS)
        self._fields: tuple[str, ...] = ()

    def keep(self, listed: Mapping[SugarId, datetime | None], gone: AbstractSet[SugarId]) -> None:
        """Read those that are new, changed or back, and those taken off: they may be deleted."""
        there = self._app.records.records(
            self._tenant, [RecordKey(Module.PROSPECTS, i) for i in (*listed, *gone)]
        )
        wanted = []
        for sugar_id in (*listed, *gone):
            record = there.get(RecordKey(Module.PROSPECTS, sugar_id))
            if sugar_id in gone:
                if record is not None and record.state is not State.DELETED:
                    wanted.append(sugar_id)
            elif record is None or _is_other(record, listed[sugar_id]):
                wanted.append(sugar_id)
        for at in range(0, len(wanted), _AT_ONCE):
            self._read(wanted[at : at + _AT_ONCE])

    def look_at(self, records: Sequence[SugarRecord]) -> None:
        """Ask for these of ours by their ids, and read those that have changed, or are deleted."""
        if not records:
            return
        ids, asked = [r.key.sugar_id for r in records], self._app.clock.now()
        page = self._crm.by_ids(Module.PROSPECTS, ids, fields=())
        there = {row.sugar_id: row for row in page.rows}
        self._report([i for i in ids if i not in there], asked)
        found = [(r, there[r.key.sugar_id]) for r in records if r.key.sugar_id in there]
        changed = [r.key.sugar_id for r, t in found if t.deleted or _is_other(r, t.date_modified)]
        self._read(changed)

    def again(self, ids: Sequence[SugarId]) -> None:
        """Read those of them that are here, as for an address that has changed."""
        keys = [RecordKey(Module.PROSPECTS, i) for i in ids]
        there = self._app.records.records(self._tenant, keys)
        here = sorted(k.sugar_id for k, r in there.items() if r.state is not State.DELETED)
        for at in range(0, len(here), _AT_ONCE):
            self._read(here[at : at + _AT_ONCE])

    def _read(self, ids: Sequence[SugarId]) -> None:
        """What cannot be read stays out; its member waits, and it is asked for again.

        What Sugar does not show by its id either is reported, never deleted.
        """
        asked = self._app.clock.now()
        pages, bad = read_apart(self._by_ids, ids)
        for page in pages:
            self._store.store(page)
        there = {row.sugar_id for page in pages for row in page.rows}
        self._report([i for i in ids if i not in there and i not in bad], asked)

    def _report(self, missing: Sequence[SugarId], asked: datetime) -> None:
        keys = [RecordKey(Module.PROSPECTS, i) for i in missing]
        report_gone(self._app, self._tenant, keys, asked)

    def _by_ids(self, ids: Sequence[SugarId]) -> Page:
        if not self._fields:
            there = {field.name for field in self._crm.fields(Module.PROSPECTS)}
            self._fields = tuple(f for f in self._wanted if f in there)
        return self._crm.by_ids(Module.PROSPECTS, ids, fields=self._fields)

    def _fetch(self, module: Module, keys: list[RecordKey]) -> Page:
        """A Target is checked against no other record, so that none is ever asked for."""
        return self._crm.by_ids(module, [k.sugar_id for k in keys], fields=self._wanted)


def _is_other(record: SugarRecord, moment: datetime | None) -> bool:
    """Whether Sugar's is newer than ours, or ours was reported as gone and is there again."""
    is_back = record.state is State.STALE and not record.digest
    return is_back or record.stamp.date_modified != moment
