"""A segment that is left aside is changed as a broadcast starts, and everything dies at every call."""

import pytest

from funnel.domain.broadcasts.broadcasts import Broadcast, BroadcastState
from funnel.domain.errors import StoreBusy
from funnel.domain.ids import ListId
from funnel.domain.mail.mails import MailState
from funnel.ports.messages import Message
from funnel.usecases.broadcasts.start_broadcasts import start_broadcasts
from funnel.usecases.delivery.start_mails import start_mails
from funnel.usecases.segments.keep_segments import add_segment, change_segment
from funnel.usecases.work.handle_message import handle_message
from tests.fakes.faulty import Crash, Moment, Plan
from tests.fakes.snapshot import made_once
from tests.fakes.world import TENANT
from tests.faults.dying import again, kill_points, mortal
from tests.unit.usecases.broadcasts.broadcasting import Broadcasting
from tests.unit.usecases.segments.segmenting import test_of

PORTS = ("broadcasts", "lists", "queue", "records", "scoring")


def rule(address: str) -> dict[str, object]:
    return {"match": "all", "parts": [test_of("email", "begins with", address)]}


@made_once
def confirmed() -> tuple[Broadcasting, Broadcast, ListId]:
    """A broadcast to three people without those of a segment, of whom it has the first."""
    scene = Broadcasting()
    aside = add_segment(scene.app, TENANT, "k", "Not these", rule("p0000"), "Bea")
    everybody = scene.listed("all", scene.people(3))
    scene.world.drain()
    broadcast = scene.planned(everybody, minus=(aside.list_id,))
    scene.confirm(broadcast)
    return scene, broadcast, aside.list_id


class Dying:
    """The first is left aside when it is confirmed, and the second when it starts."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.scene, self.broadcast, self.aside = confirmed()
        self.mortal = mortal(self.scene.app, plan, PORTS)

    def change(self) -> None:
        """By somebody who presses the button again."""
        changed = rule("p0001")
        again(
            self.plan,
            lambda: change_segment(self.mortal, TENANT, self.aside, "Bea", rule=changed),
        )

    def deliver(self, message: Message) -> None:
        worker = self.scene.world.ids.new_id
        again(
            self.plan,
            lambda: handle_message(self.mortal, message, worker(), lambda: 600.0),
            lambda: self.scene.clock.advance(30),
        )

    def rest(self) -> None:
        for _ in range(40):
            while (message := self.scene.world.queue.pop_next()) is not None:
                self.deliver(message)
            if self.scene.now(self.broadcast).state is BroadcastState.SENT and all(
                one.due_at is None for one in self.scene.mails(self.broadcast)
            ):
                return
            self.scene.clock.advance(300)
            start_broadcasts(self.scene.app)
            start_mails(self.scene.app)
        raise AssertionError("It never comes to rest.")


def flow(plan: Plan) -> Dying:
    dying = Dying(plan)
    dying.change()
    dying.rest()
    return dying


@pytest.mark.feature("D11")
@pytest.mark.parametrize("moment", Moment)
@pytest.mark.parametrize("fails", [False, True], ids=["dies", "loses an answer"])
def test_whoever_is_left_aside_by_a_rule_just_changed_gets_no_mail_whatever_dies(
    fails: bool, moment: Moment
) -> None:
    calls = flow(Plan()).plan.calls
    assert len(calls) > 60
    for at in kill_points(calls):
        plan = Plan(at, moment, (lambda: StoreBusy("The answer was lost.")) if fails else Crash)
        dying = flow(plan)
        where = f"call {at}, {plan.calls[at - 1]}, {moment}"
        assert plan.happened, where
        scene = dying.scene
        assert scene.addresses == ["p0000@people.test", "p0002@people.test"], where
        assert {one.state for one in scene.mails(dying.broadcast)} == {MailState.SENT}, where
        assert scene.now(dying.broadcast).note == "", where
