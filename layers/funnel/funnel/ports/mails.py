"""Where mail and a tenant's mail settings are kept. What `ports/store.py` says of stores holds."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Protocol

from funnel.domain.ids import PersonId, SugarId, TenantId
from funnel.domain.mail.mail_caps import Received
from funnel.domain.mail.mail_totals import About, MailTotals, Outcome
from funnel.domain.mail.mails import Mail, MailContent, MailId, MailSeen, MailToken, TrackedMail
from funnel.domain.mail.senders import MailSettings
from funnel.ports.listing import Listing


class MailStore(Protocol):
    """Mail, kept for 400 days."""

    def add_mail(self, mail: Mail, content: MailContent) -> Mail:
        """Keep a new mail with its content, both or none; the stored one. Raises `Conflict`."""

    def add_mails(self, asked: Sequence[tuple[Mail, MailContent]]) -> list[bool]:
        """Keep new mails, each with its content or not at all; False for one that is there already."""

    def save_mail(self, mail: Mail) -> Mail:
        """Write it if its version still stands; the stored one. Raises `Conflict`."""

    def mail(self, tenant: TenantId, mail_id: MailId) -> Mail | None:
        """One mail."""

    def mails(self, tenant: TenantId, ids: Iterable[MailId]) -> dict[MailId, Mail]:
        """The mails with these ids that are there."""

    def mail_content(self, tenant: TenantId, mail_id: MailId) -> MailContent | None:
        """What a mail says."""

    def mail_contents(self, tenant: TenantId, ids: Iterable[MailId]) -> dict[MailId, MailContent]:
        """What these mails say; those that are gone are absent."""

    def claim_mail(self, mail: Mail, tracked: TrackedMail, received: Received | None) -> Mail:
        """Write a mail that is about to be handed over, its public side, and what its person received.

        All or none; the stored mail. Raises `Conflict` if the version of the mail or of `received`
        does not stand any more.
        """

    def received(self, tenant: TenantId, people: Iterable[PersonId]) -> dict[PersonId, Received]:
        """The marketing mails that these people received lately; empty rows of version 0 where none."""

    def mail_totals(self, tenant: TenantId, about: About, *, with_links: bool = True) -> MailTotals:
        """What all mails counted by this come to: written with each mail, in its transaction; consistent.

        Its links are read only `with_links`, and of these the rows of some hundred at most.
        """

    def mails_about(
        self, tenant: TenantId, about: About, outcome: Outcome, limit: int, cursor: str = ""
    ) -> Listing[Mail]:
        """Listing: mails of a broadcast or step that came so far, by when they were asked for."""

    def note_sender(self, tenant: TenantId, until: datetime) -> None:
        """Say that a worker of this tenant sends mail until then, unless it says so again."""

    def senders(self, now: datetime) -> list[TenantId]:
        """Across tenants: whose mail is being sent now, by name; consistent."""

    def forget_sender(self, tenant: TenantId) -> None:
        """Say that nothing of this tenant is sent any more."""

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

    def count_due_mails(self, tenant: TenantId, now: datetime, most: int) -> int:
        """Listing: how much that nobody waits for is due by now; `most` where it is more."""

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

    def count_sight(self, token: MailToken, day: date, most: int) -> bool:
        """Count a request for a public address of a mail; False where it had `most` on that day."""

    def keep_seen(self, tenant: TenantId, mail_id: MailId, seen: MailSeen) -> None:
        """Keep an open or click; one of an older version, or of no mail, changes nothing."""

    def seen_of(self, tenant: TenantId, mail_id: MailId) -> list[MailSeen]:
        """All opens and clicks of a mail that are kept; consistent."""

    def keep_sent_from(self, tenant: TenantId, mail_id: MailId, ip: str, until: datetime) -> None:
        """Keep from which IP address it was written, until then."""

    def sent_from(self, tenant: TenantId, mail_id: MailId) -> str:
        """The IP address it was written from; "" where that is not known, or no longer."""

    def forget_mail(self, mail: Mail) -> None:
        """Remove it with all that is kept of it, counted as it is now; nothing where it is gone.

        Raises `Conflict` where its version does not stand any more.
        """

    def mail_settings(self, tenant: TenantId) -> MailSettings:
        """The tenant's mail settings; empty ones of version 0 where there are none."""

    def save_mail_settings(self, settings: MailSettings) -> MailSettings:
        """Write them if their version still stands; the stored ones. Raises `Conflict`."""
