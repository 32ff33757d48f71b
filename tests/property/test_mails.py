"""What is told and seen of a mail, in any order and however often, comes to the same."""

import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from funnel.domain.consent.consent import Mark
from funnel.domain.ids import PersonId, TenantId
from funnel.domain.mail.mail_states import told
from funnel.domain.mail.mails import OPEN, Happened, Heard, Mail, MailId, MailState, MailToken, Word
from funnel.domain.tracking.activities import ActivityKind, Signal
from funnel.ports.marketing_messages import HearOfMail, RecordSight, TakeWord
from funnel.ports.messages import Message
from tests.fakes.world import TENANT
from tests.unit.usecases.mail.mailing import ANN, FIREFOX, Mailing

RUNS = int(os.environ.get("FUNNEL_PROPERTY_RUNS", "150"))
START = datetime(2026, 3, 2, 9, tzinfo=UTC)


@st.composite
def heards(draw: st.DrawFn) -> list[Heard]:
    """What the mail service may tell; each a few times."""
    kinds = draw(st.lists(st.sampled_from(list(Happened)), min_size=1, max_size=8))
    made = [
        Heard(what, START + timedelta(seconds=n), f"e{n}", "ses", f"why {what}")
        for n, what in enumerate(kinds)
    ]
    again = draw(st.lists(st.sampled_from(made), max_size=8))
    return draw(st.permutations([*made, *again]))


@settings(max_examples=RUNS, deadline=None)
@given(all_told=heards(), state=st.sampled_from(list(MailState)), wants_note=st.booleans())
def test_what_the_service_tells_ends_the_same_in_any_order(
    all_told: list[Heard], state: MailState, wants_note: bool
) -> None:
    before = Mail(
        TenantId("t"), MailId("m"), MailToken("x"), PersonId("p"), "a@b.test", "S", "", "",
        START, state=state, claimed_at=START, wants_note=wants_note,
    )  # fmt: skip

    def after(order: list[Heard]) -> Mail:
        mail = before
        for one in order:
            mail = told(mail, one)
        return mail

    there, back = after(all_told), after(all_told[::-1])
    assert there.heard == back.heard == tuple(sorted({one.event_id for one in all_told}))
    assert replace(there, reason="") == replace(back, reason="")
    softs = {one.event_id for one in all_told if one.what is Happened.SOFT_BOUNCE}
    assert there.soft_bounces == len(softs)
    went = there.state not in (*OPEN, MailState.REFUSED) and there.state is not state
    assert there.due_at == (there.sent_at if wants_note and went else None)


@st.composite
def sightings(draw: st.DrawFn) -> list[tuple[str, int, int | None, str, str]]:
    """Opens and clicks by people and machines, some in bursts."""
    found = []
    for number in range(draw(st.integers(1, 7))):
        millis = draw(st.sampled_from([0, 200, 400, 900, 20_000, 400_000]))
        link = draw(st.sampled_from([None, None, 0, 1, 2, 1, 2]))
        agent = draw(st.sampled_from([FIREFOX, FIREFOX, FIREFOX, "curl/8.0", "Mozilla/5.0"]))
        method = draw(st.sampled_from(["GET", "GET", "GET", "HEAD"]))
        found.append((f"s{number}", millis, link, agent, method))
    return found


@settings(max_examples=RUNS, deadline=None)
@given(seen=sightings(), data=st.data())
def test_opens_and_clicks_come_to_the_same_numbers_in_any_order_and_however_often(
    seen: list[tuple[str, int, int | None, str, str]], data: st.DataObject
) -> None:
    def run(shuffle: bool) -> Mailing:
        mailing = Mailing()
        mail = mailing.sent()
        at = mailing.clock.now()
        messages: list[Message] = [
            RecordSight(
                TENANT,
                mailing.sight(
                    mail.mail_id,
                    name,
                    link,
                    at=at + timedelta(milliseconds=millis),
                    user_agent=agent,
                    method=method,
                ),
            )
            for name, millis, link, agent, method in seen
        ]
        if shuffle:
            again = data.draw(st.lists(st.sampled_from(messages), max_size=5))
            messages = data.draw(st.permutations([*messages, *again]))
        for message in messages:
            mailing.world.handle(message)
        return mailing

    first, second = run(False), run(True)
    (one,), (other,) = first.store.all_mails.values(), second.store.all_mails.values()
    assert one.numbers == other.numbers
    activities = first.done_by_ann()
    people = [a for a in activities if a.signal is Signal.HUMAN]
    clicks = [a for a in people if a.kind is ActivityKind.EMAIL_CLICK]
    assert (one.numbers.opens, one.numbers.clicks) == (len(people) - len(clicks), len(clicks))
    assert one.numbers.machine_opens + one.numbers.machine_clicks == len(activities) - len(people)


@settings(max_examples=RUNS, deadline=None)
@given(
    words=st.lists(
        st.tuples(st.integers(0, 5), st.booleans()), min_size=1, unique_by=lambda w: w[0]
    ),
    bounces=st.integers(0, 2),
    data=st.data(),
)
def test_the_latest_word_of_a_reader_holds_in_whatever_order_words_arrive(
    words: list[tuple[int, bool]], bounces: int, data: st.DataObject
) -> None:
    mailing = Mailing()
    mail_id = mailing.sent().mail_id
    at = mailing.clock.now()
    messages: list[Message] = [
        TakeWord(TENANT, Word(mail_id, at + timedelta(seconds=n), opt_out)) for n, opt_out in words
    ]
    bounce = Heard(Happened.BOUNCE, at, "b1", "ses", "550")
    messages += [HearOfMail(TENANT, mail_id, bounce)] * bounces
    again = data.draw(st.lists(st.sampled_from(messages), max_size=4))
    for message in data.draw(st.permutations([*messages, *again])):
        mailing.world.handle(message)
    consent = mailing.store.consents(TENANT, [ANN]).get(ANN)
    opted_out = consent is not None and consent.flag(Mark.OPT_OUT).value
    assert opted_out == max(words)[1]
    assert (consent is not None and consent.flag(Mark.INVALID).value) == bool(bounces)
