"""A lead score that changes here is on the Lead in Sugar a moment later, by the stream of its table."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from funnel.adapters.dynamodb.activity_rows import score_item
from funnel.domain.ids import PersonId, TenantId
from funnel.domain.scoring.scores import Score, ScoreLine
from local.sugar.web.trouble import Trouble
from tests.stack.scene import Scene, eventually, new_scene

if TYPE_CHECKING:
    from local.stack.stack import Stack

ANN = "ann@x.example"


@pytest.fixture
def scene(stack: "Stack", request: pytest.FixtureRequest) -> Iterator[Scene]:
    """A tenant that may write to its SuiteCRM, with a Lead and a Contact of one address."""
    with new_scene(stack, request.node.name[:100]) as made:
        for module in ("Leads", "Contacts"):
            made.company.create(module, last_name="Ott", email1=ANN)
        assert made.connect()["status"] == "done"
        yield made


def write_score(scene: Scene, value: int, version: int) -> None:
    """The row that an activity leads to."""
    (person,) = scene.all("people", ANN)
    tenant, person_id = TenantId(scene.tenant_id), PersonId(str(person["person_id"]))
    now = datetime.now(UTC)
    lines = (ScoreLine("visit", "Visit", 1, value),)
    score = Score(tenant, person_id, lines, now, version=version - 1)
    scene.stack.client("dynamodb").put_item(
        TableName=scene.physical("ScoresTable"),
        Item=score_item(score),
    )


def in_sugar(scene: Scene) -> list[str]:
    """The score of each record as Sugar has it."""
    found = []
    for module in ("Leads", "Contacts"):
        (record,) = scene.company.ids(module)
        found.append((scene.company.get(module, record) or {})["funnel_score_c"])
    return found


@pytest.mark.feature("C6")
def test_a_changed_score_is_on_the_lead_and_the_contact_in_sugar(scene: Scene) -> None:
    scene.settings(read_only=False)
    write_score(scene, 42, 1)
    eventually("Sugar has the score", lambda: in_sugar(scene) == ["42", "42"])
    write_score(scene, 57, 2)
    eventually("Sugar has the next one", lambda: in_sugar(scene) == ["57", "57"])


@pytest.mark.feature("C6")
def test_while_the_connection_only_reads_it_waits_and_then_goes(scene: Scene) -> None:
    write_score(scene, 42, 1)
    eventually("it is marked", lambda: scene.settings()["waiting"]["waiting"] == 1)
    assert in_sugar(scene) == ["", ""]
    scene.settings(read_only=False)
    eventually("Sugar has the score", lambda: in_sugar(scene) == ["42", "42"])


@pytest.mark.feature("C6")
def test_missing_fields_are_said_once_a_module_and_scores_come_when_they_are_there(
    stack: "Stack", request: pytest.FixtureRequest
) -> None:
    with new_scene(stack, request.node.name[:100]) as scene:
        for module in ("Leads", "Contacts"):
            scene.company.create(module, last_name="Ott", email1=ANN)
        gone = {("Leads", "funnel_score_c"), ("Leads", "funnel_score_at_c")}
        scene.sugar.sugar.missing_fields.update(gone)
        assert scene.tested()["without_score"] == ["Leads"]
        assert scene.connect()["status"] == "done"
        scene.settings(read_only=False)
        write_score(scene, 42, 1)
        eventually("the Contact has it", lambda: in_sugar(scene)[1] == "42")
        eventually("the report says it", lambda: ("Leads", "") in scene.held())
        (group,) = scene.errors()
        assert [row["code"] for row in group["own"]] == ["ScoreFieldMissing"]

        scene.sugar.sugar.missing_fields.clear()
        scene.sync()
        eventually("the Lead has it too", lambda: in_sugar(scene) == ["42", "42"])
        eventually("the report is empty", lambda: scene.errors() == [])


@pytest.mark.feature("C6")
def test_a_sugar_that_is_away_holds_up_no_other_and_gets_its_scores_when_it_is_back(
    scene: Scene, stack: "Stack"
) -> None:
    with new_scene(stack, "another company", seed=2) as other:
        for module in ("Leads", "Contacts"):
            other.company.create(module, last_name="Ott", email1=ANN)
        assert other.connect()["status"] == "done"
        scene.settings(read_only=False)
        other.settings(read_only=False)
        scene.sugar.troubles.add(Trouble("status", None))
        scene.sugar.log.clear()
        write_score(scene, 42, 1)
        eventually("its Sugar does not answer", lambda: scene.sugar.log.last(1))
        write_score(other, 57, 1)
        eventually("the other has its score", lambda: in_sugar(other) == ["57", "57"])
        assert in_sugar(scene) == ["", ""]
    scene.sugar.troubles.clear()
    eventually("it has its score too", lambda: in_sugar(scene) == ["42", "42"])
