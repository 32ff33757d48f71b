"""The tables as PynamoDB models: keys, indexes and the attributes items may have.

The template declares the same tables; a test holds the two together. Rows that are read one by one
are read and written through these models. Records, people, errors and history are written many at
a time, in transactions, by the functions beside their rows.
"""

import types
from typing import Any, TypeVar, cast

from pynamodb.attributes import (
    BooleanAttribute,
    NumberAttribute,
    UnicodeAttribute,
    UnicodeSetAttribute,
)
from pynamodb.expressions.update import Action
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex, IncludeProjection
from pynamodb.models import Model

from funnel.adapters.dynamodb.tables import FORMAT

M = TypeVar("M", bound="Row")


class Row(Model):
    """What every item has."""

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    v = NumberAttribute(default=FORMAT)
    version = NumberAttribute(null=True)
    expires_at = NumberAttribute(null=True)
    """Seconds since 1970 from which DynamoDB may remove the item."""


def bound(model: type[M], table: str, client: Any) -> type[M]:
    """The model on one table, through a client that is there already."""
    meta = type("Meta", (), {"table_name": table, "region": client.meta.region_name})
    made = cast(
        "type[M]",
        types.new_class(model.__name__, (model,), {}, lambda body: body.update(Meta=meta)),
    )
    # PynamoDB makes a client of its own otherwise: more memory, a later start, other time-outs.
    made._get_connection().connection._client = client
    return made


def format_kept(rows: type[Row]) -> Action:
    """Part of an update that nobody reads a row for: what a later release wrote stays marked as such."""
    return rows.v.set(rows.v | FORMAT)


class TenantRow(Row):
    """`<tenant>`/`tenant` and `sessions`; `link#`, `attempt#` and `session#<hash>` with their kind."""

    class Meta:
        """Named by `bound`."""

        table_name = "tenants"

    body = UnicodeAttribute(null=True)
    turn = NumberAttribute(null=True)
    """How often the tenant's sessions were ended: of the tenant, and when a session began."""
    taken_by = UnicodeAttribute(null=True)
    """The hash of the session that an attempt to sign in led to."""


class ApiKeyRow(Row):
    """`<tenant>`/`api_key#<id>`; `key_use#<tenant>#<id>`/`last`, and `<minute>` for an hour."""

    class Meta:
        """Named by `bound`."""

        table_name = "tenants"

    body = UnicodeAttribute(null=True)
    used_at = NumberAttribute(null=True)
    """Seconds since 1970, right to the hour."""
    calls = NumberAttribute(null=True)


class DueIndex(GlobalSecondaryIndex["SyncRow"]):  # type: ignore[no-untyped-call]
    """Connections by quarter of an hour; running runs by the end of their lease."""

    class Meta:
        """All attributes."""

        index_name = "due"
        projection = AllProjection()

    due_pk = UnicodeAttribute(hash_key=True)
    due_sk = UnicodeAttribute(range_key=True)


class SyncRow(Row):
    """`<tenant>`/`connection`, `fields#<Module>`, `open_run`, `budget`, `lease#<name>`; runs, windows, asks,
    jobs, tries.
    """

    class Meta:
        """Named by `bound`."""

        table_name = "sync"

    body = UnicodeAttribute(null=True)
    due_pk = UnicodeAttribute(null=True)
    due_sk = UnicodeAttribute(null=True)
    run_id = UnicodeAttribute(null=True)
    is_open = BooleanAttribute(null=True)
    owner = UnicodeAttribute(null=True)
    until = NumberAttribute(null=True)
    free_at = NumberAttribute(null=True)
    cancel = BooleanAttribute(null=True)
    everything = BooleanAttribute(null=True)
    modules = UnicodeSetAttribute(null=True)
    kinds = UnicodeSetAttribute(null=True)
    due = DueIndex()


class RecordListIndex(GlobalSecondaryIndex["RecordRow"]):  # type: ignore[no-untyped-call]
    """Records in use, by name, in shards."""

    class Meta:
        """All attributes."""

        index_name = "list"
        projection = AllProjection()

    list_pk = UnicodeAttribute(hash_key=True)
    list_sk = UnicodeAttribute(range_key=True)


