"""Companies by JSON: what their pages show and do."""

from dataclasses import dataclass

from funnel.domain.companies.company_databases import CompanyDatabases
from funnel.domain.signing_in.tenants import Role
from funnel.usecases.companies import view_corrections
from funnel.usecases.companies.correct_company import correct_company
from funnel.usecases.companies.view_companies import CompaniesView, CompanyView, Order
from funnel.usecases.companies.view_corrections import CorrectionsPage
from funnel.web.asked import Asked
from funnel.web.marketing.companies import month, reader_of
from funnel.web.room import PAGING, Room

room = Room(needs=Role.MARKETER)


@dataclass(frozen=True, slots=True)
class SaidOfCompany:
    """What a network is, and how it is called; with neither, it is as the databases say again."""

    kind: str = ""
    name: str = ""


@room.api(
    "GET",
    "/api/app/companies",
    "Companies that visited in 30 days without a name, 25 at most",
    CompaniesView,
    queries=("order",),
)
def companies(asked: Asked) -> CompaniesView:
    """Those that are shown to reps."""
    order = Order.VISITS if asked.query("order") == Order.VISITS else Order.SEEN
    return reader_of(asked).companies(month(asked), order)


@room.api(
    "GET",
    "/api/app/companies/networks",
    "Internet providers and other networks whose visits are not shown, 25 at most",
    CompaniesView,
)
def networks(asked: Asked) -> CompaniesView:
    """Those that are left out."""
    return reader_of(asked).networks(month(asked))


@room.api(
    "GET",
    "/api/app/companies/corrections",
    "What people said of networks, and when",
    CorrectionsPage,
    queries=PAGING,
)
def corrections(asked: Asked) -> CorrectionsPage:
    """All of it, in pages."""
    return view_corrections.list_corrections(asked.app, asked.tenant, **asked.paging())


@room.api(
    "GET",
    "/api/app/companies/databases",
    "Which databases of companies there are; null before the first visit",
    CompanyDatabases | None,
)
def databases(asked: Asked) -> CompanyDatabases | None:
    """How they stand."""
    return view_corrections.company_databases(asked.app)


@room.api("GET", "/api/app/companies/<key>", "One company or network", CompanyView)
def one(asked: Asked, key: str) -> CompanyView:
    """One, with all pages of 30 days."""
    return reader_of(asked).company(key, month(asked))


@room.api(
    "PUT",
    "/api/app/companies/<key>",
    "Say what a network is and how it is called, for everybody and for past days",
    CompanyView,
    body=SaidOfCompany,
)
def correct(asked: Asked, key: str) -> CompanyView:
    """Take in what is said; said twice it is said once."""
    said = asked.json(SaidOfCompany)
    correct_company(asked.app, asked.tenant, key, said.kind, said.name, asked.who.user_name)
    return reader_of(asked).company(key, month(asked))
