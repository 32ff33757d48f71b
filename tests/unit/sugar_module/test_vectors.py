"""Keys and tokens are the same in the module's PHP, in the simulated Sugar, and here."""

import json
from typing import Any

import pytest

from funnel.domain.connecting.signing import DASHLET, WEBHOOK, entered_key, purpose_key
from funnel.domain.ids import ConnectionId
from local.sugar.funnel_module import Entered
from local.sugar.tokens import Wanted, by_php, by_python
from tests.fakes.vectors import FILE

VECTORS: list[dict[str, Any]] = json.loads(FILE.read_text())


def wanted(vector: dict[str, Any]) -> Wanted:
    """What the token of a vector says."""
    module, record = vector["record"] or ("", "")
    return Wanted(
        vector["user"],
        vector["audience"],
        vector["now"],
        vector["seconds"],
        vector["id"],
        (module, record) if module else None,
    )


@pytest.mark.parametrize("vector", VECTORS)
def test_php_and_python_mint_the_token_that_is_written_down(vector: dict[str, Any]) -> None:
    entered = Entered(vector["address"], vector["key"])
    assert by_php(entered, wanted(vector)) == vector["token"]
    assert by_python(entered, wanted(vector)) == vector["token"]


@pytest.mark.parametrize("vector", VECTORS)
def test_our_keys_are_those_that_follow_of_what_is_entered(vector: dict[str, Any]) -> None:
    connection, entered = (
        ConnectionId(vector["connection"]),
        Entered(vector["address"], vector["key"]),
    )
    assert entered_key(entered.kid, vector["secret"], connection) == vector["key"]
    for purpose, name in ((DASHLET, "dashlet_key"), (WEBHOOK, "webhook_key")):
        assert purpose_key(vector["secret"], purpose, connection) == vector[name]
        assert entered.purpose_key(purpose) == vector[name]
