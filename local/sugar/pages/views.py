"""The pages' contents: lists and records, as HTML."""

from html import escape
from urllib.parse import quote_plus

from local.sugar.company import Company
from local.sugar.pages.html import TABS, button, choice, link, table, text_input
from local.sugar.schema.modules import Module
from local.sugar.schema.options import OPTIONS

_PAGE = 50
#: What a list shows after the name.
_COLUMNS = {
    "Leads": ("account_name", "email1", "status", "assigned_user_name", "date_modified"),
    "Contacts": ("account_name", "email1", "assigned_user_name", "date_modified"),
    "Accounts": ("account_type", "industry", "assigned_user_name", "date_modified"),
    "Opportunities": ("account_name", "sales_stage", "amount", "date_closed", "assigned_user_name"),
    "Campaigns": ("status", "campaign_type", "start_date", "end_date", "date_modified"),
    "ProspectLists": ("list_type", "assigned_user_name", "date_modified"),
    "Prospects": ("account_name", "email1", "assigned_user_name", "date_modified"),
    "Users": ("user_name", "title", "status", "email1", "is_admin"),
}
#: What a person can change.
EDITED = {
    "Leads": (
        "first_name", "last_name", "account_name", "title", "email1", "status", "lead_source",
        "phone_work", "assigned_user_id", "description",
    ),
    "Contacts": (
        "first_name", "last_name", "title", "email1", "account_id", "lead_source", "phone_work",
        "assigned_user_id", "description",
    ),
    "Accounts": (
        "name", "account_type", "industry", "email1", "phone_office", "website",
        "billing_address_city", "assigned_user_id",
    ),
    "Opportunities": (
        "name", "account_id", "sales_stage", "amount", "probability", "date_closed",
        "assigned_user_id",
    ),
    "Campaigns": (
        "name", "status", "campaign_type", "start_date", "end_date", "content", "assigned_user_id",
    ),
    "ProspectLists": ("name", "list_type", "description", "assigned_user_id"),
    "Prospects": ("first_name", "last_name", "account_name", "title", "email1", "assigned_user_id"),
    "Users": ("first_name", "last_name", "title", "email1", "status"),
}  # fmt: skip
_LINKED = {
    "Leads": ("prospect_lists", "tasks"),
    "Contacts": ("accounts", "opportunities", "prospect_lists", "tasks"),
    "Accounts": ("contacts", "opportunities"),
    "Opportunities": ("accounts", "contacts"),
    "Campaigns": ("prospectlists",),
    "ProspectLists": ("leads", "contacts", "prospects", "campaigns"),
    "Prospects": ("prospect_lists",),
}
_CALLED = {"prospectlists": "Target lists"}
_SHOWN = 50


def name_of(values: dict[str, str]) -> str:
    """What a record is called."""
    return values.get("full_name") or values.get("name") or values.get("user_name") or ""


def list_view(company: Company, module: str, words: str, offset: int) -> str:
    """A module's records with a search, newest change first."""
    total, found = company.search(module, words, limit=_PAGE, offset=offset)
    columns = _COLUMNS[module]
    rows = [
        [link(module, one["id"], name_of(one)), *(escape(one[name]) for name in columns)]
        for one in found
    ]
    heads = ["Name", *(name.replace("_", " ").removesuffix("1").capitalize() for name in columns)]
    search = (
        "<form method=get action=/index.php role=search class=row>"
        f"<input type=hidden name=module value={module}><input type=hidden name=action value=index>"
        f"{text_input('q', 'Name or email address', words, kind='search')}<button>Search</button></form>"
    )
    last = offset + len(found)
    base = f"/index.php?module={module}&amp;action=index&amp;q={quote_plus(words)}&amp;offset="
    turns = [f'<a href="{base}{max(offset - _PAGE, 0)}">Newer</a>'] if offset else []
    turns += [f'<a href="{base}{last}">Older</a>'] if last < total else []
    told = f"{offset + 1 if found else 0}-{last} of {total}"
    shown = table(heads, rows) if rows else "<p>Nothing found.</p>"
    return f"{search}{shown}<p>{told} {' '.join(turns)}</p>"


def _users(company: Company) -> list[tuple[str, str]]:
    _, users = company.search("Users", limit=500)
    people = [
        (one["id"], name_of(one) + ("" if one["status"] == "Active" else " (inactive)"))
        for one in users
    ]
    return [("", "nobody"), *sorted(people, key=lambda one: one[1].casefold())]


def _field(company: Company, module: Module, name: str, value: str) -> str:
    field = module.by_name[name]
    if name == "assigned_user_id":
        return choice(name, "Assigned to", value, _users(company))
    if field.options:
        return choice(name, field.label, value, [(one, one) for one in OPTIONS[field.options]])
    if field.type == "text":
        return (
            f"<label><span>{escape(field.label)}</span>"
            f'<textarea name="{name}" rows=3>{escape(value)}</textarea></label>'
        )
    label = "Account (its id)" if name == "account_id" else field.label.replace("Email1", "Email")
    return text_input(name, label, value, kind="date" if field.type == "date" else "text")


