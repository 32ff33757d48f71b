"""One prospect whole: what the drawer of FunnelVision shows of a Lead or Contact."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from funnel.domain.crm import Value
from funnel.domain.errors import NotFound
from funnel.domain.ids import Module, RecordKey, TenantId
from funnel.domain.mapping.score_fields import SCORED_MODULES
from funnel.domain.scoring.trends import DAYS, by_day, day_of, moved_in_a_week
from funnel.domain.sync.intake import link_of
from funnel.domain.sync.records import Person, SugarRecord
from funnel.domain.vision.prospect_visits import SeenVisit
from funnel.usecases.app import App
from funnel.usecases.consent.view_consent import MarkView, consents_of
from funnel.usecases.people.narrow_person import MaySee, as_seen
from funnel.usecases.people.view_activities import PAGE_SIZE
from funnel.usecases.scoring.view_scoring import ScoreView, person_score
from funnel.usecases.view_common import Owners, text_of
from funnel.usecases.vision.view_stream import StreamPage, person_stream

MOST_ACTIVITIES = 12
"""At first; of a visit that would be cut, all."""

PHONES = ("phone_work", "phone_mobile", "phone_home", "phone_other")

Url = Callable[[RecordKey], str]


@dataclass(frozen=True, slots=True)
class Linked:
    """A record of Sugar to go to."""

    module: Module
    sugar_id: str
    name: str
    url: str


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """The score at the end of a day (as 2026-11-24, UTC); today's as it is now."""

    day: str
    value: int


@dataclass(frozen=True, slots=True)
class MayMail:
    """Whether an address may be written to; if not, the mark that says so, and which it is."""

    email: str
    allowed: bool
    kind: str = ""
    mark: MarkView | None = None


@dataclass(frozen=True, slots=True)
class ProspectView:
    """A prospect. `others` are further Leads and Contacts of the same person that may be seen.

    `activities` are the latest, machines' too, with the mail that was written among them.
    """

    module: Module
    sugar_id: str
    name: str
    url: str
    title: str
    company: str
    account: Linked | None
    owner: Linked | None
    others: tuple[Linked, ...]
    emails: tuple[MayMail, ...]
    phones: tuple[str, ...]
    score: ScoreView
    trend: tuple[TrendPoint, ...]
    change: int
    seen_at: datetime | None
    visits: tuple[SeenVisit, ...]
    activities: StreamPage


def view_prospect(
    app: App, tenant: TenantId, key: RecordKey, may_see: MaySee, url: Url
) -> ProspectView:
    """One Lead or Contact, with all that is known of its person.

    Raises `NotFound` for one that is not here, and for one that may not be seen.
    """
    record, person = seen_prospect(app, tenant, key, may_see)
    return _view(app, record, person, url)


def prospect_activities(
    app: App,
    tenant: TenantId,
    key: RecordKey,
    may_see: MaySee,
    cursor: str,
    limit: int = PAGE_SIZE,
) -> StreamPage:
    """More of what a prospect did and was written, from a cursor on. Raises as `view_prospect`."""
    _, person = seen_prospect(app, tenant, key, may_see)
    return person_stream(app, tenant, person.person_id, cursor, limit)


def seen_prospect(
    app: App, tenant: TenantId, key: RecordKey, may_see: MaySee
) -> tuple[SugarRecord, Person]:
    """A Lead or Contact that may be seen, and what may be known of its person. Raises `NotFound`."""
    record = app.records.records(tenant, [key]).get(key)
    if (
        key.module not in SCORED_MODULES
        or record is None
        or link_of(record) is None
        or not may_see(key, record.owner_id)
    ):
        raise NotFound("There is no such prospect of yours.", mend="Look for it in Sugar.")
    person = app.records.people(tenant, [record.person_id]).get(record.person_id)
    if person is None:
        raise NotFound("There is no such prospect of yours.", mend="Look for it in Sugar.")
    return record, as_seen(app, record, person, may_see)


def _view(app: App, record: SugarRecord, person: Person, url: Url) -> ProspectView:
    tenant, now = record.tenant, app.clock.now()
    row = app.prospects.prospect(tenant, record.key)
    trend = row.trend if row else ()
    values, today = by_day(trend, now), day_of(now)
    account = _account(app, record, url)
    others = [
        Linked(one.key.module, one.key.sugar_id, one.name, url(one.key))
        for one in person.links
        if one.key != record.key
    ]
    return ProspectView(
        module=record.key.module,
        sugar_id=record.key.sugar_id,
        name=record.name,
        url=url(record.key),
        title=_text(record, person, "title"),
        company=account.name if account else text_of(record.fields, "account_name"),
        account=account,
        owner=_owner(app, record, url),
        others=tuple(others),
        emails=may_mail(app, person),
        phones=tuple(dict.fromkeys(filter(None, (_text(record, person, p) for p in PHONES)))),
        score=person_score(app, tenant, person.person_id),
        trend=tuple(
            TrendPoint(date.fromordinal(today - DAYS + n).isoformat(), value)
            for n, value in enumerate(values)
        ),
        change=moved_in_a_week(trend, now),
        seen_at=row.seen_at if row else None,
        visits=row.visits if row else (),
        activities=person_stream(app, tenant, person.person_id, limit=MOST_ACTIVITIES),
    )


def _account(app: App, record: SugarRecord, url: Url) -> Linked | None:
    if record.key.module is not Module.CONTACTS or not record.parent_id:
        return None
    key = RecordKey(Module.ACCOUNTS, record.parent_id)
    found = app.records.records(record.tenant, [key]).get(key)
    name = found.name if found else text_of(record.fields, "account_name")
    return Linked(key.module, key.sugar_id, name, url(key)) if name else None


def _owner(app: App, record: SugarRecord, url: Url) -> Linked | None:
    owner = Owners(app, record.tenant, [record.owner_id]).view(record.owner_id)
    if owner is None:
        return None
    key = RecordKey(Module.USERS, record.owner_id)
    return Linked(key.module, key.sugar_id, owner.name, url(key))


def may_mail(app: App, person: Person) -> tuple[MayMail, ...]:
    """Of each of the person's addresses whether it may be written to, the main one first."""
    found = []
    for one in consents_of(app, person.tenant, person):
        stops = [("opted_out", one.opt_out), ("invalid", one.invalid)]
        kind, mark = next(((k, m) for k, m in stops if m.value), ("", None))
        found.append(MayMail(one.email, mark is None, kind, mark))
    return tuple(found)


def _text(record: SugarRecord, person: Person, name: str) -> str:
    """What the record says, or else what is known of its person."""
    value: Value = record.fields.get(name)
    return str(value) if value else text_of(person.fields, name)
