"""Units of rows, each written whole or not at all, many to a transaction."""

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from funnel.adapters.dynamodb.address_rows import claim_update, consent_item
from funnel.adapters.dynamodb.erasures import MARK, erased_pk
from funnel.adapters.dynamodb.report_rows import error_item, error_key, history_item
from funnel.adapters.dynamodb.requests import Dynamo, Item, key_of
from funnel.adapters.dynamodb.rows import followers_item, person_item, record_item
from funnel.adapters.dynamodb.tables import Tables
from funnel.domain.errors import Permanent
from funnel.domain.ids import TenantId
from funnel.domain.sync.records import HistoryEntry, Person, SugarRecord, Unit

MOST_ROWS = 100
_MOST_BYTES = 3_000_000
"""Of a transaction as it is sent, without the escapes of quotes; DynamoDB takes 4 MB."""
_MOST_ITEM_BYTES = 400 * 1024
_LARGE = ("fields", "agreed", "edited", "links", "contacts", "changes", "note", "name")
_SMALL = 300_000
"""Bytes of its large attributes below which an item is surely small enough."""
_ERASED = " AND attribute_not_exists(erased)"
_GIVEN_UP_LIFE = 7 * 24 * 3600

Key = tuple[str, str, str]
Action = Mapping[str, Any]


@dataclass(slots=True)
class _Ready:
    """A unit as actions by key. `at` is its place among the units."""

    at: int
    actions: dict[Key, Action]
    size: int


@dataclass(slots=True)
class _Pack:
    """What goes into one transaction: units, and where in it the actions of each begin."""

    units: list[_Ready] = field(default_factory=list)
    actions: dict[Key, Action] = field(default_factory=dict)
    size: int = 0

    def takes(self, ready: _Ready, most: int) -> bool:
        """Whether there is room, and no item would be touched in two ways."""
        return (
            len(self.actions) + len(ready.actions) <= most
            and self.size + ready.size <= _MOST_BYTES
            and all(
                self.actions.get(key, action) == action for key, action in ready.actions.items()
            )
        )

    def add(self, ready: _Ready) -> None:
        self.units.append(ready)
        self.actions.update(ready.actions)
        self.size += ready.size


class Committer:
    """Writes units."""

    def __init__(self, dynamo: Dynamo, tables: Tables) -> None:
        self._dynamo = dynamo
        self._tables = tables

    def commit(self, tenant: TenantId, units: Sequence[Unit]) -> list[bool]:
        """Which units were written; the others' rows were changed meanwhile."""
        ready = [_Ready(at, *self._actions(tenant, unit)) for at, unit in enumerate(units)]
        written = [True] * len(units)
        for lost in self._dynamo.each(self._write, list(_packed(ready, self._dynamo.transaction))):
            for at in lost:
                written[at] = False
        return written

    def _write(self, pack: _Pack) -> list[int]:
        """Write a pack, without those that lose as often as some do; the places of the losers."""
        lost: list[int] = []
        while pack.actions:
            keys = list(pack.actions)
            failed = {keys[at] for at in self._dynamo.transact(list(pack.actions.values()))}
            if not failed:
                break
            rest = _Pack()
            for ready in pack.units:
                if failed.isdisjoint(ready.actions):
                    rest.add(ready)
                else:
                    lost.append(ready.at)
            pack = rest
        return lost

    def _actions(self, tenant: TenantId, unit: Unit) -> tuple[dict[Key, Action], int]:
        rows = len(unit)
        if rows > MOST_ROWS:
            raise ValueError(f"a unit has at most {MOST_ROWS} rows, not {rows}")
        tables = self._tables
        actions: dict[Key, Action] = {}
        size = 0
        versioned = 0
        for record in unit.records:
            item = record_item(_owned(record, tenant))
            size += _size(item, record)
            _put(actions, tables.records, item, record.version)
            versioned += 1
        for person in unit.people:
            item = person_item(_owned(person, tenant))
            size += _size(item, person)
            _put(actions, tables.people, item, person.version, but=_ERASED)
            versioned += 1
        for claim in unit.claims:
            _claim(actions, tables.people, claim_update(_owned(claim, tenant), _given_up_until()))
            versioned += 1
        for followers in unit.followers:
            item = followers_item(_owned(followers, tenant))
            _put(actions, tables.records, item, followers.version)
            versioned += 1
        for consent in unit.consents:
            _put(actions, tables.people, consent_item(_owned(consent, tenant)), consent.version)
            versioned += 1
        for mark in unit.unmarked:
            _absent(actions, tables.people, erased_pk(tenant), MARK + mark)
            versioned += 1
        if len(actions) < versioned:
            raise ValueError("a unit holds a row twice")
        for record_key, error_id in unit.closed:
            key = error_key(tenant, record_key, error_id)
            delete = {"Delete": {"TableName": tables.sync_errors, "Key": key}}
            actions[tables.sync_errors, key["pk"]["S"], key["sk"]["S"]] = delete
        for error in unit.errors:
            item = error_item(_owned(error, tenant))
            _put(actions, tables.sync_errors, item)
        for entry in unit.history:
            item = history_item(_owned(entry, tenant))
            size += _size(item, entry)
            _put(actions, tables.history, item)
        return actions, size + 1000 * rows


