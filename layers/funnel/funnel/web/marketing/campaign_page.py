"""The page of a campaign: its diagram, what is wrong with it, and what stands open beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from funnel.domain.campaigns.campaign_drawing import draw
from funnel.domain.campaigns.campaign_graph import Place, Port, graph_of
from funnel.domain.campaigns.campaigns import Campaign, CampaignState, SendEmail, Step, StepId
from funnel.domain.errors import FunnelError
from funnel.domain.lists.lists import ListKind
from funnel.domain.pushing.pushes import Priority, TaskKind
from funnel.usecases.campaigns.campaign_names import (
    CampaignChoices,
    choices_for,
    names_of,
)
from funnel.usecases.campaigns.list_choices import ListChoices
from funnel.usecases.campaigns.view_campaigns import (
    CampaignFigures,
    ProblemView,
    campaign_figures,
    problems_view,
    why_it_waits,
)
from funnel.usecases.campaigns.view_unsent import UnsentPage
from funnel.usecases.pushing.view_pushes import Choice
from funnel.web.asked import Asked
from funnel.web.errors import ErrorBody, error_body, status_of
from funnel.web.marketing.diagram import Diagram
from funnel.web.marketing.rule_builder import RuleBuilder
from funnel.web.rendering import page
from funnel.web.replies import Reply
from funnel.web.step_words import StepWords
from funnel.web.words import Words

DONE = {
    "created": "campaign.created",
    "copied": "campaign.copied",
    "saved": "campaign.saved",
    "settings": "campaign.settings.saved",
    "started": "campaign.started",
    "paused": "campaign.paused",
    "resumed": "campaign.resumed",
    "ended": "campaign.ended",
    "put-in": "put_in.done",
    "retried": "at.retried",
    "all-retried": "at.all_retried",
    "taken-out": "at.taken_out",
}

Form = Mapping[str, Sequence[str]]
_BEFORE_START = (CampaignState.DRAFT, CampaignState.PAUSED)


@dataclass(frozen=True, slots=True)
class Offered:
    """What the settings of steps are chosen from, as the form has it."""

    emails: tuple[Choice, ...]
    lists: ListChoices
    by_hand: ListChoices
    users: tuple[Choice, ...]
    lead_sources: tuple[Choice, ...]
    pages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tasks:
    """The kinds of tasks and how urgent they can be."""

    kinds: tuple[str, ...] = tuple(one.value for one in TaskKind)
    priorities: tuple[str, ...] = tuple(one.value for one in Priority)


@dataclass(frozen=True, slots=True)
class Panel:
    """What stands open beside the diagram; `show` names the macro that draws it."""

    show: str
    home: str
    version: int
    error: ErrorBody | None = None
    sent: Form = field(default_factory=dict)
    kind: str = ""
    kinds: Sequence[str] = ()
    where: str = ""
    after: str = ""
    port: str = ""
    key: str = ""
    step: Step | None = None
    number: int = 0
    choices: Offered | None = None
    mails: Sequence[tuple[str, str]] = ()
    tasks: Tasks = Tasks()
    ports: Sequence[tuple[str, str]] = ()
    others: Sequence[Step] = ()
    unsent: UnsentPage | None = None
    places: Sequence[tuple[str, str]] = ()
    removals: Sequence[tuple[str, Sequence[Step]]] = ()
    effects: Sequence[str] = ()
    rule: RuleBuilder | None = None
    action: str = ""


def home_of(campaign: Campaign) -> str:
    """Where the page of a campaign is."""
    return f"/app/campaigns/{campaign.campaign_id}"


def diagram_of(asked: Asked, campaign: Campaign, figures: CampaignFigures) -> Diagram:
    """The diagram, with what is wrong where that keeps it from running."""
    drawing = draw(graph_of(campaign))
    names = names_of(asked.app, asked.tenant, campaign, asked.texts.rules)
    words = Words(asked.texts, asked.app.clock.now())
    problems: dict[str, list[ProblemView]] = {}
    if campaign.state in _BEFORE_START:
        for one in problems_view(asked.app, campaign):
            problems.setdefault(one.step, []).append(one)
    said = StepWords(asked.texts, words, names, campaign, drawing.numbers)
    return Diagram(asked.texts, campaign, drawing, said, figures.steps, problems)


def offered(asked: Asked, chosen: str = "") -> Offered:
    """What there is to choose from, with the list that is `chosen`."""
    found: CampaignChoices = choices_for(asked.app, asked.tenant, chosen)
    return Offered(
        found.emails,
        found.lists,
        found.lists.of(ListKind.MANUAL),
        found.users,
        found.lead_sources,
        found.pages,
    )


def mails_of(diagram: Diagram) -> list[tuple[str, str]]:
    """The steps that send something, to be asked about by a branch."""
    steps = diagram.campaign.steps
    sends = [one for one in diagram.numbers if isinstance(steps[one].action, SendEmail)]
    return [
        (
            one,
            diagram.t(
                "step.field.sent_at.step",
                number=diagram.numbers[one],
                name=diagram.words.name(steps[one]),
            ),
        )
        for one in sends
    ]


def place_words(diagram: Diagram, place: Place, key: str) -> str:
    """A place in words: by the step before it, and by yes or no of a branch."""
    if not place.after:
        return diagram.t(f"{key}.start")
    port = (
        place.port.value if place.port is not Port.NEXT else {"step.new": "after"}.get(key, "next")
    )
    step = diagram.campaign.steps[place.after]
    return diagram.t(
        f"{key}.{port}", number=diagram.numbers[place.after], name=diagram.words.name(step)
    )


def show(
    asked: Asked,
    campaign: Campaign,
    diagram: Diagram | None = None,
    panel: Panel | None = None,
    error: FunnelError | None = None,
    figures: CampaignFigures | None = None,
) -> Reply:
    """The page. `error` gives its status; what it says stands in the panel, or above where there is none."""
    found = figures or campaign_figures(asked.app, campaign)
    drawn = diagram or diagram_of(asked, campaign, found)
    done = DONE.get(asked.query("saved")) if not error else None
    return page(
        asked,
        "campaigns/one.html",
        title=campaign.name,
        status=status_of(error) if error else 200,
        campaign=campaign,
        d=drawn,
        p=panel,
        figures=found,
        problems=ordered_problems(drawn),
        waits=why_it_waits(asked.app, campaign),
        copy_key=asked.app.ids.new_id(),
        error=error_body(error) if error and panel is None else None,
        flash=asked.texts(done) if done else "",
    )


def ordered_problems(diagram: Diagram) -> list[tuple[StepId, ProblemView]]:
    """What is wrong, of the whole first and then by step in reading order."""
    order = ("", *diagram.numbers)
    return [(StepId(step), one) for step in order for one in diagram.problems.get(step, ())]
