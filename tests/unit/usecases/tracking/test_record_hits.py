"""What is seen is written once, under whoever did it."""

import itertools
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from funnel.domain.ids import TenantId
from funnel.domain.scoring import tallies
from funnel.domain.sync.records import Unit
from funnel.domain.tracking.activities import ActivityKind, Signal
from funnel.domain.tracking.hits import browser_for_once
from funnel.domain.tracking.visitors import MOST_HOLDERS
from funnel.ports.marketing_messages import RecordHits
from funnel.usecases.tracking.sign_links import sign_link
from tests.fakes.world import TENANT
from tests.unit.usecases.tracking.known_people import ADA, BEN, CLEO, NOBODY, made
from tests.unit.usecases.tracking.tracking import HOME, LAPTOP, PHONE, Shop


@pytest.fixture
def shop() -> Shop:
    return Shop()


def test_what_people_see_and_send_can_be_chosen_in_rules(shop: Shop) -> None:
    shop.send(shop.page(0, f"{HOME}prices"), shop.form(1, ADA))
    shop.send(shop.page(2, f"{HOME}robots"), browser=PHONE, agent="Googlebot/2.1")
    seen = shop.world.store.names_seen(TENANT)
    assert (sorted(seen.pages), sorted(seen.forms)) == (["/", "/prices"], ["News"])
    shop.send(shop.page(3, f"{HOME}prices"))
    assert shop.world.store.names_seen(TENANT) == seen, "what is known is not written again"


def test_pages_are_written_under_a_visitor_with_where_they_came_from(shop: Shop) -> None:
    first = shop.page(0, f"{HOME}a?utm_source=news", "https://www.google.com/")
    second = shop.page(1, referrer=HOME)
    shop.send(first, second)
    one, two = shop.of(f"v-{LAPTOP}")
    assert (one.activity_id, one.kind, one.at) == (first.hit_id, ActivityKind.PAGE_VIEW, first.at)
    assert one.about == {
        "site": shop.site.key,
        "url": f"{HOME}a?utm_source=news",
        "path": "/a",
        "title": "Page",
        "visit": one.about["visit"],
        "user_agent": one.about["user_agent"],
        "source": "campaign",
        "referrer": "https://www.google.com/",
        "referrer_host": "www.google.com",
        "engine": "google",
        "utm_source": "news",
    }
    assert two.about["visit"] == one.about["visit"]
    assert "source" not in two.about
    assert one.signal is Signal.HUMAN


def test_half_an_hour_of_silence_begins_another_visit(shop: Shop) -> None:
    for minutes in (0, 29, 60):
        shop.send(shop.page(minutes))
    visits = [one.about["visit"] for one in shop.of(f"v-{LAPTOP}")]
    assert visits[0] == visits[1] != visits[2]


def test_a_crawler_is_written_as_what_it_is(shop: Shop) -> None:
    shop.send(shop.page(0), agent="Mozilla/5.0 (compatible; Googlebot/2.1)")
    (one,) = shop.of(f"v-{LAPTOP}")
    assert one.signal is Signal.CRAWLER
    assert one.why


def test_the_ip_address_is_kept_by_visit_for_a_month_and_in_no_activity(shop: Shop) -> None:
    shop.send(shop.page(0))
    (one,) = shop.of(f"v-{LAPTOP}")
    assert shop.world.store.ips(TENANT, LAPTOP) == {one.about["visit"]: "192.0.2.7"}
    assert "192.0.2.7" not in repr(one)


def test_a_form_makes_the_person_whose_earlier_visits_these_were(shop: Shop) -> None:
    shop.send(shop.page(-600))
    shop.send(shop.page(0), shop.form(1, "Ada@Example.test", first_name="Ada", last_name="Brandt"))
    shop.send(shop.page(2))
    person = shop.world.store.people(TENANT, [shop.person(ADA)])[shop.person(ADA)]
    assert (person.name, person.emails, person.links) == ("Ada Brandt", (ADA,), ())
    assert person.made_by == "News"
    assert len(shop.of_person(ADA)) == 4
    form = shop.of_person(ADA)[2]
    assert (form.kind, form.about["form"]) == (ActivityKind.FORM, "News")
    assert ADA not in repr(form).casefold()


