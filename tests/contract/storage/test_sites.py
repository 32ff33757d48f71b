"""Sites by their keys, the hits of each day, and tries."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from funnel.domain.errors import Conflict
from funnel.domain.ids import TenantId
from funnel.domain.tracking.activities import ActivityKind
from funnel.domain.tracking.hits import BrowserId, Hit, HitBatch, SiteKey
from funnel.domain.tracking.names_seen import NamesSeen
from funnel.domain.tracking.sites import ConsentMode, HitCounts, Site
from tests.contract.storage.builders import NOW
from tests.contract.storage.conftest import Store

TODAY, DAY = NOW.date(), timedelta(days=1)


def site(tenant: TenantId, name: str = "Shop", budget: int = 10) -> Site:
    """A site with something everywhere."""
    return Site(
        tenant,
        SiteKey(f"{tenant}-{name}"),
        name,
        ("example.com", "example.org"),
        NOW,
        "Ann",
        budget,
        ConsentMode.AT_ONCE,
        honour_do_not_track=False,
        active=False,
    )


def test_a_site_comes_back_by_its_key_and_with_those_of_its_tenant(
    store: Store, new_tenant: Callable[[], TenantId]
) -> None:
    tenant, other = new_tenant(), new_tenant()
    assert (store.sites(tenant), store.site(site(tenant).key)) == ([], None)
    shop = store.save_site(site(tenant))
    assert shop == replace(site(tenant), version=1)
    blog = store.save_site(replace(site(tenant, "Blog"), created_at=NOW - DAY))
    assert store.sites(tenant) == [blog, shop]
    assert store.site(shop.key) == shop
    assert store.sites(other) == []


def test_a_site_is_changed_by_one_at_a_time(store: Store, tenant: TenantId) -> None:
    first = store.save_site(site(tenant))
    with pytest.raises(Conflict):
        store.save_site(site(tenant))
    second = store.save_site(replace(first, name="Store"))
    with pytest.raises(Conflict):
        store.save_site(first)
    assert store.site(first.key) == second == store.sites(tenant)[0]


def test_nobody_takes_the_key_of_another_tenants_site(
    store: Store, new_tenant: Callable[[], TenantId]
) -> None:
    theirs = store.save_site(site(new_tenant()))
    mine = new_tenant()
    with pytest.raises(Conflict):
        store.save_site(replace(site(mine), key=theirs.key))
    assert (store.site(theirs.key), store.sites(mine)) == (theirs, [])


def test_hits_are_counted_by_day_until_the_budget_is_used_up(
    store: Store, tenant: TenantId
) -> None:
    shop = site(tenant)
    days = [TODAY - DAY, TODAY, TODAY + DAY]
    assert store.hit_counts(tenant, shop.key, days) == {}
    taken = [store.count_hits(shop, TODAY, hits) for hits in (4, 5, 2, 1, 1)]
    assert taken == [True, True, False, True, False]
    assert store.count_hits(shop, TODAY + DAY, 10)
    assert not store.count_hits(shop, TODAY - DAY, 11)
    assert store.hit_counts(tenant, shop.key, days) == {
        TODAY - DAY: HitCounts(0, 11),
        TODAY: HitCounts(10, 3),
        TODAY + DAY: HitCounts(10, 0),
    }
    assert store.hit_counts(tenant, SiteKey("other"), days) == {}


def test_tries_are_counted_for_each_of_a_tenant(
    store: Store, new_tenant: Callable[[], TenantId]
) -> None:
    tenant, other = new_tenant(), new_tenant()
    assert [store.count_try(tenant, "a", NOW + DAY) for _ in range(3)] == [1, 2, 3]
    assert store.count_try(tenant, "b", NOW + DAY) == 1
    assert store.count_try(other, "a", NOW + DAY) == 1
    assert store.count_try(other, "a", NOW + DAY, 3) == 4
    assert [store.tries_of(one, "a") for one in (tenant, other)] == [3, 4]
    assert store.tries_of(tenant, "c") == store.tries_of(new_tenant(), "a") == 0


def test_so_many_are_counted_and_each_once(
    store: Store, new_tenant: Callable[[], TenantId]
) -> None:
    tenant, other = new_tenant(), new_tenant()

    def counted(*ones: str, of: TenantId = tenant, who: str = "a", most: int = 2) -> list[bool]:
        return [store.count_once(of, who, one, NOW + DAY, most) for one in ones]

    assert counted("1", "1", "2", "3", "1", "ü") == [True, True, True, False, True, False]
    assert counted("3", most=3) == [True]
    assert counted("3") == [True], "what was counted is"
    assert counted("4", who="b") == counted("4", of=other) == [True]


def test_when_a_form_was_sent_first_stays(store: Store, new_tenant: Callable[[], TenantId]) -> None:
    tenant, other = new_tenant(), new_tenant()
    assert store.first_sent(tenant, "a", NOW, NOW + DAY) == NOW
    assert store.first_sent(tenant, "a", NOW + DAY, NOW + DAY) == NOW
    assert store.first_sent(tenant, "b", NOW + DAY, NOW + DAY) == NOW + DAY
    assert store.first_sent(other, "a", NOW + DAY, NOW + DAY) == NOW + DAY


def test_what_sites_showed_is_kept_under_its_version(
    store: Store, new_tenant: Callable[[], TenantId]
) -> None:
    tenant, other = new_tenant(), new_tenant()
    assert store.names_seen(tenant) == NamesSeen(tenant)
    noted = store.save_names_seen(
        NamesSeen(tenant, {"Probefahrt Ü": 739_000}, {"/preise": 739_001})
    )
    assert store.names_seen(tenant) == noted
    assert (noted.forms, noted.pages, noted.version) == (
        {"Probefahrt Ü": 739_000},
        {"/preise": 739_001},
        1,
    )
    with pytest.raises(Conflict):
        store.save_names_seen(NamesSeen(tenant))
    assert store.names_seen(other) == NamesSeen(other)


def form(number: int) -> HitBatch:
    """A form by itself."""
    at = NOW + timedelta(minutes=number)
    fields = {"email": "zoë@x.test", "last_name": "Ü"}
    hit = Hit(f"h{number}", ActivityKind.FORM, at, "https://x.test/", form="News", fields=fields)
    return HitBatch(SiteKey("k"), BrowserId("b"), at, "192.0.2.1", "Firefox", (hit,))


def test_forms_are_kept_aside_once_each_by_time_and_dropped(store: Store, tenant: TenantId) -> None:
    shop, blog = site(tenant), site(tenant, "Blog")
    forms = [form(number) for number in range(3)]
    for one in (forms[2], forms[0], forms[1], forms[0]):
        store.set_aside(shop, one, NOW + 4000 * DAY)
    first = store.forms_aside(shop, 2)
    assert first.items == forms[:2]
    rest = store.forms_aside(shop, 2, first.cursor)
    assert (rest.items, rest.cursor) == (forms[2:], "")
    assert store.forms_aside(blog, 2).items == []
    store.drop_aside(shop, [forms[0], forms[2], form(9)])
    assert store.forms_aside(shop, 9).items == [forms[1]]
    assert store.site(shop.key) is None