class ParentIndex(GlobalSecondaryIndex["RecordRow"]):  # type: ignore[no-untyped-call]
    """Contacts and Opportunities in use, by Account."""

    class Meta:
        """All attributes."""

        index_name = "parent"
        projection = AllProjection()

    parent_pk = UnicodeAttribute(hash_key=True)
    parent_sk = UnicodeAttribute(range_key=True)


class RecordRow(Row):
    """`<tenant>#<Module>/<id>`/`record`; of a Contact also `followers`."""

    class Meta:
        """Named by `bound`."""

        table_name = "records"

    state = UnicodeAttribute(null=True)
    name = UnicodeAttribute(null=True)
    fields = UnicodeAttribute(null=True)
    digest = UnicodeAttribute(null=True)
    modified = UnicodeAttribute(null=True)
    began = UnicodeAttribute(null=True)
    ended = UnicodeAttribute(null=True)
    generation = NumberAttribute(null=True)
    first_seen = UnicodeAttribute(null=True)
    owner = UnicodeAttribute(null=True)
    parent = UnicodeAttribute(null=True)
    contacts = UnicodeAttribute(null=True)
    person = UnicodeAttribute(null=True)
    home = UnicodeAttribute(null=True)
    apart = BooleanAttribute(null=True)
    stale_since = UnicodeAttribute(null=True)
    errors = UnicodeAttribute(null=True)
    root = UnicodeAttribute(null=True)
    leads = UnicodeAttribute(null=True)
    words = UnicodeAttribute(null=True)
    list_pk = UnicodeAttribute(null=True)
    list_sk = UnicodeAttribute(null=True)
    parent_pk = UnicodeAttribute(null=True)
    parent_sk = UnicodeAttribute(null=True)
    by_name = RecordListIndex()
    by_parent = ParentIndex()


class PersonListIndex(GlobalSecondaryIndex["PersonRow"]):  # type: ignore[no-untyped-call]
    """People in Sugar or made here, by name, in shards."""

    class Meta:
        """All attributes."""

        index_name = "list"
        projection = AllProjection()

    list_pk = UnicodeAttribute(hash_key=True)
    list_sk = UnicodeAttribute(range_key=True)


class PersonSearchIndex(GlobalSecondaryIndex["PersonRow"]):  # type: ignore[no-untyped-call]
    """The same people in the same order, with nothing but what they are found by: small rows."""

    class Meta:
        """The words."""

        index_name = "search"
        projection = IncludeProjection(["words"])

    list_pk = UnicodeAttribute(hash_key=True)
    list_sk = UnicodeAttribute(range_key=True)


class PeopleDueIndex(GlobalSecondaryIndex["PersonRow"]):  # type: ignore[no-untyped-call]
    """Consents that Sugar is to be told, by when, in shards."""

    class Meta:
        """All attributes."""

        index_name = "due"
        projection = AllProjection()

    due_pk = UnicodeAttribute(hash_key=True)
    due_sk = UnicodeAttribute(range_key=True)


