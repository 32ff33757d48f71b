"""Emails as marketers see them: the list, one of them, and how it looks to a person."""

from dataclasses import dataclass
from datetime import datetime

from funnel.domain.emails import EmailHead, EmailId
from funnel.domain.errors import NotFound
from funnel.domain.ids import PersonId, TenantId
from funnel.domain.mail_fields import FIELDS
from funnel.domain.mail_frame import framed_text
from funnel.usecases.app import App
from funnel.usecases.compose_email import NOWHERE, preview_html
from funnel.usecases.create_person import living
from funnel.usecases.keep_emails import KeptEmail, email_of
from funnel.usecases.render_email import EmailRenderer


@dataclass(frozen=True, slots=True)
class EmailRow:
    """An email in the list."""

    email_id: EmailId
    name: str
    subject: str
    sales_template: bool
    changed_at: datetime
    changed_by: str


@dataclass(frozen=True, slots=True)
class EmailsView:
    """All emails by name, and the merge fields there are."""

    items: tuple[EmailRow, ...]
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EmailView:
    """An email whole. `version` goes along when it is changed.

    `removed` names what was taken out of what was just written, such as `<script>`.
    """

    email_id: EmailId
    name: str
    subject: str
    header: str
    body: str
    footer: str
    sales_template: bool
    changed_at: datetime
    changed_by: str
    version: int
    removed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EmailPreview:
    """An email as a person would see it; `name` is "" for somebody of whom nothing is known.

    `missing` names the merge fields that stay empty: nothing is known, and nothing stands in.
    """

    name: str
    subject: str
    html: str
    text: str
    preheader: str = ""
    missing: tuple[str, ...] = ()


def list_emails(app: App, tenant: TenantId) -> EmailsView:
    """All emails."""
    return EmailsView(tuple(map(_row, app.emails.emails(tenant))), FIELDS)


def one_email(app: App, tenant: TenantId, email_id: EmailId) -> EmailView:
    """One email. Raises `NotFound`."""
    return email_view(KeptEmail(email_of(app, tenant, email_id), ()))


def email_view(kept: KeptEmail) -> EmailView:
    """An email for people."""
    one = kept.email
    return EmailView(
        one.email_id,
        one.name,
        one.subject,
        one.header,
        one.body,
        one.footer,
        one.sales_template,
        one.changed_at,
        one.changed_by,
        one.version,
        kept.removed,
    )


def preview_email(
    app: App, tenant: TenantId, email_id: EmailId, person_id: PersonId | None = None
) -> EmailPreview:
    """How it looks to this person, or to somebody of whom nothing is known. Raises `NotFound`."""
    email = email_of(app, tenant, email_id)
    settings = app.mails.mail_settings(tenant)
    renderer, name = EmailRenderer(app, settings, email), ""
    if person_id:
        person = living(app, tenant, person_id)
        if person is None:
            raise NotFound("There is no such person.")
        name, seen = person.name, renderer.to_person(person)
    else:
        seen = renderer.to_nobody()
    return EmailPreview(
        name,
        seen.subject,
        preview_html(settings, seen.subject, seen.html, seen.page),
        framed_text(seen.text, settings, NOWHERE),
        seen.page.preheader,
        seen.missing,
    )


def _row(head: EmailHead) -> EmailRow:
    return EmailRow(
        head.email_id,
        head.name,
        head.subject,
        head.sales_template,
        head.changed_at,
        head.changed_by,
    )
