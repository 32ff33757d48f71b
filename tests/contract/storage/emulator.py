"""The emulator of DynamoDB within this process, held against the real engine by the tests here.

Its server is left out, which takes three times as long as all that it serves.
"""

import importlib
import importlib.util
import io
import sys
import threading
from collections.abc import Iterator
from functools import cache
from importlib.machinery import PathFinder
from typing import Any

from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.session import get_session

from funnel.adapters.dynamodb import dynamodb_client
from local.stack.aws import ACCOUNT, PYTHON, REGION

_ONE_AT_A_TIME = threading.Lock()
URL = "http://127.0.0.1:1"
"""Nobody is there, and nothing is sent to it."""
_HERE = {
    "endpoint_url": URL,
    "region_name": REGION,
    "aws_access_key_id": ACCOUNT,
    "aws_secret_access_key": "local",
}


class Network:
    """In the place of botocore's `URLLib3Session`, with the emulator at its end."""

    def send(self, request: AWSPreparedRequest) -> AWSResponse:
        """The emulator's answer."""
        return _answer(request)


def client() -> Any:
    """The product's own client, whose requests are answered here."""
    return answered(dynamodb_client(**_HERE))


def plain_client() -> Any:
    """One that holds nothing against what it reads."""
    return answered(get_session().create_client("dynamodb", **_HERE))


def answered(made: Any) -> Any:
    """The client, whose requests are answered here, whatever address it has."""
    made.meta.events.register("before-send.dynamodb", _answer)
    return made


class _Body(io.BytesIO):
    """What botocore reads an answer from."""

    def stream(self, **_: Any) -> Iterator[bytes]:
        """All at once."""
        yield self.read()


def _answer(request: AWSPreparedRequest, **_: Any) -> AWSResponse:
    target = request.headers["X-Amz-Target"]
    named = {"x-amz-target": target.decode() if isinstance(target, bytes) else target}
    asked = _dynamodb().handle_request("POST", "/", named, request.body, {})
    try:
        # It is written as a coroutine that waits for nothing, and for one thread.
        with _ONE_AT_A_TIME:
            asked.send(None)
    except StopIteration as told:
        status, headers, body = told.value
        return AWSResponse(request.url, status, headers, _Body(body))
    raise AssertionError("The emulator waits for something.")


@cache
def _dynamodb() -> Any:
    """The emulator's module, out of an environment of its own, of which nothing else is taken."""
    if "ministack" not in sys.modules:
        folders = PYTHON.parent.parent.glob("lib/python3*/site-packages")
        spec = PathFinder.find_spec("ministack", [str(folder) for folder in folders])
        assert spec is not None, "The emulator is not there: make venv"
        assert spec.loader is not None
        sys.modules["ministack"] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules["ministack"])
    return importlib.import_module("ministack.services.dynamodb")
