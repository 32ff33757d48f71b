"""Companies that visited, as they are shown: in Sugar to reps, and in the web app to marketers."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from funnel.domain.companies.companies import CompanyKey, Correction, Evidence, is_company_key
from funnel.domain.companies.company_visits import KEPT, MOST_VISITS, Company, Seen, seen_since
from funnel.domain.companies.network_names import NetworkKind
from funnel.domain.errors import NotFound
from funnel.domain.ids import Module, PersonId, RecordKey, SugarId, TenantId
from funnel.domain.sync.records import Person
from funnel.domain.tracking.activities import SubjectId
from funnel.usecases.app import App
from funnel.usecases.view_common import RecordRef

SHOWN_MOST = 25
FEW = 3
_NETWORKS = 50
_KNOWN_MOST = 50

MaySee = Callable[[RecordKey, SugarId], bool]
UrlOf = Callable[[RecordKey], str]


class Order(StrEnum):
    """Which companies come first."""

    SEEN = "seen"
    VISITS = "visits"


class Nothing(StrEnum):
    """Why there is nothing to show."""

    NO_SITE = "no site"
    NO_DATABASE = "no database"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Counted:
    """A page's title, and in how many visits it was read."""

    name: str
    visits: int


@dataclass(frozen=True, slots=True)
class CameBy:
    """Where visits came from: the kind, its name where there is one, and how many."""

    source: str
    via: str
    visits: int


@dataclass(frozen=True, slots=True)
class SaidView:
    """What somebody said of a network. `before_kind` and `before_name` are what was so before."""

    at: datetime
    by: str
    kind: str
    name: str
    before_kind: str = ""
    before_name: str = ""


@dataclass(frozen=True, slots=True)
class CompanyView:
    """A company, and what people there did of whom nobody knows who they are.

    `days` are the visits of each day, the last one today; `at_least` says that there were more
    than are kept. `known` are those who became known and may be seen, `known_others` how many may
    not. `evidence` and `because` say why it is taken for what it is.
    """

    key: CompanyKey
    name: str
    organisation: str
    kind: NetworkKind
    evidence: Evidence
    because: str
    place: str
    domain: str
    visits: int
    visitors: int
    at_least: bool
    seen_at: datetime | None
    pages: tuple[Counted, ...]
    sources: tuple[CameBy, ...]
    days: tuple[int, ...]
    account: RecordRef | None
    known: tuple[RecordRef, ...]
    known_others: int
    said: SaidView | None


@dataclass(frozen=True, slots=True)
class CompaniesView:
    """Companies, at most 25; `more` says that there are others.

    `hidden_visits` are the visits by people at Internet providers and the like, which are not shown,
    at least so many where `hidden_more`. `nothing` says why there are no companies.
    """

    items: tuple[CompanyView, ...]
    more: bool
    order: Order
    hidden_visits: int
    hidden_more: bool
    nothing: Nothing | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """From when on until now, by a clock so far ahead of UTC."""

    since: datetime
    now: datetime
    ahead: timedelta = timedelta(0)

    def dates(self) -> list[date]:
        """Each day of it, the last one today."""
        first, last = (self.since + self.ahead).date(), (self.now + self.ahead).date()
        return [first + timedelta(days=n) for n in range((last - first).days + 1)]

    @property
    def is_all(self) -> bool:
        """Whether it is as long as anything is kept."""
        return self.now - self.since >= KEPT


