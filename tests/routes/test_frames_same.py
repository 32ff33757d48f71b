"""The lists of FunnelVision take a limit and a cursor as all lists of the API do."""

import json
import re
from typing import Any

import pytest

from funnel.domain.ids import Module, RecordKey, SugarId
from funnel.web.room import PAGING, Route
from funnel.web.vision.door import ROOMS as VISION
from tests.browser.prospects import make_world_with_prospects
from tests.browser.world import FULL, World
from tests.fakes.dashlets import dashlet_token, vision_address
from tests.routes.test_same_everywhere import check, name, wrong_with
from tests.unit.web.asking import Answer, Client

pytestmark = pytest.mark.feature("G5")

CONTACT = RecordKey(Module.CONTACTS, SugarId("p20"))
LISTS = [
    one
    for room in VISION
    for one in room.routes
    if one.is_api and "cursor" in one.queries and not one.rule.endswith("/prospect")
]


@pytest.fixture(scope="module")
def world() -> World:
    return make_world_with_prospects()


def ask(world: World, route: Route, query: str) -> Answer:
    """By a rep of the tenant, whose prospects they are."""
    record = CONTACT if "/prospect" in route.rule else None
    token = dashlet_token(world.app, FULL, "sarah", record=record)
    own = route.rule.replace("/vision/<tenant>/<connection>", vision_address(world.app, FULL))
    path = re.sub("<module>/<sugar_id>", f"{CONTACT.module}/{CONTACT.sugar_id}", own)
    return Client(world).get(f"{path}?{query}", authorization=f"Bearer {token}")


@pytest.mark.parametrize(
    ("query", "value"),
    [("cursor", "zzz"), ("cursor", "%00"), ("limit", "0"), ("limit", "101"), ("limit", "many")],
)
def test_a_bad_cursor_or_limit_gets_400(world: World, query: str, value: str) -> None:
    found = {name(r): wrong_with(ask(world, r, f"{query}={value}"), 400, query) for r in LISTS}
    check(found)


def test_pages_of_any_size_hold_what_the_whole_does(world: World) -> None:
    seen = 0
    for route in LISTS:
        assert set(PAGING) <= set(route.queries), route.rule
        more = "&everybody=yes" if "everybody" in route.queries else ""
        days = "&days=30" if "days" in route.queries else ""
        whole = ask(world, route, f"limit=100{days}{more}")
        assert whole.status == 200, f"{route.rule}: {whole.text}"
        found: list[Any] = []
        cursor = ""
        for _ in range(60):
            page = ask(world, route, f"limit=1&cursor={cursor}{days}{more}")
            assert page.status == 200, f"{route.rule}: {page.text}"
            # A visit is not cut: what was done in it comes together.
            assert len(page.json["items"]) <= 1 or "/activities" in route.rule, route.rule
            found += page.json["items"]
            cursor = page.json["cursor"]
            if not cursor:
                break
        assert not cursor, route.rule
        assert not whole.json["cursor"], route.rule
        as_text = [
            [json.dumps(one, sort_keys=True) for one in some]
            for some in (found, whole.json["items"])
        ]
        assert as_text[0] == as_text[1], route.rule
        seen += len(found) > 1
    assert seen >= 5
