"""docs/security.md names tests that are there, every public route with its limit, and every lock file."""

import re

import pytest

from scripts.locks import LOCKS
from tests.template.source import of_type
from tests.unit.docs.source import EVERYTHING, code, names_of_tests, page


def rows(heading: str) -> list[list[str]]:
    """The rows of the table under a heading, without its head."""
    part = page("security.md").split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    lines = [line for line in part.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines[1:]]


THREATS = rows("Who could try")
PUBLIC = {row[0].strip("` "): row for row in rows("How often the public may ask")}


@pytest.mark.parametrize("row", THREATS, ids=lambda row: f"{row[0]} - {row[2]}")
def test_what_stops_an_attacker_is_proven_by_tests_that_are_there(row: list[str]) -> None:
    asset, attacker, door, stopped_by, proof = row
    assert all((asset, attacker, door, stopped_by))
    assert code(proof)
    assert code(proof) <= names_of_tests(*EVERYTHING)


@pytest.mark.parametrize(
    "attacker", ["another tenant", "visitor", "CRM record", "rogue Sugar", "rep"]
)
def test_every_attacker_has_a_row(attacker: str) -> None:
    assert any(attacker in row[1] for row in THREATS)


def test_every_public_route_has_its_limit() -> None:
    (stage,) = of_type("AWS::ApiGatewayV2::Stage").values()
    common = stage["DefaultRouteSettings"]
    found = {}
    for route in of_type("AWS::ApiGatewayV2::Route").values():
        if "AuthorizerId" not in route:
            key = route["RouteKey"]
            limit = stage["RouteSettings"].get(key, common)
            found[key] = [str(limit[f"Throttling{one}Limit"]) for one in ("Rate", "Burst")]
    assert {key: row[1:3] for key, row in PUBLIC.items()} == found


@pytest.mark.parametrize("row", PUBLIC.values(), ids=lambda row: row[0])
def test_what_holds_within_a_limit_is_proven_by_tests_that_are_there(row: list[str]) -> None:
    assert row[3]
    assert code(row[4])
    assert code(row[4]) <= names_of_tests(*EVERYTHING)


def test_every_lock_file_is_looked_through_for_known_holes() -> None:
    (loop,) = re.findall(r"for lock in (.*); do", page("security.md"))
    assert set(loop.split()) == set(LOCKS.values())
