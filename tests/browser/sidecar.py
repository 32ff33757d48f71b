"""A page that draws our Sidecar dashlets as Sugar 7 and later does, over the little of it they use."""

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from scripts.sugar_module import files

Answer = dict[str, str | None]

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Home</title></head><body>
<main id="dashlet"></main><script>
const element = document.getElementById('dashlet');
const $el = {
  text: (text) => { element.textContent = text; },
  empty: () => { element.replaceChildren(); return $el; },
  append: (child) => { element.append(child); return $el; },
};
var app = {
  lang: {get: (label) => label, getLanguage: () => 'en_us'},
  api: {
    buildURL: (path) => '/rest/' + path,
    call: (method, address, data, then) => fetch(address, {method: 'POST'})
      .then((answer) => answer.ok ? answer.json().then(then.success) : then.error()),
  },
};
const controller = CONTROLLER;
const base = {_super: () => undefined, _dispose: () => undefined, meta: {}, $el};
const model = MODEL;
const context = {parent: {get: () => model}, get: () => model};
window.view = Object.assign(Object.create(base), controller, {context});
window.messages = 0;
addEventListener('message', () => { window.messages += 1; });
window.view.initDashlet();
window.view._render();
</script></body></html>"""


@dataclass
class SidecarPage:
    """A server of one page with the dashlet `name`; `rest` answers its REST calls by path."""

    name: str
    rest: Callable[[str], Answer | None]
    model: dict[str, str] | None = None
    asked: list[str] = field(default_factory=list)
    _server: ThreadingHTTPServer = field(init=False)

    def __post_init__(self) -> None:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def origin(self) -> str:
        """Its origin."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def html(self) -> str:
        """The page, with the controller as the package has it."""
        path = f"custom/clients/base/views/{self.name}/{self.name}.js"
        controller = files("own")[path].decode()
        return PAGE.replace("CONTROLLER", controller).replace("MODEL", json.dumps(self.model))

    def stop(self) -> None:
        """Serve nothing more."""
        self._server.shutdown()
        self._server.server_close()


def _handler(page: SidecarPage) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._send(200, page.html, "text/html; charset=utf-8")

        def do_POST(self) -> None:
            path = self.path.removeprefix("/rest/")
            page.asked.append(path)
            answer = page.rest(path)
            self._send(200 if answer else 403, json.dumps(answer), "application/json")

        def _send(self, status: int, text: str, content_type: str) -> None:
            body = text.encode()
            self.send_response(status)
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nothing is logged."""

    return Handler
