"""Writing and linking over `soap.php`.

Leads and Contacts cannot be put on a Target List here: the server dies without a word.
"""

from local.sugar.schema.links import Link
from local.sugar.schema.modules import Module
from local.sugar.soap.context import Caller
from local.sugar.soap.errors import PlainDeath, SugarFault, no_access
from local.sugar.soap.reply import array, number, strings, struct, text
from local.sugar.soap.request import Call, pairs
from local.sugar.soap.sugar5_common import all_well, crashed, error_struct, user_of
from local.sugar.soap.writing import may_save, save, save_all
from local.sugar.store.listing import Listing

#: The links this endpoint knows, by the two modules they join.
_LINKED = {
    ("ProspectLists", "Prospects"): "prospects",
    ("Accounts", "Contacts"): "contacts",
    ("Accounts", "Opportunities"): "opportunities",
    ("Contacts", "Accounts"): "accounts",
    ("Contacts", "Opportunities"): "opportunities",
    ("Opportunities", "Accounts"): "accounts",
    ("Opportunities", "Contacts"): "contacts",
}


def _result(record: str, error: str) -> str:
    return struct("return", "set_entry_result", text("id", record), error)


def set_entry(caller: Caller, call: Call) -> str:
    """Create or change one record; an unknown id is error 40."""
    try:
        user = user_of(caller, call)
        module = caller.module(user, call.text("module_name"), "edit")
        values = pairs(call.arguments.get("name_value_list"))
        record = values.get("id")
        fresh = not record or values.get("new_with_id") == "1"
        if not fresh and not caller.sugar.records.live(module, record or ""):
            raise no_access()
        if not may_save(caller, user, module, values):
            raise no_access()
    except SugarFault as error:
        return _result("-1", error_struct(error))
    try:
        return _result(save(caller, user, module, values), all_well())
    except SugarFault as error:
        raise crashed(caller) from error


def set_entries(caller: Caller, call: Call) -> str:
    """Create or change many records."""
    try:
        user = user_of(caller, call)
        module = caller.module(user, call.text("module_name"), "edit")
        ids, error = save_all(caller, user, module, call.array("name_value_lists")), all_well()
    except SugarFault as fault:
        ids, error = [], error_struct(fault)
    return struct("return", "set_entries_result", strings("ids", ids), error)


def _link(caller: Caller, first: str, second: str) -> tuple[Module, Link | None]:
    module, other = caller.sugar.module(first), caller.sugar.module(second)
    name = _LINKED.get((module.name, other.name))
    return module, module.link_by_name[name] if name else None


def get_relationships(caller: Caller, call: Call) -> str:
    """Ids, dates and deletion of the records of another module linked to one."""
    items: list[str] = []
    try:
        user_of(caller, call)
        _, link = _link(caller, call.text("module_name"), call.text("related_module"))
        error = all_well()
        if link:
            sql, values = caller.sugar.relations.subquery(link, call.text("module_id"))
            other = caller.sugar.world.modules[link.module]
            asked = Listing(
                other, call.text("related_module_query"), limit=1_000_000_000,
                deleted=0 if call.whole("deleted") == 0 else -1, ids_sql=sql,
                ids_values=tuple(values),
            )  # fmt: skip
            fields = [other.by_name["date_modified"], other.by_name["deleted"]]
            items = [
                struct(
                    "item", "id_mod", text("id", row[0]), text("date_modified", row[1]),
                    number("deleted", int(row[2])),
                )
                for row in caller.sugar.lists.page(asked, fields)
            ]  # fmt: skip
    except SugarFault as fault:
        error = error_struct(fault)
    ids = array("ids", "tns:id_mod", items)
    return struct("return", "get_relationships_result", ids, error)


def set_relationship(caller: Caller, call: Call) -> str:
    """Link two records. Dies with an empty HTTP 500 on links it should know and doesn't."""
    try:
        user_of(caller, call)
        given = call.arguments.get("set_relationship_value")
        value = given if isinstance(given, dict) else {}
        names = [str(value.get(key) or "") for key in ("module1", "module2")]
        ids = [str(value.get(key) or "") for key in ("module1_id", "module2_id")]
        module, link = _link(caller, *names)
    except SugarFault as error:
        return error_struct(error, "return")
    if link is None or not caller.sugar.records.live(module, ids[0]):
        raise PlainDeath(500, "")
    caller.sugar.relations.add(module, ids[0], link, ids[1])
    return all_well("return")


def set_relationships(_caller: Caller, _call: Call) -> str:
    """Several at once: the recorded servers die on it."""
    raise PlainDeath(500, "")
