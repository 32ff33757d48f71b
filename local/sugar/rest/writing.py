"""Creating records over REST: an id in the body is kept, one that is taken is refused [doc]."""

import sqlite3
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from local.sugar.clock import as_sugar
from local.sugar.rest.errors import invalid_parameter
from local.sugar.schema.modules import Module
from local.sugar.soap.context import Sugar
from local.sugar.store.users import User


def stored(module: Module, name: str, value: object) -> str | None:
    """A value of JSON as lists of fields have it; a time comes with its offset from UTC."""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, list):
        return ",".join(f"^{one}^" for one in value)
    if value is None:
        return None
    field = module.by_name.get(name)
    if value and field is not None and field.type == "datetime":
        try:
            return as_sugar(datetime.fromisoformat(str(value)).astimezone(UTC))
        except ValueError:
            raise invalid_parameter("Invalid date or time.") from None
    return str(value)


def create(sugar: Sugar, user: User, module: Module, told: Mapping[str, Any]) -> str:
    """Insert a record; its id. Raises `RestError` where the id is taken or a value cannot be."""
    values = {
        name: stored(module, name, value)
        for name, value in told.items()
        if name in module.by_name and name not in ("id", "email")
    }
    try:
        made = sugar.records.create(module, values, by=user.id, record=told.get("id") or None)
    except sqlite3.IntegrityError:
        raise invalid_parameter("A record with this id exists already.") from None
    if module.has_email:
        for one in told.get("email") or ():
            primary = bool(one.get("primary_address"))
            sugar.emails.link(module.name, made, str(one["email_address"]), primary=primary)
    return made
