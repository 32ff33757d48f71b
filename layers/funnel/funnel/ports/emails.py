"""Where emails that marketers wrote are kept. What `ports/store.py` says of stores holds."""

from typing import Protocol

from funnel.domain.emails.emails import Email, EmailHead, EmailId
from funnel.domain.ids import TenantId


class EmailStore(Protocol):
    """Emails, some of them Sales Templates."""

    def emails(self, tenant: TenantId) -> list[EmailHead]:
        """All emails of a tenant by name, without what they say; consistent. There are few."""

    def email(self, tenant: TenantId, email_id: EmailId) -> Email | None:
        """One email whole; consistent."""

    def save_email(self, email: Email) -> Email:
        """Write it if its version still stands; the stored one. Raises `Conflict`."""

    def delete_email(self, email: Email) -> None:
        """Remove it if its version still stands. Raises `Conflict`."""
