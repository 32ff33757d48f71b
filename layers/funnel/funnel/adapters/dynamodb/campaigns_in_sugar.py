"""What of our campaigns Sugar holds, among the pushes."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from pynamodb.exceptions import DeleteError

from funnel.adapters.dynamodb.access import Access, put_if_version, put_once_if_version
from funnel.adapters.dynamodb.codec import from_text, to_text
from funnel.adapters.dynamodb.marketing_models import PushRow
from funnel.adapters.dynamodb.models import bound
from funnel.adapters.dynamodb.requests import CONDITION_FAILED, Dynamo, Item, code_of
from funnel.adapters.dynamodb.tables import SHARDS, Tables, moment, shard
from funnel.domain.campaigns.campaigns import CampaignId
from funnel.domain.campaigns.campaigns_in_sugar import CampaignInSugar, SugarMember
from funnel.domain.errors import Conflict
from funnel.domain.ids import PersonId, TenantId
from funnel.ports.campaigns_in_sugar import MemberAt
from funnel.ports.listing import Listing

MEMBER = "member"


class DynamoCampaignsInSugar(Access):
    """`CampaignInSugarStore` in DynamoDB. Whom nothing is to be done for is in no index."""

    def __init__(self, dynamo: Dynamo, tables: Tables) -> None:
        super().__init__(dynamo, tables)
        self._pushes: type[PushRow] = bound(PushRow, tables.pushes, dynamo.client)

    def campaigns_in_sugar(self, tenant: TenantId) -> list[CampaignInSugar]:
        """All of a tenant."""
        found = self._dynamo.query_all(
            self._tables.pushes,
            ConsistentRead=True,
            KeyConditionExpression="pk = :p",
            ExpressionAttributeValues={":p": {"S": _heads_pk(tenant)}},
        )
        return [_head(item) for item in found]

    def save_campaign_in_sugar(self, one: CampaignInSugar) -> CampaignInSugar:
        """Write it if its version still stands."""
        after = replace(one, version=one.version + 1)
        row = self._pushes(_heads_pk(one.tenant), one.campaign_id, body=to_text(one))
        row.version = after.version
        if not put_if_version(self._dynamo, self._tables.pushes, row.serialize(), one.version):
            raise Conflict("Somebody else changed it meanwhile.", mend="Try again.")
        return after

    def sugar_members(
        self, tenant: TenantId, keys: Iterable[MemberAt]
    ) -> dict[MemberAt, SugarMember]:
        """Those of these members that are there."""
        asked = [(member_pk(tenant, *key), MEMBER) for key in dict.fromkeys(keys)]
        items = self._dynamo.batch_get(self._tables.pushes, asked) if asked else []
        return {(one.campaign_id, one.person_id): one for one in map(_member, items)}

    def save_sugar_members(self, tenant: TenantId, members: Sequence[SugarMember]) -> list[bool]:
        """Write each if its version still stands."""
        if any(one.tenant != tenant for one in members):
            raise ValueError("a member is of another tenant")
        return self._dynamo.each(self._save_member, members)

    def forget_sugar_member(self, member: SugarMember) -> None:
        """Remove it if its version still stands."""
        rows = self._pushes
        row = rows(member_pk(member.tenant, member.campaign_id, member.person_id), MEMBER)
        try:
            self._dynamo.patiently(lambda: row.delete(rows.version == member.version))
        except DeleteError as error:
            if code_of(error) != CONDITION_FAILED:
                raise

    def members_due(
        self, tenant: TenantId, campaign_id: CampaignId, limit: int, cursor: str = ""
    ) -> Listing[SugarMember]:
        """The members with a `due_at`, by it."""
        return self._listings.merged(
            self._tables.pushes,
            "due",
            [_due_pk(tenant, campaign_id, part) for part in range(SHARDS)],
            _member,
            limit,
            cursor=cursor,
        )

    def _save_member(self, one: SugarMember) -> bool:
        pk = member_pk(one.tenant, one.campaign_id, one.person_id)
        row = self._pushes(pk, MEMBER, version=one.version + 1, body=to_text(one))
        if one.due_at is not None:
            row.due_pk = _due_pk(one.tenant, one.campaign_id, shard(one.person_id))
            row.due_sk = f"{moment(one.due_at)}#{one.person_id}"
        return put_once_if_version(self._dynamo, self._tables.pushes, row.serialize(), one.version)


def member_pk(tenant: TenantId, campaign_id: CampaignId, person_id: PersonId) -> str:
    """The partition of one person in one campaign."""
    return f"{tenant}#insugar#{campaign_id}#{person_id}"


def _heads_pk(tenant: TenantId) -> str:
    """All campaigns of a tenant that are, or were, synced: few, and seldom written."""
    return f"{tenant}#insugar"


def _due_pk(tenant: TenantId, campaign_id: CampaignId, part: int) -> str:
    return f"{tenant}#insugar#{campaign_id}#{part}"


def _head(item: Item) -> CampaignInSugar:
    return replace(from_text(CampaignInSugar, item["body"]["S"]), version=int(item["version"]["N"]))


def _member(item: Item) -> SugarMember:
    return replace(from_text(SugarMember, item["body"]["S"]), version=int(item["version"]["N"]))
