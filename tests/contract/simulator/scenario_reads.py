"""The reading cases played on the endpoints v2 to v4_1 (see `scenario`)."""

from collections.abc import Iterator

from tests.contract.simulator.cases import WRONG, Arguments, Case

_ALL = "leads.last_name like 'Rec%'"
_BULK = "leads.last_name like 'Rec%' and leads.first_name like 'Bulk%'"
_PAGE = (
    "id first_name last_name email1 email2 score_c status date_entered date_modified deleted"
    " account_id account_name assigned_user_id assigned_user_name email_opt_out invalid_email"
    " birthdate last_mailing_c mail_optin_c description do_not_call no_such_field"
)
_BY_EMAIL = (
    "leads.id in (select eabr.bean_id from email_addr_bean_rel eabr join email_addresses ea"
    " on ea.id=eabr.email_address_id where eabr.deleted=0 and eabr.bean_module='Leads'"
    " and ea.email_address_caps='LEA.REC@EXAMPLE.TEST')"
)
_ADDRESS = "id email_address opt_out invalid_email primary_address"


def _wanted(links: dict[str, str]) -> list[dict[str, object]]:
    return [{"name": name, "value": fields.split()} for name, fields in links.items()]


def _list(
    case: str, module: str, query: str, fields: str, links: dict[str, str] | None = None,
    **more: object,
) -> Case:  # fmt: skip
    arguments: Arguments = {
        "module_name": module, "query": query, "select_fields": fields.split(),
        "link_name_to_fields_array": _wanted(links or {}), "max_results": 2,
    }  # fmt: skip
    return "get_entry_list", case, {**arguments, **more}


def _leads() -> Iterator[Case]:
    by_date = "leads.date_modified ASC, leads.id ASC"
    both = {"email_addresses": _ADDRESS, "prospect_lists": "id name"}
    yield _list("leads-page1", "Leads", _ALL, _PAGE, both, order_by=by_date)
    yield _list("leads-page2", "Leads", _ALL, _PAGE, order_by=by_date, offset=2)
    yield _list("leads-past-end", "Leads", _ALL, "id", order_by="leads.id", offset=9999)
    since = "leads.date_modified > '2000-01-01 00:00:00'"
    yield _list("leads-since", "Leads", since, "id date_modified deleted", max_results=3)
    yield _list("leads-since-none", "Leads", "leads.date_modified > '2099-01-01 00:00:00'", "id")
    unqualified = "date_modified > '2000-01-01 00:00:00'"
    yield _list("leads-since-unqualified", "Leads", unqualified, "id date_modified")
    for case, deleted in (("0", 0), ("1", 1), ("-minus1", -1)):
        name = f"leads-deleted{case}"
        yield _list(name, "Leads", _BULK, "id deleted", max_results=10, deleted=deleted)
    gone = f"{_ALL} and leads.deleted=1"
    yield _list("leads-query-deleted", "Leads", gone, "id deleted", max_results=10, deleted=1)
    custom = f"{_ALL} and leads_cstm.score_c > 10"
    yield _list("leads-custom-field", "Leads", custom, "id score_c")
    yield _list("leads-custom-field-in-fields-only", "Leads", _ALL, "score_c")
    yield _list("leads-by-email", "Leads", _BY_EMAIL, "id email1")
    one = "leads.id='@lead'"
    yield _list("leads-all-fields", "Leads", one, "", max_results=1)
    links = {
        "email_addresses": "email_address",
        "nolink": "id",
        "prospect_lists": "id name",
        "campaign_leads": "id",
    }
    yield _list("leads-all-fields-links", "Leads", one, "id", links, max_results=1)


