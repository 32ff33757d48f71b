"""Methods that read records."""

from collections.abc import Sequence

from local.sugar.schema.field import Field
from local.sugar.schema.modules import Module
from local.sugar.soap.context import Caller
from local.sugar.soap.errors import died, no_access
from local.sugar.soap.linked import linked_lists
from local.sugar.soap.reply import array, entries, entry, number, struct
from local.sugar.soap.request import Call
from local.sugar.store.currencies import base_row
from local.sugar.store.guard import QueryBroken, QueryRefused
from local.sugar.store.listing import Listing
from local.sugar.store.users import User

_GONE = "Access to this object is denied since it has been deleted or does not exist"
#: The server's own page size.
DEFAULT_LIMIT = 20
#: Computed from other tables: lists tell them before the record's own fields.
_FIRST = ("assigned_user_name", "modified_by_name", "created_by_name")


def chosen(caller: Caller, module: Module, names: Sequence[str], *, old: bool) -> list[Field]:
    """The fields to answer, in the order asked for; unknown names are dropped silently."""
    known = {
        field.name: field for field in caller.sugar.fields(module) if not (old and field.modern)
    }
    return [known[name] for name in dict.fromkeys(names or known) if name in known]


def in_list_order(fields: Sequence[Field]) -> list[Field]:
    """How lists order fields: the names of users first."""
    first = {field.name: field for field in fields if field.name in _FIRST}
    rest = [field for field in fields if field.name not in _FIRST]
    return [first[name] for name in _FIRST if name in first] + rest


def database_failure(caller: Caller) -> str:
    """What a crash of the database says."""
    log = caller.sugar.world.settings.log_name
    return f"Database failure. Please refer to {log} for details."


def deleted_scope(caller: Caller, deleted: int) -> int:
    """The `deleted` argument as `Listing` takes it: 0 live, 1 deleted, -1 both."""
    if caller.dialect.both_is_one:
        return 0 if deleted == 0 else -1
    return deleted if deleted in (0, 1) else -1


def listing(caller: Caller, user: User, module: Module, call: Call) -> Listing:
    """What a list call asks for."""
    limit = call.whole("max_results")
    offset = call.whole("offset")
    return Listing(
        module,
        query=call.text("query"),
        order_by=call.text("order_by"),
        offset=offset,
        limit=limit if limit > 0 else DEFAULT_LIMIT,
        deleted=deleted_scope(caller, call.whole("deleted")),
        ordered=caller.dialect.ordered,
        ambiguous=caller.dialect.ambiguous and module.table != "email_addresses",
        owner=user.id if user.only_own(module, "list") else None,
    )


def get_entry_list(caller: Caller, call: Call) -> str:
    """One page of a list. Raises faults 11, 20, 40 and -1."""
    user = caller.user(call.text("session"))
    actions = ("list", "export") if caller.dialect.export_blocks_lists else ("list",)
    module = caller.module(user, call.text("module_name"), *actions)
    asked = listing(caller, user, module, call)
    old = not caller.dialect.all_fields
    try:
        fields = in_list_order(chosen(caller, module, call.strings("select_fields"), old=old))
        rows = caller.sugar.lists.page(asked, fields)
        total = caller.sugar.lists.count(asked) if caller.dialect.total_count else 0
    except QueryRefused as error:
        raise no_access() from error
    except QueryBroken as error:
        raise died(database_failure(caller)) from error
    except TypeError as error:
        raise died() from error
    names = [field.name for field in fields]
    ids = [row[0] for row in rows]
    offset = 0 if asked.offset == -1 else asked.offset
    return struct(
        "return",
        "get_entry_list_result_version2",
        number("result_count", len(rows)),
        number("total_count", total) if caller.dialect.total_count else "",
        number("next_offset", offset + len(rows)),
        array("entry_list", "tns:entry_value", entries(module.name, names, rows)),
        linked_lists(caller, module, ids, call.links("link_name_to_fields_array")),
    )


def _gone(record: str, module: Module) -> str:
    return entry(record, module.name, [("warning", _GONE), ("deleted", "1")])


def _single(caller: Caller, call: Call, ids: Sequence[str]) -> str:
    user = caller.user(call.text("session"))
    module = caller.module(user, call.text("module_name"), "view")
    try:
        fields = chosen(caller, module, call.strings("select_fields"), old=False)
    except TypeError as error:
        raise died() from error
    found = caller.sugar.lists.records(module, ids, fields)
    items, there = [], []
    for record in ids:
        row = found.get(record.upper()) or base_row(module, fields)
        if row is None:
            items.append(_gone(record, module))
            continue
        if user.only_own(module, "view") and not owns(caller, user, module, record):
            raise no_access()
        items += entries(module.name, [field.name for field in fields], [row])
        there.append(row[0])
    links = call.links("link_name_to_fields_array")
    return struct(
        "return",
        "get_entry_result_version2",
        array("entry_list", "tns:entry_value", items),
        linked_lists(caller, module, there, links, single=True),
    )


def owns(caller: Caller, user: User, module: Module, record: str) -> bool:
    """Whether a record is assigned to the user."""
    values = caller.sugar.records.values(module, record) or {}
    return values.get("assigned_user_id") == user.id


def get_entry(caller: Caller, call: Call) -> str:
    """One record by id; a missing one and a deleted one look the same."""
    return _single(caller, call, [call.text("id")])


def get_entries(caller: Caller, call: Call) -> str:
    """Records by id."""
    return _single(caller, call, call.strings("ids"))


def get_entries_count(caller: Caller, call: Call) -> str:
    """How many records a list has; null where the database cannot make sense of the query."""
    user = caller.user(call.text("session"))
    module = caller.module(user, call.text("module_name"), "list")
    deleted = call.whole("deleted")
    asked = Listing(
        module,
        query=call.text("query"),
        deleted=0 if deleted == 0 else -1,
        owner=user.id if user.only_own(module, "list") else None,
    )
    try:
        count: int | None = caller.sugar.lists.count(asked)
    except QueryRefused as error:
        raise no_access() from error
    except QueryBroken:
        count = None
    return struct("return", "get_entries_count_result", number("result_count", count))
