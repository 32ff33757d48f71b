"""Records, people, their errors and history."""

import time
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from funnel.adapters.dynamodb import address_rows, rows
from funnel.adapters.dynamodb import report_rows as reports
from funnel.adapters.dynamodb.access import Access
from funnel.adapters.dynamodb.committing import Committer
from funnel.adapters.dynamodb.requests import Dynamo, Item
from funnel.adapters.dynamodb.searches import Search, place_of
from funnel.adapters.dynamodb.tables import (
    END,
    SHARDS,
    Tables,
    email_pk,
    followers_pk,
    person_pk,
    record_pk,
    to_cursor,
)
from funnel.domain.consent.consent import Consent
from funnel.domain.ids import Module, PersonId, RecordKey, SugarId, TenantId
from funnel.domain.people.searching import Wanted
from funnel.domain.sync.records import (
    Claim,
    Followers,
    HistoryEntry,
    Person,
    SugarRecord,
    SyncError,
    Unit,
)
from funnel.domain.text import sort_name
from funnel.ports.store import MOST_LOOKED, Found, Listing

K = TypeVar("K")
_CAUSE_LIFE = 60 * 24 * 3600


class DynamoRecords(Access):
    """`RecordStore` in DynamoDB."""

    def __init__(self, dynamo: Dynamo, tables: Tables) -> None:
        super().__init__(dynamo, tables)
        self._committer = Committer(dynamo, tables)

    def commit(self, tenant: TenantId, units: Sequence[Unit]) -> list[bool]:
        """Write each unit whole or not at all; False for one whose rows changed meanwhile.

        Raises `ValueError` for a unit of over 100 rows, `Permanent` for a record that is larger
        than an item can be, and `StoreBusy`.
        """
        return self._committer.commit(tenant, units)

    def records(self, tenant: TenantId, keys: Iterable[RecordKey]) -> dict[RecordKey, SugarRecord]:
        """The records that are here."""
        found = self._found(self._tables.records, rows.RECORD, lambda k: record_pk(tenant, k), keys)
        return {key: rows.record_of(tenant, item, key) for key, item in found}

    def people(self, tenant: TenantId, ids: Iterable[PersonId]) -> dict[PersonId, Person]:
        """The people with these ids."""
        found = self._found(self._tables.people, rows.PERSON, lambda i: person_pk(tenant, i), ids)
        return {person_id: rows.person_of(tenant, item) for person_id, item in found}

    def claims(self, tenant: TenantId, emails: Iterable[str]) -> dict[str, Claim]:
        """The claims on these folded addresses."""
        found = self._of_addresses(tenant, address_rows.CLAIM, emails)
        claims = {email: address_rows.claim_of(tenant, email, item) for email, item in found}
        return {email: claim for email, claim in claims.items() if claim}

    def consents(self, tenant: TenantId, emails: Iterable[str]) -> dict[str, Consent]:
        """What is known of the consent of these folded addresses."""
        found = self._of_addresses(tenant, address_rows.CONSENT, emails)
        return {email: address_rows.consent_of(item) for email, item in found}

    def due_consents(self, tenant: TenantId, limit: int, cursor: str = "") -> Listing[Consent]:
        """What Sugar is to be told, by when it is due."""
        return self._listings.merged(
            self._tables.people,
            "due",
            [address_rows.due_pk(tenant, part) for part in range(SHARDS)],
            address_rows.consent_of,
            limit,
            cursor=cursor,
        )

    def followers(
        self, tenant: TenantId, contact_ids: Iterable[SugarId]
    ) -> dict[SugarId, Followers]:
        """The Leads converted to these Contacts."""
        found = self._found(
            self._tables.records, rows.FOLLOWERS, lambda i: followers_pk(tenant, i), contact_ids
        )
        return {i: rows.followers_of(tenant, i, item) for i, item in found}

    def mark_causes(self, tenant: TenantId, causes: Iterable[RecordKey]) -> None:
        """Remember for 60 days that something may be blocked by these."""
        until = int(time.time()) + _CAUSE_LIFE
        items = [reports.cause_item(tenant, cause, until) for cause in set(causes)]
        self._dynamo.batch_put(self._tables.sync_errors, items)

    def marked_causes(self, tenant: TenantId, keys: Iterable[RecordKey]) -> set[RecordKey]:
        """Which of these may block something."""
        table = self._tables.sync_errors
        found = self._found(table, reports.CAUSE, lambda k: record_pk(tenant, k), keys)
        return {key for key, _ in found}

    def blocked_by(
        self, tenant: TenantId, cause: RecordKey, limit: int, cursor: str = ""
    ) -> Listing[SyncError]:
        """The open errors that wait for this record."""
        return self._listings.merged(
            self._tables.sync_errors,
            "blocked_by",
            [record_pk(tenant, cause)],
            lambda item: reports.error_of(tenant, item),
            limit,
            cursor=cursor,
        )

    def errors_of(self, tenant: TenantId, record: RecordKey) -> list[SyncError]:
        """The open errors of one record."""
        items = self._dynamo.query_all(
            self._tables.sync_errors,
            ConsistentRead=True,
            KeyConditionExpression="pk = :p AND begins_with(sk, :s)",
            ExpressionAttributeValues={
                ":p": {"S": record_pk(tenant, record)},
                ":s": {"S": reports.ERROR},
            },
        )
        return [reports.error_of(tenant, item) for item in items]

    def list_errors(
        self,
        tenant: TenantId,
        limit: int,
        cursor: str = "",
        *,
        root: RecordKey | None = None,
        after: RecordKey | None = None,
    ) -> Listing[SyncError]:
        """All open errors, those of one root together."""
        return self._listings.merged(
            self._tables.sync_errors,
            "list",
            [reports.error_list_pk(tenant, part) for part in range(SHARDS)],
            lambda item: reports.error_of(tenant, item),
            limit,
            prefix=reports.root_prefix(root) if root else "",
            cursor=to_cursor(reports.root_prefix(after) + END) if after else cursor,
        )

    def list_people(
        self, tenant: TenantId, prefix: str, limit: int, cursor: str = ""
    ) -> Listing[Person]:
        """People by name."""
        return self._listings.merged(
            self._tables.people,
            "list",
            [rows.person_list_pk(tenant, part) for part in range(SHARDS)],
            lambda item: rows.person_of(tenant, item),
            limit,
            prefix=sort_name(prefix),
            cursor=cursor,
        )

    def search_people(
        self,
        tenant: TenantId,
        wanted: Wanted,
        limit: int,
        cursor: str = "",
        most: int = MOST_LOOKED,
    ) -> Found[Person]:
        """People by name whom the search wants."""
        pks = [rows.person_list_pk(tenant, part) for part in range(SHARDS)]
        search = Search(self._dynamo, self._tables.people, "search", pks, wanted.parts, cursor)
        items, cursor = search.run(limit, most)
        ids = [rows.person_id_in(tenant, item) for item in items]
        there = self.people(tenant, ids) if ids else {}
        found = [
            (there[i], place_of(item))
            for i, item in zip(ids, items, strict=True)
            if i in there and wanted.wants_person(there[i])
        ]
        return Found([p for p, _ in found], [at for _, at in found], cursor, search.looked)

    def search_records(
        self,
        tenant: TenantId,
        module: Module,
        wanted: Wanted,
        limit: int,
        cursor: str = "",
        most: int = MOST_LOOKED,
    ) -> Found[SugarRecord]:
        """Accounts, Opportunities or Users by name whom the search wants."""
        pks = [rows.record_list_pk(tenant, module, part) for part in range(SHARDS)]
        search = Search(self._dynamo, self._tables.records, "list", pks, wanted.parts, cursor)
        items, cursor = search.run(limit, most)
        read = [(rows.record_of(tenant, item), place_of(item)) for item in items]
        found = [(record, at) for record, at in read if wanted.wants_record(record)]
        return Found([r for r, _ in found], [at for _, at in found], cursor, search.looked)

    def list_records(
        self, tenant: TenantId, module: Module, prefix: str, limit: int, cursor: str = ""
    ) -> Listing[SugarRecord]:
        """SYNCED and STALE records by name."""
        return self._listings.merged(
            self._tables.records,
            "list",
            [rows.record_list_pk(tenant, module, part) for part in range(SHARDS)],
            lambda item: rows.record_of(tenant, item),
            limit,
            prefix=sort_name(prefix),
            cursor=cursor,
        )

    def children(
        self, tenant: TenantId, parent_id: SugarId, module: Module, limit: int, cursor: str = ""
    ) -> Listing[SugarRecord]:
        """SYNCED and STALE records below one by name."""
        return self._listings.merged(
            self._tables.records,
            "parent",
            [rows.parent_pk(tenant, parent_id, module)],
            lambda item: rows.record_of(tenant, item),
            limit,
            cursor=cursor,
        )

    def history(
        self, tenant: TenantId, subject: str, limit: int, cursor: str = ""
    ) -> Listing[HistoryEntry]:
        """What happened to a subject, newest first."""
        return self._listings.newest(
            self._tables.history,
            reports.history_pk(tenant, subject),
            lambda item: reports.history_of(tenant, item),
            limit,
            cursor,
        )

    def _of_addresses(
        self, tenant: TenantId, sk: str, emails: Iterable[str]
    ) -> list[tuple[str, Item]]:
        return self._found(self._tables.people, sk, lambda e: email_pk(tenant, e), emails)

    def _found(
        self, table: str, sk: str, pk_of: Callable[[K], str], keys: Iterable[K]
    ) -> list[tuple[K, Item]]:
        """The items that are there, with what they were asked for by."""
        wanted = {pk_of(key): key for key in keys}
        items = self._dynamo.batch_get(table, [(pk, sk) for pk in wanted])
        return [(wanted[item["pk"]["S"]], item) for item in items]
