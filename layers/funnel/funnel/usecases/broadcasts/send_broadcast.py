"""Carry a broadcast out: fix whom it is for, then ask for their mails, page by page, never twice."""

import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from funnel.domain.broadcasts.broadcasts import (
    LONGEST_WAIT,
    LOOKED_AFTER,
    UNDER_WAY,
    AudienceRow,
    Broadcast,
    BroadcastState,
    Place,
    paused,
)
from funnel.domain.errors import Conflict, Permanent, Transient
from funnel.domain.mail.mail_states import WAITS_FOR_SENDER
from funnel.domain.mail.mail_totals import About, AboutKind
from funnel.domain.mail.mails import KEPT
from funnel.domain.mail.senders import why_unfit
from funnel.ports.marketing_messages import SendBroadcast
from funnel.usecases.app import App
from funnel.usecases.broadcasts.audience import Audience
from funnel.usecases.broadcasts.broadcast_page import BroadcastPages
from funnel.usecases.jobs.try_later import delay_after
from funnel.usecases.lists.settled_lists import still_worked_out
from funnel.usecases.mail.send_mail import ring_for_mail
from funnel.usecases.mail.sender_domains import fresh_settings

logger = logging.getLogger(__name__)

_TURN = 60.0
"""Seconds after which a worker hands over: mail that somebody waits for is sent by the same workers."""

_LEASE_FOR = timedelta(minutes=3)
"""Longer than a turn, with the step begun last."""

_AHEAD = 150
"""Seconds of sending for which mails are asked for ahead; more of them are not asked for till then."""

_FEWEST_AHEAD = 200
_SHORTLY = LOOKED_AFTER / 20
_LONGEST_HOLD = timedelta(minutes=5)
"""After so long it is looked whether its sender is fit again."""


def send_broadcast(
    app: App, message: SendBroadcast, worker: str, seconds_left: Callable[[], float]
) -> None:
    """Go on with it until it is done, enough mails wait to be sent, or the turn is over.

    One worker at a time. What can pass is tried again with back-off, and in the end found by the
    schedule; what cannot pauses the broadcast and says why.
    """
    tenant, lease = message.tenant, f"broadcast {message.broadcast_id}"
    now = app.clock.now()
    if not app.sync.acquire(tenant, lease, worker, now, now + _LEASE_FOR):
        return
    again, delay = False, 0
    ends_at = app.clock.monotonic() + _TURN
    work = _Work(app, message)
    try:
        again = work.go_on(lambda: min(seconds_left(), ends_at - app.clock.monotonic()))
    except Transient as error:
        wait = delay_after(message.attempt, error)
        again, delay = wait is not None, wait or 0
        message = replace(message, attempt=message.attempt + 1)
    except Conflict:
        # Somebody paused or cancelled it meanwhile: it is looked at anew.
        again = True
    except Permanent as error:
        work.stop(error)
    except Exception as error:
        logger.exception("broadcast", extra={"broadcast": message.broadcast_id})
        work.stop(error)
    finally:
        app.sync.release(tenant, lease, worker)
    if work.asked:
        ring_for_mail(app, tenant)
    if again:
        app.queue.send(replace(message, attempt=message.attempt if delay else 0), delay=delay)


