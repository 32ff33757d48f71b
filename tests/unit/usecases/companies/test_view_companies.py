"""Companies as they are shown: how many, in which order, and to whom."""

from dataclasses import replace
from datetime import timedelta

import pytest

from funnel.domain.companies.company_databases import CompanyDatabases, DatabaseFile
from funnel.domain.companies.company_visits import KEPT
from funnel.domain.companies.network_names import NetworkKind
from funnel.usecases.companies.correct_company import correct_company
from funnel.usecases.companies.view_companies import (
    CompaniesView,
    CompanyReader,
    Nothing,
    Order,
    Span,
)
from funnel.usecases.tracking.keep_sites import SiteChanges, change_site
from tests.fakes.world import TENANT
from tests.unit.usecases.companies.companies import (
    ADA,
    AT_HARBOUR,
    AT_LINE,
    HARBOUR,
    LINE,
    from_ip,
    watched,
)
from tests.unit.usecases.tracking.tracking import LAPTOP, PHONE, Shop


@pytest.fixture
def shop() -> Shop:
    return watched()


def reader(shop: Shop, *, sees: bool = True) -> CompanyReader:
    return CompanyReader(shop.world.app, TENANT, lambda *_: sees, lambda key: f"sugar/{key}")


def span(shop: Shop, days: float = 30, ahead: float = 0) -> Span:
    now = shop.world.clock.now()
    return Span(now - timedelta(days=days), now, timedelta(hours=ahead))


def view(shop: Shop, days: float = 30, order: Order = Order.SEEN) -> CompaniesView:
    return reader(shop).companies(span(shop, days), order)


def test_visits_at_providers_are_counted_and_not_shown(shop: Shop) -> None:
    for number, ip in enumerate((AT_HARBOUR, AT_LINE, AT_LINE)):
        shop.world.handle(from_ip(shop.batch(shop.page(number), browser=f"browser{number:09}"), ip))
    found = view(shop)
    assert [one.name for one in found.items] == ["Harbour Cranes AS"]
    assert (found.hidden_visits, found.hidden_more, found.more) == (2, False, False)
    left_out = reader(shop).networks(span(shop))
    assert [(one.name, one.kind) for one in left_out.items] == [(LINE.organisation, LINE.kind)]


def test_a_correction_counts_for_past_days_at_once_and_can_be_taken_back(shop: Shop) -> None:
    shop.world.handle(from_ip(shop.batch(shop.page(-60 * 24 * 3)), AT_LINE))
    app = shop.world.app
    for _ in range(2):
        correct_company(app, TENANT, LINE.key, "company", "Northern", "Ann")
    (one,) = view(shop).items
    assert (one.name, one.kind, one.visits) == ("Northern", NetworkKind.COMPANY, 1)
    assert one.said
    assert (one.said.by, one.said.at) == ("Ann", shop.world.clock.now())
    correct_company(app, TENANT, LINE.key, "", "", "Ben")
    assert view(shop).items == ()
    assert view(shop).hidden_visits == 1
    _, said = shop.world.store.company(TENANT, LINE.key)
    assert said
    assert [once.by for once in said.said] == ["Ann", "Ben"]


def test_who_became_known_is_named_only_to_whom_may_see_the_prospect(shop: Shop) -> None:
    shop.send(shop.page(0), shop.form(1, ADA))
    one = reader(shop, sees=False).companies(span(shop), Order.SEEN).items[0]
    assert (one.visits, one.known, one.known_others) == (0, (), 1)
    # A person who is not in Sugar is nobody's prospect yet.
    one = view(shop).items[0]
    assert (one.known, one.known_others) == ((), 1)


def test_days_are_those_of_whoever_looks(shop: Shop) -> None:
    shop.send(shop.page(-60 * 9.5), browser=LAPTOP)
    shop.send(shop.page(-60 * 9.5 - 40), browser=PHONE)
    for ahead, days in ((0, (2, 0)), (-1, (2, 0)), (1, (1, 1))):
        one = reader(shop).companies(span(shop, 1, ahead), Order.SEEN).items[0]
        assert one.days[-2:] == days, ahead
        assert sum(one.days) == one.visits == 2


def test_an_empty_panel_knows_why(shop: Shop) -> None:
    store = shop.world.store
    assert view(shop).nothing is Nothing.NOBODY
    now = shop.world.clock.now()
    store.save_company_databases(CompanyDatabases(now, (DatabaseFile("a.mmdb"),)))
    assert view(shop).nothing is Nothing.NOBODY
    store.save_company_databases(CompanyDatabases(now))
    assert view(shop).nothing is Nothing.NO_DATABASE
    change_site(shop.world.app, TENANT, shop.site.key, SiteChanges(active=False))
    assert view(shop).nothing is Nothing.NO_SITE
    shop.send(shop.page(0))
    assert view(shop).nothing is None


def test_the_companies_of_a_time_come_by_when_they_were_seen_or_by_visits(shop: Shop) -> None:
    lookup = shop.world.app.company_lookup
    assert lookup is not None
    for number in range(30):
        ip = f"203.0.113.{number}"
        owner = replace(HARBOUR, organisation=f"Company {number:02}")
        lookup.owners[ip] = owner  # type: ignore[attr-defined]
        for visit in range(number % 4 + 1):
            hit = shop.page(-number * 60 * 24 - visit * 40 - 5)
            shop.world.handle(from_ip(shop.batch(hit, browser=f"browser{number:09}"), ip))
    found = view(shop)
    assert [one.name for one in found.items] == [f"Company {n:02}" for n in range(25)]
    assert found.more
    assert [one.name for one in view(shop, 7).items] == [f"Company {n:02}" for n in range(7)]
    by_visits = view(shop, order=Order.VISITS)
    assert [one.visits for one in by_visits.items][:9] == [4] * 7 + [3] * 2
    assert view(shop, 7, Order.VISITS).items[0].name == "Company 03"
    assert span(shop).is_all
    assert timedelta(days=30) == KEPT
