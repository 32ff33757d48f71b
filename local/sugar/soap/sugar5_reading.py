"""Reading records over `soap.php`."""

from collections.abc import Sequence
from dataclasses import replace

from local.sugar.soap.context import Caller
from local.sugar.soap.errors import SugarFault, no_access
from local.sugar.soap.reading import chosen, in_list_order, listing, owns
from local.sugar.soap.reply import array, entries, entry, number, struct
from local.sugar.soap.request import Call
from local.sugar.soap.sugar5_common import all_well, crashed, error_struct, field_items, user_of
from local.sugar.store.currencies import base_row
from local.sugar.store.guard import QueryBroken, QueryRefused
from local.sugar.store.listing import Listing


def _listerror_struct(error: SugarFault, entry_list: str) -> str:
    return struct(
        "return",
        "get_entry_list_result",
        number("result_count", -1),
        entry_list,
        error_struct(error),
    )


def get_entry_list(caller: Caller, call: Call) -> str:
    """One page of a list, with all fields described along with it."""
    none = array("entry_list", "tns:entry_value", [])
    try:
        user = user_of(caller, call)
        module = caller.module(user, call.text("module_name"), "list", "export")
    except SugarFault as error:
        return _listerror_struct(error, none)
    fields = in_list_order(chosen(caller, module, [], old=True))
    wanted = set(call.strings("select_fields"))
    told = [field for field in fields if not wanted or field.name in wanted]
    asked = listing(caller, user, module, call)
    try:
        rows = caller.sugar.lists.page(
            replace(asked, subselects=False, ambiguous=False), told, padded=False
        )
    except QueryRefused:
        return _listerror_struct(no_access(), "")
    except QueryBroken as error:
        raise crashed(caller) from error
    described = field_items(caller, chosen(caller, module, [], old=True)) if rows else []
    return struct(
        "return",
        "get_entry_list_result",
        number("result_count", len(rows)),
        number("next_offset", max(asked.offset, 0) + len(rows)),
        array("field_list", "tns:field", described),
        array(
            "entry_list",
            "tns:entry_value",
            entries(module.name, [field.name for field in told], rows),
        ),
        all_well(),
    )


def _entries(caller: Caller, call: Call, ids: Sequence[str]) -> str:
    try:
        user = user_of(caller, call)
        module = caller.module(user, call.text("module_name"), "view")
    except SugarFault as error:
        return _entries_result([], [], error_struct(error))
    wanted = set(call.strings("select_fields"))
    fields = chosen(caller, module, [], old=True)
    told = [field for field in fields if not wanted or field.name in wanted]
    found = caller.sugar.lists.records(module, ids, told, padded=False)
    items = []
    for record in ids:
        row = found.get(record.upper()) or base_row(module, told)
        if row is None:
            items.append(entry(record, module.name, [("deleted", "1")]))
        elif user.only_own(module, "view") and not owns(caller, user, module, record):
            return _entries_result([], [], error_struct(no_access()))
        else:
            items += entries(module.name, [field.name for field in told], [row])
    return _entries_result(field_items(caller, fields) if found else [], items, all_well())


def _entries_result(described: list[str], items: list[str], error: str) -> str:
    return struct(
        "return",
        "get_entry_result",
        array("field_list", "tns:field", described),
        array("entry_list", "tns:entry_value", items),
        error,
    )


def get_entry(caller: Caller, call: Call) -> str:
    """One record by id; a missing or deleted one is only `deleted`."""
    return _entries(caller, call, [call.text("id")])


def get_entries(caller: Caller, call: Call) -> str:
    """Records by id."""
    return _entries(caller, call, call.strings("ids"))


def get_entries_count(caller: Caller, call: Call) -> str:
    """How many records a list has."""
    try:
        user = user_of(caller, call)
        module = caller.module(user, call.text("module_name"), "list")
        deleted = 0 if call.whole("deleted") == 0 else -1
        owner = user.id if user.only_own(module, "list") else None
        asked = Listing(module, call.text("query"), deleted=deleted, owner=owner, subselects=False)
        counted, error = caller.sugar.lists.count(asked), all_well()
    except SugarFault as fault:
        counted, error = -1, error_struct(fault)
    except QueryRefused:
        counted, error = -1, error_struct(no_access())
    except QueryBroken as broken:
        raise crashed(caller) from broken
    return struct("return", "get_entries_count_result", number("result_count", counted), error)
