"""The cases played on `soap.php`, the Sugar 5 endpoint (see `scenario` for their form)."""

from collections.abc import Iterator

from local.sugar.store.users import password_hash
from tests.contract.simulator.cases import WRONG, Arguments, Case

_SINCE = "leads.date_modified > '2000-01-01 00:00:00'"
_ALL = "leads.last_name like 'RecOld%'"


def _sign_in(user: str, password: str) -> Arguments:
    auth = {"user_name": user, "password": password, "version": "1"}
    return {"user_auth": auth, "application_name": "conformance"}


def _sessions() -> Iterator[Case]:
    for method in (
        "get_server_version", "get_server_time", "get_gmt_time", "get_sugar_flavor", "is_loopback",
    ):  # fmt: skip
        yield method, "", {}
    yield "login", "wrong-password", _sign_in("admin", password_hash("nope"))
    yield "login", "unknown-user", _sign_in("nobody", password_hash("nobody"))
    yield "login", "inactive-user", _sign_in("inactive", password_hash("inactive"))
    yield "login", "plaintext-password", _sign_in("admin", "admin")
    yield "login", "ok", _sign_in("admin", password_hash("admin"))
    yield "login", "ok-restricted", _sign_in("restricted", password_hash("restricted"))
    yield "get_user_id", "", {}
    yield "get_user_id", "invalid-session", {"session": WRONG}
    yield "is_user_admin", "", {}
    yield "is_user_admin", "restricted", {"session": "@ok-restricted"}
    yield "get_user_team_id", "", {}
    yield "seamless_login", "", {}
    yield "get_available_modules", "", {}
    yield "get_available_modules", "invalid-session", {"session": WRONG}
    for module in ("Leads", "Accounts", "ProspectLists", "Nope"):
        yield "get_module_fields", module, {"module_name": module}
    yield "get_module_fields", "invalid-session", {"module_name": "Leads", "session": WRONG}


def _entry(case: str, module: str, values: dict[str, str], session: str = "@ok") -> Case:
    arguments = {"session": session, "module_name": module, "name_value_list": values}
    return "set_entry", case, arguments


def _writes() -> Iterator[Case]:
    yield _entry("account", "Accounts", {"name": "Rec Account"})
    yield _entry(
        "contact",
        "Contacts",
        {
            "first_name": "Cora",
            "last_name": "RecOld",
            "email1": "cora.old@example.test",
            "account_id": "@account",
        },
    )
    yield _entry(
        "lead",
        "Leads",
        {
            "first_name": "Lea",
            "last_name": "RecOld",
            "email1": "lea.old@example.test",
            "birthdate": "2001-02-03",
            "last_mailing_c": "2024-02-29 23:59:59",
            "score_c": "7",
        },
    )
    yield _entry(
        "lead-special-chars",
        "Leads",
        {
            "first_name": "A & B <b>x</b>",
            "last_name": "RecOld",
            "description": "Ümläut €uro",
        },
    )
    yield _entry("lead-unknown-field", "Leads", {"last_name": "RecOldUnknown", "no_field": "x"})
    yield _entry("lead-update-unknown-id", "Leads", {"id": "dead-beef", "last_name": "Ghost"})
    yield _entry("unknown-module", "Nope", {"name": "x"})
    yield _entry("invalid-session", "Leads", {"last_name": "x"}, WRONG)
    yield _entry("restricted-lead", "Leads", {"last_name": "NoAccess"}, "@ok-restricted")
    yield _entry("restricted-contact", "Contacts", {"last_name": "NoEdit"}, "@ok-restricted")
    yield _entry("prospectlist", "ProspectLists", {"name": "Rec List", "list_type": "default"})
    yield _entry("prospect", "Prospects", {"last_name": "RecOld"})
    yield _entry("campaign", "Campaigns", {"name": "Rec Campaign", "status": "Planning"})
    yield _entry("task", "Tasks", {"name": "Rec Task", "status": "Not Started"})
    bulk = [{"first_name": f"Bulk{n}", "last_name": "RecOldBulk"} for n in range(3)]
    yield "set_entries", "leads", {"module_name": "Leads", "name_value_lists": bulk}
    yield _entry("lead-delete", "Leads", {"id": "@leads.2", "deleted": "1"})


def _link(case: str, *ends: str, session: str = "@ok") -> Case:
    value = dict(zip(("module1", "module1_id", "module2", "module2_id"), ends, strict=True))
    return "set_relationship", case, {"set_relationship_value": value, "session": session}