def _packed(units: Iterable[_Ready], most: int) -> Iterator[_Pack]:
    pack = _Pack()
    for ready in units:
        if pack.units and not pack.takes(ready, most):
            yield pack
            pack = _Pack()
        pack.add(ready)
    if pack.units:
        yield pack


def _put(
    actions: dict[Key, Action], table: str, item: Item, version: int | None = None, but: str = ""
) -> None:
    put: dict[str, Any] = {"TableName": table, "Item": item}
    if version == 0:
        put["ConditionExpression"] = "attribute_not_exists(pk)"
    elif version is not None:
        put["ConditionExpression"] = "version = :n" + but
        put["ExpressionAttributeValues"] = {":n": {"N": str(version)}}
    actions[table, item["pk"]["S"], item["sk"]["S"]] = {"Put": put}


def _absent(actions: dict[Key, Action], table: str, pk: str, sk: str) -> None:
    check = {"TableName": table, "Key": key_of(pk, sk)}
    check["ConditionExpression"] = "attribute_not_exists(pk)"
    actions[table, pk, sk] = {"ConditionCheck": check}


def _claim(actions: dict[Key, Action], table: str, update: Mapping[str, Any]) -> None:
    key = update["Key"]
    kind = "Update" if "UpdateExpression" in update else "ConditionCheck"
    actions[table, key["pk"]["S"], key["sk"]["S"]] = {kind: {"TableName": table, **update}}


def _given_up_until() -> int:
    return int(time.time()) + _GIVEN_UP_LIFE


def _name_of(row: SugarRecord | Person | HistoryEntry) -> str:
    """A row by the record that stands for it in Sugar, if there is one."""
    if isinstance(row, HistoryEntry):
        return row.subject
    if isinstance(row, SugarRecord):
        return str(row.key)
    return str(row.links[0].key) if row.links else row.person_id


def _owned(row: Any, tenant: TenantId) -> Any:
    if row.tenant != tenant:
        raise ValueError("a unit holds a row of another tenant")
    return row


def _size(item: Item, row: SugarRecord | Person | HistoryEntry) -> int:
    """The bytes of an item's large attributes as they are sent: other letters as six each.

    Raises `Permanent` for more than an item can hold.
    """
    texts = [item[name]["S"] for name in _LARGE if name in item]
    sent = sum([len(text) if text.isascii() else 6 * len(text) for text in texts])
    if sent < _SMALL:
        return sent
    size = sum(
        len(attribute) + len(str(next(iter(value.values()))).encode())
        for attribute, value in item.items()
    )
    if size >= _MOST_ITEM_BYTES:
        raise Permanent(
            f"{_name_of(row)} holds {size // 1024} KB of text, more than can be kept of one record (400 KB).",
            mend="Shorten its longest text field in Sugar, or leave that field out of the mapping.",
            record=_name_of(row),
        )
    return sent
