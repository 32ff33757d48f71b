"""Send a tenant's mail that is due: each at most once, and no faster than the mail service takes it."""

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import Future, wait
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from funnel.domain.errors import Conflict, MailBusy, MailRefused, MailUnclear, Transient
from funnel.domain.ids import TenantId
from funnel.domain.mail.mail_caps import with_mail
from funnel.domain.mail.mail_states import (
    claimed,
    note_put_off,
    noted,
    put_off,
    refused,
    sent,
    unclear,
    waits_for_sender,
)
from funnel.domain.mail.mail_totals import is_marketing
from funnel.domain.mail.mails import OPEN, Mail, MailState
from funnel.domain.mail.senders import TOLD_AFTER
from funnel.ports.mailer import Outgoing
from funnel.ports.marketing_messages import SendMails
from funnel.usecases.app import App
from funnel.usecases.delivery.mail_pace import Pace
from funnel.usecases.delivery.ready_mails import Ready, ReadyMails
from funnel.usecases.living import is_empty, standing
from funnel.usecases.mail.mail_fitness import NOBODY, Barred
from funnel.usecases.mail.render_mail import MailRenderer
from funnel.usecases.mail.sender_domains import end_trouble, note_trouble
from funnel.usecases.pushing.note_mail import note_mail

logger = logging.getLogger(__name__)

LEASE = "mail"
_LEASE_FOR = timedelta(seconds=120)
_MOST_WAITS = 6
_BUSY_WAIT = 5
_TRIES = 6
_TURN = 60.0
"""Seconds after which a worker hands over, so that all tenants get their turn however many there are."""


def deliver_mails(
    app: App, message: SendMails, worker: str, seconds_left: Callable[[], float]
) -> None:
    """Send what is due until nothing is, or its turn is over; then another message goes on.

    One worker of a tenant at a time, so that the rate holds. Whoever comes meanwhile looks again a
    few times: the other may have looked for the last time already.
    """
    tenant = message.tenant
    lease, pace = _Lease(app, tenant, worker), Pace(app, tenant)
    if not lease.held():
        if message.attempt < _MOST_WAITS:
            app.queue.send(SendMails(tenant, message.attempt + 1), delay=_BUSY_WAIT)
        return
    ends_at = app.clock.monotonic() + _TURN
    try:
        more = _deliver_all(
            app, tenant, lease, pace, lambda: min(seconds_left(), ends_at - app.clock.monotonic())
        )
        pace.end()
    finally:
        app.sync.release(tenant, LEASE, worker)
    if more:
        app.queue.send(SendMails(tenant))


def _deliver_all(
    app: App, tenant: TenantId, lease: "_Lease", pace: Pace, seconds_left: Callable[[], float]
) -> bool:
    """Whether more is due when the time is up."""
    renderer, barred = MailRenderer(app, tenant), Barred(app, tenant)
    while due := app.mails.due_mails(tenant, app.clock.now(), pace.batch):
        if seconds_left() <= 0:
            return True
        if len(due) >= pace.batch:
            pace.look()
        batch = _Batch(app, tenant, renderer, due, barred)
        for mail in due:
            if seconds_left() <= 0 or not lease.held():
                batch.end()
                return seconds_left() <= 0
            if batch.goes_out(mail):
                pace.wait()
            batch.begin(mail)
        if not batch.end():
            # The index of what is due is a moment behind the rows.
            app.clock.sleep(1)
    return False


class _Batch:
    """A few mails that are worked on, at once where there are threads for that."""

    def __init__(
        self,
        app: App,
        tenant: TenantId,
        renderer: MailRenderer,
        due: Sequence[Mail],
        barred: Barred,
    ) -> None:
        self._app = app
        queued = [one for one in due if one.state is MailState.QUEUED]
        self._ready = ReadyMails(app, tenant, renderer, queued, barred) if queued else None
        self._begun: list[Future[bool]] = []
        self._moved = False

    def goes_out(self, mail: Mail) -> bool:
        """Whether it may be handed over: what is held takes no turn of those that are."""
        return self._ready is None or self._ready.goes_out(mail)

    def begin(self, mail: Mail) -> None:
        """Work on one."""
        work = partial(_work_on, self._app, mail, self._ready)
        if self._app.background is None:
            self._moved |= work()
        else:
            self._begun.append(self._app.background.submit(work))

    def end(self) -> bool:
        """Wait until all are done; did any move. Raises what one of them raised."""
        wait(self._begun)
        results = [one.result() for one in self._begun]
        return self._moved or any(results)


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


def _work_on(app: App, mail: Mail, ready: ReadyMails | None) -> bool:
    """Send it, see that nobody can tell whether it went out, or have it noted; did it move.

    It is as the index has it: should it have moved on, its version does not stand any more.
    """
    try:
        if mail.state is MailState.SENDING:
            app.mails.save_mail(unclear(mail))
            logger.warning("unclear", extra={"mail": mail.mail_id})
        elif mail.state is MailState.QUEUED and ready is not None:
            if ready.is_of_nobody(mail) and _is_erased(app, mail):
                # Asked for while its person was erased, whose mails may have been looked through before.
                app.mails.forget_mail(refused(mail, NOBODY))
            else:
                _send(app, ready.made_ready(mail))
        elif mail.wants_note:
            _note(app, mail)
    except Conflict:
        return False
    return True


def _send(app: App, ready: Ready | Mail) -> None:
    if isinstance(ready, Mail):
        app.mails.save_mail(ready)
        _tell(app, ready)
        return
    now, received = app.clock.now(), ready.received
    if received is not None:
        received = with_mail(received, ready.mail.mail_id, now)
    mine = app.mails.claim_mail(claimed(ready.mail, now), ready.rendered.tracked, received)
    if _hand_over(app, mine, ready.rendered.outgoing) and ready.ends_trouble:
        end_trouble(app, mine.tenant)


def _is_erased(app: App, mail: Mail) -> bool:
    person = standing(app, mail.tenant, mail.goes_with)
    return person is not None and is_empty(person)


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


def _tell(app: App, mail: Mail) -> None:
    """Have people read why mail does not go out, once it has waited for a while."""
    since = mail.troubled_since
    if since is not None and app.clock.now() >= since + TOLD_AFTER:
        note_trouble(app, mail.tenant, mail.reason, since)


def _hand_over(app: App, mail: Mail, outgoing: Outgoing) -> bool:
    """Whether it was taken. From here on it may have gone out.

    Only an answer tells; without one it waits for SES's events.
    """
    assert app.mailer is not None, "this door has no mailer"
    try:
        message_id = app.mailer.send(replace(outgoing, attempt=mail.attempt))
    except MailBusy as error:
        busy = error.text
        waits = waits_for_sender if is_marketing(mail.about) else put_off
        _settle(app, mail, lambda one: waits(one, app.clock.now(), busy))
        _tell(app, waits(mail, app.clock.now(), busy))
    except MailRefused as error:
        why = error.text
        _settle(app, mail, lambda one: refused(one, why))
    except MailUnclear:
        logger.warning("no answer", extra={"mail": mail.mail_id})
    else:
        _settle(app, mail, lambda one: sent(one, message_id, app.clock.now()))
        return True
    return False


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
