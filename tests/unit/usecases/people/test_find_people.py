"""Finding people by words and filters, in pages that say how far they looked."""

import pytest

from funnel.domain.ids import ListId, Module, PersonId, RecordKey, SugarId
from funnel.domain.lists.lists import ListKind, Member, PeopleList, person_member, record_member
from funnel.domain.sync.runs import RunKind
from funnel.domain.tracking.activities import Activity, ActivityKind, SubjectId
from funnel.usecases.consent.change_consent import Said, unsubscribe
from funnel.usecases.people import find_people as finding
from funnel.usecases.people.create_person import NewPerson, create_person
from funnel.usecases.people.find_people import find_people
from funnel.usecases.people.people_filter import MayMail, PeopleFilter, WhereFound
from funnel.usecases.people.view_records import list_accounts, list_users
from funnel.usecases.tracking.record_activities import record_activities
from tests.fakes.bounces import mark_invalid
from tests.fakes.world import TENANT, World

VIPS = ListId("vips")


@pytest.fixture
def world() -> World:
    """Three people of Sugar, one of them a Lead and a Contact, and one made here."""
    world = World()
    world.connect()
    put = world.sugar.put
    put(
        Module.USERS, "u1", user_name="will", first_name="Will", last_name="Westin", status="Active"
    )
    put(Module.ACCOUNTS, "a1", name="The Acme-Works Company", assigned_user_id="u1")
    put(Module.LEADS, "l1", first_name="Ann", last_name="Müller-Ott", email1="ann@x.test",
        account_name="Acme Works", assigned_user_id="u1")  # fmt: skip
    put(Module.CONTACTS, "c1", first_name="Ann", last_name="Müller-Ott", email1="ann@x.test")
    put(Module.LEADS, "l2", first_name="Ben", last_name="Anders", email1="ben@other.test")
    put(Module.LEADS, "l3", first_name="Cid", last_name="Ottmar", assigned_user_id="u1")
    world.sync(RunKind.INITIAL)
    create_person(world.app, TENANT, NewPerson({"last_name": "Ottilie"}, "o@x.test", "Ada"), "k")
    return world


def names(world: World, query: str = "", **wanted: object) -> list[str]:
    """The names that a filter finds."""
    return [row.name for row in find_people(world.app, TENANT, PeopleFilter(query, **wanted)).items]  # type: ignore[arg-type]


def person_of(world: World, lead: str) -> PersonId:
    key = RecordKey(Module.LEADS, SugarId(lead))
    return world.store.records(TENANT, [key])[key].person_id


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("ott", ["Ann Müller-Ott", "Cid Ottmar", "Ottilie"]),
        ("OTT mull", ["Ann Müller-Ott"]),
        ("ann", ["Ann Müller-Ott"]),
        ("and", ["Ben Anders"]),
        ("works acme ann", ["Ann Müller-Ott"]),
        ("x.test", ["Ann Müller-Ott", "Ottilie"]),
        ("ann@x", ["Ann Müller-Ott"]),
        (" O@X.test ", ["Ottilie"]),
        ("tt", []),
        ("ann cid", []),
    ],
)
def test_people_are_found_by_the_beginning_of_each_word(
    world: World, query: str, found: list[str]
) -> None:
    assert names(world, query) == found


def test_people_follow_a_changed_name_at_once(world: World) -> None:
    world.sugar.put(Module.LEADS, "l2", last_name="Zander")
    world.clock.advance(3600)
    world.sync()
    assert names(world, "anders") == []
    assert names(world, "zan ben") == ["Ben Zander"]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"owner": "u1"}, ["Ann Müller-Ott", "Cid Ottmar"]),
        ({"in_sugar": WhereFound.YES}, ["Ann Müller-Ott", "Ben Anders", "Cid Ottmar"]),
        ({"in_sugar": WhereFound.NO}, ["Ottilie"]),
        ({"in_sugar": WhereFound.CONTACTS}, ["Ann Müller-Ott"]),
        ({"in_sugar": WhereFound.LEADS, "query": "ott"}, ["Ann Müller-Ott", "Cid Ottmar"]),
        ({"consent": MayMail.YES}, ["Ann Müller-Ott"]),
        ({"consent": MayMail.OPTED_OUT}, ["Ben Anders"]),
        ({"consent": MayMail.INVALID}, ["Ottilie"]),
        ({"consent": MayMail.NO_ADDRESS}, ["Cid Ottmar"]),
        ({"consent": MayMail.NO_ADDRESS, "owner": "u2"}, []),
    ],
)
def test_filters_hold_all_together(
    world: World, wanted: dict[str, object], found: list[str]
) -> None:
    unsubscribe(world.app, TENANT, person_of(world, "l2"), "ben@other.test", Said("Ada"))
    [made] = find_people(world.app, TENANT, PeopleFilter("o@x.test")).items
    mark_invalid(world.app, TENANT, PersonId(made.person_id), "o@x.test", Said("Ada"))
    assert names(world, **wanted) == found  # type: ignore[arg-type]


