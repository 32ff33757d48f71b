"""Signing in with Sugar's own user names and passwords, and losing it again."""

import json
from collections.abc import Callable, Iterator
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote_plus, urlsplit

import pytest
import requests

from local.stack.client import FunnelClient
from local.sugar.demo.users import STANDARD
from tests.stack.scene import API_USER, Scene, eventually, new_scene
from tests.stack.test_secrets import logged, queued, secrets_of, stored

if TYPE_CHECKING:
    from local.stack.stack import Stack

ANNA, CANARY = "anna.ott", "canary-Roter&<Milan>"
SPELLED = (CANARY, json.dumps(CANARY)[1:-1], quote_plus(CANARY), escape(CANARY))
SignIn = Callable[[Scene, str, str], tuple[FunnelClient, requests.Response]]


@pytest.fixture
def sign_in() -> Iterator[SignIn]:
    """A browser of its own for each person, and what its try led to."""
    browsers: list[FunnelClient] = []

    def try_it(
        scene: Scene, user_name: str, password: str = ""
    ) -> tuple[FunnelClient, requests.Response]:
        browser = FunnelClient(scene.stack.url)
        browsers.append(browser)
        return browser, browser.sign_in_with_sugar(
            scene.sign_in_page, user_name, password or user_name
        )

    yield try_it
    for browser in browsers:
        browser.close()


def logins(scene: Scene) -> int:
    return scene.sugar.log.methods.get("login", 0)


def may(browser: FunnelClient, path: str) -> int:
    return browser.call("GET", path).status_code


@pytest.mark.feature("A5")
def test_admins_in_sugar_sign_in_as_admins_and_others_as_marketers(
    connected: Scene, sign_in: SignIn
) -> None:
    admin, reply = sign_in(connected, "admin", "admin")
    assert (reply.status_code, urlsplit(reply.headers["Location"]).path) == (303, "/app")
    assert may(admin, "/api/setup/connection") == 200
    assert "Administrator" in admin.call("GET", "/app").text
    marketer, reply = sign_in(connected, "owneronly", "owneronly")
    assert (reply.status_code, urlsplit(reply.headers["Location"]).path) == (303, "/app")
    assert may(marketer, "/api/app/people") == 200
    assert may(marketer, "/api/setup/connection") == 403
    assert "Test Owneronly" in marketer.call("GET", "/app").text
    assert connected.sugar.sugar.sessions.users() <= {API_USER}, "only workers keep a session"
    out = marketer.http.post(f"{marketer.base_url}/sign-in/out", data={}, timeout=60)
    assert out.status_code == 200
    assert may(marketer, "/api/app/people") in {401, 403}


@pytest.mark.feature("A5")
@pytest.mark.parametrize("endpoint", ["soap.php", "v2"])
def test_where_the_sign_in_does_not_say_who_is_an_admin_the_synced_user_does(
    stack: "Stack", sign_in: SignIn, endpoint: str
) -> None:
    with new_scene(stack, f"Signing in at {endpoint}", "sugarce", [endpoint]) as scene:
        assert scene.connect()["status"] == "done"
        admin, _ = sign_in(scene, "admin", "admin")
        assert may(admin, "/api/setup/connection") == 200
        marketer, _ = sign_in(scene, "owneronly", "owneronly")
        assert may(marketer, "/api/app/people") == 200
        assert may(marketer, "/api/setup/connection") == 403
        _, wrong = sign_in(scene, "admin", "wrong")
        assert "Sugar did not accept" in wrong.text


@pytest.mark.feature("A5")
def test_three_tries_reach_sugar_and_none_with_the_user_funnel_signs_in_as(
    connected: Scene, sign_in: SignIn
) -> None:
    scene = connected
    scene.first_round()
    scene.sugar.log.clear()
    _, own = sign_in(scene, "API", "api")
    assert own.status_code == 403
    assert "Funnel itself signs in to Sugar as this user" in own.text
    assert logins(scene) == 0
    for turn in range(3):
        browser, refused = sign_in(scene, "owneronly", f"wrong {turn}")
        assert refused.status_code == 401
        assert "Sugar did not accept this user name and password." in refused.text
        assert may(browser, "/api/app/people") in {401, 403}
    _, unknown = sign_in(scene, "nobody", "wrong")
    assert "Sugar did not accept this user name and password." in unknown.text
    for spelled in ("owneronly", "OwnerOnly"):
        _, locked = sign_in(scene, spelled, "owneronly")
        assert locked.status_code == 429
        assert "Try again in" in locked.text
    assert logins(scene) == 4
    state = scene.funnel.connection()
    assert state is not None
    assert state["pause"] is None
    _, other = sign_in(scene, "admin", "admin")
    assert other.status_code == 303


