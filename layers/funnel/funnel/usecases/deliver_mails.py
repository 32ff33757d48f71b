"""Send a tenant's mail that is due: each at most once, and no faster than the mail service takes it."""

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from funnel.domain.errors import (
    Conflict,
    MailBusy,
    MailRefused,
    MailUnclear,
    Permanent,
    Transient,
)
from funnel.domain.ids import TenantId
from funnel.domain.mail_states import claimed, note_put_off, noted, put_off, refused, sent, unclear
from funnel.domain.mails import OPEN, Mail, MailState
from funnel.ports.mailer import Outgoing
from funnel.ports.system import SendMails
from funnel.usecases.app import App
from funnel.usecases.mail_fitness import Asked, why_not
from funnel.usecases.note_mail import note_mail
from funnel.usecases.render_mail import render_mail
from funnel.usecases.sender_domains import fresh_settings

logger = logging.getLogger(__name__)

LEASE = "mail"
_LEASE_FOR = timedelta(seconds=120)
_AT_ONCE = 20
_MOST_WAITS = 6
_BUSY_WAIT = 5
_TRIES = 6


def deliver_mails(
    app: App, message: SendMails, worker: str, seconds_left: Callable[[], float]
) -> None:
    """Send what is due until nothing is, or the time is up; then another message goes on.

    One worker of a tenant at a time, so that the rate holds. Whoever comes meanwhile looks again a
    few times: the other may have looked for the last time already.
    """
    tenant = message.tenant
    lease = _Lease(app, tenant, worker)
    if not lease.held():
        if message.attempt < _MOST_WAITS:
            app.queue.send(SendMails(tenant, message.attempt + 1), delay=_BUSY_WAIT)
        return
    try:
        more = _deliver_all(app, tenant, lease, seconds_left)
    finally:
        app.sync.release(tenant, LEASE, worker)
    if more:
        app.queue.send(SendMails(tenant))


def _deliver_all(
    app: App, tenant: TenantId, lease: "_Lease", seconds_left: Callable[[], float]
) -> bool:
    """Whether more is due when the time is up."""
    next_at = 0.0
    while due := app.mails.due_mails(tenant, app.clock.now(), _AT_ONCE):
        moved = False
        for mail in due:
            if seconds_left() <= 0 or not lease.held():
                return seconds_left() <= 0
            app.clock.sleep(max(0.0, next_at - app.clock.monotonic()))
            next_at = app.clock.monotonic() + 1 / app.mail_rate
            moved |= _work_on(app, mail)
        if not moved:
            # The index of what is due is a moment behind the rows.
            app.clock.sleep(1)
    return False


class _Lease:
    """The tenant's, taken anew when half of its time is over."""

    def __init__(self, app: App, tenant: TenantId, worker: str) -> None:
        self._app, self._tenant, self._worker = app, tenant, worker
        self._good_until: datetime | None = None

    def held(self) -> bool:
        """Whether it is ours, for as long as a mail takes."""
        now = self._app.clock.now()
        if self._good_until is None or now >= self._good_until - _LEASE_FOR / 2:
            until = now + _LEASE_FOR
            if not self._app.sync.acquire(self._tenant, LEASE, self._worker, now, until):
                return False
            self._good_until = until
        return True


def _work_on(app: App, seen: Mail) -> bool:
    """Send the mail, see that nobody can tell whether it went out, or have it noted; did anything move."""
    mail = app.mails.mail(seen.tenant, seen.mail_id)
    if mail is None or mail.due_at is None or mail.due_at > app.clock.now():
        return False
    try:
        if mail.state is MailState.SENDING:
            app.mails.save_mail(unclear(mail))
            logger.warning("unclear", extra={"mail": mail.mail_id})
        elif mail.state is MailState.QUEUED:
            _send(app, mail)
        elif mail.wants_note:
            _note(app, mail)
    except Conflict:
        return False
    return True


def _send(app: App, mail: Mail) -> None:
    ready = _made_ready(app, mail)
    if isinstance(ready, Mail):
        app.mails.save_mail(ready)
        return
    mine = app.mails.save_mail(claimed(mail, app.clock.now()))
    _hand_over(app, mine, ready)


def _note(app: App, mail: Mail) -> None:
    """It went out already. One whose Note cannot be asked for stops no other."""
    try:
        note_mail(app, mail)
        after = noted(mail)
    except Transient:
        raise
    except Exception:
        logger.exception("not noted", extra={"mail": mail.mail_id})
        after = note_put_off(mail, app.clock.now())
    app.mails.save_mail(after)


def _made_ready(app: App, mail: Mail) -> Outgoing | Mail:
    """The mail as it goes out, or the mail that does not go out now. One that is broken stops no other."""
    try:
        settings = fresh_settings(app, mail.tenant, mail.from_address)
        reason = why_not(app, settings, Asked.of(mail))
        outgoing = None if reason else render_mail(app, mail, settings)
    except Transient:
        raise
    except Permanent as error:
        return refused(mail, error.text)
    except Exception:
        logger.exception("not made ready", extra={"mail": mail.mail_id})
        return put_off(mail, app.clock.now(), "It could not be made ready.")
    return outgoing or refused(mail, reason or "What it says is not here any more.")


def _hand_over(app: App, mail: Mail, outgoing: Outgoing) -> None:
    """From here on it may have gone out. Only an answer tells; without one it waits for SES's events."""
    assert app.mailer is not None, "this door has no mailer"
    try:
        message_id = app.mailer.send(replace(outgoing, attempt=mail.attempt))
    except MailBusy as error:
        busy = error.text
        _settle(app, mail, lambda one: put_off(one, app.clock.now(), busy))
    except MailRefused as error:
        why = error.text
        _settle(app, mail, lambda one: refused(one, why))
    except MailUnclear:
        logger.warning("no answer", extra={"mail": mail.mail_id})
    else:
        _settle(app, mail, lambda one: sent(one, message_id, app.clock.now()))


def _settle(app: App, mail: Mail, change: Callable[[Mail], Mail]) -> None:
    """Write what became of it, unless the mail service has told more meanwhile."""
    for _ in range(_TRIES):
        try:
            app.mails.save_mail(change(mail))
        except Conflict:
            found = app.mails.mail(mail.tenant, mail.mail_id)
            if found is None or found.state not in OPEN or found.attempt != mail.attempt:
                return
            mail = found
        else:
            return
    logger.warning("others keep changing a mail", extra={"mail": mail.mail_id})
