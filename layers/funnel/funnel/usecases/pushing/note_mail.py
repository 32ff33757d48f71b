"""Have Sugar hold a Conversation that was sent as a Note, by the push that writes all else there."""

import logging

from funnel.domain.errors import Permanent
from funnel.domain.mail.mails import Mail
from funnel.domain.pushing.pushes import Wish
from funnel.domain.pushing.related import note_wish
from funnel.usecases.app import App
from funnel.usecases.pushing.request_push import PushRequest, request_push

logger = logging.getLogger(__name__)


def note_mail(app: App, mail: Mail) -> None:
    """Ask for the Note of a mail that went out; asked for again it is the same Note.

    Nothing is asked for where the person was erased or no Sugar is connected any more. Raises what
    may pass.
    """
    content = app.mails.mail_content(mail.tenant, mail.mail_id)
    note = note_wish(mail, content) if content else None
    if note is None:
        return
    request = PushRequest(
        mail.person_id, Wish(None, note=note), mail.from_name, f"mail {mail.mail_id}"
    )
    try:
        request_push(app, mail.tenant, request)
    except Permanent as error:
        logger.info("not noted", extra={"mail": mail.mail_id, "why": error.text})
