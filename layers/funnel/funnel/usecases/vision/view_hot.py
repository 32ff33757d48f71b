"""Who's Hot: an owner's prospects by lead score, or those of a team (E1)."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from heapq import merge

from funnel.domain.ids import Module, RecordKey, SugarId, TenantId
from funnel.domain.scoring.trends import by_day, moved_in_a_week
from funnel.domain.vision.prospects import Prospect, Reason, hot_place
from funnel.usecases.app import App
from funnel.usecases.view_common import Owners

PAGE_SIZE = 25
MOST_SEEN = 100
"""Prospects, seen last, among whom the hottest are looked for, of all owners together."""

FRESH = timedelta(minutes=15)

Url = Callable[[RecordKey], str]


@dataclass(frozen=True, slots=True)
class HotView:
    """A prospect in the list. `trend` is its score at the end of each of the last 30 days, and now.

    `change` is by how much it moved in seven days, `is_fresh` whether it was on a site just now.
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
    trend: tuple[int, ...]
    change: int
    reasons: tuple[Reason, ...]
    seen_at: datetime | None
    is_fresh: bool


class WhyNone(StrEnum):
    """Why nobody is shown."""

    SOMEBODY = ""
    NO_RULES = "no_rules"
    NO_PROSPECTS = "no_prospects"
    NO_SCORES = "no_scores"
    NOT_SEEN = "not_seen"


@dataclass(frozen=True, slots=True)
class HotPage:
    """A page of the list; `cursor` is where it goes on, "" at the end.

    `why_none` says why nobody is here, "" where somebody is. `everybody` is whether those are here
    as well who were on no site in the time that is shown.
    """

    items: tuple[HotView, ...]
    cursor: str
    why_none: WhyNone
    everybody: bool


def hot(
    app: App,
    tenant: TenantId,
    owners: Sequence[SugarId],
    since: datetime | None,
    cursor: str,
    url: Url,
    limit: int = PAGE_SIZE,
) -> HotPage:
    """Prospects of these owners who have a score, the highest first.

    With `since` only those who were on a site then or later: the hottest of the `MOST_SEEN` who
    were there last. One range is read for each owner.
    """
    found = _seen(app, tenant, owners, since, cursor, limit) if since else []
    if since is None:
        pages = [app.prospects.prospects_hot(tenant, o, limit + 1, cursor) for o in owners]
        placed = [zip(page.items, page.places, strict=True) for page in pages]
        # The same place in every list: what is highest comes first.
        found = list(merge(*placed, key=lambda one: hot_place(one[0]), reverse=True))
    page = found[:limit]
    why = WhyNone.SOMEBODY if page or cursor else _why_none(app, tenant, owners, since)
    return HotPage(
        _views(app, tenant, [row for row, _ in page], url, named=len(owners) > 1),
        page[-1][1] if len(found) > limit else "",
        why,
        since is None,
    )


def _seen(
    app: App, tenant: TenantId, owners: Sequence[SugarId], since: datetime, cursor: str, limit: int
) -> list[tuple[Prospect, str]]:
    share = max(limit + 1, MOST_SEEN // max(1, len(owners)))
    rows = [
        row
        for owner in owners
        for row in app.prospects.prospects_seen(tenant, owner, share, since=since).items
        if row.score > 0
    ]
    placed = sorted(((hot_place(row), row) for row in rows), key=lambda one: one[0], reverse=True)
    return [(row, place) for place, row in placed if not cursor or place < cursor]


def _views(
    app: App, tenant: TenantId, rows: Iterable[Prospect], url: Url, *, named: bool
) -> tuple[HotView, ...]:
    rows, now = list(rows), app.clock.now()
    owners = Owners(app, tenant, [row.owner for row in rows] if named else [])

    def view(row: Prospect) -> HotView:
        owner = owners.view(row.owner) if named else None
        return HotView(
            module=row.key.module,
            sugar_id=row.key.sugar_id,
            name=row.name,
            url=url(row.key),
            company=row.company,
            company_url=url(row.account) if row.account else "",
            owner=owner.name if owner else "",
            score=row.score,
            trend=tuple(by_day(row.trend, now)),
            change=moved_in_a_week(row.trend, now),
            reasons=row.reasons,
            seen_at=row.seen_at,
            is_fresh=row.seen_at is not None and now - row.seen_at < FRESH,
        )

    return tuple(map(view, rows))


def _why_none(
    app: App, tenant: TenantId, owners: Sequence[SugarId], since: datetime | None
) -> WhyNone:
    """Read only where there is nobody to show."""
    if not app.scoring.scoring_rules(tenant).rules:
        return WhyNone.NO_RULES
    if since and any(app.prospects.prospects_hot(tenant, one, 1).items for one in owners):
        return WhyNone.NOT_SEEN
    if any(app.prospects.prospects_seen(tenant, one, 1).items for one in owners):
        return WhyNone.NO_SCORES
    return WhyNone.NO_PROSPECTS
