"""Methods that describe: server, modules, fields."""

import hashlib

from local.sugar.schema.field import Field
from local.sugar.schema.modules import Module, tabs_of
from local.sugar.schema.options import OPTIONS
from local.sugar.soap.context import Caller
from local.sugar.soap.dialects import Dialect
from local.sugar.soap.reply import array, name_values, number, strings, struct, text
from local.sugar.soap.request import Call
from local.sugar.store.users import ACTIONS, User

#: Modules the server has no name for.
_UNLABELLED = frozenset(("CustomFields", "EAPM"))


def get_server_info(caller: Caller, _call: Call) -> str:
    """Edition, version and time."""
    settings = caller.sugar.world.settings
    return struct(
        "return",
        "get_server_info_result",
        text("flavor", settings.edition),
        text("version", settings.reported_version),
        text("gmt_time", caller.sugar.world.clock.text()),
    )


def options_of(field: Field, dialect: Dialect) -> tuple[str, ...]:
    """The options a field is described with."""
    if field.type == "bool":
        return OPTIONS["flags"] if dialect.flag_options else ()
    return OPTIONS["ranges"] if field.ranged else OPTIONS.get(field.options, ())


def field_item(field: Field, dialect: Dialect) -> str:
    """One field's description."""
    group = text("group", field.group) if dialect.grouped_fields else ""
    default = "" if field.default is None else text("default_value", field.default)
    return struct(
        "item",
        "field",
        text("name", field.name),
        text("type", field.type),
        group,
        text("label", field.label),
        number("required", int(field.required)),
        name_values("options", [(key, key) for key in options_of(field, dialect)]),
        default,
    )


def _link_items(module: Module, wanted: set[str]) -> list[str]:
    return [
        struct(
            "item",
            "link_field",
            text("name", link.name),
            text("type", "link"),
            text("relationship", link.relationship),
            text("module", link.told_module),
            text("bean_name", link.told_bean),
        )
        for link in module.links
        if not wanted or link.name in wanted
    ]


def get_module_fields(caller: Caller, call: Call) -> str:
    """The fields and links of a module, all or some."""
    user = caller.user(call.text("session"))
    module = caller.module(user, call.text("module_name"))
    wanted = set(call.strings("fields"))
    fields = [field for field in caller.sugar.fields(module) if not wanted or field.name in wanted]
    links = _link_items(module, wanted) if caller.dialect.link_fields else []
    table = text("table_name", module.table) if caller.dialect.table_names else ""
    items = [field_item(field, caller.dialect) for field in fields]
    return struct(
        "return",
        "new_module_fields",
        text("module_name", module.name),
        table,
        array("module_fields", "tns:field", items),
        array("link_fields", "tns:link_field", links),
    )


def get_module_fields_md5(caller: Caller, call: Call) -> str:
    """A digest of each module's field list, which changes when the list does."""
    user = caller.user(call.text("session"))
    digests = []
    for name in call.strings("module_names"):
        module = caller.module(user, name)
        listed = "".join(field_item(one, caller.dialect) for one in caller.sugar.fields(module))
        digests.append(hashlib.md5(listed.encode()).hexdigest())  # noqa: S324 - a digest only
    return strings("return", digests)


def visible_modules(caller: Caller, user: User) -> list[Module]:
    """The modules that are there for a user."""
    sugar = caller.sugar
    return [
        module
        for name, module in sugar.world.modules.items()
        if name not in sugar.missing_modules and user.sees(module)
    ]


def _acl_item(user: User, module: Module, action: str) -> str:
    allowed = user.admin or (module.controlled and user.may(module, action))
    access = text("access", "1" if allowed else "")
    return struct("item", "acl_list_entry", text("action", action), access)


def get_available_modules(caller: Caller, call: Call) -> str:
    """The modules of the user, newer endpoints with what the user may do in each."""
    user = caller.user(call.text("session"))
    tabs = tabs_of(caller.sugar.world.settings)
    modules = visible_modules(caller, user)
    if call.text("filter") == "default":
        modules = [module for module in modules if module.name in tabs]
    if not caller.dialect.module_acls:
        return struct("return", "module_list", strings("modules", [one.name for one in modules]))
    favorite = (
        text("favorite_enabled", "false", "xsd:boolean") if caller.dialect.table_names else ""
    )
    items = [
        struct(
            "item",
            "module_list_entry",
            text("module_key", module.name),
            text("module_label", "" if module.name in _UNLABELLED else module.name),
            favorite,
            array("acls", "tns:acl_list_entry", [_acl_item(user, module, a) for a in ACTIONS]),
        )
        for module in modules
    ]
    return struct("return", "module_list", array("modules", "tns:module_list_entry", items))
