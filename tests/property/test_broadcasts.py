"""Broadcasts whose workers die anywhere, whose messages come twice, and two of which run at once.

Everybody gets at most one mail of each, nobody more than the cap allows, and all numbers are what
is in the rows.
"""

import os
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from funnel.domain.broadcasts.broadcasts import UNDER_WAY, Broadcast, BroadcastState, OverCap
from funnel.domain.errors import Conflict, InputInvalid, MailBusy, MailUnclear, StoreBusy
from funnel.domain.ids import PersonId
from funnel.domain.mail.mail_caps import MailCap
from funnel.domain.mail.mail_totals import About, AboutKind, outcome_of, tally_of
from funnel.domain.mail.mails import Happened, Heard, Mail, MailState, Word
from funnel.ports.marketing_messages import HearOfMail, RecordSight, TakeWord
from funnel.ports.messages import Message
from funnel.usecases.app import App
from funnel.usecases.broadcasts import audience, broadcast_page
from funnel.usecases.broadcasts.keep_broadcasts import (
    cancel_broadcast,
    pause_broadcast,
    resume_broadcast,
)
from funnel.usecases.broadcasts.start_broadcasts import start_broadcasts
from funnel.usecases.broadcasts.view_broadcast_people import UNDECIDED, readers
from funnel.usecases.consent.change_consent import Said, unsubscribe
from funnel.usecases.delivery.start_mails import start_mails
from funnel.usecases.work.handle_message import handle_message
from tests.fakes.faulty import Crash, Moment, Plan, faulty
from tests.fakes.mail_totals import summed
from tests.fakes.world import TENANT
from tests.unit.usecases.broadcasts.broadcasting import Broadcasting
from tests.unit.usecases.mail.mailing import FIREFOX

RUNS = int(os.environ.get("FUNNEL_PROPERTY_RUNS", "60"))
PORTS = ("mails", "broadcasts", "records", "lists", "sync", "queue", "mailer")
CAP = MailCap(2, 7)
PEOPLE = 6


@pytest.fixture(autouse=True, scope="module")
def _small_pages():  # type: ignore[no-untyped-def]
    patch = pytest.MonkeyPatch()
    patch.setattr(audience, "PAGE", 2)
    patch.setattr(broadcast_page, "PAGE", 2)
    yield
    patch.undo()


class Storm:
    """Two broadcasts to the same people after one that they had; things happen in any order."""

    def __init__(self) -> None:
        self.scene = Broadcasting()
        stored = self.scene.store.mail_settings(TENANT)
        self.scene.store.save_mail_settings(replace(stored, cap=CAP))
        self.people = self.scene.people(PEOPLE)
        some = self.scene.listed("a", self.people[:4])
        rest = self.scene.listed("b", self.people[2:])
        self.scene.sent(self.scene.listed("c", self.people[:2]), key="before")
        self.running = [
            self.scene.planned(some, rest, key="later"),
            self.scene.planned(some, rest, key="out", over_cap=OverCap.LEAVE_OUT),
        ]
        for one in self.running:
            self.scene.confirm(one)
        self.kept: list[Message] = []

    def carry_out(self, message: Message, plan: Plan) -> None:
        """By a worker who may die; the queue brings the message again then."""
        app = self.scene.app
        ports = {name: faulty(getattr(app, name), plan, name) for name in PORTS}
        mortal: App = replace(app, **ports)
        self.kept.append(message)
        worker = self.scene.world.ids.new_id()
        try:
            handle_message(mortal, message, worker, lambda: 600.0)
        except (Crash, StoreBusy):
            self.scene.clock.advance(30)
            self.scene.world.queue.send(message)

    def next(self, plan: Plan) -> None:
        message = self.scene.world.queue.pop_next()
        if message is not None:
            self.carry_out(message, plan)

    def tick(self, minutes: int) -> None:
        self.scene.clock.advance(60 * minutes)
        start_broadcasts(self.scene.app)
        start_mails(self.scene.app)

    def rest(self) -> None:
        """Nobody dies any more."""
        for _ in range(40):
            while self.scene.world.queue.waiting:
                self.next(Plan())
            mails = self.scene.store.all_mails.values()
            soon = self.scene.clock.now() + timedelta(minutes=40)
            states = {self.scene.now(one).state for one in self.running}
            if not states & UNDER_WAY and not any(
                one.due_at and one.due_at < soon for one in mails
            ):
                return
            self.tick(6)
        raise AssertionError("It never comes to rest.")

    def all_mails(self) -> list[Mail]:
        return list(self.scene.store.all_mails.values())


STEPS = st.one_of(
    st.tuples(st.just("next"), st.integers(0, 60), st.sampled_from(list(Moment)), st.booleans()),
    st.tuples(st.just("again"), st.integers(0, 30)),
    st.tuples(st.just("tick"), st.integers(1, 40)),
    st.tuples(st.just("days"), st.integers(1, 8)),
    st.tuples(st.sampled_from(["pause", "resume", "cancel"]), st.integers(0, 1)),
    st.tuples(st.just("opt out"), st.integers(0, PEOPLE - 1)),
    st.tuples(
        st.just("told"), st.integers(0, 20), st.sampled_from(list(Happened)), st.integers(0, 2)
    ),
    st.tuples(st.just("seen"), st.integers(0, 20), st.integers(0, 3), st.booleans()),
    st.tuples(st.just("left"), st.integers(0, 20), st.booleans()),
    st.tuples(st.just("service"), st.sampled_from([MailBusy, MailUnclear])),
)


