"""The doors as a WSGI application, so that Schemathesis asks them without a socket."""

import base64
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

from tests.browser.site import Doors, event_of
from tests.browser.world import World


class Application:
    """Answers for whichever world it is given."""

    def __init__(self, world: World) -> None:
        self._doors = Doors(world.app)

    def __call__(self, environ: dict[str, Any], start: Callable[..., object]) -> Iterable[bytes]:
        target = environ.get("REQUEST_URI") or environ["RAW_URI"]
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        reply = self._doors.answer(
            event_of(environ["REQUEST_METHOD"], target, dict(_headers(environ)), body)
        )
        content = str(reply.get("body") or "").encode()
        if reply.get("isBase64Encoded"):
            content = base64.b64decode(content)
        headers = [(name, str(value)) for name, value in reply["headers"].items()]
        status = HTTPStatus(reply["statusCode"])
        start(f"{status.value} {status.phrase}", headers)
        return [content]


def _headers(environ: dict[str, Any]) -> Iterable[tuple[str, str]]:
    yield "content-type", environ.get("CONTENT_TYPE", "")
    for name, value in environ.items():
        if name.startswith("HTTP_"):
            yield name.removeprefix("HTTP_").replace("_", "-").lower(), value