class PersonRow(Row):
    """`<tenant>#person#<id>`/`person`, `<tenant>#email#<address>`/`claim` and `consent`.

    `<tenant>#erased`/`proof#<person>` and `mark#<hash>`: who was erased, and what no longer comes
    in. `<tenant>#redo`/`<kind>#<hash>`: what a restore has left to be done again.
    """

    class Meta:
        """Named by `bound`."""

        table_name = "people"

    name = UnicodeAttribute(null=True)
    fields = UnicodeAttribute(null=True)
    agreed = UnicodeAttribute(null=True)
    edited = UnicodeAttribute(null=True)
    links = UnicodeAttribute(null=True)
    emails = UnicodeAttribute(null=True)
    created_at = UnicodeAttribute(null=True)
    changed_at = UnicodeAttribute(null=True)
    merged_into = UnicodeAttribute(null=True)
    absorbed = UnicodeAttribute(null=True)
    shared = BooleanAttribute(null=True)
    made_by = UnicodeAttribute(null=True)
    took_in = UnicodeAttribute(null=True)
    formerly = UnicodeAttribute(null=True)
    had = UnicodeAttribute(null=True)
    erased = BooleanAttribute(null=True)
    at = UnicodeAttribute(null=True)
    """Of a mark: when what it stands for was erased."""
    words = UnicodeAttribute(null=True)
    person = UnicodeAttribute(null=True)
    consent = BooleanAttribute(null=True)
    """Of a claim: whether there is a consent of the address."""
    body = UnicodeAttribute(null=True)
    list_pk = UnicodeAttribute(null=True)
    list_sk = UnicodeAttribute(null=True)
    due_pk = UnicodeAttribute(null=True)
    due_sk = UnicodeAttribute(null=True)
    by_name = PersonListIndex()
    by_words = PersonSearchIndex()
    by_due = PeopleDueIndex()


class ErrorListIndex(GlobalSecondaryIndex["SyncErrorRow"]):  # type: ignore[no-untyped-call]
    """Open errors by root, in shards."""

    class Meta:
        """All attributes."""

        index_name = "list"
        projection = AllProjection()

    list_pk = UnicodeAttribute(hash_key=True)
    list_sk = UnicodeAttribute(range_key=True)


class BlockedByIndex(GlobalSecondaryIndex["SyncErrorRow"]):  # type: ignore[no-untyped-call]
    """Open errors by the record they wait for."""

    class Meta:
        """All attributes."""

        index_name = "blocked_by"
        projection = AllProjection()

    blocked_pk = UnicodeAttribute(hash_key=True)
    blocked_sk = UnicodeAttribute(range_key=True)


class SyncErrorRow(Row):
    """`<tenant>#<Module>/<id>`/`error#<id>`, and `cause` where something may wait for the record."""

    class Meta:
        """Named by `bound`."""

        table_name = "sync_errors"

    direction = UnicodeAttribute(null=True)
    name = UnicodeAttribute(null=True)
    field = UnicodeAttribute(null=True)
    value = UnicodeAttribute(null=True)
    code = UnicodeAttribute(null=True)
    root = UnicodeAttribute(null=True)
    root_name = UnicodeAttribute(null=True)
    first_seen = UnicodeAttribute(null=True)
    last_seen = UnicodeAttribute(null=True)
    blocked_by = UnicodeAttribute(null=True)
    list_pk = UnicodeAttribute(null=True)
    list_sk = UnicodeAttribute(null=True)
    blocked_pk = UnicodeAttribute(null=True)
    blocked_sk = UnicodeAttribute(null=True)
    by_root = ErrorListIndex()
    by_cause = BlockedByIndex()


class HistoryRow(Row):
    """`<tenant>#<subject>`/`<moment>#<entry id>`."""

    class Meta:
        """Named by `bound`."""

        table_name = "history"

    kind = UnicodeAttribute(null=True)
    side = UnicodeAttribute(null=True)
    changes = UnicodeAttribute(null=True)
    note = UnicodeAttribute(null=True)
    by = UnicodeAttribute(null=True)


class ChangeRow(Row):
    """What Sugar has named, and what comparing found.

    `<tenant>#<connection>#marks#<shard>`/`<Module>/<id>`; `<tenant>#<connection>`/`bell` and
    `hooks#<day>`; `<tenant>#signature#<hash>`/`signature`; `<tenant>`/`comparison`
    and `preview`;
    `<tenant>#comparison#<id>`/`<part>`.
    """

    class Meta:
        """Named by `bound`."""

        table_name = "changes"

    body = UnicodeAttribute(null=True)
    stamp = UnicodeAttribute(null=True)
    until = NumberAttribute(null=True)
    accepted = NumberAttribute(null=True)
    refused = NumberAttribute(null=True)
    records = NumberAttribute(null=True)
    last_at = UnicodeAttribute(null=True)
