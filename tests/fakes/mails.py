"""Mail and mail settings in memory."""

import threading
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

from funnel.adapters.dynamodb.tables import moment
from funnel.domain.errors import Conflict
from funnel.domain.ids import PersonId, SugarId, TenantId
from funnel.domain.mail.mail_caps import Received
from funnel.domain.mail.mail_states import refused, unclear
from funnel.domain.mail.mail_tallies import change
from funnel.domain.mail.mail_totals import (
    About,
    MailTotals,
    Outcome,
    counted_by,
    made_of,
    outcome_of,
    tally_of,
)
from funnel.domain.mail.mails import (
    Mail,
    MailContent,
    MailId,
    MailSeen,
    MailState,
    MailToken,
    TrackedMail,
)
from funnel.domain.mail.senders import MailSettings
from funnel.ports.store import Listing
from tests.fakes.listing import page_of

_Of = tuple[TenantId, MailId]


def _nothing() -> tuple[dict[str, int], dict[str, tuple[int, int]]]:
    return {}, {}


class MemoryMails:
    """`MailStore` in memory. Nothing is forgotten by time."""

    def __init__(self) -> None:
        super().__init__()
        self._mails_lock = threading.RLock()
        self.all_mails: dict[_Of, Mail] = {}
        self._contents: dict[_Of, MailContent] = {}
        self._tracked: dict[MailToken, TrackedMail] = {}
        self._seen: dict[_Of, dict[str, MailSeen]] = defaultdict(dict)
        self._sent_from: dict[_Of, str] = {}
        self._mail_settings: dict[TenantId, MailSettings] = {}
        self._received: dict[tuple[TenantId, PersonId], Received] = {}
        self._senders: dict[TenantId, datetime] = {}
        self._sights: dict[tuple[MailToken, date], int] = defaultdict(int)
        self._sums: dict[
            tuple[TenantId, About], tuple[dict[str, int], dict[str, tuple[int, int]]]
        ] = defaultdict(_nothing)

    def add_mail(self, mail: Mail, content: MailContent) -> Mail:
        """Keep a new mail with its content."""
        with self._mails_lock:
            key = (mail.tenant, mail.mail_id)
            if key in self.all_mails:
                raise Conflict("This mail was asked for already.")
            self._contents[key] = content
            return self._put(mail)

    def add_mails(self, asked: Sequence[tuple[Mail, MailContent]]) -> list[bool]:
        """Keep new mails, each with its content or not at all."""
        kept = []
        for mail, content in asked:
            try:
                self.add_mail(mail, content)
            except Conflict:
                kept.append(False)
            else:
                kept.append(True)
        return kept

    def save_mail(self, mail: Mail) -> Mail:
        """Write it if its version still stands."""
        with self._mails_lock:
            key = (mail.tenant, mail.mail_id)
            stored = self.all_mails.get(key)
            if stored is None or stored.version != mail.version:
                raise Conflict("This mail was changed meanwhile.")
            return self._put(mail)

    def claim_mail(self, mail: Mail, tracked: TrackedMail, received: Received | None) -> Mail:
        """Write a mail that is about to be handed over, its public side, and what its person received."""
        with self._mails_lock:
            if received is not None:
                whose = (received.tenant, received.person_id)
                if self._received_by(*whose).version != received.version:
                    raise Conflict("This person received another mail meanwhile.")
            after = self.save_mail(mail)
            self._tracked[tracked.token] = tracked
            if received is not None:
                self._received[whose] = replace(received, version=received.version + 1)
            return after

    def _put(self, mail: Mail) -> Mail:
        """The mail as it is stored, after what changed of it was added to the totals."""
        after = replace(mail, version=mail.version + 1, tallied=tally_of(mail))
        more = change(mail.tallied, after.tallied)
        for about in counted_by(mail.about):
            counts, links = self._sums[mail.tenant, about]
            for name, by in more.counts.items():
                counts[name] = counts.get(name, 0) + by
            for target, (people, clicks) in more.links.items():
                before = links.get(target, (0, 0))
                links[target] = (before[0] + people, before[1] + clicks)
        self.all_mails[mail.tenant, mail.mail_id] = after
        return after

    def mail_totals(self, tenant: TenantId, about: About, *, with_links: bool = True) -> MailTotals:
        """What all mails counted by this come to."""
        with self._mails_lock:
            counts, links = self._sums[tenant, about]
            return made_of(counts, links if with_links else {})

    def mails_about(
        self, tenant: TenantId, about: About, outcome: Outcome, limit: int, cursor: str = ""
    ) -> Listing[Mail]:
        """Mails of a broadcast or step that came so far."""
        rows = [
            (f"{moment(one.asked_at)}#{one.mail_id}", one)
            for one in self._of(tenant)
            if about in counted_by(one.about) and outcome_of(one) is outcome
        ]
        return page_of(rows, limit, cursor)

    def received(self, tenant: TenantId, people: Iterable[PersonId]) -> dict[PersonId, Received]:
        """The marketing mails that these people received lately."""
        with self._mails_lock:
            return {one: self._received_by(tenant, one) for one in people}

    def _received_by(self, tenant: TenantId, person_id: PersonId) -> Received:
        return self._received.get((tenant, person_id), Received(tenant, person_id))

    def note_sender(self, tenant: TenantId, until: datetime) -> None:
        """Say that a worker of this tenant sends mail until then."""
        self._senders[tenant] = until

    def senders(self, now: datetime) -> list[TenantId]:
        """Whose mail is being sent now."""
        return sorted(one for one, until in self._senders.items() if until > now)

    def forget_sender(self, tenant: TenantId) -> None:
        """Say that nothing of this tenant is sent any more."""
        self._senders.pop(tenant, None)

    def mail(self, tenant: TenantId, mail_id: MailId) -> Mail | None:
        """One mail."""
        return self.all_mails.get((tenant, mail_id))

    def mails(self, tenant: TenantId, ids: Iterable[MailId]) -> dict[MailId, Mail]:
        """The mails with these ids that are there."""
        found = {one: self.all_mails.get((tenant, one)) for one in ids}
        return {one: mail for one, mail in found.items() if mail is not None}

    def mail_content(self, tenant: TenantId, mail_id: MailId) -> MailContent | None:
        """What a mail says."""
        return self._contents.get((tenant, mail_id))

    def mail_contents(self, tenant: TenantId, ids: Iterable[MailId]) -> dict[MailId, MailContent]:
        """What these mails say."""
        return {one: self._contents[tenant, one] for one in ids if (tenant, one) in self._contents}

    def mails_of_sender(
        self, tenant: TenantId, sender: SugarId, limit: int, cursor: str = ""
    ) -> Listing[Mail]:
        """What a Sugar user wrote, newest first."""
        rows = [
            (f"{moment(one.asked_at)}#{one.mail_id}", one)
            for one in self._of(tenant)
            if sender and one.sender == sender
        ]
        return page_of(rows, limit, cursor, newest=True)

    def mails_of_person(
        self, tenant: TenantId, person_id: PersonId, limit: int, cursor: str = ""
    ) -> Listing[Mail]:
        """What was written to a person, newest first."""
        rows = [
            (f"mail#{moment(one.asked_at)}#{one.mail_id}", one)
            for one in self._of(tenant)
            if one.person_id == person_id
        ]
        return page_of(rows, limit, cursor, newest=True)

    def due_mails(self, tenant: TenantId, now: datetime, limit: int) -> list[Mail]:
        """The first of what is due by now, urgent ones first."""
        rows = [
            (not one.is_urgent, one.due_at, one.mail_id, one)
            for one in self._of(tenant)
            if one.due_at is not None and one.due_at <= now
        ]
        return [row[3] for row in sorted(rows, key=lambda row: row[:3])][:limit]

    def count_due_mails(self, tenant: TenantId, now: datetime, most: int) -> int:
        """How much that nobody waits for is due by now."""
        due = self.due_mails(tenant, now, len(self.all_mails))
        return min(most, sum(not one.is_urgent for one in due))

    def tenants_with_due_mails(self, now: datetime) -> list[TenantId]:
        """Who has mail that is due by now."""
        tenants = {tenant for tenant, _ in self.all_mails}
        return sorted(one for one in tenants if self.due_mails(one, now, 1))

    def unclear_mails(self, tenant: TenantId, limit: int, cursor: str = "") -> Listing[Mail]:
        """Mail of which nobody can tell whether it went out, oldest first."""
        rows = [
            (f"{moment(one.claimed_at)}#{one.mail_id}", one)
            for one in self._of(tenant)
            if one.state is MailState.UNCLEAR and one.claimed_at is not None
        ]
        return page_of(rows, limit, cursor)

    def save_tracked(self, tracked: TrackedMail) -> None:
        """Keep what a mail's public addresses stand on."""
        with self._mails_lock:
            if (tracked.tenant, tracked.mail_id) in self.all_mails:
                self._tracked[tracked.token] = tracked

    def tracked_mail(self, token: MailToken) -> TrackedMail | None:
        """What a mail's public addresses stand on."""
        return self._tracked.get(token)

    def count_sight(self, token: MailToken, day: date, most: int) -> bool:
        """Count a request for a public address of a mail."""
        with self._mails_lock:
            if self._sights[token, day] >= most:
                return False
            self._sights[token, day] += 1
            return True

    def keep_seen(self, tenant: TenantId, mail_id: MailId, seen: MailSeen) -> None:
        """Keep an open or click; one of an older version changes nothing."""
        with self._mails_lock:
            if (tenant, mail_id) not in self.all_mails:
                return
            kept = self._seen[tenant, mail_id]
            before = kept.get(seen.activity_id)
            if before is None or before.version < seen.version:
                kept[seen.activity_id] = seen

    def seen_of(self, tenant: TenantId, mail_id: MailId) -> list[MailSeen]:
        """All opens and clicks of a mail that are kept."""
        with self._mails_lock:
            kept = self._seen.get((tenant, mail_id), {})
            return [kept[one] for one in sorted(kept)]

    def keep_sent_from(self, tenant: TenantId, mail_id: MailId, ip: str, until: datetime) -> None:
        """Keep from which IP address it was written."""
        self._sent_from[tenant, mail_id] = ip

    def sent_from(self, tenant: TenantId, mail_id: MailId) -> str:
        """The IP address it was written from."""
        return self._sent_from.get((tenant, mail_id), "")

    def mail_settings(self, tenant: TenantId) -> MailSettings:
        """The tenant's mail settings."""
        return self._mail_settings.get(tenant, MailSettings(tenant))

    def save_mail_settings(self, settings: MailSettings) -> MailSettings:
        """Write them if their version still stands."""
        with self._mails_lock:
            if self.mail_settings(settings.tenant).version != settings.version:
                raise Conflict("Somebody else changed them meanwhile.")
            after = replace(settings, version=settings.version + 1)
            self._mail_settings[settings.tenant] = after
            return after

    def _of(self, tenant: TenantId) -> list[Mail]:
        with self._mails_lock:
            return [one for (whose, _), one in self.all_mails.items() if whose == tenant]

    def forget_mail(self, mail: Mail) -> None:
        """Remove it with all that is kept of it."""
        at = (mail.tenant, mail.mail_id)
        with self._mails_lock:
            if at in self.all_mails:
                self.save_mail(mail)
            self._remove(at)

    def _remove(self, at: _Of) -> None:
        mail = self.all_mails.pop(at, None)
        if mail is not None:
            self._tracked.pop(mail.token, None)
        for kept in (self._contents, self._seen, self._sent_from):
            kept.pop(at, None)

    def _purge_mails(self, tenant: TenantId, people: Iterable[PersonId]) -> int:
        gone = [(tenant, one.mail_id) for one in self._of(tenant) if one.goes_with in people]
        for at in gone:
            mail = self.all_mails[at]
            if mail.state is MailState.QUEUED:
                mail = self._put(refused(mail, ""))
            elif mail.state is MailState.SENDING:
                mail = self._put(unclear(mail))
            self._remove(at)
        for person_id in people:
            self._received.pop((tenant, person_id), None)
        return len(gone)
