"""Ask for a mail to be sent, once however often it is asked for."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from ipaddress import ip_address

from funnel.domain.errors import Conflict, InputInvalid, MailRefused
from funnel.domain.ids import TenantId
from funnel.domain.mail.mail_addresses import LONGEST_SUBJECT, checked_header, wire_address
from funnel.domain.mail.mail_html import MOST_LINKS, dead_links, links_of, text_of
from funnel.domain.mail.mails import Mail, MailContent, MailDraft, MailId, MailToken, mail_id_of
from funnel.domain.mail.senders import LONGEST_NAME, MailSettings
from funnel.ports.marketing_messages import SendMails
from funnel.usecases.app import App
from funnel.usecases.mail.mail_fitness import Asked, why_not

LONGEST_HTML = 100_000
"""Gmail cuts off what is longer."""

MOST_BYTES = 340_000
"""Of HTML, text and links together: a row takes 400 KB, and other scripts three bytes a character."""

IPS_KEPT = timedelta(days=30)


def request_mail(app: App, tenant: TenantId, draft: MailDraft, *, ring: bool = True) -> MailId:
    """Keep the mail, to be sent soon; the id it has. Asked for again by the same key, nothing changes.

    Whoever asks for many rings once, with `ring` unset for each. Raises `InputInvalid` naming
    what is wrong with the draft, and `MailRefused` with the reason where it may not be sent: who has
    opted out, what bounces, a sender whose domain is not verified.
    """
    mail_id = mail_id_of(tenant, draft.key)
    if app.mails.mail(tenant, mail_id) is None:
        settings = app.mails.mail_settings(tenant)
        mail, content = drafted(app, settings, draft)
        reason = why_not(app, settings, Asked.of(mail))
        if reason:
            raise MailRefused(reason)
        if is_known_network(draft.sent_from):
            until = app.clock.now() + IPS_KEPT
            app.mails.keep_sent_from(tenant, mail_id, draft.sent_from, until)
        # Somebody may have asked for the same a moment ago.
        with suppress(Conflict):
            app.mails.add_mail(mail, content)
    if ring:
        ring_for_mail(app, tenant)
    return mail_id


def request_mails(
    app: App, settings: MailSettings, drafts: Sequence[MailDraft]
) -> dict[MailId, str]:
    """Keep many mails of people who may be written to, which is looked at again when each is sent.

    By mail id why one cannot be made, "" for those that are kept, now or before. Nobody rings.
    """
    tenant = settings.tenant
    ids = {mail_id_of(tenant, draft.key): draft for draft in drafts}
    there = app.mails.mails(tenant, ids)
    asked: list[tuple[Mail, MailContent]] = []
    found: dict[MailId, str] = dict.fromkeys(there, "")
    for mail_id, draft in ids.items():
        if mail_id in there:
            continue
        try:
            asked.append(drafted(app, settings, draft))
            found[mail_id] = ""
        except InputInvalid as error:
            found[mail_id] = error.text
    app.mails.add_mails(asked)
    return found


def ring_for_mail(app: App, tenant: TenantId) -> None:
    """Have what waits be sent. Should the bell be lost, the schedule rings within five minutes."""
    app.queue.send(SendMails(tenant))


def is_known_network(ip: str) -> bool:
    """Whether an IP address tells whose own opens are: not that of this machine, nor none."""
    try:
        return not ip_address(ip).is_loopback
    except ValueError:
        return False


def drafted(app: App, settings: MailSettings, draft: MailDraft) -> tuple[Mail, MailContent]:
    """The mail that a draft asks for, and what it says. Raises `InputInvalid`."""
    mail = _mail(app, settings, draft)
    return mail, _content(app, mail, draft)


def _mail(app: App, settings: MailSettings, draft: MailDraft) -> Mail:
    now = app.clock.now()
    subject = checked_header(draft.subject, "subject", LONGEST_SUBJECT)
    if not subject:
        raise InputInvalid("Enter a subject.", field="subject")
    if draft.reply_to:
        wire_address(draft.reply_to, "reply_to")
    if draft.from_address:
        wire_address(draft.from_address, "from_address")
    return Mail(
        settings.tenant,
        mail_id_of(settings.tenant, draft.key),
        MailToken(app.ids.new_token()),
        draft.person_id,
        draft.address.strip(),
        subject,
        checked_header(draft.from_name or settings.from_name, "from_name", LONGEST_NAME),
        (draft.from_address or settings.from_address).strip(),
        now,
        draft.reply_to.strip(),
        draft.sender,
        dict(draft.about),
        draft.is_urgent,
        due_at=max(now, draft.not_before or now),
        user=draft.user,
        wants_note=draft.wants_note,
        waits_for_cap=draft.waits_for_cap,
    )


def _content(app: App, mail: Mail, draft: MailDraft) -> MailContent:
    html = clean_mail(app, draft.html)
    text = draft.text.replace("\r\n", "\n").strip() or text_of(html)
    if not text:
        raise InputInvalid("Write something.", field="html")
    if len(text) > LONGEST_HTML:
        raise InputInvalid(f"At most {LONGEST_HTML} characters.", field="text")
    content = MailContent(mail.tenant, mail.mail_id, html, text, draft.page, draft.written)
    if content.size > MOST_BYTES:
        most, has = MOST_BYTES // 1000, content.size // 1000
        raise InputInvalid(
            f"With its text it takes {has} KB, and {most} KB is the most. Write less.", field="html"
        )
    return content


def clean_mail(app: App, html: str) -> str:
    """The whole of a mail, made harmless. Raises `InputInvalid` for one that cannot be sent."""
    found = clean_html(app, html)
    if len(links_of(found)) > MOST_LINKS:
        raise InputInvalid(f"At most {MOST_LINKS} links.", field="html")
    return found


def check_links(html: str) -> None:
    """Raises `InputInvalid` naming a link that would lead its reader nowhere."""
    dead = dead_links(html)
    if dead:
        raise InputInvalid(
            f"“{dead[0][:80]}” is no address of a page.",
            mend="Enter it whole, such as https://www.example.com/prices.",
            field="html",
        )


def clean_html(app: App, html: str) -> str:
    """What somebody wrote, made harmless. Raises `InputInvalid` for more than 100,000 characters."""
    if app.cleaner is None:
        raise RuntimeError("this door has no cleaner: it needs the mail layer")
    if len(html) > LONGEST_HTML:
        raise InputInvalid(f"At most {LONGEST_HTML} characters.", field="html")
    found = app.cleaner.clean(html)
    if len(found) > LONGEST_HTML:
        raise InputInvalid(f"At most {LONGEST_HTML} characters.", field="html")
    return found
