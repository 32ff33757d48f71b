"""Mail dies at every call of every port: never sent twice without being unclear, and nobody is stuck."""

from collections.abc import Callable

import pytest

from funnel.domain.consent.consent import Mark
from funnel.domain.errors import MailBusy, MailUnclear, StoreBusy
from funnel.domain.mail.mails import OPEN, Happened, Heard, MailId, MailState, Word
from funnel.ports.marketing_messages import HearOfMail, RecordSight, TakeWord
from funnel.ports.messages import Message
from funnel.usecases.delivery.start_mails import start_mails
from funnel.usecases.mail.send_mail import request_mail
from funnel.usecases.mail.settle_mail import send_again
from funnel.usecases.work.handle_message import handle_message
from tests.fakes.faulty import Crash, Moment, Plan
from tests.fakes.world import TENANT
from tests.faults.dying import again, kill_points, mortal
from tests.unit.usecases.mail.mailing import ANN, Mailing

PORTS = (
    "mails", "records", "sites", "sync", "activities", "batches", "scoring", "secrets", "queue", "mailer",
)  # fmt: skip
KEYS = ("k1", "k2")


class Dying:
    """Mail whose ports can die, with the way AWS and people bring work back."""

    def __init__(self, plan: Plan, *, tells: bool) -> None:
        self.mailing = Mailing()
        self.plan = plan
        self.tells = tells
        self.told = 0
        app = self.mailing.app
        self.mortal = mortal(app, plan, PORTS)

    def ask(self) -> list[MailId]:
        """By somebody who asks again under the same key."""
        ids = []
        for key in KEYS:
            draft = self.mailing.draft(key, is_urgent=key == "k2")
            try:
                ids.append(request_mail(self.mortal, TENANT, draft))
            except (Crash, StoreBusy):
                self.plan.revived = True
                ids.append(request_mail(self.mortal, TENANT, draft))
        return ids

    def rest(self) -> None:
        """Until nothing is on its way: messages, the schedule, and what the mail service tells."""
        for _ in range(60):
            while (message := self.mailing.world.queue.pop_next()) is not None:
                self.deliver(message)
            self.tell()
            if not any(one.due_at for one in self.mailing.store.all_mails.values()):
                return
            self.mailing.clock.advance(300)
            start_mails(self.mailing.app)
        raise AssertionError("It never comes to rest.")

    def tell(self) -> None:
        sent = self.mailing.mailer.sent
        while self.tells and self.told < len(sent):
            out = sent[self.told]
            self.told += 1
            heard = Heard(Happened.SENT, self.mailing.clock.now(), f"e{self.told}", "ses")
            self.deliver(HearOfMail(TENANT, out.mail_id, heard))

    def deliver(self, message: Message) -> None:
        worker = self.mailing.world.ids.new_id
        again(
            self.plan,
            lambda: handle_message(self.mortal, message, worker(), lambda: 600.0),
            lambda: self.mailing.clock.advance(30),
        )


def flow(plan: Plan, *, tells: bool, busy: bool) -> tuple[Dying, list[MailId]]:
    dying = Dying(plan, tells=tells)
    if busy:
        dying.mailing.mailer.fails = [MailBusy("asked too fast")]
    ids = dying.ask()
    dying.rest()
    return dying, ids


@pytest.mark.parametrize("moment", Moment)
@pytest.mark.parametrize("busy", [False, True])
@pytest.mark.parametrize("tells", [False, True])
@pytest.mark.parametrize("fails", [False, True], ids=["dies", "loses an answer"])
def test_a_mail_whose_sending_dies_anywhere_goes_out_once_or_is_unclear(
    fails: bool, tells: bool, busy: bool, moment: Moment
) -> None:
    calls = flow(Plan(), tells=tells, busy=busy)[0].plan.calls
    for at in kill_points(calls):
        name = calls[at - 1]
        lost = MailUnclear if name == "mailer.send" else StoreBusy
        failure = (lambda kind=lost: kind("The answer was lost.")) if fails else Crash
        plan = Plan(at, moment, failure)
        dying, ids = flow(plan, tells=tells, busy=busy)
        where = f"call {at}, {plan.calls[at - 1]}, {moment}"
        # What was refused as too fast has no answer to lose.
        assert plan.happened or (busy and name == "mailer.send"), where
        for mail_id in ids:
            mail = dying.mailing.mail(mail_id)
            times = [one.mail_id for one in dying.mailing.mailer.sent].count(mail_id)
            assert times <= 1, where
            assert mail.state in {MailState.SENT, MailState.UNCLEAR}, where
            assert times == 1 or mail.state is MailState.UNCLEAR, where
            if tells and times:
                assert mail.state is MailState.SENT, where
        listed = dying.mailing.store.unclear_mails(TENANT, 9).items
        unsure = [dying.mailing.mail(one) for one in ids]
        assert {one.mail_id for one in listed} == {
            one.mail_id for one in unsure if one.state is MailState.UNCLEAR
        }
        for one in listed:
            send_again(dying.mailing.app, TENANT, one.mail_id, "Ann")
        dying.rest()
        states = {dying.mailing.mail(one).state for one in ids}
        assert states == {MailState.SENT}, where


def one_open(mailing: Mailing, mail_id: MailId) -> list[Message]:
    first = mailing.sight(mail_id, "s1", 1)
    second = mailing.sight(mail_id, "s2", 2)
    return [RecordSight(TENANT, first), RecordSight(TENANT, second)]


def left(mailing: Mailing, mail_id: MailId) -> list[Message]:
    return [TakeWord(TENANT, Word(mail_id, mailing.clock.now(), True))]


def bounced(mailing: Mailing, mail_id: MailId) -> list[Message]:
    now = mailing.clock.now()
    return [HearOfMail(TENANT, mail_id, Heard(Happened.BOUNCE, now, "b1", "ses", "550"))]


def outcome(dying: Dying, mail_id: MailId) -> object:
    mailing = dying.mailing
    mail = mailing.mail(mail_id)
    consent = mailing.store.consents(TENANT, [ANN]).get(ANN)
    marks = [consent.flag(mark).value for mark in Mark] if consent else []
    signals = [(one.activity_id, one.signal) for one in mailing.done_by_ann()]
    people = mailing.store.history(TENANT, mailing.ann, 99).items
    return mail.numbers, mail.state, mail.unsubscribed_at, marks, signals, len(people)


@pytest.mark.parametrize("moment", Moment)
@pytest.mark.parametrize("what", [one_open, left, bounced])
def test_what_is_seen_or_told_of_a_mail_counts_once_wherever_it_dies(
    what: Callable[[Mailing, MailId], list[Message]], moment: Moment
) -> None:
    def happens(at: int) -> tuple[Dying, object]:
        dying = Dying(Plan(), tells=False)
        mail_id = dying.mailing.sent().mail_id
        assert dying.mailing.mail(mail_id).state not in OPEN
        dying.plan.at, dying.plan.moment = at, moment
        for message in what(dying.mailing, mail_id):
            dying.deliver(message)
        return dying, outcome(dying, mail_id)

    whole, wanted = happens(0)
    assert whole.plan.calls
    for at in kill_points(whole.plan.calls):
        dying, found = happens(at)
        assert dying.plan.happened
        assert found == wanted, f"call {at}, {dying.plan.calls[at - 1]}, {moment}"
