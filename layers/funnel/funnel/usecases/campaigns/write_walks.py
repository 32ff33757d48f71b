"""Write how people walk along campaigns, and have Sugar's Target Lists follow who came in or left."""

from collections import defaultdict
from collections.abc import Sequence

from funnel.domain.campaigns.campaigns import CampaignId
from funnel.domain.campaigns.enrolments import Change
from funnel.domain.ids import PersonId, TenantId
from funnel.usecases.app import App
from funnel.usecases.bells.wake_members import wake_participants
from funnel.usecases.campaigns.whose_walks import is_in


def write_walks(app: App, tenant: TenantId, changes: Sequence[Change]) -> list[bool]:
    """Each change, written whole or not at all; as `CampaignStore.write_enrolments`.

    Whom a crash keeps from Sugar is found there by the daily comparison.
    """
    done = app.campaigns.write_enrolments(tenant, changes)
    moved: dict[CampaignId, list[PersonId]] = defaultdict(list)
    for change, written in zip(changes, done, strict=True):
        if written and (people := _moved(change)):
            moved[change.after.campaign_id] += people
    for campaign_id, people in moved.items():
        wake_participants(app, tenant, campaign_id, people)
    return done


def _moved(change: Change) -> list[PersonId]:
    """Who comes in by it or leaves, also as who it is now; nobody where all stays as it was."""
    before, after = change.before, change.after
    was = {before.person_id} if before is not None and is_in(before) else set()
    return sorted(was ^ ({after.person_id} if is_in(after) else set()))
