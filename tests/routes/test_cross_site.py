"""What another site can make a browser send: made from the routes, so that a new one is tried too."""

import json
from urllib.parse import urlencode

import pytest

from funnel.domain.signing_in.tenants import Role
from funnel.web.marketing.door import ROOMS as MARKETING
from funnel.web.room import Route
from funnel.web.same_origin import SAFE_METHODS
from funnel.web.sessions import form_token
from funnel.web.setup.door import ROOMS as SETUP
from funnel.web.vision.door import ROOMS as VISION
from scripts.json_schema import Schemas
from tests.browser.world import FULL
from tests.routes.test_tenants_apart import body_of, name_of, of_rooms, paths_of, query_of
from tests.routes.two_tenants import rows_of, worlds
from tests.unit.web.asking import HOST, Client, signed_in

OWN = {"origin": f"https://{HOST}"}
FOREIGN: tuple[dict[str, str], ...] = (
    {},
    {"origin": "https://evil.example"},
    {"origin": "null"},
    {"origin": f"https://{HOST}.evil.example"},
    {"sec_fetch_site": "cross-site", **OWN},
    {"sec_fetch_site": "same-site"},
    {"sec_fetch_site": "none"},
)
"""What the browser says of where a request comes from; nothing, where it is an old one."""
FORM = "application/x-www-form-urlencoded"
JSON = "application/json"
WAYS_IN = [r for room in SETUP for r in room.routes if r.needs is None and r.method == "POST"]
FROM_ELSEWHERE = {"/vision/<tenant>/<connection>/open"}
"""What pages of a Sugar may send: looks for itself who sent it (`test_open_funnel.py`)."""


def bodies(client: Client, route: Route) -> list[tuple[bytes, str]]:
    """What the page itself would send, with the session's own token, as a form and as JSON."""
    schemas = Schemas()
    schema = schemas.of(route.body) if route.body else {"type": "object", "properties": {}}
    told = json.dumps(body_of(schema, schemas.found, "", 0)).encode()
    form = urlencode({"form_token": form_token(client.token), "name": "x", "confirm": "yes"})
    return [(form.encode(), FORM), (told, JSON)]


@pytest.mark.feature("G3")
@pytest.mark.parametrize("routes", of_rooms((*SETUP, *MARKETING)), ids=name_of)
def test_no_other_site_changes_anything_by_a_users_cookie(routes: list[Route]) -> None:
    world, _ = worlds()
    client = signed_in(world, FULL)
    before = rows_of(world, FULL)
    for route in (one for one in routes if one.method not in SAFE_METHODS):
        path = next(paths_of(route))
        for body, kind in bodies(client, route):
            for headers in FOREIGN:
                answer = client.ask(route.method, path, body, content_type=kind, **headers)
                assert answer.status == 403, (route.method, path, headers)
        # From our own address, but by a form that another's page could have put there.
        for kind in ("text/plain", "multipart/form-data; boundary=x", FORM, ""):
            answer = client.ask(route.method, path, b"{}", content_type=kind, **OWN)
            assert answer.status in (400, 403), (route.method, path, kind)
    assert rows_of(world, FULL) == before


@pytest.mark.parametrize("route", WAYS_IN, ids=lambda one: one.rule)
def test_no_other_site_signs_a_browser_in_or_out(route: Route) -> None:
    world, _ = worlds()
    path = route.rule.replace("<tenant>", FULL)
    client = Client(world)
    before = rows_of(world, FULL)
    for headers in FOREIGN[1:]:
        for body, kind in ((b"token=x&user_name=a&password=b", FORM), (b"{}", "text/plain")):
            refused = client.ask("POST", path, body, content_type=kind, **headers)
            assert refused.status in (403, 415)
    assert rows_of(world, FULL) == before


def test_what_may_come_from_elsewhere_is_known() -> None:
    rooms = (*SETUP, *MARKETING, *VISION)
    told = {one.rule for room in rooms for one in room.routes if one.from_elsewhere}
    assert told == FROM_ELSEWHERE


@pytest.mark.parametrize("routes", of_rooms((*SETUP, *MARKETING)), ids=name_of)
def test_to_look_changes_nothing(routes: list[Route]) -> None:
    """A link or a picture of another site is a GET with the user's cookie."""
    world, _ = worlds()
    client = signed_in(world, FULL, Role.ADMIN)
    before = rows_of(world, FULL)
    for route in (one for one in routes if one.method == "GET"):
        for path in list(paths_of(route))[:2]:
            for query in ("", query_of(route, 0)):
                client.get(f"{path}?{query}")
    assert rows_of(world, FULL) == before
