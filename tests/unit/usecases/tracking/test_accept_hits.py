"""Hits and forms are checked, counted and passed on."""

import json
from contextlib import suppress
from typing import Any

import pytest

from funnel.domain.errors import InputInvalid, NotAllowed, NotFound, TooLarge, TooManyTries
from funnel.domain.forms.forms import TRAP
from funnel.domain.ids import TenantId
from funnel.domain.tracking.activities import ActivityKind
from funnel.domain.tracking.sites import HitCounts, Site
from funnel.ports.marketing_messages import RecordHits
from funnel.usecases.forms import limit_forms
from funnel.usecases.tracking.accept_form import SentForm, accept_form, new_form_id
from funnel.usecases.tracking.accept_hits import Sender, accept_hits
from funnel.usecases.tracking.keep_sites import SiteChanges, add_site, change_site
from funnel.usecases.tracking.view_sites import one_site
from tests.fakes.world import TENANT, World

SENDER = Sender("192.0.2.7", "Firefox", "https://www.example.com")
FORM_AT = "https://funnel.example/f/x"


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def site(world: World) -> Site:
    return add_site(world.app, TENANT, "Shop", ["example.com"], "Ann")


def body(world: World, hits: int = 1, **more: Any) -> bytes:
    now = int(world.clock.now().timestamp() * 1000)
    one = {"kind": "page view", "at": now, "url": "https://www.example.com/"}
    rows = [{"id": f"hit-{n:06}", **one, **more} for n in range(hits)]
    return json.dumps({"browser": "b7a2c4d8e1f5a9b3", "sent": now, "hits": rows}).encode()


def passed_on(world: World) -> list[RecordHits]:
    found = [due.message for due in world.queue.waiting]
    assert all(isinstance(one, RecordHits) for one in found)
    return [one for one in found if isinstance(one, RecordHits)]


def counted(world: World, site: Site) -> HitCounts:
    today = world.clock.now().date()
    return world.store.hit_counts(TENANT, site.key, [today]).get(today, HitCounts())


def test_hits_are_passed_on_for_the_tenant_of_the_key(world: World, site: Site) -> None:
    assert accept_hits(world.app, site.key, SENDER, body(world, 2))
    (message,) = passed_on(world)
    assert message.tenant == TENANT
    batch = message.batch
    assert (batch.site, batch.ip, batch.user_agent) == (site.key, "192.0.2.7", "Firefox")
    assert [hit.hit_id for hit in batch.hits] == ["hit-000000", "hit-000001"]
    assert counted(world, site) == HitCounts(2, 0)


def test_nobody_can_send_for_another_tenant(world: World, site: Site) -> None:
    other = add_site(world.app, TenantId("other"), "Theirs", ["other.test"], "Bob")
    forged = json.loads(body(world)) | {"tenant": "other", "site": other.key}
    assert accept_hits(world.app, site.key, SENDER, json.dumps(forged).encode())
    assert [message.tenant for message in passed_on(world)] == [TENANT]
    with pytest.raises(NotAllowed):
        accept_hits(world.app, other.key, SENDER, body(world))


@pytest.mark.parametrize("key", ["", "x", "0" * 32, "../site", "5e1f" * 8 + "\n"])
def test_a_key_that_no_site_has_is_refused(world: World, site: Site, key: str) -> None:
    with pytest.raises(NotFound):
        accept_hits(world.app, key, SENDER, body(world))


def test_a_site_that_is_off_takes_nothing(world: World, site: Site) -> None:
    change_site(world.app, TENANT, site.key, SiteChanges(active=False))
    with pytest.raises(NotFound):
        accept_hits(world.app, site.key, SENDER, body(world))
    with pytest.raises(NotFound):
        accept_form(world.app, site.key, SENDER, SentForm({"email": "a@b.test"}), FORM_AT)


@pytest.mark.parametrize(
    "origin", ["", "null", "https://evil.test", "https://example.com.evil.test", "example.com"]
)
def test_a_page_of_another_site_is_refused(world: World, site: Site, origin: str) -> None:
    with pytest.raises(NotAllowed):
        accept_hits(world.app, site.key, Sender("192.0.2.7", "Firefox", origin), body(world))
    assert (passed_on(world), counted(world, site)) == ([], HitCounts())


@pytest.mark.parametrize("sent", [b"", b"{", b"\xff", b"[" * 16_000, b'{"browser": 1}'])
def test_junk_is_refused_and_costs_no_budget(world: World, site: Site, sent: bytes) -> None:
    with pytest.raises(InputInvalid):
        accept_hits(world.app, site.key, SENDER, sent)
    assert (passed_on(world), counted(world, site)) == ([], HitCounts())


def test_more_than_16_kb_is_refused_before_it_is_looked_at(world: World) -> None:
    with pytest.raises(TooLarge):
        accept_hits(world.app, "no key", SENDER, b" " * (16 * 1024 + 1))


