"""Addresses: records of their own, shared between the people who have them."""

from dataclasses import dataclass

from local.sugar.store.values import kept_text, valid_email
from local.sugar.store.world import World

_LINKED = (
    "FROM email_addr_bean_rel r JOIN email_addresses a ON a.id = r.email_address_id"
    " WHERE r.bean_id = ? AND r.bean_module = ? AND r.deleted = 0 AND a.deleted = 0"
)


@dataclass(frozen=True, slots=True)
class Address:
    """One address of a record."""

    id: str
    email: str
    primary: bool
    opt_out: bool
    invalid: bool


class Emails:
    """Reads and changes the addresses of records."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._db = world.database

    def of(self, module: str, record: str) -> list[Address]:
        """A record's addresses, the primary one first."""
        rows = self._db.rows(
            f"SELECT a.id, a.email_address, r.primary_address, a.opt_out, a.invalid_email {_LINKED}"
            " ORDER BY r.primary_address DESC, r.date_created, r.rowid",
            (record, module),
        )
        return [Address(str(r[0]), str(r[1]), bool(r[2]), bool(r[3]), bool(r[4])) for r in rows]

    def address_id(self, email: str) -> str:
        """The id of an address, made if it is new."""
        email = kept_text(email.strip(), 255)
        found = self._db.value(
            "SELECT id FROM email_addresses WHERE email_address_caps = ? AND deleted = 0",
            (email.upper(),),
        )
        if found is not None:
            return str(found)
        made, now = self._world.new_id(), self._world.clock.text()
        self._db.insert(
            "email_addresses",
            {
                "id": made, "email_address": email, "email_address_caps": email.upper(),
                "invalid_email": 0, "opt_out": 0, "date_created": now, "date_modified": now,
                "deleted": 0,
            },
        )  # fmt: skip
        return made

    def link(self, module: str, record: str, email: str, *, primary: bool) -> bool:
        """Give a record an address. An invalid one is dropped: answers False."""
        if not valid_email(email):
            return False
        if primary:
            self._demote(module, record)
        now = self._world.clock.text()
        address = self.address_id(email)
        again = self._db.run(
            "UPDATE email_addr_bean_rel SET primary_address = ?, deleted = 0, date_modified = ?"
            " WHERE bean_id = ? AND bean_module = ? AND email_address_id = ?",
            (int(primary), now, record, module, address),
        )
        if not again:
            self._db.insert(
                "email_addr_bean_rel",
                {
                    "id": self._world.new_id(), "email_address_id": address, "bean_id": record,
                    "bean_module": module, "primary_address": int(primary), "date_created": now,
                    "date_modified": now, "deleted": 0,
                },
            )  # fmt: skip
        return True

    def unlink(self, module: str, record: str, email: str | None = None) -> None:
        """Soft-delete a record's link to one address, or to all."""
        now = self._world.clock.text()
        sql = (
            "UPDATE email_addr_bean_rel SET deleted = 1, date_modified = ?"
            " WHERE bean_id = ? AND bean_module = ? AND deleted = 0"
        )
        values: list[object] = [now, record, module]
        if email is not None:
            sql += (
                " AND email_address_id IN"
                " (SELECT id FROM email_addresses WHERE email_address_caps = ?)"
            )
            values.append(email.strip().upper())
        self._db.run(sql, values)

    def replace_primary(self, module: str, record: str, email: str) -> None:
        """Make `email` the primary address in place of the present one; empty takes it away."""
        for address in self.of(module, record):
            if address.primary and address.email.upper() != email.strip().upper():
                self.unlink(module, record, address.email)
        if email.strip():
            self.link(module, record, email, primary=True)

    def flag(
        self, address: str, *, opt_out: bool | None = None, invalid: bool | None = None
    ) -> None:
        """Set the flags of an address, for all who have it."""
        now = self._world.clock.text()
        for column, wanted in (("opt_out", opt_out), ("invalid_email", invalid)):
            if wanted is not None:
                self._db.run(
                    f"UPDATE email_addresses SET {column} = ?, date_modified = ? WHERE id = ?",
                    (int(wanted), now, address),
                )

    def _demote(self, module: str, record: str) -> None:
        self._db.run(
            "UPDATE email_addr_bean_rel SET primary_address = 0"
            " WHERE bean_id = ? AND bean_module = ? AND deleted = 0",
            (record, module),
        )