def _links() -> Iterator[Case]:
    listed = ("ProspectLists", "@prospectlist")
    yield _link("pl-contact", *listed, "Contacts", "@contact")
    yield _link("pl-lead", *listed, "Leads", "@lead")
    yield _link("pl-prospect", *listed, "Prospects", "@prospect")
    yield _link("account-contact", "Accounts", "@account", "Contacts", "@contact")
    yield _link("bad-module", *listed, "Nope", "x")
    yield _link("missing", "ProspectLists", "nope", "Contacts", "@contact")
    yield _link("invalid-session", *listed, "Contacts", "@contact", session=WRONG)
    pair = {
        "module1": "ProspectLists",
        "module1_id": "@prospectlist",
        "module2": "Leads",
        "module2_id": "@lead",
    }
    yield "set_relationships", "", {"set_relationship_list": [pair]}


def _list(case: str, module: str, query: str, fields: str = "", **more: object) -> Case:
    arguments: Arguments = {
        "module_name": module, "query": query, "select_fields": fields.split(), "max_results": 2,
    }  # fmt: skip
    return "get_entry_list", case, {**arguments, **more}


def _reads() -> Iterator[Case]:
    page = (
        "id first_name last_name email1 score_c date_modified deleted birthdate last_mailing_c"
        " description assigned_user_name"
    )
    yield _list("leads-past-end", "Leads", _ALL, "id", offset=9999)
    yield _list("leads-since", "Leads", _SINCE, "id date_modified")
    yield _list("leads-deleted1", "Leads", _ALL, "id deleted", deleted=1, max_results=20)
    yield _list("leads-all-fields", "Leads", "leads.id='@lead'")
    custom = f"{_ALL} and leads_cstm.score_c > 1"
    yield _list("leads-custom-field", "Leads", custom, "id score_c")
    yield _list("leads-page1", "Leads", _ALL, page, order_by="leads.date_modified ASC")
    yield _list("leads-page2", "Leads", _ALL, page, order_by="leads.date_modified ASC", offset=2)
    yield _list("bad-sql", "Leads", "leads.nocolumn = 1", "id")
    yield _list("injection", "Leads", "1=1; drop table leads", "id")
    yield _list("unknown-module", "Nope", "", "id")
    yield _list("invalid-session", "Leads", "", "id", session=WRONG)
    yield _list("restricted-leads", "Leads", "", "id", session="@ok-restricted")
    yield _list("max0", "Leads", _ALL, "id", max_results=0)
    contact = "id last_name email1 account_id account_name"
    yield _list("contacts", "Contacts", "contacts.id='@contact'", contact)
    yield _list("users", "Users", "users.user_name='admin'", "id user_name status user_hash")
    for case, record, session in (
        ("lead", "@lead", "@ok"), ("missing", "no-such-id", "@ok"), ("deleted", "@leads.2", "@ok"),
        ("invalid-session", "@lead", WRONG), ("restricted", "@lead", "@ok-restricted"),
    ):  # fmt: skip
        fields = ["id", "last_name", "deleted"]
        one: Arguments = {"module_name": "Leads", "id": record, "select_fields": fields}
        yield "get_entry", case, {**one, "session": session}
    ids, some = ["@lead", "@lead-special-chars"], ["id", "first_name", "description"]
    yield "get_entries", "", {"module_name": "Leads", "ids": ids, "select_fields": some}
    for case, deleted in (("", 0), ("deleted1", 1)):
        count: Arguments = {"module_name": "Leads", "query": _ALL, "deleted": deleted}
        yield "get_entries_count", case, count
    listed = ("ProspectLists", "@prospectlist")
    for case, module, record, other in (
        ("pl-contacts", *listed, "Contacts"),
        ("pl-leads", *listed, "Leads"),
        ("pl-prospects", *listed, "Prospects"),
        ("account-contacts", "Accounts", "@account", "Contacts"),
        ("bad-module", *listed, "Nope"),
        ("campaign-pl", "Campaigns", "@campaign", "ProspectLists"),
    ):
        related = {"module_name": module, "module_id": record, "related_module": other}
        yield "get_relationships", case, dict(related)


def cases() -> list[Case]:
    """All cases of `soap.php`, in the order they are played."""
    last: list[Case] = [
        ("logout", "", {}), ("get_user_id", "after-logout", {}), ("logout", "again", {}),
    ]  # fmt: skip
    return [*_sessions(), *_writes(), *_links(), *_reads(), *last]