def test_over_the_days_budget_hits_are_counted_and_not_passed_on(world: World, site: Site) -> None:
    change_site(world.app, TENANT, site.key, SiteChanges(daily_budget=3))
    taken = [accept_hits(world.app, site.key, SENDER, body(world, n)) for n in (2, 2, 1, 1)]
    assert taken == [True, False, True, False]
    assert len(passed_on(world)) == 2
    assert counted(world, site) == HitCounts(3, 3)
    world.clock.advance(24 * 3600)
    assert accept_hits(world.app, site.key, SENDER, body(world, 3))


def test_a_form_we_host_is_passed_on_with_its_fields(world: World, site: Site) -> None:
    fields = {"email": "Ada@Example.test", "first_name": "Ada", TRAP: "", "other": "x"}
    accept_form(world.app, site.key, SENDER, SentForm(fields, "b7a2c4d8e1f5a9b3"), FORM_AT)
    (message,) = passed_on(world)
    (hit,) = message.batch.hits
    assert (message.batch.browser, hit.kind, hit.form) == (
        "b7a2c4d8e1f5a9b3",
        ActivityKind.FORM,
        "Shop",
    )
    assert hit.fields == {"email": "Ada@Example.test", "first_name": "Ada"}


def test_a_form_that_is_sent_twice_is_the_same_form(world: World, site: Site) -> None:
    sent = SentForm({"email": "a@b.test"}, "no browser!", new_form_id(world.app))
    for _ in range(2):
        world.clock.advance(5)
        accept_form(world.app, site.key, SENDER, sent, FORM_AT)
    first, second = [message.batch for message in passed_on(world)]
    assert first.hits == second.hits
    assert first.browser == second.browser != ""


@pytest.mark.parametrize("opened", ["", "x", "1-" + "0" * 32, "9" * 13 + "-" + "0" * 32])
def test_a_form_that_does_not_say_when_it_was_opened_is_of_now(
    world: World, site: Site, opened: str
) -> None:
    accept_form(world.app, site.key, SENDER, SentForm({"email": "a@b.test"}, "", opened), FORM_AT)
    (message,) = passed_on(world)
    assert message.batch.hits[0].at == world.clock.now()


@pytest.mark.parametrize(
    "email", ["", "ada", "ada@", "@b.test", "a@b", "a b@c.test", "a@b.test, c@d.test", "a@b..test"]
)
def test_a_form_without_an_address_of_a_mail_box_is_refused(
    world: World, site: Site, email: str
) -> None:
    found = accept_form(world.app, site.key, SENDER, SentForm({"email": email}), FORM_AT)
    assert list(found.read.errors) == ["email"]
    assert found.read.typed["email"] == email
    assert len(world.queue) == 0


def test_a_form_that_a_machine_filled_in_is_dropped(world: World, site: Site) -> None:
    fields = {"email": "a@b.test", TRAP: "https://spam.test"}
    accept_form(world.app, site.key, SENDER, SentForm(fields), FORM_AT)
    assert passed_on(world) == []


def test_over_the_days_budget_whoever_fills_in_a_form_is_told(world: World, site: Site) -> None:
    change_site(world.app, TENANT, site.key, SiteChanges(daily_budget=1))
    sent = SentForm({"email": "a@b.test"})
    accept_form(world.app, site.key, SENDER, sent, FORM_AT)
    with pytest.raises(TooManyTries, match="no more today"):
        accept_form(world.app, site.key, SENDER, sent, FORM_AT)
    assert len(passed_on(world)) == 1
    assert counted(world, site) == HitCounts(), "it is no page view"
    view = one_site(world.app, TENANT, site.key, "")
    assert (view.forms_refused, view.over_budget) == (1, True)
    world.clock.advance(24 * 3600)
    accept_form(world.app, site.key, SENDER, sent, FORM_AT)


@pytest.mark.feature("D7")
def test_page_views_use_up_nothing_of_what_forms_have(world: World, site: Site) -> None:
    change_site(world.app, TENANT, site.key, SiteChanges(daily_budget=3))
    assert accept_hits(world.app, site.key, SENDER, body(world, 3))
    accept_form(world.app, site.key, SENDER, SentForm({"email": "a@b.test"}), FORM_AT)
    both = json.loads(body(world, 2))
    both["hits"][0] |= FORM
    assert accept_hits(world.app, site.key, SENDER, json.dumps(both).encode()), "a form was taken"
    kinds = [[hit.kind for hit in one.batch.hits] for one in passed_on(world)]
    assert kinds[1:] == [[ActivityKind.FORM], [ActivityKind.FORM]]
    assert counted(world, site) == HitCounts(3, 1)
    accept_form(world.app, site.key, SENDER, SentForm({"email": "c@b.test"}), FORM_AT)
    with pytest.raises(TooManyTries, match="no more today"):
        accept_hits(world.app, site.key, SENDER, body(world, 1, **FORM))


