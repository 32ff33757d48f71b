"""A rep presses Send until it is answered, and whatever dies meanwhile: the mail goes out once."""

from dataclasses import replace
from typing import Any

import pytest

from funnel.adapters.html import Nh3Cleaner
from funnel.domain.errors import Conflict
from funnel.domain.ids import Module, RecordKey, SugarId
from funnel.domain.mails import MailState
from funnel.domain.runs import RunKind
from funnel.domain.viewers import Viewer
from funnel.usecases.app import App
from funnel.usecases.connection import connection_of
from funnel.usecases.keep_emails import EmailWords, add_email, change_email
from funnel.usecases.start_mails import start_mails
from funnel.usecases.write_conversation import ConversationWords, send_conversation
from tests.fakes.faulty import Crash, Moment, Plan, faulty
from tests.fakes.world import TENANT, World
from tests.unit.usecases.mailing import FROM, settle_sender

PORTS = ("mails", "records", "emails", "queue", "sync", "activities")
LEAD, REP = RecordKey(Module.LEADS, SugarId("l")), SugarId("u0")
TEMPLATE = EmailWords("Offer", "Hi {{first_name}}", "<p>Hi</p>", "<p>Head</p>", "", True)


class Desk:
    """A rep with a Lead, and a template."""

    def __init__(self, plan: Plan) -> None:
        self.world, self.plan = World(), plan
        sugar = self.world.sugar
        sugar.put(Module.USERS, REP, user_name="bea", last_name="B", email1=FROM, status="Active")
        ada: dict[str, Any] = {
            "last_name": "Brandt",
            "email1": "ada@x.test",
            "assigned_user_id": REP,
        }
        sugar.put(Module.LEADS, "l", status="New", **ada)
        self.world.connect()
        self.world.clock.advance(3_600)
        self.world.sync(RunKind.INITIAL)
        settle_sender(self.world)
        self.app: App = replace(self.world.app, cleaner=Nh3Cleaner())
        ports = {name: faulty(getattr(self.app, name), plan, name) for name in PORTS}
        self.mortal: App = replace(self.app, **ports)
        connection = connection_of(self.app, TENANT)
        self.rep = Viewer(TENANT, connection.connection_id, REP, "Bea", False, connection.endpoint)
        self.template = add_email(self.app, TENANT, "k", TEMPLATE, "Mo").email

    def send(self) -> None:
        words = ConversationWords(
            "key", "ada@x.test", "Hi", "<p>My words</p>", self.template.email_id
        )
        send_conversation(self.mortal, self.rep, LEAD, words, "192.0.2.1")

    def rest(self) -> None:
        self.world.drain()
        self.world.clock.advance(300)
        start_mails(self.app)
        self.world.drain()


@pytest.mark.parametrize("moment", Moment)
def test_a_conversation_whose_sending_dies_anywhere_is_sent_once(moment: Moment) -> None:
    whole = Plan()
    desk = Desk(whole)
    desk.send()
    assert len(whole.calls) > 5
    for at in range(1, len(whole.calls) + 1):
        plan = Plan(at, moment)
        desk = Desk(plan)
        try:
            desk.send()
        except Crash:
            plan.revived = True
            desk.rest()
            desk.send()
        desk.rest()
        desk.send()
        desk.rest()
        where = f"call {at}, {plan.calls[at - 1]}, {moment}"
        (out,) = desk.world.mailer.sent
        assert (out.from_address, "My words" in out.html) == (FROM, True), where
        (mail,) = desk.app.mails.mails_of_sender(TENANT, REP, 9).items
        assert mail.state is MailState.SENT, where


@pytest.mark.parametrize("moment", Moment)
def test_an_email_whose_saving_dies_anywhere_is_there_once_and_can_be_saved_again(
    moment: Moment,
) -> None:
    def save(app: App) -> None:
        kept = add_email(app, TENANT, "new", TEMPLATE, "Mo").email
        words = replace(TEMPLATE, body="<p>Other</p>")
        try:
            change_email(app, TENANT, kept.email_id, words, kept.version, "Mo")
        except Conflict:
            found = app.emails.email(TENANT, kept.email_id)
            assert found is not None
            assert found.body == "<p>Other</p>"

    whole = Plan()
    save(Desk(whole).mortal)
    for at in range(1, len(whole.calls) + 1):
        plan = Plan(at, moment)
        desk = Desk(plan)
        try:
            save(desk.mortal)
        except Crash:
            plan.revived = True
            save(desk.mortal)
        names = [one.name for one in desk.app.emails.emails(TENANT)]
        assert names == ["Offer", "Offer"], (at, moment)
