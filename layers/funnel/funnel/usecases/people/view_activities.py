"""What a person did, on all devices: the activity stream, newest first."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from funnel.domain.errors import InputInvalid, NotFound
from funnel.domain.ids import PersonId, TenantId
from funnel.domain.tracking.activities import Activity, ActivityKind, Signal, SubjectId
from funnel.usecases.app import App

PAGE_SIZE = 25
MOST_MORE = 100
"""So many activities a page may have beyond its size, to hold the last visit whole."""

_DONE = "-"
_SOURCE = (
    "source", "referrer", "referrer_host", "engine", "term",
    "utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ActivityView:
    """One thing that was done. `subject` is whose it is: the person's, or one visitor's.

    `about` says to what: `url`, `path`, `title`, `form`, `email`, `link`; `source` where its visit
    came from, for the first of a visit. `signal` is who did it, `why` the reason, and `by` the
    marketer who said so. `site` is the site's name.
    """

    activity_id: str
    subject: str
    kind: ActivityKind
    at: datetime
    visit: str
    site: str
    about: Mapping[str, str]
    source: Mapping[str, str]
    signal: Signal
    why: str
    by: str


@dataclass(frozen=True, slots=True)
class ActivitiesPage:
    """A page of a stream; `cursor` is where it goes on, "" at the end."""

    items: tuple[ActivityView, ...]
    cursor: str


@dataclass(frozen=True, slots=True)
class VisitView:
    """What was done in one visit, or one thing that is of none; oldest first.

    `source` is where it came from, empty where that is not known.
    """

    visit: str
    items: tuple[ActivityView, ...]

    @property
    def since(self) -> datetime:
        """When it began."""
        return self.items[0].at

    @property
    def until(self) -> datetime:
        """When the last of it was done."""
        return self.items[-1].at

    @property
    def seconds(self) -> float:
        """From the first to the last."""
        return (self.until - self.since).total_seconds()

    @property
    def pages(self) -> int:
        """How many pages were seen."""
        return sum(one.kind is ActivityKind.PAGE_VIEW for one in self.items)

    @property
    def source(self) -> Mapping[str, str]:
        """Of the first that has one."""
        return next((one.source for one in self.items if one.source), {})


def person_activities(
    app: App, tenant: TenantId, person_id: PersonId, cursor: str = "", limit: int = PAGE_SIZE
) -> ActivitiesPage:
    """A page of what the person did, as itself and as the visitors it was; visits are not cut.

    Raises `NotFound` for no such person, `InputInvalid` for a cursor that is none.
    """
    if person_id not in app.records.people(tenant, [person_id]):
        raise NotFound("There is no such person.")
    places = (
        _places(cursor) if cursor else dict.fromkeys(app.activities.subjects(tenant, person_id), "")
    )
    known = set(app.activities.subjects(tenant, person_id))
    streams = [
        _Stream(app, tenant, subject, place)
        for subject, place in places.items()
        if subject in known
    ]
    found: list[Activity] = []
    while (stream := _newest(streams)) is not None:
        one = stream.head
        assert one is not None
        if len(found) >= limit and not _goes_on(found, one, limit):
            break
        found.append(one)
        stream.take()
    sites = {str(site.key): site.name for site in app.sites.sites(tenant)} if found else {}
    return ActivitiesPage(tuple(_view(one, sites) for one in found), _cursor(streams))


def visits_of(page: ActivitiesPage) -> tuple[VisitView, ...]:
    """The visits of a page, the one with the newest activity first."""
    grouped: dict[str, list[ActivityView]] = {}
    for one in page.items:
        grouped.setdefault(one.visit or one.activity_id, []).append(one)
    return tuple(VisitView(items[0].visit, tuple(reversed(items))) for items in grouped.values())


@dataclass(slots=True)
class _Stream:
    """One subject's activities, newest first, from a place on; read as they are taken."""

    app: App
    tenant: TenantId
    subject: SubjectId
    place: str
    taken: int = 0
    rest: list[Activity] = field(default_factory=list)
    more: str = ""

    def __post_init__(self) -> None:
        self._read(self.place)

    def _read(self, place: str) -> None:
        page = self.app.activities.list_activities(self.tenant, self.subject, PAGE_SIZE, place)
        self.place, self.taken = place, 0
        self.rest, self.more = list(page.items), page.cursor

    @property
    def head(self) -> Activity | None:
        """The next one, None at the end."""
        return self.rest[0] if self.rest else None

    def take(self) -> None:
        """Go on to the next."""
        del self.rest[0]
        self.taken += 1
        if not self.rest and self.more:
            self._read(self.more)

    def where(self) -> str:
        """Where it goes on."""
        if not self.rest:
            return _DONE
        if not self.taken:
            return self.place
        page = self.app.activities.list_activities(
            self.tenant, self.subject, self.taken, self.place
        )
        return page.cursor


def _newest(streams: list[_Stream]) -> _Stream | None:
    open_ones = [one for one in streams if one.head is not None]
    return max(open_ones, key=_order, default=None)


def _order(stream: _Stream) -> tuple[datetime, str]:
    assert stream.head is not None
    return stream.head.at, stream.head.activity_id


def _goes_on(found: list[Activity], one: Activity, limit: int) -> bool:
    """Whether it is of the visit that the page would cut."""
    visit = one.about.get("visit", "")
    return (
        bool(visit)
        and len(found) < limit + MOST_MORE
        and (visit == found[-1].about.get("visit", ""))
    )


def _view(one: Activity, sites: Mapping[str, str]) -> ActivityView:
    about = dict(one.about)
    visit, site = about.pop("visit", ""), about.pop("site", "")
    source = {name: about.pop(name) for name in _SOURCE if name in about}
    return ActivityView(
        activity_id=one.activity_id,
        subject=one.subject,
        kind=one.kind,
        at=one.at,
        visit=visit,
        site=sites.get(site, ""),
        about=about,
        source=source,
        signal=one.signal,
        why=one.why,
        by=one.by,
    )


def _cursor(streams: list[_Stream]) -> str:
    places = {one.subject: one.where() for one in streams}
    going = {subject: place for subject, place in places.items() if place != _DONE}
    return json.dumps(going, separators=(",", ":")) if going else ""


def _places(cursor: str) -> dict[SubjectId, str]:
    """Raises `InputInvalid` for text that is no cursor of ours."""
    try:
        found = json.loads(cursor)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict) or not all(isinstance(one, str) for one in found.values()):
        raise InputInvalid("This is no place in the list.", field="cursor")
    return {SubjectId(subject): place for subject, place in found.items()}
