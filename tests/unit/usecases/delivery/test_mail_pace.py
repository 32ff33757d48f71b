"""How fast mail goes out: the account's rate is shared, and what somebody waits for goes first."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from funnel.domain.errors import MailBusy, StoreBusy
from funnel.domain.ids import PersonId, TenantId
from funnel.domain.mail.mail_caps import MailCap, Received, free_at, with_mail
from funnel.domain.mail.mails import MailState
from funnel.ports.mailer import Outgoing
from funnel.ports.marketing_messages import SendMails
from funnel.usecases.delivery.deliver_mails import deliver_mails
from funnel.usecases.mail.mail_cap import may_mail_at
from funnel.usecases.tracking.accept_hits import Sender
from funnel.usecases.tracking.accept_sight import MOST_A_DAY, Request, accept_click, accept_open
from tests.fakes.world import TENANT
from tests.unit.usecases.mail.mailing import ANN, Mailing


@pytest.fixture
def mailing() -> Mailing:
    return Mailing()


def ask(mailing: Mailing, number: int) -> None:
    for n in range(number):
        mailing.ask(f"k{n}", is_urgent=False)


def seconds_for(mailing: Mailing) -> float:
    before = mailing.clock.slept
    mailing.deliver()
    return mailing.clock.slept - before


def test_the_rate_is_shared_with_those_who_send_just_now(mailing: Mailing) -> None:
    ask(mailing, 40)
    alone = seconds_for(mailing)
    assert len(mailing.mailer.sent) == 40
    assert alone == pytest.approx(39 / mailing.app.mail_rate, rel=0.15)
    for n in range(40):
        mailing.ask(f"other{n}", is_urgent=False)
    now = mailing.clock.now()
    mailing.store.note_sender(TenantId("somebody"), now + timedelta(hours=1))
    mailing.store.note_sender(TenantId("gone"), now - timedelta(seconds=1))
    assert seconds_for(mailing) == pytest.approx(2 * alone, rel=0.15)
    assert mailing.store.senders(mailing.clock.now()) == [TenantId("somebody")]


def test_a_few_mails_ask_nobody_who_else_sends(mailing: Mailing) -> None:
    mailing.store.note_sender(TenantId("somebody"), mailing.clock.now() + timedelta(hours=1))
    ask(mailing, 3)
    assert seconds_for(mailing) < 3 / mailing.app.mail_rate


def test_a_worker_hands_over_after_its_turn_so_that_all_get_theirs(mailing: Mailing) -> None:
    ask(mailing, 400)
    mailing.world.queue._heap.clear()
    mailing.deliver()
    assert 0 < len(mailing.mailer.sent) <= 60 * mailing.app.mail_rate + 1
    assert [one.message for one in mailing.world.queue.waiting] == [SendMails(TENANT)]
    mailing.world.drain()
    assert len(mailing.mailer.sent) == 400


def test_mail_that_somebody_waits_for_is_not_stuck_behind_many(
    mailing: Mailing, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(mailing, 100)
    send = mailing.mailer.send

    def meanwhile(outgoing: Outgoing) -> str:
        if len(mailing.mailer.sent) == 30:
            mailing.ask("urgent", is_urgent=True, subject="Now")
        return send(outgoing)

    monkeypatch.setattr(mailing.mailer, "send", meanwhile)
    mailing.deliver()
    subjects = [one.subject for one in mailing.mailer.sent]
    assert len(subjects) == 101
    assert subjects.index("Now") <= 30 + 2 * mailing.app.mail_rate + 1


def test_several_at_once_go_out_once_each_and_what_fails_is_raised_when_all_have_ended(
    mailing: Mailing,
) -> None:
    ask(mailing, 60)
    mailing.mailer.fails = [MailBusy("too fast"), StoreBusy("away")]
    with ThreadPoolExecutor(4) as threads:
        app = replace(mailing.app, background=threads)

        def deliver() -> None:
            deliver_mails(app, SendMails(TENANT), "w", lambda: 600.0)

        with pytest.raises(StoreBusy):
            deliver()
        mailing.clock.advance(3000)
        for _ in range(4):
            deliver()
    ids = [one.mail_id for one in mailing.mailer.sent]
    assert len(ids) == len(set(ids)) == 59
    states = [one.state for one in mailing.store.all_mails.values()]
    assert sorted(states) == [*[MailState.SENT] * 59, MailState.UNCLEAR]


def test_the_cap_counts_what_lies_in_any_so_many_days() -> None:
    cap, start = MailCap(2, 7), Mailing().clock.now()
    day = timedelta(days=1)
    row = Received(TENANT, Mailing().ann)
    for n, days in enumerate((0, 3)):
        row = with_mail(row, f"m{n}", start + days * day)
    assert free_at(cap, [row], "m9", start + 4 * day) == start + 7 * day
    assert free_at(cap, [row], "m1", start + 4 * day) is None, "it does not stand in its own way"
    assert free_at(cap, [row], "m9", start + 7 * day) is None
    assert free_at(replace(cap, is_on=False), [row], "m9", start + 4 * day) is None
    assert free_at(MailCap(1, 7), [row], "m9", start + 4 * day) == start + 10 * day
    assert set(with_mail(row, "m2", start + 200 * day).mails) == {"m2"}


def test_who_may_be_mailed_when_is_told_and_counts_marketing_mail_only(mailing: Mailing) -> None:
    settings, cap = mailing.store.mail_settings(TENANT), MailCap(1, 7)
    mailing.store.save_mail_settings(replace(settings, cap=cap))
    ann = mailing.store.people(TENANT, [mailing.ann])[mailing.ann]

    def may_not() -> dict[PersonId, datetime]:
        return may_mail_at(mailing.app, TENANT, cap, [ann], mailing.clock.now())

    for key in ("plain", "plain2"):
        mailing.sent(key)
    assert may_not() == {}
    about = {"email": "e1", "broadcast": "b1"}
    first = mailing.sent("step", about=about)
    assert first.claimed_at is not None
    free = first.claimed_at + timedelta(days=7)
    assert may_not() == {mailing.ann: free}
    waits = mailing.sent("step2", about=about)
    assert (waits.state, waits.due_at, waits.tries) == (MailState.QUEUED, free, 0)
    out = mailing.sent("step3", about=about, waits_for_cap=False)
    assert (out.state, "frequency cap" in out.reason) == (MailState.REFUSED, True)
    mailing.sent("conversation")
    mailing.clock.set(free)
    mailing.deliver()
    assert mailing.mail(waits.mail_id).state is MailState.SENT
    assert [one.to_address for one in mailing.mailer.sent] == [ANN] * 5


def test_a_flood_on_a_mails_addresses_is_led_on_and_passed_on_no_more(mailing: Mailing) -> None:
    mail = mailing.sent()
    asked = Request(Sender("192.0.2.7", "curl/8.0"))
    mailing.world.queue._heap.clear()
    for _ in range(MOST_A_DAY - 1):
        accept_open(mailing.app, mail.token, asked)
    for _ in range(3):
        assert accept_click(mailing.app, mail.token, "1", asked) == "https://www.example.com/a"
    assert len(mailing.world.queue.waiting) == MOST_A_DAY
    mailing.clock.advance(86_400)
    accept_open(mailing.app, mail.token, asked)
    assert len(mailing.world.queue.waiting) == MOST_A_DAY + 1
