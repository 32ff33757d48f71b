"""The address a browser opens hands requests on as they are."""

import http.client
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from local.stack.gateway import MOST_BYTES, Gateway


class _Behind(BaseHTTPRequestHandler):
    """Answers with what it was asked, and two cookies."""

    def answer(self) -> None:
        """Answer any method."""
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        told = f"{self.command} {self.path} {self.headers['host']} {self.headers['cookie']} "
        self.send_response(303)
        self.send_header("Set-Cookie", "a=1; Secure")
        self.send_header("Set-Cookie", "b=2")
        content = told.encode() + body
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Write no log."""

    do_GET = do_POST = do_HEAD = answer  # noqa: N815


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    """A gateway in front of an echo."""
    behind = HTTPServer(("127.0.0.1", 0), _Behind)
    thread = threading.Thread(target=behind.serve_forever)
    thread.start()
    front = Gateway(0, f"http://127.0.0.1:{behind.server_address[1]}")
    front.aim("abc123")
    yield front
    front.stop()
    behind.shutdown()
    behind.server_close()
    thread.join()


def ask(
    front: Gateway, method: str, path: str, body: bytes = b"", **headers: str
) -> tuple[http.client.HTTPResponse, bytes]:
    """One request to the gateway."""
    connection = http.client.HTTPConnection(front.url.removeprefix("http://"), timeout=10)
    connection.request(method, path, body, headers)
    reply = connection.getresponse()
    content = reply.read()
    connection.close()
    return reply, content


def test_a_request_arrives_whole_under_the_apis_host_name(gateway: Gateway) -> None:
    reply, content = ask(gateway, "POST", "/a%20b?x=1&x=2", b"{}", Cookie="s=1")
    assert content == b"POST /a%20b?x=1&x=2 abc123.execute-api.127.0.0.1:4566 s=1 {}"
    assert reply.status == 303


def test_each_cookie_set_comes_back(gateway: Gateway) -> None:
    reply, _ = ask(gateway, "GET", "/")
    assert reply.headers.get_all("set-cookie") == ["a=1; Secure", "b=2"]


def test_head_has_no_body(gateway: Gateway) -> None:
    reply, content = ask(gateway, "HEAD", "/")
    assert (reply.status, content) == (303, b"")


def test_what_the_http_api_would_refuse_as_too_large_is_refused(gateway: Gateway) -> None:
    connection = http.client.HTTPConnection(gateway.url.removeprefix("http://"), timeout=10)
    connection.putrequest("POST", "/")
    connection.putheader("Content-Length", str(MOST_BYTES + 1))
    connection.endheaders()
    assert connection.getresponse().status == 413
    connection.close()


def test_when_nothing_is_behind_it_says_bad_gateway() -> None:
    closed = HTTPServer(("127.0.0.1", 0), _Behind)
    port = closed.server_address[1]
    closed.server_close()
    front = Gateway(0, f"http://127.0.0.1:{port}")
    front.aim("abc123")
    assert ask(front, "GET", "/")[0].status == 502
    front.stop()
