"""Serves the mailbox on 127.0.0.1, out of what the local AWS remembers of SES."""

import json
import re
import threading
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from local.mailbox import pages

_ONE = re.compile(r"/mail/(\d{1,9})(/html)?")
POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src http: https: data:; frame-src 'self'"
)


def messages(aws_url: str) -> list[pages.Message]:
    """All that was sent, oldest first."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(f"{aws_url}/_ministack/ses/messages", timeout=60) as reply:
        found = json.load(reply)["messages"]
    every = [one for sent in found.values() for one in sent]
    return sorted(every, key=lambda one: float(one["Timestamp"]))


class Mailbox:
    """A mailbox at `url`, from `start` to `stop`."""

    def __init__(self, port: int, aws_url: str) -> None:
        self._aws_url = aws_url
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

    def page(self, path: str) -> str:
        """The page at a path; "" for nothing."""
        found = messages(self._aws_url)
        if path == "/":
            return pages.inbox(found)
        asked = _ONE.fullmatch(path)
        if asked is None or int(asked[1]) >= len(found):
            return ""
        one = found[int(asked[1])]
        return pages.content(one) if asked[2] else pages.mail(int(asked[1]), one)


def _handler(mailbox: Mailbox) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            """Send a page."""
            text = mailbox.page(urlsplit(self.path).path)
            content = (text or "There is no such page.").encode()
            self.send_response(200 if text else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8" if text else "text/plain")
            self.send_header("Content-Security-Policy", POLICY)
            self.send_header("Referrer-Policy", "no-referrer")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Nothing is logged."""

    return Handler
