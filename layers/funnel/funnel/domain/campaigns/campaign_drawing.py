"""How the graph of a campaign is drawn: as flows of steps from top to bottom, side by side at branches.

A step stands below the step that everybody has come by who comes to it (its dominator). So the ways
of a branch stand side by side, and where they meet again the flow goes on below the branch. Whatever
leads to the step right below it, or out of a way to where the ways meet, is a LINE, and lines never
cross. The rest (loops, and ways into the midst of another) is a JUMP: a sign with the number of the
step where it goes on, as on maps of many sheets.

Read from top to bottom the flows are a nested list, which is what narrow screens show and screen
readers read.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from funnel.domain.campaigns.campaign_graph import Edge, Graph, edges_of, reached
from funnel.domain.campaigns.campaigns import NOWHERE, Step, StepId


class Drawn(StrEnum):
    """How an edge is drawn. END is one that leads nowhere."""

    LINE = "line"
    JUMP = "jump"
    END = "end"


@dataclass(frozen=True, slots=True)
class Lead:
    """An edge and how it is drawn."""

    edge: Edge
    drawn: Drawn


@dataclass(frozen=True, slots=True)
class Way:
    """One way of a branch: the edge into it, and the flow that stands there alone, which may be empty."""

    lead: Lead
    flow: tuple["Placed", ...] = ()

    @property
    def open(self) -> bool:
        """Whether a line leads out of it, to where the ways meet."""
        return is_open(self.flow) if self.flow else self.lead.drawn is Drawn.LINE


@dataclass(frozen=True, slots=True)
class Placed:
    """A step where it stands.

    `number` is its place in reading order, from 1. `lead` is where it goes on, None for a branch, which
    has `ways`, and for an end. `joined` says that a line leads to it from above; `called_by` are the
    steps with a JUMP to it.
    """

    step: Step
    number: int
    lead: Lead | None
    ways: tuple[Way, ...]
    joined: bool
    called_by: tuple[StepId, ...] = ()

    @property
    def open(self) -> bool:
        """Whether a line leads on below it."""
        if self.ways:
            return any(way.open for way in self.ways)
        return self.lead is not None and self.lead.drawn is Drawn.LINE


Flow = tuple[Placed, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """The flow from the start, and those of steps that nobody comes by; and each step's number."""

    flow: Flow = ()
    loose: tuple[Flow, ...] = ()
    numbers: Mapping[StepId, int] = field(default_factory=dict)


def is_open(flow: Flow) -> bool:
    """Whether a line leads out of a flow at its end."""
    return bool(flow) and flow[-1].open


def draw(graph: Graph) -> Drawing:
    """The drawing of a graph. Each of its steps and edges is in it once, whatever the graph is like."""
    numbers: dict[StepId, int] = {}
    callers: dict[StepId, list[StepId]] = {}
    flows = [
        _Drawer(graph, root, numbers, callers).drawn()
        for root in _roots(graph)
        if root not in numbers
    ]
    told = {one: tuple(sorted(by, key=numbers.__getitem__)) for one, by in callers.items()}
    done = [_with_callers(flow, told) for flow in flows]
    if graph.first not in graph.steps:
        return Drawing((), tuple(done), numbers)
    return Drawing(done[0], tuple(done[1:]), numbers)


def every_placed(flow: Flow) -> Iterator[Placed]:
    """All steps of a flow in reading order."""
    for one in flow:
        yield one
        for way in one.ways:
            yield from every_placed(way.flow)


def _roots(graph: Graph) -> list[StepId]:
    """Where flows begin: at the start, then at loose steps that nothing leads to, then anywhere."""
    led_to = {e.target for step in graph.steps.values() for e in edges_of(graph, step)}
    heads = [one for one in graph.steps if one not in led_to]
    return [one for one in (graph.first, *heads, *graph.steps) if one in graph.steps]


