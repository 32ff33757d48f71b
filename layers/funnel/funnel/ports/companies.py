"""Whose network an address is of, and where it is kept which companies visited.

What `ports/store.py` says of all stores holds here too.
"""

from datetime import datetime
from typing import Protocol

from funnel.domain.companies.companies import CompanyKey, Correction, NetworkOwner
from funnel.domain.companies.company_databases import CompanyDatabases
from funnel.domain.companies.company_visits import Company
from funnel.domain.ids import TenantId
from funnel.ports.listing import Listing


class CompanyLookup(Protocol):
    """The databases of companies, as far as the operator supplies any."""

    def company(self, ip: str) -> NetworkOwner | None:
        """Whose network it is; None where nobody knows. Raises nothing, whatever the files hold."""


class CompanyStore(Protocol):
    """Companies with their visits, and what people of the tenant say of them."""

    def company(
        self, tenant: TenantId, key: CompanyKey
    ) -> tuple[Company | None, Correction | None]:
        """A company, and what was said of it; consistent, in one request."""

    def save_company(self, company: Company, expires_at: datetime) -> Company:
        """Write it if its version still stands; the stored one. Raises `Conflict`.

        Forgotten some time after `expires_at`.
        """

    def companies_seen(
        self, tenant: TenantId, since: datetime, limit: int
    ) -> tuple[list[Company], bool]:
        """Those that are shown, from `since` on, the last one seen first; whether there are more."""

    def companies_by_visits(self, tenant: TenantId, limit: int) -> tuple[list[Company], bool]:
        """Those that are shown, by visits of the last 30 days, most first; whether there are more."""

    def networks_by_visits(self, tenant: TenantId, limit: int) -> tuple[list[Company], bool]:
        """Those that are not shown, the same."""

    def save_correction(self, correction: Correction) -> Correction:
        """Write it if its version still stands; the stored one. Raises `Conflict`."""

    def corrections(self, tenant: TenantId, limit: int, cursor: str = "") -> Listing[Correction]:
        """Listing: what was said of networks, by key; consistent."""

    def company_databases(self) -> CompanyDatabases | None:
        """How the databases stood when they were last looked at; None before that."""

    def save_company_databases(self, databases: CompanyDatabases) -> None:
        """Keep how they stand."""
