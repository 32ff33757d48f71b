"""What `make run` has a marketer of the demo company make, on the deployed stack."""

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
import requests

from local.stack.demo import allow_mail, follow_site
from local.stack.marketing import embedding, fill, quote_form
from tests.stack.scene import Json, Scene, eventually, new_scene, populate

if TYPE_CHECKING:
    from local.stack.stack import Stack


@pytest.fixture
def scene(stack: "Stack") -> Iterator[Scene]:
    """A small company that is synced, whose mail and site are set up."""
    with new_scene(stack, "demo marketing") as made:
        populate(made, 400)
        for name in ("Ahrens", "Brandl", "Caduff"):
            made.company.create(
                "Leads",
                last_name=name,
                title="Buyer",
                primary_address_country="Germany",
                email1=f"{name.lower()}@harbour-readers.example",
            )
        assert made.connect()["status"] == "done"
        follow_site(stack, made.funnel)
        allow_mail(made.funnel)
        yield made
    stack.site.snippet = stack.site.form_address = stack.site.embedded = ""


@pytest.mark.feature("G1")
def test_a_marketers_work_is_there_to_be_looked_at_and_is_made_once(scene: Scene) -> None:
    funnel, said = scene.funnel, list[str]()
    fill(scene.stack, funnel, scene.tenant_id, said.append)
    eventually("who asked for a quote is here", lambda: sent_forms(scene) == 4)
    before = made(scene)
    assert before["segments"] == {
        "Open deals over 50,000", "Looked at the prices lately",
        "Buyers in Germany, Austria and Switzerland",
    }  # fmt: skip
    assert before["campaigns"] == {"draft": 1, "running": 1}
    assert before["broadcasts"] == {"draft": 1, "sent": 1}
    assert (before["emails"], before["overlays"]) == (5, 1)

    overview = funnel.call("GET", "/app").text
    assert "After the fair: from a card to a call" in overview
    assert "Harbour News, the whale" in overview
    assert "Ask for a quote" in overview

    form = quote_form(funnel)
    assert form is not None
    scene.stack.site.embedded = embedding(form)
    page = requests.get(f"{scene.stack.site.url}/quote", timeout=60).text
    assert form["address"] in page

    (row,) = [r for r in items(scene, "campaigns") if r["state"] == "running"]
    here = f"/api/app/campaigns/{row['campaign_id']}"

    def figures() -> Json:
        found: Json = funnel.json("GET", f"{here}/numbers")["steps"]
        return found

    eventually("who clicked is in Sugar", lambda: figures()["talk"]["here"] > 0)
    eventually("who did not click waits, or is reminded", lambda: not_clicked(figures()) > 0)
    eventually("the clicks are counted", lambda: figures()["mail"]["mail"]["clicked"] > 0)
    eventually("with a task", lambda: len(scene.company.ids("Tasks")) > 0)
    (news,) = [r for r in items(scene, "broadcasts") if r["state"] == "sent"]
    # Somebody of the audience may be on a Target List whose members get no mail.
    assert 0 < news["totals"]["sent"] <= news["people"]

    fill(scene.stack, funnel, scene.tenant_id, said.append)
    assert made(scene) == before


def items(scene: Scene, what: str) -> list[Json]:
    found: list[Json] = scene.funnel.json("GET", f"/api/app/{what}")["items"]
    return found


def not_clicked(steps: Json) -> int:
    """Who waits for a click and did not yet click, and who was reminded after ten minutes of it."""
    return int(steps["clicked"]["here"] + steps["reminder"]["here"] + steps["reminder"]["passed"])


def sent_forms(scene: Scene) -> int:
    (form,) = items(scene, "forms")
    return int(form["sent"])


def made(scene: Scene) -> Json:
    """What there is, by kind."""
    return {
        "segments": {one["name"] for one in items(scene, "segments")},
        "campaigns": Counter(one["state"] for one in items(scene, "campaigns")),
        "broadcasts": Counter(one["state"] for one in items(scene, "broadcasts")),
        "emails": len(items(scene, "emails")),
        "overlays": len(items(scene, "scoring/overlays")),
        "forms": [(one["name"], one["sent"]) for one in items(scene, "forms")],
    }
