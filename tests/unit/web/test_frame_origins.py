"""An admin enters at which addresses Sugar is opened, and FunnelVision is shown there only."""

import pytest

from funnel.usecases.connecting.connection import connection_of
from tests.browser.world import FULL, World
from tests.fakes.dashlets import vision_address
from tests.unit.web.asking import Client, signed_in
from tests.unit.web.framed import SUGAR


def test_an_admin_enters_where_else_sugar_is_opened(world: World) -> None:
    admin = signed_in(world, FULL)
    page = "/setup/connection"
    sent = admin.send(
        f"{page}/frame_origins", frame_origins="HTTPS://Crm.Nordwind.com:443/index.php"
    )
    assert sent.headers["Location"].startswith(f"{page}?saved=frame_origins")
    assert "https://crm.nordwind.com" in admin.get(page).text
    told = admin.call("PATCH", f"/api{page}", {"frame_origins": ["http://10.0.0.5:8080", SUGAR]})
    assert told.json["frame_origins"] == ["http://10.0.0.5:8080"]
    answer = Client(world).get(vision_address(world.app, FULL))
    assert answer.headers["Content-Security-Policy"].endswith(f"{SUGAR} http://10.0.0.5:8080")


@pytest.mark.parametrize(
    "entered",
    [
        "*",
        "https://*.nordwind.example",
        "crm.nordwind.example",
        "javascript:alert(1)",
        "https://a.example;script-src",
        "https://a.example'",
        "https://user@a.example",
        "https://a.example:99999",
        "https://",
        "https://" + "a" * 400,
    ],
)
def test_what_is_no_address_of_a_page_is_refused(world: World, entered: str) -> None:
    admin = signed_in(world, FULL)
    answer = admin.send("/setup/connection/frame_origins", frame_origins=entered)
    assert answer.status == 400
    assert "is not the address of a web page" in answer.text
    told = admin.call("PATCH", "/api/setup/connection", {"frame_origins": [entered]})
    assert (told.status, told.json["error"]["field"]) == (400, "frame_origins")
    assert connection_of(world.app, FULL).frame_origins == ()


def test_four_more_addresses_are_the_most(world: World) -> None:
    admin = signed_in(world, FULL)
    more = [f"https://crm{number}.example" for number in range(5)]
    told = admin.call("PATCH", "/api/setup/connection", {"frame_origins": more})
    assert (told.status, told.json["error"]["field"]) == (400, "frame_origins")
    told = admin.call("PATCH", "/api/setup/connection", {"frame_origins": more[:4]})
    assert told.status == 200
