"""Connecting what is no Sugar, is not there, or must not be reached: each said on the page."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests.contract.crm_port.servers import Answer, answer, authority, serve
from tests.stack.scene import Json, Scene

PAGE = "<!doctype html><title>Garden tools</title><h1>Welcome to our shop</h1>"
FORBIDDEN = (
    "169.254.169.254",
    "http://169.254.169.254/latest/meta-data/",
    "https://2852039166/",
    "http://[::ffff:169.254.169.254]/",
    "10.0.0.7",
    "http://192.168.1.1/soap.php",
    "http://0x0a000007/service/v4_1/soap.php",
    "http://[fd00:ec2::254]/",
    "http://[::1]/",
    "127.0.0.2",
)
"""Only 127.0.0.1 is allowed on the embedded stack."""

NO_ADDRESS = ("ftp://crm.example/", "https://", "https://crm example/", "file:///etc/passwd")


def page_of_a_shop(_line: str, _peer: socket.socket) -> bytes:
    return answer(200, PAGE, Content_Type="text/html")


def sends_elsewhere(_line: str, _peer: socket.socket) -> bytes:
    return answer(302, Location="http://crm.other.example/soap.php")


def broken(_line: str, _peer: socket.socket) -> bytes:
    return answer(500, "<h1>Internal server error</h1>")


def says_nothing(_line: str, peer: socket.socket) -> bytes:
    peer.recv(1)
    return b""


SERVERS: dict[str, tuple[Answer, set[str]]] = {
    "a web page": (page_of_a_shop, {"NotASugar"}),
    "a redirect to another host": (sends_elsewhere, {"RedirectedElsewhere"}),
    "errors only": (broken, {"SugarUnavailable"}),
    "nothing at all": (says_nothing, {"SugarUnavailable"}),
}


@pytest.fixture
def addresses() -> Iterator[dict[str, tuple[str, set[str]]]]:
    """What is pasted, by what it is, and the codes that say so."""
    with ExitStack() as stacked:
        found = {
            name: (stacked.enter_context(serve(respond)).http, codes)
            for name, (respond, codes) in SERVERS.items()
        }
        ca = stacked.enter_context(authority())
        expired = stacked.enter_context(serve(page_of_a_shop, ca.context(days=(-9, -1))))
        found["an expired certificate"] = (expired.https, {"CertificateInvalid"})
        # Nobody listens there, and nobody else can.
        taken = stacked.enter_context(socket.socket())
        taken.bind(("127.0.0.1", 0))
        deaf = f"http://127.0.0.1:{taken.getsockname()[1]}"
        found["nobody there"] = (deaf, {"SugarUnavailable"})
        unknown = "https://no-such-host.invalid/"
        found["a host nobody knows"] = (unknown, {"SugarUnavailable", "AddressInvalid"})
        found |= {host: (host, {"AddressForbidden"}) for host in FORBIDDEN}
        found |= {text: (text, {"AddressInvalid"}) for text in NO_ADDRESS}
        yield found


@pytest.mark.feature("A1")
@pytest.mark.feature("A7")
def test_whatever_is_no_sugar_is_said_to_be_none_with_what_to_do(
    scene: Scene, addresses: dict[str, tuple[str, set[str]]]
) -> None:
    jobs = {name: scene.start_test(url) for name, (url, _) in addresses.items()}
    for name, job_id in jobs.items():
        job = scene.job(job_id)
        assert job["status"] == "failed", name
        assert job["error"]["code"] in addresses[name][1], (name, job["error"])
        assert job["error"]["text"], name
        assert job["error"]["mend"], name
        refused = scene.funnel.call("POST", "/api/setup/connection/save", {"job_id": job_id})
        assert (refused.status_code, code_of(refused.json())) == (400, "InputInvalid"), name
    assert scene.funnel.connection() is None


@pytest.mark.feature("A1")
@pytest.mark.parametrize(
    ("url", "user", "password", "field"),
    [
        ("", "api", "api", "url"),
        ("x" * 3000, "api", "api", "url"),
        ("https://api:secret@crm.example/", "api", "api", "url"),
        ("crm.example", " ", "api", "user_name"),
        ("crm.example", "api", "", "password"),
        ("crm.example", "u" * 300, "api", "user_name"),
    ],
)
def test_a_form_that_is_wrong_is_refused_at_once_and_names_the_field(
    scene: Scene, url: str, user: str, password: str, field: str
) -> None:
    wanted = {"url": url, "user_name": user, "password": password}
    refused = scene.funnel.call("POST", "/api/setup/connection", wanted)
    assert refused.status_code == 400
    error = refused.json()["error"]
    assert (error["code"], error["field"]) == ("InputInvalid", field)
    assert error["text"]
    assert "secret" not in refused.text


@pytest.mark.feature("A1")
def test_a_wrong_password_is_tried_once_and_said_to_be_wrong(scene: Scene) -> None:
    job = scene.job(scene.start_test(password="not this one"))
    assert (job["status"], job["error"]["code"]) == ("failed", "SignInRefused")
    assert job["error"]["mend"]
    assert scene.sugar.log.methods["login"] == 1


@pytest.mark.feature("A8")
def test_a_filter_on_a_field_sugar_does_not_have_is_refused_and_names_it(connected: Scene) -> None:
    nowhere = [{"field": "gone_c", "operator": "is", "values": ["x"]}]
    refused = connected.funnel.call(
        "PATCH", "/api/setup/connection", {"conditions": {"Leads": nowhere}}
    )
    assert (refused.status_code, code_of(refused.json())) == (400, "InputInvalid")
    assert "gone_c" in refused.json()["error"]["text"]
    assert refused.json()["error"]["mend"]
    assert not (connected.funnel.connection() or {})["conditions"]


def code_of(body: Json) -> str:
    """The code of an error."""
    return str(body["error"]["code"])
