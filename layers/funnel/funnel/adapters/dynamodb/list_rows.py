"""Lists, their members, and what auto lists are worked out from, as items."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from funnel.adapters.dynamodb.codec import from_text, to_text
from funnel.adapters.dynamodb.requests import Item, key_of
from funnel.adapters.dynamodb.rows import list_text
from funnel.adapters.dynamodb.tables import SHARDS, person_pk, record_pk, shard
from funnel.domain.auto_lists import ListSettings
from funnel.domain.ids import ListId, MemberKey, Module, PersonId, RecordKey, SugarId, TenantId
from funnel.domain.lists import (
    ListKind,
    ListStatus,
    Member,
    Membership,
    OpportunityContacts,
    PeopleList,
    Standing,
)

SETTINGS, LIST, STANDING, CONTACTS, OPPORTUNITIES = (
    "settings",
    "list",
    "lists",
    "contacts",
    "opportunities",
)
_V = {"N": "1"}


def settings_place(tenant: TenantId) -> tuple[str, str]:
    """The (pk, sk) of a tenant's settings of lists."""
    return tenant, SETTINGS


def settings_item(settings: ListSettings) -> Item:
    """The settings. They have the version after this write."""
    return {
        **key_of(*settings_place(settings.tenant)),
        "v": _V,
        "version": {"N": str(settings.version)},
        "body": {"S": to_text(settings)},
    }


def settings_of(item: Item) -> ListSettings:
    """What `settings_item` wrote."""
    return from_text(ListSettings, item["body"]["S"])


def list_pk(tenant: TenantId, list_id: ListId) -> str:
    """The partition of one list's own row."""
    return f"{tenant}#list#{list_id}"


def lists_pk(tenant: TenantId, kind: ListKind, list_id: ListId) -> str:
    """Where a list stands by name: Target Lists in a partition of their own, others in shards."""
    part = "target" if kind is ListKind.TARGET else str(shard(list_id))
    return f"{tenant}#lists#{part}"


def lists_pks(tenant: TenantId, kind: ListKind | None) -> list[str]:
    """The partitions in which lists of this kind stand, or of all."""
    parts = [] if kind is ListKind.TARGET else [str(part) for part in range(SHARDS)]
    if kind in (ListKind.TARGET, None):
        parts.append("target")
    return [f"{tenant}#lists#{part}" for part in parts]


def members_pk(tenant: TenantId, list_id: ListId, part: int) -> str:
    """One shard of a list's members."""
    return f"{tenant}#list#{list_id}#{part}"


def member_pk(tenant: TenantId, key: MemberKey) -> str:
    """A member's lists, in the index `member`."""
    return f"{tenant}#{key}"


def opportunity_pk(tenant: TenantId, opportunity_id: SugarId) -> str:
    """The partition of an Opportunity's Contacts."""
    return record_pk(tenant, RecordKey(Module.OPPORTUNITIES, opportunity_id))


def contact_pk(tenant: TenantId, contact_id: SugarId) -> str:
    """The partition of a Contact's Opportunities."""
    return record_pk(tenant, RecordKey(Module.CONTACTS, contact_id))


def list_update(people_list: PeopleList) -> Mapping[str, Any]:
    """The update that writes a list if its version still stands; an auto list's count stays."""
    values: Item = {
        ":b": {"S": to_text(replace(people_list, version=0))},
        ":v": _V,
        ":one": {"N": "1"},
        ":pk": {"S": lists_pk(people_list.tenant, people_list.kind, people_list.list_id)},
        ":sk": {"S": list_text(people_list.name, people_list.list_id)},
    }
    condition = "attribute_not_exists(version)"
    if people_list.version:
        condition = "version = :n"
        values[":n"] = {"N": str(people_list.version)}
    return {
        "Key": key_of(list_pk(people_list.tenant, people_list.list_id), LIST),
        "UpdateExpression": "SET body = :b, v = :v, list_pk = :pk, list_sk = :sk ADD version :one",
        "ConditionExpression": condition,
        "ExpressionAttributeValues": values,
    }


