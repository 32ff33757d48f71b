"""What keeps a campaign from being started: what is missing, what leads nowhere, what nobody could do."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from funnel.domain.campaigns.campaign_graph import Graph, edges_of, graph_of, reached
from funnel.domain.campaigns.campaigns import (
    LONGEST_WAIT,
    MOST_STEPS,
    NOWHERE,
    Action,
    Asks,
    Branch,
    Campaign,
    ChangeList,
    ChangeOwner,
    ChangeScore,
    Comes,
    End,
    ScheduleTask,
    SendEmail,
    Step,
    StepId,
    SyncWithSugar,
    Wait,
)
from funnel.domain.campaigns.waiting import zone_of
from funnel.domain.emails.emails import EmailId
from funnel.domain.errors import InputInvalid
from funnel.domain.ids import ListId

MOST_POINTS = 1_000
_LONGEST = int(LONGEST_WAIT.total_seconds() / 60)
_WEEKDAYS = frozenset(range(7))


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong at a step (NOWHERE: with the whole campaign), and how it is mended.

    `setting` is the one of the campaign that it is about, "" for none.
    """

    step: StepId
    what: str
    mend: str
    setting: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What there is that a campaign may name.

    `emails` says of each what keeps it from being sent, "" for nothing; `mail` what keeps all mail from
    being sent; `lists` are all in use, `by_hand` those made by hand, and `unsettled` those that are still
    being worked out, by name. `plans` says what is wrong with what a step plans for Sugar; `rules` with
    what it asks of a rule.
    """

    emails: Mapping[EmailId, str] = field(default_factory=dict)
    lists: Collection[ListId] = ()
    by_hand: Collection[ListId] = ()
    unsettled: Mapping[ListId, str] = field(default_factory=dict)
    forms: Collection[str] = ()
    plans: Mapping[StepId, str] = field(default_factory=dict)
    rules: Mapping[StepId, tuple[str, ...]] = field(default_factory=dict)
    mail: str = ""


def problems(campaign: Campaign, known: Known) -> tuple[Problem, ...]:
    """All that is to be mended before it can be started, of the whole first and then by step."""
    found = list(_of_the_whole(campaign, known))
    graph = graph_of(campaign)
    found += _of_the_graph(graph)
    for step in campaign.steps.values():
        found += [Problem(step.step_id, *one) for one in _of_a_step(campaign, graph, step, known)]
    return tuple(found)


def settings_problems(campaign: Campaign) -> Iterator[Problem]:
    """What is wrong with its settings by themselves, whatever else there is."""
    if not 0 <= campaign.start.again_days <= LONGEST_WAIT.days:
        text = f"People come again after 1 to {LONGEST_WAIT.days} days, or never (0)."
        yield Problem(NOWHERE, text, "Enter another number of days.", "again_days")
    try:
        zone_of(campaign.timezone)
    except InputInvalid as error:
        yield Problem(NOWHERE, "There is no such time zone.", error.text, "timezone")
    window = campaign.window
    if window and (window.since >= window.until or not set(window.weekdays) & _WEEKDAYS):
        text = "Mail could never go out: the sending window is empty."
        yield Problem(NOWHERE, text, "Let it end later than it begins, on some day.", "until")


def waits_for_newcomers(campaign: Campaign) -> bool:
    """Whether it is yet to start, and only who comes onto its list from then on is to come in."""
    start = campaign.start
    return start.comes is Comes.LIST and not start.present and campaign.started_at is None


def _of_the_whole(campaign: Campaign, known: Known) -> Iterator[Problem]:
    start = campaign.start
    if start.comes is Comes.LIST and start.list_id not in known.lists:
        yield Problem(
            NOWHERE,
            "The list or segment that people come from is not there.",
            "Choose one.",
            "list",
        )
    if waits_for_newcomers(campaign) and start.list_id in known.unsettled:
        # Whoever is found to be on it after the start would look as if they had come later.
        text = f"It is still being worked out who is on “{known.unsettled[start.list_id]}”."
        yield Problem(NOWHERE, text, "Only who comes later comes in: start it once that is done.")
    if start.comes is Comes.FORM and start.form_id not in known.forms:
        text = "The form that people come by is not there, or out of use."
        yield Problem(NOWHERE, text, "Choose one.", "form")
    yield from settings_problems(campaign)
    if campaign.first not in campaign.steps:
        yield Problem(NOWHERE, "There is no step that people come to first.", "Add one.")
    if len(campaign.steps) > MOST_STEPS:
        text = f"There are {len(campaign.steps)} steps, and {MOST_STEPS} are all there can be."
        yield Problem(NOWHERE, text, "Make two campaigns of it.")
    if known.mail and any(isinstance(s.action, SendEmail) for s in campaign.steps.values()):
        yield Problem(NOWHERE, known.mail, "See to it under Mail settings.")


def _of_the_graph(graph: Graph) -> Iterator[Problem]:
    there = reached(graph, [graph.first])
    for step_id in graph.steps:
        if step_id not in there and graph.first in graph.steps:
            yield Problem(step_id, "Nobody ever comes here.", "Connect it, or remove it.")
        elif not _can_end(graph, step_id):
            yield Problem(step_id, "Whoever comes here never gets out again.", "Let a way lead on.")
    for step_id in _without_a_wait(graph):
        text = "People would go round and round here without ever waiting."
        yield Problem(step_id, text, "Put a wait into the loop.")


def _can_end(graph: Graph, step_id: StepId) -> bool:
    return any(
        isinstance(graph.steps[one].action, End)
        or any(not edge.target for edge in edges_of(graph, graph.steps[one]))
        for one in reached(graph, [step_id])
    )


def _without_a_wait(graph: Graph) -> list[StepId]:
    """A step of each loop that has no wait in it."""
    free = {i: s for i, s in graph.steps.items() if not surely_waits(s.action)}
    found: list[StepId] = []
    while free:
        # Steps that nothing is behind, or before, are in no loop.
        ahead = {i: {e.target for e in edges_of(graph, s)} & set(free) for i, s in free.items()}
        loose = {i for i in free if not ahead[i]}
        loose |= set(free) - set().union(*ahead.values())
        if loose:
            free = {i: s for i, s in free.items() if i not in loose}
            continue
        first = next(iter(free))
        inside = reached(Graph(first, free), [first])
        found.append(first)
        free = {i: s for i, s in free.items() if i not in inside}
    return found


def surely_waits(action: Action) -> bool:
    """Whether whoever comes to it goes on later, whatever the time is."""
    return isinstance(action, Wait) and (action.minutes > 0 or action.at is not None)


def _of_a_step(
    campaign: Campaign, graph: Graph, step: Step, known: Known
) -> Iterator[tuple[str, str]]:
    for target in (step.next, step.otherwise if isinstance(step.action, Branch) else NOWHERE):
        if target and target not in campaign.steps:
            yield "It leads to a step that is not there.", "Let it lead to another, or end."
    match step.action:
        case SendEmail(email_id):
            yield from _of_email(email_id, known)
        case Wait():
            yield from _of_wait(step.action)
        case Branch():
            yield from _of_branch(graph, step, step.action, known)
        case ChangeList(list_id):
            if list_id not in known.by_hand:
                yield (
                    "The list is not there, or was not made by hand.",
                    "Choose a list made by hand.",
                )
        case ChangeScore(points):
            if not points or abs(points) > MOST_POINTS:
                text = f"Points are 1 to {MOST_POINTS}, or less than none."
                yield text, "Enter another number of points."
        case ChangeOwner() | SyncWithSugar() | ScheduleTask():
            if what := known.plans.get(step.step_id):
                yield what, "Change this step."


def _of_email(email_id: EmailId, known: Known) -> Iterator[tuple[str, str]]:
    if not email_id:
        yield "No email is chosen.", "Choose one."
    elif email_id not in known.emails:
        yield "The email is not there any more.", "Choose another."
    elif known.emails[email_id]:
        yield known.emails[email_id], "Change the email."


def _of_wait(wait: Wait) -> Iterator[tuple[str, str]]:
    if not (wait.minutes or wait.at is not None or wait.weekdays):
        yield "It waits for nothing.", "Say how long, until which hour, or for which weekdays."
    if not 0 <= wait.minutes <= _LONGEST:
        yield "It waits too long.", f"Wait {LONGEST_WAIT.days} days at most."
    if not set(wait.weekdays) <= _WEEKDAYS:
        yield "It waits for a day that no week has.", "Choose weekdays."


def _of_branch(graph: Graph, step: Step, branch: Branch, known: Known) -> Iterator[tuple[str, str]]:
    if not 0 <= branch.within_minutes <= _LONGEST:
        yield "It waits too long for an answer.", f"Wait {LONGEST_WAIT.days} days at most."
    match branch.asks:
        case Asks.OPENED | Asks.CLICKED:
            sends = graph.steps.get(branch.sent_at)
            if sends is None or not isinstance(sends.action, SendEmail):
                yield "It asks about an email that no step sends.", "Choose a step that sends one."
            elif step.step_id not in reached(graph, [branch.sent_at]):
                yield (
                    "It asks about an email that is sent later.",
                    "Choose one that is sent before.",
                )
        case Asks.VISITED:
            if not branch.page.strip():
                yield "It asks about no page.", "Enter a page, such as /pricing*."
        case Asks.RULE:
            if branch.segment and branch.segment not in known.lists:
                yield "The list or segment is not there.", "Choose another."
            elif not branch.segment and not branch.rule.parts:
                yield "It asks for nothing.", "Choose a segment, or say what is to be true."
            else:
                for what in known.rules.get(step.step_id, ()):
                    yield what, "Change this step."
