"""How modules hang together: the links a record offers, and the tables they live in."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Link:
    """One link of a module, as `get_module_fields` names it.

    `kind`: `join` (a table of pairs), `child` (the other record carries our id),
    `parent` (we carry the other's id), `email` (addresses) or `none` (known, always empty).
    `told_module` and `told_bean` are what the metadata says, which is often nothing.
    """

    name: str
    relationship: str
    module: str = ""
    kind: str = "none"
    table: str = ""
    near: str = ""
    far: str = ""
    fixed: dict[str, str] = field(default_factory=dict)
    told_module: str = ""
    told_bean: str = ""
    suite_only: bool = False


def _pairs(
    name: str, relationship: str, module: str, where: str, told: str = "", /, **fixed: str
) -> Link:
    """A link kept in a table of pairs; `where` is `table:near:far`."""
    table, near, far = where.split(":")
    told_module, _, told_bean = told.partition("/")
    return Link(name, relationship, module, "join", table, near, far, fixed, told_module, told_bean)


def _child(name: str, relationship: str, module: str, key: str, /, **fixed: str) -> Link:
    return Link(name, relationship, module, "child", far=key, fixed=fixed)


def _parent(name: str, relationship: str, module: str, key: str, told: str = "") -> Link:
    told_module, _, told_bean = told.partition("/")
    return Link(
        name, relationship, module, "parent", near=key, told_module=told_module, told_bean=told_bean
    )


def _empty(name: str, relationship: str, told: str = "", *, suite: bool = False) -> Link:
    told_module, _, told_bean = told.partition("/")
    return Link(name, relationship, told_module=told_module, told_bean=told_bean, suite_only=suite)


def _record(table: str) -> list[Link]:
    return [
        _parent("created_by_link", f"{table}_created_by", "Users", "created_by", "Users/User"),
        _parent(
            "modified_user_link",
            f"{table}_modified_user",
            "Users",
            "modified_user_id",
            "Users/User",
        ),
        _parent(
            "assigned_user_link",
            f"{table}_assigned_user",
            "Users",
            "assigned_user_id",
            "Users/User",
        ),
        _empty(
            "SecurityGroups", f"securitygroups_{table}", "SecurityGroups/SecurityGroup", suite=True
        ),
    ]


def _emails(table: str, told: str = "") -> list[Link]:
    module, _, bean = told.partition("/")
    addresses = Link(
        "email_addresses", f"{table}_email_addresses", "EmailAddresses", "email",
        told_module=module, told_bean=bean,
    )  # fmt: skip
    return [_empty("email_addresses_primary", f"{table}_email_addresses_primary"), addresses]


def _empties(text: str, *, suite: bool = False) -> list[Link]:
    """Known links without data: `name:relationship[:module/bean]`, apart by blanks."""
    parts = [(*one.split(":"), "")[:3] for one in text.split()]
    return [_empty(name, relation, told, suite=suite) for name, relation, told in parts]


def _lists(module: str, relationship: str) -> Link:
    where = "prospect_lists_prospects:related_id:prospect_list_id"
    told = "ProspectLists/"
    return _pairs("prospect_lists", relationship, "ProspectLists", where, told, related_type=module)


def _members(name: str, relationship: str, module: str) -> Link:
    where = "prospect_lists_prospects:prospect_list_id:related_id"
    return _pairs(name, relationship, module, where, related_type=module)


LINKS: dict[str, list[Link]] = {
    "Leads": [
        *_record("leads"),
        *_emails("leads", "EmailAddress/"),
        _parent("reports_to_link", "lead_direct_reports", "Leads", "reports_to_id"),
        _child("reportees", "lead_direct_reports", "Leads", "reports_to_id"),
        _parent("contacts", "contact_leads", "Contacts", "contact_id", "Contacts/"),
        _parent("accounts", "account_leads", "Accounts", "account_id"),
        _parent("contact", "contact_leads", "Contacts", "contact_id"),
        _parent("opportunity", "opportunity_leads", "Opportunities", "opportunity_id"),
        _parent("campaign_leads", "campaign_leads", "Campaigns", "campaign_id"),
        _child("tasks", "lead_tasks", "Tasks", "parent_id", parent_type="Leads"),
        *_empties(
            "notes:lead_notes meetings:meetings_leads calls:calls_leads oldmeetings:lead_meetings"
            " oldcalls:lead_calls emails:emails_leads_rel"
        ),
        _empty("campaigns", "lead_campaign_log", "CampaignLog/CampaignLog"),
        _lists("Leads", "prospect_list_leads"),
        _empty("fp_events_leads_1", "fp_events_leads_1", suite=True),
    ],
    "Contacts": [
        *_record("contacts"),
        *_emails("contacts", "EmailAddress/EmailAddress"),
        _pairs("accounts", "accounts_contacts", "Accounts", "accounts_contacts:contact_id:account_id"),
        _parent("reports_to_link", "contact_direct_reports", "Contacts", "reports_to_id"),
        _pairs(
            "opportunities", "opportunities_contacts", "Opportunities",
            "opportunities_contacts:contact_id:opportunity_id", "Opportunities/Opportunity",
        ),
        *_empties("bugs:contacts_bugs calls:calls_contacts cases:contacts_cases"),
        _child("direct_reports", "contact_direct_reports", "Contacts", "reports_to_id"),
        *_empties("emails:emails_contacts_rel documents:documents_contacts"),
        _child("leads", "contact_leads", "Leads", "contact_id"),
        *_empties(
            "meetings:meetings_contacts notes:contact_notes project:projects_contacts"
            " project_resource:projects_contacts_resources"
        ),
        *_empties(
            "am_projecttemplates_resources:am_projecttemplates_contacts_resources"
            " am_projecttemplates_contacts_1:am_projecttemplates_contacts_1"
            ":AM_ProjectTemplates/AM_ProjectTemplates",
            suite=True,
        ),
        _child("tasks", "contact_tasks", "Tasks", "contact_id"),
        _child("tasks_parent", "contact_tasks_parent", "Tasks", "parent_id", parent_type="Contacts"),
        *_empties("notes_parent:contact_notes_parent"),
        _pairs("user_sync", "contacts_users", "Users", "contacts_users:contact_id:user_id"),
        _empty("campaigns", "contact_campaign_log", "CampaignLog/CampaignLog"),
        _parent("campaign_contacts", "campaign_contacts", "Campaigns", "campaign_id"),
        _lists("Contacts", "prospect_list_contacts"),
        *_empties(
            "fp_events_contacts:fp_events_contacts aos_quotes:contact_aos_quotes:AOS_Quotes/AOS_Quotes"
            " aos_invoices:contact_aos_invoices:AOS_Invoices/AOS_Invoices"
            " aos_contracts:contact_aos_contracts:AOS_Contracts/AOS_Contracts"
            " project_contacts_1:project_contacts_1:Project/Project"
            " aop_case_updates:contacts_aop_case_updates",
            suite=True,
        ),
    ],
    "Accounts": [
        *_record("accounts"),
        *_emails("accounts"),
        _child("members", "member_accounts", "Accounts", "parent_id"),
        _parent("member_of", "member_accounts", "Accounts", "parent_id"),
        _child("tasks", "account_tasks", "Tasks", "parent_id", parent_type="Accounts"),
        _pairs(
            "contacts", "accounts_contacts", "Contacts",
            "accounts_contacts:account_id:contact_id", "Contacts/Contact",
        ),
        _pairs(
            "opportunities", "accounts_opportunities", "Opportunities",
            "accounts_opportunities:account_id:opportunity_id",
        ),
        _child("leads", "account_leads", "Leads", "account_id"),
        _lists("Accounts", "prospect_list_accounts"),
    ],
    "Opportunities": [
        *_record("opportunities"),
        _pairs(
            "accounts", "accounts_opportunities", "Accounts",
            "accounts_opportunities:opportunity_id:account_id", "Accounts/Account",
        ),
        _pairs(
            "contacts", "opportunities_contacts", "Contacts",
            "opportunities_contacts:opportunity_id:contact_id", "Contacts/Contact",
        ),
        _child("tasks", "opportunity_tasks", "Tasks", "parent_id", parent_type="Opportunities"),
        _child("leads", "opportunity_leads", "Leads", "opportunity_id"),
    ],
    "Users": [
        *_emails("users"),
        _pairs("contacts", "contacts_users", "Contacts", "contacts_users:user_id:contact_id"),
        _lists("Users", "prospect_list_users"),
    ],
    "Prospects": [
        *_record("prospects"),
        *_emails("prospects"),
        _lists("Prospects", "prospect_list_prospects"),
    ],
    "ProspectLists": [
        *_record("prospectlists")[2:],
        _members("prospects", "prospect_list_prospects", "Prospects"),
        _members("contacts", "prospect_list_contacts", "Contacts"),
        _members("leads", "prospect_list_leads", "Leads"),
        _members("accounts", "prospect_list_accounts", "Accounts"),
        _pairs(
            "campaigns", "prospect_list_campaigns", "Campaigns",
            "prospect_list_campaigns:prospect_list_id:campaign_id",
        ),
        _members("users", "prospect_list_users", "Users"),
        _empty("email_marketing", "email_marketing_prospect_lists"),
    ],
    "Campaigns": [
        *_record("campaigns"),
        _pairs(
            "prospectlists", "prospect_list_campaigns", "ProspectLists",
            "prospect_list_campaigns:campaign_id:prospect_list_id",
        ),
        _child("leads", "campaign_leads", "Leads", "campaign_id"),
        _child("contacts", "campaign_contacts", "Contacts", "campaign_id"),
    ],
    "Tasks": [
        *_record("tasks"),
        _parent("contacts", "contact_tasks", "Contacts", "contact_id"),
    ],
    "EmailAddresses": [],
}  # fmt: skip

#: Tables of pairs -> their two keys and what else they carry.
PAIR_TABLES: dict[str, tuple[str, ...]] = {
    "accounts_contacts": ("contact_id", "account_id"),
    "accounts_opportunities": ("opportunity_id", "account_id"),
    "opportunities_contacts": ("contact_id", "opportunity_id", "contact_role"),
    "contacts_users": ("contact_id", "user_id"),
    "prospect_list_campaigns": ("prospect_list_id", "campaign_id"),
    "prospect_lists_prospects": ("prospect_list_id", "related_id", "related_type"),
}
