"""Words from unsubscribe pages: worked on at once, and beside opt-outs that came another way."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from funnel.domain.consent.consent import Mark
from funnel.domain.errors import NotFound
from funnel.domain.ids import TenantId
from funnel.domain.mail.mails import Happened, Mail, MailId, Word
from funnel.ports.mails import MailStore
from funnel.usecases.consent.change_consent import Said, unsubscribe
from funnel.usecases.delivery.take_word import take_word
from funnel.usecases.tracking.accept_sight import accept_word
from tests.fakes.world import TENANT
from tests.unit.usecases.mail.mailing import ANN, Mailing


@pytest.fixture
def mailing() -> Mailing:
    return Mailing()


def say(mailing: Mailing, mail_id: MailId, opt_out: bool) -> None:
    mailing.clock.advance(60)
    take_word(mailing.app, TENANT, Word(mail_id, mailing.clock.now(), opt_out))


def opted_out(mailing: Mailing) -> bool:
    consent = mailing.store.consents(TENANT, [ANN]).get(ANN)
    return consent is not None and consent.flag(Mark.OPT_OUT).value


class Slow:
    """A store of mail through whose n-th reading of a mail something else is done."""

    def __init__(self, mails: MailStore, at: int, meanwhile: Callable[[], None]) -> None:
        self._mails, self._at, self._meanwhile, self.reads = mails, at, meanwhile, 0

    def __getattr__(self, name: str) -> object:
        return getattr(self._mails, name)

    def mail(self, tenant: TenantId, mail_id: MailId) -> Mail | None:
        found = self._mails.mail(tenant, mail_id)
        self.reads += 1
        if self.reads == self._at:
            self._meanwhile()
        return found


@pytest.mark.parametrize("before", [False, True])
@pytest.mark.parametrize("latest", [False, True])
@pytest.mark.parametrize("at", [1, 2])
def test_of_words_worked_on_at_once_the_latest_holds(
    mailing: Mailing, before: bool, latest: bool, at: int
) -> None:
    mail_id = mailing.sent().mail_id
    say(mailing, mail_id, before)
    now = mailing.clock.now()
    word = Word(mail_id, now + timedelta(seconds=1), not latest)
    newer = Word(mail_id, now + timedelta(seconds=2), latest)
    slow = Slow(mailing.app.mails, at, lambda: take_word(mailing.app, TENANT, newer))
    take_word(replace(mailing.app, mails=slow), TENANT, word)  # type: ignore[arg-type]
    assert slow.reads >= at
    assert opted_out(mailing) is latest
    assert (mailing.mail(mail_id).unsubscribed_at is not None) is latest


@pytest.mark.parametrize("latest", [False, True])
def test_a_worker_that_stops_before_the_consent_undoes_no_later_word(
    mailing: Mailing, latest: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    mail_id = mailing.sent().mail_id
    say(mailing, mail_id, True)
    now = mailing.clock.now()
    newer = Word(mail_id, now + timedelta(seconds=2), latest)
    consents = mailing.app.records.consents
    started: list[bool] = []

    def slow(*given: object) -> object:
        if not started:
            started.append(True)
            take_word(mailing.app, TENANT, newer)
        return consents(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(mailing.app.records, "consents", slow)
    take_word(mailing.app, TENANT, Word(mail_id, now + timedelta(seconds=1), not latest))
    assert started
    assert opted_out(mailing) is latest


def test_undo_takes_back_no_spam_complaint(mailing: Mailing) -> None:
    mail_id = mailing.sent().mail_id
    say(mailing, mail_id, True)
    mailing.clock.advance(60)
    mailing.hear(mail_id, Happened.COMPLAINT)
    say(mailing, mail_id, False)
    assert opted_out(mailing)


def test_undo_takes_back_nothing_that_a_marketer_noted_later(mailing: Mailing) -> None:
    mail_id = mailing.sent().mail_id
    say(mailing, mail_id, True)
    mailing.clock.advance(60)
    unsubscribe(mailing.app, TENANT, mailing.ann, ANN, Said("Bea", "asked by phone"))
    say(mailing, mail_id, True)
    say(mailing, mail_id, False)
    assert opted_out(mailing)


def test_undo_takes_back_no_opt_out_by_another_mail(mailing: Mailing) -> None:
    first, second = mailing.sent("a").mail_id, mailing.sent("b").mail_id
    say(mailing, first, True)
    say(mailing, second, True)
    say(mailing, second, False)
    assert opted_out(mailing)
    say(mailing, second, True)
    say(mailing, first, False)
    assert opted_out(mailing)
    say(mailing, second, False)
    assert not opted_out(mailing)


def test_what_more_pages_said_than_are_named_stands(mailing: Mailing) -> None:
    mails = [mailing.sent(f"m{n}").mail_id for n in range(8)]
    for opt_out in (True, False):
        for one in mails:
            say(mailing, one, opt_out)
    assert opted_out(mailing)


def test_the_page_of_a_mail_is_gone_when_the_mail_is_and_no_word_is_taken_for_nothing(
    mailing: Mailing,
) -> None:
    mail = mailing.sent("k")
    late = mail.asked_at + mail.kept_for
    page = mailing.store.tracked_mail(mail.token)
    assert page is not None
    assert page.kept_until == late
    again = replace(page, sent_at=late - timedelta(days=1))
    mailing.store.save_tracked(again)
    mailing.clock.advance((late - mailing.app.clock.now()).total_seconds() - 1)
    accept_word(mailing.app, mail.token, opt_out=True)
    mailing.clock.advance(1)
    with pytest.raises(NotFound):
        accept_word(mailing.app, mail.token, opt_out=True)
