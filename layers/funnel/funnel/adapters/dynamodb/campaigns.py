"""Campaigns by tenant: kept twice, so that a list reads no more than it shows, and found while they run."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from funnel.adapters.dynamodb import campaign_rows as rows
from funnel.adapters.dynamodb.enrolments import DynamoEnrolments
from funnel.adapters.dynamodb.requests import ALL, Item, key_of
from funnel.adapters.dynamodb.tables import SHARDS, shard
from funnel.domain.campaigns.campaigns import Campaign, CampaignHead, CampaignId
from funnel.domain.errors import Conflict
from funnel.domain.ids import TenantId


class DynamoCampaigns(DynamoEnrolments):
    """`CampaignStore` in DynamoDB."""

    def campaigns(self, tenant: TenantId) -> list[CampaignHead]:
        """All campaigns of a tenant by name."""
        return sorted(self._heads(tenant, f"{rows.CAMPAIGN}#", consistent=True), key=by_name)

    def heads(self, tenant: TenantId, ids: Iterable[CampaignId]) -> dict[CampaignId, CampaignHead]:
        """These campaigns without their steps."""
        keys = [rows.head_key(tenant, one) for one in dict.fromkeys(ids)]
        found = self._dynamo.batch_get(self._tables.campaigns, keys) if keys else []
        return {one.campaign_id: one for one in map(rows.head_of, found)}

    def campaign(self, tenant: TenantId, campaign_id: CampaignId) -> Campaign | None:
        """One campaign whole."""
        return self.whole(tenant, [campaign_id]).get(campaign_id)

    def whole(self, tenant: TenantId, ids: Iterable[CampaignId]) -> dict[CampaignId, Campaign]:
        """These campaigns whole."""
        keys = [rows.whole_key(tenant, one) for one in dict.fromkeys(ids)]
        found = self._dynamo.batch_get(self._tables.campaigns, keys) if keys else []
        return {one.campaign_id: one for one in map(rows.whole_of, found)}

    def save_campaign(self, campaign: Campaign) -> Campaign:
        """Write it if its version still stands."""
        table, after = self._tables.campaigns, replace(campaign, version=campaign.version + 1)
        puts = [
            rows.put_if_stands(table, item, campaign.version) for item in rows.campaign_items(after)
        ]
        if self._dynamo.transact([*puts, rows.running_action(table, after)]):
            raise _conflict()
        return after

    def delete_campaign(self, campaign: Campaign) -> None:
        """Remove it if its version still stands."""
        own = (campaign.tenant, campaign.campaign_id)
        condition: dict[str, Any] = {
            "TableName": self._tables.campaigns,
            "ConditionExpression": "version = :v",
            "ExpressionAttributeValues": {":v": {"N": str(campaign.version)}},
        }
        deletes = [
            {"Delete": {"Key": key_of(*key), **condition}}
            for key in (rows.head_key(*own), rows.whole_key(*own))
        ]
        key = key_of(*rows.running_key(campaign))
        running = {"Delete": {"TableName": self._tables.campaigns, "Key": key}}
        if self._dynamo.transact([*deletes, running]):
            raise _conflict()

    def running(self, tenant: TenantId) -> list[CampaignHead]:
        """The campaigns of a tenant that run."""
        return self._heads(rows.running_pk(shard(tenant)), f"{tenant}#")

    def all_running(self) -> list[CampaignHead]:
        """The campaigns that run, of all tenants."""
        pks = list(map(rows.running_pk, range(SHARDS)))
        some = self._dynamo.each(self._all_heads, pks)
        return [rows.head_of(item) for items in some for item in items]

    def _all_heads(self, pk: str) -> list[Item]:
        return self._dynamo.query_known(
            self._tables.campaigns,
            ALL,
            KeyConditionExpression="pk = :p",
            ExpressionAttributeValues={":p": {"S": pk}},
        )

    def _heads(self, pk: str, prefix: str = "", *, consistent: bool = False) -> list[CampaignHead]:
        values = {":p": {"S": pk}}
        condition = "pk = :p"
        if prefix:
            condition += " AND begins_with(sk, :s)"
            values[":s"] = {"S": prefix}
        items = self._dynamo.query_all(
            self._tables.campaigns,
            ConsistentRead=consistent,
            KeyConditionExpression=condition,
            ExpressionAttributeValues=values,
        )
        return list(map(rows.head_of, items))


def by_name(head: CampaignHead) -> tuple[str, str]:
    """The order of a list."""
    return head.name.casefold(), head.campaign_id


def _conflict() -> Conflict:
    return Conflict("Somebody else changed this campaign meanwhile.", mend="Look at it again.")
