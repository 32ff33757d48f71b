"""Alerts by the API: whose they are, and what is refused."""

import json
from typing import Any

import pytest

from tests.browser.world import FULL, World
from tests.fakes.dashlets import dashlet_token, vision_address
from tests.unit.web.asking import Answer, Client

pytestmark = pytest.mark.feature("E9")
WANTED = {"on": ["score", "digest"], "threshold": 70, "hour": 6, "zone": "Europe/Berlin"}


def send(world: World, said: dict[str, Any], user: str = "sarah") -> Answer:
    return Client(world).ask(
        "POST",
        f"/api{vision_address(world.app, FULL)}/alerts",
        json.dumps(said).encode(),
        content_type="application/json",
        authorization=f"Bearer {dashlet_token(world.app, FULL, user)}",
    )


def seen(world: World, user: str = "sarah") -> Any:
    token = dashlet_token(world.app, FULL, user)
    path = f"/api{vision_address(world.app, FULL)}/alerts"
    return Client(world).get(path, authorization=f"Bearer {token}").json


def test_a_rep_changes_nobodys_alerts_but_the_own(world: World) -> None:
    assert send(world, WANTED).json["on"] == ["score", "digest"]
    assert {name: seen(world)[name] for name in WANTED} == WANTED
    assert seen(world, "jonas")["on"] == []


@pytest.mark.parametrize(
    "change", [{"on": ["all"]}, {"threshold": 0}, {"hour": 24}, {"threshold": "many"}]
)
def test_what_makes_no_sense_is_refused_and_changes_nothing(
    world: World, change: dict[str, Any]
) -> None:
    assert send(world, {**WANTED, **change}).status == 400
    assert seen(world)["on"] == []


def test_a_zone_that_is_not_known_here_is_utc(world: World) -> None:
    assert send(world, {**WANTED, "zone": "Mars/Base"}).json["zone"] == "UTC"
