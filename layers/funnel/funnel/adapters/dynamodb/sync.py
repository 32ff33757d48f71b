"""Connections, jobs, tries, readings of Target Lists, leases and budgets."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from pynamodb.exceptions import DeleteError, PutError, UpdateError
from pynamodb.expressions.update import Action

from funnel.adapters.dynamodb.codec import from_text, to_text
from funnel.adapters.dynamodb.models import format_kept
from funnel.adapters.dynamodb.requests import CONDITION_FAILED, code_of
from funnel.adapters.dynamodb.runs import DynamoRuns
from funnel.adapters.dynamodb.sync_rows import (
    BUDGET,
    CONNECTION,
    CURRENCIES,
    JOB,
    READING,
    ROUND,
    TRIES,
    fields_sk,
    job_in,
    job_pk,
    quarter_pk,
    reading_in,
    reading_pk,
    tries_pk,
)
from funnel.domain.connecting.connections import Connection
from funnel.domain.connecting.currencies import Currencies
from funnel.domain.errors import StoreBusy
from funnel.domain.ids import JobId, ListId, Module, TenantId
from funnel.domain.lists.target_lists import ListReading, ListsRound
from funnel.domain.mapping.fields import FieldList
from funnel.domain.signing_in.tries import Tries
from funnel.domain.sync.runs import Job
from funnel.ports.store import Listing

_QUARTER_PAGE = 100
_LEASE_TAIL = 24 * 3600
_TRIES = 20
_MICRO = 1_000_000


class DynamoSync(DynamoRuns):
    """`SyncStore` in DynamoDB."""

    def connection(self, tenant: TenantId) -> Connection | None:
        """The tenant's connection."""
        return self._sync.load(Connection, tenant, CONNECTION)

    def save_connection(self, connection: Connection) -> Connection:
        """Write it if its version still stands; the stored one. Raises `Conflict`."""
        return self._sync.save(self._sync.connection(connection), connection)

    def save_field_list(self, tenant: TenantId, found: FieldList) -> None:
        """Keep a module's field list in place of the one before."""
        row = self._sync.rows(tenant, fields_sk(found.module), body=to_text(found))
        self._dynamo.patiently(row.save)

    def field_list(self, tenant: TenantId, module: Module) -> FieldList | None:
        """A module's field list as last kept."""
        row = self._sync.get(tenant, fields_sk(module))
        return from_text(FieldList, row.body) if row else None

    def save_currencies(self, tenant: TenantId, found: Currencies) -> None:
        """Keep Sugar's currencies in place of those before."""
        row = self._sync.rows(tenant, CURRENCIES, body=to_text(found))
        self._dynamo.patiently(row.save)

    def currencies(self, tenant: TenantId) -> Currencies | None:
        """Sugar's currencies as last kept."""
        row = self._sync.get(tenant, CURRENCIES)
        return from_text(Currencies, row.body) if row else None

    def connections_of_quarter(self, quarter: int, cursor: str = "") -> Listing[TenantId]:
        """Whose hourly run starts in this quarter."""
        return self._listings.merged(
            self._sync.name,
            "due",
            [quarter_pk(quarter)],
            lambda item: TenantId(item["due_sk"]["S"]),
            _QUARTER_PAGE,
            cursor=cursor,
            all_tenants=True,
        )

    def save_job(self, job: Job) -> Job:
        """Write it if its version still stands; the stored one. Raises `Conflict`."""
        return self._sync.save(self._sync.job(job), job)

    def job(self, tenant: TenantId, job_id: JobId) -> Job | None:
        """One job."""
        return self._sync.load(Job, job_pk(tenant, job_id), JOB)

    def list_reading(self, tenant: TenantId, list_id: ListId) -> ListReading | None:
        """How far one Target List has been compared."""
        return self._sync.load(ListReading, reading_pk(tenant, list_id), READING)

    def list_readings(self, tenant: TenantId, ids: Iterable[ListId]) -> dict[ListId, ListReading]:
        """The same of several."""
        keys = [(reading_pk(tenant, list_id), READING) for list_id in dict.fromkeys(ids)]
        items = self._dynamo.batch_get(self._sync.name, keys) if keys else []
        return {one.list_id: one for one in map(reading_in, items)}

    def save_list_reading(self, reading: ListReading) -> ListReading:
        """Write it if its version still stands; the stored one. Raises `Conflict`."""
        return self._sync.save(self._sync.list_reading(reading), reading)

    def lists_round(self, tenant: TenantId) -> ListsRound | None:
        """The last time the tenant's Target Lists were asked for."""
        return self._sync.load(ListsRound, tenant, ROUND)

    def save_lists_round(self, lists_round: ListsRound) -> ListsRound:
        """Write it if its version still stands; the stored one. Raises `Conflict`."""
        return self._sync.save(self._sync.lists_round(lists_round), lists_round)

    def jobs(self, tenant: TenantId, ids: Iterable[JobId]) -> dict[JobId, Job]:
        """The jobs with these ids."""
        keys = [(job_pk(tenant, job_id), JOB) for job_id in dict.fromkeys(ids)]
        items = self._dynamo.batch_get(self._sync.name, keys) if keys else []
        return {JobId(job.job_id): job for job in map(job_in, items)}

    def tries(self, tenant: TenantId, who: str) -> Tries:
        """The latest tries under one name."""
        return self._sync.load(Tries, tries_pk(tenant, who), TRIES) or Tries(tenant, who)

    def save_tries(self, tries: Tries) -> Tries:
        """Write them if their version still stands; the stored ones. Raises `Conflict`."""
        return self._sync.save(self._sync.tries(tries), tries)

    def acquire(
        self, tenant: TenantId, name: str, owner: str, now: datetime, until: datetime
    ) -> bool:
        """Take a lease that is free, expired at `now`, or already the owner's."""
        rows = self._sync.rows
        row = rows(tenant, f"lease#{name}", owner=owner, until=_micros(until))
        row.expires_at = int(until.timestamp()) + _LEASE_TAIL
        free = rows.pk.does_not_exist() | (rows.owner == owner) | (rows.until <= _micros(now))
        try:
            self._dynamo.patiently(lambda: row.save(free))
        except PutError as error:
            if code_of(error) != CONDITION_FAILED:
                raise
            return False
        return True

    def is_held(self, tenant: TenantId, name: str, now: datetime) -> bool:
        """Whether anybody has this lease."""
        row = self._sync.get(tenant, f"lease#{name}")
        return row is not None and int(row.until) > _micros(now)

    def release(self, tenant: TenantId, name: str, owner: str) -> None:
        """Give the owner's lease back; nothing if it is not the owner's."""
        rows = self._sync.rows
        row = rows(tenant, f"lease#{name}")
        try:
            self._dynamo.patiently(lambda: row.delete(rows.owner == owner))
        except DeleteError as error:
            if code_of(error) != CONDITION_FAILED:
                raise

    def reserve(self, tenant: TenantId, requests: int, per_second: float, now: datetime) -> float:
        """Reserve requests from the connection's shared budget; seconds to wait before them.

        The budget is one moment: until when it is spent. It is moved on from there, or from now
        where it lies behind us; whoever finds the other case tries that.
        """
        cost, at = round(requests / per_second * _MICRO), _micros(now)
        for attempt in range(_TRIES):
            free_at = self._take(tenant, cost, at, spent=bool(attempt % 2))
            if free_at is not None:
                return (free_at - cost - at) / _MICRO
        raise StoreBusy("Others keep taking from the same budget.")

    def reserved_until(self, tenant: TenantId) -> datetime | None:
        """Until when the budget is spent."""
        row = self._sync.get(tenant, BUDGET)
        if row is None or row.free_at is None:
            return None
        return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=int(row.free_at))

    def _take(self, tenant: TenantId, cost: int, now: int, *, spent: bool) -> int | None:
        """The new end of the budget; None if it is spent and was said not to be, or otherwise."""
        rows = self._sync.rows
        row = rows(tenant, BUDGET)
        action: Action
        if spent:
            action, condition = rows.free_at.add(cost), rows.free_at > now
        else:
            action = rows.free_at.set(now + cost)
            condition = rows.free_at.does_not_exist() | (rows.free_at <= now)
        try:
            self._dynamo.patiently(lambda: row.update([action, format_kept(rows)], condition))
        except UpdateError as error:
            if code_of(error) != CONDITION_FAILED:
                raise
            return None
        return int(row.free_at)


def _micros(at: datetime) -> int:
    return round((at - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds() * _MICRO)
