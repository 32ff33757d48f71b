"""Consent from one side to the other: unsubscribing, taking back, and what Sugar makes of it."""

from collections.abc import Iterable

import pytest

from funnel.domain.consent.consent import Consent
from funnel.domain.errors import (
    InputInvalid,
    NotFound,
)
from funnel.domain.ids import Module, PersonId, RecordKey, SugarId, TenantId
from funnel.domain.sync.records import State
from funnel.domain.sync.runs import RunKind
from funnel.ports.sync_messages import PushDue
from funnel.usecases.connecting.update_connection import ConnectionChanges, update_connection
from funnel.usecases.consent.change_consent import Said, take_back, unsubscribe
from funnel.usecases.people.set_apart import join_again, set_apart
from funnel.usecases.people.view_people import person, person_history
from tests.fakes.bounces import mark_invalid
from tests.fakes.world import TENANT, World
from tests.unit.usecases.consent.ann import (
    ADA,
    ANN,
    ANOTHER,
    DAY,
    ann,
    company,
    consent,
    errors,
    hourly,
    shown,
    unsubscribed,
)


@pytest.fixture
def world() -> World:
    return company()


def test_an_address_nobody_says_anything_of_has_no_row(world: World) -> None:
    assert world.store.consents(TENANT, [ANN]) == {}
    view = shown(world)
    assert (view.email, view.opt_out.value, view.in_sugar) == (ANN, False, "agrees")


