"""docs/architecture.md and docs/operations.md name what the template has."""

import re
import tomllib

import pytest

from tests.template.source import FUNCTION, RESOURCES, TEMPLATE, functions, of_type
from tests.unit.docs.source import ROOT, code, page

NAMED = {
    name: resource["Type"]
    for name, resource in RESOURCES.items()
    if resource["Type"] in {FUNCTION, "AWS::DynamoDB::Table", "AWS::SQS::Queue"}
}
DIAGRAM = page("architecture.md").split("```mermaid\n")[1].split("```")[0]


@pytest.mark.parametrize("name", NAMED)
def test_every_function_table_and_queue_is_drawn_and_explained(name: str) -> None:
    assert re.search(rf"\b{name}\b", DIAGRAM)
    assert name in code(page("architecture.md"))


def test_nothing_is_drawn_that_the_template_does_not_have() -> None:
    kinds = r"\b\w+(?:Function|Table|Queue|DeadLetters)\b"
    assert set(re.findall(kinds, DIAGRAM)) == set(NAMED)


def test_every_schedule_and_index_is_named() -> None:
    text = page("architecture.md")
    schedules = {name for f in functions().values() for name in f.get("Events", {})} - set(NAMED)
    assert schedules
    indexes = {
        index["IndexName"]
        for table in of_type("AWS::DynamoDB::Table").values()
        for index in table.get("GlobalSecondaryIndexes", [])
    }
    assert schedules | indexes <= code(text)
    assert all(name in DIAGRAM for name in schedules)


@pytest.mark.parametrize("door", sorted(functions()))
def test_every_door_is_in_the_table_of_functions(door: str) -> None:
    assert (ROOT / "functions" / door / "app.py").is_file()
    assert f"| `{door}` |" in page("architecture.md")


@pytest.mark.parametrize("name", TEMPLATE["Parameters"])
def test_every_parameter_of_a_deployment_is_explained(name: str) -> None:
    assert f"| `{name}` |" in page("operations.md")


@pytest.mark.parametrize("name", of_type("AWS::CloudWatch::Alarm"))
def test_every_alarm_says_what_to_do(name: str) -> None:
    assert f"| `{name}` |" in page("operations.md")


@pytest.mark.parametrize("name", of_type("AWS::Logs::LogGroup"))
def test_every_log_group_is_named(name: str) -> None:
    door = of_type("AWS::Logs::LogGroup")[name]["LogGroupName"]["Fn::Sub"].rsplit("/", 1)[1]
    assert door in re.findall(
        r"`(\w+)`", page("operations.md").split("## Logs")[1].split("\n## ")[0]
    )


ROOMS = {
    room.parent.name: room.read_text().strip().strip('"')
    for layer in ("domain", "usecases")
    for room in (ROOT / "layers/funnel/funnel" / layer).glob("*/__init__.py")
}


@pytest.mark.parametrize("room", sorted(ROOMS))
def test_every_room_is_told_in_its_own_words(room: str) -> None:
    assert f"| `{room}` | {ROOMS[room]} |" in page("architecture.md")


CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]


@pytest.mark.parametrize("name", ["The rooms of the domain", "The rooms of the use cases"])
def test_the_order_of_rooms_is_drawn_as_it_is_held(name: str) -> None:
    order = next(one for one in CONTRACTS["contracts"] if one["name"] == f"{name} stand in order")
    held = [set(re.findall(r"\w+", line)) for line in order["layers"]]
    drawn = page("architecture.md").split(order["name"])[1].split("```")[1].strip().split("\n")
    assert [set(line.replace(".py", "").split()) for line in drawn] == held