class _Drawer:
    """Draws what is reached from one root and has not been drawn yet."""

    def __init__(
        self,
        graph: Graph,
        root: StepId,
        numbers: dict[StepId, int],
        callers: dict[StepId, list[StepId]],
    ) -> None:
        self._steps = graph.steps
        self._numbers = numbers
        self._callers = callers
        self._root = root
        nodes = reached(graph, [root]) - numbers.keys()
        self._edges = {one: tuple(edges_of(graph, graph.steps[one])) for one in nodes}
        self._order = self._in_order()
        self._above = self._dominators()

    def drawn(self) -> Flow:
        """The flow from the root."""
        return self._flow(self._root, NOWHERE, joined=False)

    def _flow(self, start: StepId, onward: StepId, *, joined: bool) -> Flow:
        """The steps from `start` on; `onward` is the one that stands below this flow."""
        items: list[Placed] = []
        while start:
            number = self._numbers[start] = len(self._numbers) + 1
            step, edges = self._steps[start], self._edges[start]
            if len(edges) > 1:
                self._branch(step, number, onward, items, joined=joined)
                break
            lead, below = None, NOWHERE
            for edge in edges:
                follows = self._above.get(edge.target) == start
                below = edge.target if follows else NOWHERE
                lead = self._lead(edge, edge.target if follows else onward)
            items.append(Placed(step, number, lead, (), joined))
            start, joined = below, True
        return tuple(items)

    def _branch(
        self, step: Step, number: int, onward: StepId, items: list[Placed], *, joined: bool
    ) -> None:
        """A branch with its ways, then what stands where they meet."""
        here = step.step_id
        below = [one for one in self._order if self._above.get(one) == here]
        heads = {e.target for e in self._edges[here] if self._is_head(e)}
        meets = [one for one in below if one not in heads]
        then = [*meets, onward]
        ways = []
        for edge in self._edges[here]:
            is_head = edge.target in heads
            lead = self._lead(edge, edge.target if is_head else then[0])
            inner = self._flow(edge.target, then[0], joined=True) if is_head else ()
            ways.append(Way(lead, inner))
        items.append(Placed(step, number, None, tuple(ways), joined))
        for one, follows in zip(meets, then[1:], strict=True):
            items += self._flow(one, follows, joined=items[-1].open)

    def _is_head(self, edge: Edge) -> bool:
        """Whether the edge's target belongs to this way alone, but for ways back to it."""
        if self._above.get(edge.target) != edge.source:
            return False
        into = [
            e
            for some in self._edges.values()
            for e in some
            if e.target == edge.target and not self._is_above(edge.target, e.source)
        ]
        return into == [edge]

    def _lead(self, edge: Edge, below: StepId) -> Lead:
        if not edge.target:
            return Lead(edge, Drawn.END)
        if edge.target == below:
            return Lead(edge, Drawn.LINE)
        self._callers.setdefault(edge.target, []).append(edge.source)
        return Lead(edge, Drawn.JUMP)

    def _in_order(self) -> list[StepId]:
        """What is reached in an order in which, but for loops, each comes after all that lead to it."""
        seen, done = {self._root}, []
        stack = [(self._root, iter(self._edges[self._root]))]
        while stack:
            one, ahead = stack[-1]
            target = next((e.target for e in ahead if self._is_new(e.target, seen)), None)
            if target is None:
                stack.pop()
                done.append(one)
            else:
                seen.add(target)
                stack.append((target, iter(self._edges[target])))
        return done[::-1]

    def _is_new(self, one: StepId, seen: set[StepId]) -> bool:
        return one in self._edges and one not in seen

    def _dominators(self) -> dict[StepId, StepId]:
        """The nearest step that all who come to a step have come by (Cooper, Harvey and Kennedy)."""
        place = {one: at for at, one in enumerate(self._order)}
        into: dict[StepId, list[StepId]] = {one: [] for one in self._order}
        for one in self._order:
            for edge in self._edges[one]:
                if edge.target in into:
                    into[edge.target].append(one)
        above = {self._root: self._root}
        changed = True
        while changed:
            changed = False
            for one in self._order[1:]:
                known = [p for p in into[one] if p in above]
                found = known[0]
                for other in known[1:]:
                    found = _meeting(above, place, found, other)
                if above.get(one) != found:
                    above[one] = found
                    changed = True
        del above[self._root]
        return above

    def _is_above(self, one: StepId, other: StepId) -> bool:
        """Whether all who come to `other` have come by `one`."""
        while other != one and other in self._above:
            other = self._above[other]
        return other == one


def _meeting(
    above: Mapping[StepId, StepId], place: Mapping[StepId, int], one: StepId, other: StepId
) -> StepId:
    while one != other:
        while place[one] > place[other]:
            one = above[one]
        while place[other] > place[one]:
            other = above[other]
    return one


def _with_callers(flow: Flow, callers: Mapping[StepId, tuple[StepId, ...]]) -> Flow:
    return tuple(
        Placed(
            one.step,
            one.number,
            one.lead,
            tuple(Way(way.lead, _with_callers(way.flow, callers)) for way in one.ways),
            one.joined,
            callers.get(one.step.step_id, ()),
        )
        for one in flow
    )
