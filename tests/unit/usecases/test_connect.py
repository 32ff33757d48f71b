"""Connecting a Sugar: what is stored of what was typed, and what saving a test changes."""

import pytest

from funnel.domain.errors import InputInvalid
from funnel.usecases.connect import request_preflight
from tests.fakes.world import TENANT, World


@pytest.mark.feature("A4")
@pytest.mark.parametrize(
    "url",
    [
        "https://api:Secret@crm.example.test/",
        "api:Secret@crm.example.test/sugar",
        "https://api:Se#cret@crm.example.test/",
        "//api:Se/cret@crm.example.test",
    ],
)
def test_an_address_with_a_password_in_it_is_refused_before_anything_is_stored(url: str) -> None:
    world = World()
    with pytest.raises(InputInvalid) as refused:
        request_preflight(world.app, TENANT, "Ada", url, "api", "right")
    assert refused.value.field == "url"
    assert "cret" not in refused.value.text + refused.value.mend
    assert world.secrets.refs == []
    assert not len(world.queue)


def test_of_a_pasted_address_query_and_fragment_are_not_kept() -> None:
    world = World()
    pasted = "https://crm.example.test/sugar/index.php?MSID=secret#top"
    job = request_preflight(world.app, TENANT, "Ada", pasted, "api", "right")
    assert job.arguments["url"] == "https://crm.example.test/sugar/index.php"
