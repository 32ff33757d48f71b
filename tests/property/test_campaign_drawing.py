"""Whatever a campaign's graph is like: it is drawn whole, once, in its order; and edits keep it whole."""

from collections.abc import Iterator
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from funnel.domain.campaigns.campaign_drawing import (
    Drawing,
    Drawn,
    Flow,
    draw,
    every_placed,
    is_open,
)
from funnel.domain.campaigns.campaign_graph import (
    Edge,
    Graph,
    Place,
    Port,
    before,
    connected,
    edges_of,
    inserted,
    moved,
    places,
    reached,
    removal,
    target_of,
)
from funnel.domain.campaigns.campaigns import NOWHERE, Asks, Branch, End, Step, StepId, Wait
from funnel.domain.errors import InputInvalid

MOST = 12


@st.composite
def graphs(draws: st.DrawFn) -> Graph:
    """Any graph of a few steps: loops, joins, loose ends, and steps that nobody comes by."""
    count = draws(st.integers(0, MOST))
    ids = [StepId(f"s{n}") for n in range(count)]
    targets = st.sampled_from([NOWHERE, StepId("gone"), *ids])
    kinds = st.sampled_from(["wait", "wait", "branch", "branch", "end"])
    steps = {}
    for one in ids:
        kind = draws(kinds)
        if kind == "end":
            steps[one] = Step(one, End())
        elif kind == "wait":
            steps[one] = Step(one, Wait(5), draws(targets))
        else:
            action = Branch(Asks.VISITED, page="/x")
            steps[one] = Step(one, action, draws(targets), draws(targets))
    return Graph(draws(targets), steps)


def flows(drawing: Drawing) -> list[Flow]:
    return [*([drawing.flow] if drawing.flow else []), *drawing.loose]


def edges(graph: Graph) -> list[Edge]:
    return sorted(
        (e for step in graph.steps.values() for e in edges_of(graph, step)),
        key=lambda e: (e.source, e.port),
    )


def leads(flow: Flow, onward: StepId = NOWHERE) -> Iterator[tuple[Edge, Drawn]]:
    """Every edge of a flow, held against what stands where its line leads."""
    for at, one in enumerate(flow):
        below = flow[at + 1].step.step_id if at + 1 < len(flow) else onward
        for lead in [one.lead] if one.lead else []:
            assert lead.drawn is not Drawn.LINE or lead.edge.target == below
            yield lead.edge, lead.drawn
        for way in one.ways:
            head = way.flow[0].step.step_id if way.flow else below
            assert way.lead.drawn is not Drawn.LINE or way.lead.edge.target == head
            yield way.lead.edge, way.lead.drawn
            yield from leads(way.flow, below)
        if at + 1 < len(flow):
            assert flow[at + 1].joined == one.open


@given(graphs())
def test_each_step_and_edge_is_drawn_once_and_lines_lead_where_they_seem_to(graph: Graph) -> None:
    drawing = draw(graph)
    placed = [one for flow in flows(drawing) for one in every_placed(flow)]
    assert sorted(one.step.step_id for one in placed) == sorted(graph.steps)
    assert [one.number for one in placed] == list(range(1, len(placed) + 1))
    drawn = [found for flow in flows(drawing) for found in leads(flow)]
    assert sorted((e for e, _ in drawn), key=lambda e: (e.source, e.port)) == edges(graph)
    assert all((how is Drawn.END) == (not e.target) for e, how in drawn)
    main = {one.step.step_id for one in every_placed(drawing.flow)}
    assert main == reached(graph, [graph.first])
    for flow in flows(drawing):
        assert not is_open(flow)


@given(graphs())
def test_a_jump_is_told_at_the_step_it_leads_to(graph: Graph) -> None:
    drawing = draw(graph)
    jumps = {
        (e.target, e.source)
        for flow in flows(drawing)
        for e, how in leads(flow)
        if how is Drawn.JUMP
    }
    placed = [one for flow in flows(drawing) for one in every_placed(flow)]
    assert {(one.step.step_id, by) for one in placed for by in one.called_by} == jumps


@given(graphs(), st.data())
def test_a_step_put_in_and_taken_out_leaves_the_graph_as_it_was(
    graph: Graph, data: st.DataObject
) -> None:
    place = data.draw(st.sampled_from(places(graph)))
    follows = target_of(graph, place)
    new = Step(StepId("new"), Wait(5))
    grown = inserted(graph, new, place)
    assert target_of(grown, place) == "new"
    assert target_of(grown, Place(StepId("new"))) == follows
    back = removal(grown, StepId("new"))
    assert [one.step_id for one in back.gone] == ["new"]
    assert edges(back.graph) == edges(graph)


@given(graphs(), st.data())
def test_what_is_removed_is_told_and_nobody_is_led_astray(
    graph: Graph, data: st.DataObject
) -> None:
    if not graph.steps:
        return
    one = data.draw(st.sampled_from(sorted(graph.steps)))
    found = removal(graph, one, data.draw(st.sampled_from(Port)))
    gone = {step.step_id for step in found.gone}
    assert one in gone
    assert set(found.graph.steps) == set(graph.steps) - gone
    for kept in found.graph.steps.values():
        assert {kept.next, kept.otherwise} <= {NOWHERE, "gone", *found.graph.steps}
    loose = [kept for kept in found.graph.steps if kept not in reached(graph, [graph.first])]
    assert reached(found.graph, [found.graph.first, *loose]) >= set(found.graph.steps)


@given(graphs(), st.data())
def test_a_step_that_is_moved_stays_the_same_and_none_is_lost(
    graph: Graph, data: st.DataObject
) -> None:
    if not graph.steps:
        return
    one = data.draw(st.sampled_from(sorted(graph.steps)))
    place = data.draw(st.sampled_from(places(graph, {one})))
    try:
        after = moved(graph, one, place)
    except InputInvalid:
        assert isinstance(graph.steps[one].action, Branch | End)
        return
    assert set(after.steps) == set(graph.steps)
    assert target_of(after, place) == one
    assert replace(after.steps[one], next=NOWHERE) == replace(graph.steps[one], next=NOWHERE)


@given(graphs(), st.data())
def test_connecting_changes_one_edge(graph: Graph, data: st.DataObject) -> None:
    place = data.draw(st.sampled_from(places(graph)))
    target = data.draw(st.sampled_from([NOWHERE, *graph.steps]))
    after = connected(graph, place, target)
    assert target_of(after, place) == target
    assert place in before(after, target) or not target
    if place.after:
        changed = [(a, b) for a, b in zip(edges(graph), edges(after), strict=True) if a != b]
        assert all(b == Edge(place.after, place.port, target) for _, b in changed)
