"""Alerts of sales reps."""

from dataclasses import replace
from datetime import datetime

from pynamodb.exceptions import DoesNotExist

from funnel.adapters.dynamodb.access import Access, put_if_version
from funnel.adapters.dynamodb.codec import from_text, to_text
from funnel.adapters.dynamodb.models import bound
from funnel.adapters.dynamodb.requests import Dynamo
from funnel.adapters.dynamodb.tables import SHARDS, Tables, moment, shard
from funnel.adapters.dynamodb.vision_models import VisionRow
from funnel.domain.errors import Conflict
from funnel.domain.ids import SugarId, TenantId
from funnel.domain.vision.alerts import Alerts

ALERTS = "alerts"
_AFTER = "$"
"""Sorts after the `#` that ends a moment."""


class DynamoAlerts(Access):
    """`AlertStore` in DynamoDB."""

    def __init__(self, dynamo: Dynamo, tables: Tables) -> None:
        super().__init__(dynamo, tables)
        self._alert_rows: type[VisionRow] = bound(VisionRow, tables.vision, dynamo.client)

    def alerts(self, tenant: TenantId, user_id: SugarId) -> Alerts:
        """A rep's alerts."""
        rows, pk = self._alert_rows, _pk(tenant, user_id)
        try:
            row = self._dynamo.patiently(lambda: rows.get(pk, ALERTS, consistent_read=True))
        except DoesNotExist:
            return Alerts(tenant, user_id)
        return replace(from_text(Alerts, row.body or ""), version=int(row.version))

    def save_alerts(self, alerts: Alerts) -> Alerts:
        """Write them if their version still stands."""
        after = replace(alerts, version=alerts.version + 1)
        row = self._alert_rows(_pk(alerts.tenant, alerts.user_id), ALERTS, body=to_text(after))
        row.version = after.version
        if after.next_at is not None:
            row.seen_pk = _due_pk(shard(f"{alerts.tenant}#{alerts.user_id}"))
            row.seen_sk = f"{moment(after.next_at)}#{alerts.tenant}#{alerts.user_id}"
        if not put_if_version(self._dynamo, self._tables.vision, row.serialize(), alerts.version):
            raise Conflict("The alerts were changed meanwhile.", mend="Try again.")
        return after

    def due_alerts(
        self, now: datetime, limit: int, cursor: str = ""
    ) -> tuple[list[tuple[TenantId, SugarId]], str]:
        """Whose alerts are to be looked at by now."""
        part, _, after = cursor.partition("#")
        number = int(part or 0)
        found = self._dynamo.query_known(
            self._tables.vision,
            limit + 2,
            IndexName="seen",
            KeyConditionExpression="seen_pk = :p AND seen_sk BETWEEN :low AND :high",
            ExpressionAttributeValues={
                ":p": {"S": _due_pk(number)},
                ":low": {"S": after or " "},
                ":high": {"S": f"{moment(now)}{_AFTER}"},
            },
        )
        # BETWEEN gives the row at the cursor once more.
        places = [place for one in found if (place := one["seen_sk"]["S"]) != after]
        page = places[:limit]
        following = f"{number + 1}#" if number + 1 < SHARDS else ""
        more = f"{number}#{page[-1]}" if len(places) > limit else following
        return [_whose(place) for place in page], more


def _pk(tenant: TenantId, user_id: SugarId) -> str:
    return f"{tenant}#{ALERTS}#{user_id}"


def _due_pk(part: int) -> str:
    """One shard of those that are looked at, over all tenants."""
    return f"{ALERTS}#{part}"


def _whose(place: str) -> tuple[TenantId, SugarId]:
    _, tenant, user_id = place.split("#", 2)
    return TenantId(tenant), SugarId(user_id)
