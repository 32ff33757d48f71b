"""Records that Sugar merges: the person of the one that is deleted is that of the one kept."""

from dataclasses import replace

import pytest

from funnel.domain.consent.consent import Mark as Flag
from funnel.domain.errors import MethodMissing, NoRight, SugarUnavailable
from funnel.domain.ids import ConnectionId, Module, PersonId, RecordKey, SugarId
from funnel.domain.sync.hooks import MarkKind
from funnel.domain.sync.module_errors import MERGES_UNKNOWN, module_key
from funnel.domain.sync.records import Person
from funnel.domain.sync.runs import RunKind
from funnel.ports.sync_messages import FollowMerges
from funnel.usecases.consent.change_consent import Said, unsubscribe
from funnel.usecases.people.edit_person import edit_person
from funnel.usecases.people.set_apart import join_again, set_apart
from tests.fakes.world import TENANT, World
from tests.unit.usecases.sync.hooks import CONNECTION, Sender


@pytest.fixture
def world() -> World:
    """Two Leads under addresses of their own: the first was here before the second."""
    made = World()
    made.connect()
    for name in ("kept", "lost"):
        made.sugar.put(Module.LEADS, name, last_name=name.title(), email1=f"{name}@x.test")
        made.clock.advance(60)
    made.sync(RunKind.INITIAL)
    made.clock.advance(3_600)
    return made


def merge(
    world: World, kept: str = "kept", lost: str = "lost", module: Module = Module.LEADS
) -> None:
    """As Sugar does: the one kept is saved with the other's address, and the other is deleted."""
    email = world.sugar.tables[module][SugarId(lost)].fields["email1"]
    world.sugar.put(module, kept, email2=email)
    world.sugar.delete(module, lost)


def person(world: World, name: str, module: Module = Module.LEADS) -> Person:
    """The person that a record belongs to, or last belonged to."""
    key = RecordKey(module, SugarId(name))
    person_id = world.store.records(TENANT, [key])[key].person_id
    return world.store.people(TENANT, [person_id])[person_id]


def holder(world: World, email: str) -> PersonId:
    claim = world.store.claims(TENANT, [email]).get(email)
    return claim.person_id if claim else PersonId("")


def marks(world: World) -> list[str]:
    found = world.store.marked(TENANT, CONNECTION, 999, kind=MarkKind.LEFT)
    return [str(mark.key) for mark in found.items]


def asked(world: World) -> int:
    """How often Sugar was asked who has an address."""
    return world.sugar.calls.count("holders")


def sync(world: World) -> None:
    world.clock.advance(3_600)
    world.sync()


def test_the_person_of_a_record_merged_away_is_that_of_the_one_kept(world: World) -> None:
    kept, lost = person(world, "kept"), person(world, "lost")
    merge(world)
    sync(world)
    assert person(world, "lost").merged_into == kept.person_id
    assert holder(world, "lost@x.test") == kept.person_id
    assert person(world, "kept").emails == ("kept@x.test", "lost@x.test")
    kinds = [e.kind for e in world.store.history(TENANT, lost.person_id, 10).items]
    assert kinds[0] == "merged"
    assert marks(world) == []
    writes = world.store.writes
    sync(world)
    assert asked(world) == 1
    assert world.store.writes == writes, "it rests"


def test_a_merge_that_a_webhook_tells_of_is_followed_at_once(world: World) -> None:
    merge(world)
    Sender(world).send("Leads/kept", "Leads/lost")
    world.drain()
    assert person(world, "lost").merged_into == person(world, "kept").person_id


def test_a_deleted_record_whose_address_nobody_has_leaves_its_person_as_it_is(
    world: World,
) -> None:
    world.sugar.delete(Module.LEADS, "lost")
    sync(world)
    lost = person(world, "lost")
    assert (lost.merged_into, lost.emails) == ("", ("lost@x.test",))
    sync(world)
    assert asked(world) == 1
    assert marks(world) == []


def test_what_was_edited_here_and_said_of_consent_goes_along(world: World) -> None:
    lost, kept = person(world, "lost"), person(world, "kept")
    edit_person(world.app, TENANT, lost.person_id, {"title": "CEO"}, "Ada")
    unsubscribe(world.app, TENANT, lost.person_id, "lost@x.test", Said("Ada"))
    world.change(read_only=False)
    merge(world)
    sync(world)
    assert person(world, "kept").fields["title"] == "CEO"
    consent = world.store.consents(TENANT, ["lost@x.test"])["lost@x.test"]
    assert consent.flag(Flag.OPT_OUT).value
    assert not consent.owed, "Sugar was told through the record that has the address now"
    assert person(world, "kept").person_id == kept.person_id


