"""Sites by tenant and by key, and the hits of each day."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from pynamodb.exceptions import DoesNotExist, UpdateError
from pynamodb.expressions.condition import size
from pynamodb.expressions.update import Action

from funnel.adapters.dynamodb.codec import from_text, to_text
from funnel.adapters.dynamodb.marketing_models import MarketingRow
from funnel.adapters.dynamodb.models import bound, format_kept
from funnel.adapters.dynamodb.one_of_a_tenant import OneOfATenant
from funnel.adapters.dynamodb.requests import CONDITION_FAILED, Dynamo, Item, code_of, key_of
from funnel.adapters.dynamodb.spent_budgets import SpentBudgets
from funnel.adapters.dynamodb.tables import FORMAT, Tables, from_cursor, to_cursor
from funnel.domain.errors import Conflict
from funnel.domain.ids import TenantId
from funnel.domain.tracking.hits import HitBatch, SiteKey
from funnel.domain.tracking.names_seen import NamesSeen
from funnel.domain.tracking.sites import HitCounts, Site
from funnel.ports.listing import Listing

SITE, TRIES, SENT, SEEN = "site", "tries", "sent", "seen"
_SECONDS_KEPT = 40 * 24 * 3600


class DynamoSites(OneOfATenant):
    """`SiteStore` in DynamoDB.

    A site is kept twice, in one transaction: under its tenant, to be listed, and under its key, so
    that a hit costs one read.
    """

    def __init__(self, dynamo: Dynamo, tables: Tables) -> None:
        super().__init__(dynamo, tables)
        self._marketing: type[MarketingRow] = bound(MarketingRow, tables.marketing, dynamo.client)
        self._spent = SpentBudgets()

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
        try:
            row = self._dynamo.patiently(
                lambda: self._marketing.get(f"{SITE}#{key}", SITE, consistent_read=True)
            )
        except DoesNotExist:
            return None
        return replace(from_text(Site, row.body), version=int(row.version))

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
        taken = not self._spent.has_no_room(site, day, hits) and self._taken(site, day, hits)
        refused = 0 if taken else self._spent.refused(site, day, hits)
        if refused:
            row = self._marketing(*_day_key(site.tenant, site.key, day))
            actions = [*_kept(day), self._marketing.refused.add(refused)]
            self._dynamo.patiently(lambda: row.update(actions))
        return taken

    def _taken(self, site: Site, day: date, hits: int) -> bool:
        rows, room = self._marketing, site.daily_budget - hits
        free = rows.hits <= room
        if room >= 0:
            free |= rows.hits.does_not_exist()
        row = rows(*_day_key(site.tenant, site.key, day))
        try:
            self._dynamo.patiently(lambda: row.update([*_kept(day), rows.hits.add(hits)], free))
        except UpdateError as error:
            if code_of(error) != CONDITION_FAILED:
                raise
            return False
        return True

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

    def count_try(self, tenant: TenantId, who: str, until: datetime, times: int = 1) -> int:
        """Count tries of `who`."""
        rows = self._marketing
        row = rows(f"{tenant}#{TRIES}#{who}", TRIES)
        end = int(until.timestamp()) + 1
        actions: list[Action] = [format_kept(rows), rows.expires_at.set(end), rows.hits.add(times)]
        self._dynamo.patiently(lambda: row.update(actions))
        return int(row.hits)

    def tries_of(self, tenant: TenantId, who: str) -> int:
        """How many were counted."""
        key = (f"{tenant}#{TRIES}#{who}", TRIES)
        found = self._dynamo.batch_get(self._tables.marketing, [key])
        return _number(found[0], "hits") if found else 0

    def count_once(self, tenant: TenantId, who: str, one: str, until: datetime, most: int) -> bool:
        """Count this one of `who`, once."""
        rows = self._marketing
        row = rows(f"{tenant}#{TRIES}#{who}", TRIES)
        counted, end = rows.counted, int(until.timestamp()) + 1
        actions: list[Action] = [format_kept(rows), rows.expires_at.set(end), counted.add({one})]
        number = size(counted)  # type: ignore[no-untyped-call]
        has_room = counted.does_not_exist() | counted.contains(one) | (number < most)
        try:
            self._dynamo.patiently(lambda: row.update(actions, has_room))
        except UpdateError as error:
            if code_of(error) != CONDITION_FAILED:
                raise
            return False
        return True

    def first_sent(self, tenant: TenantId, form: str, now: datetime, until: datetime) -> datetime:
        """When this form was sent first."""
        rows = self._marketing
        row = rows(f"{tenant}#{SENT}#{form}", SENT)
        actions: list[Action] = [
            format_kept(rows),
            rows.expires_at.set(int(until.timestamp()) + 1),
            rows.body.set(rows.body | now.isoformat()),
        ]
        self._dynamo.patiently(lambda: row.update(actions))
        return datetime.fromisoformat(str(row.body))

    def names_seen(self, tenant: TenantId) -> NamesSeen:
        """What the tenant's sites showed of late."""
        item = self._set_up(tenant, SEEN)
        return from_text(NamesSeen, item["body"]["S"]) if item else NamesSeen(tenant)

    def save_names_seen(self, seen: NamesSeen) -> NamesSeen:
        """Write it if its version still stands."""
        after = replace(seen, version=seen.version + 1)
        self._keep(seen.tenant, SEEN, after, after.version)
        return after

    def set_aside(self, site: Site, batch: HitBatch, until: datetime) -> None:
        """Keep a batch of one form until then."""
        row = self._marketing(*_aside_key(site, batch), body=to_text(batch))
        row.expires_at = int(until.timestamp())
        self._dynamo.patiently(row.save)

    def forms_aside(self, site: Site, limit: int, cursor: str = "") -> Listing[HitBatch]:
        """Those that are kept, the oldest first."""
        found = self._dynamo.query(
            self._tables.marketing,
            limit + 1,
            ConsistentRead=True,
            KeyConditionExpression="pk = :p AND sk > :s",
            ExpressionAttributeValues={
                ":p": {"S": _aside_pk(site)},
                ":s": {"S": from_cursor(cursor) if cursor else " "},
            },
        )
        last = to_cursor(found[limit - 1]["sk"]["S"]) if len(found) > limit else ""
        return Listing([from_text(HitBatch, item["body"]["S"]) for item in found[:limit]], last)

    def drop_aside(self, site: Site, batches: Iterable[HitBatch]) -> None:
        """Keep these no longer."""
        self._dynamo.batch_delete(
            self._tables.marketing, [_aside_key(site, one) for one in batches]
        )


def _aside_pk(site: Site) -> str:
    return f"{site.tenant}#{SITE}#{site.key}#aside"


def _aside_key(site: Site, batch: HitBatch) -> tuple[str, str]:
    (hit,) = batch.hits
    return _aside_pk(site), f"{hit.at.isoformat()}#{hit.hit_id}"


def _site(item: Item) -> Site:
    return replace(from_text(Site, item["body"]["S"]), version=int(item["version"]["N"]))


def _day_key(tenant: TenantId, key: SiteKey, day: date) -> tuple[str, str]:
    return f"{tenant}#{SITE}#{key}", f"budget#{day.isoformat()}"


def _kept(day: date) -> list[Action]:
    rows = MarketingRow
    return [format_kept(rows), rows.expires_at.set(_expiry(day))]


def _expiry(day: date) -> int:
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return int(midnight.timestamp()) + _SECONDS_KEPT


def _number(item: Item, name: str) -> int:
    return int(item[name]["N"]) if name in item else 0
