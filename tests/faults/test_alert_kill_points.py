"""A look at what a rep is to be told of dies at every call of every port: told once all the same."""

from collections import Counter

import pytest

from funnel.domain.errors import StoreBusy
from funnel.domain.vision.alerts import Alert
from funnel.ports.marketing_messages import SendMails, TellAlerts
from funnel.usecases.vision.start_alerts import start_alerts
from funnel.usecases.work.handle_message import handle_message
from tests.fakes.faulty import Crash, Moment, Plan
from tests.fakes.snapshot import made_once
from tests.faults.dying import again, kill_points, mortal
from tests.unit.usecases.vision.alerting import ALL, Alerting

PORTS = ("alerts", "prospects", "mails", "records", "sync", "queue")


@made_once
def alerting() -> Alerting:
    """A rep who is told everything."""
    found = Alerting()
    found.begin(*ALL, hour=10)
    return found


class Dying:
    """A rep whose worker and schedule can die, and the way AWS brings work back."""

    def __init__(self, plan: Plan) -> None:
        self.alerting = alerting()
        self.plan = plan
        app = self.alerting.app
        self.mortal = mortal(app, plan, PORTS)

    def round(self, minutes: int = 5) -> None:
        """The schedule's, and what it rings for. Mail itself is sent by a worker that lives."""
        self.alerting.clock.advance(minutes * 60)
        try:
            start_alerts(self.mortal)
        except (Crash, StoreBusy):
            self.plan.revived = True
        while (message := self.alerting.world.queue.pop_next()) is not None:
            if isinstance(message, SendMails):
                self.alerting.world.handle(message)
                continue
            assert isinstance(message, TellAlerts)
            self.deliver(message)

    def deliver(self, message: TellAlerts) -> None:
        again(self.plan, lambda: handle_message(self.mortal, message, "worker", lambda: 600.0))


def flow(plan: Plan) -> Counter[str]:
    """Two cross, one of them again after it fell, and two visit; what was told, how often."""
    dying = Dying(plan)
    alerting = dying.alerting
    alerting.put(1, 70)
    alerting.visit(2, "v2", score=80)
    for _ in range(4):
        dying.round()
    alerting.put(1, 10)
    for _ in range(5):
        dying.round()
    alerting.put(1, 75)
    alerting.visit(3, "v3")
    for _ in range(12):
        dying.round()
    # A bell that was lost with its worker is rung by the schedule of mail.
    alerting.world.queue.send(SendMails(alerting.alerts.tenant))
    alerting.world.drain()
    told: Counter[str] = Counter()
    for mail in alerting.world.mailer.sent:
        digest = "hottest" in mail.text
        told["digest"] += digest
        for number in (1, 2, 3):
            crossed = f"Lead {number} · Acme · lead score" in mail.text.partition("On your site")[0]
            seen = f"Lead {number}" in mail.text.partition("On your site")[2]
            told[f"{number} crossed"] += crossed and not digest
            told[f"{number} seen"] += seen and not digest
    return told


WANTED = Counter({"1 crossed": 2, "2 crossed": 1, "2 seen": 1, "3 seen": 1, "digest": 1})


@pytest.mark.feature("E9")
@pytest.mark.parametrize("moment", Moment)
@pytest.mark.parametrize("fails", [False, True], ids=["dies", "loses an answer"])
def test_each_crossing_visit_and_digest_is_told_once_wherever_it_dies(
    fails: bool, moment: Moment
) -> None:
    whole = Plan()
    assert +flow(whole) == WANTED
    assert {"alerts.save_alerts", "mails.add_mail", "queue.send"} <= set(whole.calls)
    failure = (lambda: StoreBusy("The answer was lost.")) if fails else Crash
    for at in kill_points(whole.calls):
        plan = Plan(at, moment, failure)
        assert +flow(plan) == WANTED, f"call {at}, {plan.calls[at - 1]}, {moment}"
        assert plan.happened


def test_the_flow_is_of_all_kinds() -> None:
    assert set(ALL) == set(Alert)
