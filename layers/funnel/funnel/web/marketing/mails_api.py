"""Mail to one person by JSON: write one, and see what became of it."""

from dataclasses import dataclass

from funnel.domain.ids import PersonId
from funnel.domain.mail.mails import MailDraft, MailId
from funnel.domain.signing_in.tenants import Role
from funnel.usecases.mail.look_at_mail import MailLook, look_at_mail
from funnel.usecases.mail.send_mail import request_mail
from funnel.usecases.mail.view_mails import MailPage, WholeMail, mails_of_person, whole_mail
from funnel.web.asked import Asked
from funnel.web.room import PAGING, Room

room = Room(needs=Role.MARKETER)


@dataclass(frozen=True, slots=True)
class NewMail:
    """A mail to an address of the person. The same `key` asks for the same mail, however often.

    `text` "" is made from the HTML; a sender "" is that of the mail settings.
    """

    key: str
    address: str
    subject: str
    html: str
    text: str = ""
    from_name: str = ""
    from_address: str = ""
    reply_to: str = ""


@room.api(
    "POST",
    "/api/app/people/<person_id>/mails",
    "Write a mail to a person, which is sent soon and once",
    WholeMail,
    body=NewMail,
    status=202,
)
def write(asked: Asked, person_id: str) -> WholeMail:
    """The mail as it waits."""
    draft = _draft(asked, person_id)
    return whole_mail(asked.app, asked.tenant, request_mail(asked.app, asked.tenant, draft))


@room.api(
    "POST",
    "/api/app/people/<person_id>/mails/look",
    "Look at a mail as its reader will, and why it may not be sent; nothing is sent",
    MailLook,
    body=NewMail,
)
def look(asked: Asked, person_id: str) -> MailLook:
    """The mail as it would go out."""
    return look_at_mail(asked.app, asked.tenant, _draft(asked, person_id))


def _draft(asked: Asked, person_id: str) -> MailDraft:
    new = asked.json(NewMail)
    return MailDraft(
        f"api {person_id} {new.key}",
        PersonId(person_id),
        new.address,
        new.subject,
        new.html,
        new.text,
        new.from_name,
        new.from_address,
        new.reply_to,
        sent_from=asked.source,
    )


@room.api(
    "GET",
    "/api/app/people/<person_id>/mails",
    "What was written to a person, newest first",
    MailPage,
    queries=PAGING,
)
def mails(asked: Asked, person_id: str) -> MailPage:
    """A page of it."""
    return mails_of_person(asked.app, asked.tenant, PersonId(person_id), **asked.paging())


@room.api("GET", "/api/app/mails/<mail_id>", "One mail, with what it says and its links", WholeMail)
def one(asked: Asked, mail_id: str) -> WholeMail:
    """The mail."""
    return whole_mail(asked.app, asked.tenant, MailId(mail_id))
