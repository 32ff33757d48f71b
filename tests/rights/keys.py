"""Whose rows a request to DynamoDB is about, by its keys alone.

`strays` holds a request, and `found_astray` its reply, against the tenants that the method was called
for. Tables, indexes and the names of their keys are template.yaml's, so a new one is held too. What
has no tenant at its beginning is in `NOBODYS`, with why.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from tests.template.source import of_type

Item = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Place:
    """A partition of a table or of `Table/index/name`, and the sort key.

    Of a query the sort keys are both ends of what is asked for, and none where an end is open.
    """

    where: str
    partition: str
    sort: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.where} {self.partition!r} {self.sort!r}"


NOBODYS = {
    "TenantsTable": {
        r"(session|link|attempt)#.+": "found by the hash of a token of 256 bits",
        r"key_use#{tenant}#.+": "a beginning of its own, so that IAM lets the authorizer count there",
    },
    "MarketingTable": {
        r"(site|form)#.+": "found by the key or id that stands in pages of the customer's site",
    },
    "MailTable": {r"mail#.+": "found by the token of 256 bits that stands in the mail's links"},
    "VisionTable": {r"companies": "how the databases of the whole deployment stand"},
}
"""Table or index to the patterns of partitions that begin with no tenant, and why.

`{tenant}` stands for the tenant of the call.
"""
ACROSS = {
    "SyncTable/index/due": {
        r"quarter#\d+": "the connections whose hourly run begins then",
        r"lease#\d+": "the runs whose worker may have died",
    },
    "ListsTable/index/due": {r"due#\d+": "the people whose segments time changes"},
    "ScoresTable/index/due": {r"due#\d+": "the scores that time changes"},
    "VisionTable/index/seen": {r"alerts#\d+": "the reps to be told something by mail"},
    "MailTable": {r"senders": "the tenants that have mail which waits"},
    "MailTable/index/due": {
        r"due#\d+": "mail that waits",
        r"broadcasts#\d+": "broadcasts that are to go on",
    },
    "CampaignsTable": {r"running#\d+": "the campaigns that run"},
}
"""Table or index to the patterns of partitions that the schedule looks through for all tenants.