def test_a_form_with_an_address_somebody_has_is_that_person_under_its_own_name(
    shop: Shop,
) -> None:
    known = made(shop, ADA)
    shop.send(shop.form(0, ADA, last_name="Impostor"))
    assert shop.person(ADA) == known
    assert shop.world.store.people(TENANT, [shop.person(ADA)])[shop.person(ADA)].name == "Brandt"
    assert len(shop.of_person(ADA)) == 1


def test_a_form_without_an_address_is_the_visitors(shop: Shop) -> None:
    shop.send(shop.form(0, ""), shop.form(1, "nobody"), shop.form(2, "x" * 300 + "@a.test"))
    assert [one.kind for one in shop.of(f"v-{LAPTOP}")] == [ActivityKind.FORM] * 3
    assert list(shop.world.store.list_people(TENANT, "", 9).items) == []


def test_several_devices_of_one_person(shop: Shop) -> None:
    shop.send(shop.page(0), browser=LAPTOP)
    shop.send(shop.page(1), browser=PHONE)
    shop.send(shop.form(2, ADA), browser=LAPTOP)
    shop.send(shop.form(3, ADA), browser=PHONE)
    shop.send(shop.page(4), browser=PHONE)
    assert len(shop.of_person(ADA)) == 5


def test_a_shared_machine_is_told_apart_by_its_forms(shop: Shop) -> None:
    before, mine = shop.page(0), shop.form(1, ADA)
    shop.send(before, mine)
    theirs, after = shop.form(5, BEN), shop.page(6)
    shop.send(theirs)
    shop.send(after)
    back, last = shop.form(9, ADA), shop.page(10)
    shop.send(back, last)
    assert shop.pages_of(ADA) == [before.hit_id, mine.hit_id, back.hit_id, last.hit_id]
    assert shop.pages_of(BEN) == [theirs.hit_id, after.hit_id]


def test_a_signed_link_says_who_it_is_once(shop: Shop) -> None:
    person = made(shop, ADA)
    url = sign_link(shop.world.app, TENANT, shop.person(ADA), HOME, 30)
    shop.send(shop.page(0))
    shop.send(shop.page(1, url))
    first, second = shop.of_person(ADA)
    assert (first.subject, second.about["source"]) == (f"v-{LAPTOP}", "email")
    assert "fnl" not in repr(second)
    assert person == shop.person(ADA)


def test_a_forwarded_mail_makes_nobody_somebody_else(shop: Shop) -> None:
    made(shop, ADA)
    shop.send(shop.form(0, BEN))
    shop.send(shop.page(1, sign_link(shop.world.app, TENANT, shop.person(ADA), HOME, 30)))
    assert shop.of_person(ADA) == []
    assert len(shop.of_person(BEN)) == 2


def test_whoever_opened_a_forwarded_mail_on_a_new_device_is_told_apart_by_a_form(
    shop: Shop,
) -> None:
    made(shop, ADA)
    shop.send(shop.page(1, sign_link(shop.world.app, TENANT, shop.person(ADA), HOME, 30)))
    form, page = shop.form(2, BEN), shop.page(3)
    shop.send(form, page)
    assert shop.pages_of(BEN) == [form.hit_id, page.hit_id]
    assert len(shop.of_person(ADA)) == 1


def test_a_bad_or_ended_link_is_a_page_like_any_other(shop: Shop) -> None:
    made(shop, ADA)
    url = sign_link(shop.world.app, TENANT, shop.person(ADA), HOME, 1)
    shop.send(shop.page(24 * 60 + 1, url), shop.page(1, f"{HOME}?fnl=forged"))
    assert shop.of_person(ADA) == []
    assert len(shop.of(f"v-{LAPTOP}")) == 2


