"""The examples of docs/api.md do what it says they do."""

import json
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from funnel.domain.signing_in.api_keys import AREAS, MOST_CALLS
from funnel.usecases.signing_in.api_keys import KeyWish, make_key
from tests.browser.site import Site
from tests.browser.world import FULL, World

DOCS = (Path(__file__).parents[3] / "docs/api.md").read_text()
EXAMPLES = re.findall(r"```sh\n(.*?)```", DOCS, re.DOTALL)
SCOPES = ("people:read", "people:write", "lists:write")

pytestmark = pytest.mark.feature("G5")


@pytest.fixture
def site(world: World) -> Iterator[Site]:
    found = Site(world.app)
    found.start()
    yield found
    found.stop()


@pytest.mark.parametrize("number", range(len(EXAMPLES)))
def test_each_example_works_as_it_is_written(world: World, site: Site, number: int) -> None:
    key = make_key(world.app, FULL, KeyWish("Docs", SCOPES), "Ada").text
    environment = {**os.environ, "FUNNEL": site.url, "FUNNEL_KEY": key, "no_proxy": "127.0.0.1"}
    done = subprocess.run(
        ["sh", "-euc", EXAMPLES[number]],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "error" not in json.loads(done.stdout)


def test_there_are_examples_and_the_page_names_every_area_and_the_pace() -> None:
    assert len(EXAMPLES) >= 4
    assert all(f"`{area}`" in DOCS for area in AREAS)
    assert f"{MOST_CALLS} requests a minute" in DOCS