class CompanyReader:
    """Reads companies for somebody: whom that may see, and where records open."""

    def __init__(self, app: App, tenant: TenantId, may_see: MaySee, url_of: UrlOf) -> None:
        self._app = app
        self._tenant = tenant
        self._may_see = may_see
        self._url_of = url_of

    def companies(self, span: Span, order: Order) -> CompaniesView:
        """Those of a span of time, as many requests whatever there are."""
        store = self._app.companies
        if order is Order.VISITS and span.is_all:
            found, more = store.companies_by_visits(self._tenant, SHOWN_MOST * 2)
        else:
            most = SHOWN_MOST * (4 if order is Order.VISITS else 1)
            found, more = store.companies_seen(self._tenant, span.since, most)
        seen = [(one, of) for one in found if (of := seen_since(one, span.since, span.ahead))]
        if order is Order.VISITS:
            seen.sort(key=lambda pair: (-pair[1].visits, -pair[1].seen_at.timestamp()))
        shown = self._views(seen[:SHOWN_MOST], span, FEW)
        hidden, hidden_more = self._hidden(span)
        more = more or len(seen) > SHOWN_MOST
        nothing = None if shown else self._nothing(hidden)
        return CompaniesView(tuple(shown), more, order, hidden, hidden_more, nothing)

    def networks(self, span: Span) -> CompaniesView:
        """Those that are not shown, which have most visits."""
        found, more = self._app.companies.networks_by_visits(self._tenant, SHOWN_MOST)
        seen = [(one, of) for one in found if (of := seen_since(one, span.since, span.ahead))]
        hidden = sum(of.visits for _, of in seen)
        views = self._views(seen, span, FEW)
        return CompaniesView(tuple(views), more, Order.VISITS, hidden, more)

    def company(self, key: str, span: Span) -> CompanyView:
        """One, with all of its pages. Raises `NotFound`."""
        found, correction = (
            self._app.companies.company(self._tenant, CompanyKey(key))
            if is_company_key(key)
            else (None, None)
        )
        if found is None:
            raise NotFound("There is no such company, or nobody was there for 30 days.")
        seen = seen_since(found, span.since, span.ahead)
        known = self._known(seen.known if seen else ())
        return self._view(found, seen, span, known, MOST_VISITS, correction)

    def _hidden(self, span: Span) -> tuple[int, bool]:
        found, more = self._app.companies.networks_by_visits(self._tenant, _NETWORKS)
        seen = [of for one in found if (of := seen_since(one, span.since))]
        full = any(len(one.visits) >= MOST_VISITS for one in found)
        return sum(of.visits for of in seen), more or full

    def _nothing(self, hidden: int) -> Nothing:
        if not any(one.active for one in self._app.sites.sites(self._tenant)):
            return Nothing.NO_SITE
        databases = self._app.companies.company_databases()
        if not hidden and databases is not None and not databases.in_use:
            return Nothing.NO_DATABASE
        return Nothing.NOBODY

    def _views(
        self, seen: Iterable[tuple[Company, Seen]], span: Span, most: int
    ) -> list[CompanyView]:
        pairs = list(seen)
        known = self._known([subject for _, of in pairs for subject in of.known])
        return [self._view(one, of, span, known, most) for one, of in pairs]

    def _view(
        self,
        one: Company,
        seen: Seen | None,
        span: Span,
        known: dict[SubjectId, RecordRef | None],
        most: int,
        correction: Correction | None = None,
    ) -> CompanyView:
        people = [known.get(subject) for subject in seen.known] if seen else []
        named = list(dict.fromkeys(ref for ref in people if ref))
        account = RecordKey(Module.ACCOUNTS, one.account_id)
        return CompanyView(
            one.key,
            one.name,
            one.organisation,
            one.verdict,
            Evidence.SAID if one.said and one.said.kind else one.evidence,
            one.because,
            one.place,
            one.domain,
            seen.visits if seen else 0,
            seen.visitors if seen else 0,
            len(one.visits) >= MOST_VISITS,
            seen.seen_at if seen else None,
            tuple(Counted(*of) for of in seen.pages[:most]) if seen else (),
            tuple(CameBy(*of) for of in seen.sources[:most]) if seen else (),
            tuple(seen.days.get(day, 0) for day in span.dates()) if seen else (),
            RecordRef(account.module, account.sugar_id, one.account_name, self._url_of(account))
            if one.account_id
            else None,
            tuple(named),
            sum(ref is None for ref in people),
            said_view(one, correction),
        )

    def _known(self, subjects: Iterable[SubjectId]) -> dict[SubjectId, RecordRef | None]:
        """Whose prospect each is; None for one that may not be seen, or is nobody's any more."""
        wanted = list(dict.fromkeys(subjects))[:_KNOWN_MOST]
        if not wanted:
            return {}
        tallies = self._app.activities.tallies(self._tenant, wanted)
        owners = {one: PersonId(tallies[one].owner) for one in wanted if tallies[one].owner}
        people = self._people(set(owners.values()))
        return {
            one: self._ref(people.get(owners[one])) if one in owners else None for one in wanted
        }

    def _people(self, ids: set[PersonId]) -> dict[PersonId, Person]:
        """The people that stand for these now."""
        if not ids:
            return {}
        found = self._app.records.people(self._tenant, sorted(ids))
        into = {one.merged_into for one in found.values() if one.merged_into}
        others = self._app.records.people(self._tenant, sorted(into)) if into else {}
        return {at: others.get(one.merged_into, one) for at, one in found.items()}

    def _ref(self, person: Person | None) -> RecordRef | None:
        for link in person.links if person else ():
            if self._may_see(link.key, link.owner_id):
                key = link.key
                return RecordRef(key.module, key.sugar_id, link.name, self._url_of(key))
        return None


def said_view(company: Company, correction: Correction | None) -> SaidView | None:
    """What counts of what was said, and what was before, where that is known."""
    said = company.said
    if said is None:
        return None
    before = correction.said[-2] if correction and len(correction.said) > 1 else None
    return SaidView(
        said.at,
        said.by,
        said.kind.value if said.kind else "",
        said.name,
        before.kind.value if before and before.kind else "",
        before.name if before else "",
    )
