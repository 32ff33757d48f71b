"""A mail service in memory, and a cleaner that trusts its tests."""

from dataclasses import dataclass, field

from funnel.domain.errors import FunnelError, NotAllowed
from funnel.domain.ids import TenantId
from funnel.domain.mail.senders import DomainState
from funnel.ports.mailer import Outgoing

RECORDS = (("a._domainkey.example.test", "a.dkim.example.net"),)


@dataclass
class MemoryMailer:
    """`Mailer` in memory: `sent` is what went out, `fails` is raised instead, the first one first.

    Domains in `verified` are verified as soon as they are known.
    """

    sent: list[Outgoing] = field(default_factory=list)
    fails: list[FunnelError] = field(default_factory=list)
    owners: dict[str, TenantId] = field(default_factory=dict)
    verified: set[str] = field(default_factory=set)

    def send(self, outgoing: Outgoing) -> str:
        """Send it."""
        if self.fails:
            raise self.fails.pop(0)
        self.sent.append(outgoing)
        return f"message-{len(self.sent)}"

    def domain(self, domain: str) -> DomainState | None:
        """What is known of a domain."""
        if domain not in self.owners:
            return None
        is_verified = domain in self.verified
        status = "SUCCESS" if is_verified else "PENDING"
        return DomainState(domain, is_verified, status, RECORDS)

    def add_domain(self, tenant: TenantId, domain: str) -> DomainState:
        """Make the domain known as the tenant's."""
        if self.owners.setdefault(domain, tenant) != tenant:
            raise NotAllowed("This domain is in use already.")
        found = self.domain(domain)
        assert found is not None
        return found


class PlainCleaner:
    """`HtmlCleaner` that changes nothing: what it is given is harmless."""

    def clean(self, html: str) -> str:
        """The same."""
        return html

    def inlined(self, html: str, css: str) -> str:
        """The same: whoever looks at styles takes the real one."""
        return html
