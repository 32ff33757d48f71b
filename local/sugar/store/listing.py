"""Lists of records, with all that cannot be trusted about their order.

Where a server does not honour an order, paging by offset repeats some records and never
shows others (measured: 154 of 8,216 lost on SuiteCRM, 201 of 8,217 on SugarCRM CE). Here
each such page has about one record in fifty exchanged for one from elsewhere, always the
same for the same offset.
"""

import re
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from local.sugar.schema.field import Field
from local.sugar.schema.modules import Module
from local.sugar.store.guard import QueryBroken, to_sqlite
from local.sugar.store.select import expression, source
from local.sugar.store.world import World

_STRAY = 0.022
_ORDER = re.compile(r"\s*(\w+)(?:\s+(asc|desc))?\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Listing:
    """What a client asks of a list.

    `deleted` is 0 (live), 1 (only deleted) or -1 (both). `ambiguous` makes an unqualified
    standard column an SQL error, as the newer dialects' joins do. `owner` limits the list
    to one user's records. `ids_sql` limits it to a sub-select, with `ids_values`.
    """

    module: Module
    query: str = ""
    order_by: str = ""
    offset: int = 0
    limit: int = 20
    deleted: int = 0
    ordered: bool = True
    ambiguous: bool = False
    subselects: bool = True
    owner: str | None = None
    ids_sql: str = ""
    ids_values: tuple[object, ...] = ()


def _where(asked: Listing) -> tuple[str, list[object]]:
    table = asked.module.table
    parts, values = [], list[object]()
    if asked.query.strip():
        parts.append(f"({to_sqlite(asked.query, subselects=asked.subselects)}\n)")
    if asked.deleted == 0:
        parts.append(f"COALESCE({table}.deleted, 0) = 0")
    elif asked.deleted == 1:
        parts.append(f"{table}.deleted = 1")
    if asked.owner is not None:
        parts.append(f"{table}.assigned_user_id = ?")
        values.append(asked.owner)
    if asked.ids_sql:
        parts.append(f"{table}.id IN ({asked.ids_sql})")
        values += asked.ids_values
    return (" WHERE " + " AND ".join(parts) if parts else ""), values


def order_columns(module: Module, order_by: str) -> str:
    """The order a server really follows: unqualified columns it knows; else ""."""
    found = []
    for part in order_by.split(","):
        match = _ORDER.fullmatch(part)
        field = module.by_name.get(match[1].lower()) if match else None
        if match and field and field.stored:
            owner = module.table if field.source == "column" else module.custom_table
            found.append(f"{owner}.{field.name} {match[2] or 'ASC'}")
    return ", ".join(found)


def strayed(ids: Sequence[int], offset: int, limit: int) -> list[int]:
    """One page of an order that changes from page to page: full, and without a record twice."""
    page = list(ids[offset : offset + limit])
    random = Random(f"{offset}/{limit}/{len(ids)}")
    outside = len(ids) - len(page)
    places = [place for place in range(len(page)) if random.random() < _STRAY]
    others = random.sample(range(outside), min(outside, len(places)))
    for place, other in zip(places, others, strict=False):
        page[place] = ids[other if other < offset else other + len(page)]
    random.shuffle(page)
    return page


class Lists:
    """Reads lists and single records as text values."""

    def __init__(self, world: World) -> None:
        self._db = world.database

    def count(self, asked: Listing) -> int:
        """How many records a list has. Raises as `page`."""
        where, values = _where(asked)
        try:
            found = self._db.value(f"SELECT COUNT(*) FROM {source(asked.module)}{where}", values)
        except sqlite3.Error as error:
            raise QueryBroken(str(error)) from error
        return int(str(found))

    def page(
        self, asked: Listing, fields: Sequence[Field], *, padded: bool = True
    ) -> list[tuple[str, ...]]:
        """One page: a tuple of texts per record, its id first, then `fields`.

        Raises
        ------
        QueryRefused
            The query holds what Sugar never runs.
        QueryBroken
            The database cannot make sense of the query.
        """
        try:
            return self._page(asked, fields, padded=padded)
        except sqlite3.Error as error:
            raise QueryBroken(str(error)) from error

    def records(
        self, module: Module, ids: Sequence[str], fields: Sequence[Field], *, padded: bool = True
    ) -> dict[str, tuple[str, ...]]:
        """Live records by id: id (upper-cased) -> id and `fields`, as texts."""
        columns = self._columns(module, fields, padded=padded)
        marks = ", ".join("?" * len(ids))
        rows = self._db.rows(
            f"SELECT {columns} FROM {source(module)}"
            f" WHERE {module.table}.id IN ({marks}) AND COALESCE({module.table}.deleted, 0) = 0",
            ids,
        )
        return {str(row[0]).upper(): row for row in rows}  # type: ignore[misc]

    def _columns(self, module: Module, fields: Sequence[Field], *, padded: bool) -> str:
        wanted = [expression(module, field, padded=padded) for field in fields]
        return ", ".join([f"{module.table}.id", *wanted])

    def _page(
        self, asked: Listing, fields: Sequence[Field], *, padded: bool
    ) -> list[tuple[str, ...]]:
        table = asked.module.table
        where, values = _where(asked)
        tables = source(asked.module)
        if asked.ambiguous:
            tables += f" LEFT JOIN users jt0 ON {table}.id IS NULL"
        columns = self._columns(asked.module, fields, padded=padded)
        order = order_columns(asked.module, asked.order_by) if asked.ordered else ""
        offset = max(asked.offset, 0)
        if order:
            sql = f"SELECT {columns} FROM {tables}{where} ORDER BY {order} LIMIT ? OFFSET ?"
            return self._db.rows(sql, [*values, asked.limit, offset])  # type: ignore[return-value]
        ids = [
            int(str(row[0]))
            for row in self._db.rows(
                f"SELECT {table}.rowid FROM {tables}{where} ORDER BY {table}.id", values
            )
        ]
        page = strayed(ids, offset, asked.limit)
        marks = ", ".join(map(str, page))
        rows = self._db.rows(
            f"SELECT {table}.rowid, {columns} FROM {source(asked.module)}"
            f" WHERE {table}.rowid IN ({marks})"
        )
        by_rowid = {row[0]: row[1:] for row in rows}
        return [by_rowid[rowid] for rowid in page]  # type: ignore[misc]
