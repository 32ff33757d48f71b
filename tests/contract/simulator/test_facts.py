"""The simulator answers as the recorded servers did: the table of facts, always tested."""

from collections.abc import Callable

import pytest

from local.sugar.settings import ENDPOINTS
from tests.contract.simulator import facts
from tests.contract.simulator.playing import Fact, played
from tests.contract.simulator.recordings import PRODUCTS

_PLACES = [(product, endpoint) for product in PRODUCTS for endpoint in ENDPOINTS]


@pytest.fixture(scope="module")
def table() -> facts.Facts:
    return facts.read()


@pytest.mark.parametrize(("product", "endpoint"), _PLACES)
def test_every_recorded_case_gets_status_fault_and_shape_of_the_recorded_answer(
    table: facts.Facts, product: str, endpoint: str, record_property: Callable[[str, object], None]
) -> None:
    expected = table[product, endpoint]
    answered: dict[tuple[str, str], Fact] = {
        (method, case): found for method, case, found in played(product, endpoint)
    }
    record_property("facts_compared", len(expected))
    assert answered.keys() == expected.keys()
    differing = {
        key: (expected[key], answered[key]) for key in expected if expected[key] != answered[key]
    }
    assert not differing


def test_the_table_covers_every_endpoint_of_both_products(table: facts.Facts) -> None:
    assert set(table) == set(_PLACES)
    assert sum(map(len, table.values())) > 1900