def _related(company: Company, module: str, record: str) -> str:
    parts = []
    target = company.module(module)
    for name in _LINKED.get(module, ()):
        other = target.link_by_name[name].module
        items = []
        linked = list(company.linked(module, record, name))
        for one in linked[:_SHOWN]:
            values = company.get(other, one)
            if values is None:
                continue
            shown = escape(name_of(values))
            shown = link(other, one, name_of(values)) if other in TABS else shown
            may_drop = module == "ProspectLists" and name != "campaigns"
            items.append(shown + (_drop(record, name, one) if may_drop else ""))
        if len(linked) > _SHOWN:
            items.append(f"and {len(linked) - _SHOWN} more")
        listed = "".join(f"<li>{item}</li>" for item in items) or "<li>none</li>"
        called = _CALLED.get(name, name.replace("_", " ").capitalize())
        number = f" ({len(linked)})" if module in ("Campaigns", "ProspectLists") else ""
        parts.append(f"<h2>{called}{number}</h2><ul>{listed}</ul>")
    return "".join(parts)


def _drop(target_list: str, name: str, member: str) -> str:
    here = f"/index.php?module=ProspectLists&record={target_list}&action=Drop"
    return button("Take off", f"{here}&link={name}&member={member}", bad=True)


def _add_member(target_list: str) -> str:
    """A form that puts a record on a Target List by its id, which its page's address shows."""
    here = escape(f"/index.php?module=ProspectLists&record={target_list}&action=Add")
    kinds = [("leads", "Lead"), ("contacts", "Contact"), ("prospects", "Target")]
    return (
        f'<h2>Add a member</h2><form method=post action="{here}"><div class=grid>'
        f"{choice('link', 'What', 'leads', kinds)}{text_input('member', 'Its id', '')}</div>"
        "<div class=row><button>Add</button></div></form>"
    )


def home_view(company: Company, dashlet: str, user: str) -> str:
    """Home: whom to be, and the dashlet. No real Sugar lets one choose; it is for trying things."""
    people = [one for one in _users(company) if one[0] and not one[1].endswith("(inactive)")]
    return (
        "<form method=post action='/index.php?module=Users&amp;action=SignInAs'>"
        f"<div class=row>{choice('user', 'Look at Sugar as', user, people)}"
        f"<button>Sign in as</button></div></form>{dashlet}"
    )


def detail_view(
    company: Company, module: str, record: str, values: dict[str, str], panel: str = ""
) -> str:
    """A record: a form to change it, what can be done with it, what it is linked to.

    `panel` is what Funnel's module shows of it.
    """
    target = company.module(module)
    inputs = "".join(_field(company, target, name, values.get(name, "")) for name in EDITED[module])
    here = f"/index.php?module={module}&record={record}&action="
    todo = ""
    if module == "Leads" and values.get("converted") != "1":
        todo += button("Convert lead", f"{here}ConvertLead")
    if module != "Users":
        todo += button("Delete", f"{here}Delete", bad=True)
    facts = [
        [f"<code>{escape(name)}</code>", escape(values[name])]
        for name in values if values[name].strip() and name not in EDITED[module]
    ]  # fmt: skip
    addresses = ", ".join(
        escape(one.email + (" (opted out)" if one.opt_out else "")) for one in
        (company.emails(module, record) if target.has_email else [])
    )  # fmt: skip
    return (
        f'<form method=post action="{escape(here)}Save"><div class=grid>{inputs}</div>'
        "<div class=row><button>Save</button></div></form>"
        f"<div class=row>{todo}</div>"
        + (f"<p>Addresses: {addresses}</p>" if addresses else "")
        + (_add_member(record) if module == "ProspectLists" else "")
        + panel
        + f"<div id=subpanel_list>{_related(company, module, record)}</div>"
        + f"<h2>All fields</h2>{table(('Field', 'Value'), facts)}"
    )


def deleted_view(module: str, record: str) -> str:
    """A record that was deleted, and the way back."""
    here = f"/index.php?module={module}&record={record}&action=Restore"
    return f"<p>This record was deleted.</p>{button('Restore', here)}"


def sign_in_view(problem: str, target: str) -> str:
    """The form to sign in, with the demo's passwords."""
    wrong = f"<p class='note bad-note' role=alert>{escape(problem)}</p>" if problem else ""
    return (
        f"{wrong}<form method=post action='/index.php?module=Users&amp;action=Authenticate'>"
        f'<input type=hidden name=next value="{escape(target)}"><div class=grid>'
        f"{text_input('user_name', 'User name', '')}"
        f"{text_input('password', 'Password', '', kind='password')}</div>"
        "<div class=row><button>Sign in</button></div></form>"
        "<p class=note>A demo: every user's password is the user name. "
        "<code>admin</code> is the administrator, <code>api</code> is the user for Funnel.</p>"
    )
