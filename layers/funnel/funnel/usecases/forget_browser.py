"""Forget who used a browser, once one of them is erased."""

from collections.abc import Collection

from funnel.domain.activities import SubjectId
from funnel.domain.errors import Conflict, StoreBusy
from funnel.domain.hits import BrowserId
from funnel.domain.ids import PersonId, TenantId
from funnel.domain.visitors import Visitor, begun_anew, new_visitor, tells_of
from funnel.usecases.app import App

_TRIES = 8


def forget_browser(
    app: App,
    tenant: TenantId,
    browser: BrowserId,
    subjects: Collection[SubjectId],
    people: Collection[PersonId],
) -> None:
    """The browser is nobody's from now on, where these were among those who used it.

    What the others did stays theirs: whoever uses the browser next gets a subject that nobody had.
    May be repeated. Raises `StoreBusy`.
    """
    fresh = new_visitor(tenant, browser, app.clock.now())
    first = fresh.holders[0].subject
    is_anothers = first not in subjects and app.activities.tallies(tenant, [first])[first].version
    for _ in range(_TRIES):
        known = app.visitors.visitor(tenant, browser)
        if known is None and not is_anothers:
            return
        if known is not None and not tells_of(known, subjects, people):
            app.visitors.forget_ips(tenant, browser)
            return
        if not is_anothers:
            app.visitors.forget_visitor(tenant, browser)
            return
        # The row stays, in one write: without it the next hit would be of the first one again.
        if _saved(app, begun_anew(known or fresh, app.clock.now())):
            app.visitors.forget_ips(tenant, browser)
            return
    raise StoreBusy("Others keep changing the same visitor.")


def _saved(app: App, visitor: Visitor) -> bool:
    try:
        app.visitors.save_visitor(visitor)
    except Conflict:
        return False
    return True
