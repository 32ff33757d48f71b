"""A tenant's mail settings, and the mail that nobody is sure of, as people see them."""

from dataclasses import dataclass
from datetime import datetime

from funnel.domain.ids import PersonId, TenantId
from funnel.domain.mail.mail_caps import MailCap
from funnel.domain.mail.mails import Mail, MailId
from funnel.domain.mail.senders import MailSettings, why_unfit
from funnel.usecases.app import App
from funnel.usecases.view_common import PAGE_SIZE


@dataclass(frozen=True, slots=True)
class DnsRecord:
    """A CNAME record that verifies a domain."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class DomainView:
    """A domain that mail is sent from."""

    domain: str
    verified: bool
    status: str
    checked_at: datetime
    records: tuple[DnsRecord, ...]


@dataclass(frozen=True, slots=True)
class TroubleView:
    """Why mail waits, and since when."""

    reason: str
    since: datetime


@dataclass(frozen=True, slots=True)
class MailSettingsView:
    """Mail settings. `unfit` says why nothing can be sent, "" if it can. `trouble` is why mail waits just now.

    With `notes_in_sugar` what sales reps send becomes a Note in Sugar. `cap` is how much marketing
    mail one person gets at most.
    """

    from_name: str
    from_address: str
    postal_address: str
    unsubscribe_label: str
    domains: tuple[DomainView, ...]
    unfit: str
    notes_in_sugar: bool
    cap: MailCap
    trouble: TroubleView | None = None


@dataclass(frozen=True, slots=True)
class UnclearMail:
    """A mail of which nobody can tell whether it went out."""

    mail_id: MailId
    person_id: PersonId
    address: str
    subject: str
    tried_at: datetime | None


@dataclass(frozen=True, slots=True)
class UnclearPage:
    """A page of them, oldest first."""

    items: tuple[UnclearMail, ...]
    cursor: str


def mail_settings_view(app: App, tenant: TenantId) -> MailSettingsView:
    """The settings as they stand."""
    return shown_settings(app, app.mails.mail_settings(tenant))


def shown_settings(app: App, settings: MailSettings) -> MailSettingsView:
    """These settings for people."""
    trouble = settings.trouble_now(app.clock.now())
    return MailSettingsView(
        settings.from_name,
        settings.from_address,
        settings.postal_address,
        settings.unsubscribe_label,
        tuple(
            DomainView(
                one.state.domain,
                one.state.verified,
                one.state.status,
                one.checked_at,
                tuple(DnsRecord(name, value) for name, value in one.state.records),
            )
            for one in settings.domains
        ),
        why_unfit(settings, settings.from_address),
        settings.notes_in_sugar,
        settings.cap,
        TroubleView(trouble.reason, trouble.since) if trouble else None,
    )


def unclear_page(
    app: App, tenant: TenantId, cursor: str = "", limit: int = PAGE_SIZE
) -> UnclearPage:
    """The mail that nobody is sure of."""
    found = app.mails.unclear_mails(tenant, limit, cursor)
    return UnclearPage(tuple(map(_unclear, found.items)), found.cursor)


def _unclear(mail: Mail) -> UnclearMail:
    return UnclearMail(mail.mail_id, mail.person_id, mail.address, mail.subject, mail.claimed_at)
