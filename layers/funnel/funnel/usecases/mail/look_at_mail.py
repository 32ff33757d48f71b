"""Look at a mail before it is sent, as its reader will see it."""

from dataclasses import dataclass

from funnel.domain.ids import TenantId
from funnel.domain.mail.mail_frame import framed_html, framed_text
from funnel.domain.mail.mails import MailDraft
from funnel.usecases.app import App
from funnel.usecases.mail.mail_fitness import Asked, why_not
from funnel.usecases.mail.send_mail import drafted

NOWHERE = "#unsubscribe"
"""The unsubscribe link of a mail that is only looked at."""


@dataclass(frozen=True, slots=True)
class MailLook:
    """A mail as it would go out: `html` is a whole page without picture and tracked links.

    It is to be shown in a frame that runs nothing. `why_not` says why it may not be sent, "" if it
    may.
    """

    from_name: str
    from_address: str
    subject: str
    html: str
    text: str
    why_not: str


def look_at_mail(app: App, tenant: TenantId, draft: MailDraft) -> MailLook:
    """The mail as it would go out; nothing is kept. Raises `InputInvalid` naming what is wrong."""
    settings = app.mails.mail_settings(tenant)
    mail, content = drafted(app, settings, draft)
    asked = Asked(mail.person_id, mail.address, mail.from_address)
    return MailLook(
        mail.from_name,
        mail.from_address,
        mail.subject,
        framed_html(content.html, mail.subject, settings, NOWHERE, page=content.page),
        framed_text(content.text, settings, NOWHERE),
        why_not(app, settings, asked),
    )
