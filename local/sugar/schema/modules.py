"""The modules of the simulated Sugar."""

from dataclasses import dataclass, replace

from local.sugar.schema import business, marketing, people
from local.sugar.schema.field import Field
from local.sugar.schema.links import LINKS, Link
from local.sugar.settings import Product, Settings


@dataclass(frozen=True)
class Module:
    """A module: its table, fields and links, as one product has them."""

    name: str
    table: str
    fields: tuple[Field, ...]
    links: tuple[Link, ...]
    controlled: bool = True

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", {field.name: field for field in self.fields})
        object.__setattr__(self, "link_by_name", {link.name: link for link in self.links})

    by_name: dict[str, Field] = None  # type: ignore[assignment]
    link_by_name: dict[str, Link] = None  # type: ignore[assignment]

    @property
    def custom_table(self) -> str:
        """Where its custom fields live."""
        return f"{self.table}_cstm"

    @property
    def custom(self) -> bool:
        """Whether it has custom fields."""
        return any(field.source == "custom" for field in self.fields)

    @property
    def person(self) -> bool:
        """Whether its records have a first and a last name."""
        return "last_name" in self.by_name

    @property
    def has_email(self) -> bool:
        """Whether its records have email addresses."""
        return "email1" in self.by_name


#: Module -> table and fields of those that hold data.
_HELD: dict[str, tuple[str, tuple[Field, ...]]] = {
    "Accounts": ("accounts", business.ACCOUNTS),
    "Contacts": ("contacts", people.CONTACTS),
    "Opportunities": ("opportunities", business.OPPORTUNITIES),
    "Leads": ("leads", people.LEADS),
    "Campaigns": ("campaigns", marketing.CAMPAIGNS),
    "Prospects": ("prospects", people.PROSPECTS),
    "ProspectLists": ("prospect_lists", marketing.PROSPECT_LISTS),
    "Tasks": ("tasks", marketing.TASKS),
    "Users": ("users", business.USERS),
    "Currencies": ("currencies", business.CURRENCIES),
    "EmailAddresses": ("email_addresses", marketing.EMAIL_ADDRESSES),
    "Calls": ("calls", business.PLAIN),
    "Meetings": ("meetings", business.PLAIN),
    "Notes": ("notes", marketing.NOTES),
    "Cases": ("cases", business.PLAIN),
    "Documents": ("documents", business.PLAIN),
    "Emails": ("emails", business.PLAIN),
    "Employees": ("users", business.USERS),
}

#: What a person sees as tabs: the `default` filter of `get_available_modules`.
TABS = (
    "Home", "Accounts", "Contacts", "Opportunities", "Leads", "Calendar", "Documents", "Emails",
    "Campaigns", "Calls", "Meetings", "Tasks", "Notes", "Cases", "Prospects", "ProspectLists",
)  # fmt: skip
#: Known to the server without being a tab.
HIDDEN = (
    "Administration", "Currencies", "CustomFields", "Employees", "Users", "EmailMarketing",
    "EmailAddresses", "EmailTemplates", "CampaignTrackers", "CampaignLog", "EmailMan",
    "ACLActions", "ACLRoles", "Project", "Bugs", "SugarFeed",
)  # fmt: skip
_SUITE_TABS = ("AOS_Quotes", "AOS_Invoices", "AOR_Reports", "Surveys")
#: Modules without access rules: a user who is no admin gets empty answers for them.
_UNCONTROLLED = frozenset(
    ("Home", "Administration", "Currencies", "CustomFields", "Employees", "EmailAddresses",
     "CampaignTrackers", "CampaignLog", "EmailMan", "ACLActions", "ACLRoles", "SugarFeed")
)  # fmt: skip


def _module(name: str, settings: Settings) -> Module:
    table, declared = _HELD.get(name, (name.lower(), business.PLAIN))
    suite = settings.product is Product.SUITECRM
    fields = tuple(
        field
        for field in declared
        if field.product in (None, settings.product.schema)
        and (settings.funnel_module or not field.funnel)
    )
    links = tuple(link for link in LINKS.get(name, ()) if suite or not link.suite_only)
    if name == "Leads" and not suite:
        links = tuple(
            replace(link, told_module="") if link.kind == "email" else link for link in links
        )
    return Module(name, table, fields, links, name not in _UNCONTROLLED)


def tabs_of(settings: Settings) -> tuple[str, ...]:
    """The tabs of a product."""
    return TABS + (_SUITE_TABS if settings.product is Product.SUITECRM else ())


def modules_of(settings: Settings) -> dict[str, Module]:
    """All modules of a product by name, tabs first."""
    extra = () if settings.product is Product.SUITECRM else ("EAPM",)
    names = (*tabs_of(settings), *HIDDEN, *extra)
    return {name: _module(name, settings) for name in names}
