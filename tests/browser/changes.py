"""Webhooks that came, and comparisons: one with differences, one that goes on."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from funnel.domain.connecting.connections import Connection
from funnel.domain.connecting.signing import SigningKey
from funnel.domain.ids import Module, SugarId, TenantId
from funnel.domain.sync.comparison import (
    Comparison,
    Difference,
    Kind,
    ModuleComparison,
    Reason,
    Stage,
)
from funnel.domain.sync.runs import JobStatus
from tests.fakes.store import MemoryStore

FULL, RUNNING = TenantId("full"), TenantId("running")
COUNTS = {"Users": 12, "Accounts": 812, "Leads": 3204, "Contacts": 1876, "Opportunities": 402}


def fill_changes(
    store: MemoryStore, connections: Mapping[TenantId, Connection], now: datetime
) -> None:
    """Two keys, some webhooks, and a comparison of each of the two companies."""
    connection = connections[FULL]
    old = SigningKey("2f1c6b7e-0000-4000-8000-000000000001", "x", now, now + timedelta(hours=9))
    new = SigningKey("9b0d4a11-0000-4000-8000-000000000002", "y", now - timedelta(hours=15))
    store.save_connection(replace(connection, signing_keys=(old, new)))
    for records in (5, 180, None):
        store.count_hook(FULL, connection.connection_id, now - timedelta(minutes=3), records)
    found = [
        Difference(Module.ACCOUNTS, SugarId("a1"), Kind.TIME, Reason.NEWER, now, now),
        Difference(Module.ACCOUNTS, SugarId("a6"), Kind.HELD, Reason.REPORTED, now, now),
        Difference(Module.ACCOUNTS, SugarId("gone"), Kind.ONLY_HERE, Reason.UNKNOWN, None, now),
        Difference(Module.ACCOUNTS, SugarId("new"), Kind.ONLY_THERE, Reason.JUST_NOW, now, None),
    ]
    done = Comparison(
        tenant=FULL,
        comparison_id="compared",
        connection_id=connection.connection_id,
        requested_by="Ada Brandt",
        created_at=now - timedelta(minutes=4),
        changed_at=now - timedelta(minutes=3),
        modules=tuple(
            ModuleComparison(
                m, Stage.DONE, n, n, n, n, found=4 * (m is Module.ACCOUNTS),
                differing=4 * (m is Module.ACCOUNTS), held=int(m is Module.ACCOUNTS),
                settled=1 * (m is Module.ACCOUNTS),
            )
            for m in Module
            if (n := COUNTS.get(m.value, 0))
        ),
        status=JobStatus.DONE,
        finished_at=now - timedelta(minutes=3),
    )  # fmt: skip
    store.save_comparison(done)
    store.put_differences(FULL, "compared", "1-000001-0", found)
    going = tuple(
        replace(m, stage=Stage.READING if m.module is Module.LEADS else Stage.WAITING, differing=0,
                read=0, there=0, here=0, held=0)
        for m in done.modules
    )  # fmt: skip
    store.save_comparison(
        replace(done, tenant=RUNNING, modules=going, status=JobStatus.RUNNING, finished_at=None)
    )
