"""What people of a tenant said of networks, and how the databases of companies stand."""

from dataclasses import dataclass
from datetime import datetime

from funnel.domain.companies.companies import CompanyKey, Said
from funnel.domain.companies.company_databases import CompanyDatabases
from funnel.domain.ids import TenantId
from funnel.usecases.app import App
from funnel.usecases.view_common import PAGE_SIZE


@dataclass(frozen=True, slots=True)
class SaidOnce:
    """What somebody said at one time; neither kind nor name: as the databases say."""

    at: datetime
    by: str
    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """What was said of one network, the last first; that counts, unless it takes all back."""

    key: CompanyKey
    organisation: str
    counts: bool
    said: tuple[SaidOnce, ...]


@dataclass(frozen=True, slots=True)
class CorrectionsPage:
    """A page of them; `cursor` is where it goes on, "" at the end."""

    items: tuple[CorrectionView, ...]
    cursor: str


def list_corrections(
    app: App, tenant: TenantId, limit: int = PAGE_SIZE, cursor: str = ""
) -> CorrectionsPage:
    """What was said, by network. Raises `InputInvalid` for a cursor that is none."""
    found = app.companies.corrections(tenant, limit, cursor)
    views = [
        CorrectionView(
            one.key, one.organisation, one.counts is not None,
            tuple(_once(said) for said in reversed(one.said)),
        )
        for one in found.items
    ]  # fmt: skip
    return CorrectionsPage(tuple(views), found.cursor)


def company_databases(app: App) -> CompanyDatabases | None:
    """How the databases stand, as whoever writes down visits saw them last."""
    return app.companies.company_databases()


def _once(said: Said) -> SaidOnce:
    return SaidOnce(said.at, said.by, said.kind.value if said.kind else "", said.name)
