"""What a change of a campaign would do to those who are on their way, before it is made."""

from dataclasses import replace

from funnel.domain.campaigns.campaign_edits import Effect, edit_effects
from funnel.domain.campaigns.campaigns import Campaign
from funnel.usecases.app import App


def effects(app: App, campaign: Campaign, after: Campaign) -> tuple[Effect, ...]:
    """For each step that was changed or removed and where somebody is: how many, and where they go on."""
    numbers = app.campaigns.step_numbers(campaign.tenant, campaign.campaign_id)
    return edit_effects(campaign, replace(after, detours=campaign.detours), numbers)
