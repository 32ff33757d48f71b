"""A tenant that may send, people with addresses, and mail to them, over a world in memory."""

from dataclasses import dataclass, field, replace

from funnel.domain.ids import PersonId, SugarId
from funnel.domain.mail.mails import Happened, Heard, Mail, MailDraft, MailId, Sight
from funnel.domain.tracking.activities import Activity, ActivityKind, SubjectId
from funnel.ports.mailer import Outgoing
from funnel.ports.marketing_messages import HearOfMail, RecordSight, SendMails
from funnel.usecases.mail.send_mail import request_mail
from funnel.usecases.mail.sender_domains import add_sender_domain, change_mail_settings
from funnel.usecases.people.create_person import NewPerson, create_person
from tests.fakes.world import TENANT, World

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
ANN = "ann@example.test"
FROM = "bea@sender.test"
HTML = '<p>Hi, see <a href="https://www.example.com/a">this</a> and <a href="http://b.test/">that</a></p>'
REP = SugarId("u1")
WORKER = "worker-1"


def settle_sender(world: World, *, notes: bool = False) -> None:
    """Settings with which mail can be sent."""
    world.mailer.verified.add("sender.test")
    add_sender_domain(world.app, TENANT, "sender.test")
    change_mail_settings(
        world.app,
        TENANT,
        name="Sender",
        address=FROM,
        postal="Street 1\nTown",
        label="",
        by="Ann",
        notes=notes,
    )


@dataclass
class Mailing:
    """The world, and what a test does with mail."""

    world: World = field(default_factory=World)

    def __post_init__(self) -> None:
        self.app, self.store, self.clock = self.world.app, self.world.store, self.world.clock
        self.mailer = self.world.mailer
        settle_sender(self.world)
        self.ann = self.person(ANN)

    def person(self, email: str) -> PersonId:
        new = NewPerson({"last_name": email.partition("@")[0].title()}, email, "Bea")
        return create_person(self.app, TENANT, new, email).person_id

    def draft(self, key: str = "k1", **changes: object) -> MailDraft:
        draft = MailDraft(key, self.ann, ANN, "Hello", HTML, sender=REP)
        return replace(draft, **changes)  # type: ignore[arg-type]

    def ask(self, key: str = "k1", **changes: object) -> MailId:
        return request_mail(self.app, TENANT, self.draft(key, **changes))

    def sent(self, key: str = "k1", **changes: object) -> Mail:
        """Ask for one, and have it sent, a minute ago."""
        mail_id = self.ask(key, **changes)
        self.world.drain()
        self.clock.advance(60)
        return self.mail(mail_id)

    def deliver(self) -> None:
        self.world.handle(SendMails(TENANT))

    def mail(self, mail_id: MailId) -> Mail:
        found = self.store.mail(TENANT, mail_id)
        assert found is not None
        return found

    @property
    def last(self) -> Outgoing:
        return self.mailer.sent[-1]

    def sight(
        self, mail_id: MailId, name: str, link: int | None = None, **changes: object
    ) -> Sight:
        kind = ActivityKind.EMAIL_OPEN if link is None else ActivityKind.EMAIL_CLICK
        one = Sight(mail_id, name, kind, self.clock.now(), "192.0.2.7", FIREFOX, link=link or 0)
        return replace(one, **changes)  # type: ignore[arg-type]

    def see(self, mail_id: MailId, name: str, link: int | None = None, **changes: object) -> Sight:
        one = self.sight(mail_id, name, link, **changes)
        self.world.handle(RecordSight(TENANT, one))
        return one

    def hear(self, mail_id: MailId, what: Happened, event_id: str = "e1", detail: str = "") -> None:
        heard = Heard(what, self.clock.now(), event_id, "ses-1", detail)
        self.world.handle(HearOfMail(TENANT, mail_id, heard))

    def done_by_ann(self) -> list[Activity]:
        page = self.store.list_activities(TENANT, SubjectId(self.ann), 500)
        return sorted(page.items, key=lambda one: (one.at, one.activity_id))
