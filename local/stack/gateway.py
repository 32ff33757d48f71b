"""The HTTP API at an address a browser can open.

The local AWS tells APIs apart by host name; not every machine resolves such names to itself.
So a small server on 127.0.0.1 hands each request on with the name it wants.
"""

import http.client
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from local.stack.aws import NOMINAL_PORT

# Of one connection, so not handed on (RFC 9110, 7.6.1).
HOP_BY_HOP = {"connection", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding"}
MOST_BYTES = 10 * 1024 * 1024


class Gateway:
    """A server at `url` in front of one HTTP API. `aim` says which."""

    def __init__(self, port: int, aws_url: str) -> None:
        self._server = _Server(("127.0.0.1", port), _Handler)
        self._server.behind = urlsplit(aws_url).netloc
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    def aim(self, api_id: str) -> None:
        """Serve this API from now on."""
        self._server.host = f"{api_id}.execute-api.127.0.0.1:{NOMINAL_PORT}"
        if not self._thread.is_alive():
            self._thread.start()

    def stop(self) -> None:
        """Serve nothing more."""
        if self._thread.is_alive():
            self._server.shutdown()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    behind = ""
    host = ""

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that went away is no news."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def hand_on(self) -> None:
        """Ask the API the same, and answer what it answers."""
        if "chunked" in self.headers.get("transfer-encoding", "").lower():
            self.send_error(411)
            return
        size = int(self.headers.get("content-length") or 0)
        if size > MOST_BYTES:
            self.close_connection = True
            self.send_error(413)
            return
        body = self.rfile.read(size)
        headers = {k: v for k, v in self.headers.items() if k.lower() not in HOP_BY_HOP}
        headers |= {"Host": self.server.host, "X-Forwarded-For": self.client_address[0]}
        behind = http.client.HTTPConnection(self.server.behind, timeout=60)
        try:
            behind.request(self.command, self.path, body, headers)
            self._answer(behind.getresponse())
        except OSError:
            self.send_error(502)
        finally:
            behind.close()

    def _answer(self, reply: http.client.HTTPResponse) -> None:
        content = reply.read()
        self.send_response_only(reply.status)
        for key, value in reply.getheaders():
            if key.lower() not in HOP_BY_HOP and key.lower() != "content-length":
                self.send_header(key, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """The local AWS writes the access log."""

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = hand_on