def _others() -> Iterator[Case]:
    contact = (
        "id first_name last_name name account_id account_name email1 email date_modified score_c"
    )
    links = {
        "accounts": "id name",
        "email_addresses": "email_address primary_address opt_out",
        "opportunities": "id name",
    }
    yield _list("contacts", "Contacts", "contacts.id='@contact'", contact, links)
    account = "id name region_c tier_c email1"
    query = "accounts.id='@account'"
    yield _list("accounts", "Accounts", query, account, {"contacts": "id last_name"})
    query = "accounts_cstm.region_c='north' and accounts.name like 'Rec Account%'"
    yield _list("accounts-cstm", "Accounts", query, "id region_c", order_by="accounts.name")
    opportunity = (
        "id name amount amount_usdollar currency_id account_id account_name date_closed sales_stage"
    )
    links = {"accounts": "id name", "contacts": "id"}
    query = "opportunities.id='@opportunity'"
    yield _list("opportunities", "Opportunities", query, opportunity, links)
    user = (
        "id user_name first_name last_name email1 status is_admin user_hash deleted date_modified"
        " reports_to_id"
    )
    query = "users.user_name in ('admin','inactive')"
    yield _list("users", "Users", query, user, order_by="users.user_name", max_results=5)
    fields = "id user_name user_hash"
    yield _list("users-restricted", "Users", "", fields, session="@ok-restricted")
    links = {"contacts": "id last_name email1", "leads": "id last_name", "prospects": "id"}
    query = "prospect_lists.id='@prospectlist'"
    fields = "id name list_type entry_count date_modified"
    yield _list("prospectlists", "ProspectLists", query, fields, links)
    query = "prospects.id='@prospect'"
    yield _list("prospects", "Prospects", query, "id last_name email1 lead_id")
    query = "campaigns.id='@campaign'"
    fields = "id name status campaign_type end_date tracker_key"
    yield _list("campaigns", "Campaigns", query, fields, {"prospectlists": "id name"})
    task = "id name date_due date_start parent_type parent_id parent_name contact_id contact_name status"
    yield _list("tasks", "Tasks", "tasks.id='@task'", task)


def _odd() -> Iterator[Case]:
    yield _list("max0", "Leads", _ALL, "id", order_by="leads.id", max_results=0)
    yield _list("max-1", "Leads", _ALL, "id", order_by="leads.id", max_results=-1)
    yield _list("offset-minus1", "Leads", _ALL, "id", order_by="leads.id", offset=-1)
    yield _list("offset-minus99", "Leads", _ALL, "id", order_by="leads.id", offset=-99)
    yield _list("bad-sql", "Leads", "leads.nocolumn = 1", "id")
    yield _list("bad-syntax", "Leads", "leads.last_name = 'x", "id")
    yield _list("injection", "Leads", "1=1; drop table leads", "id")
    yield _list("union", "Leads", "1=1 union select id from users", "id")
    yield _list("bad-order", "Leads", _ALL, "id", order_by="nocol desc")
    hashes = "leads.id in (select user_hash from users)"
    yield _list("subselect-users-hash", "Leads", hashes, "id")
    yield _list("unknown-module", "Nope", "", "id")
    yield _list("invalid-session", "Leads", "", "id", session=WRONG)
    restricted = "@ok-restricted"
    yield _list("restricted-leads", "Leads", "", "id", session=restricted)
    yield _list("restricted-accounts-list-none", "Accounts", "", "id", session=restricted)
    yield _list("restricted-contacts-export-none", "Contacts", "", "id", session=restricted)
    yield _list("owneronly-leads", "Leads", "", "id assigned_user_id", session="@ok-owneronly")


def _single() -> Iterator[Case]:
    fields = ["id", "last_name", "email1", "deleted", "score_c"]
    address = _wanted({"email_addresses": "email_address"})
    more: Arguments
    for case, module, record, more in (
        ("lead", "Leads", "@lead", {"link_name_to_fields_array": address}),
        ("lead-special-chars", "Leads", "@lead-special-chars", {}),
        ("missing", "Leads", "no-such-id", {}),
        ("deleted", "Leads", "@leads.2", {}),
        ("restricted", "Leads", "@lead", {"session": "@ok-restricted"}),
        ("owneronly", "Leads", "@lead", {"session": "@ok-owneronly"}),
        ("account", "Accounts", "@account", {}),
    ):
        arguments: Arguments = {"module_name": module, "id": record, "select_fields": fields}
        yield "get_entry", case, {**arguments, **more}
    special = ["first_name", "description", "website"]
    one = {"module_name": "Leads", "id": "@lead-special-chars", "select_fields": special}
    yield "get_entry", "special-description", one
    ids = ["@lead", "no-such-id", "@leads.2"]
    some: Arguments = {"module_name": "Leads", "ids": ids, "select_fields": ["id", "last_name"]}
    yield "get_entries", "", some


