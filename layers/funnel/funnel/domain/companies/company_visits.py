"""What visitors from one company's network did who did not say who they are: its last 30 days.

All of it is worked out from the activities of the visitors, and can be worked out anew at any time:
`visits_of` says what one visitor (a subject) adds, and `with_visits` puts that in the place of what
it added before. So the order in which hits come is of no matter, and none counts twice.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from funnel.domain.companies.companies import (
    SHOWN,
    CompanyKey,
    Evidence,
    NetworkOwner,
    Said,
    company_key,
    place_of,
)
from funnel.domain.companies.network_names import NetworkKind
from funnel.domain.ids import SugarId, TenantId
from funnel.domain.tracking.activities import Activity, ActivityKind, Signal, SubjectId
from funnel.domain.tracking.visitors import Holder

KEPT = timedelta(days=30)
MOST_VISITS = 100
"""Visits that are kept of a company, the latest."""
MOST_PAGES = 8
_LONGEST = 80
ABOUT = "company"
"""Under this name an activity says whose network it came from."""


@dataclass(frozen=True, slots=True)
class CompanyVisit:
    """A visit of one subject, to the minute. `pages` are titles, or paths of those without.

    `source` is the kind of where it came from and `via` the name of that: a campaign, an engine, a
    site. `known` is set once the visitor is known: the visit is a person's then, and none of the
    company's.
    """

    visit_id: str
    subject: SubjectId
    since: datetime
    until: datetime
    pages: tuple[str, ...] = ()
    source: str = ""
    via: str = ""
    known: bool = False


@dataclass(frozen=True, slots=True)
class Company:
    """A network and the visits from it. `said` is what somebody of the tenant says of it.

    `account_id` is the Account in Sugar that has its name, "" for none; looked for on `looked_on`.
    """

    tenant: TenantId
    key: CompanyKey
    organisation: str
    kind: NetworkKind
    evidence: Evidence
    because: str = ""
    asn: int | None = None
    domain: str = ""
    place: str = ""
    visits: tuple[CompanyVisit, ...] = ()
    said: Said | None = None
    account_id: SugarId = SugarId("")
    account_name: str = ""
    looked_on: str = ""
    version: int = 0

    @property
    def name(self) -> str:
        """What it is called."""
        return (self.said.name if self.said else "") or self.organisation

    @property
    def verdict(self) -> NetworkKind:
        """What it is taken for."""
        return (self.said.kind if self.said else None) or self.kind

    @property
    def is_shown(self) -> bool:
        """Whether its visits are shown to reps."""
        return self.verdict in SHOWN

    @property
    def seen_at(self) -> datetime | None:
        """When somebody was last there."""
        return max((one.until for one in self.visits), default=None)

    @property
    def anonymous(self) -> tuple[CompanyVisit, ...]:
        """The visits of people whom nobody knows."""
        return tuple(one for one in self.visits if not one.known)


@dataclass(frozen=True, slots=True)
class Seen:
    """What a company did in a span of time."""

    visits: int
    visitors: int
    pages: tuple[tuple[str, int], ...]
    sources: tuple[tuple[str, str, int], ...]
    days: Mapping[date, int]
    seen_at: datetime
    known: tuple[SubjectId, ...]


def new_company(tenant: TenantId, owner: NetworkOwner) -> Company:
    """One from which nobody was here."""
    return told(Company(tenant, owner.key, owner.organisation, owner.kind, owner.evidence), owner)


def told(company: Company, owner: NetworkOwner) -> Company:
    """The company with what the databases say of it now."""
    return replace(
        company,
        kind=owner.kind,
        evidence=owner.evidence,
        because=owner.because,
        asn=owner.asn,
        domain=owner.domain,
        place=place_of((owner.city, owner.country)),
    )


def visits_of(
    activities: Iterable[Activity], key: CompanyKey, holder: Holder, since: datetime
) -> list[CompanyVisit]:
    """What these of one subject make of visits from the company, from `since` on.

    Only what people did counts, and what a visitor did before it was known; that is marked then.
    """
    visits: dict[str, list[Activity]] = {}
    for one in activities:
        if one.at >= since and counts(one, key, holder):
            visits.setdefault(one.about.get("visit", ""), []).append(one)
    return [_visit(name, found, holder) for name, found in visits.items()]


def counts(one: Activity, key: CompanyKey, holder: Holder) -> bool:
    """Whether it is a person's, from this company, and done before anybody knew whose it is."""
    name = one.about.get(ABOUT, "")
    return (
        bool(name)
        and one.signal is Signal.HUMAN
        and company_key(name) == key
        and is_anonymous(holder, one.at)
    )


