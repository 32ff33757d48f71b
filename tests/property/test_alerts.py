"""Whatever happens in whatever order: each crossing and each visit is told once, if it lasts."""

import contextlib
import os
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from funnel.domain.vision.alerts import Alert
from funnel.ports.marketing_messages import TellAlerts
from funnel.usecases.vision.start_alerts import start_alerts
from funnel.usecases.vision.tell_alerts import tell_alerts
from tests.fakes.faulty import Crash, Moment, Plan, faulty
from tests.fakes.world import TENANT
from tests.unit.usecases.vision.alerting import OTHER, REP, Alerting

RUNS = int(os.environ.get("FUNNEL_PROPERTY_RUNS", "100"))
PORTS = ("alerts", "prospects", "mails", "queue")
LEADS = st.integers(1, 3)
STEPS = st.one_of(
    st.tuples(st.just("score"), LEADS, st.sampled_from([0, 59, 60, 61, 200])),
    st.tuples(st.just("owner"), LEADS, st.sampled_from([REP, OTHER, ""])),
    st.tuples(st.just("visit"), LEADS, st.integers(0, 90)),
    st.tuples(st.just("look"), st.sampled_from([1, 4, 6, 16]), st.integers(0, 12)),
    st.tuples(st.just("again"), st.integers(1, 3), st.just(0)),
)


class Rep:
    """A rep, what happens to it, and what it ought to be told."""

    def __init__(self) -> None:
        self.alerting = Alerting()
        self.visits = 0
        for number in (1, 2, 3):
            self.alerting.put(number)
        self.alerting.begin(Alert.SCORE, Alert.VISIT)
        self.rises: Counter[int] = Counter()

    def is_above(self, number: int) -> bool:
        one = self.alerting.prospect(number)
        return one is not None and one.owner == REP and one.score >= 60

    def do(self, what: str, first: int, second: object) -> None:
        alerting = self.alerting
        before = [self.is_above(n) for n in (1, 2, 3)]
        if what == "score":
            alerting.put(first, int(str(second)))
        elif what == "owner":
            one = alerting.prospect(first)
            assert one is not None
            alerting.put(first, one.score, owner=second)
        elif what == "visit":
            self.visits += 1
            alerting.clock.advance(1)
            name = f"v{self.visits}"
            one = alerting.prospect(first)
            assert one is not None
            alerting.visit(first, name, score=one.score)
        elif what == "again":
            for _ in range(first):
                alerting.world.queue.send(TellAlerts(TENANT, REP))
            alerting.world.drain()
        else:
            self.look(first, int(str(second)))
        for n in (1, 2, 3):
            self.rises[n] += self.is_above(n) and not before[n - 1]

    def look(self, minutes: int, dies_at: int) -> None:
        alerting = self.alerting
        alerting.clock.advance(minutes * 60)
        plan = Plan(dies_at, Moment.AFTER if dies_at % 2 else Moment.BEFORE)
        ports = {name: faulty(getattr(alerting.app, name), plan, name) for name in PORTS}
        mortal = replace(alerting.app, **ports)
        with contextlib.suppress(Crash):
            tell_alerts(mortal, TENANT, REP)

    def rest(self) -> None:
        for _ in range(8):
            self.alerting.clock.advance(16 * 60)
            start_alerts(self.alerting.app)
            self.alerting.world.drain()

    def told(self) -> tuple[Counter[int], list[str]]:
        crossed: Counter[int] = Counter()
        for mail in self.alerting.world.mailer.sent:
            part = mail.text.partition("On your site")[0]
            for number in (1, 2, 3):
                crossed[number] += f"- Lead {number} ·" in part
        return crossed, [one.visit_id for one in self.alerting.alerts.visits_told]


@pytest.mark.feature("E9")
@settings(max_examples=RUNS, deadline=None)
@given(steps=st.lists(STEPS, max_size=25))
def test_each_crossing_and_visit_is_told_at_most_once_and_told_if_it_lasts(
    steps: list[tuple[str, int, object]],
) -> None:
    rep = Rep()
    for step in steps:
        rep.do(*step)
    lasting = [n for n in (1, 2, 3) if rep.is_above(n)]
    rep.rest()
    crossed, visits = rep.told()
    for number in (1, 2, 3):
        assert crossed[number] <= rep.rises[number]
        if number in lasting:
            assert crossed[number] >= 1
    assert len(visits) == len(set(visits))
    sent = "".join(one.text for one in rep.alerting.world.mailer.sent)
    seen = sent.count("Looked at: Pricing")
    assert seen <= rep.visits
    mine = {
        visit.visit_id
        for n in (1, 2, 3)
        if (one := rep.alerting.prospect(n)) and one.owner == REP
        for visit in one.visits
    }
    assert mine <= set(visits)
    assert len({one.mail_id for one in rep.alerting.world.mailer.sent}) == len(
        rep.alerting.world.mailer.sent
    )
    assert rep.alerting.alerts.telling is None
