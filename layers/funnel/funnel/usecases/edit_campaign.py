"""Change the graph of a campaign: add a step, change, move or remove it, and connect its ways."""

from collections.abc import Callable
from dataclasses import replace

from funnel.domain.campaign_graph import (
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
from funnel.domain.campaigns import Campaign, CampaignId, Step, StepId
from funnel.domain.errors import Conflict
from funnel.domain.ids import derived_id
from funnel.usecases.step_settings import StepSettings, action_of, checked_name

Edit = Callable[[Graph], Graph]


def adding(campaign_id: CampaignId, key: str, settings: StepSettings, place: Place) -> Edit:
    """Put a new step there; by the same `key` it is the same one, and added once. Raises `InputInvalid`."""
    step_id = StepId(derived_id("step", campaign_id, key))
    step = Step(step_id, action_of(settings), name=checked_name(settings.name))

    def edit(graph: Graph) -> Graph:
        return graph if step_id in graph.steps else inserted(graph, step, place)

    return edit


def changing(step_id: StepId, settings: StepSettings) -> Edit:
    """Give a step other settings, and leave where it leads. Raises `InputInvalid`."""
    action, name = action_of(settings), checked_name(settings.name)

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


def edited(campaign: Campaign, version: int, edit: Edit) -> Campaign:
    """The campaign as the edit would have it, if it is still as it was looked at. Raises `Conflict`."""
    if campaign.version != version:
        raise Conflict(
            f"{campaign.changed_by or 'Somebody'} changed this campaign while you were at it.",
            mend="Look at it as it is now, and do it again.",
        )
    graph = edit(graph_of(campaign))
    return replace(campaign, first=graph.first, steps=graph.steps)
