"""Visitors by their browser, and the IP addresses of their visits."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from botocore.exceptions import ClientError

from funnel.adapters.dynamodb.access import Access
from funnel.adapters.dynamodb.codec import from_text, to_text
from funnel.adapters.dynamodb.requests import CONDITION_FAILED, Item, code_of, key_of
from funnel.adapters.dynamodb.tables import FORMAT
from funnel.domain.errors import Conflict
from funnel.domain.hits import BrowserId
from funnel.domain.ids import TenantId
from funnel.domain.visitors import Visitor

VISITOR, IP = "visitor", "ip"


class DynamoVisitors(Access):
    """`VisitorStore` in DynamoDB."""

    def visitor(self, tenant: TenantId, browser: BrowserId) -> Visitor | None:
        """The visitor that is this browser."""
        items = self._dynamo.batch_get(self._tables.marketing, [(_pk(tenant, browser), VISITOR)])
        if not items:
            return None
        visitor = from_text(Visitor, items[0]["body"]["S"])
        return replace(visitor, version=int(items[0]["version"]["N"]))

    def save_visitor(self, visitor: Visitor) -> Visitor:
        """Write it if its version still stands."""
        after = replace(visitor, version=visitor.version + 1)
        item = {
            **key_of(_pk(visitor.tenant, visitor.browser), VISITOR),
            "v": {"N": str(FORMAT)},
            "version": {"N": str(after.version)},
            "body": {"S": to_text(after)},
        }
        condition: dict[str, Any] = {"ConditionExpression": "attribute_not_exists(pk)"}
        if visitor.version:
            condition = {
                "ConditionExpression": "version = :v",
                "ExpressionAttributeValues": {":v": {"N": str(visitor.version)}},
            }
        try:
            self._write_visitor(item, condition)
        except ClientError as error:
            if code_of(error) != CONDITION_FAILED:
                raise
            raise Conflict("Another worker changed this visitor meanwhile.") from error
        return after

    def keep_ip(
        self, tenant: TenantId, browser: BrowserId, visit_id: str, ip: str, until: datetime
    ) -> None:
        """Keep from where a visit came, until then."""
        item = {
            **key_of(_pk(tenant, browser), f"{IP}#{visit_id}"),
            "v": {"N": str(FORMAT)},
            "body": {"S": ip},
            "expires_at": {"N": str(int(until.timestamp()))},
        }
        self._write_visitor(item, {})

    def ips(self, tenant: TenantId, browser: BrowserId) -> dict[str, str]:
        """The IP addresses by visit."""
        rows = self._ip_rows(tenant, browser)
        return {item["sk"]["S"].partition("#")[2]: item["body"]["S"] for item in rows}

    def forget_ips(self, tenant: TenantId, browser: BrowserId) -> None:
        """Remove the IP addresses it came from."""
        self._forget_rows(self._ip_rows(tenant, browser))

    def forget_visitor(self, tenant: TenantId, browser: BrowserId) -> None:
        """Remove all that is kept of it here."""
        self._forget_rows(self._visitor_rows(tenant, browser))

    def _forget_rows(self, rows: list[Item]) -> None:
        keys = [(item["pk"]["S"], item["sk"]["S"]) for item in rows]
        self._dynamo.batch_delete(self._tables.marketing, keys)

    def _ip_rows(self, tenant: TenantId, browser: BrowserId) -> list[Item]:
        return [one for one in self._visitor_rows(tenant, browser) if one["sk"]["S"] != VISITOR]

    def _visitor_rows(self, tenant: TenantId, browser: BrowserId) -> list[Item]:
        return self._dynamo.query_all(
            self._tables.marketing,
            ConsistentRead=True,
            KeyConditionExpression="pk = :p",
            ExpressionAttributeValues={":p": {"S": _pk(tenant, browser)}},
        )

    def _write_visitor(self, item: Item, condition: dict[str, Any]) -> None:
        self._dynamo.patiently(
            self._dynamo.client.put_item,
            TableName=self._tables.marketing,
            Item=item,
            **condition,
        )


def _pk(tenant: TenantId, browser: BrowserId) -> str:
    return f"{tenant}#{VISITOR}#{browser}"
