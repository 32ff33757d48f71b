"""A rep writes to a prospect: from a Sales Template or a blank page, looked at first, and sent once."""

from dataclasses import dataclass, replace

from funnel.domain.emails.emails import Email, EmailId, templates_of
from funnel.domain.errors import InputInvalid, MailRefused
from funnel.domain.ids import RecordKey
from funnel.domain.mail.mail_addresses import LONGEST_SUBJECT, checked_header
from funnel.domain.mail.mail_html import text_of
from funnel.domain.mail.mail_pages import PLAIN_PAGE, MailPage
from funnel.domain.mail.mails import MailDraft, MailId, mail_id_of
from funnel.domain.mail.merge_fields import fields_in
from funnel.domain.mail.typed_addresses import with_typed_links
from funnel.domain.text import fold_email
from funnel.domain.vision.viewers import Viewer
from funnel.usecases.app import App
from funnel.usecases.emails.compose_email import filled, preview_html, values_for
from funnel.usecases.emails.render_email import compiled
from funnel.usecases.mail.mail_fitness import NO_ADDRESS
from funnel.usecases.mail.send_mail import (
    check_links,
    clean_html,
    clean_mail,
    request_mail,
    ring_for_mail,
)
from funnel.usecases.vision.begin_conversation import Partners, partners, what_hinders

GONE = "This Sales Template is not there any more."
KEEP = "Your words are still here: copy them, and begin with another template."


@dataclass(frozen=True, slots=True)
class ConversationWords:
    """What a rep wrote: the body only, for the frame of a template stays. `email_id` "" is none.

    The same `key` asks for the same mail, however often.
    """

    key: str
    address: str
    subject: str
    html: str
    email_id: str = ""


@dataclass(frozen=True, slots=True)
class ConversationDraft:
    """Words to begin with, for this prospect, under a new key; `page` is how it would look now."""

    words: ConversationWords
    template: str
    page: str


@dataclass(frozen=True, slots=True)
class ConversationPreview:
    """The mail as the prospect will see it: a whole page, and the same as plain text."""

    subject: str
    page: str
    text: str


def open_draft(app: App, viewer: Viewer, key: RecordKey, email_id: str) -> ConversationDraft:
    """A template with what is known of the prospect filled in, or a blank page for "".

    Raises `NotFound` for a prospect that may not be seen, `MailRefused` with what is in the way, and
    `InputInvalid` for a template that is none.
    """
    between = _allowed(app, viewer, key)
    address = next(one.email for one in between.addresses if one.allowed)
    template = _template(app, viewer, email_id)
    if template is None:
        words = ConversationWords(app.ids.new_id(), address, "", "<p><br></p>")
        return ConversationDraft(words, "", preview_html(between.settings, "", ""))
    values = values_for(app, between.person, address, between.sender, templates_of(template))
    ready = filled(app, template, values)
    words = ConversationWords(app.ids.new_id(), address, ready.subject, ready.body, email_id)
    html = ready.header + ready.body + ready.footer
    page = preview_html(between.settings, ready.subject, html, _page(template))
    return ConversationDraft(words, template.name, page)


def preview_conversation(
    app: App, viewer: Viewer, key: RecordKey, words: ConversationWords
) -> ConversationPreview:
    """The mail as it would be sent now, also while something is not written yet.

    Raises as `send_conversation`, but for no subject and no words.
    """
    between = _allowed(app, viewer, key, words.address)
    html = _html(app, viewer, between, words)
    subject = _checked(words.subject)
    page = _page(_template(app, viewer, words.email_id))
    return ConversationPreview(
        subject, preview_html(between.settings, subject, html, page), text_of(html)
    )


def send_conversation(
    app: App, viewer: Viewer, key: RecordKey, words: ConversationWords, sent_from: str
) -> MailId:
    """Have it sent, once, as the rep; answers come to the rep's own mailbox.

    Raises `NotFound` for a prospect that may not be seen, `MailRefused` with what is in the way, and
    `InputInvalid` naming what is wrong with the words. Asked again by the same key nothing changes.
    """
    if not words.key:
        raise InputInvalid("A key is needed, so that it is sent once.", field="key")
    mail_key = f"conversation {viewer.user_id} {key} {words.key}"
    mail_id = mail_id_of(viewer.tenant, mail_key)
    if app.mails.mail(viewer.tenant, mail_id) is not None:
        partners(app, viewer, key)
        ring_for_mail(app, viewer.tenant)
        return mail_id
    between = _allowed(app, viewer, key, words.address)
    _check_written(app, words)
    template = _template(app, viewer, words.email_id)
    about = {
        "record": str(key),
        "name": between.record.name,
        "template": words.email_id,
        "template_name": template.name if template else "",
    }
    draft = MailDraft(
        mail_key,
        between.person.person_id,
        words.address,
        _checked(words.subject),
        _html(app, viewer, between, words),
        from_name=between.sender.name,
        from_address=between.sender.address,
        reply_to=between.sender.address,
        sender=viewer.user_id,
        about={name: text for name, text in about.items() if text},
        sent_from=sent_from,
        wants_note=between.settings.notes_in_sugar,
        page=_page(template),
    )
    return request_mail(app, viewer.tenant, draft)


def _allowed(app: App, viewer: Viewer, key: RecordKey, address: str = "") -> Partners:
    """The two, where the rep may write: to this address, or to any if none is given."""
    between = partners(app, viewer, key)
    hindrance = what_hinders(between)
    if hindrance is not None:
        raise MailRefused(hindrance.text, mend=hindrance.mend)
    if address and fold_email(address) not in {one.email for one in between.addresses}:
        raise MailRefused(NO_ADDRESS)
    return between


def _template(app: App, viewer: Viewer, email_id: str) -> Email | None:
    if not email_id:
        return None
    found = app.emails.email(viewer.tenant, EmailId(email_id))
    if found is None or not found.head.is_offered:
        raise InputInvalid(GONE, mend=KEEP, field="email_id")
    return compiled(app, found)


def _page(template: Email | None) -> MailPage:
    """What is around a rep's words: the template's, but the line for the inbox is of other words."""
    return replace(template.page, preheader="") if template else PLAIN_PAGE


def _html(app: App, viewer: Viewer, between: Partners, words: ConversationWords) -> str:
    """What the rep wrote within the template's frame, each part harmless for itself."""
    check_links(words.html)
    body = with_typed_links(clean_html(app, words.html))
    _check_filled(body, "html")
    template = _template(app, viewer, words.email_id)
    if template is None:
        return clean_mail(app, body)
    address = fold_email(words.address)
    frame_of = (template.header, template.footer)
    values = values_for(app, between.person, address, between.sender, frame_of)
    frame = filled(app, replace(template, subject="", body=""), values)
    return clean_mail(app, frame.header + body + frame.footer)


def _check_written(app: App, words: ConversationWords) -> None:
    if not words.subject.strip():
        raise InputInvalid("Enter a subject.", field="subject")
    body = clean_html(app, words.html)
    if not text_of(body) and "<img" not in body:
        raise InputInvalid("Write something.", field="html")


def _checked(subject: str) -> str:
    found = checked_header(subject, "subject", LONGEST_SUBJECT)
    _check_filled(found, "subject")
    return found


def _check_filled(text: str, field: str) -> None:
    """What a rep writes is read as it is: a field in it would be, too."""
    names = fields_in(text)
    if names:
        raise InputInvalid(
            f"{{{{{names[0]}}}}} would be read as it stands.",
            mend="Merge fields are filled in when a template is picked. Write the word itself.",
            field=field,
        )
