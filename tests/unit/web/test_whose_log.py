"""Every line of a log says whose it is, and never another's who came before."""

import io
import json
import logging
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any, cast

import pytest
from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from funnel.adapters.sqs import message_to_json
from funnel.domain.ids import PersonId, TenantId
from funnel.ports.marketing_messages import Rescore
from funnel.web import door
from funnel.worker import carry_out
from tests.browser.world import EMPTY, FULL, World
from tests.unit.web.asking import Client, signed_in

CONTEXT = SimpleNamespace(aws_request_id="r", get_remaining_time_in_millis=lambda: 60_000)


@pytest.fixture
def said() -> Iterator[io.StringIO]:
    """What the doors log, as it is written."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(door.logger.registered_formatter)
    logger = logging.getLogger(door.logger.name)
    logger.addHandler(handler)
    yield stream
    logger.removeHandler(handler)


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


@pytest.mark.feature("G3")
def test_a_line_about_a_request_says_whose_it_is(world: World, said: io.StringIO) -> None:
    for client in (signed_in(world, FULL), signed_in(world, EMPTY), Client(world)):
        client.get("/app/people/nobody")
        client.get("/sign-in/link")
        client.send("/sign-in/link", token="x")
    told = [(one.get("tenant"), one["code"]) for one in lines(said)]
    assert [tenant for tenant, code in told if code == "NotFound"] == [FULL, EMPTY]
    assert {tenant for tenant, code in told if code != "NotFound"} == {""}


@pytest.mark.feature("G3")
def test_a_line_about_a_message_never_names_the_tenant_of_another(world: World) -> None:
    stream = io.StringIO()
    logger = Logger(service="whose", stream=stream)
    good = [Rescore(TenantId(one), (PersonId("nobody"),)) for one in (FULL, EMPTY)]
    bodies = [message_to_json(good[0]), "{", message_to_json(good[1])]
    event = {
        "Records": [
            {"messageId": str(n), "body": body, "eventSource": "aws:sqs"}
            for n, body in enumerate(bodies)
        ]
    }
    answer = carry_out(
        event, cast("LambdaContext", CONTEXT), logger, lambda: 60.0, lambda: world.app
    )
    assert [one["itemIdentifier"] for one in answer["batchItemFailures"]] == ["1"]
    told = [(one["message"], one.get("tenant")) for one in lines(stream)]
    assert told == [("done", FULL), ("failed", None), ("done", EMPTY)]
