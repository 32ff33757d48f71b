"""What the mail service tells of a mail, in whatever order."""

import itertools
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from funnel.domain.ids import PersonId, TenantId
from funnel.domain.mail.mail_states import again, claimed, said_sent, told, unclear
from funnel.domain.mail.mails import Happened, Heard, Mail, MailId, MailState, MailToken

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
MAIL = Mail(
    TenantId("t"), MailId("m"), MailToken("x"), PersonId("p"), "ann@x.test", "Hi", "Us",
    "us@y.test", NOW, due_at=NOW,
)  # fmt: skip
GONE = claimed(replace(MAIL, reason="busy"), NOW + timedelta(seconds=5))


def heard(what: Happened, minute: int, detail: str = "") -> Heard:
    return Heard(what, NOW + timedelta(minutes=minute), f"{what}-{minute}", "ses-1", detail)


def all_told(mail: Mail, *words: Heard) -> Mail:
    for one in words:
        mail = told(mail, one)
    return mail


def test_a_mail_that_goes_out_is_claimed_and_then_settled_by_what_is_told() -> None:
    assert (GONE.state, GONE.attempt, GONE.reason) == (MailState.SENDING, 1, "")
    out = told(replace(GONE, tries=3), heard(Happened.SENT, 1))
    assert (out.state, out.sent_at, out.message_id) == (MailState.SENT, GONE.claimed_at, "ses-1")
    assert (out.due_at, out.tries) == (None, 0)
    noted = told(replace(GONE, wants_note=True), heard(Happened.SENT, 1))
    assert noted.due_at == GONE.claimed_at, "a Note of it is asked for"
    unclaimed = told(MAIL, heard(Happened.SENT, 1))
    assert unclaimed.sent_at == NOW + timedelta(minutes=1)


def test_what_is_told_comes_to_the_same_in_any_order_and_each_once() -> None:
    words = (
        heard(Happened.SENT, 1),
        heard(Happened.DELIVERED, 3),
        heard(Happened.DELIVERED, 2),
        heard(Happened.SOFT_BOUNCE, 4),
        heard(Happened.COMPLAINT, 9, "abuse"),
    )
    ends = {
        all_told(GONE, *order, *order) == all_told(GONE, *words)
        for order in itertools.permutations(words)
    }
    assert ends == {True}
    end = all_told(GONE, *words)
    assert (end.state, end.reason, end.soft_bounces) == (MailState.COMPLAINED, "abuse", 1)
    assert end.delivered_at == NOW + timedelta(minutes=2)


def test_what_was_refused_was_not_sent_and_gets_no_note() -> None:
    end = told(replace(GONE, wants_note=True), heard(Happened.REJECTED, 1, "a virus"))
    assert (end.state, end.sent_at, end.due_at) == (MailState.REFUSED, None, None)
    assert end.reason == "a virus"


@pytest.mark.parametrize("wants_note", [False, True])
def test_an_unclear_mail_is_settled_by_whoever_knows(wants_note: bool) -> None:
    lost = unclear(replace(GONE, wants_note=wants_note))
    assert (lost.state, lost.due_at) == (MailState.UNCLEAR, None)
    assert lost.reason.startswith("Nobody can tell")
    once_more = again(replace(lost, tries=4), NOW, "Ada")
    assert (once_more.state, once_more.due_at, once_more.tries) == (MailState.QUEUED, NOW, 0)
    assert (once_more.said_by, once_more.reason) == ("Ada", "")
    went = said_sent(lost, "Ada")
    assert (went.state, went.sent_at, went.reason) == (MailState.SENT, GONE.claimed_at, "")
    assert went.due_at == (GONE.claimed_at if wants_note else None)