def test_a_form_of_a_browser_we_cannot_tell_is_the_persons_and_no_other_hits(shop: Shop) -> None:
    for form, email in ((shop.form(0, ADA), ADA), (shop.form(1, BEN), BEN)):
        once = browser_for_once(form.hit_id)
        shop.send(form, browser=once)
        assert [one.subject for one in shop.of_person(email)] == [f"v-{once}"]


def test_a_form_that_comes_again_when_its_address_is_anothers_stays_where_it_was(
    shop: Shop,
) -> None:
    message = shop.send(shop.form(0, ADA))
    store, first = shop.world.store, shop.person(ADA)
    person, claim = store.people(TENANT, [first])[first], store.claims(TENANT, [ADA])[ADA]
    nobodys = Unit(people=[replace(person, emails=())], claims=[replace(claim, person_id=NOBODY)])
    assert store.commit(TENANT, [nobodys]) == [True]
    second = made(shop, ADA)
    assert second != first
    shop.world.handle(message)
    assert [one.activity_id for one in shop.of(f"v-{LAPTOP}")] == [message.batch.hits[0].hit_id]
    assert shop.of_person(ADA) == []
    assert store.subjects(TENANT, first) == [first, f"v-{LAPTOP}"]


def test_nothing_is_written_for_a_site_that_is_not_the_tenants(shop: Shop) -> None:
    message = shop.batch(shop.page(0))
    shop.world.handle(RecordHits(TenantId("other"), message.batch))
    shop.world.handle(RecordHits(TENANT, replace(message.batch, site="0" * 32)))  # type: ignore[arg-type]
    assert shop.of(f"v-{LAPTOP}") == []
    assert shop.world.store.visitor(TENANT, LAPTOP) is None


MINUTES = st.integers(-90, 90)
DEVICES = st.sampled_from([LAPTOP, PHONE])
STEPS = st.lists(
    st.tuples(MINUTES, DEVICES, st.sampled_from(["page", "page", "ada", "ben", "link"])),
    min_size=1,
    max_size=9,
)


@settings(max_examples=60)
@given(STEPS, st.randoms(use_true_random=False))
def test_whatever_comes_twice_and_in_whatever_order_is_counted_once_and_none_is_lost(
    steps: list[tuple[int, str, str]], random: object
) -> None:
    """Two devices, two people: each activity is there once, and of one person at the most."""
    shop = Shop()
    made(shop, ADA)
    link = sign_link(shop.world.app, TENANT, shop.person(ADA), HOME, 300)
    messages = []
    for minutes, browser, what in steps:
        hit = {
            "page": lambda m=minutes: shop.page(m),
            "ada": lambda m=minutes: shop.form(m, ADA),
            "ben": lambda m=minutes: shop.form(m, BEN),
            "link": lambda m=minutes: shop.page(m, link),
        }[what]()
        messages.append(shop.batch(hit, browser=browser))
    twice = messages * 2
    random.shuffle(twice)  # type: ignore[attr-defined]
    for message in twice:
        shop.world.handle(message)
    shop.world.drain()
    people = [ADA] + ([BEN] if any(what == "ben" for _, _, what in steps) else [])
    subjects = {f"v-{LAPTOP}", f"v-{PHONE}"}
    for email in people:
        subjects |= set(shop.world.store.subjects(TENANT, shop.person(email)))
    for browser in (LAPTOP, PHONE):
        visitor = shop.world.store.visitor(TENANT, browser)
        subjects |= {one.subject for one in visitor.holders} if visitor else set()
    written = [one.activity_id for subject in sorted(subjects) for one in shop.of(subject)]
    wanted = [message.batch.hits[0].hit_id for message in messages]
    assert sorted(written) == sorted(wanted)
    of_people = list(itertools.chain(*(shop.pages_of(email) for email in people)))
    assert len(of_people) == len(set(of_people))


