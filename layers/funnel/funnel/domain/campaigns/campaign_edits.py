"""What a change of a campaign does to those who are on their way: told before, and then done.

Who stands at a step that was removed goes to the nearest step that follows it by the graph as it was,
and stops where none does. Who stands at a step that was changed goes by it as it is then: a wait is
counted anew from when the person came.
"""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, replace

from funnel.domain.campaigns.campaign_graph import edges_of, graph_of
from funnel.domain.campaigns.campaigns import NOWHERE, Campaign, SendEmail, StepId, Wait
from funnel.domain.campaigns.enrolments import StepNumbers


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change does to `people` at a step: they go on at `goes_to`, or with NOWHERE stop there.

    Of a step that stays but is another, `goes_to` is the step itself.
    """

    step: StepId
    name: str
    people: int
    goes_to: StepId

    @property
    def is_removed(self) -> bool:
        """Whether the step is there no more."""
        return self.goes_to != self.step


def touched_steps(before: Campaign, after: Campaign) -> tuple[StepId, ...]:
    """The steps that were removed, or do something else than they did, or lead elsewhere.

    With another time zone also those that wait for an hour or a weekday, and with other hours for mail
    the emails: people may wait at them for these hours.
    """
    moved = before.timezone != after.timezone
    hours = before.window != after.window or (moved and after.window is not None)
    return tuple(
        i
        for i, step in before.steps.items()
        if not _is_same(before, after, i)
        or (moved and isinstance(step.action, Wait) and (step.action.at or step.action.weekdays))
        or (hours and isinstance(step.action, SendEmail))
    )


def with_detours(before: Campaign, after: Campaign) -> Campaign:
    """The campaign after a change, with where those go on who stood at what was removed."""
    gone = [i for i in before.steps if i not in after.steps]
    new = {i: _nearest(before, after, i) for i in gone}
    kept = {
        i: new.get(to, to if to in after.steps else NOWHERE) for i, to in before.detours.items()
    }
    detours = {i: to for i, to in {**kept, **new}.items() if i not in after.steps}
    return replace(after, detours=detours)


def edit_effects(
    before: Campaign, after: Campaign, numbers: Mapping[StepId, StepNumbers]
) -> tuple[Effect, ...]:
    """What a change does to those who are on their way; steps where nobody is are left out."""
    detours = with_detours(before, after).detours
    found: list[Effect] = []
    for step_id in touched_steps(before, after):
        at = numbers.get(step_id, StepNumbers())
        people = at.walking + at.stuck
        if people:
            goes_to = step_id if step_id in after.steps else detours[step_id]
            found.append(Effect(step_id, before.steps[step_id].name, people, goes_to))
    return tuple(found)


def _is_same(before: Campaign, after: Campaign, step_id: StepId) -> bool:
    now = after.steps.get(step_id)
    was = before.steps[step_id]
    return now is not None and replace(now, name="") == replace(was, name="")


def _nearest(before: Campaign, after: Campaign, step_id: StepId) -> StepId:
    """The nearest step behind this one that is there still; a yes goes before a no."""
    graph = graph_of(before)
    ahead, seen = deque([step_id]), {step_id}
    while ahead:
        for edge in edges_of(graph, before.steps[ahead.popleft()]):
            if edge.target in after.steps:
                return edge.target
            if edge.target and edge.target not in seen:
                seen.add(edge.target)
                ahead.append(edge.target)
    return NOWHERE