def test_people_are_found_by_their_score_and_who_has_none_has_0(world: World) -> None:
    ben = SubjectId(person_of(world, "l2"))
    done = Activity(TENANT, ben, "a1", ActivityKind.FORM, world.clock.now(), {"form": "News"})
    record_activities(world.app, TENANT, ben, [done])
    [score] = world.app.activities.scores(TENANT, [PersonId(ben)]).values()
    assert score.value > 0
    assert names(world, score_from=1) == ["Ben Anders"]
    assert names(world, score_from=score.value, score_to=score.value) == ["Ben Anders"]
    assert names(world, score_from=score.value + 1) == []
    assert names(world, "ott", score_to=0) == ["Ann Müller-Ott", "Cid Ottmar", "Ottilie"]


@pytest.fixture
def vips(world: World) -> World:
    """A list with Ann by both of her records, Ottilie herself, and a Lead that is not here."""
    now = world.clock.now()
    world.store.save_list(PeopleList(TENANT, VIPS, ListKind.TARGET, "VIPs", now, now))
    [made] = find_people(world.app, TENANT, PeopleFilter("o@x.test")).items
    keys = [
        record_member(RecordKey(Module.LEADS, SugarId("l1"))),
        record_member(RecordKey(Module.CONTACTS, SugarId("c1"))),
        record_member(RecordKey(Module.LEADS, SugarId("gone"))),
        person_member(PersonId(made.person_id)),
    ]
    world.store.put_members(TENANT, VIPS, [Member(key, now) for key in keys])
    return world


@pytest.mark.parametrize("limit", [1, 2, 50])
def test_who_is_on_a_list_several_times_is_found_once(vips: World, limit: int) -> None:
    wanted = PeopleFilter(list_id=VIPS)
    assert sorted(walk(vips, wanted, limit)[0]) == ["Ann Müller-Ott", "Ottilie"]


def test_a_list_is_searched_with_everything_else(vips: World) -> None:
    assert names(vips, "ann", list_id=VIPS) == ["Ann Müller-Ott"]
    assert names(vips, in_sugar=WhereFound.NO, list_id=VIPS) == ["Ottilie"]
    assert names(vips, list_id="no such list") == []


def walk(world: World, wanted: PeopleFilter, limit: int) -> tuple[list[str], int]:
    """All names page by page, and how many people were looked through."""
    found: list[str] = []
    cursor, looked = "", 0
    for _ in range(1_000):
        page = find_people(world.app, TENANT, wanted, cursor, limit)
        found += [row.name for row in page.items]
        looked += page.looked
        cursor = page.cursor
        if not cursor:
            return found, looked
    raise AssertionError("The pages do not come to an end.")


def crowd(world: World, many: int) -> list[str]:
    """People made here; every tenth has no address."""
    names = []
    for i in range(many):
        email = f"p{i}@crowd.test" if i % 10 else ""
        fields = {"last_name": f"Crowd {i:04}"}
        create_person(world.app, TENANT, NewPerson(fields, email, "Ada"), f"c{i}")
        names += [] if email else [f"Crowd {i:04}"]
    return names


@pytest.mark.parametrize("limit", [1, 7, 50, 1000])
def test_pages_of_any_size_bring_everybody_once_in_order(world: World, limit: int) -> None:
    without = crowd(world, 230)
    wanted = PeopleFilter("crowd", consent=MayMail.NO_ADDRESS)
    found, looked = walk(world, wanted, limit)
    assert found == without
    assert looked >= 230


def test_a_search_that_finds_little_stops_and_says_how_far_it_came(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    crowd(world, 700)
    monkeypatch.setattr(finding, "MOST_LOOKED_UP", 400)
    wanted = PeopleFilter("crowd", consent=MayMail.OPTED_OUT)
    page = find_people(world.app, TENANT, wanted)
    assert page.items == ()
    assert page.cursor
    assert 400 <= page.looked < 700
    found, _ = walk(world, wanted, 50)
    assert found == []


@pytest.mark.parametrize("query", ["works", "company the", "ACME"])
def test_accounts_are_found_by_each_word(world: World, query: str) -> None:
    [row] = list_accounts(world.app, TENANT, query).items
    assert row.sugar_id == "a1"


def test_users_are_found_by_each_word(world: World) -> None:
    def find(query: str) -> list[str]:
        return [user.name for user in list_users(world.app, TENANT, query).items]

    assert find("west") == find("will w") == ["Will Westin"]
    assert find("stin") == []
