"""A page of a Sugar with FunnelVision in a frame, on an origin of its own.

It hands over tokens as the module in Sugar does, and notes what the frame says.
"""

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Frame, Page

from funnel.domain.ids import TenantId
from funnel.usecases.connecting.connection import change_connection
from tests.browser.site import Site
from tests.browser.world import World
from tests.fakes.dashlets import dashlet_token, vision_address

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Home</title></head>
<body style="margin:0"><h1 style="position:absolute;clip-path:inset(50%)">Home</h1>
<iframe id="vision" title="FunnelVision" src="ADDRESS" style="border:0;width:100%;height:HEIGHT"></iframe>
<script>
const frame = document.getElementById("vision");
window.heard = [];
window.handed = 0;
addEventListener("message", async (event) => {
  if (event.source !== frame.contentWindow) return;
  window.heard.push(event.data);
  const said = event.data.funnel;
  if (said === "height" && FOLLOW) frame.style.height = `${event.data.px}px`;
  if (said !== "ready" && said !== "token please") return;
  const reply = await fetch("/token");
  const token = await reply.text();
  if (token) frame.contentWindow.postMessage({funnel: "token", token, links: LINKS}, "FUNNEL");
  window.handed += 1;
});
</script></body></html>"""


@dataclass
class SugarPage:
    """A server that shows FunnelVision in a frame; `token` makes what it hands over, "" for none."""

    funnel: str
    path: str
    token: Callable[[], str]
    links: str = ""
    height: str = "600px"
    follow: bool = True
    asked: int = 0
    _server: ThreadingHTTPServer = field(init=False)

    def __post_init__(self) -> None:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.02,), daemon=True
        )

    @property
    def origin(self) -> str:
        """Its origin: another host and port than Funnel's."""
        return f"http://localhost:{self._server.server_address[1]}"

    @property
    def html(self) -> str:
        """The page."""
        values = {
            "ADDRESS": f"{self.funnel}{self.path}",
            "HEIGHT": self.height,
            "FOLLOW": "true" if self.follow else "false",
            "LINKS": json.dumps(self.links),
            "FUNNEL": self.funnel,
        }
        found = PAGE
        for name, value in values.items():
            found = found.replace(name, value)
        return found

    def start(self) -> None:
        """Serve."""
        self._thread.start()

    def stop(self) -> None:
        """Serve nothing more."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def sugar_page(
    world: World, site: Site, tenant: TenantId, user_id: str, *, known: bool = True
) -> SugarPage:
    """A Home page of this user; a Sugar of the tenant if it is `known`, else a stranger."""
    found = SugarPage(
        site.url,
        vision_address(world.app, tenant),
        lambda: dashlet_token(world.app, tenant, user_id),
    )
    if known:
        origin = found.origin
        change_connection(
            world.app, tenant, lambda c: replace(c, frame_origins=(*c.frame_origins, origin)[-4:])
        )
    found.start()
    return found


def frame_of(page: Page) -> Frame:
    """FunnelVision's own frame."""
    handle = page.wait_for_selector("#vision")
    assert handle is not None
    frame = handle.content_frame()
    assert frame is not None
    return frame


def heard(page: Page, kind: str) -> list[dict[str, object]]:
    """What the frame said of one kind."""
    said: list[dict[str, object]] = page.evaluate("window.heard")
    return [one for one in said if one.get("funnel") == kind]


def open_home(context: BrowserContext, sugar: SugarPage) -> Page:
    """The Home page, as the user sees it."""
    page = context.new_page()
    page.goto(f"{sugar.origin}/")
    return page


def _handler(sugar: SugarPage) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = urlsplit(self.path).path
            if path == "/token":
                sugar.asked += 1
                self._send(sugar.token(), "text/plain")
            else:
                self._send(sugar.html, "text/html; charset=utf-8")

        def _send(self, text: str, content_type: str) -> None:
            body = text.encode()
            self.send_response(200)
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nothing is logged."""

    return Handler
