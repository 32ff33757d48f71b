"""How the graph of a campaign is drawn."""

from funnel.domain.campaigns.campaign_drawing import Drawn, Flow, draw, every_placed
from funnel.domain.campaigns.campaign_graph import Graph
from funnel.domain.campaigns.campaigns import Asks, Branch, End, Step, StepId, Wait


def step(step_id: str, following: str = "") -> Step:
    return Step(StepId(step_id), Wait(5), StepId(following))


def branch(step_id: str, yes: str = "", no: str = "") -> Step:
    return Step(StepId(step_id), Branch(Asks.VISITED, page="/x"), StepId(yes), StepId(no))


def graph(*steps: Step, first: str = "a") -> Graph:
    return Graph(StepId(first), {one.step_id: one for one in steps})


def ids(flow: Flow) -> list[str]:
    return [one.step.step_id for one in flow]


def test_an_empty_campaign_draws_nothing() -> None:
    assert draw(Graph()) == draw(Graph(StepId("gone"), {}))
    assert draw(Graph()).flow == ()


def test_steps_in_a_row_stand_in_one_flow_that_ends() -> None:
    drawn = draw(graph(step("a", "b"), step("b", "c"), Step(StepId("c"), End())))
    assert ids(drawn.flow) == ["a", "b", "c"]
    assert [one.number for one in drawn.flow] == [1, 2, 3]
    leads = [one.lead.drawn if one.lead else None for one in drawn.flow]
    assert leads == [Drawn.LINE, Drawn.LINE, None]
    assert drawn.loose == ()


def test_the_ways_of_a_branch_stand_side_by_side_and_meet_below_it() -> None:
    drawn = draw(graph(branch("a", "b", "c"), step("b", "d"), step("c", "d"), step("d")))
    assert ids(drawn.flow) == ["a", "d"]
    yes, no = drawn.flow[0].ways
    assert (ids(yes.flow), ids(no.flow)) == (["b"], ["c"])
    assert (yes.open, no.open, drawn.flow[1].joined) == (True, True, True)
    assert drawn.numbers == {"a": 1, "b": 2, "c": 3, "d": 4}


def test_a_way_without_steps_leads_straight_to_where_the_ways_meet() -> None:
    drawn = draw(graph(branch("a", "c", "b"), step("b", "c"), step("c")))
    yes, no = drawn.flow[0].ways
    assert (yes.flow, yes.lead.drawn, yes.open) == ((), Drawn.LINE, True)
    assert ids(no.flow) == ["b"]


def test_a_way_of_a_branch_within_a_way_goes_out_to_the_outer_meeting() -> None:
    drawn = draw(
        graph(branch("a", "b", "e"), branch("b", "e", "d"), step("d"), step("e"), first="a")
    )
    assert ids(drawn.flow) == ["a", "e"]
    inner = drawn.flow[0].ways[0].flow[0]
    assert [way.open for way in inner.ways] == [True, False]
    assert inner.open


def test_a_way_back_is_a_jump_with_the_number_it_goes_to() -> None:
    drawn = draw(graph(step("a", "b"), branch("b", "c", "w"), step("c"), step("w", "b")))
    back = drawn.flow[1].ways[1].flow[0]
    assert back.lead is not None
    assert (back.lead.drawn, back.lead.edge.target) == (Drawn.JUMP, "b")
    assert drawn.flow[1].called_by == ("w",)
    assert not back.open


def test_what_nobody_comes_by_is_drawn_apart_and_may_lead_in() -> None:
    drawn = draw(graph(step("a"), step("x", "y"), step("y", "a")))
    assert [ids(flow) for flow in drawn.loose] == [["x", "y"]]
    assert drawn.flow[0].called_by == ("y",)
    assert [one.number for one in every_placed(drawn.loose[0])] == [2, 3]
