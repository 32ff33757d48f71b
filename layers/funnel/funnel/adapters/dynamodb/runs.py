"""Runs, their windows and what people ask of them."""

import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from pynamodb.expressions.update import Action

from funnel.adapters.dynamodb.access import Access
from funnel.adapters.dynamodb.codec import from_text
from funnel.adapters.dynamodb.models import format_kept
from funnel.adapters.dynamodb.requests import Dynamo, Item, chunks, key_of
from funnel.adapters.dynamodb.sync_rows import (
    ASKS,
    OPEN_RUN,
    RUN,
    SyncTable,
    lease_pk,
    run_in,
    run_pk,
    run_place,
    runs_pk,
    window_sk,
)
from funnel.adapters.dynamodb.tables import END, SHARDS, Tables, moment
from funnel.domain.errors import Conflict
from funnel.domain.ids import Module, RunId, TenantId
from funnel.domain.sync.runs import OPEN_STATUSES, Asks, Run, RunKind, RunWindow
from funnel.ports.store import Listing

MOST_WINDOWS = 90
_READS_MOST = (RunKind.INITIAL, RunKind.FULL, RunKind.MANUAL, RunKind.HOURLY)
_ASKS_LIFE = 90 * 24 * 3600


class DynamoRuns(Access):
    """The part of `SyncStore` that is about runs."""

    def __init__(self, dynamo: Dynamo, tables: Tables) -> None:
        super().__init__(dynamo, tables)
        self._sync = SyncTable(dynamo, tables.sync)

    def create_run(self, run: Run, windows: Sequence[RunWindow]) -> None:
        """Open a run. Raises `Conflict` while another of the tenant's is open."""
        table = self._sync
        _check(len(windows))
        pointer = table.put(table.rows(run.tenant, OPEN_RUN, run_id=run.run_id))
        first = table.put(table.run(replace(run, version=0)))
        for action in (pointer, first):
            action["Put"]["ConditionExpression"] = "attribute_not_exists(pk)"
        place = run_place(run.started_at, run.run_id)
        listed = table.put(table.rows(runs_pk(run.tenant), place, run_id=run.run_id))
        more = [table.put(table.window(run.tenant, run.run_id, w)) for w in windows]
        if self._dynamo.transact([pointer, first, listed, *more]):
            raise Conflict("Another sync is running.")

    def open_run(self, tenant: TenantId) -> Run | None:
        """The tenant's open run."""
        pointer = self._sync.get(tenant, OPEN_RUN)
        if pointer is None:
            return None
        run = self.run(tenant, RunId(pointer.run_id))
        return run if run is not None and run.status in OPEN_STATUSES else None

    def run(self, tenant: TenantId, run_id: RunId) -> Run | None:
        """One run."""
        return self._sync.load(Run, run_pk(tenant, run_id), RUN)

    def runs(self, tenant: TenantId, limit: int, cursor: str = "") -> Listing[Run]:
        """Runs, newest first."""
        page = self._listings.newest(
            self._sync.name, runs_pk(tenant), lambda item: item["run_id"]["S"], limit, cursor
        )
        keys = [(run_pk(tenant, RunId(run_id)), RUN) for run_id in page.items]
        found = {r.run_id: r for r in map(run_in, self._dynamo.batch_get(self._sync.name, keys))}
        return Listing([found[r] for r in page.items if r in found], page.cursor)

    def save_run(
        self, run: Run, *, done: Sequence[RunWindow] = (), new: Sequence[RunWindow] = ()
    ) -> Run:
        """Write the run, strike off `done` and add `new` windows, together; the stored run.

        Raises `Conflict` if the stored version is another, or the run was closed.
        """
        added = {(w.module, w.window_id): w for w in new}
        struck = {(w.module, w.window_id) for w in done} - set(added)
        _check(len(added) + len(struck))
        actions = [self._changed(run)]
        actions += [self._delete(run, window_sk(*window)) for window in sorted(struck)]
        actions += [
            self._sync.put(self._sync.window(run.tenant, run.run_id, w)) for w in added.values()
        ]
        closes = run.status not in OPEN_STATUSES
        if closes:
            actions.append(self._close(run))
        if self._dynamo.transact(actions):
            raise Conflict("Another worker changed the run meanwhile.")
        if closes:
            self._forget_windows(run)
        return replace(run, version=run.version + 1)

    def windows(
        self, tenant: TenantId, run_id: RunId, module: Module, limit: int
    ) -> list[RunWindow]:
        """The module's open windows, in the order of their ids."""
        items = self._windows(tenant, run_id, window_sk(module, ""), limit)
        return [from_text(RunWindow, item["body"]["S"]) for item in items]

    def ask(self, tenant: TenantId, run_id: RunId, asks: Asks) -> None:
        """Leave a wish for the worker; wishes add up, in whatever order they come."""
        rows = self._sync.rows
        actions: list[Action] = [
            format_kept(rows),
            rows.expires_at.set(int(time.time()) + _ASKS_LIFE),
        ]
        if asks.cancel:
            actions.append(rows.cancel.set(True))
        if asks.again:
            actions.append(rows.kinds.add({asks.again_kind.value}))
            if asks.again_modules:
                actions.append(rows.modules.add({m.value for m in asks.again_modules}))
            else:
                actions.append(rows.everything.set(True))
        row = rows(run_pk(tenant, run_id), ASKS)
        self._dynamo.patiently(lambda: row.update(actions))

    def asks(self, tenant: TenantId, run_id: RunId) -> Asks:
        """What was asked of the run."""
        row = self._sync.get(run_pk(tenant, run_id), ASKS)
        if row is None:
            return Asks()
        kinds = {RunKind(kind) for kind in row.kinds or ()}
        modules = () if row.everything else row.modules or ()
        return Asks(
            cancel=bool(row.cancel),
            again=bool(kinds),
            again_modules=tuple(m for m in Module if m in modules),
            again_kind=min(kinds, key=_READS_MOST.index) if kinds else RunKind.MANUAL,
        )

    def expired_runs(self, now: datetime, limit: int) -> list[tuple[TenantId, RunId]]:
        """RUNNING runs whose lease has expired, the longest first."""
        parts = self._dynamo.each(lambda part: self._expired(part, now, limit), range(SHARDS))
        places = sorted(item["due_sk"]["S"] for part in parts for item in part)
        found = [place.rsplit("#", 2) for place in places[:limit]]
        return [(TenantId(tenant), RunId(run_id)) for _, tenant, run_id in found]

    def _expired(self, part: int, now: datetime, limit: int) -> list[Item]:
        return self._dynamo.query_known(
            self._sync.name,
            limit,
            IndexName="due",
            KeyConditionExpression="due_pk = :p AND due_sk < :s",
            ExpressionAttributeValues={
                ":p": {"S": lease_pk(part)},
                ":s": {"S": moment(now) + END},
            },
        )

    def _changed(self, run: Run) -> dict[str, Any]:
        action = self._sync.put(self._sync.run(run))
        action["Put"]["ConditionExpression"] = "version = :n AND is_open = :t"
        values = {":n": {"N": str(run.version)}, ":t": {"BOOL": True}}
        action["Put"]["ExpressionAttributeValues"] = values
        return action

    def _close(self, run: Run) -> dict[str, Any]:
        action = self._delete(run, OPEN_RUN)
        action["Delete"]["Key"] = key_of(run.tenant, OPEN_RUN)
        action["Delete"]["ConditionExpression"] = "run_id = :r"
        action["Delete"]["ExpressionAttributeValues"] = {":r": {"S": run.run_id}}
        return action

    def _delete(self, run: Run, sk: str) -> dict[str, Any]:
        key = key_of(run_pk(run.tenant, run.run_id), sk)
        return {"Delete": {"TableName": self._sync.name, "Key": key}}

    def _forget_windows(self, run: Run) -> None:
        """Remove what a cancelled or failed run left to read; a crash here leaves them unused."""
        while left := self._windows(run.tenant, run.run_id, "window#", 1000):
            for some in chunks([item["sk"]["S"] for item in left], self._dynamo.transaction):
                self._dynamo.transact([self._delete(run, sk) for sk in some])

    def _windows(self, tenant: TenantId, run_id: RunId, start: str, limit: int) -> list[Item]:
        return self._dynamo.query(
            self._sync.name,
            limit,
            ConsistentRead=True,
            KeyConditionExpression="pk = :p AND begins_with(sk, :s)",
            ExpressionAttributeValues={":p": {"S": run_pk(tenant, run_id)}, ":s": {"S": start}},
        )


def _check(windows: int) -> None:
    if windows > MOST_WINDOWS:
        raise ValueError(f"at most {MOST_WINDOWS} windows at once, not {windows}")
