"""The graph of a campaign as it is edited: steps put in, taken out, moved and connected.

Every function gives a new graph and leaves the one it was given as it is.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from funnel.domain.campaigns.campaigns import NOWHERE, Branch, Campaign, End, Step, StepId
from funnel.domain.errors import InputInvalid, NotFound


class Port(StrEnum):
    """Where a step leads on: a branch by its YES and its NO, any other by its NEXT."""

    NEXT = "next"
    YES = "yes"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Edge:
    """From a step by one of its ways to another; NOWHERE as `target` ends the campaign."""

    source: StepId
    port: Port
    target: StepId


@dataclass(frozen=True, slots=True)
class Place:
    """Where a step is put: behind this way of `after`; NOWHERE is the start of the campaign."""

    after: StepId = NOWHERE
    port: Port = Port.NEXT


@dataclass(frozen=True, slots=True)
class Graph:
    """Steps by id, in the order they were added, and where people come in."""

    first: StepId = NOWHERE
    steps: Mapping[StepId, Step] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Removal:
    """The graph without a step, and which steps go with it, itself the first."""

    graph: Graph
    gone: tuple[Step, ...]


def graph_of(campaign: Campaign) -> Graph:
    """A campaign's graph."""
    return Graph(campaign.first, campaign.steps)


def ports_of(step: Step) -> tuple[Port, ...]:
    """The ways that lead on from a step."""
    if isinstance(step.action, End):
        return ()
    return (Port.YES, Port.NO) if isinstance(step.action, Branch) else (Port.NEXT,)


def target_of(graph: Graph, place: Place) -> StepId:
    """What comes there now; NOWHERE where nothing does. Raises `NotFound`."""
    if not place.after:
        return _known(graph, graph.first)
    step = step_of(graph, place.after)
    if place.port not in ports_of(step):
        raise NotFound("Nothing leads on from there.")
    return _known(graph, step.otherwise if place.port is Port.NO else step.next)


def edges_of(graph: Graph, step: Step) -> Iterator[Edge]:
    """Where a step leads; one that is not there is NOWHERE."""
    for port in ports_of(step):
        yield Edge(step.step_id, port, target_of(graph, Place(step.step_id, port)))


def step_of(graph: Graph, step_id: StepId) -> Step:
    """One step. Raises `NotFound`."""
    found = graph.steps.get(step_id)
    if found is None:
        raise NotFound("There is no such step.", mend="Somebody may have removed it meanwhile.")
    return found


def reached(graph: Graph, since: Iterable[StepId]) -> set[StepId]:
    """The steps that somebody comes by from there on."""
    found: set[StepId] = set()
    ahead = [one for one in since if one in graph.steps]
    while ahead:
        one = ahead.pop()
        if one not in found:
            found.add(one)
            ahead += [e.target for e in edges_of(graph, graph.steps[one]) if e.target]
    return found


def before(graph: Graph, step_id: StepId) -> tuple[Place, ...]:
    """The places that lead to a step."""
    found = [Place()] if step_id and graph.first == step_id else []
    for step in graph.steps.values():
        ways = [e for e in edges_of(graph, step) if e.target == step_id]
        found += [Place(step.step_id, edge.port) for edge in ways]
    return tuple(found)


def with_step(graph: Graph, step: Step) -> Graph:
    """With a step in place of the one that has its id. Raises `InputInvalid`.

    A branch made of another step leads on by its yes; of a branch that becomes another its no is cut.
    """
    was = step_of(graph, step.step_id)
    if isinstance(step.action, End) and was.next:
        raise InputInvalid(
            "Other steps come after this one, and nothing comes after an end.",
            mend="Remove what comes after it first, or connect this step to nothing.",
            field="kind",
        )
    kept = replace(step, next=was.next, otherwise=was.otherwise)
    if not isinstance(step.action, Branch):
        kept = replace(kept, otherwise=NOWHERE)
    return replace(graph, steps={**graph.steps, step.step_id: kept})


def inserted(graph: Graph, step: Step, place: Place) -> Graph:
    """With a new step; what came there comes after it, by the yes of a branch. Raises `InputInvalid`."""
    follows = target_of(graph, place)
    if isinstance(step.action, End) and follows:
        raise InputInvalid(
            "Other steps come after this place, and nothing comes after an end.",
            mend="Put it where nothing comes after it.",
            field="kind",
        )
    put = replace(step, next=follows, otherwise=NOWHERE)
    grown = replace(graph, steps={**graph.steps, step.step_id: put})
    return connected(grown, place, step.step_id)


def connected(graph: Graph, place: Place, target: StepId) -> Graph:
    """With that place leading to a step that is there, or to NOWHERE. Raises `NotFound`."""
    if target:
        step_of(graph, target)
    if not place.after:
        return replace(graph, first=target)
    step = step_of(graph, place.after)
    if place.port not in ports_of(step):
        raise NotFound("Nothing leads on from there.")
    is_no = place.port is Port.NO
    led = replace(step, otherwise=target) if is_no else replace(step, next=target)
    return replace(graph, steps={**graph.steps, step.step_id: led})


def removal(graph: Graph, step_id: StepId, keep: Port = Port.NEXT) -> Removal:
    """Without a step: what led to it leads to what came after it, of a branch by the way `keep`.

    What only its other way led to goes with it. `keep` NEXT is the YES of a branch.
    """
    step = step_of(graph, step_id)
    port = Port.NO if keep is Port.NO and isinstance(step.action, Branch) else None
    follows = step.otherwise if port else step.next
    follows = NOWHERE if follows == step_id or isinstance(step.action, End) else follows
    had = reached(graph, _roots(graph))
    cut = graph
    for place in before(graph, step_id):
        cut = connected(cut, place, _known(graph, follows))
    rest = {one: kept for one, kept in cut.steps.items() if one != step_id}
    cut = Graph(_known(Graph(steps=rest), cut.first), rest)
    # Only what hung on this step: what was loose before stays, to be connected, with what it leads to.
    others = [one for one in rest if one not in had]
    loose = had - reached(cut, [*_roots(graph), *others, follows]) - {step_id}
    left = {one: kept for one, kept in rest.items() if one not in loose}
    gone = (step, *(graph.steps[one] for one in graph.steps if one in loose))
    return Removal(Graph(cut.first, left), gone)


def moved(graph: Graph, step_id: StepId, place: Place) -> Graph:
    """With a step in another place. Raises `InputInvalid` for a branch, which holds others together."""
    step = step_of(graph, step_id)
    if isinstance(step.action, Branch):
        raise InputInvalid(
            "A branch cannot be moved, because of what hangs on it.", mend="Move what is around it."
        )
    if place.after == step_id:
        return graph
    without = removal(graph, step_id)
    if isinstance(step.action, End) and target_of(without.graph, place):
        raise InputInvalid(
            "Other steps come after this place, and nothing comes after an end.", field="place"
        )
    return inserted(without.graph, step, place)


def places(graph: Graph, without: Collection[StepId] = ()) -> tuple[Place, ...]:
    """Everywhere a step can be put: the start, and behind each way of each step."""
    found = [Place()]
    for step in graph.steps.values():
        if step.step_id not in without:
            found += [Place(step.step_id, port) for port in ports_of(step)]
    return tuple(found)


def _roots(graph: Graph) -> list[StepId]:
    """Where the campaign starts, and what is loose and nothing leads to."""
    led_to = {e.target for step in graph.steps.values() for e in edges_of(graph, step)}
    return [graph.first, *(one for one in graph.steps if one not in led_to)]


def _known(graph: Graph, step_id: StepId) -> StepId:
    return step_id if step_id in graph.steps else NOWHERE
