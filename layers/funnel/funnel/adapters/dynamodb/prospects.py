"""What FunnelVision's panels show of prospects."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from botocore.exceptions import ClientError

from funnel.adapters.dynamodb.access import Access
from funnel.adapters.dynamodb.codec import from_packed, to_packed
from funnel.adapters.dynamodb.requests import CONDITION_FAILED, Item, code_of, key_of
from funnel.adapters.dynamodb.tables import PACKED, moment, person_pk, record_pk
from funnel.domain.ids import PersonId, RecordKey, SugarId, TenantId
from funnel.domain.vision.prospects import Prospect, hot_place, score_place
from funnel.ports.listing import Found

PROSPECT = "prospect"
PERSON = "person"


class DynamoProspects(Access):
    """`ProspectStore` in DynamoDB."""

    def prospect(self, tenant: TenantId, key: RecordKey) -> Prospect | None:
        """The prospect that is this Lead or Contact."""
        return self.prospects_of(tenant, [key]).get(key)

    def prospects_of(
        self, tenant: TenantId, keys: Iterable[RecordKey]
    ) -> dict[RecordKey, Prospect]:
        """The prospects that are these."""
        places = [prospect_place(tenant, key) for key in dict.fromkeys(keys)]
        items = self._dynamo.batch_get(self._tables.vision, places) if places else []
        return {one.key: one for one in map(prospect_of, items)}

    def save_prospects(
        self, tenant: TenantId, rows: Sequence[Prospect], people: Mapping[PersonId, int]
    ) -> list[bool]:
        """Write each if its version still stands; one that is new, if the person's does too."""
        if any(row.tenant != tenant for row in rows):
            raise ValueError("a prospect is of another tenant")
        return self._dynamo.each(lambda row: self._save(row, people[row.person_id]), rows)

    def remove_prospects(self, tenant: TenantId, rows: Sequence[Prospect]) -> list[bool]:
        """Remove each if its version still stands."""
        if any(row.tenant != tenant for row in rows):
            raise ValueError("a prospect is of another tenant")
        return self._dynamo.each(self._remove, rows)

    def prospects_hot(
        self, tenant: TenantId, owner: SugarId, limit: int, cursor: str = "", least: int = 0
    ) -> Found[Prospect]:
        """An owner's prospects that have a score, the highest first."""
        return self._listings.descending(
            self._tables.vision,
            "hot",
            owner_pk(tenant, owner),
            prospect_of,
            limit,
            cursor,
            since=score_place(least),
        )

    def prospects_seen(
        self,
        tenant: TenantId,
        owner: SugarId,
        limit: int,
        cursor: str = "",
        since: datetime | None = None,
        until: datetime | None = None,
    ) -> Found[Prospect]:
        """An owner's prospects that were on a site, the latest first."""
        return self._listings.descending(
            self._tables.vision,
            "seen",
            owner_pk(tenant, owner),
            prospect_of,
            limit,
            cursor,
            since=moment(since) if since else "",
            until=moment(until) if until else "",
        )

    def _save(self, row: Prospect, person: int) -> bool:
        client, table = self._dynamo.client, self._tables.vision
        put = {"TableName": table, "Item": prospect_item(row), **_stands(row.version)}
        if row.version:
            return self._done(client.put_item, put)
        # In one with the person's version: nothing of somebody who was erased comes back.
        check: dict[str, Any] = {
            "TableName": self._tables.people,
            "Key": key_of(person_pk(row.tenant, row.person_id), PERSON),
            **_stands(person),
        }
        return not self._dynamo.transact([{"Put": put}, {"ConditionCheck": check}])

    def _remove(self, row: Prospect) -> bool:
        key = key_of(*prospect_place(row.tenant, row.key))
        delete = {"TableName": self._tables.vision, "Key": key, **_stands(row.version)}
        return self._done(self._dynamo.client.delete_item, delete)

    def _done(self, call: Callable[..., object], asked: Mapping[str, Any]) -> bool:
        """Whether the row stood as it was said to."""
        try:
            self._dynamo.patiently(call, **asked)
        except ClientError as error:
            if code_of(error) != CONDITION_FAILED:
                raise
            return False
        return True


def owner_pk(tenant: TenantId, owner: SugarId) -> str:
    """The partition of an owner's prospects in both indexes."""
    return f"{tenant}#{owner}"


def prospect_place(tenant: TenantId, key: RecordKey) -> tuple[str, str]:
    """The (pk, sk) of a prospect."""
    return record_pk(tenant, key), PROSPECT


def _stands(version: int) -> dict[str, Any]:
    if not version:
        return {"ConditionExpression": "attribute_not_exists(pk)"}
    return {
        "ConditionExpression": "version = :n",
        "ExpressionAttributeValues": {":n": {"N": str(version)}},
    }


def prospect_item(row: Prospect) -> Item:
    """A prospect, with the version after this write."""
    item: Item = {
        **key_of(*prospect_place(row.tenant, row.key)),
        "v": {"N": str(PACKED)},
        "version": {"N": str(row.version + 1)},
        "body": to_packed(row),
    }
    if place := hot_place(row):
        item |= {"hot_pk": {"S": owner_pk(row.tenant, row.owner)}, "hot_sk": {"S": place}}
    if row.owner and row.seen_at:
        place = f"{moment(row.seen_at)}#{row.key}"
        item |= {"seen_pk": {"S": owner_pk(row.tenant, row.owner)}, "seen_sk": {"S": place}}
    return item


def prospect_of(item: Item) -> Prospect:
    """The prospect that `prospect_item` wrote."""
    return replace(from_packed(Prospect, item["body"]), version=int(item["version"]["N"]))
