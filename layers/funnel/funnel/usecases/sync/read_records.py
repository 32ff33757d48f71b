"""Read records by their ids, by the connection's filter, and take them in."""

from collections.abc import Sequence
from datetime import datetime

from funnel.domain.connecting.connections import Connection
from funnel.domain.errors import FunnelError
from funnel.domain.ids import Module, RecordKey, SugarId
from funnel.domain.sync.comparison import in_use
from funnel.domain.sync.unreadable import unreadable_unit
from funnel.ports.crm import Crm, Filter
from funnel.usecases.app import App
from funnel.usecases.sync.module_fields import ModuleFields
from funnel.usecases.sync.read_apart import read_apart
from funnel.usecases.sync.read_window import wake
from funnel.usecases.sync.report_gone import report_gone


class RecordReader:
    """Reads for one worker on one connection."""

    def __init__(self, app: App, connection: Connection, crm: Crm) -> None:
        self._app = app
        self._connection = connection
        self._crm = crm
        self._fields = ModuleFields(app, crm, connection)

    def read(self, module: Module, ids: Sequence[SugarId], *, again: bool = False) -> None:
        """Take these in, and wake what waits for them; with `again` by the rules in any case.

        What is in use here is read whatever the filter says, as a sweep reads it, and reported
        where Sugar no longer shows it. Anything else comes in only if the filter lets it.
        """
        keys = [RecordKey(module, i) for i in dict.fromkeys(ids)]
        stored = self._app.records.records(self._connection.tenant, keys)
        ours = [k for k in keys if in_use(stored.get(k))]
        others = [k for k in keys if k not in set(ours)]
        began = self._app.clock.now()
        there = self._take_in(module, ours, (), again=again)
        self._take_in(module, others, self._connection.conditions.get(module, ()), again=again)
        self._report(began, [k for k in ours if k not in there])

    def _take_in(
        self, module: Module, keys: Sequence[RecordKey], conditions: Filter, *, again: bool
    ) -> set[RecordKey]:
        """Those that Sugar has, readable or not."""
        fields = self._fields.read(module)
        pages, bad = read_apart(
            lambda ids: self._crm.by_ids(module, ids, fields=fields, conditions=conditions),
            [k.sugar_id for k in keys],
        )
        store = self._fields.page_store()
        for page in pages:
            wake(self._app, self._connection, store.store(page, again=again))
        self._report_unreadable(module, bad)
        read = {row.key for page in pages for row in page.rows}
        return read | {RecordKey(module, i) for i in bad}

    def _report(self, began: datetime, missing: list[RecordKey]) -> None:
        report_gone(self._app, self._connection.tenant, missing, began)

    def _report_unreadable(self, module: Module, bad: dict[SugarId, FunnelError]) -> None:
        tenant, now = self._connection.tenant, self._app.clock.now()
        keys = {RecordKey(module, i): why for i, why in bad.items()}
        stored = self._app.records.records(tenant, keys) if keys else {}
        units = [
            unit
            for key, why in keys.items()
            if (unit := unreadable_unit(tenant, key, stored.get(key), why.text, now))
        ]
        if units:
            self._app.records.commit(tenant, units)
