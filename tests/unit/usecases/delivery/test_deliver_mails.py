"""Sending mail at most once, and what becomes of it."""

from datetime import timedelta

import pytest

from funnel.domain.consent.consent import Mark
from funnel.domain.errors import Conflict, MailBusy, MailRefused, MailUnclear
from funnel.domain.mail.mails import MOST_TRIES, Happened, Mail, MailContent, MailState
from funnel.domain.mail.senders import MailSettings
from funnel.ports.mailer import Outgoing
from funnel.ports.marketing_messages import SendMails
from funnel.usecases.consent.change_consent import Said, unsubscribe
from funnel.usecases.delivery.deliver_mails import LEASE
from funnel.usecases.delivery.start_mails import start_mails
from funnel.usecases.mail.render_mail import MailRenderer, RenderedMail
from funnel.usecases.mail.settle_mail import say_it_was_sent, send_again
from funnel.usecases.tracking.keep_sites import add_site
from tests.fakes.world import TENANT
from tests.unit.usecases.mail.mailing import ANN, Mailing


@pytest.fixture
def mailing() -> Mailing:
    return Mailing()


def test_the_sender_is_looked_at_once_more_at_the_moment_of_sending(mailing: Mailing) -> None:
    mail_id = mailing.ask()
    mailing.mailer.verified.clear()
    mailing.clock.advance(700)
    mailing.world.drain()
    mail = mailing.mail(mail_id)
    assert (mail.state, mailing.mailer.sent) == (MailState.REFUSED, [])
    assert "not verified" in mail.reason
    with pytest.raises(MailRefused, match="not verified"):
        mailing.ask("k2")


def test_an_opt_out_between_asking_and_sending_stops_the_mail(mailing: Mailing) -> None:
    mail_id = mailing.ask()
    unsubscribe(mailing.app, TENANT, mailing.ann, ANN, Said("Ann"))
    mailing.deliver()
    mail = mailing.mail(mail_id)
    assert (mail.state, mail.due_at, mailing.mailer.sent) == (MailState.REFUSED, None, [])
    assert "opted out" in mail.reason


def test_what_the_service_does_not_take_just_now_is_tried_later_and_not_for_ever(
    mailing: Mailing,
) -> None:
    mailing.mailer.fails = [MailBusy("asked too fast")]
    mail_id = mailing.ask()
    mailing.deliver()
    waits = mailing.mail(mail_id)
    assert (waits.state, waits.tries, waits.reason) == (MailState.QUEUED, 1, "asked too fast")
    mailing.deliver()
    assert mailing.mailer.sent == []
    mailing.clock.advance(16)
    assert start_mails(mailing.app) == 1
    mailing.world.drain()
    assert mailing.mail(mail_id).state is MailState.SENT
    mailing.mailer.fails = [MailBusy("away")] * 99
    never = mailing.ask("k2")
    for _ in range(MOST_TRIES + 1):
        mailing.deliver()
        mailing.clock.advance(901)
    assert mailing.mail(never).state is MailState.REFUSED
    assert len(mailing.mailer.fails) == 99 - MOST_TRIES


