"""Where mail and a tenant's mail settings are kept. What `ports/store.py` says of stores holds."""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from funnel.domain.ids import PersonId, SugarId, TenantId
from funnel.domain.mails import Mail, MailContent, MailId, MailSeen, MailToken, TrackedMail
from funnel.domain.senders import MailSettings
from funnel.ports.listing import Listing


class MailStore(Protocol):
    """Mail, kept for 400 days."""

    def add_mail(self, mail: Mail, content: MailContent) -> Mail:
        """Keep a new mail with its content, both or none; the stored one. Raises `Conflict`."""

    def save_mail(self, mail: Mail) -> Mail:
        """Write it if its version still stands; the stored one. Raises `Conflict`."""

    def mail(self, tenant: TenantId, mail_id: MailId) -> Mail | None:
        """One mail."""

    def mails(self, tenant: TenantId, ids: Iterable[MailId]) -> dict[MailId, Mail]:
        """The mails with these ids that are there."""

    def mail_content(self, tenant: TenantId, mail_id: MailId) -> MailContent | None:
        """What a mail says."""

    def mails_of_sender(
        self, tenant: TenantId, sender: SugarId, limit: int, cursor: str = ""
    ) -> Listing[Mail]:
        """Listing: what a Sugar user wrote, by when it was asked for, newest first."""

    def mails_of_person(
        self, tenant: TenantId, person_id: PersonId, limit: int, cursor: str = ""
    ) -> Listing[Mail]:
        """Listing: what was written to a person, newest first."""

    def due_mails(self, tenant: TenantId, now: datetime, limit: int) -> list[Mail]:
        """Listing: the first of what is due by now, urgent ones first, then by when."""

    def tenants_with_due_mails(self, now: datetime) -> list[TenantId]:
        """Listing across tenants, for the schedule: who has mail that is due by now."""

    def unclear_mails(self, tenant: TenantId, limit: int, cursor: str = "") -> Listing[Mail]:
        """Listing: mail of which nobody can tell whether it went out, oldest first."""

    def save_tracked(self, tracked: TrackedMail) -> None:
        """Keep what a mail's public addresses stand on, in place of what was there.

        Nothing is kept of a mail that is not there: its person may have been erased meanwhile.
        """

    def tracked_mail(self, token: MailToken) -> TrackedMail | None:
        """What a mail's public addresses stand on, whosever it is."""

    def keep_seen(self, tenant: TenantId, mail_id: MailId, seen: MailSeen) -> None:
        """Keep an open or click; one of an older version, or of no mail, changes nothing."""

    def seen_of(self, tenant: TenantId, mail_id: MailId) -> list[MailSeen]:
        """All opens and clicks of a mail that are kept; consistent."""

    def keep_sent_from(self, tenant: TenantId, mail_id: MailId, ip: str, until: datetime) -> None:
        """Keep from which IP address it was written, until then."""

    def sent_from(self, tenant: TenantId, mail_id: MailId) -> str:
        """The IP address it was written from; "" where that is not known, or no longer."""

    def mail_settings(self, tenant: TenantId) -> MailSettings:
        """The tenant's mail settings; empty ones of version 0 where there are none."""

    def save_mail_settings(self, settings: MailSettings) -> MailSettings:
        """Write them if their version still stands; the stored ones. Raises `Conflict`."""
