"""The whole way: somebody visits a site in a real browser, and the score is on the Lead in Sugar."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, FrameLocator, expect

from local.site import DemoSite
from local.sugar.funnel_module import Entered
from tests.stack.desk import PATIENCE
from tests.stack.scene import OWNER, Json, Scene, eventually, new_scene
from tests.stack.test_tracking import ADA, activities, click, site, somebody, visit

if TYPE_CHECKING:
    from local.stack.stack import Stack

__all__ = ["site"]


@pytest.fixture
def scene(stack: "Stack", request: pytest.FixtureRequest) -> Iterator[Scene]:
    """A tenant that may write to its SuiteCRM, which has a Lead with Ada's address."""
    with new_scene(stack, request.node.name[:100]) as made:
        made.company.create("Leads", last_name="Brandt", email1=ADA, assigned_user_id=OWNER)
        assert made.connect()["status"] == "done"
        made.settings(read_only=False)
        yield made


@pytest.mark.feature("C6")
@pytest.mark.feature("D3")
@pytest.mark.feature("E1")
@pytest.mark.feature("G1")
def test_what_somebody_does_on_a_site_is_a_score_on_the_lead_in_sugar(
    scene: Scene, site: DemoSite, chromium: Browser
) -> None:
    page = somebody(chromium)
    visit(page, site)
    page.get_by_label("Email address").fill(ADA)
    click(page, "button", "Send me the newsletter")
    (lead,) = scene.company.ids("Leads")
    (ada,) = scene.all("people", ADA)
    path = f"/api/app/people/{ada['person_id']}"

    def in_sugar() -> str:
        return (scene.company.get("Leads", lead) or {})["funnel_score_c"]

    def here() -> Json:
        found: Json = scene.funnel.json("GET", f"{path}/score")
        return found

    # Each comes by itself: the score stands once all of it is there.
    eventually("all she did is hers", lambda: len(activities(scene, ADA)) == 5)
    eventually("the form counts", lambda: any("orm" in one["name"] for one in here()["lines"]))
    eventually("Sugar has the score", lambda: in_sugar() == str(here()["value"]))
    score = here()
    assert score["value"] == sum(one["points"] for one in score["lines"]) > 0

    def told() -> tuple[str, int]:
        found = scene.person(ada["person_id"])["score_in_sugar"]
        return found["state"], found["value"]

    eventually("it was read back", lambda: told() == ("told", score["value"]))
    assert scene.company.ids("Leads") == [lead]
    home = at_home(scene, chromium, "owneronly")
    hot = home.get_by_role("region", name="Who's Hot")
    # It looks again once a minute.
    expect(hot.get_by_text("Brandt")).to_be_visible(timeout=2 * PATIENCE)
    expect(hot.get_by_text(str(score["value"]), exact=True)).to_be_visible(timeout=2 * PATIENCE)


def at_home(scene: Scene, chromium: Browser, user: str) -> FrameLocator:
    """FunnelVision on Sugar's Home, as this user sees it after signing in there."""
    scene.company.enter_module(Entered(**scene.funnel.json("POST", "/api/setup/hooks/key")))
    page = chromium.new_context().new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(scene.sugar.url)
    page.get_by_label("User name").fill(user)
    page.get_by_label("Password").fill(user)
    page.get_by_role("button", name="Sign in").click()
    return page.frame_locator("iframe.funnel-frame")
