"""Rules for the lock files."""

import re

import pytest

from scripts.locks import LOCKS
from tests.template.source import ROOT

PIN = re.compile(r"^([a-z0-9.\-]+)(?:\[[a-z,\-]+\])?==([^ ;]+)", re.MULTILINE)


def pins(lock: str) -> dict[str, str]:
    """Package to version."""
    return dict(PIN.findall((ROOT / lock).read_text()))


@pytest.mark.parametrize("lock", LOCKS.values())
def test_a_lock_pins_and_hashes_every_package_and_names_no_registry(lock: str) -> None:
    text = (ROOT / lock).read_text()
    requirements = [r for r in text.replace("\\\n", "").splitlines() if r.strip()]
    assert requirements
    assert all(PIN.match(line) and "--hash=sha256:" in line for line in requirements)
    assert "://" not in text
    assert "--index" not in text


@pytest.mark.parametrize(
    "lock", ["layers/dependencies/requirements.txt", "layers/sugar/requirements.txt"]
)
def test_tests_run_on_the_versions_that_are_deployed(lock: str) -> None:
    tested = pins("requirements/dev.txt")
    assert {name: tested.get(name) for name in pins(lock)} == pins(lock)


def test_the_layers_agree_on_what_both_carry() -> None:
    light, heavy = (pins(f"layers/{name}/requirements.txt") for name in ("dependencies", "sugar"))
    assert {n: light[n] for n in light.keys() & heavy.keys()} == {
        n: heavy[n] for n in light.keys() & heavy.keys()
    }


def test_the_light_layer_carries_nothing_that_speaks_to_sugar() -> None:
    assert not {"zeep", "lxml", "requests"} & set(pins("layers/dependencies/requirements.txt"))


def test_the_npm_lock_holds_hashes_and_no_registry() -> None:
    text = (ROOT / "package-lock.json").read_text()
    assert "integrity" in text
    assert "://registry" not in text
