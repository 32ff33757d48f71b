"""What the sites of a tenant showed of late: names of their own forms, and pages, to choose from in rules."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from urllib.parse import urlsplit

from funnel.domain.ids import TenantId
from funnel.domain.tracking.activities import ActivityKind
from funnel.domain.tracking.hits import Hit

MOST_NAMES = 200
"""Of a kind; those that were seen last."""

LONGEST_NAME = 100
_NOTED_ANEW = 7
"""Days after which a name that is seen again is noted again."""

_OF_ONE_PERSON = re.compile(r"@|%40|\d{4}|[^/]{41}")
"""In the paths of pages that are one person's, or one of very many: nobody makes a rule for these."""


@dataclass(frozen=True, slots=True)
class NamesSeen:
    """Names of forms that are not ours, and paths of pages, with the day (its ordinal) each was seen on.

    The days are right within a week.
    """

    tenant: TenantId
    forms: Mapping[str, int] = field(default_factory=dict)
    pages: Mapping[str, int] = field(default_factory=dict)
    version: int = 0


def with_seen(seen: NamesSeen, hits: Iterable[Hit], today: date) -> NamesSeen:
    """The same with what these show; itself where that is no news."""
    forms, pages = set(), set()
    for hit in hits:
        path = urlsplit(hit.url).path or "/"
        if len(path) <= LONGEST_NAME and not _OF_ONE_PERSON.search(path):
            pages.add(path)
        is_theirs = hit.kind is ActivityKind.FORM and not (hit.hosted or hit.form_id)
        if is_theirs and hit.form and len(hit.form) <= LONGEST_NAME:
            forms.add(hit.form)
    day = today.toordinal()
    after = replace(seen, forms=_with(seen.forms, forms, day), pages=_with(seen.pages, pages, day))
    return seen if after == seen else after


def _with(known: Mapping[str, int], names: Iterable[str], day: int) -> Mapping[str, int]:
    news = {one: day for one in names if day - known.get(one, 0) >= _NOTED_ANEW}
    if not news:
        return known
    newest = sorted({**known, **news}.items(), key=lambda one: (-one[1], one[0]))
    return dict(newest[:MOST_NAMES])