def test_a_restored_record_is_its_own_person_again(world: World) -> None:
    lost = person(world, "lost")
    merge(world)
    sync(world)
    world.sugar.tables[Module.LEADS][SugarId("lost")].deleted = False
    world.sugar.put(Module.LEADS, "lost")
    world.sugar.put(Module.LEADS, "kept", email2="")
    sync(world)
    again = person(world, "lost")
    assert (again.person_id, again.merged_into) == (lost.person_id, "")
    assert [link.key.sugar_id for link in again.links] == ["lost"]
    assert holder(world, "lost@x.test") == lost.person_id
    assert person(world, "kept").emails == ("kept@x.test",)
    assert person(world, "kept").absorbed == ()


def test_a_new_record_under_the_address_is_a_person_of_its_own(world: World) -> None:
    merge(world)
    sync(world)
    world.sugar.put(Module.LEADS, "new", last_name="New", email1="lost@x.test")
    sync(world)
    new = person(world, "new")
    assert [link.key.sugar_id for link in new.links] == ["new"]
    assert holder(world, "lost@x.test") == new.person_id
    assert person(world, "kept").emails == ("kept@x.test",)


def test_the_address_goes_along_when_the_person_it_came_to_is_merged_and_parted(
    world: World,
) -> None:
    merge(world)
    sync(world)
    world.sugar.put(Module.CONTACTS, "c", last_name="C", email1="c@x.test")
    sync(world)
    kept, contact = person(world, "kept"), person(world, "c", Module.CONTACTS)
    world.sugar.put(Module.CONTACTS, "c", email1="kept@x.test")
    sync(world)
    assert person(world, "c", Module.CONTACTS).person_id == kept.person_id
    assert holder(world, "lost@x.test") == kept.person_id
    set_apart(world.app, TENANT, kept.person_id, RecordKey(Module.LEADS, SugarId("kept")), "Ada")
    assert holder(world, "lost@x.test") in {kept.person_id, contact.person_id}
    now_at = person(world, "kept").person_id
    join_again(world.app, TENANT, now_at, RecordKey(Module.LEADS, SugarId("kept")), "Ada")
    assert holder(world, "lost@x.test") == kept.person_id
    sync(world)
    assert holder(world, "lost@x.test") == kept.person_id


def test_who_was_set_apart_by_hand_is_not_merged_when_the_other_record_is_deleted(
    world: World,
) -> None:
    world.sugar.put(Module.LEADS, "ada", last_name="Ada", email1="shared@x.test")
    sync(world)
    world.sugar.put(Module.LEADS, "zoe", last_name="Zoe", email1="shared@x.test")
    sync(world)
    both = person(world, "zoe").person_id
    set_apart(world.app, TENANT, both, RecordKey(Module.LEADS, SugarId("zoe")), "Eva")
    world.sugar.delete(Module.LEADS, "ada")
    sync(world)
    assert [person(world, name).name for name in ("ada", "zoe")] == ["Ada", "Zoe"]
    assert person(world, "ada").merged_into == ""
    assert marks(world) == []


def test_one_set_apart_from_somebody_else_is_who_a_record_was_merged_into(world: World) -> None:
    world.sugar.put(Module.LEADS, "zoe", last_name="Zoe", email1="kept@x.test")
    sync(world)
    zoe = RecordKey(Module.LEADS, SugarId("zoe"))
    set_apart(world.app, TENANT, person(world, "zoe").person_id, zoe, "Eva")
    merge(world, kept="zoe")
    sync(world)
    assert person(world, "lost").merged_into == person(world, "zoe").person_id


def test_a_deleted_record_that_was_set_apart_leads_to_nobody(world: World) -> None:
    world.sugar.put(Module.LEADS, "zoe", last_name="Zoe", email1="kept@x.test")
    sync(world)
    zoe = RecordKey(Module.LEADS, SugarId("zoe"))
    set_apart(world.app, TENANT, person(world, "zoe").person_id, zoe, "Eva")
    world.sugar.put(Module.LEADS, "kept", email1="new@x.test", email2="kept@x.test")
    sync(world)
    world.sugar.delete(Module.LEADS, "zoe")
    sync(world)
    assert person(world, "zoe").merged_into == ""
    assert marks(world) == []


def test_who_is_merged_away_twice_is_with_the_last(world: World) -> None:
    world.sugar.put(Module.LEADS, "last", last_name="Last", email1="last@x.test")
    sync(world)
    merge(world)
    sync(world)
    world.sugar.put(Module.LEADS, "last", email2="kept@x.test")
    world.sugar.delete(Module.LEADS, "kept")
    sync(world)
    last = person(world, "last")
    assert person(world, "kept").merged_into == last.person_id
    assert last.emails == ("last@x.test", "kept@x.test", "lost@x.test")
    assert holder(world, "lost@x.test") == last.person_id
    assert holder(world, "kept@x.test") == last.person_id


