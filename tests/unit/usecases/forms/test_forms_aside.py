"""Forms make so many new people a day; what comes beyond is kept aside whole, and nothing is lost."""

from dataclasses import replace

import pytest

from funnel.domain.errors import NotFound
from funnel.domain.ids import TenantId
from funnel.domain.tracking.hits import SiteKey
from funnel.usecases.erasing.erase_person import EraseWork, new_erasure
from funnel.usecases.forms import forms_aside
from funnel.usecases.forms.forms_aside import Decision, count_aside, decide_aside
from funnel.usecases.living import holder_of
from tests.fakes.world import TENANT
from tests.unit.usecases.tracking.tracking import PHONE, Shop


@pytest.fixture
def shop(monkeypatch: pytest.MonkeyPatch) -> Shop:
    """A site whose forms make two new people a day."""
    monkeypatch.setattr(forms_aside, "MOST_NEW_PEOPLE", 2)
    return Shop()


def send(shop: Shop, *names: str) -> None:
    """A form of each of these, from a browser of its own."""
    for number, name in enumerate(names):
        form = shop.form(number, f"{name}@x.test", last_name=name.title())
        shop.send(form, browser=f"{name}-browser-0000")


def here(shop: Shop, *names: str) -> list[str]:
    """Who of these is somebody."""
    return [name for name in names if holder_of(shop.world.app, TENANT, f"{name}@x.test")]


def test_beyond_the_days_new_people_forms_are_kept_aside_and_then_let_through(shop: Shop) -> None:
    send(shop, "ada", "ben", "cem", "dan")
    assert here(shop, "ada", "ben", "cem", "dan") == ["ada", "ben"]
    assert count_aside(shop.world.app, shop.site) == 2
    assert decide_aside(shop.world.app, TENANT, shop.site.key, Decision.TAKE) == 2
    shop.world.drain()
    assert here(shop, "cem", "dan") == ["cem", "dan"]
    assert count_aside(shop.world.app, shop.site) == 0
    assert [one.kind.value for one in shop.of(f"v-{'cem-browser-0000'}")] == ["form"]


def test_who_is_known_already_is_never_kept_aside(shop: Shop) -> None:
    send(shop, "ada", "ben", "ada", "ben", "ada")
    assert count_aside(shop.world.app, shop.site) == 0


def test_the_next_day_there_is_room_again(shop: Shop) -> None:
    send(shop, "ada", "ben", "cem")
    shop.world.clock.advance(86_400)
    send(shop, "dan")
    assert here(shop, "cem", "dan") == ["dan"]


@pytest.mark.parametrize("why", ["crowded", "network"])
def test_forms_that_only_might_be_a_machines_wait_for_a_person(shop: Shop, why: str) -> None:
    shop.send(shop.form(0, "ada@x.test"))
    message = shop.batch(shop.page(1), shop.form(2, "ben@x.test"), browser=PHONE)
    if why == "crowded":
        message = replace(message, crowded=True)
    else:
        message = replace(message, batch=replace(message.batch, user_agent=""))
    known = shop.batch(shop.form(3, "ada@x.test"), browser=PHONE)
    for one in (message, replace(known, crowded=True)):
        shop.world.handle(one)
    assert here(shop, "ada", "ben") == ["ada"]
    assert count_aside(shop.world.app, shop.site) == 1
    assert len(shop.of_person("ada@x.test")) == 3, "with the page, and the form of who is known"
    decide_aside(shop.world.app, TENANT, shop.site.key, Decision.TAKE)
    shop.world.drain()
    assert here(shop, "ben") == ["ben"]


def test_nothing_of_who_was_erased_is_kept_aside(shop: Shop) -> None:
    send(shop, "ada")
    late = shop.batch(shop.form(1, "ada@x.test"), browser=PHONE)
    shop.world.clock.advance(600)
    job = new_erasure(shop.world.app, TENANT, shop.person("ada@x.test"), "ada@x.test", "Ann")
    EraseWork(shop.world.app, job).step(job)
    shop.world.handle(replace(late, crowded=True))
    assert count_aside(shop.world.app, shop.site) == 0


def test_what_else_a_batch_brings_is_written_down(shop: Shop) -> None:
    send(shop, "ada", "ben")
    page, form = shop.page(5), shop.form(6, "cem@x.test")
    shop.send(page, form, browser=PHONE)
    assert [one.activity_id for one in shop.of(f"v-{PHONE}")] == [page.hit_id]
    decide_aside(shop.world.app, TENANT, shop.site.key, Decision.TAKE)
    shop.world.drain()
    written = [one.activity_id for one in shop.of(f"v-{PHONE}")]
    assert sorted(written) == sorted([page.hit_id, form.hit_id])
    assert here(shop, "cem") == ["cem"]


def test_a_message_that_comes_again_keeps_one_form_and_makes_one_person(shop: Shop) -> None:
    send(shop, "ada", "ben")
    message = shop.send(shop.form(5, "cem@x.test"), browser=PHONE)
    shop.world.handle(message)
    assert count_aside(shop.world.app, shop.site) == 1
    decide_aside(shop.world.app, TENANT, shop.site.key, Decision.TAKE)
    shop.world.drain()
    shop.world.handle(message)
    assert count_aside(shop.world.app, shop.site) == 0
    assert len(shop.of(f"v-{PHONE}")) == 1


def test_they_are_dropped_where_that_is_wanted(shop: Shop) -> None:
    send(shop, "ada", "ben", "cem")
    assert decide_aside(shop.world.app, TENANT, shop.site.key, Decision.DROP) == 1
    shop.world.drain()
    assert here(shop, "cem") == []
    assert count_aside(shop.world.app, shop.site) == 0


def test_nobody_decides_about_anothers(shop: Shop) -> None:
    for tenant, key in ((TenantId("other"), shop.site.key), (TENANT, SiteKey("nothing"))):
        with pytest.raises(NotFound):
            decide_aside(shop.world.app, tenant, key, Decision.DROP)