Who writes there for a tenant names it in the sort key, and who looks for one begins with it.
"""
FOR_ALL = {
    "all_running": "Campaigns, each minute",
    "connections_of_quarter": "HourlyPull, each quarter of an hour",
    "due_alerts": "Mail, every five minutes",
    "due_broadcasts": "Mail, every five minutes",
    "due_scores": "Expiry, each quarter of an hour",
    "due_standings": "Segments, each quarter of an hour",
    "expired_runs": "Watch, each minute",
    "senders": "Mail, every five minutes",
    "tenants_with_due_mails": "Mail, every five minutes",
}
"""Methods that look through those for all tenants, and which schedule asks."""
FOUND_FIRST = {"session": ("TenantsTable", "sessions")}
"""Methods that find a tenant by a token and then read one row of it: how often sessions were ended."""

_KEYS = {
    table: {
        where: tuple(key["AttributeName"] for key in sorted(schema, key=lambda key: key["KeyType"]))
        for where, schema in (
            (table, properties["KeySchema"]),
            *(
                (f"{table}/index/{index['IndexName']}", index["KeySchema"])
                for index in properties.get("GlobalSecondaryIndexes", [])
            ),
        )
    }
    for table, properties in of_type("AWS::DynamoDB::Table").items()
}
"""Of each table, itself and its indexes to the names of their partition and sort key."""
_TERM = re.compile(r"([#\w]+)\s*=\s*(:\w+)")
_BEGINS = re.compile(r"begins_with\s*\(\s*([#\w]+)\s*,\s*(:\w+)\s*\)")
_BETWEEN = re.compile(r"([#\w]+)\s+BETWEEN\s+(:\w+)\s+AND\s+(:\w+)")


def tenants_of(arguments: Iterable[object]) -> frozenset[str]:
    """The tenants that what a method is given belongs to: a `tenant` of it or of what it holds."""
    found: set[str] = set()
    for one in arguments:
        if isinstance(one, list | tuple | set | frozenset):
            found |= tenants_of(one)
        elif tenant := getattr(one, "tenant", "") or getattr(one, "tenant_id", ""):
            found.add(str(tenant))
        elif is_dataclass(one):
            found |= tenants_of(getattr(one, field.name) for field in fields(one))
    return frozenset(found)


def strays(
    tables: Mapping[str, str], method: str, tenants: frozenset[str], operation: str, body: Any
) -> list[str]:
    """What in a request is of none of these tenants, in words. `tables` are logical ids by name."""
    looks = operation in ("Query", "Scan")
    return [
        f"{method} asks {operation} of {place}"
        for place in _asked(tables, operation, body)
        if not any(_is_of(tenant, place, looks) for tenant in tenants or {""})
        and not (looks and method in FOR_ALL and _matches(ACROSS, place, ""))
        and (place.where, *place.sort) != FOUND_FIRST.get(method)
    ]


def found_astray(
    tables: Mapping[str, str], method: str, tenants: frozenset[str], body: Any, reply: Any
) -> list[str]:
    """What in a reply is of none of these tenants, in words."""
    if method in FOR_ALL:
        return []
    table = body.get("TableName", "")
    items = [(table, one) for one in [*reply.get("Items", []), reply.get("Item")] if one]
    items += [(name, one) for name, some in reply.get("Responses", {}).items() for one in some]
    return [
        f"{method} was given {place}"
        for name, item in items
        for place in _of_item(tables[name], item)
        if not any(_is_of(tenant, place, looks=False) for tenant in tenants or {""})
        and (place.where, *place.sort) != FOUND_FIRST.get(method)
    ]


def _is_of(tenant: str, place: Place, looks: bool) -> bool:
    if _begins(tenant, place.partition) or _matches(NOBODYS, place, tenant):
        return True
    if not tenant or not _matches(ACROSS, place, tenant):
        return False
    if looks:
        return len(place.sort) == 2 and all(_begins(tenant, one) for one in place.sort)
    return any(f"#{tenant}#" in f"#{one}#" for one in place.sort)


def _begins(tenant: str, key: str) -> bool:
    return bool(tenant) and (key == tenant or key.startswith(f"{tenant}#"))


def _matches(known: Mapping[str, Mapping[str, str]], place: Place, tenant: str) -> bool:
    return any(
        re.fullmatch(pattern.replace("{tenant}", re.escape(tenant)), place.partition)
        for pattern in known.get(place.where, ())
    )


def _asked(tables: Mapping[str, str], operation: str, body: Any) -> Iterator[Place]:
    """Each partition that a request is about."""
    if operation.startswith("Transact"):
        for action in body["TransactItems"]:
            for part in action.values():
                yield from _of_action(tables[part["TableName"]], part)
    elif operation == "BatchGetItem":
        for name, part in body["RequestItems"].items():
            for key in part["Keys"]:
                yield from _of_item(tables[name], key)
    elif operation == "BatchWriteItem":
        for name, parts in body["RequestItems"].items():
            for part in parts:
                for one in part.values():
                    yield from _of_action(tables[name], one)
    elif operation in ("Query", "Scan"):
        yield from _of_query(tables[body["TableName"]], body)
    else:
        yield from _of_action(tables[body["TableName"]], body)


def _of_action(table: str, part: Any) -> Iterator[Place]:
    yield from _of_item(table, part.get("Item") or part["Key"])
    names, sets = part.get("ExpressionAttributeNames", {}), part.get("UpdateExpression", "")
    sets = sets.partition("REMOVE")[0]
    named = {names.get(name, name) for name in re.findall(r"[#\w]+", sets)}
    # What is set in a way that is not understood here is of nobody.
    unread: Item = {name: {} for name in named}
    yield from _of_item(table, {**unread, **_terms(part, sets)}, indexes_only=True)


def _of_query(table: str, body: Any) -> Iterator[Place]:
    where = f"{table}/index/{body['IndexName']}" if body.get("IndexName") else table
    partition, sort = _KEYS[table][where]
    names, values = body.get("ExpressionAttributeNames", {}), body["ExpressionAttributeValues"]
    condition = body["KeyConditionExpression"]
    ends = [
        values[end].get("S", "")
        for form in (_BEGINS, _BETWEEN)
        for name, *found in form.findall(condition)
        if names.get(name, name) == sort
        for end in (found * 2)[:2]
    ]
    yield Place(where, _text(_terms(body, condition), partition), tuple(ends))
    if start := body.get("ExclusiveStartKey"):
        yield from _of_item(table, start)


def _of_item(table: str, item: Item, *, indexes_only: bool = False) -> Iterator[Place]:
    for where, (partition, sort) in _KEYS[table].items():
        if partition in item and not (indexes_only and where == table):
            yield Place(where, _text(item, partition), (_text(item, sort),))


def _terms(part: Any, expression: str) -> dict[str, Any]:
    """Attributes that an expression compares with or sets to a value, with the value."""
    names = part.get("ExpressionAttributeNames", {})
    values = part.get("ExpressionAttributeValues", {})
    return {
        names.get(name, name): values[value]
        for name, value in _TERM.findall(expression)
        if value in values
    }


def _text(item: Item, name: str) -> str:
    return str(item.get(name, {}).get("S", ""))
