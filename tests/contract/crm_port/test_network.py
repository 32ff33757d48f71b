"""The way to the server: TLS, time, size, redirects and addresses, on real sockets."""

import gzip
import socket
from collections.abc import Iterator

import pytest

from funnel.adapters.sugar import Caps, SugarConnector, Timeouts
from funnel.domain.crm import Credentials, Dialect, Endpoint
from funnel.domain.errors import (
    CertificateInvalid,
    FunnelError,
    RedirectedElsewhere,
    ReplyTooLarge,
    SignInRefused,
    SugarReplyBroken,
    SugarUnavailable,
)
from funnel.ports.crm import Crm
from tests.contract.crm_port.servers import (
    SERVER_INFO,
    Answer,
    Authority,
    answer,
    authority,
    serve,
)
from tests.contract.crm_port.subject import LOOPBACK, RunningClock

PATIENT = Timeouts(connect=10, read=20, total=40)
QUICK = Timeouts(connect=2, read=0.5, total=1)


@pytest.fixture(scope="module")
def ca() -> Iterator[Authority]:
    with authority() as made:
        yield made


def endpoint(site: str) -> Endpoint:
    return Endpoint(f"{site}/service/v4_1/soap.php", site, Dialect.V4_1, "", "", "")


def ask(site: str, connector: SugarConnector) -> None:
    """One request, and the connection let go."""
    crm: Crm = connector.open(endpoint(site), Credentials("admin", "secret"))
    try:
        crm.server_time()
    finally:
        crm.sign_out()


def connector(**more: object) -> SugarConnector:
    given: dict[str, object] = {"clock": RunningClock(), "allow": LOOPBACK, "timeouts": PATIENT}
    return SugarConnector(**{**given, **more})  # type: ignore[arg-type]


def good(_line: str, _peer: socket.socket) -> bytes:
    return answer(200, SERVER_INFO)


def test_a_certificate_that_is_in_order_is_accepted(ca: Authority) -> None:
    with serve(good, ca.context()) as server:
        ask(server.https, connector(ca_file=str(ca.ca_file)))
        assert connector(ca_file=str(ca.ca_file)).detect(server.https).edition == "PRO"


@pytest.mark.parametrize(
    ("host", "days", "trusted"),
    [
        pytest.param("127.0.0.1", (-9, -1), True, id="expired"),
        pytest.param("elsewhere.example", (-1, 1), True, id="for another host"),
        pytest.param("127.0.0.1", (-1, 1), False, id="of an unknown authority"),
    ],
)
def test_a_certificate_that_is_not_in_order_is_refused_before_anything_is_sent(
    ca: Authority, host: str, days: tuple[int, int], trusted: bool
) -> None:
    with serve(good, ca.context(host, days)) as server:
        reaching = connector(ca_file=str(ca.ca_file) if trusted else None)
        with pytest.raises(CertificateInvalid) as error:
            ask(server.https, reaching)
        assert error.value.mend
        with pytest.raises(CertificateInvalid):
            reaching.detect(f"127.0.0.1:{server.port}")
        assert server.asked == []


def drip_body(_line: str, peer: socket.socket) -> bytes:
    peer.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    return _drip(peer)


def drip_headers(_line: str, peer: socket.socket) -> bytes:
    peer.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    return _drip(peer)


def _drip(peer: socket.socket) -> bytes:
    """A byte every 50 ms until the client hangs up, which the socket's time-out waits for."""
    peer.settimeout(0.05)
    while True:
        peer.sendall(b"x")
        try:
            if not peer.recv(1):
                raise ConnectionError("the client hung up")
        except TimeoutError:
            continue


def silent(_line: str, peer: socket.socket) -> bytes:
    peer.recv(1)
    return b""


@pytest.mark.parametrize("respond", [drip_body, drip_headers, silent])
@pytest.mark.parametrize("secure", [False, True], ids=["http", "https"])
def test_a_server_that_drips_or_says_nothing_is_left_in_time(
    ca: Authority, respond: Answer, secure: bool
) -> None:
    with serve(respond, ca.context() if secure else None) as server:
        hasty = connector(ca_file=str(ca.ca_file), timeouts=QUICK)
        clock = RunningClock()
        began = clock.monotonic()
        with pytest.raises(SugarUnavailable, match="in time"):
            ask(server.https if secure else server.http, hasty)
        assert clock.monotonic() - began < 10


def test_a_server_that_is_not_there_is_unavailable() -> None:
    with socket.socket() as deaf:
        # Nobody listens there, and nobody else can.
        deaf.bind(("127.0.0.1", 0))
        port = deaf.getsockname()[1]
        with pytest.raises(SugarUnavailable, match="refuses the connection"):
            ask(f"http://127.0.0.1:{port}", connector())
        with pytest.raises(SugarUnavailable, match="refuses the connection"):
            connector().detect(f"127.0.0.1:{port}")


