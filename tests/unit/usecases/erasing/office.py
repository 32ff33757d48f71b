"""A Funnel with somebody who is to be erased, and all that is known of that person."""

from collections.abc import Mapping

from funnel.domain.ids import (
    JobId,
    Module,
    PersonId,
    RecordKey,
    SugarId,
)
from funnel.domain.mail.mails import MailDraft
from funnel.domain.sync.runs import Job, RunKind
from funnel.domain.tracking.activities import Activity, ActivityKind, SubjectId
from funnel.domain.tracking.visitors import browser_of_subject, new_visitor
from funnel.usecases.erasing.erase_person import new_erasure
from funnel.usecases.jobs.people_jobs import ask_for
from funnel.usecases.living import holder_of
from funnel.usecases.mail.send_mail import request_mail
from funnel.usecases.people.create_person import NewPerson, create_person
from funnel.usecases.people.edit_person import edit_person
from funnel.usecases.people.find_people import find_people
from funnel.usecases.tracking.record_activities import record_activities
from tests.fakes.world import TENANT, World
from tests.unit.usecases.mail.mailing import settle_sender

LEAD, CONTACT = (RecordKey(Module.LEADS, SugarId("l")), RecordKey(Module.CONTACTS, SugarId("c")))
VISITOR = SubjectId("v-b1")
SECRETS = ("Quirin", "Zyx", "q@x.test", "quirin@old.test", "Geheimstadt")


class Office:
    """A Funnel with a person Quirin Zyx: made here, a Contact, a Lead that is deleted by now."""

    def __init__(self) -> None:
        self.world = World()
        self.world.connect()
        self.app = self.world.app
        made = NewPerson({"city": "Geheimstadt"}, "q@x.test", "Ada")
        create_person(self.app, TENANT, made, "k")
        self.put(LEAD, "quirin@old.test", last_name="Zyx", status="New")
        self.sync(RunKind.INITIAL)
        self.put(LEAD, "q@x.test", last_name="Zyx", status="New")
        self.put(CONTACT, "q@x.test", first_name="Quirin", last_name="Zyx")
        self.world.sugar.put(Module.LEADS, "o", last_name="Other", email1="other@x.test")
        self.sync()
        self.world.sugar.delete(Module.LEADS, "l")
        self.sync()
        edit_person(self.app, TENANT, self.person_id, {"description": "Likes Zyx"}, "Ada")
        self.visit(SubjectId(self.person_id))
        self.app.activities.attach(TENANT, self.person_id, VISITOR)
        self.visit(VISITOR)
        self.write("sent")
        self.world.drain()
        self.write("waits")
        browser = browser_of_subject(VISITOR)
        assert browser is not None
        self.app.visitors.save_visitor(new_visitor(TENANT, browser, self.world.clock.now()))

    def visit(self, subject: SubjectId) -> None:
        now = self.world.clock.now()
        about = {"url": "https://x.test/?q=Zyx"}
        seen = Activity(TENANT, subject, "a1", ActivityKind.FORM, now, about)
        record_activities(self.app, TENANT, subject, [seen])

    def write(self, key: str, about: Mapping[str, str] | None = None) -> None:
        settle_sender(self.world)
        html = '<p>Dear Zyx, <a href="https://x.test/?q=Geheimstadt">see</a></p>'
        about = about or {}
        draft = MailDraft(key, self.person_id, "q@x.test", "For Quirin", html, about=about)
        request_mail(self.app, TENANT, draft)

    def put(self, key: RecordKey, email: str, **fields: str) -> None:
        self.world.sugar.put(key.module, key.sugar_id, at=None, email1=email, **fields)

    def sync(self, kind: RunKind = RunKind.HOURLY) -> None:
        self.world.clock.advance(3_600)
        self.world.sync(kind)

    @property
    def person_id(self) -> PersonId:
        holder = holder_of(self.app, TENANT, "q@x.test")
        assert holder is not None
        return holder.person_id

    def erase(self) -> Job:
        job = ask_for(self.app, new_erasure(self.app, TENANT, self.person_id, "Q@x.test", "Ada"))
        self.world.drain()
        done = self.world.store.job(TENANT, JobId(job.job_id))
        assert done is not None
        return done

    def kept(self) -> str:
        """Everything the store holds, as text, without jobs (which hold ids) and queues."""
        store = self.world.store
        parts = (store.rows, store.errors, store._history, store._consents, store.proofs,
                 dict(store._activities), store._scores, store._tallies, store.pushes,
                 store.all_mails, store._contents, store._tracked, dict(store._seen),
                store.prospect_rows)  # fmt: skip
        return repr([*parts, store.marks, store._people_by_name._order])

    def names(self) -> list[str]:
        return [row.name for row in find_people(self.app, TENANT).items]
