"""Hits beyond a site's budget cost next to no writes."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from pynamodb.exceptions import UpdateError

from funnel.adapters.dynamodb.requests import CONDITION_FAILED, Dynamo
from funnel.adapters.dynamodb.sites import DynamoSites
from funnel.adapters.dynamodb.spent_budgets import SpentBudgets
from funnel.domain.ids import TenantId
from funnel.domain.tracking.hits import SiteKey
from funnel.domain.tracking.sites import Site
from tests.unit.dynamodb.scripted import TABLES, Sleeps, failure

TODAY, TOMORROW = date(2026, 3, 2), date(2026, 3, 3)
SITE = Site(
    TenantId("acme"),
    SiteKey("k1"),
    "Shop",
    ("example.com",),
    daily_budget=10,
    created_at=datetime(2026, 3, 1, tzinfo=UTC),
)


class Full(Dynamo):
    """A table in which the day's budget is used up: the first call, which asks, is refused."""

    def __init__(self) -> None:
        client = SimpleNamespace(meta=SimpleNamespace(region_name="eu-central-1"))
        super().__init__(client, Sleeps())
        self.calls = 0

    def patiently(self, call: Callable[..., Any], **arguments: Any) -> Any:
        self.calls += 1
        if self.calls == 1:
            raise UpdateError(cause=failure(CONDITION_FAILED))


def test_of_a_thousand_hits_beyond_the_budget_few_are_written_by_themselves() -> None:
    table = Full()
    sites = DynamoSites(table, TABLES)
    assert not any(sites.count_hits(SITE, TODAY, 1) for _ in range(1_000))
    assert table.calls < 20


def test_what_was_refused_is_added_up_and_none_is_counted_twice() -> None:
    spent = SpentBudgets()
    written = [spent.refused(SITE, TODAY, 1) for _ in range(1_000)]
    assert written[:4] == [1, 1, 0, 2]
    assert max(written) == 100
    assert 900 < sum(written) <= 1_000


@pytest.mark.parametrize(
    ("site", "day", "hits", "no_room"),
    [
        (SITE, TODAY, 3, True),
        (SITE, TODAY, 4, True),
        (SITE, TODAY, 2, False),
        (SITE, TOMORROW, 3, False),
        (replace(SITE, daily_budget=11), TODAY, 3, False),
        (replace(SITE, key=SiteKey("k2")), TODAY, 3, False),
        (replace(SITE, tenant=TenantId("other")), TODAY, 3, False),
    ],
)
def test_only_as_many_hits_on_the_same_day_are_known_to_find_no_room(
    site: Site, day: date, hits: int, no_room: bool
) -> None:
    spent = SpentBudgets()
    spent.refused(SITE, TODAY, 3)
    assert spent.has_no_room(site, day, hits) is no_room
