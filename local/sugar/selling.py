"""What Sugar does when a lead is converted or duplicates are merged."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from local.sugar.schema.modules import Module

if TYPE_CHECKING:
    from local.sugar.company import Company

_CARRIED = (
    "salutation", "first_name", "last_name", "title", "department", "phone_work", "phone_mobile",
    "phone_home", "lead_source", "description", "primary_address_street", "primary_address_city",
    "primary_address_state", "primary_address_postalcode", "primary_address_country",
    "assigned_user_id", "do_not_call",
)  # fmt: skip


def _account(company: "Company", values: dict[str, str], by: str) -> str:
    """The account of the lead's company name: the live one of that name, or a new one."""
    name = values["account_name"] or f"{values['last_name']} (no company)"
    _, found = company.search("Accounts", name, limit=5)
    for one in found:
        if one["name"].casefold() == name.casefold():
            return one["id"]
    owner = values["assigned_user_id"] or None
    return company.create("Accounts", by=by, name=name, assigned_user_id=owner)


def convert_lead(company: "Company", lead: str, opportunity: str, by: str) -> dict[str, str]:
    """Make a contact and its account of a lead. Raises KeyError where there is none."""
    values = company.get("Leads", lead)
    if values is None:
        raise KeyError(lead)
    made = {"Accounts": _account(company, values, by)}
    carried = {name: values[name] for name in _CARRIED if values.get(name)}
    made["Contacts"] = company.create("Contacts", carried, by=by, account_id=made["Accounts"])
    for address in company.emails("Leads", lead):
        company.add_email("Contacts", made["Contacts"], address.email, primary=address.primary)
    if opportunity:
        made["Opportunities"] = company.create(
            "Opportunities", by=by, name=opportunity, account_id=made["Accounts"],
            sales_stage="Prospecting", assigned_user_id=values["assigned_user_id"] or None,
        )  # fmt: skip
        company.link("Opportunities", made["Opportunities"], "contacts", made["Contacts"])
    company.update(
        "Leads", lead, by=by, status="Converted", converted=True, contact_id=made["Contacts"],
        account_id=made["Accounts"], opportunity_id=made.get("Opportunities"),
    )  # fmt: skip
    return made


def merge(company: "Company", module: Module, kept: str, merged: Iterable[str], by: str) -> None:
    """Move links and addresses of `merged` to `kept`, then delete them."""
    for record in merged:
        for link in module.links:
            if link.kind in ("join", "child"):
                for other in company.linked(module.name, record, link.name):
                    company.link(module.name, kept, link.name, other)
        for address in company.emails(module.name, record) if module.has_email else ():
            company.add_email(module.name, kept, address.email)
        company.delete(module.name, record, by=by)
    company.update(module.name, kept, by=by)