def list_of(item: Item) -> PeopleList | None:
    """The list of a row; None for a row that only counts so far."""
    if "body" not in item:
        return None
    kept = replace(from_text(PeopleList, item["body"]["S"]), version=int(item["version"]["N"]))
    if kept.kind is not ListKind.AUTO:
        return kept
    members = int(item["members"]["N"]) if "members" in item else 0
    moved = datetime.fromisoformat(item["moved"]["S"]) if "moved" in item else kept.created_at
    return replace(
        kept,
        members=members,
        status=ListStatus.ACTIVE if members else ListStatus.RETIRED,
        changed_at=moved,
        retired_at=None if members else moved,
    )


def listed(item: Item) -> PeopleList:
    """The list of a row that surely has one."""
    made = list_of(item)
    assert made is not None
    return made


def count_update(tenant: TenantId, list_id: ListId, change: int, at: datetime) -> Mapping[str, Any]:
    """The update that counts members of an auto list."""
    return {
        "Key": key_of(list_pk(tenant, list_id), LIST),
        "UpdateExpression": "SET moved = :at, v = :v ADD members :n",
        "ExpressionAttributeValues": {
            ":at": {"S": at.isoformat()},
            ":n": {"N": str(change)},
            ":v": _V,
        },
    }


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
    """A person's auto lists. `standing` has the version after this write."""
    return {
        **key_of(person_pk(standing.tenant, standing.person_id), STANDING),
        "v": _V,
        "version": {"N": str(standing.version)},
        "lists": {"S": _joined(standing.lists)},
    }


def standing_of(tenant: TenantId, person_id: PersonId, item: Item) -> Standing:
    """What `standing_item` wrote."""
    lists = frozenset(map(ListId, json.loads(item["lists"]["S"])))
    return Standing(tenant, person_id, lists, int(item["version"]["N"]))


def contacts_item(row: OpportunityContacts) -> Item:
    """An Opportunity's Contacts. `row` has the version after this write."""
    return {
        **key_of(opportunity_pk(row.tenant, row.opportunity_id), CONTACTS),
        "v": _V,
        "version": {"N": str(row.version)},
        "contacts": {"S": _joined(row.contact_ids)},
    }


def contacts_of(tenant: TenantId, opportunity_id: SugarId, item: Item) -> OpportunityContacts:
    """What `contacts_item` wrote."""
    ids = frozenset(map(SugarId, json.loads(item["contacts"]["S"])))
    return OpportunityContacts(tenant, opportunity_id, ids, int(item["version"]["N"]))


def link_update(known: OpportunityContacts, contact_id: SugarId, how: str) -> Mapping[str, Any]:
    """The update that puts (ADD) an Opportunity among a Contact's, or takes it out (DELETE)."""
    return {
        "Key": key_of(contact_pk(known.tenant, contact_id), OPPORTUNITIES),
        "UpdateExpression": f"SET v = :v {how} opportunities :o",
        "ExpressionAttributeValues": {":v": _V, ":o": {"SS": [known.opportunity_id]}},
    }


def put_versioned(table: str, item: Item) -> dict[str, Any]:
    """The action that puts an item if the version before its own still stands."""
    put: dict[str, Any] = {"TableName": table, "Item": item}
    before = int(item["version"]["N"]) - 1
    if before:
        put["ConditionExpression"] = "version = :n"
        put["ExpressionAttributeValues"] = {":n": {"N": str(before)}}
    else:
        put["ConditionExpression"] = "attribute_not_exists(pk)"
    return {"Put": put}


def text_set(item: Item, name: str) -> list[str]:
    """The texts of a set; none where all were taken out of it."""
    return list(item[name]["SS"]) if name in item else []


def _joined(ids: Iterable[str]) -> str:
    return json.dumps(sorted(ids), separators=(",", ":"))
