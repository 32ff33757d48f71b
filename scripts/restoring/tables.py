"""Making a DynamoDB table equal another one, row by row."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, TypeVar

from funnel.domain.people.redos import Redo
from scripts.restoring.wanted import CarriedOver, Row, Rule, as_it_was, ruled

_T = TypeVar("_T")
Key = tuple[str, ...]

KEYS = ("pk", "sk")
"""Of every table of the template."""
SEGMENTS = 8
READ_AT_ONCE = 100
"""Keys of one `BatchGetItem`: AWS's limit."""
WRITE_AT_ONCE = 25
"""Rows of one `BatchWriteItem`: AWS's limit."""
MOST_TRIES = 12
LONGEST_PAUSE = 20.0


class NotTaken(Exception):
    """DynamoDB left rows undone time and again; nothing is lost, run it again."""


@dataclass(frozen=True, slots=True)
class Made:
    """How many rows were looked at, written and deleted."""

    looked_at: int = 0
    written: int = 0
    deleted: int = 0

    def __add__(self, other: "Made") -> "Made":
        return Made(
            self.looked_at + other.looked_at,
            self.written + other.written,
            self.deleted + other.deleted,
        )


@dataclass(frozen=True, slots=True)
class Copier:
    """Makes `target` hold the rows of `source`, but for what `rule` says; both have the same keys.

    What is the same already is read and not written, so it costs little to run it again. What is to be
    done again is handed to `redo` before the row that tells of it is written. Raises `NotTaken`, and
    what botocore raises.
    """

    client: Any
    source: str
    target: str
    keep: Callable[[str, Row], None]
    """Is given each row of `target` before it is deleted or overwritten; of several threads."""
    rule: Rule = as_it_was
    redo: Callable[[Sequence[Redo]], object] = len
    carried: CarriedOver = field(default_factory=CarriedOver)

    def copy(self) -> Made:
        """First what is too much goes, then what is missing or different is written."""
        with ThreadPoolExecutor(SEGMENTS) as pool:
            gone = sum(pool.map(self._part_of_target, range(SEGMENTS)), Made())
            written = sum(pool.map(self._part_of_source, range(SEGMENTS)), Made())
        return gone + written

    def _part_of_target(self, segment: int) -> Made:
        """What was not there then; of the rest, the other pass sees to."""
        made = Made()
        for rows in in_turn(self._scan(self.target, segment), READ_AT_ONCE):
            there = self._rows_of(self.source, rows)
            made += self._make([(row, None) for row in rows if key(row) not in there])
        return made

    def _part_of_source(self, segment: int) -> Made:
        made = Made()
        for rows in in_turn(self._scan(self.source, segment), READ_AT_ONCE):
            there = self._rows_of(self.target, rows)
            made += Made(len(rows)) + self._make([(there.get(key(row)), row) for row in rows])
        return made

    def _make(self, pairs: Sequence[tuple[Row | None, Row | None]]) -> Made:
        """Make of rows as they are now and were then what they are to be."""
        wanted = [(now, ruled(self.rule, now, then)) for now, then in pairs]
        redos = list(dict.fromkeys(redo for _, one in wanted for redo in one.redos))
        if redos:
            self.redo(redos)
        changes: list[dict[str, Any]] = []
        for now, one in wanted:
            self.carried.count(one)
            if one.row == now:
                continue
            if now is not None:
                self.keep(self.target, now)
            if one.row is not None:
                changes.append({"PutRequest": {"Item": one.row}})
            elif now is not None:
                changes.append({"DeleteRequest": {"Key": key_of(now)}})
        write(self.client, self.target, changes)
        gone = sum("DeleteRequest" in one for one in changes)
        return Made(0, len(changes) - gone, gone)

    def _scan(self, table: str, segment: int) -> Iterator[Row]:
        pages = self.client.get_paginator("scan").paginate(
            TableName=table, Segment=segment, TotalSegments=SEGMENTS, ConsistentRead=True
        )
        for page in pages:
            yield from page["Items"]

    def _rows_of(self, table: str, rows: Sequence[Row]) -> Mapping[Key, Row]:
        """The rows of a table with the keys of these."""
        found: dict[Key, Row] = {}
        asked: dict[str, Any] = {
            table: {"Keys": [key_of(row) for row in rows], "ConsistentRead": True}
        }
        for pause in pauses():
            reply = self.client.batch_get_item(RequestItems=asked)
            found |= {key(row): row for row in reply["Responses"].get(table, [])}
            asked = reply.get("UnprocessedKeys") or {}
            if not asked:
                return found
            time.sleep(pause)
        raise NotTaken(f"{table} does not answer for all rows: run it again.")


def write(client: Any, table: str, requests: Sequence[Mapping[str, Any]]) -> None:
    """Write all of a batch, however long. Raises `NotTaken`."""
    for some in in_turn(requests, WRITE_AT_ONCE):
        left: dict[str, Any] = {table: list(some)}
        for pause in pauses():
            left = client.batch_write_item(RequestItems=left).get("UnprocessedItems") or {}
            if not left:
                break
            time.sleep(pause)
        else:
            raise NotTaken(f"{table} does not take all rows: run it again.")


def key_of(row: Row) -> Row:
    """A row's key as DynamoDB takes it."""
    return {name: row[name] for name in KEYS}


def key(row: Row) -> Key:
    """The same, to find it by."""
    return tuple(str(row[name]["S"]) for name in KEYS)


def in_turn(many: Iterable[_T], most: int) -> Iterator[list[_T]]:
    """Some at a time."""
    rest = iter(many)
    while some := list(islice(rest, most)):
        yield some


def pauses() -> Iterator[float]:
    """Seconds to wait after each try."""
    for number in range(MOST_TRIES):
        yield min(0.1 * 2**number, LONGEST_PAUSE)
