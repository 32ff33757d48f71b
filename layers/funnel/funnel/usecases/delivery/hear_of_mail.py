"""Take in what the mail service tells of a mail: whether it went out, bounced, or annoyed."""

import logging

from funnel.domain.consent.consent import Mark
from funnel.domain.errors import Conflict, StoreBusy
from funnel.domain.ids import TenantId
from funnel.domain.mail.mail_states import told
from funnel.domain.mail.mails import Happened, Heard, Mail, MailId
from funnel.domain.sync.records import Person
from funnel.domain.text import fold_email
from funnel.usecases.app import App
from funnel.usecases.consent.change_consent import Said, set_mark
from funnel.usecases.living import holder_of, living
from funnel.usecases.vision.change_alerts import stop_by_mail

logger = logging.getLogger(__name__)

BOUNCED, COMPLAINED = "a bounced mail", "a spam complaint"
_TRIES = 8


def hear_of_mail(app: App, tenant: TenantId, mail_id: MailId, heard: Heard) -> None:
    """First the consent of the address, then the mail; what was heard before changes nothing.

    What tells of no mail of ours is dropped. Raises `StoreBusy`.
    """
    mail = app.mails.mail(tenant, mail_id) if tenant and mail_id else None
    if mail is None:
        logger.info("of no mail of ours", extra={"mail": mail_id, "what": heard.what.value})
        return
    if heard.event_id in mail.heard:
        return
    _mark_address(app, mail, heard)
    for _ in range(_TRIES):
        after = told(mail, heard)
        if after == mail:
            return
        try:
            app.mails.save_mail(after)
        except Conflict:
            found = app.mails.mail(tenant, mail_id)
            if found is None:
                return
            mail = found
        else:
            return
    raise StoreBusy("Others keep changing the same mail.")


def _mark_address(app: App, mail: Mail, heard: Heard) -> None:
    if mail.is_test:
        return
    if mail.user:
        stop_by_mail(app, mail, heard)
        return
    marks = {
        Happened.BOUNCE: (Mark.INVALID, BOUNCED),
        Happened.COMPLAINT: (Mark.OPT_OUT, COMPLAINED),
    }
    person = whose_address(app, mail) if heard.what in marks else None
    if person is None:
        return
    mark, by = marks[heard.what]
    said = Said(by, f"“{mail.subject[:100]}”: {heard.detail}"[:400])
    set_mark(app, person, fold_email(mail.address), mark, True, said)


def whose_address(app: App, mail: Mail) -> Person | None:
    """Who has the address that a mail went to, or else the person it was for; None if both are gone."""
    return holder_of(app, mail.tenant, fold_email(mail.address)) or living(
        app, mail.tenant, mail.person_id
    )