class _Work:
    """One worker's turn."""

    def __init__(self, app: App, message: SendBroadcast) -> None:
        self._app = app
        self._tenant = message.tenant
        self._id = message.broadcast_id
        self._pages: BroadcastPages | None = None
        self.asked = False

    def go_on(self, seconds_left: Callable[[], float]) -> bool:
        """Step by step; whether there is more to do at once. Raises `Conflict`."""
        while (broadcast := self._read()) is not None and broadcast.state in UNDER_WAY:
            if seconds_left() <= 0:
                return True
            if not self._step(broadcast):
                return False
        return False

    def stop(self, error: Exception) -> None:
        """Pause it, and say why."""
        text, mend = "Something went wrong on our side; it is in the log.", "Tell the operator."
        if isinstance(error, Permanent):
            text, mend = error.text, error.mend
        broadcast = self._read()
        if broadcast is not None and broadcast.state in UNDER_WAY:
            self._app.broadcasts.save_broadcast(paused(broadcast, text, mend))

    def _read(self) -> Broadcast | None:
        return self._app.broadcasts.broadcasts(self._tenant, [self._id]).get(self._id)

    def _step(self, broadcast: Broadcast) -> bool:
        """The next thing to do; whether another follows at once."""
        now = self._app.clock.now()
        if broadcast.state is BroadcastState.SCHEDULED:
            starts_at = broadcast.starts_at or now
            if starts_at > now:
                # It may have been paused and resumed before its time.
                if broadcast.due_at != starts_at:
                    self._app.broadcasts.save_broadcast(replace(broadcast, due_at=starts_at))
                return False
            begun = replace(
                broadcast, state=BroadcastState.GATHERING, started_at=broadcast.started_at or now
            )
            self._save(begun)
            return True
        if unfit := self._unfit(broadcast):
            self._hold(broadcast, unfit)
            return False
        if broadcast.held_since is not None:
            broadcast = replace(broadcast, held_since=None, note="", mend="")
        if broadcast.state is BroadcastState.GATHERING:
            return self._gather(broadcast)
        return self._ask(broadcast)

    def _unfit(self, broadcast: Broadcast) -> str:
        settings = self._app.mails.mail_settings(self._tenant)
        address = broadcast.plan.from_address or settings.from_address
        return why_unfit(fresh_settings(self._app, self._tenant, address), address)

    def _hold(self, broadcast: Broadcast, why: str) -> None:
        """Wait for its sender, as its mail does: it goes on by itself, or stands still after a week."""
        now = self._app.clock.now()
        since = broadcast.held_since or now
        if now >= since + WAITS_FOR_SENDER:
            mend = "An admin mends it under Settings, Mail settings; then let the broadcast go on."
            after = paused(broadcast, why, mend)
        else:
            mend = "An admin mends it under Settings, Mail settings; then it goes on by itself."
            due_at = now + min(_LONGEST_HOLD, max(_SHORTLY, now - since))
            after = replace(broadcast, due_at=due_at, held_since=since, note=why, mend=mend)
        self._app.broadcasts.save_broadcast(after)

    def _gather(self, broadcast: Broadcast) -> bool:
        """Put the people of the next members in the audience. Who was met before is there already.

        Nobody is while one of the lists is being worked out: who is to be left aside is not known yet.
        """
        plan = broadcast.plan
        names = broadcast.list_names
        audience = Audience(self._app, self._tenant, plan.lists, plan.minus, names)
        if waits_for := audience.waits_for():
            self._wait(broadcast, still_worked_out(waits_for))
            return False
        page = audience.page(broadcast.progress.place)
        progress = replace(
            broadcast.progress,
            on_minus=broadcast.progress.on_minus + page.minus,
            twice=broadcast.progress.twice + page.twice,
            gone=broadcast.progress.gone + page.gone,
        )
        broadcast = replace(broadcast, note="", mend="")
        rows = [AudienceRow(one.person_id) for one in page.people]
        until = self._app.clock.now() + KEPT
        self._app.broadcasts.put_audience(self._tenant, self._id, rows, until)
        if page.place is not None:
            people = progress.people + len(rows)
            self._save(
                replace(broadcast, progress=replace(progress, place=page.place, people=people))
            )
            return True
        size = self._app.broadcasts.audience_size(self._tenant, self._id)
        self._save(
            replace(
                broadcast,
                state=BroadcastState.SENDING,
                gathered_at=self._app.clock.now(),
                progress=replace(progress, place=Place(), people=size),
            )
        )
        return True

    def _wait(self, broadcast: Broadcast, why: str) -> None:
        """Look again soon, but not for ever."""
        now = self._app.clock.now()
        if now >= broadcast.waits_since + LONGEST_WAIT:
            after = paused(broadcast, why, "Let it go on when that is done.")
        else:
            after = replace(broadcast, due_at=now + _SHORTLY, note=why)
        self._app.broadcasts.save_broadcast(after)

    def _ask(self, broadcast: Broadcast) -> bool:
        """Ask for the mails of the next people, unless enough are on their way."""
        progress, now = broadcast.progress, self._app.clock.now()
        about = About(AboutKind.BROADCAST, self._id)
        found = self._app.mails.mail_totals(self._tenant, about, with_links=False)
        waiting = found.waiting - progress.put_off
        if waiting >= max(_FEWEST_AHEAD, _AHEAD * self._app.mail_rate):
            self._app.broadcasts.save_broadcast(replace(broadcast, due_at=now + _SHORTLY))
            return False
        if self._pages is None:
            self._pages = BroadcastPages(self._app, broadcast)
        page = self._pages.work_on(progress.place.cursor)
        self.asked |= page.mails > 0
        left = Counter(progress.left)
        left.update(page.left)
        after = replace(
            progress,
            place=Place(0, page.cursor),
            done=progress.done + page.mails + sum(page.left.values()),
            mails=progress.mails + page.mails,
            put_off=progress.put_off + page.put_off,
            left=dict(left),
        )
        if page.cursor:
            self._save(replace(broadcast, progress=after))
            return True
        state = BroadcastState.SENT
        self._app.broadcasts.save_broadcast(
            replace(broadcast, state=state, progress=after, finished_at=now, due_at=None)
        )
        return False

    def _save(self, broadcast: Broadcast) -> None:
        due_at = self._app.clock.now() + LOOKED_AFTER
        self._app.broadcasts.save_broadcast(replace(broadcast, due_at=due_at))
