"""The simulator against the recorded bytes, where they are beside the project."""

import json
from collections.abc import Callable
from urllib.request import urlopen

import pytest

from local.sugar.settings import ENDPOINTS
from local.sugar.simulator import SugarSimulator
from tests.contract.simulator import facts, recordings
from tests.contract.simulator.replaying import replayed

pytestmark = pytest.mark.skipif(
    not recordings.available(), reason="the recordings (../shared/sugar) are not beside the project"
)
_PLACES = [(product, endpoint) for product in recordings.PRODUCTS for endpoint in ENDPOINTS]


def test_the_table_of_facts_is_what_the_recordings_say() -> None:
    assert facts.TABLE.read_text() == facts.written(facts.recorded())


@pytest.mark.parametrize(("product", "endpoint"), _PLACES)
def test_the_recorded_requests_themselves_get_the_recorded_answers(
    product: str, endpoint: str, record_property: Callable[[str, object], None]
) -> None:
    compared, differing = 0, []
    for exchange, expected, answered, head, our_head in replayed(product, endpoint):
        compared += 1
        plain = expected.shape in ("text", "page", "nothing")
        if expected != answered or (head != our_head and not plain):
            differing.append((exchange.method, exchange.case, expected, answered))
    record_property("exchanges_compared", compared)
    assert not differing
    assert compared > 70


def test_what_is_left_out_is_all_that_is_recorded_and_not_compared() -> None:
    recorded = {
        one.method
        for product, endpoint in _PLACES
        for one in recordings.exchanges(product, endpoint, all_methods=True)
    }
    compared = {method for answers in facts.read().values() for method, _ in answers}
    assert recorded - compared == recordings.LEFT_OUT


def test_the_json_face_says_what_the_recorded_one_does() -> None:
    folder = recordings.FOLDER / recordings.PRODUCTS["suitecrm"] / "rest-v4_1"
    recorded = json.loads((folder / "01-get_server_info-response.json").read_text())
    with (
        SugarSimulator("suitecrm") as sugar,
        urlopen(f"{sugar.url}/service/v4_1/rest.php", b"method=get_server_info") as answer,
    ):
        told = json.load(answer)
    assert told.pop("gmt_time")
    assert recorded.pop("gmt_time")
    assert told == recorded
