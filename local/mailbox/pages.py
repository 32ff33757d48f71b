"""The pages of the mailbox. A mail is shown in a frame that runs nothing."""

from collections.abc import Sequence
from datetime import UTC, datetime
from email.header import decode_header, make_header
from html import escape
from typing import Any

STYLE = """
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 0 auto; max-width: 60rem; padding: 1.2rem; }
h1 { font-size: 1.3rem; }
ul { list-style: none; padding: 0; }
li { border-bottom: 1px solid color-mix(in srgb, currentColor 20%, transparent); padding: .6rem 0; }
li a { display: block; font-weight: 600; }
.meta { font-size: .85rem; opacity: .75; overflow-wrap: anywhere; }
iframe { width: 100%; height: 70vh; border: 1px solid; background: white; color-scheme: light; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; }
"""

_WHOLE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title><style>{style}</style></head>
<body><main>{body}</main></body></html>"""

Message = dict[str, Any]


def inbox(messages: Sequence[Message]) -> str:
    """All mails, newest first."""
    rows = "".join(
        f'<li><a href="/mail/{number}">{escape(one["Subject"] or "(no subject)")}</a>'
        f'<span class="meta">{_meta(one)}</span></li>'
        for number, one in reversed(list(enumerate(messages)))
    )
    nothing = "<p>Nothing was sent yet. What Funnel sends appears here, and goes nowhere else.</p>"
    return _page("Mailbox", f"<h1>Mailbox</h1>{f'<ul>{rows}</ul>' if rows else nothing}")


def mail(number: int, one: Message) -> str:
    """One mail. Opening it loads its picture, as a mail program does."""
    subject = escape(one["Subject"] or "(no subject)")
    frame = (
        f'<iframe title="{subject}" src="/mail/{number}/html" '
        'sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>'
    )
    text = f"<details><summary>As text</summary><pre>{escape(one.get('BodyText') or '')}</pre></details>"
    body = f'<p><a href="/">All mails</a></p><h1>{subject}</h1><p class="meta">{_meta(one)}</p>'
    return _page(one["Subject"], body + frame + text)


def content(one: Message) -> str:
    """What a mail says, its links to be opened in pages of their own."""
    return f'<base target="_blank">{one.get("BodyHtml") or escape(one.get("BodyText") or "")}'


def _meta(one: Message) -> str:
    at = datetime.fromtimestamp(one["Timestamp"], UTC)
    to = ", ".join(one["To"])
    sender = make_header(decode_header(one["Source"]))
    return escape(f"{at:%d %b %Y %H:%M} UTC, from {sender} to {to}")


def _page(title: str, body: str) -> str:
    return _WHOLE.format(title=escape(title), style=STYLE, body=body)
