"""Answer the public addresses of a mail: one read, one count and one message each."""

import logging
import re
from dataclasses import dataclass

from funnel.domain.errors import NotFound, StoreBusy
from funnel.domain.mail.mails import HONEYPOT, MailToken, Sight, TrackedMail, Word
from funnel.domain.tracking.activities import ActivityKind, Signal
from funnel.domain.tracking.hit_reading import LONGEST_AGENT, clean
from funnel.domain.tracking.signals import Seen, classify
from funnel.ports.marketing_messages import RecordSight, TakeWord
from funnel.usecases.app import App
from funnel.usecases.tracking.accept_hits import Sender

logger = logging.getLogger(__name__)

MOST_A_DAY = 200
"""Opens and clicks of one mail on one day that are passed on: a flood is led on, and costs no more."""

_TOKEN = re.compile(r"[A-Za-z0-9_-]{20,100}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Request:
    """How a public address was asked for: by whom, and by which method."""

    sender: Sender
    method: str = "GET"


def tracked(app: App, token: str) -> TrackedMail:
    """The mail of a public address. Raises `NotFound`."""
    found = app.mails.tracked_mail(MailToken(token)) if _TOKEN.fullmatch(token) else None
    if found is None or app.clock.now() >= found.kept_until:
        raise NotFound("This link is of no mail of ours, or of one that is too old.")
    return found


def accept_open(app: App, token: str, request: Request) -> None:
    """Pass on that the picture of a mail was asked for. Raises `NotFound`."""
    _pass_on(app, tracked(app, token), ActivityKind.EMAIL_OPEN, 0, request)


def accept_click(app: App, token: str, number: str, request: Request) -> str:
    """Pass on that a link was asked for; where it leads, "" for the one that people do not see.

    Only where the sender's own text led, whatever the address says. A person is led to a site of the
    tenant by an address that says who it is; a machine is not. Raises `NotFound`.
    """
    mail = tracked(app, token)
    if not (number.isascii() and number.isdigit() and len(number) <= 4):
        raise NotFound("There is no such link in this mail.")
    link = int(number)
    if link > len(mail.links):
        raise NotFound("There is no such link in this mail.")
    kind = ActivityKind.EMAIL_CLICK
    _pass_on(app, mail, kind, link, request)
    if link == HONEYPOT:
        return ""
    since = (app.clock.now() - mail.sent_at).total_seconds()
    sender = request.sender
    seen = Seen(kind, sender.user_agent, sender.ip, request.method, since)
    found = mail.links[link - 1]
    is_person = classify(seen)[0] is Signal.HUMAN
    return found.signed if is_person and found.signed else found.target


def accept_word(app: App, token: str, *, opt_out: bool) -> TrackedMail:
    """Pass on what a reader said on the unsubscribe page. Raises `NotFound`."""
    mail = tracked(app, token)
    word = Word(mail.mail_id, app.clock.now(), opt_out)
    app.queue.send(TakeWord(mail.tenant, word))
    return mail


def _pass_on(app: App, mail: TrackedMail, kind: ActivityKind, link: int, request: Request) -> None:
    try:
        if not app.mails.count_sight(mail.token, app.clock.now().date(), MOST_A_DAY):
            return
    except StoreBusy:
        # As below: who cannot be counted is led on all the same.
        logger.warning("not counted", extra={"mail": mail.mail_id})
        return
    sender = request.sender
    sight = Sight(
        mail.mail_id,
        app.ids.new_id(),
        kind,
        app.clock.now(),
        sender.ip,
        clean(sender.user_agent, LONGEST_AGENT),
        request.method[:10],
        link,
    )
    try:
        app.queue.send(RecordSight(mail.tenant, sight))
    except StoreBusy:
        # The reader goes where the link leads, whether or not it can be counted.
        logger.warning("not passed on", extra={"mail": mail.mail_id})
