"""Take the people of a tenant's campaigns on who are due: one worker for each part, all campaigns in turn."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

from funnel.domain.campaigns.campaigns import Campaign, CampaignHead
from funnel.domain.campaigns.enrolments import (
    CLAIMED_FOR,
    MOST_STEPS_A_TURN,
    Change,
    Enrolment,
    failed,
)
from funnel.domain.errors import FunnelError, StoreBusy
from funnel.domain.ids import TenantId
from funnel.ports.marketing_messages import WalkCampaigns
from funnel.usecases.app import App
from funnel.usecases.campaigns.ask_ahead import AskAhead
from funnel.usecases.campaigns.take_step import take_step
from funnel.usecases.campaigns.walk_mails import OURS
from funnel.usecases.campaigns.walking import Walking
from funnel.usecases.campaigns.write_walks import write_walks
from funnel.usecases.mail.send_mail import ring_for_mail

logger = logging.getLogger(__name__)

AT_ONCE = 25
"""People who are taken at once; their moves are one transaction."""

_TURN = 60
"""Seconds that one worker takes before others of the queue have theirs."""
_LEASE_FOR = timedelta(seconds=300)
_BREATH = timedelta(minutes=1)
"""After so many steps at once a person waits for the next tick: it goes in a circle, or the graph is long."""


def lease_of(part: int) -> str:
    """The lease of one part of all campaigns of a tenant."""
    return f"campaigns-{part}"


def walk_campaigns(
    app: App, message: WalkCampaigns, worker: str, seconds_left: Callable[[], float]
) -> None:
    """Take on who is due until nobody is, or the turn is over; then another message goes on.

    Whoever comes while another worker has the part leaves it to that one: what that leaves, the next
    tick rings for.
    """
    now, lease = app.clock.now(), lease_of(message.part)
    if not app.sync.acquire(message.tenant, lease, worker, now, now + _LEASE_FOR):
        return
    ends_at = app.clock.monotonic() + min(_TURN, seconds_left())
    try:
        more = _walk_all(app, message, lambda: app.clock.monotonic() >= ends_at)
    finally:
        app.sync.release(message.tenant, lease, worker)
    if more:
        app.queue.send(WalkCampaigns(message.tenant, message.part))


def _walk_all(app: App, message: WalkCampaigns, is_over: Callable[[], bool]) -> bool:
    """Whether more is due when the turn is over: all campaigns get a page each, and then another.

    One that fails holds up no other; what it raised is raised when these have had their turn.
    """
    due, ahead = app.campaigns.running(message.tenant), AskAhead(app, message.tenant)
    broken: Exception | None = None
    while due:
        still: list[CampaignHead] = []
        for head in due:
            if is_over():
                return True
            try:
                if _walk_page(app, head, message.part, ahead):
                    still.append(head)
            except Exception as error:
                logger.exception("campaign failed", extra={"campaign": head.campaign_id})
                broken = broken or error
        due = still
    if broken is not None:
        raise broken
    return False


def _walk_page(app: App, head: CampaignHead, part: int, ahead: AskAhead) -> bool:
    """Whether anybody was due."""
    campaign = running(app, head.tenant, head)
    if campaign is None:
        return False
    now = app.clock.now()
    own = (head.tenant, head.campaign_id)
    claimed = app.campaigns.claim(*own, part, now, now + CLAIMED_FOR, AT_ONCE)
    if claimed:
        walk(app, campaign, claimed, ahead)
    return bool(claimed)


def running(app: App, tenant: TenantId, head: CampaignHead | Campaign) -> Campaign | None:
    """The campaign as it is now; None unless it runs."""
    found = app.campaigns.campaign(tenant, head.campaign_id)
    return found if found is not None and found.is_running else None


def walk(
    app: App, campaign: Campaign, some: Sequence[Enrolment], ahead: AskAhead | None = None
) -> None:
    """Take these on, all by a step at a time, until each waits or has ended.

    Before each step the campaign is looked at again: who is in it goes by it as it is then, and by
    none that was paused. Each step's moves are written before the next step is begun.
    """
    for _ in range(MOST_STEPS_A_TURN):
        walking = Walking.of(app, campaign, some, ahead)
        changes = walking.mails.ask([_one_step(walking, one) for one in some])
        some = _written(walking, changes)
        if walking.mails.asked:
            ring_for_mail(app, campaign.tenant)
        if not some:
            return
        now_runs = running(app, campaign.tenant, campaign)
        if now_runs is None:
            return
        campaign = now_runs
    later = app.clock.now() + _BREATH
    rest = [Change(one, replace(one, due_at=later)) for one in some]
    write_walks(app, campaign.tenant, rest)


def _one_step(walking: Walking, one: Enrolment) -> Change:
    """One whose step fails stops nobody else, and is tried again later."""
    try:
        return take_step(walking, one)
    except FunnelError as error:
        text = f"{error.text} {error.mend}".strip()
        logger.warning("step failed", extra={"enrolment": one.enrolment_id, "why": error.code})
        return Change(one, failed(one, walking.now, text))
    except Exception:
        logger.exception("step failed", extra={"enrolment": one.enrolment_id})
        return Change(one, failed(one, walking.now, OURS))


def _written(walking: Walking, changes: Sequence[Change]) -> list[Enrolment]:
    """Who goes on at once. Whom somebody else changed meanwhile is due again soon enough."""
    app, tenant, now = walking.app, walking.tenant, walking.now
    try:
        done = write_walks(app, tenant, changes)
    except StoreBusy:
        raise
    except Exception:
        logger.exception("walks not written together")
        done = [_written_alone(walking, one) for one in changes]
    stored = [
        replace(c.after, version=(c.before.version if c.before else 0) + 1)
        for c, is_written in zip(changes, done, strict=True)
        if is_written
    ]
    return [one for one in stored if one.due_at is not None and one.due_at <= now]


def _written_alone(walking: Walking, change: Change) -> bool:
    """Whether it was. One that cannot be is noted as failed, so that it stops nobody else for ever."""
    app, tenant, before = walking.app, walking.tenant, change.before
    try:
        return write_walks(app, tenant, [change])[0]
    except StoreBusy:
        raise
    except Exception:
        logger.exception("walk not written", extra={"enrolment": change.after.enrolment_id})
    if before is not None:
        write_walks(app, tenant, [Change(before, failed(before, walking.now, OURS))])
    return False
