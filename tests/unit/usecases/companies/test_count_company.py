"""Visits of people whom nobody knows count for the company they came from."""

import random
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from funnel.domain.companies.companies import Correction, Said, company_key
from funnel.domain.companies.company_visits import MOST_VISITS, seen_since
from funnel.domain.companies.network_names import NetworkKind
from funnel.domain.ids import PersonId
from funnel.domain.tracking.activities import SubjectId
from funnel.usecases.erasing.erase_person import EraseWork, new_erasure
from funnel.usecases.people.create_person import NewPerson, create_person
from funnel.usecases.tracking.sign_links import sign_link
from tests.fakes.world import TENANT
from tests.unit.usecases.companies.companies import (
    ADA,
    AT_HARBOUR,
    AT_LINE,
    HARBOUR,
    LINE,
    NOWHERE,
    company,
    counted,
    counted_anew,
    from_ip,
    scene,
    watched,
)
from tests.unit.usecases.tracking.tracking import HOME, LAPTOP, PHONE, Shop


@pytest.fixture
def shop() -> Shop:
    return watched()


def test_a_visit_counts_for_its_company_with_its_pages_and_where_it_came_from(shop: Shop) -> None:
    shop.send(shop.page(0, f"{HOME}a", "https://www.google.com/"), shop.page(4, f"{HOME}b"))
    shop.send(shop.page(50))
    found = company(shop)
    assert (found.name, found.place, found.kind) == (
        "Harbour Cranes AS",
        "Bergen, Norway",
        NetworkKind.COMPANY,
    )
    seen = seen_since(found, shop.at(-60))
    assert seen
    assert (seen.visits, seen.visitors, seen.known) == (2, 1, ())
    assert seen.pages == (("Page", 2),)
    assert seen.sources == (("search", "google", 1), ("direct", "", 1)) or len(seen.sources) == 2
    assert seen.seen_at == shop.at(50)
    assert dict(seen.days) == {shop.at(0).date(): 2}
    assert "192.0.2.7" not in repr(found)


def test_what_comes_again_counts_once_and_is_not_even_written(shop: Shop) -> None:
    message = shop.send(shop.page(0), shop.page(1))
    writes = shop.world.store.company_writes
    shop.world.handle(message)
    assert shop.world.store.company_writes == writes == 1


def test_a_hit_costs_at_most_one_write_and_a_page_loaded_again_none(shop: Shop) -> None:
    store = shop.world.store
    for at, minutes in enumerate((0, 1, 2), 1):
        shop.send(shop.page(minutes))
        assert store.company_writes == at
    shop.send(shop.page(2.5))
    assert store.company_writes == 3


def test_a_visitor_who_becomes_known_is_no_longer_counted_and_said_to_be_known(
    shop: Shop,
) -> None:
    shop.send(shop.page(-600))
    shop.send(shop.page(0), browser=PHONE)
    shop.send(shop.form(1, ADA))
    seen = seen_since(company(shop), shop.at(-3000))
    assert seen
    assert (seen.visits, seen.visitors) == (1, 1)
    assert seen.known == (SubjectId(f"v-{LAPTOP}"),)
    writes = shop.world.store.company_writes
    shop.send(shop.page(2))
    assert shop.world.store.company_writes == writes
    assert "company" not in shop.of_person(ADA)[-1].about


def test_a_link_makes_the_visitor_known_wherever_it_was_before(shop: Shop) -> None:
    new = NewPerson({"last_name": "Brandt"}, ADA, "Ann")
    create_person(shop.world.app, TENANT, new, ADA)
    url = sign_link(shop.world.app, TENANT, shop.person(ADA), HOME, 30)
    shop.world.handle(from_ip(shop.batch(shop.page(-60)), AT_LINE))
    shop.world.handle(from_ip(shop.batch(shop.page(0)), AT_HARBOUR))
    shop.world.handle(from_ip(shop.batch(shop.page(1, url)), NOWHERE))
    for owner in (HARBOUR, LINE):
        assert [one.known for one in company(shop, owner).visits] == [True]


def test_machines_and_those_nobody_knows_the_network_of_count_nowhere(shop: Shop) -> None:
    shop.send(shop.page(0), agent="Mozilla/5.0 (compatible; Googlebot/2.1)")
    shop.world.handle(from_ip(shop.batch(shop.page(1)), NOWHERE))
    assert shop.world.store.companies == {}


def test_pages_that_turn_out_to_be_a_machines_count_no_longer(shop: Shop) -> None:
    pages = [shop.page(n / 600, f"{HOME}page-{n}") for n in range(10)]
    shop.send(*pages[:4])
    assert company(shop).visits
    shop.send(*pages[4:])
    assert company(shop).visits == ()


def test_without_databases_nothing_is_counted_and_hits_are_written() -> None:
    shop = Shop()
    shop.send(shop.page(0))
    assert len(shop.of(f"v-{LAPTOP}")) == 1
    assert shop.world.store.companies == {}


