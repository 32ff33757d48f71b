"""Companies that visited, Internet providers, and how the databases stand."""

from dataclasses import replace
from datetime import datetime, timedelta

from funnel.domain.companies.companies import CompanyKey, Evidence, NetworkOwner, Said, company_key
from funnel.domain.companies.company_databases import (
    CompanyDatabases,
    DatabaseFile,
    DatabaseTrouble,
)
from funnel.domain.companies.company_visits import Company, CompanyVisit, new_company
from funnel.domain.companies.network_names import NetworkKind
from funnel.domain.ids import SugarId, TenantId
from funnel.domain.tracking.activities import SubjectId
from funnel.usecases.app import App

EVIL = '<img src=x onerror="document.title=1"> & Søn'
KNOWN = SubjectId("v-laptop0000000000")
"""A browser of Anneliese Bergmann, who is Sarah's."""

_PAGES = ("Freight that arrives", "Pricing", "Tour", "Heavy loads and special transport", "Contact")
_CAME = (("search", "google"), ("direct", ""), ("campaign", "Autumn"), ("referral", "news.example"))
_COMPANIES: tuple[tuple[str, str, str, tuple[float, ...]], ...] = (
    ("Harbour Cranes AS", "Bergen", "Norway", (0.02, 0.1, 1.2, 1.4, 3.0, 3.1, 5.5, 9, 9.2, 20)),
    ("Bergfeld Maschinenbau GmbH & Co. KG", "Stuttgart", "Germany", (0.2, 2.5, 2.6, 6)),
    ("Moreau et Fils SA", "Lyon", "France", (0.9,)),
    (EVIL, "Aarhus", "Denmark", (1.1, 4.2)),
    ("Tulip Logistics BV", "Rotterdam", "Netherlands", (2.2, 12, 13, 14, 15)),
    ("Acme Forwarding GmbH", "Hamburg", "Germany", (3.3, 3.4, 4)),
)
_HIDDEN = (
    ("Fjordnett Telecom AS", NetworkKind.PROVIDER, "telecom", 37),
    ("Skyrack Hosting Ltd", NetworkKind.HOSTING, "hosting", 4),
)


def key_of(name: str) -> CompanyKey:
    """Under which it is kept."""
    return company_key(name)


def fill_companies(app: App, tenant: TenantId, now: datetime) -> None:
    """Some weeks of visits from a few companies, and from whom nothing can be told."""
    for place, (name, city, country, days) in enumerate(_COMPANIES):
        owner = NetworkOwner(
            name, NetworkKind.COMPANY, Evidence.RANGE, "company", 64500, "", city, country
        )
        found = _visited(new_company(tenant, owner), now, place, days)
        if name == "Harbour Cranes AS":
            last = found.visits[-2]
            found = replace(found, visits=(replace(last, subject=KNOWN, known=True), *found.visits))
        if name == "Acme Forwarding GmbH":
            found = replace(found, account_id=SugarId("a0"), account_name="Acme Forwarding")
        app.companies.save_company(found, now)
    school = NetworkOwner(
        "Universität des Nordens", NetworkKind.EDUCATION, Evidence.NAME, "universitat"
    )
    found = _visited(new_company(tenant, school), now, 7, (5, 5.1))
    said = Said(now - timedelta(days=4), "Mo Sandberg", None, "University of the North")
    app.companies.save_company(replace(found, said=said), now)
    for name, kind, word, visits in _HIDDEN:
        owner = NetworkOwner(name, kind, Evidence.NAME, word, 64501, "", "Oslo", "Norway")
        days = tuple(n / 8 for n in range(visits))
        app.companies.save_company(_visited(new_company(tenant, owner), now, 9, days), now)
    app.companies.save_company_databases(
        CompanyDatabases(
            now - timedelta(minutes=50),
            (
                DatabaseFile("ip-to-company.mmdb", "ipinfo company", now - timedelta(days=3)),
                DatabaseFile("old.mmdb", trouble=DatabaseTrouble.BROKEN),
            ),
        )
    )


def _visited(company: Company, now: datetime, place: int, days: tuple[float, ...]) -> Company:
    visits = []
    for number, day in enumerate(days):
        since = (now - timedelta(days=day)).replace(second=0)
        source, via = _CAME[(number + place) % len(_CAME)]
        pages = tuple(_PAGES[(number + place + n) % len(_PAGES)] for n in range(number % 4 + 1))
        if company.organisation == EVIL:
            pages, via = (f"{EVIL} read", *pages), EVIL
        visits.append(
            CompanyVisit(
                f"visit-{number}", SubjectId(f"v-{place}-{number % 3}"), since,
                since + timedelta(minutes=4), pages, source, via,
            )
        )  # fmt: skip
    return replace(company, visits=tuple(sorted(visits, key=lambda one: one.since)))
