"""Links are asked for on the public internet only, and whatever goes wrong with one is its answer."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from funnel.adapters.links import HttpLinkProbe
from funnel.adapters.sugar_http.sockets import Timeouts
from funnel.adapters.system import SystemClock

SHORT = Timeouts(connect=2.0, read=0.3, total=1.0)


class Pages(BaseHTTPRequestHandler):
    """A site of the internet, as tests have it."""

    seen: list[str] = []  # noqa: RUF012 - one for all requests
    release = threading.Event()

    def do_HEAD(self) -> None:
        self._answer()

    def do_GET(self) -> None:
        self._answer()

    def _answer(self) -> None:
        self.seen.append(f"{self.command} {self.path}")
        path = self.path.partition("?")[0]
        if path == "/slow":
            self.release.wait(5)
        moves = {
            "/moved": "/here?x=1", "/round": "/round", "/inward": "http://10.0.0.1/",
            "/metadata": "http://169.254.169.254/latest/", "/odd": "file:///etc/passwd",
            "/none": "http://[", "/beyond": "/h\xe9re?q=\xe9",
        }  # fmt: skip
        status = {"/gone": 404, "/shy": 403, "/broken": 500}.get(path, 200)
        if path == "/no-head" and self.command == "HEAD":
            status = 405
        self.send_response(302 if path in moves else status)
        if path in moves:
            self.send_header("Location", moves[path])
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def site() -> Iterator[str]:
    Pages.seen.clear()
    Pages.release.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield f"http://shop.test:{server.server_port}"
    Pages.release.set()
    server.shutdown()
    thread.join()
    server.server_close()


def resolver(host: str, _port: int) -> list[str]:
    if host == "nowhere.test":
        raise OSError
    return ["127.0.0.1"]


def probe(allow: tuple[str, ...] = ("shop.test",)) -> HttpLinkProbe:
    return HttpLinkProbe(SystemClock(), allow=allow, timeouts=SHORT, resolver=resolver)


def test_each_link_gets_its_own_answer(site: str) -> None:
    names = ("/here?a=1&b=2", "/gone", "/shy", "/broken", "/no-head", "/moved")
    found = probe().probe([site + name for name in names])
    told = {target.removeprefix(site): one for target, one in found.items()}
    assert [told[name].ok for name in names] == [True, False, True, False, True, True]
    assert told["/gone"].answer == "there is no such page (HTTP 404)"
    assert told["/moved"].leads_to == f"{site}/here?x=1"
    assert "HEAD /here?a=1&b=2" in Pages.seen
    assert "GET /here?a=1&b=2" not in Pages.seen


@pytest.mark.parametrize("path", ["/inward", "/metadata", "/odd", "/round", "/none"])
def test_a_link_that_leads_inward_or_on_and_on_is_followed_no_further(site: str, path: str) -> None:
    (answer,) = probe().probe([site + path]).values()
    assert not answer.ok


def test_where_a_server_leads_may_be_written_in_any_letters(site: str) -> None:
    (answer,) = probe().probe([f"{site}/beyond"]).values()
    assert (answer.ok, answer.leads_to) == (True, f"{site}/h%C3%A9re?q=%C3%A9")


@pytest.mark.parametrize(
    "target",
    ["http://127.0.0.1:{port}/", "http://[::1]:{port}/", "http://localhost:{port}/", "{site}/here"],
)
def test_nothing_private_is_asked_whatever_its_name(site: str, target: str) -> None:
    port = site.rpartition(":")[2]
    (answer,) = probe(allow=()).probe([target.format(port=port, site=site)]).values()
    assert not answer.ok
    assert "private or reserved" in answer.answer
    assert Pages.seen == []


def test_a_server_that_is_not_there_or_says_nothing_is_told(site: str) -> None:
    found = probe().probe(["http://nowhere.test/", f"{site}/slow"])
    assert [one.ok for one in found.values()] == [False, False]
    assert "no server by the name" in found["http://nowhere.test/"].answer
    assert "did not answer in time" in found[f"{site}/slow"].answer
