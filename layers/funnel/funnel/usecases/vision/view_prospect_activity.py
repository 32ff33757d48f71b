"""Prospect Activity: which of an owner's prospects, or a team's, were on the site (E2)."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from heapq import merge

from funnel.domain.ids import Module, RecordKey, SugarId, TenantId
from funnel.domain.vision.prospect_visits import SeenVisit
from funnel.domain.vision.prospects import Prospect
from funnel.usecases.app import App
from funnel.usecases.view_common import Owners

PAGE_SIZE = 25
MOST_COUNTED = 100
"""Prospects, seen last, whose visits are counted by day, of all owners together."""

HERE = timedelta(minutes=5)
"""So long after what was last seen of it, a prospect is taken to be on the site."""

Url = Callable[[RecordKey], str]


@dataclass(frozen=True, slots=True)
class SeenView:
    """A prospect that was on a site, with its latest visits in the time that is shown.

    `owner` is whose it is, "" where all are one owner's. Links are "" where there is none.
    """

    module: Module
    sugar_id: str
    name: str
    url: str
    company: str
    company_url: str
    owner: str
    score: int
    seen_at: datetime
    is_here: bool
    visits: tuple[SeenVisit, ...]


class WhyNobody(StrEnum):
    """Why nobody is shown."""

    SOMEBODY = ""
    NO_SITE = "no_site"
    NOBODY_KNOWN = "nobody_known"
    NOT_SEEN = "not_seen"


@dataclass(frozen=True, slots=True)
class SeenDays:
    """Visits that began on each day by the viewer's clock, from `first` (as 2026-11-24) to today.

    Of each prospect the latest few, as its row keeps them; `all_counted` says whether all
    prospects of that time are in it, or only the `MOST_COUNTED` that were seen last.
    """

    first: str
    visits: tuple[int, ...]
    all_counted: bool


@dataclass(frozen=True, slots=True)
class SeenList:
    """A page of the list; `cursor` is where it goes on, "" at the end; `days` on the first alone."""

    items: tuple[SeenView, ...]
    cursor: str
    why_none: WhyNobody
    days: SeenDays | None


def prospect_activity(
    app: App,
    tenant: TenantId,
    owners: Sequence[SugarId],
    since: datetime,
    cursor: str,
    url: Url,
    offset: timedelta = timedelta(),
    limit: int = PAGE_SIZE,
) -> SeenList:
    """Prospects of these owners that were on a site since then, the one seen last first.

    One range is read for each owner. `offset` is how far the viewer's clock is ahead of UTC.
    """
    share = limit + 1 if cursor else max(limit + 1, MOST_COUNTED // max(1, len(owners)))
    pages = [app.prospects.prospects_seen(tenant, o, share, cursor, since=since) for o in owners]
    placed = [zip(page.items, page.places, strict=True) for page in pages]
    # The same place in every list: whatever was last comes first.
    found = list(merge(*placed, key=lambda one: one[1], reverse=True))
    page = found[:limit]
    days = None
    if page and not cursor:
        whole = not any(one.cursor for one in pages)
        days = _days([row for row, _ in found], since, app.clock.now(), offset, whole=whole)
    return SeenList(
        _views(app, tenant, [row for row, _ in page], since, url, named=len(owners) > 1),
        page[-1][1] if len(found) > limit else "",
        WhyNobody.SOMEBODY if page or cursor else _why_nobody(app, tenant, owners),
        days,
    )


def _views(
    app: App,
    tenant: TenantId,
    rows: Sequence[Prospect],
    since: datetime,
    url: Url,
    *,
    named: bool,
) -> tuple[SeenView, ...]:
    now = app.clock.now()
    owners = Owners(app, tenant, [row.owner for row in rows] if named else [])

    def view(row: Prospect) -> SeenView:
        owner = owners.view(row.owner) if named else None
        seen_at = row.seen_at or now
        return SeenView(
            module=row.key.module,
            sugar_id=row.key.sugar_id,
            name=row.name,
            url=url(row.key),
            company=row.company,
            company_url=url(row.account) if row.account else "",
            owner=owner.name if owner else "",
            score=row.score,
            seen_at=seen_at,
            is_here=now - seen_at < HERE,
            visits=tuple(one for one in row.visits if one.until >= since),
        )

    return tuple(map(view, rows))


def _days(
    rows: Iterable[Prospect], since: datetime, now: datetime, offset: timedelta, *, whole: bool
) -> SeenDays:
    first = (since + offset).date()
    counts = [0] * ((now + offset).date() - first + timedelta(days=1)).days
    for row in rows:
        for visit in row.visits:
            at = ((visit.since + offset).date() - first).days
            if 0 <= at < len(counts):
                counts[at] += 1
    return SeenDays(first.isoformat(), tuple(counts), whole)


def _why_nobody(app: App, tenant: TenantId, owners: Sequence[SugarId]) -> WhyNobody:
    """Read only where there is nobody to show."""
    if any(app.prospects.prospects_seen(tenant, one, 1).items for one in owners):
        return WhyNobody.NOT_SEEN
    return WhyNobody.NOBODY_KNOWN if app.sites.sites(tenant) else WhyNobody.NO_SITE
