"""A tenant with people on lists and an email, and broadcasts to them, over a world in memory."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from heapq import heapify

from funnel.domain.broadcasts.broadcasts import Broadcast, BroadcastId, Plan
from funnel.domain.ids import ListId, MemberKey, PersonId
from funnel.domain.lists.lists import ListKind, Member, PeopleList, person_member
from funnel.domain.mail.mail_totals import MailTotals
from funnel.domain.mail.mails import Mail
from funnel.domain.sync.runs import Job
from funnel.ports.marketing_messages import DoPeopleJob, SendBroadcast, SendMails
from funnel.usecases.broadcasts.count_audience import AudienceCount, counted_so_far
from funnel.usecases.broadcasts.find_broadcast import broadcast_of
from funnel.usecases.broadcasts.keep_broadcasts import (
    add_broadcast,
    confirm_broadcast,
    count_of,
)
from funnel.usecases.broadcasts.start_broadcasts import start_broadcasts
from funnel.usecases.delivery.start_mails import start_mails
from funnel.usecases.emails.keep_emails import EmailWords, add_email
from funnel.usecases.mail.mail_totals import totals
from tests.fakes.world import TENANT, World
from tests.unit.usecases.mail.mailing import Mailing

BODY = '<p>Hi {{first_name|there}}, see <a href="https://www.example.com/a">this</a>.</p>'


@dataclass
class Broadcasting:
    """The world, and what a test does with broadcasts."""

    mailing: Mailing = field(default_factory=Mailing)

    def __post_init__(self) -> None:
        self.world: World = self.mailing.world
        self.app, self.store, self.clock = self.world.app, self.world.store, self.world.clock
        words = EmailWords("News", "News for {{first_name|you}}", BODY)
        self.email = add_email(self.app, TENANT, "news", words, "Bea").email

    def people(self, number: int, domain: str = "people.test") -> list[PersonId]:
        return [self.mailing.person(f"p{n:04}@{domain}") for n in range(number)]

    def listed(self, name: str, people: Iterable[PersonId] = (), **changes: object) -> ListId:
        """A list made by hand with these people on it."""
        keys = map(person_member, people)
        return self.list_of(name, keys, **changes)

    def list_of(self, name: str, keys: Iterable[MemberKey], **changes: object) -> ListId:
        now, list_id = self.clock.now(), ListId(name)
        members = [Member(key, now) for key in keys]
        if list_id not in self.store.lists(TENANT, [list_id]):
            one = PeopleList(TENANT, list_id, ListKind.MANUAL, name, now, now, members=len(members))
            self.store.save_list(replace(one, **changes))  # type: ignore[arg-type]
        self.store.put_members(TENANT, list_id, members)
        return list_id

    def planned(self, *lists: ListId, key: str = "b", **changes: object) -> Broadcast:
        """A draft that was counted."""
        plan = Plan("March", self.email.email_id, lists)
        after = replace(plan, **changes)  # type: ignore[arg-type]
        broadcast = add_broadcast(self.app, TENANT, key, after, "Bea")
        self.do(DoPeopleJob)
        return broadcast

    def do(self, kind: type) -> None:
        """Carry out the messages of one kind that wait."""
        heap = self.world.queue._heap
        found = sorted(one for one in heap if isinstance(one[2], kind))
        heap[:] = [one for one in heap if one not in found]
        heapify(heap)
        for _, _, message in found:
            self.world.handle(message)

    def job(self, broadcast: Broadcast) -> Job:
        found = count_of(self.app, self.now(broadcast))
        assert found is not None
        return found

    def counted(self, broadcast: Broadcast) -> AudienceCount:
        return counted_so_far(self.job(broadcast))

    def now(self, broadcast: Broadcast) -> Broadcast:
        return broadcast_of(self.app, TENANT, BroadcastId(broadcast.broadcast_id))

    def confirm(self, broadcast: Broadcast) -> Broadcast:
        one = self.now(broadcast)
        people = self.counted(one).will_get
        return confirm_broadcast(self.app, TENANT, one.broadcast_id, one.edition, people, "Bea")

    def sent(self, *lists: ListId, **changes: object) -> Broadcast:
        """One that is planned, confirmed, and carried out to the end."""
        broadcast = self.planned(*lists, **changes)  # type: ignore[arg-type]
        self.confirm(broadcast)
        self.rest()
        return self.now(broadcast)

    def rest(self, minutes: int = 60) -> None:
        """Until nothing is left to do, or so many minutes are over."""
        for _ in range(minutes):
            self.world.drain(3000)
            start_broadcasts(self.app)
            start_mails(self.app)
            soon = self.clock.now() + timedelta(minutes=15)
            mails = self.store.all_mails.values()
            if (
                not self.world.queue.waiting
                and not self.store.due_broadcasts(soon, 1)
                and not any(one.due_at is not None and one.due_at < soon for one in mails)
            ):
                return
            self.world.drain(3000)
            self.clock.advance(60)

    def go(self, broadcast: Broadcast) -> None:
        self.world.handle(SendBroadcast(TENANT, broadcast.broadcast_id))

    def deliver(self) -> None:
        self.world.handle(SendMails(TENANT))

    def totals(self, broadcast: Broadcast) -> MailTotals:
        return totals(self.app, TENANT, "broadcast", broadcast.broadcast_id)

    def mails(self, broadcast: Broadcast) -> list[Mail]:
        found = self.store.all_mails.values()
        return [one for one in found if one.about.get("broadcast") == broadcast.broadcast_id]

    @property
    def addresses(self) -> list[str]:
        """To whom mail went out, in order."""
        return sorted(one.to_address for one in self.mailing.mailer.sent)
