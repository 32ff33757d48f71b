"""Forget who used a browser, once one of them is erased."""

from collections.abc import Collection

from funnel.domain.errors import Conflict, StoreBusy
from funnel.domain.ids import PersonId, TenantId
from funnel.domain.people.erasure import Traces
from funnel.domain.tracking.activities import SubjectId
from funnel.domain.tracking.hits import BrowserId
from funnel.domain.tracking.visitors import Visitor, begun_anew, new_visitor, tells_of, without_past
from funnel.usecases.app import App
from funnel.usecases.living import living

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
    for _ in range(_TRIES):
        known = app.visitors.visitor(tenant, browser)
        now = app.clock.now()
        if known is not None and not tells_of(known, subjects, people):
            after = without_past(known, subjects)
        else:
            # The row stays: without it a hit that is under way would be of the first subject again.
            after = begun_anew(known or new_visitor(tenant, browser, now), now, subjects)
        if after == known or _saved(app, after):
            app.visitors.forget_ips(tenant, browser)
            return
    raise StoreBusy("Others keep changing the same visitor.")


def forget_erased(app: App, visitor: Visitor) -> None:
    """Have the browser be nobody's whose known users were erased, some or all."""
    tenant = visitor.tenant
    known = {one.person_id: one.subject for one in visitor.holders if one.person_id}
    gone = {one for one in known if living(app, tenant, one) is None}
    subjects = {one.subject for one in visitor.holders if one.person_id in gone}
    forget_browser(app, tenant, visitor.browser, subjects, gone)


def take_back(app: App, visitor: Visitor, written: Collection[SubjectId]) -> None:
    """Remove what was written under somebody who was erased meanwhile, with what came before."""
    now = app.visitors.visitor(visitor.tenant, visitor.browser)
    if now is None or now.begun == visitor.begun:
        return
    gone = set(written) - {one.subject for one in now.holders} - set(now.past)
    tallies = app.activities.tallies(visitor.tenant, gone) if gone else {}
    left = tuple(sorted(one for one in gone if not tallies[one].owner))
    if left:
        app.erasures.purge(visitor.tenant, Traces((), left, (), ()))


def _saved(app: App, visitor: Visitor) -> bool:
    try:
        app.visitors.save_visitor(visitor)
    except Conflict:
        return False
    return True
