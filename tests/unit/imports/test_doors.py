"""What a cold door loads, and above all what it does not."""

import pytest

from tests.unit.imports.cold_start import DOORS, WITH_SUGAR, modules

SPEAKS_TO_SUGAR = {"zeep", "lxml", "requests"}
WITHOUT_SUGAR = [door for door in DOORS if door not in WITH_SUGAR]
WITH_PAGES = ("funnelvision", "marketing", "setup")


def test_all_doors_are_known() -> None:
    assert {*WITH_SUGAR, *WITH_PAGES} < set(DOORS)


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
@pytest.mark.parametrize(
    "package",
    [
        "aws_xray_sdk",
        "boto3",
        "pydantic",
        "cryptography",
        "moto",
        "nh3",
        "css_inline",
        "email.headerregistry",
    ],
)
def test_no_door_waits_for_what_it_can_do_without(door: str, package: str) -> None:
    assert package not in set().union(*modules(door).values())


@pytest.mark.parametrize("door", DOORS)
def test_the_templates_of_pages_are_loaded_with_the_first_page(door: str) -> None:
    assert "jinja2" not in modules(door)["wired"]


@pytest.mark.parametrize("door", [door for door in DOORS if door not in WITH_PAGES])
def test_a_door_without_pages_loads_no_routes(door: str) -> None:
    loaded = modules(door)["wired"]
    assert "aws_lambda_powertools.event_handler" not in loaded
    assert "funnel.web.door" not in loaded