def test_a_page_of_people_of_whom_nothing_is_known_asks_for_no_consent(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[list[str]] = []
    consents = world.store.consents

    def counted(tenant: TenantId, emails: Iterable[str]) -> dict[str, Consent]:
        asked.append(sorted(emails))
        return consents(tenant, asked[-1])

    monkeypatch.setattr(world.store, "consents", counted)
    world.sugar.put(Module.LEADS, "l2", email1="bob@x.test")
    world.sugar.put(Module.LEADS, "l1", title="Head")
    hourly(world)
    assert asked == []
    world.sugar.flag("bob@x.test", opt_out=True)
    hourly(world)
    assert asked == [["bob@x.test"]]


def test_unsubscribing_here_reaches_the_address_in_sugar_and_is_read_back(world: World) -> None:
    unsubscribed(world)
    assert world.sugar.address(ANN).opt_out
    found = consent(world)
    assert (found.opt_out.agreed, found.due_at, found.telling) == (True, None, ())
    view = shown(world)
    assert (view.opt_out.side, view.opt_out.by, view.opt_out.reason) == (
        "Funnel", "Ada", "asked by phone",
    )  # fmt: skip
    assert view.in_sugar == "agrees"
    (told,) = person_history(world.app, TENANT, ann(world)).items
    assert (told.kind, told.side, told.by) == ("consent", "Funnel", "Ada")
    assert told.note == f"{ANN}: asked by phone"
    (written,) = person_history(world.app, TENANT, ann(world), "Leads/l1").items
    assert (written.kind, written.side) == ("told", "Funnel")


def test_our_own_opt_out_is_not_taken_for_sugars_and_then_all_is_at_rest(world: World) -> None:
    unsubscribed(world)
    hourly(world)
    assert shown(world).opt_out.by == "Ada"
    hourly(world)
    writes, told = world.store.writes, len(world.sugar.flags_written)
    hourly(world)
    assert (world.store.writes, len(world.sugar.flags_written)) == (writes, told)
    assert told == 1


def test_an_opt_out_in_sugar_is_one_here_and_nothing_is_written_back(world: World) -> None:
    world.sugar.flag(ANN, opt_out=True)
    hourly(world)
    view = shown(world)
    assert (view.opt_out.value, view.opt_out.side, view.in_sugar) == (True, "Sugar", "agrees")
    assert view.opt_out.record is not None
    assert view.opt_out.record.name == "Ott"
    assert world.sugar.flags_written == []


def test_sugar_takes_back_what_was_unsubscribed_here_even_before_it_was_read(world: World) -> None:
    unsubscribed(world)
    world.clock.advance(60)
    world.sugar.flag(ANN, opt_out=False)
    hourly(world)
    view = shown(world)
    assert (view.opt_out.value, view.opt_out.side) == (False, "Sugar")
    assert not world.sugar.address(ANN).opt_out


def test_an_admin_takes_back_with_a_reason_and_the_old_yes_does_not_return(world: World) -> None:
    world.sugar.flag(ANN, opt_out=True)
    hourly(world)
    with pytest.raises(InputInvalid):
        take_back(world.app, TENANT, ann(world), ANN, Said("Ada", "  "))
    take_back(world.app, TENANT, ann(world), ANN, ADA)
    hourly(world)
    world.drain()
    assert not world.sugar.address(ANN).opt_out
    assert not shown(world).opt_out.value
    hourly(world)
    assert not shown(world).opt_out.value


def test_bounces_mark_the_address_invalid_in_sugar_and_leave_the_opt_out(world: World) -> None:
    mark_invalid(world.app, TENANT, ann(world), ANN, Said("mail", "550 no such user"))
    world.drain()
    assert (world.sugar.address(ANN).invalid, world.sugar.address(ANN).opt_out) == (True, False)
    mark_invalid(world.app, TENANT, ann(world), ANN, Said("Ada"), invalid=False)
    world.drain()
    assert not world.sugar.address(ANN).invalid


@pytest.mark.parametrize("person_id", ["", "ghost"])
def test_only_an_address_of_the_person_can_be_changed(world: World, person_id: str) -> None:
    who = PersonId(person_id) or ann(world)
    with pytest.raises(NotFound):
        unsubscribe(world.app, TENANT, who, "other@x.test", ADA)


def test_many_changes_ring_once(world: World) -> None:
    world.sugar.put(Module.LEADS, "l2", email1="bob@x.test")
    hourly(world)
    bob = world.store.claims(TENANT, ["bob@x.test"])["bob@x.test"].person_id
    unsubscribe(world.app, TENANT, ann(world), ANN, ADA)
    unsubscribe(world.app, TENANT, bob, "bob@x.test", ADA)
    unsubscribe(world.app, TENANT, bob, "bob@x.test", ADA)
    assert [due.message for due in world.queue.waiting] == [PushDue(TENANT)]
    world.drain()
    assert world.sugar.address("bob@x.test").opt_out
    assert len(world.sugar.flags_written) == 2


class TestAnotherSugar:
    """What was agreed with one Sugar says nothing of the next."""

    @staticmethod
    def connect_another(world: World) -> None:
        world.clock.advance(60)
        world.change(
            connection_id=ANOTHER,
            created_at=world.clock.now(),
            synced_until={},
            synced_at={},
        )

    @pytest.mark.parametrize("side", ["Funnel", "Sugar"])
    def test_that_never_heard_of_an_opt_out_is_told_and_does_not_take_it_back(
        self, world: World, side: str
    ) -> None:
        if side == "Funnel":
            unsubscribed(world)
        else:
            world.sugar.flag(ANN, opt_out=True)
            hourly(world)
        self.connect_another(world)
        world.sugar.flag(ANN, opt_out=False)
        assert shown(world).in_sugar == "nobody"
        world.sync(RunKind.INITIAL)
        assert (shown(world).opt_out.value, shown(world).opt_out.side) == (True, side)
        assert world.sugar.address(ANN).opt_out
        assert (shown(world).in_sugar, consent(world).connection_id) == ("agrees", ANOTHER)
        world.sugar.flag(ANN, opt_out=False)
        hourly(world)
        assert not shown(world).opt_out.value

    def test_is_told_what_the_old_one_was_not(self, world: World) -> None:
        world.sugar.takes_flags = False
        unsubscribed(world)
        self.connect_another(world)
        world.sugar.takes_flags = True
        world.sync(RunKind.INITIAL)
        world.clock.advance(DAY.total_seconds())
        world.sync()
        assert world.sugar.address(ANN).opt_out
        assert (errors(world), shown(world).in_sugar) == ([], "agrees")

    def test_is_not_taken_at_the_word_that_was_read_from_the_old_one(self, world: World) -> None:
        world.sugar.flag(ANN, opt_out=True)
        hourly(world)
        self.connect_another(world)
        world.sugar.flag(ANN, opt_out=False)
        world.sugar.delete(Module.LEADS, "l1")
        world.sugar.put(Module.LEADS, "new", last_name="Ott", email1=ANN)
        world.sync(RunKind.INITIAL)
        hourly(world)
        assert shown(world).opt_out.value
        assert world.sugar.address(ANN).opt_out


class TestSetApart:
    """A record set apart claims no address, but has it in Sugar all the same."""

    LEAD = RecordKey(Module.LEADS, SugarId("l1"))

    def apart(self, world: World) -> PersonId:
        return set_apart(world.app, TENANT, ann(world), self.LEAD, "Ada")

    def correct_the_contact(self, world: World) -> None:
        world.clock.advance(60)
        world.sugar.change_address(Module.CONTACTS, "c1", "new@x.test")
        hourly(world)
        assert not world.store.claims(TENANT, [ANN])[ANN].person_id

    def test_the_only_record_with_an_address_leads_to_it(self, world: World) -> None:
        lead = self.apart(world)
        self.correct_the_contact(world)
        unsubscribe(world.app, TENANT, lead, ANN, ADA)
        world.drain()
        assert world.sugar.address(ANN).opt_out
        assert person(world.app, TENANT, lead).consents[0].in_sugar == "agrees"

    @pytest.mark.parametrize("apart_before", [True, False])
    def test_what_was_due_when_it_could_not_be_told_is_told_through_it(
        self, world: World, apart_before: bool
    ) -> None:
        world.change(read_only=True)
        if apart_before:
            self.apart(world)
        unsubscribe(world.app, TENANT, ann(world), ANN, ADA)
        if not apart_before:
            self.apart(world)
        self.correct_the_contact(world)
        update_connection(world.app, TENANT, "Ada", ConnectionChanges(read_only=False))
        world.drain()
        assert world.sugar.address(ANN).opt_out

    def test_joined_again_it_is_told_through_the_claim(self, world: World) -> None:
        lead = self.apart(world)
        assert consent(world).apart == (self.LEAD,)
        join_again(world.app, TENANT, lead, self.LEAD, "Ada")
        assert consent(world).apart == ()
        unsubscribed(world)
        assert world.sugar.address(ANN).opt_out


def test_a_contact_that_cannot_sync_still_brings_its_opt_out(world: World) -> None:
    world.sugar.put(Module.CONTACTS, "c1", account_id="gone")
    world.sugar.flag(ANN, opt_out=True)
    world.sugar.delete(Module.LEADS, "l1")
    hourly(world)
    contact = RecordKey(Module.CONTACTS, SugarId("c1"))
    assert world.store.records(TENANT, [contact])[contact].state is State.STALE
    assert shown(world).opt_out.value
