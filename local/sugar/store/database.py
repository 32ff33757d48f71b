"""The SQLite database: its tables, opening it, and one lock for all that use it."""

import sqlite3
import threading
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from local.sugar.clock import Clock
from local.sugar.schema.field import Field
from local.sugar.schema.links import PAIR_TABLES
from local.sugar.schema.modules import Module
from local.sugar.store.mysql import COLLATION, teach

_TEXT = f"TEXT COLLATE {COLLATION}"
_KEY = "TEXT COLLATE NOCASE"
_COLUMN_TYPES = {
    "bool": "INTEGER", "int": "INTEGER", "float": "REAL", "currency": "REAL",
    "date": _KEY, "datetime": _KEY, "id": _KEY, "relate": _KEY, "assigned_user_name": _KEY,
}  # fmt: skip

_OTHER_TABLES = f"""
CREATE TABLE IF NOT EXISTS email_addr_bean_rel (id {_KEY} PRIMARY KEY, email_address_id {_KEY},
  bean_id {_KEY}, bean_module {_KEY}, primary_address INTEGER DEFAULT 0, reply_to_address INTEGER
  DEFAULT 0, date_created {_KEY}, date_modified {_KEY}, deleted INTEGER DEFAULT 0);
CREATE INDEX IF NOT EXISTS eabr_bean ON email_addr_bean_rel (bean_id, bean_module, deleted);
CREATE INDEX IF NOT EXISTS eabr_address ON email_addr_bean_rel (email_address_id);
CREATE INDEX IF NOT EXISTS eabr_modified ON email_addr_bean_rel (date_modified);
CREATE INDEX IF NOT EXISTS ea_caps ON email_addresses (email_address_caps);
CREATE INDEX IF NOT EXISTS ea_modified ON email_addresses (date_modified);
CREATE TABLE IF NOT EXISTS acl_roles (id {_KEY} PRIMARY KEY, name {_TEXT});
CREATE TABLE IF NOT EXISTS acl_roles_users (role_id {_KEY}, user_id {_KEY});
CREATE TABLE IF NOT EXISTS acl_roles_actions (role_id {_KEY}, category {_KEY}, name {_KEY},
  access_override INTEGER);
CREATE TABLE IF NOT EXISTS simulator_facts (name TEXT PRIMARY KEY, value TEXT);
"""


def column_type(field: Field) -> str:
    """The SQLite type of a field's column."""
    return _COLUMN_TYPES.get(field.type, _TEXT)


def _create(module: Module) -> Iterable[str]:
    own = [field for field in module.fields if field.source == "column" and field.name != "id"]
    columns = "".join(f", {field.name} {column_type(field)}" for field in own)
    extra = f", user_hash {_KEY}" if module.table == "users" else ""
    yield f"CREATE TABLE IF NOT EXISTS {module.table} (id {_KEY} PRIMARY KEY{columns}{extra})"
    if "date_modified" in module.by_name:
        yield (
            f"CREATE INDEX IF NOT EXISTS {module.table}_modified"
            f" ON {module.table} (date_modified, id)"
        )
    if module.custom:
        custom = "".join(
            f", {field.name} {column_type(field)}"
            for field in module.fields
            if field.source == "custom"
        )
        yield f"CREATE TABLE IF NOT EXISTS {module.custom_table} (id_c {_KEY} PRIMARY KEY{custom})"


def _create_pairs(table: str, columns: Iterable[str]) -> Iterable[str]:
    near, far, *rest = columns
    kept = "".join(f", {name} {_KEY}" for name in (near, far, *rest))
    yield (
        f"CREATE TABLE IF NOT EXISTS {table} (id {_KEY} PRIMARY KEY{kept},"
        f" date_modified {_KEY}, deleted INTEGER DEFAULT 0)"
    )
    yield f"CREATE INDEX IF NOT EXISTS {table}_near ON {table} ({near}, deleted)"
    yield f"CREATE INDEX IF NOT EXISTS {table}_far ON {table} ({far}, deleted)"


class Database:
    """One SQLite database, used by many threads under `lock`."""

    def __init__(self, path: Path | None, modules: Mapping[str, Module], clock: Clock) -> None:
        self.lock = threading.RLock()
        self._connection = sqlite3.connect(
            str(path) if path else ":memory:", check_same_thread=False, isolation_level=None
        )
        teach(self._connection, clock)
        journal = "journal_mode=WAL" if path else "journal_mode=MEMORY"
        self._connection.executescript(
            f"PRAGMA {journal}; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-65536;"
        )
        for module in modules.values():
            for statement in _create(module):
                self._connection.execute(statement)
        for table, columns in PAIR_TABLES.items():
            for statement in _create_pairs(table, columns):
                self._connection.execute(statement)
        self._connection.executescript(_OTHER_TABLES)
        self._in_transaction = 0

    def rows(self, sql: str, values: Iterable[object] = ()) -> list[tuple[object, ...]]:
        """All rows of a query."""
        return self._connection.execute(sql, tuple(values)).fetchall()

    def row(self, sql: str, values: Iterable[object] = ()) -> tuple[object, ...] | None:
        """The first row, if any."""
        found: tuple[object, ...] | None = self._connection.execute(sql, tuple(values)).fetchone()
        return found

    def value(self, sql: str, values: Iterable[object] = ()) -> object:
        """The first column of the first row, None without one."""
        found = self.row(sql, values)
        return found[0] if found else None

    def run(self, sql: str, values: Iterable[object] = ()) -> int:
        """Run a statement; answers how many rows it changed."""
        return self._connection.execute(sql, tuple(values)).rowcount

    def run_many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """Run one statement for many rows."""
        self._connection.executemany(sql, rows)

    def insert(self, table: str, row: Mapping[str, object]) -> None:
        """Insert one row. Raises `sqlite3.IntegrityError` where its id is taken."""
        names = ", ".join(row)
        marks = ", ".join("?" * len(row))
        self.run(f"INSERT INTO {table} ({names}) VALUES ({marks})", row.values())

    def __enter__(self) -> "Database":
        """Take the lock and, outermost, begin a transaction."""
        self.lock.acquire()
        self._in_transaction += 1
        if self._in_transaction == 1:
            self._connection.execute("BEGIN")
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Commit, or undo all if it failed."""
        try:
            self._in_transaction -= 1
            if not self._in_transaction:
                self._connection.execute("ROLLBACK" if kind else "COMMIT")
        finally:
            self.lock.release()

    def clear(self) -> None:
        """Empty all tables."""
        with self:
            for (name,) in self.rows("SELECT name FROM sqlite_master WHERE type = 'table'"):
                self.run(f"DELETE FROM {name}")

    def close(self) -> None:
        """Close the file."""
        with self.lock:
            self._connection.close()
