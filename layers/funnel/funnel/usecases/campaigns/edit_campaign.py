"""Change the graph of a campaign: add a step, change, move or remove it, and connect its ways."""

from collections.abc import Callable
from dataclasses import replace

from funnel.domain.campaigns.campaign_edits import Effect, edit_effects
from funnel.domain.campaigns.campaign_graph import (
    Graph,
    Place,
    Port,
    connected,
    graph_of,
    inserted,
    moved,
    removal,
    step_of,
    with_step,
)
from funnel.domain.campaigns.campaigns import Action, Campaign, CampaignId, Step, StepId
from funnel.domain.ids import derived_id
from funnel.usecases.app import App
from funnel.usecases.campaigns.keep_campaigns import CampaignDraft, drafted

Edit = Callable[[Graph], Graph]


def adding(campaign_id: CampaignId, key: str, made: tuple[Action, str], place: Place) -> Edit:
    """Put a new step there; by the same `key` it is the same one, and added once. Raises `InputInvalid`."""
    step_id = StepId(derived_id("step", campaign_id, key))
    action, name = made
    step = Step(step_id, action, name=name)

    def edit(graph: Graph) -> Graph:
        return graph if step_id in graph.steps else inserted(graph, step, place)

    return edit


def changing(step_id: StepId, made: tuple[Action, str]) -> Edit:
    """Give a step another action and name, and leave where it leads. Raises `InputInvalid`."""
    action, name = made

    def edit(graph: Graph) -> Graph:
        step = step_of(graph, step_id)
        return with_step(graph, replace(step, action=action, name=name))

    return edit


def moving(step_id: StepId, place: Place) -> Edit:
    """Put a step elsewhere."""
    return lambda graph: moved(graph, step_id, place)


def connecting(place: Place, target: StepId) -> Edit:
    """Have a way lead to a step, or to the end."""
    return lambda graph: connected(graph, place, target)


def removing(step_id: StepId, keep: Port) -> Edit:
    """Take a step out, with what hangs on the other way of a branch."""
    return lambda graph: removal(graph, step_id, keep).graph


def draft_of(campaign: Campaign) -> CampaignDraft:
    """What a campaign is set up as."""
    return CampaignDraft(
        campaign.name,
        campaign.start,
        campaign.first,
        campaign.steps,
        campaign.timezone,
        campaign.window,
        campaign.sugar.active,
    )


def with_edit(campaign: Campaign, edit: Edit) -> CampaignDraft:
    """What it is to be with an edit of its graph. Raises `InputInvalid` and `NotFound`."""
    graph = edit(graph_of(campaign))
    return replace(draft_of(campaign), first=graph.first, steps=graph.steps)


def foreseen(app: App, campaign: Campaign, draft: CampaignDraft) -> tuple[Effect, ...]:
    """What a change would do to those who are on their way. Raises `InputInvalid`."""
    if campaign.started_at is None:
        return ()
    numbers = app.campaigns.step_numbers(campaign.tenant, campaign.campaign_id)
    return edit_effects(campaign, drafted(campaign, draft), numbers)
