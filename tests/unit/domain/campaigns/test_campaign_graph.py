"""A step that becomes another, and where steps can be put."""

import pytest

from funnel.domain.campaigns.campaign_graph import Graph, Place, Port, places, with_step
from funnel.domain.campaigns.campaigns import NOWHERE, Asks, Branch, End, Step, StepId, Wait
from funnel.domain.errors import InputInvalid, NotFound

A, B, C = StepId("a"), StepId("b"), StepId("c")
ASKS = Branch(Asks.VISITED, page="/x")
GRAPH = Graph(
    A, {A: Step(A, ASKS, next=B, otherwise=C), B: Step(B, Wait(5)), C: Step(C, End())}
)  # fmt: skip


def test_a_step_that_is_changed_leads_where_it_led_and_a_no_is_cut_with_its_branch() -> None:
    asks = Branch(Asks.VISITED, page="/y")
    assert with_step(GRAPH, Step(A, asks)).steps[A] == Step(A, asks, next=B, otherwise=C)
    waits = with_step(GRAPH, Step(A, Wait(1), name="Wait"))
    assert waits.steps == {**GRAPH.steps, A: Step(A, Wait(1), next=B, name="Wait")}
    assert waits.first == A


def test_nothing_comes_after_an_end() -> None:
    with pytest.raises(InputInvalid, match="nothing comes after an end") as told:
        with_step(GRAPH, Step(A, End()))
    assert told.value.field == "kind"
    assert told.value.mend.startswith("Remove what comes after it first")
    assert with_step(GRAPH, Step(B, End())).steps[B] == Step(B, End(), next=NOWHERE)
    with pytest.raises(NotFound):
        with_step(GRAPH, Step(StepId("z"), Wait(1)))


def test_a_step_can_be_put_at_the_start_and_behind_each_way() -> None:
    assert places(GRAPH) == (Place(), Place(A, Port.YES), Place(A, Port.NO), Place(B, Port.NEXT))
    assert places(GRAPH, without=[A]) == (Place(), Place(B, Port.NEXT))
