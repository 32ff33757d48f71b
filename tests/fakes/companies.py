"""Companies and what is said of them in memory, and a lookup of made-up networks."""

import threading
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from funnel.domain.companies.companies import CompanyKey, Correction, NetworkOwner
from funnel.domain.companies.company_databases import CompanyDatabases
from funnel.domain.companies.company_visits import Company
from funnel.domain.errors import Conflict
from funnel.domain.ids import TenantId
from funnel.ports.listing import Listing

_At = tuple[TenantId, CompanyKey]


class MemoryCompanies:
    """`CompanyStore` in memory. Nothing is forgotten by time.

    `company_writes` counts how often a company was written.
    """

    def __init__(self) -> None:
        super().__init__()
        self._companies_lock = threading.RLock()
        self.companies: dict[_At, Company] = {}
        self.company_writes = 0
        self._said: dict[_At, Correction] = {}
        self._company_databases: CompanyDatabases | None = None

    def company(
        self, tenant: TenantId, key: CompanyKey
    ) -> tuple[Company | None, Correction | None]:
        """A company, and what was said of it."""
        with self._companies_lock:
            return self.companies.get((tenant, key)), self._said.get((tenant, key))

    def save_company(self, company: Company, expires_at: datetime) -> Company:
        """Write it if its version still stands."""
        with self._companies_lock:
            at = (company.tenant, company.key)
            before = self.companies.get(at)
            if (before.version if before else 0) != company.version:
                raise Conflict("Somebody else changed this company meanwhile.")
            self.companies[at] = replace(company, version=company.version + 1)
            self.company_writes += 1
            return self.companies[at]

    def companies_seen(
        self, tenant: TenantId, since: datetime, limit: int
    ) -> tuple[list[Company], bool]:
        """Those that are shown, the last one seen first."""
        found = [
            (one.seen_at, one.key, one)
            for one in self._companies_of(tenant, shown=True)
            if one.seen_at and one.seen_at >= since
        ]
        return _first(
            [one for *_, one in sorted(found, key=lambda of: of[:2], reverse=True)], limit
        )

    def companies_by_visits(self, tenant: TenantId, limit: int) -> tuple[list[Company], bool]:
        """Those that are shown, by visits."""
        return _first(_by_visits(self._companies_of(tenant, shown=True)), limit)

    def networks_by_visits(self, tenant: TenantId, limit: int) -> tuple[list[Company], bool]:
        """Those that are not shown, by visits."""
        return _first(_by_visits(self._companies_of(tenant, shown=False)), limit)

    def save_correction(self, correction: Correction) -> Correction:
        """Write it if its version still stands."""
        with self._companies_lock:
            at = (correction.tenant, correction.key)
            before = self._said.get(at)
            if (before.version if before else 0) != correction.version:
                raise Conflict("Somebody else changed this company meanwhile.")
            self._said[at] = replace(correction, version=correction.version + 1)
            return self._said[at]

    def corrections(self, tenant: TenantId, limit: int, cursor: str = "") -> Listing[Correction]:
        """What was said of networks, by key."""
        with self._companies_lock:
            keys = sorted(key for at, key in self._said if at == tenant and key > cursor)
            found = [self._said[tenant, key] for key in keys[:limit]]
        return Listing(found, keys[limit - 1] if len(keys) > limit else "")

    def company_databases(self) -> CompanyDatabases | None:
        """How the databases stood."""
        return self._company_databases

    def save_company_databases(self, databases: CompanyDatabases) -> None:
        """Keep how they stand."""
        self._company_databases = databases

    def _companies_of(self, tenant: TenantId, *, shown: bool) -> list[Company]:
        with self._companies_lock:
            return [
                one
                for (at, _), one in self.companies.items()
                if at == tenant and one.is_shown is shown and one.visits
            ]


class FakeLookup:
    """`CompanyLookup` of the networks that a test names by address."""

    def __init__(self, owners: Mapping[str, NetworkOwner]) -> None:
        self.owners = dict(owners)

    def company(self, ip: str) -> NetworkOwner | None:
        """Whose network it is."""
        return self.owners.get(ip)


def _by_visits(companies: list[Company]) -> list[Company]:
    return sorted(companies, key=lambda one: (len(one.anonymous), one.key), reverse=True)


def _first(companies: list[Company], limit: int) -> tuple[list[Company], bool]:
    return companies[:limit], len(companies) > limit
