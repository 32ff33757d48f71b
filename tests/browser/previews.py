"""What a full sync would do: one that is done, one that goes on."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from funnel.domain.connecting.connections import Connection
from funnel.domain.ids import Module, RunId, TenantId
from funnel.domain.sync.records import FieldChange
from funnel.domain.sync.runs import JobStatus, ModuleRun, ModuleStatus, Run, RunKind
from funnel.domain.sync.sync_previews import (
    Foreseen,
    ModuleForecast,
    PreviewFile,
    SyncPreview,
    Would,
)
from tests.fakes.store import MemoryStore

FULL, RUNNING = TenantId("full"), TenantId("running")
COUNTS = {"Users": 12, "Accounts": 812, "Leads": 3204, "Contacts": 1876, "Opportunities": 402}


def fill_previews(
    store: MemoryStore, connections: Mapping[TenantId, Connection], now: datetime
) -> None:
    """One with something of every kind, and one that is being worked on."""
    status = FieldChange("status", "New", "In Process", "read from Sugar")
    words = FieldChange("description", None, "Called at the fair; " * 5, "read from Sugar")
    leads = [
        Foreseen(Module.LEADS, "l1", "Anneliese Berg", Would.CHANGE, (status, words)),
        Foreseen(Module.LEADS, "l2", "", Would.CHANGE),
        Foreseen(Module.LEADS, "l3", "Jörg Ündül", Would.CREATE, (), ("ValueTooLong",)),
        Foreseen(Module.LEADS, "l4", "Tom Ahrens", Would.DELETE),
        Foreseen(Module.LEADS, "anneliese", "Anneliese Berg", Would.MERGE, (), ("person-0",)),
    ]
    accounts = [
        Foreseen(Module.ACCOUNTS, "a6", "Crane & Sons", Would.HOLD, (), ("OwnerInactive",)),
    ]
    forecasts = (
        ModuleForecast(Module.ACCOUNTS, {Would.SKIP: 811}).with_these(accounts),
        ModuleForecast(Module.LEADS, {Would.SKIP: 3200}).with_these(leads),
    )
    done = SyncPreview(
        tenant=FULL,
        preview_id="looked",
        connection_id=connections[FULL].connection_id,
        requested_by="Ada Brandt",
        created_at=now - timedelta(minutes=4),
        changed_at=now - timedelta(minutes=3),
        run=_run(connections[FULL], ModuleStatus.DONE, now),
        modules=forecasts,
        files=(PreviewFile("previews/looked-1.csv", 5120), PreviewFile("previews/looked-2.csv", 8)),
        status=JobStatus.DONE,
        finished_at=now - timedelta(minutes=3),
    )
    store.save_sync_preview(done)
    store.save_sync_preview(
        replace(
            done,
            tenant=RUNNING,
            connection_id=connections[RUNNING].connection_id,
            run=_run(connections[RUNNING], ModuleStatus.READING, now),
            modules=forecasts[:1],
            files=(),
            status=JobStatus.RUNNING,
            finished_at=None,
        )
    )


def _run(connection: Connection, status: ModuleStatus, now: datetime) -> Run:
    modules = tuple(
        ModuleRun(module, status, expected=n, rows=n // (1 + (status is not ModuleStatus.DONE)))
        for module in Module
        if (n := COUNTS.get(module.value, 0))
    )
    return Run(
        connection.tenant, connection.connection_id, RunId("looked"), RunKind.FULL, "Ada Brandt",
        now, modules,
    )  # fmt: skip
