"""The users every simulated Sugar has: one for each kind of right worth testing.

Each one's password is the user name.
"""

from local.sugar.company import Company
from local.sugar.soap.context import Sugar
from local.sugar.store.users import DISABLED, NONE, OWNER
from local.sugar.store.world import ADMIN

#: User name -> record id.
STANDARD = {
    "admin": ADMIN,
    "api": "funnel-api-user",
    "restricted": "restricted-user",
    "owneronly": "owner-only-user",
    "inactive": "inactive-user",
}
_RESTRICTED = {
    ("Leads", "access"): DISABLED,
    ("Accounts", "list"): NONE,
    ("Contacts", "edit"): NONE,
    ("Contacts", "export"): NONE,
}
_OWNER_ONLY = {
    ("Leads", action): OWNER for action in ("view", "list", "edit", "delete", "import", "export")
}


def standard_users(sugar: Sugar, company: Company) -> None:
    """Make the standard users; `inactive` may not sign in."""
    for name, record in STANDARD.items():
        last = "Administrator" if name == "admin" else name.capitalize()
        company.create(
            "Users",
            record=record,
            user_name=name,
            first_name=None if name == "admin" else "Test",
            last_name=last,
            title="Administrator" if name == "admin" else None,
            status="Inactive" if name == "inactive" else "Active",
            is_admin=name in ("admin", "api"),
            email1="" if name == "admin" else f"{name}@sugar.example",
        )
        sugar.users.set_password(record, name)
    sugar.users.restrict(STANDARD["restricted"], "Restricted", _RESTRICTED)
    sugar.users.restrict(STANDARD["owneronly"], "Owner only", _OWNER_ONLY)
