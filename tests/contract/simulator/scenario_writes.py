"""The writing and linking cases played on the endpoints v2 to v4_1 (see `scenario`)."""

from collections.abc import Iterator

from tests.contract.simulator.cases import WRONG, Arguments, Case


def _entry(case: str, module: str, values: dict[str, str | None], session: str = "@ok") -> Case:
    arguments = {"session": session, "module_name": module, "name_value_list": values}
    return "set_entry", case, arguments


def writes() -> Iterator[Case]:
    yield _entry(
        "account",
        "Accounts",
        {
            "name": "Rec Account",
            "account_type": "Customer",
            "industry": "Technology",
            "region_c": "north",
            "tier_c": "Banking",
            "email1": "info@rec-account.test",
            "billing_address_city": "Köln",
            "assigned_user_id": "1",
        },
    )
    yield _entry(
        "contact",
        "Contacts",
        {
            "first_name": "Cora",
            "last_name": "Rec",
            "email1": "cora.rec@example.test",
            "account_id": "@account",
            "phone_work": "+49 1",
            "score_c": "5",
        },
    )
    yield _entry(
        "contact2",
        "Contacts",
        {
            "first_name": "Curt",
            "last_name": "Rec",
            "email1": "curt.rec@example.test",
            "email_opt_out": "1",
            "birthdate": "1970-02-28",
        },
    )
    yield _entry(
        "lead",
        "Leads",
        {
            "first_name": "Lea",
            "last_name": "Rec",
            "email1": "Lea.Rec@Example.test",
            "email2": "lea2@example.test",
            "status": "New",
            "lead_source": "Web Site",
            "score_c": "42",
            "mail_optin_c": "1",
            "last_mailing_c": "2024-02-29 23:59:59",
            "birthdate": "2001-02-03",
            "account_name": "ACME",
            "description": "line1\nline2\ttab",
            "do_not_call": "1",
        },
    )
    yield _entry(
        "lead-special-chars",
        "Leads",
        {
            "first_name": "A & B <b>x</b> \"q\" 's' &amp; &lt;",
            "last_name": "Rec",
            "description": "Ümläut €uro 日本語 😀 ctl",
            "email1": "special@example.test",
            "website": "http://x.test/?a=1&b=2",
        },
    )
    yield _entry(
        "lead-emoji-null",
        "Leads",
        {
            "last_name": "RecNull",
            "first_name": None,
            "email1": "",
            "score_c": "",
        },
    )
    yield _entry(
        "lead-unknown-field",
        "Leads",
        {
            "last_name": "RecUnknown",
            "no_such_field": "x",
            "no_such_c": "1",
        },
    )
    yield _entry(
        "lead-bad-values",
        "Leads",
        {
            "last_name": "RecBad",
            "birthdate": "03.02.2001",
            "score_c": "abc",
            "status": "NotInDom",
            "last_mailing_c": "garbage",
            "email1": "not-an-email",
        },
    )
    yield _entry("lead-missing-required", "Leads", {"first_name": "NoLast"})
    yield _entry("lead-empty-list", "Leads", {})
    yield _entry("lead-update", "Leads", {"id": "@lead", "status": "Assigned", "score_c": "43"})
    yield _entry(
        "lead-update-unknown-id",
        "Leads",
        {
            "id": "00000000-dead-beef-0000",
            "last_name": "RecGhost",
        },
    )
    yield _entry(
        "lead-new-with-id",
        "Leads",
        {
            "new_with_id": "1",
            "id": "rec-1795474281",
            "last_name": "RecWithId",
        },
    )
    yield _entry(
        "lead-set-dates",
        "Leads",
        {
            "last_name": "RecDates",
            "date_entered": "2001-01-01 00:00:00",
            "date_modified": "2001-01-01 00:00:00",
            "created_by": "seed_sally_id",
            "assigned_user_id": "seed_sally_id",
        },
    )
    yield _entry("lead-too-long", "Leads", {"last_name": "R" * 300, "first_name": "x" * 300})
    yield _entry("unknown-module", "Nope", {"name": "x"})
    yield _entry("invalid-session", "Leads", {"last_name": "x"}, WRONG)
    yield _entry("restricted-contact", "Contacts", {"last_name": "NoEdit"}, "@ok-restricted")
    yield _entry("restricted-lead", "Leads", {"last_name": "NoAccess"}, "@ok-restricted")
    yield _entry(
        "opportunity",
        "Opportunities",
        {
            "name": "Rec Opp",
            "account_id": "@account",
            "amount": "1234.56",
            "currency_id": "-99",
            "sales_stage": "Prospecting",
            "date_closed": "2026-12-31",
            "probability": "10",
        },
    )
    yield _entry(
        "prospect",
        "Prospects",
        {
            "first_name": "Pia",
            "last_name": "Rec",
            "email1": "pia.rec@example.test",
        },
    )
    yield _entry(
        "prospectlist",
        "ProspectLists",
        {
            "name": "Rec List",
            "list_type": "default",
            "description": "target list",
        },
    )
    yield _entry(
        "campaign",
        "Campaigns",
        {
            "name": "Rec Campaign",
            "status": "Planning",
            "campaign_type": "Email",
            "end_date": "2026-12-31",
        },
    )
    yield _entry(
        "task",
        "Tasks",
        {
            "name": "Rec Task",
            "status": "Not Started",
            "priority": "High",
            "date_due": "2026-12-24 10:00:00",
            "parent_type": "Leads",
            "parent_id": "@lead",
            "contact_id": "@contact",
        },
    )
    yield _entry(
        "user-create",
        "Users",
        {
            "user_name": "rec_user",
            "last_name": "RecUser",
            "status": "Active",
            "is_admin": "0",
        },
    )
    bulk = [
        {"first_name": f"Bulk{n}", "last_name": "RecBulk", "email1": f"bulk{n}@example.test"}
        for n in range(3)
    ]
    yield "set_entries", "leads", {"module_name": "Leads", "name_value_lists": bulk}
    mixed = [
        {"last_name": "RecBulkOk"},
        {"id": "does-not-exist", "last_name": "Ghost"},
        {"first_name": "NoLast"},
    ]
    yield "set_entries", "mixed-bad", {"module_name": "Leads", "name_value_lists": mixed}
    twin = [{"first_name": "Cora", "last_name": "Rec", "email1": "cora.rec@example.test"}]
    dupes = {"module_name": "Contacts", "name_value_lists": twin}
    yield "set_entries", "contacts-with-dupes", dupes
    yield _entry("lead-delete", "Leads", {"id": "@leads.2", "deleted": "1"})


