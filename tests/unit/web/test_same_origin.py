from typing import cast

import pytest
from aws_lambda_powertools.utilities.typing import LambdaContext

from funnel.web.same_origin import check_origin
from funnel.web.sessions import form_token
from tests.browser.site import event_of
from tests.browser.world import FULL, World
from tests.unit.web.asking import HOST, Answer, Client, signed_in

FORM = "application/x-www-form-urlencoded"
PAUSE = "/setup/connection/pause"


def pause(client: Client, token: str | None = None, **headers: str) -> Answer:
    sent = form_token(client.token) if token is None else token
    body = f"paused=yes&form_token={sent}".encode()
    return client.ask("POST", PAUSE, body, content_type=FORM, **headers)


def paused(world: World) -> bool:
    connection = world.store.connection(FULL)
    assert connection is not None
    return connection.pause is not None


def test_our_own_form_passes(world: World, admin: Client) -> None:
    assert pause(admin, sec_fetch_site="same-origin").status == 303
    assert paused(world)


@pytest.mark.parametrize("origin", [f"https://{HOST}", f"http://{HOST}"])
def test_an_older_browser_passes_by_its_origin(world: World, admin: Client, origin: str) -> None:
    assert pause(admin, origin=origin).status == 303


@pytest.mark.parametrize(
    "headers",
    [
        {"sec_fetch_site": "cross-site", "origin": f"https://{HOST}"},
        {"sec_fetch_site": "same-site"},
        {"sec_fetch_site": "none"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": f"https://{HOST}.evil.example"},
        {},
    ],
)
def test_another_sites_form_is_refused(
    world: World, admin: Client, headers: dict[str, str]
) -> None:
    assert pause(admin, **headers).status == 403
    assert not paused(world)


@pytest.mark.parametrize("token", ["", "x", "ü"])
def test_a_form_without_its_token_is_refused(world: World, admin: Client, token: str) -> None:
    assert pause(admin, token, sec_fetch_site="same-origin").status == 403
    assert not paused(world)


def test_the_token_of_another_session_is_refused(world: World, admin: Client) -> None:
    other = form_token(world.token(FULL))
    assert pause(admin, other, sec_fetch_site="same-origin").status == 403


def test_the_api_with_a_cookie_needs_json_or_the_token(world: World, admin: Client) -> None:
    path, origin = "/api/setup/runs/current/cancel", f"https://{HOST}"
    assert admin.ask("POST", path, origin=origin, content_type="text/plain").status == 403
    assert admin.ask("POST", path, origin=origin).status == 403
    token = form_token(admin.token)
    assert admin.ask("POST", path, origin=origin, x_form_token=token).status == 404
    assert admin.call("POST", path).status == 404  # passes; there is no run


def test_the_api_with_a_cookie_refuses_another_sites_json(world: World, admin: Client) -> None:
    answer = admin.ask(
        "PATCH",
        "/api/setup/connection",
        b'{"paused": true}',
        content_type="application/json",
        origin="https://evil.example",
    )
    assert answer.status == 403
    assert not paused(world)


def test_a_machine_with_a_bearer_token_needs_neither(world: World) -> None:
    answer = Client(world).ask(
        "PATCH",
        "/api/setup/connection",
        b'{"paused": true}',
        authorization=f"Bearer {world.token(FULL)}",
    )
    assert answer.status == 200
    assert paused(world)


def test_signing_in_from_another_site_is_refused(world: World) -> None:
    answer = Client(world).ask(
        "POST", "/sign-in/link", b"token=x", content_type=FORM, origin="https://evil.example"
    )
    assert answer.status == 403


def test_the_public_address_counts_as_our_own(world: World) -> None:
    event = {"headers": {"origin": "http://127.0.0.1:8000", "host": "abc.execute-api.example"}}
    check_origin(event, "http://127.0.0.1:8000/")


def test_every_page_has_the_headers_that_keep_it_ours(world: World) -> None:
    for path in ("/sign-in", "/app", "/setup/sync", "/app/nothing"):
        headers = signed_in(world, FULL).get(path).headers
        assert headers["Content-Security-Policy"].startswith("default-src 'self'; ")
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cache-Control"] == "no-store"


def test_whoever_is_no_machine_is_checked_like_a_cookie(world: World) -> None:
    """The authorizer let somebody in, but no token that we know came with the request."""
    client = Client(world)
    event = event_of("POST", PAUSE, {"host": HOST}, b"paused=yes")
    context = {"tenant": FULL, "role": "admin", "user_name": "Ada"}
    event["requestContext"]["authorizer"] = {"lambda": context}
    reply = client.doors.setup.answer(event, cast("LambdaContext", None))
    assert reply["statusCode"] == 403
    assert not paused(world)
