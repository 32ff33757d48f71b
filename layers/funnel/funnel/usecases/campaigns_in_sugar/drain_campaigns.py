"""Bring the campaigns that are synced with Sugar in step with it, one after the other."""

import logging
from collections.abc import Callable
from dataclasses import replace

from funnel.domain.campaigns.campaigns import CampaignHead, CampaignState
from funnel.domain.campaigns.campaigns_in_sugar import (
    UNEXPECTED,
    CampaignInSugar,
    facing,
    is_compared,
)
from funnel.domain.connecting.connections import Connection
from funnel.domain.errors import Conflict, Permanent
from funnel.domain.ids import TenantId
from funnel.domain.pushing.pushes import Obstacle
from funnel.ports.crm import Crm
from funnel.ports.sync_messages import PushDue
from funnel.usecases.app import App
from funnel.usecases.campaigns_in_sugar.change_in_sugar import change_in_sugar, hinder
from funnel.usecases.campaigns_in_sugar.compare_campaign import compare_campaign
from funnel.usecases.campaigns_in_sugar.sync_campaign import (
    Hindered,
    NotNow,
    obstacle_of,
    sync_campaign,
)
from funnel.usecases.campaigns_in_sugar.tell_members import MemberTeller
from funnel.usecases.pushing.push_lease import STOP, goes_on, take_lease
from funnel.usecases.pushing.push_outcome import OUR_MISTAKES, note_of

logger = logging.getLogger(__name__)

_PAGE = 400
_PAGES = 10
"""So many pages of one campaign's people in one turn: the others wait behind them."""


def drain_campaigns(
    app: App,
    connection: Connection,
    crm: Crm,
    worker: str,
    seconds_left: Callable[[], float],
) -> bool:
    """Whether all was done that was due, or is left to a message of its own.

    One that Sugar does not take is in the error report and holds up no other. Raises `Transient`
    errors, and what says no to all of Sugar.
    """
    drain = _Drain(app, connection, crm, worker, seconds_left)
    try:
        for one in synced_campaigns(app, connection):
            if seconds_left() <= 0:
                return False
            take_lease(app, connection, worker)
            if not goes_on(app, connection):
                return True
            drain.campaign(one)
    except NotNow:
        return True
    if drain.is_left:
        app.queue.send(PushDue(connection.tenant))
    return True


def synced_campaigns(app: App, connection: Connection) -> list[CampaignInSugar]:
    """What is kept of each campaign that was started and is to be in Sugar; made for a new one.

    Those that are not to be any more are told to rest: they stay in Sugar as they are.
    """
    tenant = connection.tenant
    wanted = {one.campaign_id for one in app.campaigns.campaigns(tenant) if _is_wanted(one)}
    there = {one.campaign_id: one for one in app.campaigns_in_sugar.campaigns_in_sugar(tenant)}
    found = []
    for campaign_id in sorted(wanted | set(there)):
        before = there.get(campaign_id)
        new = CampaignInSugar(tenant, campaign_id, connection.connection_id)
        after = facing(before or new, connection.connection_id)
        if (campaign_id in wanted) != after.active:
            # Members were not followed meanwhile.
            after = replace(after, active=campaign_id in wanted, compared_at=None, cursor="")
        if after.active or before is not None:
            after = _saved(app, before, after)
        if after.active:
            found.append(after)
    return found


def _is_wanted(head: CampaignHead) -> bool:
    return head.in_sugar and head.state is not CampaignState.DRAFT


def _saved(app: App, before: CampaignInSugar | None, after: CampaignInSugar) -> CampaignInSugar:
    """Somebody else's change stands: it is looked at once more the next time."""
    if after == before:
        return after
    try:
        return app.campaigns_in_sugar.save_campaign_in_sugar(after)
    except Conflict:
        app.queue.send(PushDue(after.tenant))
        return replace(after, active=False)


class _Drain:
    def __init__(
        self,
        app: App,
        connection: Connection,
        crm: Crm,
        worker: str,
        seconds_left: Callable[[], float],
    ) -> None:
        self._app = app
        self._connection = connection
        self._crm = crm
        self._worker = worker
        self._seconds_left = seconds_left
        self.is_left = False

    @property
    def _tenant(self) -> TenantId:
        return self._connection.tenant

    def campaign(self, one: CampaignInSugar) -> None:
        """One campaign: itself, then who is due, then all of it once a day."""
        if one.obstacle is not None:
            return
        campaign = self._app.campaigns.campaign(self._tenant, one.campaign_id)
        if campaign is None:
            return
        try:
            one = sync_campaign(
                self._app, self._crm, self._connection, one, campaign, self._may_write
            )
            self._members(one, campaign.name)
            if not is_compared(one, campaign, self._app.clock.now()):
                done = compare_campaign(self._app, self._crm, one, self._seconds_left)
                self.is_left = self.is_left or not done
                self._members(one, campaign.name)
        except Hindered as error:
            hinder(self._app, one, campaign.name, error.obstacle)
        except STOP:
            raise
        except Permanent as error:
            hinder(self._app, one, campaign.name, obstacle_of(error), note_of(error))
        except OUR_MISTAKES as error:
            # A mistake of ours over one campaign: the others, and scores, are not to wait for it.
            logger.exception("campaign not synced", extra={"campaign_id": one.campaign_id})
            obstacle = Obstacle(UNEXPECTED, value=type(error).__name__)
            hinder(self._app, one, campaign.name, obstacle)

    def _members(self, one: CampaignInSugar, name: str) -> None:
        """Who is due, so many in one turn."""
        for _ in range(_PAGES):
            now = self._app.clock.now()
            listing = self._app.campaigns_in_sugar.members_due(self._tenant, one.campaign_id, _PAGE)
            due = [row for row in listing.items if row.due_at is not None and row.due_at <= now]
            if not due:
                return
            if self._seconds_left() <= 0:
                break
            take_lease(self._app, self._connection, self._worker)
            teller = MemberTeller(self._app, self._crm, one, name, self._may_write)
            try:
                teller.tell(due)
            finally:
                self._count(one, teller.moved)
        self.is_left = True

    def _count(self, one: CampaignInSugar, moved: int) -> None:
        if moved:
            change_in_sugar(
                self._app,
                self._tenant,
                one.campaign_id,
                lambda it: replace(it, members=max(0, it.members + moved)),
            )

    def _may_write(self) -> bool:
        take_lease(self._app, self._connection, self._worker)
        return goes_on(self._app, self._connection)
