"""Consent that Sugar is not told yet, or does not take."""

from dataclasses import replace
from datetime import timedelta

import pytest

from funnel.domain.connecting.connections import Pause, PauseReason
from funnel.domain.consent.consent import NIGHT
from funnel.domain.errors import (
    OF_THE_WHOLE_SUGAR,
    MethodMissing,
    NoRight,
    SugarUnavailable,
)
from funnel.domain.ids import Module
from funnel.domain.sync.records import Unit
from funnel.ports.sync_messages import Heal, PushDue
from funnel.usecases.connecting.update_connection import ConnectionChanges, update_connection
from funnel.usecases.consent.change_consent import take_back, unsubscribe
from funnel.usecases.work.push_due import push_due
from tests.fakes.world import TENANT, World
from tests.unit.usecases.consent.ann import (
    ADA,
    ANN,
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


class TestNotNow:
    """What keeps its mark, and is written later."""

    def test_a_connection_that_only_reads_keeps_it_until_it_may_be_written_to(
        self, world: World
    ) -> None:
        world.change(read_only=True)
        unsubscribed(world)
        hourly(world)
        assert world.sugar.flags_written == []
        assert (shown(world).in_sugar, consent(world).due_at is not None) == ("read_only", True)
        update_connection(world.app, TENANT, "Ada", ConnectionChanges(read_only=False))
        world.drain()
        assert world.sugar.address(ANN).opt_out

    def test_a_paused_one_goes_on_when_it_is_resumed(self, world: World) -> None:
        world.change(pause=Pause(PauseReason.ADMIN, world.clock.now(), "Ada"))
        unsubscribed(world)
        assert (world.sugar.flags_written, shown(world).in_sugar) == ([], "paused")
        update_connection(world.app, TENANT, "Ada", ConnectionChanges(paused=False))
        world.drain()
        assert world.sugar.address(ANN).opt_out

    def test_switched_to_read_only_while_it_is_drained_nothing_more_is_written(
        self, world: World
    ) -> None:
        def before(name: str) -> None:
            if name == "login":
                world.change(read_only=True)

        world.forget_session()
        world.sugar.before_call = before
        unsubscribed(world)
        assert world.sugar.flags_written == []
        assert consent(world).due_at is not None

    def test_a_sugar_that_is_away_is_left_alone_after_a_while_and_told_when_it_is_back(
        self, world: World
    ) -> None:
        def away(name: str) -> None:
            if name.startswith(("addresses", "flag_address")):
                raise SugarUnavailable("Sugar does not answer.")

        world.sugar.before_call = away
        unsubscribed(world)
        assert len(world.queue) == 0
        assert consent(world).due_at is not None
        world.sugar.before_call = lambda _name: None
        hourly(world)
        assert world.sugar.address(ANN).opt_out

    @pytest.mark.parametrize("error", OF_THE_WHOLE_SUGAR)
    @pytest.mark.parametrize("call", ["login", "addresses", "flag_address"])
    def test_a_sugar_that_refuses_everything_alike_marks_nothing_and_is_told_once_it_does_not(
        self, world: World, error: type[Exception], call: str
    ) -> None:
        def refuse(name: str) -> None:
            if name.startswith(call):
                raise error("Its certificate has expired.")

        world.forget_session()
        world.sugar.before_call = refuse
        unsubscribed(world)
        due = consent(world).due_at
        assert (errors(world), consent(world).tried) == ([], 0)
        assert due is not None
        assert due <= world.clock.now()
        world.sugar.before_call = lambda _name: None
        world.change(pause=None)
        hourly(world)
        assert world.sugar.address(ANN).opt_out

    def test_an_address_nobody_in_sugar_has_waits_for_the_record_that_comes_with_it(
        self, world: World
    ) -> None:
        who = ann(world)
        world.sugar.delete(Module.LEADS, "l1")
        world.sugar.delete(Module.CONTACTS, "c1")
        hourly(world)
        unsubscribe(world.app, TENANT, who, ANN, ADA)
        world.drain()
        assert (shown(world).in_sugar, consent(world).due_at) == ("nobody", None)
        world.sugar.put(Module.LEADS, "new", last_name="Ott", email1=ANN)
        hourly(world)
        assert world.sugar.address(ANN).opt_out
        assert consent(world).due_at is None

    def test_a_worker_that_finds_another_at_it_comes_back(self, world: World) -> None:
        now = world.clock.now()
        world.store.acquire(TENANT, "push", "other", now, now + timedelta(seconds=60))
        unsubscribed(world)
        assert world.sugar.address(ANN).opt_out

    def test_out_of_time_it_hands_over(self, world: World) -> None:
        unsubscribe(world.app, TENANT, ann(world), ANN, ADA)
        world.queue.pop_next()
        push_due(world.app, PushDue(TENANT), "worker", lambda: 0)
        assert [due.message for due in world.queue.waiting] == [PushDue(TENANT)]


class TestNotTaken:
    """What Sugar does not take is in the error report until it does."""

    def test_a_write_that_changes_nothing_is_reported_and_tried_again_at_night(
        self, world: World
    ) -> None:
        world.sugar.takes_flags = False
        unsubscribed(world)
        (error,) = errors(world)
        assert (error.direction, error.code, error.value, error.field) == (
            "push", "ConsentNotTaken", ANN, "email_opt_out",
        )  # fmt: skip
        assert (error.record.module, shown(world).in_sugar) == (Module.CONTACTS, "failed")
        hourly(world)
        assert len(world.sugar.flags_written) == 1
        first = error.first_seen
        world.clock.advance(NIGHT.total_seconds())
        world.sync()
        (error,) = errors(world)
        assert error.first_seen == first
        world.sugar.takes_flags = True
        world.clock.advance(DAY.total_seconds())
        world.sync()
        assert errors(world) == []
        assert (world.sugar.address(ANN).opt_out, shown(world).in_sugar) == (True, "agrees")

    @pytest.mark.parametrize("which", ["", "root", "record"])
    def test_the_reports_own_try_again_does_not_wait_for_the_night(
        self, world: World, which: str
    ) -> None:
        world.sugar.takes_flags = False
        unsubscribed(world)
        world.sugar.takes_flags = True
        world.clock.advance(60)
        (row,) = errors(world)
        root = row.record if which == "root" else None
        record = row.record if which == "record" else None
        world.handle(Heal(TENANT, (), root=root, record=record))
        world.drain()
        assert errors(world) == []
        assert world.sugar.address(ANN).opt_out

    @pytest.mark.parametrize(
        ("error", "code"),
        [(NoRight("No."), "ConsentRefused"), (MethodMissing("No."), "ConsentImpossible")],
    )
    @pytest.mark.parametrize("call", ["addresses", "flag_address"])
    def test_a_refusal_is_reported_as_one(
        self, world: World, error: Exception, code: str, call: str
    ) -> None:
        def refuse(name: str) -> None:
            if name.startswith(call):
                raise error

        world.sugar.before_call = refuse
        unsubscribed(world)
        (row,) = errors(world)
        assert row.code == code
        world.sugar.before_call = lambda _name: None
        world.clock.advance(60)
        world.handle(Heal(TENANT, ()))
        world.drain()
        assert errors(world) == []
        assert world.sugar.address(ANN).opt_out

    def test_taken_back_here_what_sugar_refused_leaves_the_report(self, world: World) -> None:
        world.sugar.takes_flags = False
        unsubscribed(world)
        take_back(world.app, TENANT, ann(world), ANN, ADA)
        assert (errors(world), shown(world).in_sugar) == ([], "agrees")
        world.drain()
        assert errors(world) == []

    def test_a_row_behind_which_nothing_stands_leaves_it_when_it_is_tried_again(
        self, world: World
    ) -> None:
        world.sugar.takes_flags = False
        unsubscribed(world)
        (row,) = errors(world)
        world.store.commit(TENANT, [Unit(consents=[replace(consent(world), failed=None)])])
        assert errors(world) == [row]
        world.handle(Heal(TENANT, (), record=row.record))
        assert errors(world) == []

    def test_sugars_own_opt_out_meanwhile_closes_the_row(self, world: World) -> None:
        world.sugar.takes_flags = False
        unsubscribed(world)
        world.clock.advance(60)
        world.sugar.flag(ANN, opt_out=True)
        hourly(world)
        assert errors(world) == []
        assert shown(world).opt_out.by == "Ada"
