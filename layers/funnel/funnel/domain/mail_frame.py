"""The page around what a mail says: footer, pixel, and the link that people do not see."""

from html import escape

from funnel.domain.mails import HONEYPOT, MailToken
from funnel.domain.senders import MailSettings

OPEN, CLICK, LEAVE = "/m/o/", "/m/c/", "/m/u/"

_PAGE = (
    '<!doctype html><html><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width"><title>{title}</title></head>'
    '<body style="margin:0;padding:16px;font-family:Arial,Helvetica,sans-serif;'
    'font-size:15px;line-height:1.5">{body}'
    '<hr style="border:0;border-top:1px solid #c9ced6;margin:28px 0 12px">'
    '<p style="font-size:12px;color:#5b6472;margin:0 0 8px">{sender}<br>{postal}</p>'
    '<p style="font-size:12px;margin:0"><a href="{leave}" style="color:#5b6472">{label}</a></p>'
    "{tracking}</body></html>"
)
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
    html: str, subject: str, settings: MailSettings, leave: str, tracking: str = ""
) -> str:
    """The whole page of a mail; a preview has no tracking."""
    return _PAGE.format(
        title=escape(subject),
        body=html,
        sender=escape(settings.from_name),
        postal="<br>".join(escape(line) for line in settings.postal_address.splitlines()),
        leave=escape(leave),
        label=escape(settings.unsubscribe_label),
        tracking=tracking,
    )


def tracking_html(public_url: str, token: MailToken) -> str:
    """The pixel, and a link that only machines follow."""
    return _TRACKING.format(
        trap=escape(click_url(public_url, token, HONEYPOT)),
        pixel=escape(open_url(public_url, token)),
    )


def framed_text(text: str, settings: MailSettings, leave: str) -> str:
    """The same as plain text. Its links are not tracked."""
    sender = "\n".join(line for line in (settings.from_name, settings.postal_address) if line)
    return f"{text}\n\n-- \n{sender}\n{settings.unsubscribe_label}: {leave}\n"
