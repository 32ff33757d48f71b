"""The page around what a mail says: footer, pixel, and the link that people do not see.

A mail whose HTML has a footer of its own, with the postal address and the unsubscribe link, gets no
second one.
"""

from html import escape

from funnel.domain.mail.mail_fields import LEAVE as LEAVE_FIELD
from funnel.domain.mail.mail_fields import LEAVE_LABEL, POSTAL
from funnel.domain.mail.mail_pages import PLAIN_PAGE, MailPage
from funnel.domain.mail.mails import HONEYPOT, MailToken
from funnel.domain.mail.senders import MailSettings

OPEN, CLICK, LEAVE = "/m/o/", "/m/c/", "/m/u/"

_PAGE = (
    '<!doctype html><html><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width"><title>{title}</title>{css}</head>'
    '<body style="margin:0;padding:{room};font-family:Arial,Helvetica,sans-serif;'
    'font-size:15px;line-height:1.5{background}">{preheader}{body}{footer}{tracking}</body></html>'
)
_FOOTER = (
    '<hr style="border:0;border-top:1px solid #c9ced6;margin:28px 0 12px">'
    '<p style="font-size:12px;color:#5b6472;margin:0 0 8px">{sender}<br>{postal}</p>'
    '<p style="font-size:12px;margin:0"><a href="{leave}" style="color:#5b6472">{label}</a></p>'
)
_PREHEADER = (
    '<div style="display:none;max-height:0;overflow:hidden;mso-hide:all">{text}{filler}</div>'
)
_FILLER = "&#847;&zwnj;&nbsp;" * 40
"""Behind the preheader, so that an inbox shows nothing of the mail's first words after it."""

_TRACKING = (
    '<div style="display:none;max-height:0;overflow:hidden" aria-hidden="true">'
    '<a href="{trap}" tabindex="-1" rel="nofollow">&#8203;</a></div>'
    '<img src="{pixel}" width="1" height="1" alt="" style="display:block;border:0">'
)


def open_url(public_url: str, token: MailToken) -> str:
    """Where the pixel is."""
    return f"{public_url}{OPEN}{token}"


def click_url(public_url: str, token: MailToken, number: int) -> str:
    """Where a link leads first."""
    return f"{public_url}{CLICK}{token}/{number}"


def leave_url(public_url: str, token: MailToken) -> str:
    """Where a reader unsubscribes."""
    return f"{public_url}{LEAVE}{token}"


def framed_html(
    html: str,
    subject: str,
    settings: MailSettings,
    leave: str,
    tracking: str = "",
    page: MailPage = PLAIN_PAGE,
) -> str:
    """The whole page of a mail; a preview has no tracking."""
    postal = "<br>".join(escape(line) for line in settings.postal_address.splitlines())
    label = escape(settings.unsubscribe_label)
    footer = ""
    if not has_own_footer(html):
        footer = _FOOTER.format(
            sender=escape(settings.from_name), postal=postal, leave=escape(leave), label=label
        )
    return _PAGE.format(
        title=escape(subject),
        css=f"<style>{page.css}</style>" if page.css else "",
        room="0" if page.background else "16px",
        background=f";background-color:{escape(page.background)}" if page.background else "",
        preheader=_PREHEADER.format(text=escape(page.preheader), filler=_FILLER)
        if page.preheader
        else "",
        body=_footer_filled(html, postal, escape(leave), label),
        footer=footer,
        tracking=tracking,
    )


def has_own_footer(text: str) -> bool:
    """Whether what is written has both that every mail has to have: the address and the way out."""
    return _field(POSTAL) in text and _field(LEAVE_FIELD) in text


def _field(name: str) -> str:
    return f"{{{{{name}}}}}"


def _footer_filled(text: str, postal: str, leave: str, label: str) -> str:
    for name, value in ((POSTAL, postal), (LEAVE_FIELD, leave), (LEAVE_LABEL, label)):
        text = text.replace(_field(name), value)
    return text


def tracking_html(public_url: str, token: MailToken) -> str:
    """The pixel, and a link that only machines follow."""
    return _TRACKING.format(
        trap=escape(click_url(public_url, token, HONEYPOT)),
        pixel=escape(open_url(public_url, token)),
    )


def framed_text(text: str, settings: MailSettings, leave: str) -> str:
    """The same as plain text. Its links are not tracked."""
    filled = _footer_filled(text, settings.postal_address, leave, settings.unsubscribe_label)
    if has_own_footer(text):
        return f"{filled}\n"
    sender = "\n".join(line for line in (settings.from_name, settings.postal_address) if line)
    return f"{filled}\n\n-- \n{sender}\n{settings.unsubscribe_label}: {leave}\n"