def test_a_host_nobody_knows_is_unavailable() -> None:
    def unknown(_host: str, _port: int) -> list[str]:
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    with pytest.raises(SugarUnavailable, match="no server by the name"):
        connector(resolver=unknown).detect("https://crm.example")


def test_compressed_replies_are_read_and_bombs_are_not() -> None:
    with serve(
        lambda *_: answer(200, gzip.compress(SERVER_INFO.encode()), Content_Encoding="gzip")
    ) as fine:
        ask(fine.http, connector())
    bomb = gzip.compress(SERVER_INFO.encode() + b" " * 64 * 1024 * 1024)
    assert len(bomb) < 100_000
    strict = connector(caps=Caps(metadata=1024 * 1024))
    with (
        serve(lambda *_: answer(200, bomb, Content_Encoding="gzip")) as server,
        pytest.raises(ReplyTooLarge),
    ):
        ask(server.http, strict)


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        pytest.param(
            answer(200, gzip.compress(SERVER_INFO.encode())[:50], Content_Encoding="gzip"),
            SugarReplyBroken,
            id="gzip cut off",
        ),
        pytest.param(
            answer(200, b"no gzip at all", Content_Encoding="gzip"), SugarReplyBroken, id="no gzip"
        ),
        pytest.param(answer(200, b"x", Content_Encoding="br"), SugarReplyBroken, id="unasked br"),
        pytest.param(answer(200), SugarReplyBroken, id="empty"),
        pytest.param(answer(200, "plain words"), SugarReplyBroken, id="plain words"),
        pytest.param(answer(200, "Database failure. See log."), FunnelError, id="no database"),
        pytest.param(b"HTTP/1.1 nonsense\r\n\r\n", SugarReplyBroken, id="no status"),
        pytest.param(b"\x16\x03\x01 no http\r\n\r\n", SugarReplyBroken, id="no HTTP"),
        pytest.param(
            b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n", SugarReplyBroken, id="200 headers"
        ),
        pytest.param(
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
            SugarReplyBroken,
            id="broken chunks",
        ),
        pytest.param(
            answer(200, '<?xml version="1.0" encoding="UTF-7"?><a/>'), SugarReplyBroken, id="UTF-7"
        ),
        pytest.param(answer(200, SERVER_INFO.encode("utf-16")), SugarReplyBroken, id="UTF-16"),
        pytest.param(
            answer(200, SERVER_INFO.replace("version", "Version")),
            SugarReplyBroken,
            id="no version",
        ),
    ],
)
def test_whatever_comes_back_is_one_of_our_errors(sent: bytes, expected: type[FunnelError]) -> None:
    def once(_line: str, peer: socket.socket) -> bytes:
        peer.sendall(sent)
        peer.shutdown(socket.SHUT_WR)
        return b""

    with serve(once) as server, pytest.raises(expected):
        ask(server.http, connector())


def test_a_redirect_is_followed_by_nobody_who_carries_a_password() -> None:
    with serve(lambda *_: answer(302, Location="http://127.0.0.2/")) as server:
        crm = connector().open(endpoint(server.http), Credentials("admin", "secret"))
        with pytest.raises(RedirectedElsewhere, match=r"127\.0\.0\.2"):
            crm.sign_in()
        crm.sign_out()
        assert len(server.asked) == 1


def test_a_user_who_has_to_finish_the_setup_wizard_is_told_so() -> None:
    wizard = "/index.php?module=Users&action=Wizard"
    with serve(lambda *_: answer(302, Location=wizard)) as server:
        crm = connector().open(endpoint(server.http), Credentials("admin", "secret"))
        with pytest.raises(SignInRefused) as error:
            crm.sign_in()
        assert "in the browser" in error.value.mend
        crm.sign_out()


def test_cookies_are_neither_kept_nor_sent() -> None:
    def baking(_line: str, _peer: socket.socket) -> bytes:
        return answer(200, SERVER_INFO, Set_Cookie="PHPSESSID=1; path=/")

    with serve(baking) as server:
        crm = connector().open(endpoint(server.http), Credentials("admin", "secret"))
        crm.server_time()
        crm.server_time()
        crm.sign_out()
        assert len(server.heads) == 2
        assert not any("cookie" in head.lower() for head in server.heads)


def test_no_proxy_of_the_environment_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with serve(good) as server:
        ask(server.http, connector())
        assert len(server.asked) == 1


def test_a_kept_connection_that_died_is_replaced_once_but_a_login_is_not_sent_twice() -> None:
    served: list[int] = []

    def dying(_line: str, peer: socket.socket) -> bytes:
        served.append(1)
        if len(served) == 1:
            return answer(200, SERVER_INFO)
        peer.shutdown(socket.SHUT_RDWR)
        return b""

    with serve(dying) as server:
        crm = connector().open(endpoint(server.http), Credentials("admin", "secret"))
        crm.server_time()
        with pytest.raises(SugarUnavailable):
            crm.sign_in()
        assert len(served) == 2
        crm.sign_out()
