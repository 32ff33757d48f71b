"""A broadcast dies at every call of every port: everybody gets one mail or a reason, and all adds up."""

from dataclasses import replace

import pytest

from funnel.domain.broadcasts.broadcasts import BroadcastState, OverCap
from funnel.domain.broadcasts.broadcasts import Plan as Planned
from funnel.domain.errors import MailUnclear, StoreBusy
from funnel.domain.ids import PersonId
from funnel.domain.mail.mail_caps import MailCap
from funnel.domain.mail.mails import MailState
from funnel.domain.sync.runs import JobStatus
from funnel.ports.messages import Message
from funnel.usecases.broadcasts.keep_broadcasts import add_broadcast, confirm_broadcast
from funnel.usecases.broadcasts.start_broadcasts import start_broadcasts
from funnel.usecases.consent.change_consent import Said, unsubscribe
from funnel.usecases.delivery.start_mails import start_mails
from funnel.usecases.work.handle_message import handle_message
from tests.fakes.faulty import Crash, Moment, Plan
from tests.fakes.mail_totals import summed
from tests.fakes.snapshot import made_once
from tests.fakes.world import TENANT
from tests.faults.dying import again, kill_points, mortal
from tests.unit.usecases.broadcasts.broadcasting import Broadcasting

PORTS = ("mails", "broadcasts", "records", "lists", "sites", "sync", "queue", "mailer", "emails")
READERS = 3


@made_once
def planned() -> tuple[Broadcasting, list[PersonId], Planned]:
    """Four people on two lists, of whom one has opted out, and what they are to get."""
    scene = Broadcasting()
    settings = scene.store.mail_settings(TENANT)
    scene.store.save_mail_settings(replace(settings, cap=MailCap(1, 7)))
    people = scene.people(READERS + 1)
    unsubscribe(scene.app, TENANT, people[0], "p0000@people.test", Said("Ann"))
    lists = scene.listed("a", people[:3]), scene.listed("b", people[2:])
    other = scene.planned(*lists, key="other").plan
    scene.world.queue._heap.clear()
    return scene, people, replace(other, name="One", over_cap=OverCap.LEAVE_OUT)


class Dying:
    """A broadcast that may die, some people a page."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.scene, self.people, self.asked = planned()
        self.mortal = mortal(self.scene.app, plan, PORTS)

    def deliver(self, message: Message) -> None:
        worker = self.scene.world.ids.new_id
        again(
            self.plan,
            lambda: handle_message(self.mortal, message, worker(), lambda: 600.0),
            lambda: self.scene.clock.advance(30),
        )

    def rest(self) -> None:
        """Until nothing is on its way: messages, and what the schedule finds."""
        for _ in range(60):
            while (message := self.scene.world.queue.pop_next()) is not None:
                self.deliver(message)
            mails = self.scene.store.all_mails.values()
            broadcasts = self.scene.store.list_broadcasts(TENANT, 9).items
            due = [one.due_at for one in mails] + [one.due_at for one in broadcasts]
            if not any(due):
                return
            self.scene.clock.advance(300)
            start_broadcasts(self.scene.app)
            start_mails(self.scene.app)
        raise AssertionError("It never comes to rest.")


def flow(plan: Plan, monkeypatch: pytest.MonkeyPatch) -> Dying:
    monkeypatch.setattr("funnel.usecases.broadcasts.audience.PAGE", 2)
    monkeypatch.setattr("funnel.usecases.broadcasts.broadcast_page.PAGE", 2)
    dying = Dying(plan)
    scene = dying.scene
    made: list[str] = []

    def add() -> None:
        made[:] = [add_broadcast(dying.mortal, TENANT, "k", dying.asked, "Bea").broadcast_id]

    again(dying.plan, add)
    dying.rest()
    (broadcast,) = [
        one for one in scene.store.list_broadcasts(TENANT, 9).items if one.broadcast_id == made[0]
    ]
    job = scene.job(broadcast)
    assert job.status is JobStatus.DONE
    assert scene.counted(broadcast).will_get == READERS
    at = broadcast.broadcast_id
    again(dying.plan, lambda: confirm_broadcast(dying.mortal, TENANT, at, 1, READERS, "Bea"))
    dying.rest()
    return dying


@pytest.mark.parametrize("moment", Moment)
@pytest.mark.parametrize("fails", [False, True], ids=["dies", "loses an answer"])
def test_a_broadcast_that_dies_anywhere_reaches_everybody_once(
    fails: bool, moment: Moment, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = flow(Plan(), monkeypatch).plan.calls
    assert len(calls) > 100
    for at in kill_points(calls):
        name = calls[at - 1]
        lost = MailUnclear if name == "mailer.send" else StoreBusy
        failure = (lambda kind=lost: kind("The answer was lost.")) if fails else Crash
        plan = Plan(at, moment, failure)
        dying = flow(plan, monkeypatch)
        scene = dying.scene
        where = f"call {at}, {plan.calls[at - 1]}, {moment}"
        assert plan.happened, where
        (broadcast,) = [
            one for one in scene.store.list_broadcasts(TENANT, 9).items if one.plan.name == "One"
        ]
        assert broadcast.state is BroadcastState.SENT, where
        progress = broadcast.progress
        assert (progress.people, progress.done, progress.mails) == (4, 4, READERS), where
        assert dict(progress.left) == {"opted out": 1}, where
        mails = scene.mails(broadcast)
        assert len(mails) == READERS, where
        assert {one.state for one in mails} <= {MailState.SENT, MailState.UNCLEAR}, where
        unclear = [one for one in mails if one.state is MailState.UNCLEAR]
        assert len(unclear) <= 1, where
        addresses = scene.addresses
        assert len(addresses) == len(set(addresses)) >= READERS - 1, where
        assert len(addresses) == READERS or unclear, where
        assert scene.totals(broadcast) == summed(one.tallied for one in mails), where
        received = scene.store.received(TENANT, dying.people)
        assert sum(len(one.mails) for one in received.values()) == READERS, where
