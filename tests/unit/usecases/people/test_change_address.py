"""The address of a person who is not in Sugar."""

import pytest

from funnel.domain.errors import AddressTaken, InputInvalid
from funnel.domain.ids import Module, PersonId, RecordKey, SugarId
from funnel.domain.sync.runs import RunKind
from funnel.usecases.consent.change_consent import Said, unsubscribe
from funnel.usecases.living import holder_of
from funnel.usecases.people.change_address import change_address
from funnel.usecases.people.create_person import NewPerson, create_person
from tests.fakes.world import TENANT, World


@pytest.fixture
def world() -> World:
    world = World()
    world.connect()
    return world


def make(world: World, email: str, name: str = "Ann") -> PersonId:
    new = NewPerson({"last_name": name}, email, "Ada")
    return create_person(world.app, TENANT, new, f"{name} {email}").person_id


def holder(world: World, email: str) -> PersonId | None:
    found = holder_of(world.app, TENANT, email)
    return found.person_id if found else None


def test_another_address_is_taken_and_the_one_before_is_free(world: World) -> None:
    ann = make(world, "ann@x.test")
    world.clock.advance(60)
    after = change_address(world.app, TENANT, ann, " Ann@New.test", "Bo")
    assert after.emails == ("ann@new.test",)
    assert (holder(world, "ann@new.test"), holder(world, "ann@x.test")) == (ann, None)
    entry = world.store.history(TENANT, ann, 9).items[0]
    assert (entry.kind, entry.by) == ("changed", "Bo")
    assert [(c.field, c.before, c.after) for c in entry.changes] == [
        ("email1", "ann@x.test", "ann@new.test")
    ]
    assert change_address(world.app, TENANT, ann, "ann@new.test", "Bo") == after
    assert make(world, "ann@x.test", "Other") != ann


def test_an_address_is_given_to_who_has_none_and_taken_away_again(world: World) -> None:
    ann = make(world, "")
    change_address(world.app, TENANT, ann, "ann@x.test", "Bo")
    assert holder(world, "ann@x.test") == ann
    assert change_address(world.app, TENANT, ann, "", "Bo").emails == ()
    assert holder(world, "ann@x.test") is None


def test_consent_stays_with_its_address(world: World) -> None:
    ann = make(world, "ann@x.test")
    unsubscribe(world.app, TENANT, ann, "ann@x.test", Said("Bo"))
    change_address(world.app, TENANT, ann, "ann@new.test", "Bo")
    assert set(world.store.consents(TENANT, ["ann@x.test", "ann@new.test"])) == {"ann@x.test"}
    change_address(world.app, TENANT, ann, "ann@x.test", "Bo")
    assert holder(world, "ann@x.test") == ann


def test_what_cannot_be_is_refused(world: World) -> None:
    ann = make(world, "ann@x.test")
    make(world, "ben@x.test", "Ben")
    with pytest.raises(AddressTaken, match="Ben has this address already"):
        change_address(world.app, TENANT, ann, "BEN@x.test", "Bo")
    with pytest.raises(InputInvalid) as refused:
        change_address(world.app, TENANT, ann, "nowhere", "Bo")
    assert refused.value.field == "email"
    world.sugar.put(Module.LEADS, "l", last_name="Cid", email1="cid@x.test")
    world.sync(RunKind.INITIAL)
    cid = world.store.records(TENANT, [RecordKey(Module.LEADS, SugarId("l"))])
    [record] = cid.values()
    with pytest.raises(InputInvalid, match="comes from Sugar"):
        change_address(world.app, TENANT, record.person_id, "cid@new.test", "Bo")
