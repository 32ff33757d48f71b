"""What a prospect's row keeps of the visits: the latest ones of a human, each with its pages."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from funnel.domain.tracking.activities import Activity, ActivityKind, Signal

MOST_VISITS, MOST_PAGES, MOST_FORMS = 3, 10, 3
_SOURCE = (
    "source", "referrer", "referrer_host", "engine", "term",
    "utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SeenPage:
    """A page that was seen."""

    at: datetime
    url: str
    path: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class SeenVisit:
    """A visit: where it came from, its first pages and forms; `more` is how many pages are left out.

    A form is by its name, "" for one that has none.
    """

    visit_id: str
    since: datetime
    until: datetime
    source: Mapping[str, str] = field(default_factory=dict)
    pages: tuple[SeenPage, ...] = ()
    more: int = 0
    forms: tuple[str, ...] = ()


def latest_visits(activities: Iterable[Activity]) -> tuple[SeenVisit, ...]:
    """The visits among what a person did, whatever machines did left out; the latest first."""
    by_visit: dict[str, list[Activity]] = defaultdict(list)
    for one in activities:
        if _is_of_visit(one):
            by_visit[one.about["visit"]].append(one)
    visits = [_visit(visit_id, done) for visit_id, done in by_visit.items()]
    return tuple(sorted(visits, key=_latest_first, reverse=True)[:MOST_VISITS])


def tell_all_shown(newest: Iterable[Activity]) -> bool:
    """Whether the latest that one subject did is of more visits than are shown: those are whole then."""
    return len({one.about["visit"] for one in newest if _is_of_visit(one)}) > MOST_VISITS


def _is_of_visit(activity: Activity) -> bool:
    return activity.signal is Signal.HUMAN and bool(activity.about.get("visit"))


def _visit(visit_id: str, done: list[Activity]) -> SeenVisit:
    ordered = sorted(done, key=lambda one: (one.at, one.activity_id))
    pages = [
        SeenPage(one.at, *(one.about.get(name, "") for name in ("url", "path", "title")))
        for one in ordered
        if one.kind is ActivityKind.PAGE_VIEW
    ]
    given = next((one.about for one in ordered if one.about.get("source")), {})
    source = {name: given[name] for name in _SOURCE if name in given}
    more = max(0, len(pages) - MOST_PAGES)
    forms = [one.about.get("form", "") for one in ordered if one.kind is ActivityKind.FORM]
    return SeenVisit(
        visit_id,
        ordered[0].at,
        ordered[-1].at,
        source,
        tuple(pages[:MOST_PAGES]),
        more,
        tuple(dict.fromkeys(forms))[:MOST_FORMS],
    )


def _latest_first(visit: SeenVisit) -> tuple[datetime, str]:
    return visit.until, visit.visit_id
