"""Methods about links between records."""

from local.sugar.schema.links import Link
from local.sugar.schema.modules import Module
from local.sugar.soap.context import Caller
from local.sugar.soap.errors import died, no_access
from local.sugar.soap.linked import linked_lists
from local.sugar.soap.reading import chosen, database_failure
from local.sugar.soap.reply import array, entries, number, struct, text
from local.sugar.soap.request import Call
from local.sugar.store.guard import QueryBroken, QueryRefused
from local.sugar.store.listing import Listing

_EVERYTHING = 1_000_000_000


def _relate(caller: Caller, names: tuple[str, str, str], ids: list[str], delete: bool) -> str:
    """Make or remove links: `created`, `deleted` or `failed`, whatever really happened.

    Neither the records nor their parent have to be there.
    """
    module_name, record, link_name = names
    module = caller.sugar.world.modules.get(module_name)
    link = module.link_by_name.get(link_name) if module else None
    if module is None or link is None or module_name in caller.sugar.missing_modules:
        return "failed"
    relations = caller.sugar.relations
    with caller.sugar.world.database:
        for other in ids:
            (relations.remove if delete else relations.add)(module, record, link, other)
    return "deleted" if delete else "created"


def _result(outcomes: list[str]) -> str:
    counts = [number(kind, outcomes.count(kind)) for kind in ("created", "failed", "deleted")]
    return struct("return", "new_set_relationship_list_result", *counts)


def set_relationship(caller: Caller, call: Call) -> str:
    """Link one record to others, or take the links away."""
    caller.user(call.text("session"))
    names = (call.text("module_name"), call.text("module_id"), call.text("link_field_name"))
    outcome = _relate(caller, names, call.strings("related_ids"), call.whole("delete") == 1)
    return _result([outcome])


def set_relationships(caller: Caller, call: Call) -> str:
    """Several of the same at once."""
    caller.user(call.text("session"))
    modules, records = call.strings("module_names"), call.strings("module_ids")
    links = call.strings("link_field_names")
    related, delete = call.array("related_ids"), call.strings("delete_array")
    outcomes = []
    for place, names in enumerate(zip(modules, records, links, strict=False)):
        others = related[place] if place < len(related) else []
        ids = [str(one) for one in others] if isinstance(others, list) else []
        gone = place < len(delete) and delete[place] == "1"
        outcomes.append(_relate(caller, names, ids, gone))
    return _result(outcomes)


def _related(caller: Caller, call: Call, module: Module, link: Link) -> Listing | None:
    """The linked live records as a list; None where the link never leads anywhere.

    `deleted` is taken and ignored: deleted records were never seen in an answer.
    """
    record = call.text("module_id")
    relations = caller.sugar.relations
    if link.kind == "none":
        return None
    if link.kind == "parent":
        ids = relations.others(module, record, link)
        sql, values = "SELECT ?", list[object](ids or [""])
    else:
        sql, values = relations.subquery(link, record)
    pages = caller.dialect.pages_relationships
    limit = call.whole("limit") if pages else 0
    return Listing(
        caller.sugar.world.modules[link.module],
        query=call.text("related_module_query"),
        order_by=call.text("order_by") if pages else "id",
        offset=call.whole("offset") if pages else 0,
        limit=limit if limit > 0 else _EVERYTHING,
        ids_sql=sql,
        ids_values=tuple(values),
    )


def _relationships(names: list[str], rows: list[tuple[str, ...]], module: str, links: str) -> str:
    items = entries(module, names, rows)
    return struct(
        "return",
        "get_entry_result_version2",
        array("entry_list", "tns:entry_value", items),
        links,
    )


def get_relationships(caller: Caller, call: Call) -> str:
    """The records linked to one; an unknown link is an empty list."""
    user = caller.user(call.text("session"))
    module = caller.module(user, call.text("module_name"), "view")
    record = call.text("module_id")
    if not caller.sugar.records.live(module, record):
        if caller.dialect.missing_parent_dies:
            raise died()
        return _relationships([], [], "", linked_lists(caller, module, [], []))
    link = module.link_by_name.get(call.text("link_field_name"))
    asked = _related(caller, call, module, link) if link else None
    if link is None or asked is None:
        return _relationships([], [], "", linked_lists(caller, module, [], []))
    other = caller.module(user, link.module, "list")
    try:
        fields = chosen(caller, other, call.strings("related_fields"), old=False)
        rows = caller.sugar.lists.page(asked, fields)
        wanted = call.links("related_module_link_name_to_fields_array")
    except QueryRefused as error:
        raise no_access() from error
    except QueryBroken as error:
        raise died(database_failure(caller)) from error
    except TypeError as error:
        raise died() from error
    names = [field.name for field in fields]
    ids = [row[0] for row in rows]
    links = linked_lists(caller, other, ids, wanted, single=True)
    return _relationships(names, rows, other.name, links)


def get_modified_relationships(caller: Caller, call: Call) -> str:
    """Links of a user to contacts changed in a time; for all other links nothing, and no error."""
    user = caller.user(call.text("session"))
    items: list[str] = []
    if call.text("relationship_name") == "contacts_users":
        module = caller.module(user, "Contacts", "list")
        fields = [module.by_name[name] for name in ("id", "date_modified")]
        rows = caller.sugar.lists.page(
            Listing(
                module,
                order_by="date_modified desc",
                offset=call.whole("offset"),
                limit=call.whole("max_results") or _EVERYTHING,
                ids_sql="SELECT contact_id FROM contacts_users WHERE user_id = ? AND deleted = ?"
                " AND date_modified > ? AND date_modified <= ?",
                ids_values=(
                    call.text("module_user_id"), call.whole("deleted"), call.text("from_date"),
                    call.text("to_date"),
                ),
            ),
            fields,
        )  # fmt: skip
        listed = entries("contacts_users", ["id", "date_modified"], rows)
        items = [
            item.replace("tns:entry_value", "tns:modified_relationship_entry", 1) for item in listed
        ]
    return struct(
        "return",
        "modified_relationship_result",
        number("result_count", len(items)),
        number("next_offset", call.whole("offset") + len(items)),
        array("entry_list", "tns:modified_relationship_entry", items),
        struct(
            "error", "error_value",
            text("number", "0"), text("name", "No Error"), text("description", "No Error"),
        ),
    )  # fmt: skip
