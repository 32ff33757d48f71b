"""Every route of the frames in Sugar, asked by a rep of one tenant for what is another's."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlencode

import pytest

from funnel.domain.ids import Module, RecordKey, SugarId, TenantId
from funnel.web.room import Route
from funnel.web.vision.door import ROOMS as VISION
from scripts.json_schema import Schemas
from tests.browser.world import World
from tests.fakes.dashlets import dashlet_token, vision_address
from tests.routes.test_tenants_apart import (
    FIELDS,
    Both,
    Names,
    body_of,
    paths_of,
    query_of,
    value_of,
)
from tests.routes.two_tenants import REP, STRANGER, VICTIM, rows_of
from tests.unit.web.asking import HOST, Answer

pytestmark = pytest.mark.feature("G3")

LEAD = RecordKey(Module.LEADS, SugarId("p0"))


def frames_of(world: World, tenant: TenantId, route: Route) -> tuple[str, str]:
    """The address of a tenant's FunnelVision, and a token of its rep that is good for this route."""
    record = LEAD if re.search("/record|/prospect|/write", route.rule) else None
    token = dashlet_token(world.app, tenant, REP, record=record)
    return vision_address(world.app, tenant), token


VISION_ROUTES = [one for room in VISION for one in room.routes if "<" in one.rule]


def ask_frame(both: Both, route: Route, victims: bool) -> Iterator[Answer]:
    """What a frame of one tenant asks, at its own address or at the victim's."""
    address, token = frames_of(both.here, both.tenant, route)
    if victims:  # an address of the victim's is there only where the victim is
        address = vision_address(both.here.app, VICTIM)
        del both.clients[1:]
    else:
        assert (address, token) == frames_of(both.there, both.tenant, route)
    _, tenant, connection = address.strip("/").split("/")
    plain = replace(
        route, rule=route.rule.replace("<tenant>", tenant).replace("<connection>", connection)
    )
    for path in paths_of(plain):
        for turn in range(3):
            body = b""
            if route.body:
                schemas = Schemas()
                schema = schemas.of(route.body)
                body = json.dumps(body_of(schema, schemas.found, "", turn)).encode()
            elif route.method == "POST":
                names = {*Names.asked, *FIELDS}
                told_in = {name: value_of(name, turn) for name in sorted(names)}
                body = urlencode({**told_in, "token": token}).encode()
            json_or_form = "json" if route.is_api else "x-www-form-urlencoded"
            yield both.ask(
                route.method, f"{path}?{query_of(route, turn)}", body,
                authorization=f"Bearer {token}", origin=f"https://{HOST}",
                content_type=f"application/{json_or_form}",
            )  # fmt: skip


OPEN_OF_VISION = re.compile(r"^/vision/<tenant>/<connection>(/record|/letter|/open)?$")
"""Frames without anything in them; and the way into the web app, which says no in a page."""


@pytest.mark.parametrize("route", VISION_ROUTES, ids=lambda one: f"{one.method} {one.rule}")
def test_a_rep_of_another_tenant_sees_nothing_in_a_frame(route: Route) -> None:
    both = Both(STRANGER)
    told = {answer.status for answer in ask_frame(both, route, victims=False)}
    assert route.rule.endswith("/open") or 401 not in told, (
        "its own token is good at its own address"
    )
    both.check(f"{route.method} {route.rule}")


@pytest.mark.parametrize("route", VISION_ROUTES, ids=lambda one: f"{one.method} {one.rule}")
def test_the_token_of_another_tenant_opens_no_frame(route: Route) -> None:
    """Also for a user of the same id: the key has to be that of the address."""
    both = Both(STRANGER)
    for answer in ask_frame(both, route, victims=True):
        if not OPEN_OF_VISION.match(route.rule):
            assert answer.status in (400, 401, 403), route.rule
        assert answer.cookies == []
    assert rows_of(both.here, VICTIM) == both.before
