"""Who is behind a browser, and which of its hits are one visit.

A browser calls itself something, and that is all we know of a visitor at first. Only a form or a
signed link tells who it is. A browser can have several users one after the other, so what a
visitor is called has a past: `holders`, each from a moment on, with a subject of its own.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from funnel.domain.ids import PersonId, TenantId, derived_id
from funnel.domain.tracking.activities import SubjectId
from funnel.domain.tracking.hits import BrowserId

SILENCE = timedelta(minutes=30)
"""After so long without a hit, the next one begins another visit."""

MOST_VISITS, MOST_HOLDERS, MOST_PAST = 20, 20, 100
_EVER = datetime(1970, 1, 1, tzinfo=UTC)
_MARK = "v-"
_NOBODY = PersonId("")

Same = Callable[[PersonId, PersonId], bool]
"""Whether two ids are one person by now."""


class KnownBy(StrEnum):
    """How it was learnt who a visitor is."""

    FORM = "form"
    LINK = "signed link"


@dataclass(frozen=True, slots=True)
class Holder:
    """Who uses a browser from `since` on. `person_id` is "" while that is nobody we know.

    `closed` is set where it is known to be somebody who cannot be told: it is nobody else either.
    """

    since: datetime
    subject: SubjectId
    person_id: PersonId = _NOBODY
    known_at: datetime | None = None
    known_by: KnownBy | None = None
    closed: bool = False


@dataclass(frozen=True, slots=True, order=True)
class Telling:
    """A moment at which a form or link said who it is."""

    at: datetime
    person_id: PersonId


@dataclass(frozen=True, slots=True)
class Visit:
    """Hits of one subject without 30 minutes of silence between them."""

    visit_id: str
    subject: SubjectId
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Visitor:
    """A browser on the sites of a tenant: its holders by time, who told so, and its latest visits.

    What was before `begun` is told no more; subjects that were written under until then are `past`,
    the latest ones last.
    """

    tenant: TenantId
    browser: BrowserId
    created_at: datetime
    holders: tuple[Holder, ...]
    visits: tuple[Visit, ...] = ()
    told: tuple[Telling, ...] = ()
    begun: datetime = _EVER
    past: tuple[SubjectId, ...] = ()
    version: int = 0


def new_visitor(tenant: TenantId, browser: BrowserId, now: datetime) -> Visitor:
    """One whom nobody knows yet."""
    return Visitor(tenant, browser, now, (Holder(_EVER, SubjectId(f"{_MARK}{browser}")),))


def begun_anew(
    visitor: Visitor, now: datetime, without: Collection[SubjectId] = frozenset()
) -> Visitor:
    """The visitor from now on, under a subject that nobody ever had.

    Of the subjects until now those are kept that are not in `without`.
    """
    unused = derived_id("begun anew", visitor.browser, now.isoformat(), str(visitor.version))
    holder = Holder(_EVER, SubjectId(f"{_MARK}{visitor.browser}-{unused[:13]}"))
    past = _past(visitor, (one.subject for one in visitor.holders))
    return Visitor(
        visitor.tenant,
        visitor.browser,
        now,
        (holder,),
        begun=now,
        past=tuple(one for one in past if one not in without),
        version=visitor.version,
    )


def closed(visitor: Visitor, subjects: Collection[SubjectId]) -> Visitor:
    """The visitor with nobody behind these subjects, now and later."""
    holders = tuple(
        Holder(one.since, one.subject, closed=True) if one.subject in subjects else one
        for one in visitor.holders
    )
    return replace(visitor, holders=holders)


def without_past(visitor: Visitor, subjects: Collection[SubjectId]) -> Visitor:
    """The visitor that remembers these no more."""
    return replace(visitor, past=tuple(one for one in visitor.past if one not in subjects))


def tells_of(
    visitor: Visitor, subjects: Collection[SubjectId], people: Collection[PersonId]
) -> bool:
    """Whether these are among those who used it."""
    used = {one.subject for one in visitor.holders} | {one.subject for one in visitor.visits}
    known = {one.person_id for one in visitor.holders} | {one.person_id for one in visitor.told}
    return not used.isdisjoint(subjects) or not known.isdisjoint(people)


def browser_of_subject(subject: SubjectId) -> BrowserId | None:
    """The browser that a subject is a visitor by; None for a person's own id."""
    if not subject.startswith(_MARK):
        return None
    return BrowserId(subject.removeprefix(_MARK).partition("-")[0])


