"""A mail as MIME, by the standard library, which refuses headers with line breaks."""

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from funnel.ports.mailer import Outgoing


def mime_of(outgoing: Outgoing) -> bytes:
    """The whole message, as it goes to the mail service. Raises `ValueError` for a broken header."""
    made = EmailMessage(policy=SMTP)
    made["From"] = _named(outgoing.from_name, outgoing.from_address)
    made["To"] = _named("", outgoing.to_address)
    made["Subject"] = outgoing.subject
    if outgoing.reply_to:
        made["Reply-To"] = _named("", outgoing.reply_to)
    # RFC 8058: the mail program shows a button, and posts without asking any further.
    made["List-Unsubscribe"] = f"<{outgoing.unsubscribe_url}>"
    made["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    made.set_content(outgoing.text)
    made.add_alternative(outgoing.html, subtype="html")
    return made.as_bytes()


def _named(name: str, address: str) -> Address:
    local, _, domain = address.rpartition("@")
    return Address(name, local, domain)
