"""Find the Account in Sugar that a company is."""

from dataclasses import replace

from funnel.domain.companies.companies import fold_company
from funnel.domain.companies.company_visits import Company
from funnel.domain.ids import Module, SugarId
from funnel.domain.text import fold_name
from funnel.usecases.app import App

_MOST = 10
"""Accounts whose names begin like the company's that are looked at."""


def with_account(app: App, company: Company, today: str) -> Company:
    """The company with the Account of its name; looked for once a day, and where reps see it.

    Names are compared without their legal forms: "Siemens" is "Siemens AG". The first by name wins.
    """
    if company.looked_on == today or not company.is_shown:
        return company
    wanted = fold_company(company.name)
    start = fold_name(company.name)
    prefix = wanted if start.startswith(wanted) else start
    found = app.records.list_records(company.tenant, Module.ACCOUNTS, prefix, _MOST).items
    one = next((one for one in found if fold_company(one.name) == wanted), None)
    return replace(
        company,
        looked_on=today,
        account_id=one.key.sugar_id if one else SugarId(""),
        account_name=one.name if one else "",
    )
