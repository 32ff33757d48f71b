"""Connections, runs and what belongs to them, as rows."""

from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar

from pynamodb.exceptions import DoesNotExist

from funnel.adapters.dynamodb.access import put_if_version
from funnel.adapters.dynamodb.codec import from_text, to_text
from funnel.adapters.dynamodb.models import SyncRow, bound
from funnel.adapters.dynamodb.requests import Dynamo, Item
from funnel.adapters.dynamodb.tables import moment, shard
from funnel.domain.connecting.connections import Connection
from funnel.domain.errors import Conflict
from funnel.domain.ids import ListId, Module, RunId, TenantId
from funnel.domain.lists.target_lists import ListReading, ListsRound
from funnel.domain.signing_in.tries import Tries
from funnel.domain.sync.runs import OPEN_STATUSES, Job, Run, RunStatus, RunWindow

T = TypeVar("T", Connection, Run, Job, ListReading, ListsRound, Tries)
CONNECTION, CURRENCIES, OPEN_RUN, BUDGET, RUN, ASKS, JOB, READING, ROUND, TRIES = (
    "connection",
    "currencies",
    "open_run",
    "budget",
    "run",
    "asks",
    "job",
    "reading",
    "target_lists",
    "tries",
)
_TRIES_LIFE = 24 * 3600


class SyncTable:
    """The table of rows that are read and written one by one."""

    def __init__(self, dynamo: Dynamo, name: str) -> None:
        self.name = name
        self._dynamo = dynamo
        self.rows: type[SyncRow] = bound(SyncRow, name, dynamo.client)

    def get(self, pk: str, sk: str) -> SyncRow | None:
        """One row, read consistently."""
        try:
            return self._dynamo.patiently(lambda: self.rows.get(pk, sk, consistent_read=True))
        except DoesNotExist:
            return None

    def load(self, kind: type[T], pk: str, sk: str) -> T | None:
        """What one row holds, with the row's version."""
        row = self.get(pk, sk)
        return held(kind, row) if row else None

    def save(self, row: SyncRow, value: T) -> T:
        """Write the row if the version it comes from still stands. Raises `Conflict`."""
        row.version = value.version + 1
        if not put_if_version(self._dynamo, self.name, row.serialize(), value.version):
            raise Conflict("Somebody else changed it meanwhile.", mend="Try again.")
        return replace(value, version=value.version + 1)

    def connection(self, connection: Connection) -> SyncRow:
        """A connection's row, in the index of its quarter."""
        return self.rows(
            connection.tenant,
            CONNECTION,
            body=to_text(connection),
            due_pk=quarter_pk(connection.quarter),
            due_sk=connection.tenant,
        )

    def run(self, run: Run) -> SyncRow:
        """A run's row; in the index of leases while it is running."""
        row = self.rows(
            run_pk(run.tenant, run.run_id),
            RUN,
            body=to_text(run),
            version=run.version + 1,
            is_open=run.status in OPEN_STATUSES,
        )
        if run.status is RunStatus.RUNNING and run.lease_until is not None:
            row.due_pk = lease_pk(shard(run.tenant))
            row.due_sk = f"{moment(run.lease_until)}#{run.tenant}#{run.run_id}"
        return row

    def window(self, tenant: TenantId, run_id: RunId, window: RunWindow) -> SyncRow:
        """A window's row."""
        return self.rows(
            run_pk(tenant, run_id),
            window_sk(window.module, window.window_id),
            body=to_text(window),
        )

    def job(self, job: Job) -> SyncRow:
        """A job's row, kept until nobody looks at it any more."""
        until = int(job.kept_until.timestamp())
        return self.rows(job_pk(job.tenant, job.job_id), JOB, body=to_text(job), expires_at=until)

    def list_reading(self, reading: ListReading) -> SyncRow:
        """The row of one Target List's reading."""
        pk = reading_pk(reading.tenant, reading.list_id)
        return self.rows(pk, READING, body=to_text(reading))

    def lists_round(self, lists_round: ListsRound) -> SyncRow:
        """The row of a tenant's last round."""
        return self.rows(lists_round.tenant, ROUND, body=to_text(lists_round))

    def tries(self, tries: Tries) -> SyncRow:
        """The row of tries under one name, kept for a day after the last."""
        last = max((at.timestamp() for at in tries.at.values()), default=0.0)
        until = int(last) + _TRIES_LIFE
        pk = tries_pk(tries.tenant, tries.who)
        return self.rows(pk, TRIES, body=to_text(tries), expires_at=until)

    def put(self, row: SyncRow) -> dict[str, Any]:
        """The action of a transaction that puts the row."""
        return {"Put": {"TableName": self.name, "Item": row.serialize()}}


def held(kind: type[T], row: SyncRow) -> T:
    """What a row holds, with the row's version."""
    return replace(from_text(kind, row.body), version=int(row.version))


def job_in(item: Item) -> Job:
    """The job of an item that was read many at a time."""
    return replace(from_text(Job, item["body"]["S"]), version=int(item["version"]["N"]))


def reading_in(item: Item) -> ListReading:
    """The reading of an item that was read many at a time."""
    return replace(from_text(ListReading, item["body"]["S"]), version=int(item["version"]["N"]))


def run_in(item: Item) -> Run:
    """The run of an item that was read many at a time."""
    return replace(from_text(Run, item["body"]["S"]), version=int(item["version"]["N"]))


def quarter_pk(quarter: int) -> str:
    """Where the connections of a quarter of an hour are, in the index `due`."""
    return f"quarter#{quarter}"


def lease_pk(part: int) -> str:
    """One shard of the leases of running runs, in the index `due`."""
    return f"lease#{part}"


def run_pk(tenant: TenantId, run_id: RunId) -> str:
    """The partition of a run, its windows and what was asked of it."""
    return f"{tenant}#run#{run_id}"


def runs_pk(tenant: TenantId) -> str:
    """The list of a tenant's runs: a small row each."""
    return f"{tenant}#runs"


def run_place(started_at: datetime, run_id: RunId) -> str:
    """A run's place in that list."""
    return f"{moment(started_at)}#{run_id}"


def window_sk(module: Module, window_id: str) -> str:
    """A window's place in its run: by module, then by id."""
    return f"window#{module.value}#{window_id}"


def fields_sk(module: Module) -> str:
    """Where a module's field list is, beside the connection."""
    return f"fields#{module.value}"


def job_pk(tenant: TenantId, job_id: str) -> str:
    """The partition of a job."""
    return f"{tenant}#job#{job_id}"


def reading_pk(tenant: TenantId, list_id: ListId) -> str:
    """The partition of one Target List's reading."""
    return f"{tenant}#reading#{list_id}"


def tries_pk(tenant: TenantId, who: str) -> str:
    """The partition of the tries to sign in under one name."""
    return f"{tenant}#tries#{who}"
