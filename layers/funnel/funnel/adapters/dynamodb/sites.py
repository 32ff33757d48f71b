"""Sites by tenant and by key, and the hits of each day."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from botocore.exceptions import ClientError

from funnel.adapters.dynamodb.access import Access
from funnel.adapters.dynamodb.codec import from_text, to_text
from funnel.adapters.dynamodb.requests import CONDITION_FAILED, Item, code_of, key_of
from funnel.adapters.dynamodb.tables import FORMAT
from funnel.domain.errors import Conflict
from funnel.domain.hits import SiteKey
from funnel.domain.ids import TenantId
from funnel.domain.sites import HitCounts, Site

SITE, TRIES = "site", "tries"
_KEPT = 40 * 24 * 3600


class DynamoSites(Access):
    """`SiteStore` in DynamoDB.

    A site is kept twice, in one transaction: under its tenant, to be listed, and under its key, so
    that a hit costs one read.
    """

    def sites(self, tenant: TenantId) -> list[Site]:
        """All sites of a tenant, the oldest first."""
        items = self._dynamo.query_all(
            self._tables.marketing,
            ConsistentRead=True,
            KeyConditionExpression="pk = :p AND begins_with(sk, :s)",
            ExpressionAttributeValues={":p": {"S": tenant}, ":s": {"S": f"{SITE}#"}},
        )
        return sorted(map(_site, items), key=lambda one: (one.created_at, one.key))

    def site(self, key: SiteKey) -> Site | None:
        """The site that has this key."""
        items = self._dynamo.batch_get(self._tables.marketing, [(f"{SITE}#{key}", SITE)])
        return _site(items[0]) if items else None

    def save_site(self, site: Site) -> Site:
        """Write it if its version still stands."""
        after = replace(site, version=site.version + 1)
        keys = ((site.tenant, f"{SITE}#{site.key}"), (f"{SITE}#{site.key}", SITE))
        if self._dynamo.transact([self._site_put(after, site.version, *key) for key in keys]):
            raise Conflict("Somebody else changed this site meanwhile.", mend="Look at it again.")
        return after

    def _site_put(self, site: Site, before: int, pk: str, sk: str) -> dict[str, Any]:
        item = {
            **key_of(pk, sk),
            "v": {"N": str(FORMAT)},
            "version": {"N": str(site.version)},
            "body": {"S": to_text(site)},
        }
        put: dict[str, Any] = {"TableName": self._tables.marketing, "Item": item}
        if before:
            put |= {
                "ConditionExpression": "version = :v",
                "ExpressionAttributeValues": {":v": {"N": str(before)}},
            }
        else:
            put["ConditionExpression"] = "attribute_not_exists(pk)"
        return {"Put": put}

    def count_hits(self, site: Site, day: date, hits: int) -> bool:
        """Count hits of a day, accepted while there is budget."""
        try:
            self._count_day(site, day, "hits", hits, room=site.daily_budget - hits)
        except ClientError as error:
            if code_of(error) != CONDITION_FAILED:
                raise
            self._count_day(site, day, "refused", hits)
            return False
        return True

    def _count_day(
        self, site: Site, day: date, name: str, hits: int, room: int | None = None
    ) -> None:
        values = {":n": {"N": str(hits)}, ":v": {"N": str(FORMAT)}, ":e": {"N": _expiry(day)}}
        more: dict[str, Any] = {}
        if room is not None:
            values[":r"] = {"N": str(room)}
            first = "attribute_not_exists(hits) OR " if room >= 0 else ""
            more["ConditionExpression"] = f"{first}hits <= :r"
        self._dynamo.patiently(
            self._dynamo.client.update_item,
            TableName=self._tables.marketing,
            Key=key_of(*_day_key(site.tenant, site.key, day)),
            UpdateExpression=f"ADD {name} :n SET v = :v, expires_at = :e",
            ExpressionAttributeValues=values,
            **more,
        )

    def hit_counts(
        self, tenant: TenantId, key: SiteKey, days: Iterable[date]
    ) -> dict[date, HitCounts]:
        """What was counted on these days."""
        asked = [_day_key(tenant, key, day) for day in days]
        items = self._dynamo.batch_get(self._tables.marketing, asked)
        return {
            date.fromisoformat(item["sk"]["S"].partition("#")[2]): HitCounts(
                _number(item, "hits"), _number(item, "refused")
            )
            for item in items
        }

    def count_try(self, tenant: TenantId, who: str, until: datetime) -> int:
        """Count a try of `who`."""
        reply = self._dynamo.patiently(
            self._dynamo.client.update_item,
            TableName=self._tables.marketing,
            Key=key_of(f"{tenant}#{TRIES}#{who}", TRIES),
            UpdateExpression="ADD hits :n SET v = :v, expires_at = :e",
            ExpressionAttributeValues={
                ":n": {"N": "1"},
                ":v": {"N": str(FORMAT)},
                ":e": {"N": str(int(until.timestamp()) + 1)},
            },
            ReturnValues="UPDATED_NEW",
        )
        return int(reply["Attributes"]["hits"]["N"])


def _site(item: Item) -> Site:
    return replace(from_text(Site, item["body"]["S"]), version=int(item["version"]["N"]))


def _day_key(tenant: TenantId, key: SiteKey, day: date) -> tuple[str, str]:
    return f"{tenant}#{SITE}#{key}", f"budget#{day.isoformat()}"


def _expiry(day: date) -> str:
    midnight = datetime.fromisoformat(f"{day.isoformat()}T00:00:00+00:00")
    return str(int(midnight.timestamp()) + _KEPT)


def _number(item: Item, name: str) -> int:
    return int(item[name]["N"]) if name in item else 0
