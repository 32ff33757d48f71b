"""Emails in memory."""

import threading
from dataclasses import replace

from funnel.adapters.dynamodb.emails import by_name
from funnel.domain.emails.emails import Email, EmailHead, EmailId
from funnel.domain.errors import Conflict
from funnel.domain.ids import TenantId


class MemoryEmails:
    """`EmailStore` in memory."""

    def __init__(self) -> None:
        super().__init__()
        self._emails_lock = threading.RLock()
        self._emails: dict[tuple[TenantId, EmailId], Email] = {}

    def emails(self, tenant: TenantId) -> list[EmailHead]:
        """All emails of a tenant by name."""
        with self._emails_lock:
            found = [one.head for (whose, _), one in self._emails.items() if whose == tenant]
        return sorted(found, key=by_name)

    def email(self, tenant: TenantId, email_id: EmailId) -> Email | None:
        """One email whole."""
        return self._emails.get((tenant, email_id))

    def save_email(self, email: Email) -> Email:
        """Write it if its version still stands."""
        with self._emails_lock:
            self._check_stands(email)
            after = replace(email, version=email.version + 1)
            self._emails[email.tenant, email.email_id] = after
            return after

    def delete_email(self, email: Email) -> None:
        """Remove it if its version still stands."""
        with self._emails_lock:
            self._check_stands(email)
            self._emails.pop((email.tenant, email.email_id), None)

    def _check_stands(self, email: Email) -> None:
        stored = self._emails.get((email.tenant, email.email_id))
        if (stored.version if stored else 0) != email.version:
            raise Conflict("Somebody else changed this email meanwhile.")