def _link(case: str, module: str, record: str, link: str, *related: str, delete: int = 0) -> Case:
    arguments: Arguments = {
        "module_name": module,
        "module_id": record,
        "link_field_name": link,
        "related_ids": list(related),
        "delete": delete,
    }
    return "set_relationship", case, arguments


def links() -> Iterator[Case]:
    into = ("ProspectLists", "@prospectlist")
    yield _link("pl-contacts", *into, "contacts", "@contact", "@contact2")
    yield _link("pl-leads", *into, "leads", "@lead", "@leads.0", "@leads.1", "@leads.2")
    yield _link("pl-prospects", *into, "prospects", "@prospect")
    yield _link("pl-users", *into, "users", "1")
    yield _link("pl-accounts", *into, "accounts", "@account")
    yield _link("pl-contacts-again", *into, "contacts", "@contact")
    yield _link("campaign-pl", "Campaigns", "@campaign", "prospectlists", "@prospectlist")
    yield _link("account-contacts", "Accounts", "@account", "contacts", "@contact2")
    yield _link("opp-contacts", "Opportunities", "@opportunity", "contacts", "@contact")
    yield _link("bad-link", *into, "no_such_link", "@contact")
    yield _link("unknown-related-id", *into, "contacts", "no-such-contact")
    yield _link("unknown-parent", "ProspectLists", "no-such-list", "contacts", "@contact")
    yield _link("wrong-module", "Nope", "@prospectlist", "contacts", "@contact")
    yield _link("remove", *into, "contacts", "@contact2", delete=1)
    two: Arguments = {
        "module_names": ["ProspectLists", "ProspectLists"],
        "module_ids": ["@prospectlist", "@prospectlist"],
        "link_field_names": ["contacts", "prospects"],
        "related_ids": [["@contact2"], ["@prospect"]],
    }
    yield "set_relationships", "two", two
