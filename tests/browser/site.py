"""All doors for browsers behind one small HTTP server, as API Gateway would call them, with no AWS at all."""

import base64
import threading
from collections.abc import Callable
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, cast
from urllib.parse import urlsplit

from aws_lambda_powertools.utilities.typing import LambdaContext

from funnel.usecases.app import App
from funnel.web.authorizing import authorize
from funnel.web.collecting import answer_collect
from funnel.web.door import Door
from funnel.web.marketing.door import marketing_door
from funnel.web.setup.door import setup_door
from funnel.web.vision.door import vision_door

MARKETING = ("/app", "/api/app")
GUARDED = ("/setup", "/api/setup", *MARKETING)
"""What the template's authorizer stands before; all else is public, or is not there."""
VISITORS = ("/c/", "/f/", "/m/")
FRAMES = ("/vision", "/api/vision")


_LOCK = threading.Lock()


@cache
def _built(make: Callable[[App], Door]) -> Door:
    """Once in a process, as in a function: its hundreds of routes hold nothing of any world."""
    return make(cast("App", None))


class Doors:
    """All doors and the authorizer before them."""

    def __init__(self, app: App) -> None:
        self._app = app

    @property
    def setup(self) -> Door:
        """Of whoever sets Funnel up."""
        return self._over(setup_door)

    @property
    def marketing(self) -> Door:
        """Of marketers."""
        return self._over(marketing_door)

    @property
    def vision(self) -> Door:
        """Of frames in Sugar."""
        return self._over(vision_door)

    def _over(self, make: Callable[[App], Door]) -> Door:
        door = _built(make)
        door._app = self._app
        return door

    def answer(self, event: dict[str, Any]) -> dict[str, Any]:
        """What the gateway makes of an event: authorizer, then door."""
        with _LOCK:
            path = event["rawPath"]
            if path.startswith(VISITORS):
                return answer_collect(self._app, event)
            if _is_under(path, FRAMES):
                return self.vision.answer(event, cast("LambdaContext", None))
            if _is_under(path, GUARDED):
                verdict = authorize(self._app, event)
                event["requestContext"]["authorizer"] = {"lambda": verdict["context"]}
            door = self.marketing if _is_under(path, MARKETING) else self.setup
            return door.answer(event, cast("LambdaContext", None))


def _is_under(path: str, prefixes: tuple[str, ...]) -> bool:
    return any(path == one or path.startswith(f"{one}/") for one in prefixes)


class Site:
    """A server at `url`, from `start` to `stop`."""

    def __init__(self, app: App, port: int = 0) -> None:
        self._server = ThreadingHTTPServer(("127.0.0.1", port), _handler(Doors(app)))
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        # Looks 50 times a second whether it is to stop, on which each test waits.
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.02,), daemon=True
        )

    def start(self) -> None:
        """Serve."""
        self._thread.start()

    def stop(self) -> None:
        """Serve nothing more."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def event_of(
    method: str, target: str, headers: dict[str, str] | None = None, body: bytes = b""
) -> dict[str, Any]:
    """An event of payload 2.0 for a request."""
    parts = urlsplit(target)
    named = {key.lower(): value for key, value in (headers or {}).items()}
    cookies = [one.strip() for one in named.pop("cookie", "").split(";") if one.strip()]
    context = {"http": {"method": method, "path": parts.path}, "stage": "$default"}
    return {
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": parts.path,
        "rawQueryString": parts.query,
        "cookies": cookies,
        "headers": named,
        "requestContext": context,
        "body": base64.b64encode(body).decode(),
        "isBase64Encoded": True,
    }


def _handler(doors: Doors) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _serve(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            event = event_of(self.command, self.path, dict(self.headers.items()), body)
            reply = doors.answer(event)
            content = str(reply.get("body") or "").encode()
            if reply.get("isBase64Encoded"):
                content = base64.b64decode(content)
            self.send_response(reply["statusCode"])
            for key, value in (reply.get("headers") or {}).items():
                self.send_header(key, value)
            for cookie in reply.get("cookies") or []:
                self.send_header("Set-Cookie", cookie)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Nothing is logged."""

        do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = _serve  # noqa: N815 - the base class wants these names

    return Handler
