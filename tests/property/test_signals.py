"""Labels do not depend on the order in which things arrive, and people are never called machines.

Arrivals are labelled as they come, each with what is already there; a reference labels everything
at once.
"""

import itertools
import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from funnel.domain.ids import TenantId
from funnel.domain.tracking.activities import Activity, ActivityKind, Signal, SubjectId
from funnel.domain.tracking.signals import BURSTS, PAGE_BURST, Seen, classify, label_after, labelled
from tests.unit.domain.tracking.agents import PEOPLE

RUNS = int(os.environ.get("FUNNEL_PROPERTY_RUNS", "300"))
START = datetime(2026, 3, 2, 9, tzinfo=UTC)
LINKS = ("a", "b", "c", "d", "e", "f", "g", "h", "i", "j")


def activity(number: int, kind: ActivityKind, millis: int, what: str, mail: str) -> Activity:
    about = {"path": what} if kind is ActivityKind.PAGE_VIEW else {"email": mail, "link": what}
    at = START + timedelta(milliseconds=millis)
    return Activity(TenantId("acme"), SubjectId("s"), f"{number:03}", kind, at, about)


@st.composite
def doings(draw: st.DrawFn, longest: int = 12_000) -> list[Activity]:
    """Anything one subject may do within some seconds, the honeypot included."""
    found = []
    for number in range(draw(st.integers(0, 14))):
        kind = draw(st.sampled_from([*ActivityKind, ActivityKind.EMAIL_CLICK]))
        millis = draw(st.integers(0, longest))
        what = draw(st.sampled_from(LINKS))
        one = activity(number, kind, millis, what, draw(st.sampled_from(["m1", "m2"])))
        if kind is ActivityKind.EMAIL_CLICK and draw(st.integers(0, 9)) == 0:
            one = replace(one, signal=Signal.SCANNER, why="honeypot")
        found.append(one)
    return found


def arrive(stored: dict[str, Activity], batch: list[Activity]) -> None:
    """As the worker does: label what came, write it, look again at all, relabel."""
    for one in labelled(batch):
        stored.setdefault(one.activity_id, one)
    for change in label_after(stored.values()):
        was = stored[change.activity.activity_id]
        assert was.signal is Signal.HUMAN, "a label is taken back or changed"
        stored[was.activity_id] = replace(was, signal=change.signal, why=change.why)


@settings(max_examples=RUNS, deadline=None)
@given(everything=doings(), data=st.data())
def test_a_burst_labels_all_of_it_in_whatever_order_and_batches_it_arrives(
    everything: list[Activity], data: st.DataObject
) -> None:
    at_once = {one.activity_id: one.signal for one in labelled(everything)}
    waiting = data.draw(st.permutations(everything))
    stored: dict[str, Activity] = {}
    while waiting:
        many = data.draw(st.integers(1, len(waiting)))
        batch, waiting = list(waiting[:many]), waiting[many:]
        arrive(stored, batch)
        if data.draw(st.booleans()):
            arrive(stored, batch)
    assert {key: one.signal for key, one in stored.items()} == at_once
    assert label_after(stored.values()) == []


@settings(max_examples=RUNS, deadline=None)
@given(data=st.data(), rule=st.sampled_from(BURSTS), others=doings())
def test_every_click_of_a_burst_is_a_machines_whatever_stands_around_it(
    data: st.DataObject, rule: tuple[int, float], others: list[Activity]
) -> None:
    least, seconds = rule
    burst = [
        activity(900 + i, ActivityKind.EMAIL_CLICK, data.draw(st.integers(0, int(seconds * 1000))), link, "m1")
        for i, link in enumerate(data.draw(st.permutations(LINKS))[:least])
    ]  # fmt: skip
    labels = {one.activity_id: one.signal for one in labelled([*others, *burst])}
    assert {labels[one.activity_id] for one in burst} == {Signal.SCANNER}


def plainly(clicks: list[Activity]) -> set[str]:
    """The rule on bursts, read word by word."""
    found: set[str] = set()
    for (least, seconds), first, last in itertools.product(BURSTS, clicks, clicks):
        between = [one for one in clicks if first.at <= one.at <= last.at]
        short = last.at - first.at <= timedelta(seconds=seconds)
        if short and len({one.about["link"] for one in between}) >= least:
            found |= {one.activity_id for one in between}
    while True:
        beside = {
            one.activity_id
            for one in clicks
            for other in clicks
            if other.activity_id in found and abs(one.at - other.at) <= timedelta(seconds=1)
        }
        if beside <= found:
            return found
        found |= beside


@settings(max_examples=RUNS, deadline=None)
@given(at=st.lists(st.tuples(st.integers(0, 120), st.sampled_from(LINKS)), max_size=12))
def test_what_is_called_a_burst_is_what_the_rule_says(at: list[tuple[int, str]]) -> None:
    clicks = [
        activity(number, ActivityKind.EMAIL_CLICK, tenths * 100, link, "m1")
        for number, (tenths, link) in enumerate(at)
    ]
    assert {change.activity.activity_id for change in label_after(clicks)} == plainly(clicks)


@settings(max_examples=RUNS, deadline=None)
@given(
    agent=st.sampled_from(PEOPLE),
    waits=st.lists(st.integers(1_550, 90_000), max_size=30),
    data=st.data(),
)
def test_a_person_is_never_called_a_machine(
    agent: str, waits: list[int], data: st.DataObject
) -> None:
    """Who takes a second and a half from link to link, wherever the links are."""
    assert max(seconds / (least - 1) for least, seconds in (*BURSTS, PAGE_BURST)) < 1.55
    millis, done = 0, []
    for number, wait in enumerate(waits):
        millis += wait
        kind = data.draw(st.sampled_from(list(ActivityKind)))
        since = data.draw(st.none() | st.floats(5, 1e7))
        assert classify(Seen(kind, agent, "192.0.2.1", since_sent=since))[0] is Signal.HUMAN
        done.append(activity(number, kind, millis, data.draw(st.sampled_from(LINKS)), "m1"))
    assert label_after(done) == []


@pytest.mark.parametrize("kind", ActivityKind)
@settings(max_examples=RUNS, deadline=None)
@given(
    agent=st.text(max_size=80),
    ip=st.text(max_size=20) | st.ip_addresses().map(str),
    method=st.sampled_from(["GET", "HEAD", "POST"]),
    since=st.none() | st.floats(-1e9, 1e9),
    honeypot=st.booleans(),
)
def test_whatever_arrives_has_a_label_and_a_machines_label_has_a_reason(
    kind: ActivityKind, agent: str, ip: str, method: str, since: float | None, honeypot: bool
) -> None:
    signal, why = classify(Seen(kind, agent, ip, method, since, honeypot))
    assert bool(why) == (signal is not Signal.HUMAN)
    if signal in {Signal.PROXY_OPEN, Signal.PRIVACY_OPEN}:
        assert kind is ActivityKind.EMAIL_OPEN
