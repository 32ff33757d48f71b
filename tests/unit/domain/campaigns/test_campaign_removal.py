"""What goes with a step that is removed from a campaign, and what stays."""

import pytest

from funnel.domain.campaigns.campaign_graph import Graph, removal
from funnel.domain.campaigns.campaigns import Asks, Branch, Step, StepId, Wait

ASKS = Branch(Asks.VISITED, page="/x")


@pytest.mark.feature("D9")
def test_what_a_loose_circle_leads_to_stays_with_it() -> None:
    steps = (
        Step(StepId("removed"), ASKS, otherwise=StepId("shared")),
        Step(StepId("shared"), Wait(5)),
        Step(StepId("wait"), Wait(5), next=StepId("ask")),
        Step(StepId("ask"), ASKS, next=StepId("wait"), otherwise=StepId("shared")),
    )
    found = removal(Graph(StepId(""), {one.step_id: one for one in steps}), StepId("removed"))
    assert [one.step_id for one in found.gone] == ["removed"]
    assert set(found.graph.steps) == {"shared", "wait", "ask"}
