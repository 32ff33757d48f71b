"""Emails that marketers write: what is to be read, with merge fields, and what of it a rep may change."""

from collections.abc import Collection
from dataclasses import dataclass, fields, replace
from datetime import datetime
from hashlib import sha256
from typing import NewType

from funnel.domain.emails.block_html import CSS_OF_BLOCKS
from funnel.domain.emails.css_rules import sheet_of
from funnel.domain.emails.email_blocks import TEXTS_IN, Block, Look
from funnel.domain.errors import InputInvalid
from funnel.domain.ids import TenantId
from funnel.domain.mail.mail_addresses import LONGEST_SUBJECT, checked_header
from funnel.domain.mail.mail_fields import FIELDS, FOOTER
from funnel.domain.mail.mail_pages import MailPage
from funnel.domain.mail.merge_fields import checked_template
from funnel.domain.problems import Problems

EmailId = NewType("EmailId", str)

MOST_EMAILS = 500
LONGEST_NAME = 100
LONGEST_PREHEADER = 200
LONGEST_TEXT = 60_000
MOST_BYTES = 250_000
"""Of all that was written: a row of the table holds 400 KB."""


@dataclass(frozen=True, slots=True)
class EmailHead:
    """What a list shows of an email. One that is archived is offered nowhere any more."""

    tenant: TenantId
    email_id: EmailId
    name: str
    subject: str
    sales_template: bool
    changed_at: datetime
    changed_by: str
    version: int = 0
    archived_at: datetime | None = None

    @property
    def is_offered(self) -> bool:
        """Whether reps find it as a Sales Template."""
        return self.sales_template and self.archived_at is None


@dataclass(frozen=True, slots=True)
class Email:
    """An email as it was written, made harmless: reps change the subject and body of a Sales Template.

    `header` and `footer` are the frame of the brand, which they cannot change. Of one that was made of
    `blocks`, body and footer are made from them and their `look`; `css` is the style sheet that
    somebody brought with HTML of their own. `text` is a text part of one's own, "" for one made from
    the HTML, and `text_for` marks the HTML that it was written for. `preheader` is what an inbox
    shows behind the subject.
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
    preheader: str = ""
    blocks: tuple[Block, ...] = ()
    look: Look = Look()
    css: str = ""
    text: str = ""
    text_for: str = ""
    archived_at: datetime | None = None

    @property
    def head(self) -> EmailHead:
        """What a list shows of it."""
        return EmailHead(**{one.name: getattr(self, one.name) for one in fields(EmailHead)})

    @property
    def html(self) -> str:
        """All of its HTML."""
        return self.header + self.body + self.footer

    @property
    def mark(self) -> str:
        """What tells its HTML from any other."""
        return sha256(self.html.encode()).hexdigest()[:16]

    @property
    def text_is_old(self) -> bool:
        """Whether the HTML has changed since its own text part was written."""
        return bool(self.text) and self.text_for != self.mark

    @property
    def page(self) -> MailPage:
        """What is around its words; merge fields of the preheader are still to be filled in."""
        if self.blocks:
            return MailPage(self.preheader, CSS_OF_BLOCKS, self.look.background)
        sheet = sheet_of(self.css)
        return MailPage(self.preheader, sheet.kept, sheet.background)


def templates_of(email: Email) -> tuple[str, ...]:
    """All of an email that may have merge fields."""
    return email.subject, email.preheader, email.header, email.body, email.footer, email.text


def checked_email(email: Email, known: Collection[str] = (*FIELDS, *FOOTER)) -> Email:
    """The email with name and subject as they can be. Raises `InputInvalid` naming the field.

    `known` are the merge fields that there are.
    """
    wrong = Problems()
    with wrong.found():
        check_heads(email.name, email.subject, email.preheader, known)
    parts = {"header": email.header, "body": email.body, "footer": email.footer}
    for field, part in {**parts, "text": email.text}.items():
        with wrong.found():
            checked_template(part, known, field)
    with wrong.found():
        if not email.body.strip():
            raise InputInvalid("Write something.", field="body")
    with wrong.found():
        if len(email.text) > LONGEST_TEXT:
            raise InputInvalid(f"At most {LONGEST_TEXT} characters.", field="text")
    wrong.raise_all()
    name, subject, preheader = check_heads(email.name, email.subject, email.preheader, known)
    lines = {"subject": subject, "preheader": preheader}
    written = (*lines.values(), *parts.values(), email.text, email.css, *_of_blocks(email.blocks))
    if sum(len(text.encode()) for text in written) > MOST_BYTES:
        raise InputInvalid(f"At most {MOST_BYTES // 1000} KB of HTML.", field="body")
    return replace(email, name=name, subject=subject, preheader=preheader)


def check_heads(
    name: str, subject: str, preheader: str, known: Collection[str]
) -> tuple[str, str, str]:
    """Name, subject and preheader as they can be. Raises `InputInvalid` for all that is wrong with them."""
    wrong = Problems()
    with wrong.found():
        name = checked_header(name, "name", LONGEST_NAME)
        if not name:
            raise InputInvalid("Enter a name, by which it is found again.", field="name")
    with wrong.found():
        subject = checked_header(subject, "subject", LONGEST_SUBJECT)
        if not subject:
            raise InputInvalid("Enter a subject.", field="subject")
        checked_template(subject, set(known) - set(FOOTER), "subject")
    with wrong.found():
        preheader = checked_header(preheader, "preheader", LONGEST_PREHEADER)
        checked_template(preheader, set(known) - set(FOOTER), "preheader")
    wrong.raise_all()
    return name, subject, preheader


def _of_blocks(blocks: tuple[Block, ...]) -> list[str]:
    return [getattr(one, name) for one in blocks for name in TEXTS_IN]
