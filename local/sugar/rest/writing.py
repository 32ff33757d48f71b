"""Creating records over REST: an id in the body is kept, one that is taken is refused [doc]."""

import sqlite3
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from local.sugar.clock import as_sugar
from local.sugar.rest.errors import invalid_parameter
from local.sugar.schema.modules import Module
from local.sugar.soap.context import Sugar
from local.sugar.store.users import User


def stored(value: object) -> str | None:
    """A value of JSON as lists of fields have it."""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, list):
        return ",".join(f"^{one}^" for one in value)
    return None if value is None else str(value)


def create(sugar: Sugar, user: User, module: Module, told: Mapping[str, Any]) -> str:
    """Insert a record; its id. Raises `RestError` where the id is taken or a value cannot be."""
    values = {
        name: _typed(module, name, value)
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


def _typed(module: Module, name: str, value: object) -> str | None:
    text = stored(value)
    if text and module.by_name[name].type == "datetime":
        try:
            return as_sugar(datetime.fromisoformat(text))
        except ValueError:
            raise invalid_parameter(f"Invalid date {text}") from None
    return text