def test_a_provider_keeps_so_many_visits_and_then_costs_no_writes(shop: Shop) -> None:
    for number in range(MOST_VISITS + 20):
        hit = shop.page(number / 10)
        shop.world.handle(from_ip(shop.batch(hit, browser=f"browser{number:09}"), AT_LINE))
    assert len(company(shop, LINE).visits) == MOST_VISITS
    assert shop.world.store.company_writes == MOST_VISITS


def test_a_company_keeps_its_latest_visits_and_none_older_than_a_month(shop: Shop) -> None:
    for number in range(MOST_VISITS + 5):
        shop.send(shop.page(number), browser=f"browser{number:09}")
    kept = company(shop).visits
    assert len(kept) == MOST_VISITS
    assert kept[0].since == shop.at(5)
    shop.world.clock.advance(timedelta(days=31).total_seconds())
    shop.send(shop.page(31 * 24 * 60))
    assert [one.since for one in company(shop).visits] == [shop.at(31 * 24 * 60)]


def test_what_was_said_of_a_network_stands_with_the_next_hit(shop: Shop) -> None:
    said = Said(shop.at(0), "Ann", NetworkKind.PROVIDER)
    shop.world.store.save_correction(Correction(TENANT, HARBOUR.key, HARBOUR.organisation, (said,)))
    shop.send(shop.page(0))
    assert not company(shop).is_shown
    assert company(shop).kind is NetworkKind.COMPANY


def test_erasing_a_person_takes_all_of_it_from_the_companies(shop: Shop) -> None:
    shop.send(shop.page(-600))
    shop.send(shop.page(0), shop.form(1, ADA))
    shop.send(shop.page(0), browser=PHONE)
    person = shop.person(ADA)
    EraseWork(shop.world.app, job := new_erasure(shop.world.app, TENANT, person, ADA, "Ann")).step(
        job
    )
    left = company(shop)
    assert {one.subject for one in left.visits} == {f"v-{PHONE}"}
    assert LAPTOP not in repr(left)
    assert person not in repr(left)


@pytest.mark.parametrize("erased", [False, True])
def test_who_did_much_since_is_known_or_erased_at_its_companies_too(
    shop: Shop, erased: bool
) -> None:
    batches = [shop.batch(shop.page(0, f"{HOME}a"))]
    if erased:
        batches = [shop.batch(shop.page(0, f"{HOME}a"), shop.form(1, ADA))]
    shop.world.handle(from_ip(batches[0], AT_HARBOUR))
    for start in range(0, 540, 20):
        pages = [shop.page(100 + n, f"{HOME}{n}") for n in range(start, start + 20)]
        shop.world.handle(from_ip(shop.batch(*pages), NOWHERE))
    shop.world.drain()
    assert len(company(shop).visits) == 1
    if not erased:
        shop.world.handle(from_ip(shop.batch(shop.form(700, ADA)), NOWHERE))
        shop.world.drain()
        assert all(one.known for one in company(shop).visits)
        return
    app, person = shop.world.app, shop.person(ADA)
    EraseWork(app, job := new_erasure(app, TENANT, person, ADA, "Ann")).step(job)
    left = shop.world.store.companies.get((TENANT, HARBOUR.key))
    assert left is None or left.visits == ()


def test_who_becomes_known_after_a_lot_is_known_at_the_companies_before_it_too(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("funnel.usecases.companies.count_company.MOST_ACTIVITIES", 3)
    monkeypatch.setattr("funnel.usecases.companies.count_company._PAGE", 2)
    handle = shop.world.handle
    handle(from_ip(shop.batch(shop.page(0)), AT_HARBOUR))
    handle(from_ip(shop.batch(*(shop.page(100 + n) for n in range(7))), NOWHERE))
    handle(from_ip(shop.batch(shop.form(200, ADA)), NOWHERE))
    shop.world.drain()
    assert [one.known for one in company(shop).visits] == [True]


@settings(max_examples=120, deadline=None)
@given(st.lists(st.integers(0, 8), max_size=12), st.randoms(use_true_random=False))
def test_in_any_order_and_however_often_it_is_what_is_counted_from_nothing(
    again: list[int], chance: random.Random
) -> None:
    shop = watched()
    messages = scene(shop)
    order = [*range(len(messages)), *again]
    chance.shuffle(order)
    shop.world.clock.advance(7200)
    for at in order:
        shop.world.handle(messages[at])
    assert counted(shop) == counted_anew(shop)
    assert counted(shop), "nothing was counted"
    seen = seen_since(company(shop), shop.start)
    assert seen
    # Of whom it is known who they are, nothing is left among the others.
    assert all(one.subject == "v-kiosk00000000000" for one in company(shop).anonymous)
    assert company_key("harbour cranes as") == company(shop).key
    assert PersonId(shop.person(ADA)) not in repr(company(shop))
