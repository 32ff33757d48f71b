"""Records as JSON: the fields asked for, and those that always come."""

from collections.abc import Sequence
from datetime import timedelta, timezone

from local.sugar.clock import from_sugar
from local.sugar.schema.field import Field
from local.sugar.schema.modules import Module
from local.sugar.soap.context import Sugar

_ALWAYS = ("id", "date_modified")
#: Times come in the user's time zone.
_ZONE = timezone(timedelta(hours=-4))
_EMAIL = "email"


def fields_of(sugar: Sugar, module: Module, wanted: Sequence[str]) -> list[Field]:
    """The fields to read; unknown names are dropped, none asked for are all."""
    known = {field.name: field for field in sugar.fields(module)}
    names = (*_ALWAYS, *(wanted or known))
    return [known[name] for name in dict.fromkeys(names) if name in known and name != _EMAIL]


def record(
    sugar: Sugar, module: Module, fields: Sequence[Field], row: Sequence[str], *, email: bool
) -> dict[str, object]:
    """One record; `row` is its id and the texts of `fields`."""
    told: dict[str, object] = {
        field.name: _value(field, text) for field, text in zip(fields, row[1:], strict=True)
    }
    if email and module.has_email:
        told[_EMAIL] = [
            {
                "email_address": one.email,
                "email_address_id": one.id,
                "primary_address": one.primary,
                "reply_to_address": False,
                "opt_out": one.opt_out,
                "invalid_email": one.invalid,
            }
            for one in sugar.emails.of(module.name, row[0])
        ]
    return {**told, "_acl": {"fields": {}}, "_module": module.name}


def wants_email(wanted: Sequence[str]) -> bool:
    """Whether the addresses are asked for."""
    return not wanted or _EMAIL in wanted


def _value(field: Field, text: str) -> object:
    match field.type:
        case "bool":
            return text == "1"
        case "int":
            return int(text) if text else None
        case "datetime":
            return from_sugar(text).astimezone(_ZONE).isoformat() if text else ""
        case "multienum":
            return [one.strip("^") for one in text.split(",")] if text else []
    return text
