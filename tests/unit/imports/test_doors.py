"""What a cold door loads, and above all what it does not.

How much it is, is held to `loaded.json`: KiB of byte code by room and library. After a change that is
worth its price: `FUNNEL_WRITE_IMPORTS=1 pytest tests/unit/imports`.
"""

import json
import os
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.unit.imports.cold_start import (
    DOORS,
    EVERY_DOOR_BEGINS_WITH,
    WITH_SUGAR,
    chain,
    importers,
    modules,
    sizes,
)

KEPT = Path(__file__).with_name("loaded.json")
LEEWAY = 1.05
"""A room grows with what it does; a twentieth more of a door is looked at."""

SPEAKS_TO_SUGAR = {"zeep", "lxml", "requests"}
WITHOUT_SUGAR = [door for door in DOORS if door not in WITH_SUGAR]
CAN_DO_WITHOUT = {
    *("aws_xray_sdk", "boto3", "pydantic", "cryptography", "moto", "nh3", "css_inline"),
    "email.headerregistry",
}
WITH_PAGES = ("funnelvision", "marketing", "setup")

Rooms = dict[str, int]


def room_of(module: str) -> str:
    """What a module is counted with: a room of the use cases or pages, a floor, a library."""
    parts = module.split(".")
    if parts[0] in {"funnel", *DOORS}:
        depth = 3 if parts[1:2] in (["usecases"], ["web"]) else 2
        return ".".join(parts[:depth]) if parts[0] == "funnel" else "functions"
    return "Python" if parts[0] in sys.stdlib_module_names or parts[0][0] == "_" else parts[0]


def rooms_of(door: str) -> Rooms:
    """KiB of byte code that a door has loaded when its ports are wired; Python's own apart."""
    found = Counter[str]()
    for module, size in sizes(door)["wired"].items():
        found[room_of(module)] += size
    del found["Python"]
    return {room: -(-size // 1024) for room, size in sorted(found.items()) if size}


def too_much(door: str, kept: Rooms, now: Rooms) -> str:
    """What came in beyond what is kept, and how; "" if nothing did."""
    limit, total = LEEWAY * sum(kept.values()), sum(now.values())
    new = {room: size for room, size in now.items() if room not in kept}
    if not new and total <= limit:
        return ""
    grown = new or {room: size for room, size in now.items() if size > kept[room]}
    lines = [f"{door} loads {total} KiB of byte code, kept is {sum(kept.values())}"]
    for room, size in grown.items():
        lines.append(f"{room}: {size} KiB, kept is {kept.get(room, 0)}")
        here = [module for module in sizes(door)["wired"] if room_of(module) == room]
        largest = sorted(here, key=lambda module: -sizes(door)["wired"][module])[:3]
        lines += [f"  {chain(door, module)}" for module in largest]
    return "\n".join(lines)


@pytest.fixture(scope="module")
def kept() -> dict[str, Rooms]:
    if os.environ.get("FUNNEL_WRITE_IMPORTS"):
        text = json.dumps({door: rooms_of(door) for door in DOORS}, indent=1) + "\n"
        KEPT.write_text(text, "utf-8")
    found: dict[str, Rooms] = json.loads(KEPT.read_text("utf-8"))
    return found


def test_every_door_has_a_budget(kept: dict[str, Rooms]) -> None:
    assert tuple(kept) == DOORS


@pytest.mark.feature("G6")
@pytest.mark.parametrize("door", DOORS)
def test_a_cold_door_loads_no_more_than_is_kept(door: str, kept: dict[str, Rooms]) -> None:
    said = too_much(door, kept[door], rooms_of(door))
    assert not said, said


def test_what_came_in_is_named_with_the_chain_that_brought_it() -> None:
    now = rooms_of("scores")
    less = {room: size for room, size in now.items() if room != "pynamodb"}
    said = too_much("scores", less, now)
    assert "pynamodb: " in said
    assert "scores.app → funnel.bootstrap → funnel.adapters.dynamodb → " in said
    assert "→ pynamodb.models" in said
    smaller = {room: size // 2 for room, size in now.items()}
    assert "funnel.domain: " in too_much("scores", smaller, now)


def test_a_chain_begins_at_the_door() -> None:
    assert importers("scores")["funnel.bootstrap"] == "scores.app"
    assert chain("scores", "scores.app") == "scores.app"
    assert chain("scores", "funnel.config") == "scores.app → funnel.bootstrap → funnel.config"


def test_all_doors_are_known() -> None:
    assert {*WITH_SUGAR, *WITH_PAGES} < set(DOORS)


@pytest.mark.parametrize("door", DOORS)
def test_every_door_goes_on_from_where_it_is_begun(door: str) -> None:
    assert EVERY_DOOR_BEGINS_WITH in modules(door)["imported"]


@pytest.mark.parametrize("door", WITHOUT_SUGAR)
def test_a_door_that_does_not_meet_sugar_loads_nothing_that_speaks_to_it(door: str) -> None:
    loaded = modules(door)["wired"]
    assert "funnel.adapters.dynamodb" in loaded
    assert not SPEAKS_TO_SUGAR & loaded
    assert "funnel.adapters.sugar_soap" not in loaded


@pytest.mark.parametrize("door", WITH_SUGAR)
def test_a_door_that_meets_sugar_loads_zeep_no_sooner_than_it_calls_sugar(door: str) -> None:
    loaded = modules(door)
    assert not SPEAKS_TO_SUGAR & loaded["imported"]
    assert "zeep" not in loaded["wired"]
    assert "zeep" in loaded["opened"]


@pytest.mark.parametrize("door", DOORS)
def test_no_door_waits_for_what_it_can_do_without(door: str) -> None:
    assert not CAN_DO_WITHOUT & set().union(*modules(door).values())


@pytest.mark.parametrize("door", DOORS)
def test_the_templates_of_pages_are_loaded_with_the_first_page(door: str) -> None:
    assert "jinja2" not in modules(door)["wired"]


@pytest.mark.parametrize("door", [door for door in DOORS if door not in WITH_PAGES])
def test_a_door_without_pages_loads_no_routes(door: str) -> None:
    loaded = modules(door)["wired"]
    assert "aws_lambda_powertools.event_handler" not in loaded
    assert "funnel.web.door" not in loaded