def is_anonymous(holder: Holder, at: datetime) -> bool:
    """Whether a visitor was not known yet: what says who it is was still done by nobody."""
    return not holder.person_id or (holder.known_at is not None and at <= holder.known_at)


def with_visits(
    company: Company, subject: SubjectId, visits: Sequence[CompanyVisit], since: datetime
) -> Company:
    """The company with these as all that the subject adds; the latest are kept, from `since` on.

    Of a network that is not shown the first stay: there is no end to those of a provider's.
    """
    others = [one for one in company.visits if one.subject != subject and one.until >= since]
    if not company.is_shown:
        mine = {one.visit_id for one in company.visits if one.subject == subject}
        kept = [one for one in visits if one.visit_id in mine]
        room = max(0, MOST_VISITS - len(others) - len(kept))
        visits = kept + [one for one in visits if one.visit_id not in mine][:room]
    ordered = sorted([*others, *visits], key=lambda one: (one.since, one.visit_id))
    return replace(company, visits=tuple(ordered[-MOST_VISITS:]))


def is_full(company: Company) -> bool:
    """Whether one more visit from a network that is not shown would change nothing."""
    return not company.is_shown and len(company.visits) >= MOST_VISITS


def seen_since(company: Company, since: datetime, ahead: timedelta = timedelta(0)) -> Seen | None:
    """What is to be shown of the time from `since` on; None where nobody was there.

    Days are those of a clock that is so far `ahead` of UTC.
    """
    lately = [one for one in company.visits if one.until >= since]
    if not lately:
        return None
    visits = [one for one in lately if not one.known]
    pages = Counter(page for one in visits for page in one.pages)
    sources = Counter((one.source, one.via) for one in visits if one.source)
    return Seen(
        len(visits),
        len({one.subject for one in visits}),
        tuple(sorted(pages.items(), key=lambda of: (-of[1], of[0]))),
        tuple((*of, n) for of, n in sorted(sources.items(), key=lambda of: (-of[1], of[0]))),
        Counter((one.since + ahead).date() for one in visits),
        max(one.until for one in lately),
        tuple(sorted({one.subject for one in lately if one.known})),
    )


def _visit(name: str, activities: Sequence[Activity], holder: Holder) -> CompanyVisit:
    ordered = sorted(activities, key=lambda one: (one.at, one.activity_id))
    seen = [one for one in ordered if one.kind is ActivityKind.PAGE_VIEW]
    pages = dict.fromkeys(
        (one.about.get("title") or one.about.get("path") or "/")[:_LONGEST] for one in seen
    )
    began = next((one.about for one in ordered if one.about.get("source")), {})
    return CompanyVisit(
        name[:13],
        holder.subject,
        _minute(ordered[0].at),
        _minute(ordered[-1].at),
        tuple(pages)[:MOST_PAGES],
        began.get("source", ""),
        _via(began),
        bool(holder.person_id),
    )


def _via(about: Mapping[str, str]) -> str:
    named = ("utm_campaign", "utm_source", "engine", "referrer_host")
    return next((about[name][:_LONGEST] for name in named if about.get(name)), "")


def _minute(at: datetime) -> datetime:
    """To the minute: a page that is loaded again at once is no other state of the visit."""
    return at.replace(second=0, microsecond=0)