def test_a_mail_that_cannot_be_made_ready_stops_no_other_and_is_given_up_in_the_end(
    mailing: Mailing, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = mailing.ask()
    mailing.clock.advance(1)
    good = mailing.ask("k2")
    whole = MailRenderer.render

    def render(
        renderer: MailRenderer, mail: Mail, content: MailContent, settings: MailSettings
    ) -> RenderedMail:
        if mail.mail_id == broken:
            raise ZeroDivisionError
        return whole(renderer, mail, content, settings)

    monkeypatch.setattr(MailRenderer, "render", render)
    mailing.deliver()
    assert mailing.mail(good).state is MailState.SENT
    assert mailing.mail(broken).state is MailState.QUEUED
    for _ in range(MOST_TRIES):
        mailing.clock.advance(901)
        mailing.deliver()
    assert mailing.mail(broken).state is MailState.REFUSED


def test_a_site_whose_key_is_gone_holds_no_mail_back(mailing: Mailing) -> None:
    add_site(mailing.app, TENANT, "Shop", ["example.com"], "Ann")
    mailing.world.secrets._kept.clear()
    mail = mailing.sent()
    tracked = mailing.store.tracked_mail(mail.token)
    assert tracked is not None
    assert (mail.state, tracked.links[0].signed) == (MailState.SENT, "")


def test_what_the_service_refuses_ends_the_mail_with_the_reason(mailing: Mailing) -> None:
    mailing.mailer.fails = [MailRefused("The address is on the suppression list.")]
    mail = mailing.sent()
    assert (mail.state, mail.reason) == (
        MailState.REFUSED,
        "The address is on the suppression list.",
    )


def test_a_lost_answer_is_unclear_after_half_an_hour_and_a_person_decides(
    mailing: Mailing,
) -> None:
    mailing.mailer.fails = [MailUnclear("no answer")]
    mail_id = mailing.ask()
    mailing.deliver()
    assert mailing.mail(mail_id).state is MailState.SENDING
    mailing.clock.advance(29 * 60)
    assert start_mails(mailing.app) == 0
    mailing.clock.advance(61)
    assert start_mails(mailing.app) == 1
    mailing.world.drain()
    assert mailing.mail(mail_id).state is MailState.UNCLEAR
    assert mailing.mailer.sent == []
    assert [one.mail_id for one in mailing.store.unclear_mails(TENANT, 9).items] == [mail_id]
    send_again(mailing.app, TENANT, mail_id, "Ann")
    mailing.world.drain()
    assert mailing.mail(mail_id).state is MailState.SENT
    assert len(mailing.mailer.sent) == 1
    with pytest.raises(Conflict):
        send_again(mailing.app, TENANT, mail_id, "Ann")


def test_a_person_says_that_an_unclear_mail_was_sent(mailing: Mailing) -> None:
    mailing.mailer.fails = [MailUnclear("no answer")]
    mail_id = mailing.ask()
    mailing.deliver()
    mailing.clock.advance(1801)
    mailing.deliver()
    say_it_was_sent(mailing.app, TENANT, mail_id, "Ann")
    mailing.world.drain()
    found = mailing.mail(mail_id)
    assert (found.state, found.said_by, mailing.mailer.sent) == (MailState.SENT, "Ann", [])
    assert mailing.store.unclear_mails(TENANT, 9).items == []


def test_the_services_own_word_settles_a_lost_answer(mailing: Mailing) -> None:
    mailing.mailer.fails = [MailUnclear("no answer")]
    mail_id = mailing.ask()
    mailing.deliver()
    mailing.hear(mail_id, Happened.SENT)
    mailing.clock.advance(3600)
    mailing.deliver()
    found = mailing.mail(mail_id)
    assert (found.state, found.message_id, mailing.mailer.sent) == (MailState.SENT, "ses-1", [])


def test_who_meets_another_worker_looks_again_some_times_and_then_gives_up(
    mailing: Mailing,
) -> None:
    mail_id = mailing.ask()
    now = mailing.clock.now()
    assert mailing.store.acquire(TENANT, LEASE, "other", now, now + timedelta(seconds=7))
    mailing.world.drain()
    assert mailing.mail(mail_id).state is MailState.SENT
    late = mailing.ask("k2")
    now = mailing.clock.now()
    assert mailing.store.acquire(TENANT, LEASE, "other", now, now + timedelta(hours=1))
    mailing.world.drain()
    assert mailing.mail(late).state is MailState.QUEUED
    assert not [one for one in mailing.world.queue.waiting if isinstance(one.message, SendMails)]


def test_mail_goes_out_no_faster_than_the_rate(mailing: Mailing) -> None:
    for number in range(10):
        mailing.ask(f"k{number}")
    before = mailing.clock.slept
    mailing.deliver()
    assert len(mailing.mailer.sent) == 10
    assert mailing.clock.slept - before >= 9 / mailing.app.mail_rate - 0.01


def test_a_hard_bounce_marks_the_address_and_a_complaint_opts_out_and_sugar_is_told(
    mailing: Mailing,
) -> None:
    mail = mailing.sent()
    mailing.hear(mail.mail_id, Happened.SOFT_BOUNCE, "e0")
    mailing.hear(mail.mail_id, Happened.SOFT_BOUNCE, "e0")
    assert mailing.mail(mail.mail_id).soft_bounces == 1
    assert mailing.store.consents(TENANT, [ANN]) == {}
    for _ in range(2):
        mailing.hear(mail.mail_id, Happened.BOUNCE, "e1", "550 unknown")
        mailing.hear(mail.mail_id, Happened.COMPLAINT, "e2")
    consent = mailing.store.consents(TENANT, [ANN])[ANN]
    assert consent.flag(Mark.INVALID).value
    assert consent.flag(Mark.OPT_OUT).value
    assert consent.due_at is not None
    assert mailing.mail(mail.mail_id).state is MailState.COMPLAINED


def test_an_event_of_no_mail_of_ours_is_dropped(mailing: Mailing) -> None:
    mailing.hear(mailing.draft().key, Happened.BOUNCE)  # type: ignore[arg-type]
    assert mailing.store.all_mails == {}


@pytest.mark.parametrize(
    ("what", "state"),
    [
        (Happened.SENT, MailState.SENT),
        (Happened.BOUNCE, MailState.BOUNCED),
        (Happened.COMPLAINT, MailState.COMPLAINED),
    ],
)
def test_what_the_service_tells_before_its_answer_comes_is_not_written_over(
    mailing: Mailing, monkeypatch: pytest.MonkeyPatch, what: Happened, state: MailState
) -> None:
    send = mailing.mailer.send

    def eager(outgoing: Outgoing) -> str:
        message_id = send(outgoing)
        mailing.hear(outgoing.mail_id, what, "e1", "why")
        mailing.see(outgoing.mail_id, "s1")
        return message_id

    monkeypatch.setattr(mailing.mailer, "send", eager)
    mail = mailing.sent()
    assert (mail.state, mail.due_at, mail.heard) == (state, None, ("e1",))
    assert mail.numbers.machine_opens == 1, "nobody reads that fast"
    assert len(mailing.mailer.sent) == 1


def test_an_open_before_the_answer_comes_does_not_keep_the_mail_from_being_sent(
    mailing: Mailing, monkeypatch: pytest.MonkeyPatch
) -> None:
    send = mailing.mailer.send

    def eager(outgoing: Outgoing) -> str:
        mailing.see(outgoing.mail_id, "s1")
        return send(outgoing)

    monkeypatch.setattr(mailing.mailer, "send", eager)
    mail = mailing.sent()
    assert (mail.state, mail.message_id, mail.numbers.machine_opens) == (
        MailState.SENT,
        "message-1",
        1,
    )
