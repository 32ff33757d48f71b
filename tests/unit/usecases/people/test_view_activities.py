"""A person's activity stream."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from funnel.domain.errors import InputInvalid, NotFound
from funnel.domain.ids import PersonId
from funnel.domain.tracking.activities import Signal, SubjectId
from funnel.usecases.people.view_activities import person_activities, visits_of
from funnel.usecases.tracking.attach_subject import attach_subject
from funnel.usecases.tracking.record_activities import record_activities
from tests.fakes.system import START
from tests.fakes.world import TENANT, World
from tests.unit.usecases.scoring.scoring import ADA, did, with_people
from tests.unit.usecases.tracking.tracking import HOME, LAPTOP, PHONE, Shop


def test_visits_are_shown_whole_with_source_and_pages() -> None:
    shop = Shop()
    shop.send(shop.page(0, f"{HOME}a", "https://www.google.com/"), shop.page(2, f"{HOME}b"))
    shop.send(shop.form(3, "ada@example.test"))
    shop.send(shop.page(90, f"{HOME}c"))
    shop.send(shop.page(91), browser=PHONE, agent="Googlebot")
    shop.send(shop.form(92, "ada@example.test"), browser=PHONE)
    person = shop.person("ada@example.test")
    page = person_activities(shop.world.app, TENANT, person)
    assert page.cursor == ""
    assert [one.at for one in page.items] == sorted((o.at for o in page.items), reverse=True)
    phone, later, first = visits_of(page)
    assert (len(phone.items), len(later.items), len(first.items)) == (2, 1, 3)
    assert [one.about["path"] for one in first.items] == ["/a", "/b", "/"]
    assert (first.source["engine"], first.pages, first.seconds) == ("google", 2, 180)
    assert later.source == {"source": "direct"}
    assert (phone.items[0].signal, phone.items[0].site) == (Signal.CRAWLER, "Shop")
    assert {one.subject for one in page.items} == {f"v-{LAPTOP}", f"v-{PHONE}"}


@settings(max_examples=40)
@given(
    st.lists(st.tuples(st.integers(0, 9), st.sampled_from("abc")), max_size=40),
    st.integers(1, 7),
)
def test_pages_hold_everything_once_newest_first_however_many_subjects(
    done: list[tuple[int, str]], limit: int
) -> None:
    world = with_people(World(), ADA)
    for number, (minutes, subject) in enumerate(done):
        one = did(f"v-{subject}", f"{number:04}", START + timedelta(minutes=minutes))
        record_activities(world.app, TENANT, SubjectId(f"v-{subject}"), [one])
    for subject in "abc":
        attach_subject(world.app, TENANT, ADA, SubjectId(f"v-{subject}"))
    seen, cursor = [], ""
    while True:
        page = person_activities(world.app, TENANT, ADA, cursor, limit)
        assert len(page.items) == limit or not page.cursor
        seen += [(one.at, one.activity_id) for one in page.items]
        cursor = page.cursor
        if not cursor:
            break
    assert len(seen) == len(done)
    assert seen == sorted(seen, reverse=True)


def test_a_page_goes_on_until_its_last_visit_is_whole() -> None:
    shop = Shop()
    for minutes in range(6):
        shop.send(shop.page(minutes))
    for minutes in range(100, 104):
        shop.send(shop.page(minutes))
    shop.send(shop.form(104, "ada@example.test"))
    person = shop.person("ada@example.test")
    first = person_activities(shop.world.app, TENANT, person, limit=3)
    assert [len(visit.items) for visit in visits_of(first)] == [5]
    second = person_activities(shop.world.app, TENANT, person, first.cursor, limit=3)
    assert ([len(v.items) for v in visits_of(second)], second.cursor) == ([6], "")


def test_nobody_and_nowhere_are_refused() -> None:
    world = with_people(World(), ADA)
    assert person_activities(world.app, TENANT, ADA).items == ()
    with pytest.raises(NotFound):
        person_activities(world.app, TENANT, PersonId("nobody"))
    for cursor in ("x", "[]", '{"a": 1}'):
        with pytest.raises(InputInvalid):
            person_activities(world.app, TENANT, ADA, cursor)
    # A place in what another person did is no place here.
    assert person_activities(world.app, TENANT, ADA, '{"v-other": ""}').items == ()
