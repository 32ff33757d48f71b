"""Serves the demo site on 127.0.0.1."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from local.site import pages


class DemoSite:
    """A site at `url`, from `start` to `stop`. Each page has `snippet` in its head.

    With `embedded`, HTML of a form, there is a page `/quote` that has it.
    """

    def __init__(self, port: int = 0) -> None:
        self.snippet = self.form_address = self.embedded = ""
        self._server = ThreadingHTTPServer(("127.0.0.1", port), _handler(self))
        self._server.daemon_threads = True
        self.port: int = self._server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    def start(self) -> None:
        """Serve."""
        self._thread.start()

    def stop(self) -> None:
        """Serve nothing more."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def content(self, path: str) -> tuple[str, str]:
        """What is at a path, and its type; "" for nothing."""
        if path == "/site.css":
            return pages.STYLE, "text/css"
        if path == "/site.js":
            return pages.SCRIPT, "text/javascript"
        return pages.html(
            path, self.snippet, self.form_address, self.embedded
        ), "text/html; charset=utf-8"


def _handler(site: DemoSite) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            """Send a page."""
            text, kind = site.content(urlsplit(self.path).path)
            content = (text or "There is no such page.").encode()
            self.send_response(200 if text else 404)
            self.send_header("Content-Type", kind if text else "text/plain")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Nothing is logged."""

    return Handler
