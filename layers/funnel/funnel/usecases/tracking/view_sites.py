"""Sites as they are shown: settings, what goes into their pages, and what came from them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from funnel.domain.ids import TenantId
from funnel.domain.tracking.hits import SiteKey
from funnel.domain.tracking.sites import ConsentMode, HitCounts, Site, for_forms, own_site
from funnel.usecases.app import App
from funnel.usecases.forms.forms_aside import count_aside

DAYS = 7


@dataclass(frozen=True, slots=True)
class DayView:
    """Hits of a day (UTC) but for forms: written down, and refused because the budget was used up."""

    day: str
    accepted: int
    refused: int


@dataclass(frozen=True, slots=True)
class SiteView:
    """A site. `snippet` goes into the head of each page, `form_address` is its hosted form.

    `days` are the last seven, today first. `forms_refused` are those of today beyond the budget. `aside` are forms that wait for a decision, 1,000 at most.
    """

    key: str
    name: str
    domains: tuple[str, ...]
    daily_budget: int
    consent: ConsentMode
    honour_do_not_track: bool
    active: bool
    created_at: datetime
    created_by: str
    snippet: str
    form_address: str
    days: tuple[DayView, ...]
    aside: int
    forms_refused: int = 0

    @property
    def over_budget(self) -> bool:
        """Whether hits or forms of today were refused."""
        return self.days[0].refused > 0 or self.forms_refused > 0


@dataclass(frozen=True, slots=True)
class SitesView:
    """All sites, the oldest first."""

    items: tuple[SiteView, ...]


def list_sites(app: App, tenant: TenantId, address: str) -> SitesView:
    """All sites. `address` is our own, as browsers know it."""
    return SitesView(tuple(view_of(app, one, address) for one in app.sites.sites(tenant)))


def one_site(app: App, tenant: TenantId, key: SiteKey, address: str) -> SiteView:
    """One site. Raises `NotFound`."""
    return view_of(app, own_site(app.sites.site(key), tenant), address)


def view_of(app: App, site: Site, address: str) -> SiteView:
    """A site as it is shown."""
    today = app.clock.now().date()
    days = [today - timedelta(days=n) for n in range(DAYS)]
    counts = app.sites.hit_counts(site.tenant, site.key, days)
    forms = app.sites.hit_counts(site.tenant, for_forms(site).key, [today])
    return SiteView(
        key=site.key,
        name=site.name,
        domains=site.domains,
        daily_budget=site.daily_budget,
        consent=site.consent,
        honour_do_not_track=site.honour_do_not_track,
        active=site.active,
        created_at=site.created_at,
        created_by=site.created_by,
        snippet=f'<script async src="{address}/c/{site.key}/script.js"></script>',
        form_address=f"{address}/f/{site.key}",
        days=tuple(_day(day, counts.get(day, HitCounts())) for day in days),
        aside=count_aside(app, site),
        forms_refused=forms.get(today, HitCounts()).refused,
    )


def _day(day: date, counts: HitCounts) -> DayView:
    return DayView(day.isoformat(), counts.accepted, counts.refused)
