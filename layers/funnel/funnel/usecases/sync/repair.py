"""Read again what differs between both sides, and see what still does."""

from collections.abc import Callable, Sequence

from funnel.domain.connecting.connections import Connection
from funnel.domain.errors import SignInRefused, SugarRefused
from funnel.domain.ids import Module, RecordKey, SugarId
from funnel.domain.sync.comparison import Difference, Moments, Reason, Seen, difference, in_use
from funnel.ports.crm import Crm
from funnel.usecases.app import App
from funnel.usecases.sync.read_records import RecordReader

_AT_ONCE = 200


class Repair:
    """For one worker. Nothing is written to Sugar, and nothing is deleted for being absent there."""

    def __init__(self, app: App, crm: Crm, connection: Connection) -> None:
        self._app = app
        self._crm = crm
        self._connection = connection
        self._reader = RecordReader(app, connection, crm)

    def remaining(
        self, found: Sequence[Difference], moments: Callable[[Module], Moments]
    ) -> list[Difference]:
        """Which of these differ also after they were read again, as they are then.

        What is outside the filter is left as it is.
        """
        remains = [d for d in found if d.reason is Reason.FILTERED]
        for module in Module:
            some = [d for d in found if d.module is module and d.reason is not Reason.FILTERED]
            try:
                remains += self._read_again(module, [d.sugar_id for d in some], moments(module))
            except SignInRefused:
                raise
            except SugarRefused:
                remains += some
        return remains

    def _read_again(
        self, module: Module, ids: Sequence[SugarId], when: Moments
    ) -> list[Difference]:
        if not ids:
            return []
        for start in range(0, len(ids), _AT_ONCE):
            self._reader.read(module, ids[start : start + _AT_ONCE], again=True)
        keys = {i: RecordKey(module, i) for i in ids}
        stored = self._app.records.records(self._connection.tenant, keys.values())
        ours = {i: stored.get(key) for i, key in keys.items()}
        there = self.seen(module, ids)
        if self._connection.conditions.get(module):
            # Of what is not here, only that counts which the filter lets in.
            inside = self.seen(module, ids, filtered=True)
            there = {i: s for i, s in there.items() if i in inside or in_use(ours[i])}
        again = (difference(module, i, there.get(i), ours[i], when) for i in ids)
        return [one for one in again if one]

    def seen(
        self, module: Module, ids: Sequence[SugarId], *, filtered: bool = False
    ) -> dict[SugarId, Seen]:
        """What Sugar says of these now, those alone that the filter lets in if asked so."""
        conditions = self._connection.conditions.get(module, ()) if filtered else ()
        if not ids:
            return {}
        page = self._crm.by_ids(module, ids, fields=(), conditions=conditions)
        return {row.sugar_id: (row.date_modified, row.deleted) for row in page.rows}
