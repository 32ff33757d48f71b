"""The panel My Emails, more of it, and one of them whole."""

from funnel.domain.mail.mails import MailId
from funnel.usecases.app import App
from funnel.usecases.vision.view_sent import SentPage, WholeSent, sent_mails, whole_sent
from funnel.web.room import PAGING
from funnel.web.vision.access import Viewer
from funnel.web.vision.look import WHICH, Look
from funnel.web.vision.room import EITHER, Part, VisionRoom
from funnel.web.vision.writing import letter_address

room = VisionRoom()


def my_emails(app: App, viewer: Viewer, look: Look) -> Part:
    """The first page."""
    return _part(app, viewer, look, "vision/emails.html")


@room.part(
    "GET",
    "/emails",
    "More of My Emails, from a cursor on",
    SentPage,
    queries=(*WHICH, *PAGING),
)
def more(look: Look) -> Part:
    """The next page."""
    return _part(look.app, look.viewer, look, "vision/emails_rows.html")


@room.part(
    "GET",
    "/emails/<mail_id>",
    "An email that was sent, as its reader sees it, and what was clicked in it",
    WholeSent,
    audiences=EITHER,
)
def one(look: Look, mail_id: str) -> Part:
    """What the drawer shows."""
    found = whole_sent(look.app, look.viewer, MailId(mail_id), look.url)
    return Part("vision/mail.html", found, {"letter": letter_address(look.viewer), "key": ""})


def _part(app: App, viewer: Viewer, look: Look, template: str) -> Part:
    paging = look.asked.paging()
    found = sent_mails(app, viewer.tenant, look.owners, look.since, url=look.url, **paging)
    return Part(template, found)
