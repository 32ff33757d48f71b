"""What all of `soap.php` shares: errors as structs, sessions, field descriptions."""

from collections.abc import Sequence

from local.sugar.schema.field import Field
from local.sugar.settings import Product
from local.sugar.soap.context import Caller
from local.sugar.soap.errors import PlainDeath, SugarFault, invalid_login, no_error
from local.sugar.soap.metadata import field_item
from local.sugar.soap.reading import database_failure
from local.sugar.soap.reply import struct, text
from local.sugar.soap.request import Call
from local.sugar.store.users import User


def error_struct(fault: SugarFault, tag: str = "error") -> str:
    """An error as every answer here carries one."""
    return struct(
        tag,
        "error_value",
        text("number", fault.number),
        text("name", fault.name),
        text("description", fault.description),
    )


def all_well(tag: str = "error") -> str:
    """The error struct that says there was none."""
    return error_struct(no_error(), tag)


def user_of(caller: Caller, call: Call) -> User:
    """The session's user; here most methods call a missing session a refused sign-in."""
    try:
        return caller.user(call.text("session"))
    except SugarFault as error:
        raise invalid_login() from error


def field_items(caller: Caller, fields: Sequence[Field]) -> list[str]:
    """Fields described, as every list here repeats them."""
    return [field_item(field, caller.dialect) for field in fields]


def crashed(caller: Caller) -> PlainDeath:
    """What a crash of the database looks like: plain text where XML is expected."""
    suite = caller.sugar.world.settings.product is Product.SUITECRM
    return PlainDeath(500 if suite else 200, database_failure(caller))