@pytest.mark.feature("B7")
def test_a_user_who_is_deactivated_is_out_as_soon_as_that_is_known(
    connected: Scene, sign_in: SignIn
) -> None:
    scene = connected
    anna = scene.company.hire(ANNA, admin=True, password="pass", last_name="Ott")
    _, too_soon = sign_in(scene, ANNA, "pass")
    assert too_soon.status_code == 401
    assert "not come to Funnel yet" in too_soon.text
    scene.sync()
    browser, _ = sign_in(scene, ANNA, "pass")
    assert may(browser, "/api/setup/connection") == 200
    scene.company.update("Users", anna, is_admin=False)
    scene.sync()
    assert may(browser, "/api/setup/connection") == 403
    assert may(browser, "/api/app/people") == 200
    scene.company.set_active(anna, active=False)
    scene.sync()
    assert may(browser, "/api/app/people") in {401, 403}
    assert scene.funnel.connection() is not None
    scene.company.set_active(anna, active=True)
    _, not_yet = sign_in(scene, ANNA, "pass")
    assert not_yet.status_code == 401
    assert "inactive or deleted there" in not_yet.text


@pytest.mark.feature("A5")
def test_when_sugar_is_away_paused_or_not_connected_the_link_is_the_way_in(
    scene: Scene, sign_in: SignIn
) -> None:
    from local.sugar.web.trouble import Trouble

    nothing = requests.get(scene.sign_in_page, timeout=60)
    assert "No Sugar is connected yet" in nothing.text
    scene.connect()
    scene.settings(paused=True)
    paused = requests.get(scene.sign_in_page, timeout=60)
    assert "is paused" in paused.text
    scene.settings(paused=False)
    scene.sugar.troubles.add(Trouble("drop", None))
    _, away = sign_in(scene, "admin", "admin")
    assert away.status_code == 401
    assert "sign-in link" in away.text
    link = scene.stack.operator.sign_in_link(scene.tenant_id).sign_in_url
    browser = FunnelClient(scene.stack.url)
    browser.sign_in(link)
    assert may(browser, "/api/setup/connection") == 200
    browser.close()


@pytest.mark.feature("A5")
def test_connecting_another_sugar_signs_everybody_out(connected: Scene, sign_in: SignIn) -> None:
    from local.sugar import SugarSimulator

    scene = connected
    browser, _ = sign_in(scene, "admin", "admin")
    assert may(browser, "/api/app/people") == 200
    with SugarSimulator("suitecrm", seed=9) as other:
        job = scene.start_test(other.url)
        assert scene.job(job)["status"] == "done"
        scene.funnel.save_connection(job)
        assert may(browser, "/api/app/people") in {401, 403}
        assert may(scene.funnel, "/api/app/people") in {401, 403}


@pytest.mark.feature("A5")
def test_no_password_of_a_person_stays_anywhere(connected: Scene, sign_in: SignIn) -> None:
    scene = connected
    scene.company.set_password(STANDARD["owneronly"], CANARY)
    pages = [sign_in(scene, "owneronly", CANARY)[1], sign_in(scene, "admin", CANARY)[1]]
    assert [page.status_code for page in pages] == [303, 401]
    eventually("only the connection's is kept", lambda: len(secrets_of(scene)) == 1)
    items = list(stored(scene.stack))
    assert any("attempt#" in item and scene.tenant_id in item for item in items)
    for text in (*logged(scene.stack), *items, *queued(scene.stack), *(p.text for p in pages)):
        assert not [one for one in SPELLED if one in text], text[:500]
