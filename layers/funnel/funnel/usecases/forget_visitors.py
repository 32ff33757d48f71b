"""Forget the visitors behind some subjects: who they were, their visits, and their IP addresses."""

from collections.abc import Iterable

from funnel.domain.activities import SubjectId
from funnel.domain.ids import TenantId
from funnel.domain.visitors import browser_of_subject
from funnel.usecases.app import App


def forget_visitors(app: App, tenant: TenantId, subjects: Iterable[SubjectId]) -> int:
    """Remove what is kept of them apart from their activities; of how many browsers.

    A browser that others used too is forgotten as a whole: it is a new visitor's with its next hit.
    May be repeated.
    """
    browsers = {found for one in subjects if (found := browser_of_subject(one))}
    for browser in sorted(browsers):
        app.visitors.forget_visitor(tenant, browser)
    return len(browsers)
