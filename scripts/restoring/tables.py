"""Making a DynamoDB table equal another one, row by row."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar

_T = TypeVar("_T")
Row = dict[str, dict[str, Any]]
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
    """Makes `target` hold exactly the rows of `source`; both have the same keys.

    What is the same already is read and not written, so it costs little to run it again. Raises
    `NotTaken`, and what botocore raises.
    """

    client: Any
    source: str
    target: str
    keep: Callable[[str, Row], None]
    """Is given each row of `target` before it is deleted or overwritten; of several threads."""

    def copy(self) -> Made:
        """First what is too much goes, then what is missing or different is written."""
        with ThreadPoolExecutor(SEGMENTS) as pool:
            gone = sum(pool.map(self._delete_part, range(SEGMENTS)), Made())
            written = sum(pool.map(self._write_part, range(SEGMENTS)), Made())
        return gone + written

    def _delete_part(self, segment: int) -> Made:
        made = Made()
        for rows in in_turn(self._scan(self.target, segment), READ_AT_ONCE):
            there = self._rows_of(self.source, rows)
            surplus = [row for row in rows if key(row) not in there]
            for row in surplus:
                self.keep(self.target, row)
            self._write([{"DeleteRequest": {"Key": key_of(row)}} for row in surplus])
            made += Made(0, 0, len(surplus))
        return made

    def _write_part(self, segment: int) -> Made:
        made = Made()
        for rows in in_turn(self._scan(self.source, segment), READ_AT_ONCE):
            there = self._rows_of(self.target, rows)
            wanted = [row for row in rows if there.get(key(row)) != row]
            for row in wanted:
                if key(row) in there:
                    self.keep(self.target, there[key(row)])
            self._write([{"PutRequest": {"Item": row}} for row in wanted])
            made += Made(len(rows), len(wanted), 0)
        return made

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

    def _write(self, requests: Sequence[Mapping[str, Any]]) -> None:
        for some in in_turn(requests, WRITE_AT_ONCE):
            left: dict[str, Any] = {self.target: list(some)}
            for pause in pauses():
                left = self.client.batch_write_item(RequestItems=left).get("UnprocessedItems") or {}
                if not left:
                    break
                time.sleep(pause)
            else:
                raise NotTaken(f"{self.target} does not take all rows: run it again.")


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
