"""Who is on a list, and the lists of a person, as items."""

import json
from collections.abc import Iterable
from datetime import datetime

from funnel.adapters.dynamodb.requests import Item, key_of
from funnel.adapters.dynamodb.tables import due_part, moment, person_pk, shard
from funnel.domain.ids import ListId, MemberKey, PersonId, TenantId
from funnel.domain.lists.lists import Member, Membership, Standing
from funnel.ports.lists import DueStanding

STANDING = "lists"
_V = {"N": "1"}


def members_pk(tenant: TenantId, list_id: ListId, part: int) -> str:
    """One shard of a list's members."""
    return f"{tenant}#list#{list_id}#{part}"


def member_pk(tenant: TenantId, key: MemberKey) -> str:
    """A member's lists, in the index `member`."""
    return f"{tenant}#{key}"


def member_place(tenant: TenantId, list_id: ListId, key: MemberKey) -> tuple[str, str]:
    """The (pk, sk) of a member's row."""
    return members_pk(tenant, list_id, shard(key)), key


def member_item(tenant: TenantId, list_id: ListId, key: MemberKey, since: datetime) -> Item:
    """A member's row."""
    return {
        **key_of(*member_place(tenant, list_id, key)),
        "v": _V,
        "since": {"S": since.isoformat()},
        "member_pk": {"S": member_pk(tenant, key)},
        "member_sk": {"S": list_id},
    }


def member_of(item: Item) -> Member:
    """Who a member's row is about."""
    return Member(MemberKey(item["sk"]["S"]), datetime.fromisoformat(item["since"]["S"]))


def membership_of(item: Item) -> Membership:
    """Which list a member's row is about."""
    return Membership(ListId(item["member_sk"]["S"]), datetime.fromisoformat(item["since"]["S"]))


def standing_item(standing: Standing) -> Item:
    """A person's lists. `standing` has the version after this write."""
    item = {
        **key_of(person_pk(standing.tenant, standing.person_id), STANDING),
        "v": _V,
        "version": {"N": str(standing.version)},
        "lists": {"S": joined(standing.lists)},
    }
    if standing.by_hand:
        item["by_hand"] = {"S": joined(standing.by_hand)}
    if standing.absorbed:
        item["absorbed"] = {"S": joined(standing.absorbed)}
    if standing.recheck_at:
        at = moment(standing.recheck_at)
        item["due_pk"] = {"S": due_pk(due_part(standing.person_id))}
        item["due_sk"] = {"S": f"{at}#{standing.tenant}#{standing.person_id}"}
    return item


def standing_of(tenant: TenantId, person_id: PersonId, item: Item) -> Standing:
    """What `standing_item` wrote."""
    due = item["due_sk"]["S"].partition("#")[0] if "due_sk" in item else ""
    return Standing(
        tenant,
        person_id,
        frozenset(map(ListId, _parted(item, "lists"))),
        int(item["version"]["N"]),
        by_hand=frozenset(map(ListId, _parted(item, "by_hand"))),
        absorbed=frozenset(map(PersonId, _parted(item, "absorbed"))),
        recheck_at=datetime.fromisoformat(due) if due else None,
    )


def due_pk(part: int) -> str:
    """One part of the index `due`, of all tenants."""
    return f"due#{part}"


def due_standing_of(item: Item) -> DueStanding:
    """Whose row of the index `due` this is."""
    _, tenant, person_id = item["due_sk"]["S"].split("#", 2)
    return DueStanding(TenantId(tenant), PersonId(person_id))


def joined(ids: Iterable[str]) -> str:
    """Ids as one text, in order."""
    return json.dumps(sorted(ids), separators=(",", ":"))


def _parted(item: Item, name: str) -> list[str]:
    return list(json.loads(item[name]["S"])) if name in item else []