def _counts() -> Iterator[Case]:
    for case, module, query, deleted in (
        ("all", "Leads", "", 0),
        ("query", "Leads", _ALL, 0),
        ("query-deleted1", "Leads", _ALL, 1),
        ("custom-field", "Leads", f"{_ALL} and leads_cstm.score_c>10", 0),
        ("bad-sql", "Leads", "nocol=1", 0),
        ("unknown-module", "Nope", "", 0),
    ):
        arguments = {"module_name": module, "query": query, "deleted": deleted}
        yield "get_entries_count", case, arguments


def _related() -> Iterator[Case]:
    lists, listed = "ProspectLists", "@prospectlist"
    address = _wanted({"email_addresses": "email_address opt_out"})
    linked = {"related_module_link_name_to_fields_array": address}
    page = {"order_by": "leads.id", "offset": 1, "limit": 1}
    names = {"related_module_query": "leads.last_name like 'Rec%%'"}
    person = "id first_name last_name email1 date_modified deleted"
    more: Arguments
    for case, module, record, link, fields, more in (
        ("pl-contacts", lists, listed, "contacts", person, linked),
        ("pl-leads", lists, listed, "leads", "id last_name email1 score_c", {}),
        ("pl-prospects", lists, listed, "prospects", "id last_name email1", {}),
        ("pl-users", lists, listed, "users", "id user_name", {}),
        ("pl-accounts", lists, listed, "accounts", "id name", {}),
        ("pl-leads-limit", lists, listed, "leads", "id last_name", page),
        ("pl-leads-query", lists, listed, "leads", "id", names),
        ("pl-leads-deleted1", lists, listed, "leads", "id deleted", {"deleted": 1}),
        ("pl-contacts-deleted1", lists, listed, "contacts", "id deleted", {"deleted": 1}),
        ("campaign-pl", "Campaigns", "@campaign", "prospectlists", "id name", {}),
        ("lead-prospect_lists", "Leads", "@lead", "prospect_lists", "id name", {}),
        ("account-contacts", "Accounts", "@account", "contacts", "id last_name", {}),
        ("account-opportunities", "Accounts", "@account", "opportunities", "id name amount", {}),
        ("bad-link", lists, listed, "no_such_link", "id", {}),
        ("missing-parent", lists, "no-such-list", "contacts", "id", {}),
        ("lead-tasks", "Leads", "@lead", "tasks", "id name status", {}),
    ):
        arguments: Arguments = {
            "module_name": module, "module_id": record, "link_field_name": link,
            "related_fields": fields.split(),
        }  # fmt: skip
        yield "get_relationships", case, {**arguments, **more}
    span = {"from_date": "2000-01-01 00:00:00", "to_date": "2099-01-01 00:00:00"}
    for case, module, other, name, user, fields in (
        ("users-contacts", "Users", "Contacts", "contacts_users", "1", "id date_modified"),
        ("users-meetings", "Users", "Meetings", "meetings_users", "1", "id date_modified"),
        ("users-calls", "Users", "Calls", "calls_users", "1", "id date_modified"),
        ("leads-unsupported", lists, "Leads", "prospect_list_leads", "", "id"),
    ):
        modified: Arguments = {
            "module_name": module, "related_module": other, "relationship_name": name,
            "module_user_id": user, "select_fields": fields.split(), "max_results": 2,
        }  # fmt: skip
        yield "get_modified_relationships", case, {**modified, **span}


def reads() -> Iterator[Case]:
    """All reading cases."""
    yield from _leads()
    yield from _others()
    yield from _odd()
    yield from _single()
    yield from _counts()
    yield from _related()
