"""Mail and mail settings in memory."""

import threading
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from funnel.adapters.dynamodb.tables import moment
from funnel.domain.errors import Conflict
from funnel.domain.ids import PersonId, SugarId, TenantId
from funnel.domain.mails import (
    Mail,
    MailContent,
    MailId,
    MailSeen,
    MailState,
    MailToken,
    TrackedMail,
)
from funnel.domain.senders import MailSettings
from funnel.ports.store import Listing
from tests.fakes.listing import page_of

_Of = tuple[TenantId, MailId]


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

    def add_mail(self, mail: Mail, content: MailContent) -> Mail:
        """Keep a new mail with its content."""
        with self._mails_lock:
            key = (mail.tenant, mail.mail_id)
            if key in self.all_mails:
                raise Conflict("This mail was asked for already.")
            self._contents[key] = content
            self.all_mails[key] = replace(mail, version=1)
            return self.all_mails[key]

    def save_mail(self, mail: Mail) -> Mail:
        """Write it if its version still stands."""
        with self._mails_lock:
            key = (mail.tenant, mail.mail_id)
            stored = self.all_mails.get(key)
            if stored is None or stored.version != mail.version:
                raise Conflict("This mail was changed meanwhile.")
            self.all_mails[key] = replace(mail, version=mail.version + 1)
            return self.all_mails[key]

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

    def _purge_mails(self, tenant: TenantId, people: Iterable[PersonId]) -> int:
        gone = [(tenant, one.mail_id) for one in self._of(tenant) if one.person_id in people]
        for at in gone:
            self._tracked.pop(self.all_mails.pop(at).token, None)
            for kept in (self._contents, self._seen, self._sent_from):
                kept.pop(at, None)
        return len(gone)