def test_a_kiosks_forms_that_come_again_count_once_and_for_who_sent_them(shop: Shop) -> None:
    who = [f"p{at}@example.test" for at in range(MOST_HOLDERS + 4)]
    messages = [shop.send(shop.form(3 * at, email)) for at, email in enumerate(who)]
    before = {email: shop.pages_of(email) for email in who}
    for message in messages:
        shop.world.handle(message)
    shop.world.drain()
    assert {email: shop.pages_of(email) for email in who} == before
    late = shop.form(1, CLEO)
    shop.send(late)
    assert shop.pages_of(CLEO) == [late.hit_id]
    assert {email: shop.pages_of(email) for email in who} == before


def test_a_form_we_host_does_not_take_a_browser_over_from_who_is_known_there(shop: Shop) -> None:
    """Its address carries the browser, and whoever it is passed on to sends it elsewhere."""
    shop.send(shop.page(0), shop.form(1, ADA))
    theirs = replace(shop.form(5, BEN), hosted=True)
    message = shop.send(theirs)
    shop.send(shop.page(6))
    shop.world.handle(message)
    assert len(shop.pages_of(ADA)) == 3
    assert shop.pages_of(BEN) == [theirs.hit_id]
    again = replace(shop.form(7, ADA), hosted=True)
    shop.send(again)
    assert shop.of_person(ADA)[-1].subject == f"v-{LAPTOP}"


def test_a_form_we_host_says_who_a_browser_is_that_nobody_knows(shop: Shop) -> None:
    shop.send(shop.page(0))
    shop.send(replace(shop.form(1, ADA), hosted=True))
    assert len(shop.pages_of(ADA)) == 2


def test_a_form_that_a_machine_sends_makes_nobody(shop: Shop) -> None:
    shop.send(shop.form(0, ADA), agent="curl/8.1")
    assert list(shop.world.store.list_people(TENANT, "", 9).items) == []
    (one,) = shop.of(f"v-{LAPTOP}")
    assert one.signal is Signal.CRAWLER
    shop.send(replace(shop.form(1, BEN), hosted=True), browser=PHONE, agent="curl/8.1")
    assert len(shop.of_person(BEN)) == 1, "a server of the customer's may pass a form on"


def test_a_browser_with_very_many_users_is_looked_up_at_once_and_keeps_the_latest(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(30):
        shop.send(shop.form(n, f"p{n}@example.test"))
    visitor = shop.world.store.visitor(TENANT, LAPTOP)
    assert visitor is not None
    assert len(visitor.holders) == MOST_HOLDERS == 20
    asked = []
    written = shop.world.store.written

    def counted(*args: Any) -> set[tuple[str, datetime]]:
        asked.append(args)
        return written(*args)

    monkeypatch.setattr(shop.world.store, "written", counted)
    shop.send(*(shop.page(40 + n / 10) for n in range(50)))
    assert len(asked) == 1
    assert len(shop.pages_of("p29@example.test")) == 51


def test_a_browser_beyond_those_a_person_can_have_is_known_as_nobody(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tallies, "MOST_SUBJECTS", 1)
    shop.send(shop.form(0, ADA), browser=LAPTOP)
    message = shop.send(shop.form(1, ADA), browser=PHONE)
    shop.world.handle(message)
    visitor = shop.world.store.visitor(TENANT, PHONE)
    assert visitor is not None
    assert [one.person_id for one in visitor.holders] == [NOBODY]
    assert (len(shop.of_person(ADA)), len(shop.of(f"v-{PHONE}"))) == (1, 1)
    shop.send(shop.page(8), browser=PHONE)
    assert len(shop.of(f"v-{PHONE}")) == 2
    shop.send(shop.page(11), shop.form(12, BEN), browser=PHONE)
    assert [one.at for one in shop.of_person(BEN)] == [shop.at(12)]