def take(storm: Storm, step: tuple[object, ...]) -> None:  # noqa: C901 - one case for each kind
    scene = storm.scene
    mails = sorted(storm.all_mails(), key=lambda one: one.mail_id)
    match step:
        case ("next", int(at), Moment() as moment, bool(dies)):
            failure = Crash if dies else lambda: StoreBusy("lost")
            storm.next(Plan(at, moment, failure))
        case ("again", int(at)) if storm.kept:
            storm.carry_out(storm.kept[at % len(storm.kept)], Plan())
        case ("tick", int(minutes)):
            storm.tick(minutes)
        case ("days", int(days)):
            storm.tick(days * 1440)
        case (str() as deed, int(which)) if deed in ("pause", "resume", "cancel"):
            change = {
                "pause": pause_broadcast,
                "resume": resume_broadcast,
                "cancel": cancel_broadcast,
            }[deed]
            try:
                change(scene.app, TENANT, storm.running[which].broadcast_id, "Bea")
            except (Conflict, InputInvalid):
                return
        case ("opt out", int(who)):
            said = Said("Ann")
            unsubscribe(scene.app, TENANT, storm.people[who], f"p{who:04}@people.test", said)
        case ("told", int(at), Happened() as what, int(event)) if mails:
            mail = mails[at % len(mails)]
            heard = Heard(what, scene.clock.now(), f"{what.value}{event}", "ses", "why")
            if mail.attempt:
                storm.carry_out(HearOfMail(TENANT, mail.mail_id, heard), Plan())
        case ("seen", int(at), int(link), bool(human)) if mails:
            mail = mails[at % len(mails)]
            agent = FIREFOX if human else "curl/8.0"
            name = f"{mail.mail_id}-{link}-{human}"
            sight = scene.mailing.sight(mail.mail_id, name, link or None, user_agent=agent)
            if mail.attempt:
                storm.carry_out(RecordSight(TENANT, sight), Plan())
        case ("left", int(at), bool(out)) if mails:
            mail = mails[at % len(mails)]
            word = Word(mail.mail_id, scene.clock.now(), out)
            storm.carry_out(TakeWord(TENANT, word), Plan())
        case ("service", type() as kind):
            scene.mailing.mailer.fails.append(kind("no"))


@settings(max_examples=RUNS, deadline=None)
@given(steps=st.lists(STEPS, min_size=5, max_size=60))
def test_whatever_dies_or_comes_twice_everybody_gets_one_mail_and_the_cap_holds(
    steps: list[tuple[object, ...]],
) -> None:
    storm = Storm()
    for step in steps:
        take(storm, step)
        check(storm)
    for one in storm.running:
        if storm.scene.now(one).state is BroadcastState.PAUSED:
            resume_broadcast(storm.scene.app, TENANT, one.broadcast_id, "Bea")
    storm.rest()
    check(storm)
    for one in storm.running:
        check_ended(storm, storm.scene.now(one))


def check(storm: Storm) -> None:
    """What holds at any moment."""
    mails = storm.all_mails()
    for about in {
        about
        for one in mails
        for about in (
            About(AboutKind.EMAIL, one.about["email"]),
            About(AboutKind.BROADCAST, one.about["broadcast"]),
        )
    }:
        counted = [one for one in mails if one.about[about.kind.value] == about.about_id]
        kept = storm.scene.store.mail_totals(TENANT, about)
        assert kept == summed(map(tally_of, counted))
        assert kept.waiting >= 0
    sent = [one.mail_id for one in storm.scene.mailing.mailer.sent]
    assert len(sent) == len(set(sent)), "sent twice"
    for person_id in storm.people:
        went = sorted(
            one.claimed_at
            for one in mails
            if one.person_id == person_id and one.claimed_at is not None
        )
        for at, first in enumerate(went[CAP.most :]):
            assert first - went[at] >= CAP.span, "the cap was exceeded"


def check_ended(storm: Storm, broadcast: Broadcast) -> None:
    """What holds when a broadcast is over."""
    scene, at = storm.scene, broadcast.broadcast_id
    mails = scene.mails(broadcast)
    assert len({one.person_id for one in mails}) == len(mails)
    rows = list(readers(scene.app, TENANT, at, limit=99).items)
    left = [one for one in rows if one.outcome.startswith("left: ")]
    states = {one.person_id: one.outcome for one in rows}
    assert {PersonId(one.person_id): states[one.person_id] for one in mails} == {
        one.person_id: outcome_of(one).value for one in mails
    }
    progress = broadcast.progress
    if broadcast.state is BroadcastState.SENT:
        assert {one.person_id for one in rows} == set(storm.people)
        assert UNDECIDED not in states.values()
        assert (progress.people, progress.done) == (PEOPLE, PEOPLE)
        assert progress.mails == len(mails)
        assert sum(progress.left.values()) == len(left) == PEOPLE - len(mails)
        for one in mails:
            waits_for_cap = one.state is MailState.QUEUED and bool(one.due_at)
            assert waits_for_cap or one.state not in {MailState.QUEUED, MailState.SENDING}
    else:
        assert broadcast.state is BroadcastState.CANCELLED
