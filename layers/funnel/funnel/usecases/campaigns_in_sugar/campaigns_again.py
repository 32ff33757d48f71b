"""Try again what Sugar did not take of campaigns and of the people in them."""

from collections.abc import Iterable, Sequence

from funnel.domain.campaigns.campaigns_in_sugar import CampaignInSugar
from funnel.domain.ids import TenantId
from funnel.domain.sync.records import SyncError, Unit
from funnel.usecases.app import App
from funnel.usecases.bells.ring import ring
from funnel.usecases.bells.wake_members import wake_participants
from funnel.usecases.campaigns_in_sugar.change_in_sugar import unhinder


def campaigns_again(app: App, tenant: TenantId, rows: Sequence[SyncError]) -> None:
    """Make due what stands behind these rows; one behind which nothing stands is closed."""
    if not rows:
        return
    ring(app, tenant)
    heads = app.campaigns_in_sugar.campaigns_in_sugar(tenant)
    behind = _heads_again(app, heads, rows)
    left = [row for row in rows if row.error_id not in behind]
    behind |= _members_again(app, tenant, heads, left)
    closed = [(row.record, row.error_id) for row in left if row.error_id not in behind]
    if closed:
        app.records.commit(tenant, [Unit(closed=[one]) for one in closed])


def _heads_again(app: App, heads: Iterable[CampaignInSugar], rows: Iterable[SyncError]) -> set[str]:
    wanted = {row.error_id for row in rows}
    mine = [one for one in heads if one.error_id in wanted and one.obstacle is not None]
    for one in mine:
        unhinder(app, one)
    return {one.error_id for one in mine}


def _members_again(
    app: App, tenant: TenantId, heads: Sequence[CampaignInSugar], rows: Sequence[SyncError]
) -> set[str]:
    """A row names the record; whose it is by now is who is tried."""
    keys = {row.record for row in rows}
    records = app.records.records(tenant, keys) if keys else {}
    people = {record.person_id for record in records.values() if record.person_id}
    wanted = {row.error_id for row in rows}
    behind: set[str] = set()
    for head in heads:
        asked = [(head.campaign_id, person_id) for person_id in people]
        found = app.campaigns_in_sugar.sugar_members(tenant, asked) if asked else {}
        mine = [one for one in found.values() if one.error_id in wanted and one.failed]
        wake_participants(app, tenant, head.campaign_id, [one.person_id for one in mine])
        behind |= {one.error_id for one in mine}
    return behind