def test_a_record_of_another_module_or_of_several_people_is_no_merge(world: World) -> None:
    world.sugar.put(Module.CONTACTS, "c", last_name="C", email1="c@x.test", email2="lost@x.test")
    world.sugar.delete(Module.LEADS, "lost")
    sync(world)
    assert person(world, "lost").merged_into == ""
    for name in ("one", "two"):
        world.sugar.put(
            Module.LEADS, name, last_name=name, email1=f"{name}@x.test", email2="kept@x.test"
        )
    world.sugar.delete(Module.LEADS, "kept")
    sync(world)
    assert person(world, "kept").merged_into == ""
    assert marks(world) == []


def test_a_record_kept_that_is_held_back_is_waited_for_without_asking_again(world: World) -> None:
    world.sugar.put(Module.ACCOUNTS, "a", name="Nobody's")
    world.sugar.put(Module.CONTACTS, "c1", last_name="Gone", email1="gone@x.test")
    sync(world)
    world.sugar.put(Module.CONTACTS, "c2", last_name="Held", email1="c2@x.test", account_id="a")
    merge(world, "c2", "c1", Module.CONTACTS)
    sync(world)
    assert person(world, "c1", Module.CONTACTS).merged_into == ""
    sync(world)
    sync(world)
    assert asked(world) == 1
    assert marks(world) == ["Contacts/c1"]
    world.sugar.put(Module.USERS, "u", user_name="u", status="Active")
    world.sugar.put(Module.ACCOUNTS, "a", assigned_user_id="u")
    sync(world)
    sync(world)
    came = person(world, "c2", Module.CONTACTS)
    assert person(world, "c1", Module.CONTACTS).merged_into == came.person_id
    assert marks(world) == []


def test_a_sugar_that_is_away_is_asked_again_and_one_that_cannot_say_is_not(world: World) -> None:
    merge(world)
    failing = [SugarUnavailable("away"), SugarUnavailable("away")]

    def before(called: str) -> None:
        if called == "holders" and failing:
            raise failing.pop()

    world.sugar.before_call = before
    sync(world)
    assert person(world, "lost").merged_into == person(world, "kept").person_id

    world.sugar.put(Module.LEADS, "last", last_name="Last", email1="last@x.test")
    sync(world)
    failing.append(MethodMissing("no"))  # type: ignore[arg-type]
    world.sugar.put(Module.LEADS, "kept", email2="last@x.test")
    world.sugar.delete(Module.LEADS, "last")
    sync(world)
    assert person(world, "last").merged_into == ""
    assert marks(world) == []


def test_one_worker_follows_at_a_time_and_none_for_another_sugar(world: World) -> None:
    merge(world)
    app = replace(world.app)
    now = world.clock.now()
    world.sync()
    before = asked(world)
    assert before == 1
    world.store.mark(
        TENANT, CONNECTION, [RecordKey(Module.LEADS, SugarId("lost"))], "s", MarkKind.LEFT
    )
    assert app.sync.acquire(TENANT, "merges", "other", now, world.clock.now().replace(year=2100))
    world.handle(FollowMerges(TENANT, CONNECTION))
    world.handle(FollowMerges(TENANT, ConnectionId("another")))
    assert marks(world) == ["Leads/lost"]


def test_many_deletions_are_asked_about_a_hundred_at_a_time(world: World) -> None:
    names = [f"l{i:03}" for i in range(150)]
    for name in names:
        world.sugar.put(Module.LEADS, name, last_name=name, email1=f"{name}@x.test")
    sync(world)
    for name in names:
        world.sugar.delete(Module.LEADS, name)
    sync(world)
    assert asked(world) == 2
    assert marks(world) == []


def test_that_sugar_refuses_to_tell_is_a_row_until_it_does(world: World) -> None:
    merge(world)

    def before(name: str) -> None:
        if name == "holders":
            raise NoRight("Not allowed.")

    world.sugar.before_call = before
    for _ in range(2):
        sync(world)
        (row,) = world.store.list_errors(TENANT, 9).items
        assert (row.code, row.value, row.record) == (
            MERGES_UNKNOWN, "Not allowed.", module_key(Module.LEADS),
        )  # fmt: skip
        assert marks(world) == ["Leads/lost"]
    world.sugar.before_call = lambda _name: None
    sync(world)
    assert world.store.list_errors(TENANT, 9).items == []
    assert person(world, "lost").merged_into == person(world, "kept").person_id
