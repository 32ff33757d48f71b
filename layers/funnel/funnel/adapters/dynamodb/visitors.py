"""Visitors by their browser, and the IP addresses of their visits."""

from dataclasses import replace
from datetime import datetime

from pynamodb.exceptions import DoesNotExist

from funnel.adapters.dynamodb.access import Access, put_once_if_version
from funnel.adapters.dynamodb.codec import from_text, to_text
from funnel.adapters.dynamodb.marketing_models import MarketingRow
from funnel.adapters.dynamodb.models import bound
from funnel.adapters.dynamodb.requests import Dynamo, Item
from funnel.adapters.dynamodb.tables import Tables
from funnel.domain.errors import Conflict
from funnel.domain.ids import TenantId
from funnel.domain.tracking.hits import BrowserId
from funnel.domain.tracking.visitors import Visitor

VISITOR, IP = "visitor", "ip"


class DynamoVisitors(Access):
    """`VisitorStore` in DynamoDB."""

    def __init__(self, dynamo: Dynamo, tables: Tables) -> None:
        super().__init__(dynamo, tables)
        self._visitors: type[MarketingRow] = bound(MarketingRow, tables.marketing, dynamo.client)

    def visitor(self, tenant: TenantId, browser: BrowserId) -> Visitor | None:
        """The visitor that is this browser."""
        pk = _pk(tenant, browser)
        try:
            row = self._dynamo.patiently(
                lambda: self._visitors.get(pk, VISITOR, consistent_read=True)
            )
        except DoesNotExist:
            return None
        return replace(from_text(Visitor, row.body), version=int(row.version))

    def save_visitor(self, visitor: Visitor) -> Visitor:
        """Write it if its version still stands."""
        after = replace(visitor, version=visitor.version + 1)
        row = self._visitors(_pk(visitor.tenant, visitor.browser), VISITOR, body=to_text(after))
        row.version = after.version
        table = self._tables.marketing
        if not put_once_if_version(self._dynamo, table, row.serialize(), visitor.version):
            raise Conflict("Another worker changed this visitor meanwhile.")
        return after

    def keep_ip(
        self, tenant: TenantId, browser: BrowserId, visit_id: str, ip: str, until: datetime
    ) -> None:
        """Keep from where a visit came, until then."""
        row = self._visitors(_pk(tenant, browser), f"{IP}#{visit_id}", body=ip)
        row.expires_at = int(until.timestamp())
        self._dynamo.patiently(row.save)

    def ips(self, tenant: TenantId, browser: BrowserId) -> dict[str, str]:
        """The IP addresses by visit."""
        rows = self._ip_rows(tenant, browser)
        return {item["sk"]["S"].partition("#")[2]: item["body"]["S"] for item in rows}

    def forget_ips(self, tenant: TenantId, browser: BrowserId) -> None:
        """Remove the IP addresses it came from."""
        self._forget_rows(self._ip_rows(tenant, browser))

    def _forget_rows(self, rows: list[Item]) -> None:
        keys = [(item["pk"]["S"], item["sk"]["S"]) for item in rows]
        self._dynamo.batch_delete(self._tables.marketing, keys)

    def _ip_rows(self, tenant: TenantId, browser: BrowserId) -> list[Item]:
        return [one for one in self._rows_of(tenant, browser) if one["sk"]["S"] != VISITOR]

    def _rows_of(self, tenant: TenantId, browser: BrowserId) -> list[Item]:
        return self._dynamo.query_all(
            self._tables.marketing,
            ConsistentRead=True,
            KeyConditionExpression="pk = :p",
            ExpressionAttributeValues={":p": {"S": _pk(tenant, browser)}},
        )


def _pk(tenant: TenantId, browser: BrowserId) -> str:
    return f"{tenant}#{VISITOR}#{browser}"
