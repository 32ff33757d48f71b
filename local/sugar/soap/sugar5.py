"""`soap.php`, the Sugar 5 endpoint: HTTP 200 always, an error struct in every answer."""

from collections.abc import Callable, Mapping

from local.sugar.settings import Product
from local.sugar.soap import sugar5_reading, sugar5_writing
from local.sugar.soap.context import Caller
from local.sugar.soap.errors import PlainDeath, SugarFault
from local.sugar.soap.metadata import visible_modules
from local.sugar.soap.reading import chosen
from local.sugar.soap.reply import array, number, strings, struct, text
from local.sugar.soap.request import Call
from local.sugar.soap.signin import authenticated
from local.sugar.soap.sugar5_common import all_well, error_struct, field_items

_UNLISTED = frozenset(("Home", "Calendar", "CustomFields"))


def _login(caller: Caller, call: Call) -> str:
    suite = caller.sugar.world.settings.product is Product.SUITECRM
    auth = call.arguments.get("user_auth")
    given = str(auth.get("password") or "") if isinstance(auth, dict) else ""
    try:
        user = authenticated(caller, call)
    except SugarFault as error:
        if suite and given and len(given) != 32:
            page = (
                "<!DOCTYPE html>\n<html lang='en_us'>\n<head><title>SuiteCRM</title></head></html>"
            )
            raise PlainDeath(200, page) from error
        return struct("return", "set_entry_result", text("id", "-1"), error_struct(error))
    session = caller.sugar.sessions.open(user.id, caller.address)
    return struct("return", "set_entry_result", text("id", session), all_well())


def _logout(caller: Caller, call: Call) -> str:
    try:
        caller.user(call.text("session"))
    except SugarFault:
        detail = "There is no error definition for no_session"
        gone = SugarFault("-1", "An Undefined Error - no_session occurred", detail)
        return error_struct(gone, "return")
    caller.sugar.sessions.close(call.text("session"))
    return all_well("return")


def _available_modules(caller: Caller, call: Call) -> str:
    try:
        user = caller.user(call.text("session"))
    except SugarFault as error:
        return struct("return", "module_list", strings("modules", []), error_struct(error))
    names = [one.name for one in visible_modules(caller, user) if one.name not in _UNLISTED]
    return struct("return", "module_list", strings("modules", names), all_well())


def _module_fields(caller: Caller, call: Call) -> str:
    try:
        user = caller.user(call.text("session"))
        module = caller.module(user, call.text("module_name"))
    except SugarFault as error:
        none = array("module_fields", "tns:field", [])
        return struct("return", "module_fields", none, error_struct(error))
    items = field_items(caller, chosen(caller, module, [], old=True))
    return struct(
        "return",
        "module_fields",
        text("module_name", module.name),
        array("module_fields", "tns:field", items),
        '<error xsi:type="tns:error_value"></error>',
    )


def _user_id(caller: Caller, call: Call) -> str:
    try:
        return text("return", caller.user(call.text("session")).id)
    except SugarFault:
        return text("return", "-1")


def _is_admin(caller: Caller, call: Call) -> str:
    try:
        admin = caller.user(call.text("session")).admin
    except SugarFault:
        return number("return", -1)
    return number("return", 1) if admin else '<return xsi:type="xsd:int"></return>'


def _team(_caller: Caller, _call: Call) -> str:
    return text("return", "1")


def _loopback(caller: Caller, _call: Call) -> str:
    return number("return", int(caller.address.startswith("127.")))


def _seamless_login(caller: Caller, call: Call) -> str:
    open_session = caller.sugar.sessions.user_of(call.text("session"), caller.address)
    return number("return", int(open_session is not None))


def _time(caller: Caller, _call: Call) -> str:
    return text("return", caller.sugar.world.clock.text())


def _edition(caller: Caller, _call: Call) -> str:
    return text("return", caller.sugar.world.settings.edition)


def _version(caller: Caller, _call: Call) -> str:
    return text("return", caller.sugar.world.settings.reported_version)


METHODS: Mapping[str, Callable[[Caller, Call], str]] = {
    "login": _login,
    "logout": _logout,
    "get_available_modules": _available_modules,
    "get_module_fields": _module_fields,
    "get_user_id": _user_id,
    "get_user_team_id": _team,
    "is_user_admin": _is_admin,
    "is_loopback": _loopback,
    "seamless_login": _seamless_login,
    "get_server_time": _time,
    "get_gmt_time": _time,
    "get_sugar_flavor": _edition,
    "get_server_version": _version,
    "get_entry_list": sugar5_reading.get_entry_list,
    "get_entry": sugar5_reading.get_entry,
    "get_entries": sugar5_reading.get_entries,
    "get_entries_count": sugar5_reading.get_entries_count,
    "set_entry": sugar5_writing.set_entry,
    "set_entries": sugar5_writing.set_entries,
    "get_relationships": sugar5_writing.get_relationships,
    "set_relationship": sugar5_writing.set_relationship,
    "set_relationships": sugar5_writing.set_relationships,
}
