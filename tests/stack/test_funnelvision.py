"""FunnelVision through the deployed door: let in by Sugar's word, and signed in by it."""

import pytest
import requests

from local.sugar.demo.users import STANDARD
from local.sugar.funnel_module import Entered
from local.sugar.tokens import mint
from tests.stack.scene import Scene

USER = STANDARD["owneronly"]


@pytest.mark.feature("E7")
def test_a_user_of_sugar_is_let_in_by_its_word_and_can_open_funnel_once(connected: Scene) -> None:
    scene = connected
    entered = Entered(**scene.funnel.json("POST", "/api/setup/hooks/key"))
    address = entered.at("vision")

    def ask(path: str, audience: str, user: str = USER, tag: str = "") -> requests.Response:
        given = mint(entered, user, audience)
        headers = {"Authorization": f"Bearer {given}", "If-None-Match": tag}
        return requests.get(f"{address}{path}", headers=headers, timeout=60)

    page = requests.get(address, timeout=60)
    assert page.status_code == 200
    assert "frame-ancestors http" in page.headers["Content-Security-Policy"]
    shown = ask("/panels", "funnelvision")
    assert shown.status_code == 200
    assert 'id="panel-hot"' in shown.text
    same = ask("/panels", "funnelvision", tag=shown.headers["ETag"])
    assert (same.status_code, same.content) == (304, b"")
    assert ask("/panels", "funnelvision", "nobody").status_code == 403
    assert ask("/panels", "funnel-sign-in").status_code == 401
    assert requests.get(f"{address}/panels", timeout=60).status_code == 401

    way_in = mint(entered, USER, "funnel-sign-in")
    for status in (200, 401):
        opened = requests.post(
            f"{address.replace('/vision/', '/api/vision/')}/open",
            json={"token": way_in},
            timeout=60,
        )
        assert opened.status_code == status, opened.text
        if status == 200:
            session = opened.json()["token"]
    reply = requests.get(
        f"{scene.funnel.base_url}/api/app/users",
        headers={"Authorization": f"Bearer {session}"},
        timeout=60,
    )
    assert reply.status_code == 200
