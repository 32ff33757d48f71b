"""Marks on records that Sugar has named, bells, signatures that were used, and counts by day."""

import hashlib
import time
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from pynamodb.exceptions import DeleteError
from pynamodb.expressions.update import Action

from funnel.adapters.dynamodb.access import Access, put_if_version
from funnel.adapters.dynamodb.models import ChangeRow, bound, format_kept
from funnel.adapters.dynamodb.requests import CONDITION_FAILED, Dynamo, Item, code_of
from funnel.adapters.dynamodb.tables import SHARDS, Tables, from_cursor, shard, to_cursor
from funnel.domain.errors import InputInvalid
from funnel.domain.ids import ConnectionId, RecordKey, TenantId
from funnel.domain.sync.hooks import HookCounts, Mark, MarkKind
from funnel.ports.listing import Listing

BELL, SIGNATURE = "bell", "signature"
DAYS = 7
_MONTH = 31 * 24 * 3600
_TAIL = 3600
_PARTS = frozenset(map(str, range(SHARDS)))


class DynamoHooks(Access):
    """`HookStore` in DynamoDB. Marks are spread over partitions: a burst has many writers."""

    def __init__(self, dynamo: Dynamo, tables: Tables) -> None:
        super().__init__(dynamo, tables)
        self._changes: type[ChangeRow] = bound(ChangeRow, tables.changes, dynamo.client)

    def mark(
        self,
        tenant: TenantId,
        connection_id: ConnectionId,
        keys: Iterable[RecordKey],
        stamp: str,
        kind: MarkKind = MarkKind.NAMED,
    ) -> None:
        """Mark these records; a mark that is there takes the new stamp."""
        until = int(time.time()) + _MONTH
        rows = [
            self._changes(
                _marks_pk(tenant, connection_id, kind, shard(str(key))),
                str(key),
                stamp=stamp,
                expires_at=until,
            )
            for key in dict.fromkeys(keys)
        ]
        self._dynamo.batch_put(self._tables.changes, [row.serialize() for row in rows])

    def marked(
        self,
        tenant: TenantId,
        connection_id: ConnectionId,
        limit: int,
        cursor: str = "",
        kind: MarkKind = MarkKind.NAMED,
    ) -> Listing[Mark]:
        """The marks of a connection, partition by partition."""
        first, _, after = from_cursor(cursor).partition("#") if cursor else ("0", "", "")
        if first not in _PARTS:
            raise InputInvalid("This is no place in the list.", field="cursor")
        found: list[Mark] = []
        for part in range(int(first), SHARDS):
            pk = _marks_pk(tenant, connection_id, kind, part)
            items = self._marks(pk, after, limit - len(found))
            after = ""
            found += [_mark(item) for item in items]
            if len(found) == limit:
                return Listing(found, to_cursor(f"{part}#{found[-1].key}"))
        return Listing(found)

    def are_marked(
        self,
        tenant: TenantId,
        connection_id: ConnectionId,
        keys: Iterable[RecordKey],
        kind: MarkKind = MarkKind.NAMED,
    ) -> set[RecordKey]:
        """Which of these records are marked."""
        names = [str(key) for key in dict.fromkeys(keys)]
        places = [(_marks_pk(tenant, connection_id, kind, shard(one)), one) for one in names]
        found = self._dynamo.batch_get(self._tables.changes, places) if places else []
        return {_mark(item).key for item in found}

    def _marks(self, pk: str, after: str, limit: int) -> list[Item]:
        return self._dynamo.query(
            self._tables.changes,
            limit,
            ConsistentRead=True,
            KeyConditionExpression="pk = :p AND sk > :s",
            ExpressionAttributeValues={
                ":p": {"S": pk},
                ":s": {"S": after or " "},
            },
        )

    def clear(
        self,
        tenant: TenantId,
        connection_id: ConnectionId,
        marks: Sequence[Mark],
        kind: MarkKind = MarkKind.NAMED,
    ) -> None:
        """Remove those of these marks whose stamp is unchanged."""

        def remove(mark: Mark) -> None:
            pk = _marks_pk(tenant, connection_id, kind, shard(str(mark.key)))
            row = self._changes(pk, str(mark.key))
            try:
                self._dynamo.patiently(lambda: row.delete(self._changes.stamp == mark.stamp))
            except DeleteError as error:
                if code_of(error) != CONDITION_FAILED:
                    raise

        self._dynamo.each(remove, marks)

    def ring(
        self, tenant: TenantId, connection_id: ConnectionId, now: datetime, until: datetime
    ) -> bool:
        """Take the connection's one bell until then."""
        row = self._changes(_hooks_pk(tenant, connection_id), BELL, until=until.timestamp())
        row.expires_at = int(until.timestamp()) + _TAIL
        put = {
            "TableName": self._tables.changes,
            "Item": row.serialize(),
            "ConditionExpression": "attribute_not_exists(pk) OR #until <= :now",
            "ExpressionAttributeNames": {"#until": "until"},
            "ExpressionAttributeValues": {":now": {"N": str(now.timestamp())}},
        }
        # A transaction, as `put_if_version` is one: whoever is told so has to send the message.
        return not self._dynamo.transact([{"Put": put}])

    def hush(self, tenant: TenantId, connection_id: ConnectionId) -> None:
        """Give the bell free."""
        row = self._changes(_hooks_pk(tenant, connection_id), BELL)
        self._dynamo.patiently(row.delete)

    def is_used(self, tenant: TenantId, signature: str) -> bool:
        """Whether this signature was remembered."""
        key = (_signature_pk(tenant, signature), SIGNATURE)
        return bool(self._dynamo.batch_get(self._tables.changes, [key]))

    def remember(self, tenant: TenantId, signature: str, until: datetime) -> bool:
        """Remember a signature, hashed, until then."""
        row = self._changes(_signature_pk(tenant, signature), SIGNATURE)
        row.expires_at = int(until.timestamp()) + 1
        return put_if_version(self._dynamo, self._tables.changes, row.serialize(), 0)

    def count_hook(
        self, tenant: TenantId, connection_id: ConnectionId, now: datetime, records: int | None
    ) -> None:
        """Count a webhook of the day."""
        rows = self._changes
        row = rows(_hooks_pk(tenant, connection_id), _day(now))
        until = int(now.timestamp()) + _MONTH
        actions: list[Action] = [format_kept(rows), rows.expires_at.set(until)]
        if records is None:
            actions.append(rows.refused.add(1))
        else:
            actions += [rows.accepted.add(1), rows.records.add(records)]
            actions.append(rows.last_at.set(now.isoformat()))
        self._dynamo.patiently(lambda: row.update(actions))

    def hook_counts(
        self, tenant: TenantId, connection_id: ConnectionId, now: datetime
    ) -> HookCounts:
        """What was counted on this day and the six before it."""
        items = self._dynamo.query_all(
            self._tables.changes,
            ConsistentRead=True,
            KeyConditionExpression="pk = :p AND sk BETWEEN :a AND :b",
            ExpressionAttributeValues={
                ":p": {"S": _hooks_pk(tenant, connection_id)},
                ":a": {"S": _day(now - timedelta(days=DAYS - 1))},
                ":b": {"S": _day(now)},
            },
        )
        last = max((item["last_at"]["S"] for item in items if "last_at" in item), default="")
        return HookCounts(
            accepted=_sum(items, "accepted"),
            refused=_sum(items, "refused"),
            records=_sum(items, "records"),
            last_at=datetime.fromisoformat(last) if last else None,
        )


def _mark(item: Item) -> Mark:
    return Mark(RecordKey.parse(item["sk"]["S"]), item["stamp"]["S"])


def _sum(items: Sequence[Item], name: str) -> int:
    return sum(int(item[name]["N"]) for item in items if name in item)


def _day(at: datetime) -> str:
    return f"hooks#{at:%Y-%m-%d}"


def _hooks_pk(tenant: TenantId, connection_id: ConnectionId) -> str:
    return f"{tenant}#{connection_id}"


def _marks_pk(tenant: TenantId, connection_id: ConnectionId, kind: MarkKind, part: int) -> str:
    return f"{tenant}#{connection_id}#{kind}#{part}"


def _signature_pk(tenant: TenantId, signature: str) -> str:
    digest = hashlib.sha256(signature.lower().encode()).hexdigest()
    return f"{tenant}#signature#{digest}"
