"""What sends mail, and what makes written HTML harmless."""

from dataclasses import dataclass
from typing import Protocol

from funnel.domain.ids import TenantId
from funnel.domain.mail.mails import MailId
from funnel.domain.mail.senders import DomainState


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One mail as it goes out. Addresses are in their ASCII form.

    `unsubscribe_url` takes a POST without asking (RFC 8058). Tenant, id and attempt go along as
    message tags, so that what the service tells of it leads back.
    """

    tenant: TenantId
    mail_id: MailId
    attempt: int
    from_name: str
    from_address: str
    to_address: str
    reply_to: str
    subject: str
    html: str
    text: str
    unsubscribe_url: str


class Mailer(Protocol):
    """The mail service."""

    def send(self, outgoing: Outgoing) -> str:
        """Send it, once; the service's id of the message.

        Raises `MailBusy` where it was certainly not sent and may be later, `MailRefused` where it was
        certainly not sent and never will be, and `MailUnclear` where nobody can tell.
        """

    def domain(self, domain: str) -> DomainState | None:
        """What the service says of a domain; None for one it does not know. Raises `MailBusy`."""

    def add_domain(self, tenant: TenantId, domain: str) -> DomainState:
        """Make the domain known to the service as the tenant's; again changes nothing.

        Raises `NotAllowed` for one that is another tenant's or was set up by somebody else, and
        `MailBusy`.
        """


class HtmlCleaner(Protocol):
    """Makes HTML that somebody wrote harmless."""

    def clean(self, html: str) -> str:
        """The HTML with nothing in it that runs, loads pages or hides; well-formed."""

    def inlined(self, html: str, css: str) -> str:
        """Clean HTML with each rule of a clean style sheet in the tags that it is about."""
