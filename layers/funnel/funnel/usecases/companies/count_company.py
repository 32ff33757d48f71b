"""Have what a visitor did count for the company whose network it came from, or no longer."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from funnel.domain.companies.companies import CompanyKey, Correction, NetworkOwner, company_key
from funnel.domain.companies.company_visits import (
    ABOUT,
    KEPT,
    Company,
    CompanyVisit,
    is_full,
    new_company,
    told,
    visits_of,
    with_visits,
)
from funnel.domain.errors import Conflict, StoreBusy
from funnel.domain.ids import TenantId
from funnel.domain.tracking.activities import Activity, SubjectId
from funnel.domain.tracking.hits import BrowserId
from funnel.domain.tracking.visitors import Holder
from funnel.usecases.app import App
from funnel.usecases.pushing.match_account import with_account

MOST_ACTIVITIES = 500
"""Of a visitor that count, the newest; all of them when it becomes known."""
_PAGE = 100
_TRIES = 12
_SLACK = timedelta(days=1)
"""How much longer a row stays than anything in it counts."""

Change = Callable[[Company], Company]


def count_visitor(
    app: App,
    tenant: TenantId,
    browser: BrowserId,
    subject: SubjectId,
    owner: NetworkOwner | None,
    *,
    everywhere: bool = False,
) -> None:
    """Work out anew what a subject adds to its companies, and write what differs.

    To `owner`, whose network it comes from now; `everywhere` also to all others it came from in the
    last 30 days, as when it has become known. May be repeated, and come in any order: whoever reads
    last has read what all before wrote, as each writes only over the row it read first. Raises
    `StoreBusy`.
    """
    keys = {owner.key} if owner else set()
    if everywhere:
        keys |= _companies_since(app, tenant, subject, app.clock.now() - KEPT)
    for key in sorted(keys):
        given = owner if owner and owner.key == key else None
        most = None if everywhere else MOST_ACTIVITIES
        _count(app, tenant, browser, subject, key, given, most)


def companies_of(activities: Iterable[Activity]) -> set[CompanyKey]:
    """The companies from whose networks these were done."""
    names = {one.about.get(ABOUT, "") for one in activities}
    return {company_key(name) for name in names if name}


def forget_visitors(app: App, tenant: TenantId, subjects: Iterable[SubjectId]) -> None:
    """Take all that these added from their companies; before their activities are removed.

    May be repeated. Raises `StoreBusy`.
    """
    for subject in subjects:
        ever = app.clock.now() - KEPT - KEPT
        for key in sorted(_companies_since(app, tenant, subject, ever)):
            change_company(app, tenant, key, partial(_without, app, subject))


def change_company(
    app: App, tenant: TenantId, key: CompanyKey, change: Change, owner: NetworkOwner | None = None
) -> Company | None:
    """Write a company changed, if it is another one then; as it is then.

    What is said of it is taken in each time. None where nobody was ever there and no `owner` is
    given. Raises `StoreBusy` when others keep writing it.
    """
    today = app.clock.now().date().isoformat()
    for _ in range(_TRIES):
        before, correction = app.companies.company(tenant, key)
        found = before or (new_company(tenant, owner) if owner else None)
        if found is None:
            return None
        if owner:
            found = told(found, owner)
        after = change(_corrected(found, correction))
        if after == before or (before is None and not after.visits):
            return before
        try:
            return app.companies.save_company(with_account(app, after, today), _expiry(app, after))
        except Conflict:
            continue
    raise StoreBusy("Others keep changing the same company.")


def _count(
    app: App,
    tenant: TenantId,
    browser: BrowserId,
    subject: SubjectId,
    key: CompanyKey,
    owner: NetworkOwner | None,
    most: int | None,
) -> None:
    def change(company: Company) -> Company:
        mine = any(one.subject == subject for one in company.visits)
        if is_full(company) and not mine:
            return company
        since = app.clock.now() - KEPT
        return with_visits(company, subject, _visits(company, since), since)

    def _visits(company: Company, since: datetime) -> list[CompanyVisit]:
        # Read after the company: whoever has written it since makes us read again.
        holder = _holder(app, tenant, browser, subject)
        if holder is None:
            return []
        done = _activities(app, tenant, subject, since, most)
        return visits_of(done, company.key, holder, since)

    change_company(app, tenant, key, change, owner)


def _corrected(company: Company, correction: Correction | None) -> Company:
    """With what counts now of what was said; under another name it may be another Account."""
    said = correction.counts if correction else None
    return company if company.said == said else replace(company, said=said, looked_on="")


def _expiry(app: App, company: Company) -> datetime:
    """When nothing in it counts any more."""
    seen_at = company.seen_at
    return (seen_at + KEPT if seen_at else app.clock.now()) + _SLACK


def _without(app: App, subject: SubjectId, company: Company) -> Company:
    return with_visits(company, subject, [], app.clock.now() - KEPT)


def _holder(app: App, tenant: TenantId, browser: BrowserId, subject: SubjectId) -> Holder | None:
    """Who the subject is; None for one that was erased."""
    visitor = app.visitors.visitor(tenant, browser)
    holders = visitor.holders if visitor else ()
    return next((one for one in holders if one.subject == subject), None)


def _companies_since(
    app: App, tenant: TenantId, subject: SubjectId, since: datetime
) -> set[CompanyKey]:
    """All it came from, however much it did since: what is left out here would be found never again."""
    page = app.activities.list_activities(tenant, subject, _PAGE)
    found = companies_of(page.items)
    while page.cursor and page.items[-1].at >= since:
        page = app.activities.list_activities(tenant, subject, _PAGE, page.cursor)
        found |= companies_of(page.items)
    return found


def _activities(
    app: App, tenant: TenantId, subject: SubjectId, since: datetime, most: int | None
) -> list[Activity]:
    page = app.activities.list_activities(tenant, subject, _PAGE)
    found = list(page.items)
    while page.cursor and found[-1].at >= since and (most is None or len(found) < most):
        page = app.activities.list_activities(tenant, subject, _PAGE, page.cursor)
        found += page.items
    return [one for one in found if one.at >= since]
