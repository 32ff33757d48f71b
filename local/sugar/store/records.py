"""Records: created, changed, deleted and restored, with what Sugar does on the way."""

from collections.abc import Mapping

from local.sugar.schema.modules import Module
from local.sugar.store.emails import Emails
from local.sugar.store.relations import Relations
from local.sugar.store.values import kept
from local.sugar.store.world import World

#: Columns a client's values never reach.
_OWN = frozenset(("id", "date_modified", "created_by", "modified_user_id", "user_hash"))


class Records:
    """Writes rows. Email addresses are the caller's business (see `Emails`)."""

    def __init__(self, world: World, emails: Emails, relations: Relations) -> None:
        self._world = world
        self._db = world.database
        self._emails = emails
        self._relations = relations

    def exists(self, module: Module, record: str) -> bool:
        """Whether a row has this id, deleted or not."""
        return self._db.value(f"SELECT 1 FROM {module.table} WHERE id = ?", (record,)) is not None

    def live(self, module: Module, record: str) -> bool:
        """Whether the record is there and not deleted."""
        return (
            self._db.value(
                f"SELECT 1 FROM {module.table} WHERE id = ? AND COALESCE(deleted, 0) = 0", (record,)
            )
            is not None
        )

    def create(
        self,
        module: Module,
        values: Mapping[str, str | None],
        *,
        by: str,
        record: str | None = None,
    ) -> str:
        """Insert a record and answer its id.

        Raises
        ------
        sqlite3.IntegrityError
            The id is taken, by a live record or a deleted one.
        """
        record, now = record or self._world.new_id(), self._world.clock.text()
        initial = {field.name: field.initial for field in module.fields if field.initial}
        given: dict[str, str | None] = {**initial, **values}
        row: dict[str, object] = {
            field.name: kept(field, given[field.name])
            for field in module.fields
            if field.source == "column" and field.name in given and field.name not in _OWN
        }
        stamps = {
            "id": record, "date_entered": row.get("date_entered") or now, "date_created": now,
            "date_modified": now, "created_by": by, "modified_user_id": by,
            "deleted": row.get("deleted") or 0,
        }  # fmt: skip
        row |= {name: value for name, value in stamps.items() if name in module.by_name}
        for field in module.fields:
            if field.type == "bool" and field.source == "column":
                row.setdefault(field.name, 0)
        self._complete(module, row, record)
        self._db.insert(module.table, row)
        if module.custom:
            self._db.insert(module.custom_table, {"id_c": record, **self._custom(module, given)})
        self._follow_account(module, record, values)
        return record

    def update(
        self,
        module: Module,
        record: str,
        values: Mapping[str, str | None],
        *,
        by: str,
        touch: bool = True,
    ) -> bool:
        """Change a live record; any write moves `date_modified` unless `touch` is False.

        Answers False, and changes nothing, where there is no live record of this id.
        """
        if not self.live(module, record):
            return False
        row = {
            field.name: kept(field, values[field.name])
            for field in module.fields
            if field.source == "column" and field.name in values and field.name not in _OWN
        }
        self._complete(module, row, record)
        if touch and "date_modified" in module.by_name:
            row["date_modified"] = self._world.clock.text()
            if "modified_user_id" in module.by_name:
                row["modified_user_id"] = by
        self._set(module.table, "id", record, row)
        custom = self._custom(module, values)
        if custom:
            self._db.run(
                f"INSERT OR IGNORE INTO {module.custom_table} (id_c) VALUES (?)", (record,)
            )
            self._set(module.custom_table, "id_c", record, custom)
        self._follow_account(module, record, values)
        if row.get("deleted"):
            self._drop_memberships(module, record)
        return True

    def delete(self, module: Module, record: str, *, by: str) -> bool:
        """Mark a record deleted: its links go, its addresses stay with it."""
        return self.update(module, record, {"deleted": "1"}, by=by)

    def restore(self, module: Module, record: str, *, touch: bool = True) -> bool:
        """Bring a deleted record back, as an administrator does in the database."""
        moved = ", date_modified = ?" if touch else ""
        values = [self._world.clock.text(), record] if touch else [record]
        sql = f"UPDATE {module.table} SET deleted = 0{moved} WHERE id = ? AND deleted = 1"
        return self._db.run(sql, values) > 0

    def values(self, module: Module, record: str) -> dict[str, object] | None:
        """A record's own columns, custom ones included, as they are stored."""
        own = [field.name for field in module.fields if field.source == "column"]
        custom = [field.name for field in module.fields if field.source == "custom"]
        table = module.table
        columns = [f"{table}.{name}" for name in own] + [f"c.{name}" for name in custom]
        join = f" LEFT JOIN {module.custom_table} c ON c.id_c = {table}.id" if custom else ""
        row = self._db.row(
            f"SELECT {', '.join(columns)} FROM {table}{join} WHERE {table}.id = ?", (record,)
        )
        return dict(zip(own + custom, row, strict=True)) if row else None

    def _set(self, table: str, key: str, record: str, row: Mapping[str, object]) -> None:
        if row:
            sets = ", ".join(f"{name} = ?" for name in row)
            self._db.run(f"UPDATE {table} SET {sets} WHERE {key} = ?", (*row.values(), record))

    def _custom(self, module: Module, values: Mapping[str, str | None]) -> dict[str, object]:
        return {
            field.name: kept(field, values[field.name])
            for field in module.fields
            if field.source == "custom" and field.name in values
        }

    def _complete(self, module: Module, row: dict[str, object], record: str) -> None:
        """The few columns Sugar computes on saving."""
        if module.name == "Opportunities" and not row.keys().isdisjoint(("amount", "currency_id")):
            row["amount_usdollar"] = self._in_base({**self._money(record), **row})
        if module.name == "Campaigns" and "name" in row and "tracker_key" not in row:
            most = self._db.value("SELECT MAX(tracker_key) FROM campaigns")
            row["tracker_key"] = int(str(most or 0)) + 1
        if module.name == "EmailAddresses" and "email_address" in row:
            row["email_address_caps"] = str(row["email_address"]).upper()

    def _money(self, record: str) -> dict[str, object]:
        found = self._db.row(
            "SELECT amount, currency_id FROM opportunities WHERE id = ?", (record,)
        )
        return dict(zip(("amount", "currency_id"), found, strict=True)) if found else {}

    def _in_base(self, row: Mapping[str, object]) -> float:
        """As `Currency::convertToDollar`: nought where the rate is."""
        rate = self._db.value(
            "SELECT conversion_rate FROM currencies WHERE id = ?", (row.get("currency_id"),)
        )
        by = 1.0 if rate is None else float(str(rate))
        return round(float(str(row.get("amount") or 0)) / by, 6) if by else 0.0

    def _follow_account(
        self, module: Module, record: str, values: Mapping[str, str | None]
    ) -> None:
        """`account_id` of Contacts and Opportunities is a link, not a column."""
        if module.name not in ("Contacts", "Opportunities") or "account_id" not in values:
            return
        link = module.link_by_name["accounts"]
        self._relations.remove_all(link, record)
        account = values["account_id"]
        if account:
            self._relations.add(module, record, link, account)

    def _drop_memberships(self, module: Module, record: str) -> None:
        for link in module.links:
            self._relations.remove_all(link, record)
