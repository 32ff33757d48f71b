"""What the diagram of a campaign is drawn from: the drawing, the words, the numbers and what is wrong."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from funnel.domain.campaigns.campaign_drawing import Drawing
from funnel.domain.campaigns.campaign_edits import Effect
from funnel.domain.campaigns.campaigns import Campaign, CampaignState, StepId
from funnel.usecases.campaigns.view_campaigns import ProblemView, StepFigures
from funnel.web.step_words import StepWords
from funnel.web.texts import Texts


@dataclass(frozen=True, slots=True)
class Diagram:
    """A campaign as `templates/campaigns/flow.html` draws it.

    `problems` are those before it can start, by step, "" for the campaign itself. `chosen` is the step
    that is open beside it, `adding` the place where one is being added.
    """

    t: Texts
    campaign: Campaign
    drawing: Drawing
    words: StepWords
    figures: Mapping[StepId, StepFigures] = field(default_factory=dict)
    problems: Mapping[str, Sequence[ProblemView]] = field(default_factory=dict)
    chosen: str = ""
    adding: tuple[str, str] = ("", "")

    @property
    def numbers(self) -> Mapping[StepId, int]:
        """Steps' numbers in reading order."""
        return self.drawing.numbers

    @property
    def editable(self) -> bool:
        """Whether steps can be added and changed."""
        return self.campaign.state is not CampaignState.ENDED

    def numbers_of(self, steps: Iterable[StepId]) -> str:
        """The numbers of some steps, such as `3, 4`."""
        return ", ".join(str(self.numbers[one]) for one in dict.fromkeys(steps))


def effect_words(diagram: Diagram, one: Effect) -> str:
    """What happens to the people at one step, in words."""
    steps = diagram.campaign.steps
    name = diagram.words.name(steps[one.step])
    number = diagram.numbers[one.step]
    if not one.is_removed:
        return diagram.t.count("effect.changed", one.people, step=number, name=name)
    if not one.goes_to:
        return diagram.t.count("effect.stops", one.people, step=number, name=name)
    there = steps.get(one.goes_to)
    return diagram.t.count(
        "effect.goes",
        one.people,
        step=number,
        name=name,
        there=diagram.words.name(there) if there else "",
    )