@pytest.mark.feature("D7")
def test_forms_use_up_nothing_of_what_page_views_have(world: World, site: Site) -> None:
    change_site(world.app, TENANT, site.key, SiteChanges(daily_budget=1))
    accept_form(world.app, site.key, SENDER, SentForm({"email": "a@b.test"}), FORM_AT)
    both = json.loads(body(world, 2))
    both["hits"][0] |= FORM
    with pytest.raises(TooManyTries, match="no more today"):
        accept_hits(world.app, site.key, SENDER, json.dumps(both).encode())
    assert [hit.hit_id for hit in passed_on(world)[-1].batch.hits] == ["hit-000001"]


@pytest.mark.feature("D7")
@pytest.mark.usefixtures("few")
def test_what_a_flooding_network_is_refused_takes_no_room_of_others(
    world: World, site: Site
) -> None:
    change_site(world.app, TENANT, site.key, SiteChanges(daily_budget=10))
    for _ in range(12):
        with suppress(TooManyTries):
            accept_form(world.app, site.key, SENDER, SentForm({"email": "a@b.test"}), FORM_AT)
    elsewhere = Sender("198.51.100.7", "Firefox", SENDER.origin)
    accept_form(world.app, site.key, elsewhere, SentForm({"email": "c@b.test"}), FORM_AT)
    assert len(passed_on(world)) == 10


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a network may send six forms before they are crowded, and nine at all."""
    monkeypatch.setattr(limit_forms, "MOST_OF_A_NETWORK", 6)
    monkeypatch.setattr(limit_forms, "MOST_KEPT", 9)


FORM = {"kind": "form", "fields": {"email": "a@b.test"}}


@pytest.mark.usefixtures("few")
def test_forms_of_a_crowded_network_are_passed_on_as_such_and_lose_nothing(
    world: World, site: Site
) -> None:
    sent = SentForm({"email": "a@b.test"})
    six = [Sender(f"2001:db8::{n}", "Firefox", SENDER.origin) for n in range(6)]
    for sender in six:
        accept_form(world.app, site.key, sender, sent, FORM_AT)
    assert [one.crowded for one in passed_on(world)] == [False] * 6
    accept_form(world.app, site.key, six[0], sent, FORM_AT)
    assert accept_hits(world.app, site.key, six[1], body(world, 2, **FORM))
    assert [one.crowded for one in passed_on(world)][6:] == [True, True]
    assert accept_hits(world.app, site.key, six[1], body(world, 50)), "pages are no forms"
    assert not passed_on(world)[-1].crowded
    elsewhere = Sender("2001:db8:0:1::1", "Firefox", SENDER.origin)
    accept_form(world.app, site.key, elsewhere, sent, FORM_AT)
    world.clock.advance(600)
    accept_form(world.app, site.key, six[0], sent, FORM_AT)
    assert [one.crowded for one in passed_on(world)][-2:] == [False, False]


@pytest.mark.usefixtures("few")
def test_where_a_network_floods_a_site_the_forms_are_refused_and_nothing_else(
    world: World, site: Site
) -> None:
    sent = SentForm({"email": "a@b.test"})
    for _ in range(9):
        accept_form(world.app, site.key, SENDER, sent, FORM_AT)
    with pytest.raises(TooManyTries):
        accept_form(world.app, site.key, SENDER, sent, FORM_AT)
    assert len(passed_on(world)) == 9
    both = json.loads(body(world, 2))
    both["hits"][0] |= FORM
    with pytest.raises(TooManyTries):
        accept_hits(world.app, site.key, SENDER, json.dumps(both).encode())
    assert [hit.hit_id for hit in passed_on(world)[-1].batch.hits] == ["hit-000001"]


def test_a_browser_that_sends_very_many_forms_is_crowded_by_itself(
    world: World, site: Site
) -> None:
    for _ in range(11):
        accept_hits(world.app, site.key, SENDER, body(world, 1, **FORM))
    assert [one.crowded for one in passed_on(world)] == [False] * 10 + [True]


def test_forms_that_waited_for_consent_are_all_taken(world: World, site: Site) -> None:
    assert accept_hits(world.app, site.key, SENDER, body(world, 5, **FORM))
    (message,) = passed_on(world)
    assert (len(message.batch.hits), message.crowded) == (5, True)


def test_a_form_that_stood_open_for_long_is_of_when_it_was_sent(world: World, site: Site) -> None:
    sent = SentForm({"email": "a@b.test"}, "", new_form_id(world.app))
    world.clock.advance(20 * 3600 + 60)
    at = world.clock.now()
    for _ in range(2):
        accept_form(world.app, site.key, SENDER, sent, FORM_AT)
        world.clock.advance(3 * 3600)
    first, second = [message.batch.hits for message in passed_on(world)]
    assert first == second
    assert first[0].at == at
