"""Open Funnel signs in by a token that is used once, and by no other."""

from datetime import timedelta

import pytest

from funnel.domain.vision.dashlet_tokens import Audience
from tests.browser.world import FULL, World
from tests.fakes.dashlets import dashlet_token, vision_address
from tests.unit.web.asking import Client
from tests.unit.web.framed import LEAD, SUGAR, ask, open_funnel, user


def test_open_funnel_signs_in_as_sugar_would_once(world: World) -> None:
    token = dashlet_token(world.app, FULL, "jonas", Audience.SIGN_IN)
    answer = open_funnel(world, token, origin=SUGAR)
    assert (answer.status, answer.headers["Location"]) == (303, "/app/people")
    session = next(one for one in answer.cookies if one.startswith("funnel_session="))
    value = session.partition("=")[2].partition(";")[0]
    page = Client(world, value).get("/app")
    assert "Jonas Weiß" in page.text
    again = open_funnel(world, token, origin=SUGAR)
    assert (again.status, again.cookies) == (401, [])
    assert "used already" in again.text


def test_the_role_is_that_of_the_user_in_sugar_and_ends_with_it(world: World) -> None:
    user(world, "max", fields={"is_admin": True})
    token = dashlet_token(world.app, FULL, "max", Audience.SIGN_IN)
    address = vision_address(world.app, FULL)
    answer = Client(world).call("POST", f"/api{address}/open", {"token": token})
    assert (answer.status, answer.json["role"]) == (200, "admin")
    client = Client(world, answer.json["token"])
    assert client.get("/setup/connection").status == 200
    user(world, "max", fields={"status": "Inactive"})
    assert client.get("/app").status == 303


def test_a_token_for_panels_signs_nobody_in_and_one_to_sign_in_shows_no_panel(
    world: World,
) -> None:
    for one in (
        dashlet_token(world.app, FULL, "jonas"),
        dashlet_token(world.app, FULL, "jonas", record=LEAD),
        "",
    ):
        answer = open_funnel(world, one, origin=SUGAR)
        assert (answer.status, answer.cookies) == (401, [])
    sign_in = dashlet_token(world.app, FULL, "jonas", Audience.SIGN_IN)
    assert ask(world, "/panels", sign_in).status == 401
    assert open_funnel(world, sign_in, origin=SUGAR).status == 303


def test_another_sites_page_cannot_sign_anybody_in(world: World) -> None:
    token = dashlet_token(world.app, FULL, "jonas", Audience.SIGN_IN)
    answer = open_funnel(world, token, origin="https://evil.example")
    assert (answer.status, answer.cookies) == (403, [])
    assert open_funnel(world, token, origin=SUGAR).status == 303


@pytest.mark.parametrize("headers", [{}, {"origin": "null"}])
def test_where_the_browser_does_not_say_who_sent_it_the_person_is_asked(
    world: World, headers: dict[str, str]
) -> None:
    token = dashlet_token(world.app, FULL, "jonas", Audience.SIGN_IN)
    asked = open_funnel(world, token, **headers)
    assert (asked.status, asked.cookies) == (200, [])
    assert "Sugar says that you are Jonas Weiß." in asked.text
    assert open_funnel(world, token, origin="http://funnel.example").status == 303


def test_who_is_not_known_here_is_not_signed_in(world: World) -> None:
    token = dashlet_token(world.app, FULL, "newcomer", Audience.SIGN_IN)
    answer = open_funnel(world, token, origin=SUGAR)
    assert (answer.status, answer.cookies) == (403, [])
    assert "not known here yet" in answer.text


def test_a_used_token_is_remembered_for_longer_than_it_could_be_good(world: World) -> None:
    token = dashlet_token(world.app, FULL, "jonas", Audience.SIGN_IN)
    assert open_funnel(world, token, origin=SUGAR).status == 303
    for _ in range(22):
        world.clock.advance(timedelta(seconds=30).total_seconds())
        assert open_funnel(world, token, origin=SUGAR).status == 401


# ------------------------------------------------------------------ where Sugar's own pages are
