"""Broadcasts and their audiences: rows of the table of mail."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from funnel.adapters.dynamodb.access import Access
from funnel.adapters.dynamodb.codec import from_text, to_text
from funnel.adapters.dynamodb.requests import Item, key_of
from funnel.adapters.dynamodb.tables import FORMAT, SHARDS, moment, shard
from funnel.domain.broadcasts.broadcasts import AudienceRow, Broadcast, BroadcastId, LeftOut
from funnel.domain.emails.emails import Email
from funnel.domain.errors import Conflict
from funnel.domain.ids import PersonId, TenantId
from funnel.ports.listing import Listing

BROADCAST, EMAIL = "broadcast", "email"
_DUE = "broadcasts#"
_CHANGED = "Somebody else changed this broadcast meanwhile."


class DynamoBroadcasts(Access):
    """`BroadcastStore` in DynamoDB."""

    def list_broadcasts(self, tenant: TenantId, limit: int, cursor: str = "") -> Listing[Broadcast]:
        """All of a tenant, the one that was made last first."""
        page = self._listings.descending(
            self._tables.mail, "about", broadcasts_pk(tenant), _id_in, limit, cursor
        )
        found = self.broadcasts(tenant, page.items)
        return Listing([found[one] for one in page.items if one in found], page.cursor)

    def broadcasts(
        self, tenant: TenantId, ids: Iterable[BroadcastId]
    ) -> dict[BroadcastId, Broadcast]:
        """The broadcasts with these ids that are there."""
        keys = [(_pk(tenant, one), BROADCAST) for one in dict.fromkeys(ids)]
        items = self._dynamo.batch_get(self._tables.mail, keys) if keys else []
        found = [
            replace(from_text(Broadcast, i["body"]["S"]), version=int(i["version"]["N"]))
            for i in items
        ]
        return {one.broadcast_id: one for one in found}

    def save_broadcast(self, broadcast: Broadcast, email: Email | None = None) -> Broadcast:
        """Write it if its version still stands, with its email where that is given."""
        after = replace(broadcast, version=broadcast.version + 1)
        pk = _pk(broadcast.tenant, broadcast.broadcast_id)
        item: Item = {
            **key_of(pk, BROADCAST),
            "v": {"N": str(FORMAT)},
            "version": {"N": str(after.version)},
            "body": {"S": to_text(after)},
            "about_pk": {"S": broadcasts_pk(broadcast.tenant)},
            "about_sk": {"S": f"{moment(broadcast.created_at)}#{broadcast.broadcast_id}"},
        }
        if broadcast.due_at is not None:
            due = f"{moment(broadcast.due_at)}#{broadcast.tenant}#{broadcast.broadcast_id}"
            item["due_pk"] = {"S": f"{_DUE}{shard(broadcast.tenant)}"}
            item["due_sk"] = {"S": due}
        actions: list[dict[str, Any]] = [
            {"Put": {"TableName": self._tables.mail, "Item": item, **_if_stands(broadcast)}}
        ]
        if email is not None:
            kept = {
                **key_of(pk, EMAIL), "v": {"N": str(FORMAT)}, "body": {"S": to_text(email)}
            }  # fmt: skip
            actions.append({"Put": {"TableName": self._tables.mail, "Item": kept}})
        if self._dynamo.transact(actions):
            raise Conflict(_CHANGED, mend="Look at it again.")
        return after

    def delete_broadcast(self, broadcast: Broadcast) -> None:
        """Remove it if its version still stands."""
        key = key_of(_pk(broadcast.tenant, broadcast.broadcast_id), BROADCAST)
        delete = {"TableName": self._tables.mail, "Key": key, **_if_stands(broadcast)}
        if self._dynamo.transact([{"Delete": delete}]):
            raise Conflict(_CHANGED, mend="Look at it again.")

    def broadcast_email(self, tenant: TenantId, broadcast_id: BroadcastId) -> Email | None:
        """The email as it was when the broadcast was scheduled."""
        found = self._dynamo.batch_get(self._tables.mail, [(_pk(tenant, broadcast_id), EMAIL)])
        return from_text(Email, found[0]["body"]["S"]) if found else None

    def due_broadcasts(self, now: datetime, limit: int) -> list[tuple[TenantId, BroadcastId]]:
        """What is to be worked on by now, over all tenants."""
        found: list[str] = []
        for part in range(SHARDS):
            items = self._dynamo.query_known(
                self._tables.mail,
                limit,
                IndexName="due",
                KeyConditionExpression="due_pk = :p AND due_sk < :s",
                ExpressionAttributeValues={
                    ":p": {"S": f"{_DUE}{part}"},
                    ":s": {"S": f"{moment(now)}$"},
                },
            )
            found += [item["due_sk"]["S"] for item in items]
        parts = [place.split("#") for place in sorted(found)[:limit]]
        return [(TenantId(one[1]), BroadcastId(one[2])) for one in parts]

    def put_audience(
        self,
        tenant: TenantId,
        broadcast_id: BroadcastId,
        rows: Iterable[AudienceRow],
        until: datetime,
    ) -> None:
        """Put these in the audience, or keep why they get no mail."""
        ends = {"N": str(int(until.timestamp()))}
        items = []
        for row in {row.person_id: row for row in rows}.values():
            pk = audience_pk(tenant, broadcast_id, shard(row.person_id))
            item: Item = {
                **key_of(pk, row.person_id), "v": {"N": str(FORMAT)}, "expires_at": ends
            }  # fmt: skip
            if row.left is not None:
                item["why"] = {"S": row.left.value}
                item["about_pk"] = {"S": _left_pk(tenant, broadcast_id, row.left)}
                item["about_sk"] = {"S": row.person_id}
            items.append(item)
        self._dynamo.batch_put(self._tables.mail, items)

    def audience(
        self, tenant: TenantId, broadcast_id: BroadcastId, limit: int, cursor: str = ""
    ) -> Listing[AudienceRow]:
        """A page of the audience by person id."""
        parts = [audience_pk(tenant, broadcast_id, part) for part in range(SHARDS)]
        return self._listings.merged(
            self._tables.mail, "", parts, _audience_row, limit, cursor=cursor
        )

    def audience_size(self, tenant: TenantId, broadcast_id: BroadcastId) -> int:
        """How many people are in the audience."""
        return sum(
            self._dynamo.count(
                self._tables.mail,
                KeyConditionExpression="pk = :p",
                ExpressionAttributeValues={":p": {"S": audience_pk(tenant, broadcast_id, part)}},
            )
            for part in range(SHARDS)
        )

    def left_out(
        self,
        tenant: TenantId,
        broadcast_id: BroadcastId,
        why: LeftOut,
        limit: int,
        cursor: str = "",
    ) -> Listing[PersonId]:
        """Who gets no mail for this reason, by person id."""
        return self._listings.merged(
            self._tables.mail,
            "about",
            [_left_pk(tenant, broadcast_id, why)],
            lambda item: PersonId(item["sk"]["S"]),
            limit,
            cursor=cursor,
        )


def audience_pk(tenant: TenantId, broadcast_id: str, part: int) -> str:
    """One shard of a broadcast's audience."""
    return f"{tenant}#audience#{broadcast_id}#{part}"


def _audience_row(item: Item) -> AudienceRow:
    left = LeftOut(item["why"]["S"]) if "why" in item else None
    return AudienceRow(PersonId(item["sk"]["S"]), left)


def _pk(tenant: TenantId, broadcast_id: BroadcastId) -> str:
    return f"{tenant}#broadcast#{broadcast_id}"


def broadcasts_pk(tenant: TenantId) -> str:
    """All broadcasts of a tenant, in the index `about`."""
    return f"{tenant}#broadcasts"


def _left_pk(tenant: TenantId, broadcast_id: BroadcastId, why: LeftOut) -> str:
    return f"{tenant}#left#{broadcast_id}#{why.value}"


def _id_in(item: Item) -> BroadcastId:
    return BroadcastId(item["pk"]["S"].rpartition("#")[2])


def _if_stands(broadcast: Broadcast) -> dict[str, Any]:
    if not broadcast.version:
        return {"ConditionExpression": "attribute_not_exists(pk)"}
    return {
        "ConditionExpression": "version = :n",
        "ExpressionAttributeValues": {":n": {"N": str(broadcast.version)}},
    }
