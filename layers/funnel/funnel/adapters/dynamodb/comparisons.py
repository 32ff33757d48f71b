"""The latest comparison of each tenant, and what it found, as rows."""

import json
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from funnel.adapters.dynamodb.access import Access
from funnel.adapters.dynamodb.codec import from_text, to_text
from funnel.adapters.dynamodb.latest_rows import MONTH, latest, save_latest
from funnel.adapters.dynamodb.models import ChangeRow, bound
from funnel.adapters.dynamodb.requests import Dynamo, Item
from funnel.adapters.dynamodb.tables import Tables, from_cursor, to_cursor
from funnel.domain.ids import Module, SugarId, TenantId
from funnel.domain.sync.comparison import Comparison, Difference, DifferencePart, Kind, Reason
from funnel.ports.listing import Listing

COMPARISON = "comparison"
MOST_DIFFERENCES = 500


class DynamoComparisons(Access):
    """`ComparisonStore` in DynamoDB."""

    def __init__(self, dynamo: Dynamo, tables: Tables) -> None:
        super().__init__(dynamo, tables)
        self._compared: type[ChangeRow] = bound(ChangeRow, tables.changes, dynamo.client)

    def comparison(self, tenant: TenantId) -> Comparison | None:
        """The latest one."""
        found = latest(self._dynamo, self._compared, tenant, COMPARISON)
        return replace(from_text(Comparison, found[0]), version=found[1]) if found else None

    def save_comparison(self, comparison: Comparison) -> Comparison:
        """Write it if the version of the latest still stands. Raises `Conflict`."""
        rows, tenant, body = self._compared, comparison.tenant, to_text(comparison)
        version = save_latest(self._dynamo, rows, tenant, COMPARISON, body, comparison.version)
        return replace(comparison, version=version)

    def put_differences(
        self, tenant: TenantId, comparison_id: str, part: str, items: Sequence[Difference]
    ) -> None:
        """Write what a step found, in place of what it found before; no row where that is nothing."""
        if len(items) > MOST_DIFFERENCES:
            raise ValueError(f"at most {MOST_DIFFERENCES} differences a part, not {len(items)}")
        if not items:
            gone = self._compared(_parts_pk(tenant, comparison_id), part)
            self._dynamo.patiently(gone.delete)
            return
        body = json.dumps([_plain(one) for one in items], separators=(",", ":"))
        row = self._compared(_parts_pk(tenant, comparison_id), part, body=body)
        row.expires_at = int(time.time()) + MONTH
        self._dynamo.patiently(row.save)

    def differences(
        self, tenant: TenantId, comparison_id: str, limit: int, cursor: str = ""
    ) -> Listing[DifferencePart]:
        """Parts in the order of their names."""
        found = self._dynamo.query(
            self._tables.changes,
            limit + 1,
            ConsistentRead=True,
            KeyConditionExpression="pk = :p AND sk > :s",
            ExpressionAttributeValues={
                ":p": {"S": _parts_pk(tenant, comparison_id)},
                ":s": {"S": from_cursor(cursor) if cursor else " "},
            },
        )
        more = len(found) > limit
        del found[limit:]
        last = to_cursor(found[-1]["sk"]["S"]) if more else ""
        return Listing([_part(item) for item in found], last)


def _part(item: Item) -> DifferencePart:
    rows = json.loads(item["body"]["S"])
    return DifferencePart(item["sk"]["S"], tuple(_difference(*row) for row in rows))


def _plain(one: Difference) -> list[str]:
    return [one.module, one.sugar_id, one.kind, one.reason, _text(one.there), _text(one.here)]


def _difference(
    module: str, sugar_id: str, kind: str, reason: str, there: str, here: str
) -> Difference:
    return Difference(
        Module(module), SugarId(sugar_id), Kind(kind), Reason(reason), _moment(there), _moment(here)
    )


def _text(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""


def _moment(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _parts_pk(tenant: TenantId, comparison_id: str) -> str:
    return f"{tenant}#comparison#{comparison_id}"
