"""Links between records, made and removed as Sugar's subpanels and API do."""

from local.sugar.schema.links import PAIR_TABLES, Link
from local.sugar.schema.modules import Module
from local.sugar.store.world import World


class Relations:
    """Makes, removes and lists links. None of it moves a record's `date_modified`."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._db = world.database

    def add(self, module: Module, record: str, link: Link, other: str) -> None:
        """Link two records; neither has to exist, and doing it twice changes nothing."""
        if link.kind == "join":
            self._add_pair(link, record, other)
        elif link.kind == "child":
            self._point(link.module, other, {link.far: record, **link.fixed})
        elif link.kind == "parent":
            self._point(module.name, record, {link.near: other})

    def remove(self, module: Module, record: str, link: Link, other: str) -> None:
        """Take a link away, if it is there."""
        if link.kind == "join":
            where, values = self._pair(link, record, other)
            self._db.run(
                f"UPDATE {link.table} SET deleted = 1, date_modified = ? WHERE {where}",
                (self._world.clock.text(), *values),
            )
        elif link.kind == "child":
            self._point(link.module, other, {link.far: None})
        elif link.kind == "parent":
            self._point(module.name, record, {link.near: None})

    def remove_all(self, link: Link, record: str) -> None:
        """Take all of a record's links of one kind away (tables of pairs only)."""
        if link.kind != "join":
            return
        fixed = "".join(f" AND {name} = ?" for name in link.fixed)
        self._db.run(
            f"UPDATE {link.table} SET deleted = 1, date_modified = ?"
            f" WHERE {link.near} = ? AND deleted = 0{fixed}",
            (self._world.clock.text(), record, *link.fixed.values()),
        )

    def others(self, module: Module, record: str, link: Link) -> list[str]:
        """The ids of the records linked, whether or not they still exist."""
        if link.kind == "parent":
            found = self._db.value(
                f"SELECT {link.near} FROM {module.table} WHERE id = ?", (record,)
            )
            return [str(found)] if found else []
        sql, values = self.subquery(link, record)
        return [str(row[0]) for row in self._db.rows(sql, values)] if sql else []

    def subquery(self, link: Link, record: str) -> tuple[str, list[object]]:
        """SQL that gives the ids linked to a record ("" where there never are any)."""
        fixed = "".join(f" AND {name} = ?" for name in link.fixed)
        values: list[object] = [record, *link.fixed.values()]
        if link.kind == "join":
            return (
                f"SELECT {link.far} FROM {link.table} WHERE {link.near} = ? AND deleted = 0{fixed}",
                values,
            )
        if link.kind == "child":
            table = self._world.modules[link.module].table
            return f"SELECT id FROM {table} WHERE {link.far} = ?{fixed}", values
        if link.kind == "email":
            return (
                (
                    "SELECT email_address_id FROM email_addr_bean_rel"
                    " WHERE bean_id = ? AND deleted = 0"
                ),
                [record],
            )
        return "", []

    def _pair(self, link: Link, record: str, other: str) -> tuple[str, list[object]]:
        fixed = "".join(f" AND {name} = ?" for name in link.fixed)
        values: list[object] = [record, other, *link.fixed.values()]
        return f"{link.near} = ? AND {link.far} = ?{fixed}", values

    def _add_pair(self, link: Link, record: str, other: str) -> None:
        where, values = self._pair(link, record, other)
        now = self._world.clock.text()
        if link.table in ("accounts_contacts", "accounts_opportunities"):
            self._one_account(link, record, other, now)
        again = self._db.run(
            f"UPDATE {link.table} SET deleted = 0, date_modified = ? WHERE {where}", (now, *values)
        )
        if not again:
            pair = {link.near: record, link.far: other, **link.fixed}
            columns = {name: pair[name] for name in PAIR_TABLES[link.table] if name in pair}
            row = {"id": self._world.new_id(), **columns, "date_modified": now, "deleted": 0}
            self._db.insert(link.table, row)

    def _one_account(self, link: Link, record: str, other: str, now: str) -> None:
        """A contact or an opportunity has one account: a new one takes the old one's place."""
        member = "contact_id" if link.table == "accounts_contacts" else "opportunity_id"
        owned, account = (record, other) if link.near == member else (other, record)
        self._db.run(
            f"UPDATE {link.table} SET deleted = 1, date_modified = ?"
            f" WHERE {member} = ? AND account_id <> ? AND deleted = 0",
            (now, owned, account),
        )

    def _point(self, module: str, record: str, columns: dict[str, str | None]) -> None:
        sets = ", ".join(f"{name} = ?" for name in columns)
        table = self._world.modules[module].table
        self._db.run(f"UPDATE {table} SET {sets} WHERE id = ?", (*columns.values(), record))
