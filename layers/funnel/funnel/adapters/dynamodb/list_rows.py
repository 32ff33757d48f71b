"""Lists, the rules of segments, and the settings of auto lists, as items."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from funnel.adapters.dynamodb.codec import from_text, to_text
from funnel.adapters.dynamodb.requests import Item, key_of
from funnel.adapters.dynamodb.rows import list_text
from funnel.adapters.dynamodb.tables import SHARDS, shard
from funnel.domain.ids import ListId, TenantId
from funnel.domain.lists.auto_lists import ListSettings
from funnel.domain.lists.lists import (
    COUNTED,
    ListKind,
    ListStatus,
    PeopleList,
)
from funnel.domain.segments.segments import Group

SETTINGS, LIST, GENERATION = "settings", "list", "generation"
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


def settings_of(tenant: TenantId, items: Iterable[Item]) -> ListSettings:
    """What `settings_item` wrote, with the generation of the rules of segments."""
    by_sk = {item["sk"]["S"]: item for item in items}
    found = ListSettings(tenant)
    if SETTINGS in by_sk:
        found = from_text(ListSettings, by_sk[SETTINGS]["body"]["S"])
    return replace(found, segments=generation_of(by_sk.get(GENERATION)))


def rules_pk(tenant: TenantId) -> str:
    """The partition of the rules of a tenant's segments, and of their generation."""
    return f"{tenant}#segments"


def generation_place(tenant: TenantId) -> tuple[str, str]:
    """The (pk, sk) of the generation of the rules."""
    return rules_pk(tenant), GENERATION


def generation_of(item: Item | None) -> int:
    """What its row says; 0 where there is none."""
    return int(item["version"]["N"]) if item else 0


def rule_sk(list_id: ListId) -> str:
    """Where the rule of a segment stands in its partition."""
    return f"rule#{list_id}"


def rule_change(table: str, people_list: PeopleList, *, kept: bool) -> list[dict[str, Any]]:
    """The actions that put a segment's rule, or take it away, and make another generation."""
    tenant = people_list.tenant
    key = key_of(rules_pk(tenant), rule_sk(people_list.list_id))
    rule = people_list.rule or Group()
    item = {**key, "v": _V, "body": {"S": to_text(rule)}}
    change = {"Put": {"TableName": table, "Item": item}}
    if not kept:
        change = {"Delete": {"TableName": table, "Key": key}}
    count = {
        "Key": key_of(*generation_place(tenant)),
        "UpdateExpression": "SET v = if_not_exists(v, :v) ADD version :one",
        "ExpressionAttributeValues": {":v": _V, ":one": {"N": "1"}},
    }
    return [change, {"Update": {"TableName": table, **count}}]


def rule_of(item: Item) -> tuple[ListId, Group]:
    """Whose rule a row of `rule_change` is, and the rule."""
    return ListId(item["sk"]["S"].partition("#")[2]), from_text(Group, item["body"]["S"])


def list_pk(tenant: TenantId, list_id: ListId) -> str:
    """The partition of one list's own row."""
    return f"{tenant}#list#{list_id}"


def lists_pk(tenant: TenantId, kind: ListKind, list_id: ListId) -> str:
    """Where a list stands by name: auto lists in shards, others in a partition of their kind's own."""
    part = str(shard(list_id)) if kind is ListKind.AUTO else kind.value
    return f"{tenant}#lists#{part}"


def lists_pks(tenant: TenantId, kind: ListKind | None) -> list[str]:
    """The partitions in which lists of this kind stand, or of all."""
    parts = [str(part) for part in range(SHARDS)] if kind in (ListKind.AUTO, None) else []
    parts += [one.value for one in ListKind if one is not ListKind.AUTO and kind in (one, None)]
    return [f"{tenant}#lists#{part}" for part in parts]


def list_update(people_list: PeopleList) -> Mapping[str, Any]:
    """The update that writes a list if its version still stands; what is counted stays."""
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


def list_removal(people_list: PeopleList) -> Mapping[str, Any]:
    """The update that forgets a list if its version still stands; what is counted stays."""
    return {
        "Key": key_of(list_pk(people_list.tenant, people_list.list_id), LIST),
        "UpdateExpression": "REMOVE body, list_pk, list_sk, version",
        "ConditionExpression": "version = :n",
        "ExpressionAttributeValues": {":n": {"N": str(people_list.version)}},
    }


def list_of(item: Item) -> PeopleList | None:
    """The list of a row; None for a row that only counts so far."""
    if "body" not in item:
        return None
    kept = replace(from_text(PeopleList, item["body"]["S"]), version=int(item["version"]["N"]))
    return as_counted(kept, item)


def as_counted(kept: PeopleList, item: Item) -> PeopleList:
    """A list with what its row counts."""
    if kept.kind not in COUNTED:
        return kept
    members = int(item["members"]["N"]) if "members" in item else 0
    moved = datetime.fromisoformat(item["moved"]["S"]) if "moved" in item else kept.created_at
    if kept.kind is not ListKind.AUTO:
        return replace(kept, members=members, changed_at=moved)
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
    """The update that counts members."""
    return {
        "Key": key_of(list_pk(tenant, list_id), LIST),
        "UpdateExpression": "SET moved = :at, v = if_not_exists(v, :v) ADD members :n",
        "ExpressionAttributeValues": {
            ":at": {"S": at.isoformat()},
            ":n": {"N": str(change)},
            ":v": _V,
        },
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
