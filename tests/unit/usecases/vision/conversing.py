"""A rep with a Lead in Sugar and a Sales Template, who writes; its ports can die."""

from dataclasses import replace
from typing import Any

from funnel.adapters.html import Nh3Cleaner
from funnel.domain.ids import Module, RecordKey, SugarId
from funnel.domain.mail.mails import Mail
from funnel.domain.sync.runs import RunKind
from funnel.domain.vision.viewers import Viewer
from funnel.usecases.app import App
from funnel.usecases.connecting.connection import connection_of
from funnel.usecases.delivery.start_mails import start_mails
from funnel.usecases.emails.keep_emails import EmailWords, add_email
from funnel.usecases.vision.write_conversation import ConversationWords, send_conversation
from tests.fakes.faulty import Plan, faulty
from tests.fakes.world import TENANT, World
from tests.unit.usecases.mail.mailing import FROM, settle_sender

PORTS = ("mails", "records", "emails", "queue", "sync", "activities")
LEAD, REP = RecordKey(Module.LEADS, SugarId("l")), SugarId("u0")
TEMPLATE = EmailWords("Offer", "Hi {{first_name}}", "<p>Hi</p>", "<p>Head</p>", "", True)


class Desk:
    """A rep with a Lead, and a template."""

    def __init__(self, plan: Plan, *, notes: bool = False) -> None:
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
        settle_sender(self.world, notes=notes)
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

    def mail(self) -> Mail:
        """The one that was written."""
        (found,) = self.app.mails.mails_of_sender(TENANT, REP, 9).items
        return found

    def rest(self) -> None:
        self.world.drain()
        self.world.clock.advance(300)
        start_mails(self.app)
        self.world.drain()
