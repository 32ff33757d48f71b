"""Write how people walk along campaigns, and have Sugar's Target Lists follow who came in or left."""

from collections import defaultdict
from collections.abc import Sequence

from funnel.domain.campaigns import CampaignId
from funnel.domain.enrolments import Change
from funnel.domain.ids import PersonId, TenantId
from funnel.usecases.app import App
from funnel.usecases.participants import is_in
from funnel.usecases.wake_members import wake_participants


def write_walks(app: App, tenant: TenantId, changes: Sequence[Change]) -> list[bool]:
    """Each change, written whole or not at all; as `CampaignStore.write_enrolments`.

    Whom a crash keeps from Sugar is found there by the daily comparison.
    """
    done = app.campaigns.write_enrolments(tenant, changes)
    moved: dict[CampaignId, list[PersonId]] = defaultdict(list)
    for change, written in zip(changes, done, strict=True):
        before, after = change.before, change.after
        if written and (before is not None and is_in(before)) != is_in(after):
            moved[after.campaign_id].append((before or after).person_id)
    for campaign_id, people in moved.items():
        wake_participants(app, tenant, campaign_id, people)
    return done
