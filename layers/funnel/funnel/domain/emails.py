"""Emails that marketers write: what is to be read, with merge fields, and what of it a rep may change."""

from dataclasses import dataclass
from datetime import datetime
from typing import NewType

from funnel.domain.errors import InputInvalid
from funnel.domain.ids import TenantId
from funnel.domain.mail_addresses import LONGEST_SUBJECT, checked_header
from funnel.domain.mail_fields import FIELDS
from funnel.domain.merge_fields import checked_template

EmailId = NewType("EmailId", str)

MOST_EMAILS = 500
LONGEST_NAME = 100
MOST_BYTES = 250_000
"""Of its HTML: a row of the table holds 400 KB."""


@dataclass(frozen=True, slots=True)
class EmailHead:
    """What a list shows of an email."""

    tenant: TenantId
    email_id: EmailId
    name: str
    subject: str
    sales_template: bool
    changed_at: datetime
    changed_by: str
    version: int = 0


@dataclass(frozen=True, slots=True)
class Email:
    """An email as it was written, made harmless: reps change the subject and body of a Sales Template.

    `header` and `footer` are the frame of the brand, which they cannot change.
    """

    tenant: TenantId
    email_id: EmailId
    name: str
    subject: str
    header: str
    body: str
    footer: str
    sales_template: bool
    created_at: datetime
    changed_at: datetime
    changed_by: str
    version: int = 0

    @property
    def head(self) -> EmailHead:
        """What a list shows of it."""
        return EmailHead(
            self.tenant,
            self.email_id,
            self.name,
            self.subject,
            self.sales_template,
            self.changed_at,
            self.changed_by,
            self.version,
        )


def checked_email(email: Email) -> Email:
    """The email with name and subject as they can be. Raises `InputInvalid` naming the field."""
    name = checked_header(email.name, "name", LONGEST_NAME)
    if not name:
        raise InputInvalid("Enter a name, by which it is found again.", field="name")
    subject = checked_header(email.subject, "subject", LONGEST_SUBJECT)
    if not subject:
        raise InputInvalid("Enter a subject.", field="subject")
    parts = {"subject": subject, "header": email.header, "body": email.body, "footer": email.footer}
    for field, text in parts.items():
        checked_template(text, FIELDS, field)
    if not email.body.strip():
        raise InputInvalid("Write something.", field="body")
    if sum(len(text.encode()) for text in parts.values()) > MOST_BYTES:
        raise InputInvalid(f"At most {MOST_BYTES // 1000} KB of HTML.", field="body")
    return Email(
        email.tenant,
        email.email_id,
        name,
        subject,
        email.header,
        email.body,
        email.footer,
        email.sales_template,
        email.created_at,
        email.changed_at,
        email.changed_by,
        email.version,
    )