def holder_at(visitor: Visitor, at: datetime) -> Holder:
    """Who used the browser at that moment."""
    return max((one for one in visitor.holders if one.since <= at), key=lambda one: one.since)


def told_by_form(
    visitor: Visitor, hit_id: str, at: datetime, person_id: PersonId, same: Same
) -> Visitor:
    """The visitor after a form said who it is.

    Nobody known before: it is this person, with all that was seen of it. Somebody else: another
    visitor begins at that moment. A form that arrives late changes nothing that a later one told.
    """
    holder = holder_at(visitor, at)
    if not holder.person_id and not holder.closed:
        return _known(visitor, holder, person_id, at, KnownBy.FORM)
    if same(holder.person_id, person_id):
        return _told(visitor, at, person_id)
    subject = SubjectId(f"{_MARK}{visitor.browser}-{derived_id(hit_id, person_id)[:13]}")
    if any(one.subject == subject for one in visitor.holders):
        return visitor
    others = [Holder(at, subject, person_id, at, KnownBy.FORM)]
    end = min((one.since for one in visitor.holders if one.since > at), default=None)
    later = [
        one.at
        for one in visitor.told
        if one.at > at and (end is None or one.at < end) and same(one.person_id, holder.person_id)
    ]
    if later:
        others.append(replace(holder, since=min(later)))
    return _told(_with(visitor, [*visitor.holders, *others]), at, person_id)


def told_by_link(visitor: Visitor, at: datetime, person_id: PersonId) -> Visitor:
    """The visitor after a signed link said who it is; nothing changes where that is known.

    Mail is forwarded: a link is opened by others too, and never says that a known one is another.
    """
    holder = holder_at(visitor, at)
    if holder.person_id or holder.closed:
        return visitor
    return _known(visitor, holder, person_id, at, KnownBy.LINK)


def on_visit(
    visitor: Visitor, subject: SubjectId, hit_id: str, at: datetime
) -> tuple[Visitor, Visit]:
    """The visitor after a hit, and the visit that it belongs to."""
    near = [v for v in visitor.visits if v.subject == subject and _reaches(v, at)]
    if near:
        before = max(near, key=lambda one: one.since)
        visit = replace(before, since=min(before.since, at), until=max(before.until, at))
        visits = tuple(visit if one is before else one for one in visitor.visits)
    else:
        visit = Visit(derived_id("visit", subject, hit_id), subject, at, at)
        visits = (*visitor.visits, visit)
    latest = sorted(visits, key=lambda one: (one.since, one.visit_id))[-MOST_VISITS:]
    return replace(visitor, visits=tuple(latest)), visit


def _reaches(visit: Visit, at: datetime) -> bool:
    return visit.since - SILENCE < at < visit.until + SILENCE


def _known(
    visitor: Visitor, holder: Holder, person_id: PersonId, at: datetime, by: KnownBy
) -> Visitor:
    now = replace(holder, person_id=person_id, known_at=at, known_by=by)
    holders = [now if one is holder else one for one in visitor.holders]
    return _told(_with(visitor, holders), at, person_id)


def _told(visitor: Visitor, at: datetime, person_id: PersonId) -> Visitor:
    told = sorted({*visitor.told, Telling(at, person_id)})
    return replace(visitor, told=tuple(told[-MOST_HOLDERS:]))


def _with(visitor: Visitor, holders: list[Holder]) -> Visitor:
    ordered = sorted(holders, key=lambda one: (one.since, one.subject))
    kept, dropped = ordered[-MOST_HOLDERS:], ordered[:-MOST_HOLDERS]
    if dropped:
        # What was before the oldest that is kept was somebody else's.
        past = _past(visitor, (one.subject for one in dropped))
        visitor = replace(visitor, begun=max(visitor.begun, kept[0].since), past=past)
    return replace(visitor, holders=(replace(kept[0], since=_EVER), *kept[1:]))


def _past(visitor: Visitor, more: Iterable[SubjectId]) -> tuple[SubjectId, ...]:
    return tuple(dict.fromkeys((*visitor.past, *more)))[-MOST_PAST:]
