"""Consent follows both ways between Funnel and Sugar, with who and why."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from local.stack.errors import StackError
from local.sugar.store.emails import Address
from tests.stack.scene import Json, Scene, eventually, new_scene

if TYPE_CHECKING:
    from local.stack.stack import Stack

ANN, BOB = "ann@x.example", "bob@x.example"


@pytest.fixture(params=["suitecrm", "sugarce"])
def scene(stack: "Stack", request: pytest.FixtureRequest) -> Iterator[Scene]:
    """A tenant connected to either product, with a Lead and a Contact of one address."""
    with new_scene(stack, request.node.name[:100], request.param) as made:
        for module in ("Leads", "Contacts"):
            made.company.create(module, last_name="Ott", email1=ANN)
        assert made.connect()["status"] == "done"
        yield made


def ann(scene: Scene) -> str:
    """The person's id."""
    (found,) = scene.all("people", ANN)
    return str(found["person_id"])


def consent(scene: Scene) -> Json:
    """The one address as the person's page shows it."""
    (found,) = scene.person(ann(scene))["consents"]
    return dict(found)


def in_sugar(scene: Scene) -> list[Address]:
    """The Lead's addresses as Sugar has them."""
    (lead,) = scene.company.ids("Leads")
    return scene.company.emails("Leads", lead)


def say(scene: Scene, what: str, reason: str) -> Json:
    """Unsubscribe, or take back, as the signed-in admin."""
    wish = {"email": ANN, "reason": reason}
    said: Json = scene.funnel.json("POST", f"/api/app/people/{ann(scene)}/{what}", wish)
    return said


@pytest.mark.feature("B11")
def test_unsubscribing_here_is_seen_at_the_address_in_sugar_and_taking_back_too(
    scene: Scene,
) -> None:
    (lead,) = scene.company.ids("Leads")
    scene.company.add_email("Leads", lead, BOB)
    assert say(scene, "unsubscribe", "asked by phone")["in_sugar"] == "read_only"
    assert not in_sugar(scene)[0].opt_out

    scene.settings(read_only=False)
    eventually("Sugar knows", lambda: in_sugar(scene)[0].opt_out)
    assert [a.opt_out for a in in_sugar(scene)] == [True, False]
    eventually("it was read back", lambda: consent(scene)["in_sugar"] == "agrees")
    scene.sync()
    found = consent(scene)["opt_out"]
    assert (found["value"], found["side"], found["reason"]) == (True, "Funnel", "asked by phone")

    with pytest.raises(StackError):
        say(scene, "take-back", "")
    say(scene, "take-back", "wants the newsletter again")
    eventually("Sugar knows", lambda: not in_sugar(scene)[0].opt_out)
    scene.sync()
    assert not consent(scene)["opt_out"]["value"]


@pytest.mark.feature("B11")
def test_opting_out_in_sugar_is_seen_here_with_the_record_and_back_again(scene: Scene) -> None:
    scene.company.flag_email(ANN, opt_out=True)
    scene.sync()
    found = consent(scene)
    assert (found["opt_out"]["value"], found["in_sugar"]) == (True, "agrees")
    assert found["opt_out"]["record"]["name"] == "Ott"
    history = scene.funnel.json("GET", f"/api/app/people/{ann(scene)}/history")["items"]
    assert next(entry["kind"] for entry in history if entry["side"] == "Sugar") == "consent"

    scene.company.flag_email(ANN, opt_out=False)
    scene.sync()
    assert not consent(scene)["opt_out"]["value"]
