"""Budgets of a day that this process saw used up: what comes beyond costs no write of its own."""

import threading
from dataclasses import dataclass
from datetime import date

from funnel.domain.ids import TenantId
from funnel.domain.tracking.hits import SiteKey
from funnel.domain.tracking.sites import Site

_AT_ONCE = 100


@dataclass(slots=True)
class _Spent:
    """`hits` is the least that found no room; `written` and `held` are refused hits."""

    day: date
    budget: int
    hits: int
    written: int = 0
    held: int = 0

    def is_of(self, site: Site, day: date) -> bool:
        return (self.day, self.budget) == (day, site.daily_budget)


class SpentBudgets:
    """One for each site. What was counted only grows: where so many hits found no room, none will."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._spent: dict[tuple[TenantId, SiteKey], _Spent] = {}

    def has_no_room(self, site: Site, day: date, hits: int) -> bool:
        """Whether so many are known to be refused. Of another budget or day nothing is known."""
        spent = self._spent.get((site.tenant, site.key))
        return spent is not None and spent.is_of(site, day) and hits >= spent.hits

    def refused(self, site: Site, day: date, hits: int) -> int:
        """Note hits that were refused; how many are to be written down now, 0 for none.

        They are added up, at most as many as were written before, and a hundred, once so many are
        known to find no room. Those held when the process ends are never written.
        """
        at = (site.tenant, site.key)
        with self._lock:
            spent = self._spent.get(at)
            if spent is None or not spent.is_of(site, day):
                spent = self._spent[at] = _Spent(day, site.daily_budget, hits)
            is_news = hits < spent.hits
            spent.hits = min(spent.hits, hits)
            spent.held += hits
            if not is_news and spent.held < min(_AT_ONCE, spent.written):
                return 0
            due, spent.held = spent.held, 0
            spent.written += due
            return due
