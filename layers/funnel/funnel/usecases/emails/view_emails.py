"""Emails as marketers see them: the list, one of them, and how it looks to a person."""

from dataclasses import dataclass, replace
from datetime import datetime

from funnel.domain.emails.email_blocks import Block, Look, finished_blocks
from funnel.domain.emails.email_checks import Finding, findings
from funnel.domain.emails.emails import Email, EmailHead, EmailId
from funnel.domain.errors import InputInvalid, NotFound
from funnel.domain.ids import PersonId, TenantId
from funnel.domain.mail.mail_frame import framed_text
from funnel.usecases.app import App
from funnel.usecases.emails.compose_email import NOWHERE, preview_html
from funnel.usecases.emails.keep_emails import email_of
from funnel.usecases.emails.merge_values import known_fields
from funnel.usecases.emails.render_email import EmailRenderer
from funnel.usecases.emails.write_email import EmailWords, KeptEmail, drafted_email
from funnel.usecases.living import living
from funnel.usecases.uses.email_uses import EmailUse, uses_of


@dataclass(frozen=True, slots=True)
class EmailRow:
    """An email in the list."""

    email_id: EmailId
    name: str
    subject: str
    sales_template: bool
    changed_at: datetime
    changed_by: str
    archived_at: datetime | None


@dataclass(frozen=True, slots=True)
class EmailsView:
    """All emails by name, and the merge fields there are."""

    items: tuple[EmailRow, ...]
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EmailView:
    """An email whole. `version` goes along when it is changed.

    Of one of blocks, `body` and `footer` are what they come to. `text_is_old` says that the HTML has
    changed since its own text part was written. `removed` names what was taken out of what was just
    written, such as `<script>`.
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
    removed: tuple[str, ...]
    preheader: str
    blocks: tuple[Block, ...]
    look: Look
    css: str
    text: str
    text_is_old: bool
    archived_at: datetime | None
    uses: tuple[EmailUse, ...]


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
    fields = known_fields(app, tenant)
    return EmailsView(tuple(map(_row, app.emails.emails(tenant))), fields)


def one_email(app: App, tenant: TenantId, email_id: EmailId) -> EmailView:
    """One email. Raises `NotFound`."""
    return email_view(app, KeptEmail(email_of(app, tenant, email_id), ()))


def email_view(app: App, kept: KeptEmail) -> EmailView:
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
        one.preheader,
        one.blocks,
        one.look,
        one.css,
        one.text,
        one.text_is_old,
        one.archived_at,
        uses_of(app, one.tenant, one.email_id),
    )


def words_of(email: Email) -> EmailWords:
    """An email as it was written: what is made of blocks is not among it."""
    is_html = not email.blocks
    return EmailWords(
        email.name,
        email.subject,
        email.body if is_html else "",
        email.header if is_html else "",
        email.footer if is_html else "",
        email.sales_template,
        email.preheader,
        email.blocks,
        email.look,
        email.css,
        email.text,
    )


def preview_email(
    app: App, tenant: TenantId, email_id: EmailId, person_id: PersonId | None = None
) -> EmailPreview:
    """How it looks to this person, or to somebody of whom nothing is known. Raises `NotFound`."""
    return _preview(app, email_of(app, tenant, email_id), person_id)


def draft_preview(
    app: App, tenant: TenantId, words: EmailWords, person_id: PersonId | None = None
) -> EmailPreview:
    """How these words would look; nothing is kept. Raises `InputInvalid` naming what is wrong."""
    return _preview(app, drafted_email(app, tenant, words), person_id)


def draft_so_far(app: App, tenant: TenantId, words: EmailWords) -> tuple[EmailPreview, str]:
    """How they would look without the blocks that are not finished, and what the first of these misses.

    Raises `InputInvalid` where nothing can be shown.
    """
    try:
        return draft_preview(app, tenant, words), ""
    except InputInvalid as error:
        rest = finished_blocks(words.blocks)
        if not rest:
            raise
        problem = error
    try:
        return draft_preview(app, tenant, replace(words, blocks=rest)), problem.text
    except InputInvalid:
        raise problem from None


def findings_of(app: App, tenant: TenantId, email_id: EmailId) -> tuple[Finding, ...]:
    """What is to be looked at in an email before it goes out. Raises `NotFound`."""
    email = email_of(app, tenant, email_id)
    settings = app.mails.mail_settings(tenant)
    seen = EmailRenderer(app, settings, email).to_nobody()
    whole = preview_html(settings, seen.subject, seen.html, seen.page)
    return findings(email, postal_address=settings.postal_address, bytes_out=len(whole.encode()))


def _preview(app: App, email: Email, person_id: PersonId | None) -> EmailPreview:
    settings = app.mails.mail_settings(email.tenant)
    renderer, name = EmailRenderer(app, settings, email), ""
    if person_id:
        person = living(app, email.tenant, person_id)
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
        head.archived_at,
    )
