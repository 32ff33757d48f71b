"""The company's data as its people change it: in Sugar's own pages, not through the API.

Everything here is what a Sugar user does: addresses can be changed, links made in
subpanels leave `date_modified` alone, leads are converted and records merged.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta

from local.sugar.clock import as_sugar
from local.sugar.funnel_module import Entered
from local.sugar.hook import LogicHook
from local.sugar.schema.modules import Module
from local.sugar.selling import convert_lead, merge
from local.sugar.soap.context import Sugar
from local.sugar.store.emails import Address
from local.sugar.store.listing import Listing
from local.sugar.store.world import ADMIN

_EMAIL_FIELDS = frozenset(("email1", "email2", "email_opt_out", "invalid_email"))


class Company:
    """Reads and changes the records of a simulated Sugar directly."""

    def __init__(self, sugar: Sugar) -> None:
        self._sugar = sugar
        self._db = sugar.world.database
        self.hook = LogicHook()
        self.hook.aim(self.entered)

    @property
    def entered(self) -> Entered | None:
        """The address and key entered in Funnel's module, None without."""
        with self._db:
            rows = self._db.rows("SELECT name, value FROM simulator_facts")
        kept = {str(name): str(value) for name, value in rows}
        address, key = kept.get("funnel address"), kept.get("funnel key")
        return Entered(address, key) if address and key else None

    def enter_module(self, entered: Entered | None) -> None:
        """Fill in the admin page of Funnel's module; None empties it."""
        with self._db:
            self._db.run("DELETE FROM simulator_facts WHERE name LIKE 'funnel %'")
            if entered is not None:
                facts = {"funnel address": entered.address, "funnel key": entered.key}
                self._db.run_many("INSERT INTO simulator_facts VALUES (?, ?)", list(facts.items()))
        self.hook.aim(entered)

    def module(self, name: str) -> Module:
        """A module's description. Raises KeyError."""
        return self._sugar.world.modules[name]

    # Records

    def create(
        self,
        module: str,
        values: Mapping[str, object] | None = None,
        /,
        *,
        record: str | None = None,
        by: str = ADMIN,
        **fields: object,
    ) -> str:
        """Create a record and answer its id; `email1`, `email2` and the flags are kept.

        Raises `sqlite3.IntegrityError` where the id `record` is taken.
        """
        texts = _texts({**(values or {}), **fields})
        with self._db:
            target = self._sugar.world.modules[module]
            plain = {key: value for key, value in texts.items() if key not in _EMAIL_FIELDS}
            made = self._sugar.records.create(target, plain, by=by, record=record)
            self._emails(module, made, texts)
        self.hook.changed(module, made, "saved", by)
        return made

    def update(
        self,
        module: str,
        record: str,
        values: Mapping[str, object] | None = None,
        /,
        *,
        by: str = ADMIN,
        touch: bool = True,
        **fields: object,
    ) -> bool:
        """Change a live record. `touch=False` leaves `date_modified` where it is."""
        texts = _texts({**(values or {}), **fields})
        with self._db:
            target = self._sugar.world.modules[module]
            plain = {key: value for key, value in texts.items() if key not in _EMAIL_FIELDS}
            changed = self._sugar.records.update(target, record, plain, by=by, touch=touch)
            if changed:
                self._emails(module, record, texts)
        if changed:
            self.hook.changed(module, record, "saved", by)
        return changed

    def delete(self, module: str, record: str, *, by: str = ADMIN) -> bool:
        """Delete a record, as a person does: it stays in the table, marked."""
        with self._db:
            target = self._sugar.world.modules[module]
            changed = self._sugar.records.delete(target, record, by=by)
        if changed:
            self.hook.changed(module, record, "deleted", by)
        return changed

    def restore(self, module: str, record: str, *, touch: bool = True) -> bool:
        """Bring a deleted record back."""
        with self._db:
            target = self._sugar.world.modules[module]
            changed = self._sugar.records.restore(target, record, touch=touch)
        if changed:
            self.hook.changed(module, record, "restored", ADMIN)
        return changed

    def prune(self, module: str, record: str) -> None:
        """Remove a deleted record for good, as the nightly prune does: no trace is left."""
        target = self._sugar.world.modules[module]
        with self._db:
            self._db.run(f"DELETE FROM {target.table} WHERE id = ?", (record,))
            if target.custom:
                self._db.run(f"DELETE FROM {target.custom_table} WHERE id_c = ?", (record,))

    def get(self, module: str, record: str) -> dict[str, str] | None:
        """A live record as lists tell it: field -> text; None where there is none."""
        target = self._sugar.world.modules[module]
        with self._db:
            found = self._sugar.lists.records(target, [record], target.fields, padded=False)
        row = found.get(record.upper())
        names = [field.name for field in target.fields]
        return dict(zip(names, row[1:], strict=True)) if row else None

    def ids(self, module: str, *, deleted: int = 0) -> list[str]:
        """The ids of a module: 0 live, 1 deleted, -1 all; sorted."""
        scope = {0: "WHERE COALESCE(deleted, 0) = 0", 1: "WHERE deleted = 1", -1: ""}[deleted]
        table = self._sugar.world.modules[module].table
        with self._db:
            return sorted(str(row[0]) for row in self._db.rows(f"SELECT id FROM {table} {scope}"))

    def search(
        self, module: str, words: str = "", *, limit: int = 50, offset: int = 0
    ) -> tuple[int, list[dict[str, str]]]:
        """Live records whose name or address holds `words`, newest first; and how many."""
        target = self._sugar.world.modules[module]
        name = "last_name" if target.person else "name"
        quoted = words.replace("\\", "\\\\").replace("'", "''").replace("%", "\\%")
        query = f"{target.table}.{name} LIKE '%{quoted}%'" if quoted else ""
        if quoted and target.person:
            query += f" OR {target.table}.first_name LIKE '%{quoted}%'"
        if quoted and target.has_email:
            query += (
                f" OR {target.table}.id IN (SELECT r.bean_id FROM email_addr_bean_rel r"
                " JOIN email_addresses a ON a.id = r.email_address_id WHERE r.deleted = 0"
                f" AND a.email_address_caps LIKE '%{quoted.upper()}%')"
            )
        asked = Listing(
            target, query=query, order_by="date_modified desc, id", limit=limit, offset=offset
        )
        with self._db:
            rows = self._sugar.lists.page(asked, target.fields, padded=False)
            total = self._sugar.lists.count(asked)
        names = [field.name for field in target.fields]
        return total, [dict(zip(names, row[1:], strict=True)) for row in rows]

    # What sales does

    def convert_lead(self, lead: str, *, opportunity: str = "", by: str = ADMIN) -> dict[str, str]:
        """Convert a lead: a contact, its account, and an opportunity if one is named.

        The lead stays, with status Converted and the new ids. Answers the ids by module.
        Raises KeyError where there is no such lead.
        """
        with self._db:
            return convert_lead(self, lead, opportunity, by)

    def merge(self, module: str, kept: str, *merged: str, by: str = ADMIN) -> None:
        """Merge duplicates into `kept`: their links and addresses move, they are deleted."""
        with self._db:
            merge(self, self._sugar.world.modules[module], kept, merged, by)

    def hire(
        self, user_name: str, *, admin: bool = False, password: str = "", **values: object
    ) -> str:
        """A new user; the password is the user name unless given."""
        with self._db:
            values = {"last_name": user_name, "status": "Active", **values}
            user = self.create("Users", values, user_name=user_name, is_admin=admin)
            self._sugar.users.set_password(user, password or user_name)
        return user

    def set_password(self, user: str, password: str) -> None:
        """Give a user another password."""
        with self._db:
            self._sugar.users.set_password(user, password)

    def set_active(self, user: str, active: bool) -> None:
        """Deactivate a user, or bring one back."""
        self.update("Users", user, status="Active" if active else "Inactive")

    # Time

    def back_date(self, module: str, record: str, moment: datetime | str | None) -> None:
        """Set `date_modified` itself, as an import does; None makes it null."""
        text = as_sugar(moment) if isinstance(moment, datetime) else moment
        table = self._sugar.world.modules[module].table
        with self._db:
            self._db.run(f"UPDATE {table} SET date_modified = ? WHERE id = ?", (text, record))

    @contextmanager
    def at(self, moment: datetime) -> Iterator[None]:
        """Do something at another time: the clock stands at `moment` meanwhile."""
        clock = self._sugar.world.clock
        before = clock.fixed
        clock.fix(moment)
        try:
            yield
        finally:
            clock.fix(before)

    def advance(self, seconds: float) -> None:
        """Let time pass."""
        self._sugar.world.clock.advance(timedelta(seconds=seconds).total_seconds())

    # Links, which never move `date_modified`

    def link(self, module: str, record: str, link: str, other: str) -> None:
        """Make a link in a subpanel."""
        target = self._sugar.world.modules[module]
        with self._db:
            self._sugar.relations.add(target, record, target.link_by_name[link], other)

    def unlink(self, module: str, record: str, link: str, other: str) -> None:
        """Remove a link in a subpanel."""
        target = self._sugar.world.modules[module]
        with self._db:
            self._sugar.relations.remove(target, record, target.link_by_name[link], other)

    def linked(self, module: str, record: str, link: str) -> list[str]:
        """The ids linked to a record, sorted; whether or not those records are live."""
        target = self._sugar.world.modules[module]
        with self._db:
            return sorted(self._sugar.relations.others(target, record, target.link_by_name[link]))

    # Addresses, which do not move the record's `date_modified` either

    def set_email(self, module: str, record: str, email: str) -> None:
        """Make `email` the primary address in place of the present one; "" takes it away."""
        with self._db:
            self._sugar.emails.replace_primary(module, record, email)

    def add_email(self, module: str, record: str, email: str, *, primary: bool = False) -> None:
        """Give a record another address."""
        with self._db:
            self._sugar.emails.link(module, record, email, primary=primary)

    def remove_email(self, module: str, record: str, email: str) -> None:
        """Take an address from a record."""
        with self._db:
            self._sugar.emails.unlink(module, record, email)

    def emails(self, module: str, record: str) -> list[Address]:
        """A record's addresses, the primary one first."""
        with self._db:
            return self._sugar.emails.of(module, record)

    def flag_email(
        self, email: str, *, opt_out: bool | None = None, invalid: bool | None = None
    ) -> None:
        """Set the flags of an address, for all who have it."""
        with self._db:
            address = self._sugar.emails.address_id(email)
            self._sugar.emails.flag(address, opt_out=opt_out, invalid=invalid)

    def _emails(self, module: str, record: str, texts: dict[str, str | None]) -> None:
        emails = self._sugar.emails
        if texts.get("email1") is not None:
            emails.replace_primary(module, record, texts["email1"] or "")
        if texts.get("email2"):
            emails.link(module, record, texts["email2"] or "", primary=False)
        flags = {name: texts.get(name) for name in ("email_opt_out", "invalid_email")}
        for address in emails.of(module, record)[:1]:
            opt_out, invalid = (None if value is None else value == "1" for value in flags.values())
            emails.flag(address.id, opt_out=opt_out, invalid=invalid)


def _texts(values: dict[str, object]) -> dict[str, str | None]:
    """Python values as Sugar's forms send them."""

    def told(value: object) -> str | None:
        if value is None or isinstance(value, str):
            return value
        if isinstance(value, bool):
            return str(int(value))
        return as_sugar(value) if isinstance(value, datetime) else str(value)

    return {name: told(value) for name, value in values.items()}
