"""What customers' sites ask for and send, over HTTP."""

import json
from typing import Any
from urllib.parse import urlencode

import pytest

from funnel.ports.marketing_messages import RecordHits
from funnel.web.track_script import script_of
from tests.browser.forms import LINK, NEWS, QUOTE
from tests.browser.tracking import BLOG, OFF, SHOP
from tests.browser.world import FULL, World
from tests.unit.web.asking import Answer, Client

FORM_TYPE = "application/x-www-form-urlencoded"
ORIGIN = "https://www.nordwind.example"


@pytest.fixture
def client(world: World) -> Client:
    return Client(world)


def hits(world: World, **more: Any) -> bytes:
    now = int(world.clock.now().timestamp() * 1000)
    one = {"id": "h5a1c7d3", "kind": "page view", "at": now, "url": f"{ORIGIN}/", **more}
    return json.dumps({"browser": "b7a2c4d8e1f5a9b3", "sent": now, "hits": [one]}).encode()


def post(client: Client, body: bytes, key: str = SHOP, origin: str = ORIGIN) -> Answer:
    return client.ask("POST", f"/c/{key}", body, content_type="text/plain", origin=origin)


def test_hits_are_taken_and_the_page_may_read_the_answer(client: Client, world: World) -> None:
    answer = post(client, hits(world))
    assert (answer.status, answer.json) == (202, {"accepted": True})
    assert answer.headers["access-control-allow-origin"] == ORIGIN
    assert answer.headers["vary"] == "origin"
    assert "access-control-allow-credentials" not in answer.headers
    assert answer.cookies == []
    assert [due.message.tenant for due in world.queue.waiting] == [FULL]


@pytest.mark.parametrize(
    ("body", "key", "origin", "status", "field"),
    [
        (b"x" * 16_385, SHOP, ORIGIN, 413, ""),
        (b"{}", SHOP, ORIGIN, 400, "browser"),
        (b"", SHOP, ORIGIN, 400, ""),
        (b"{}", "0" * 32, ORIGIN, 404, ""),
        (b"{}", OFF, "https://fair.example", 404, ""),
        (b"{}", SHOP, "https://evil.test", 403, ""),
        (b"{}", SHOP, "", 403, ""),
    ],
)
def test_what_is_wrong_has_its_status_and_is_named(
    client: Client, body: bytes, key: str, origin: str, status: int, field: str
) -> None:
    answer = post(client, body, key, origin)
    assert (answer.status, answer.json["error"]["field"]) == (status, field)
    assert "access-control-allow-origin" not in answer.headers


def test_over_budget_is_no_error_of_the_page(client: Client, world: World) -> None:
    for _ in range(21):
        answer = post(
            client, hits(world, url="https://blog.example/"), BLOG, "https://blog.example"
        )
    assert (answer.status, answer.json) == (202, {"accepted": False})


def test_the_script_is_under_6_kb_with_the_settings_of_its_site(
    client: Client, world: World
) -> None:
    answer = client.get(f"/c/{SHOP}/script.js")
    assert answer.status == 200
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
    assert "max-age=600" in answer.headers["cache-control"]
    assert '"domains":["nordwind-logistik.example","nordwind.example"]' in answer.text
    assert '"ask":true' in answer.text
    assert len(answer.text.encode()) < 6144
    site = world.store.site(SHOP)
    assert site is not None
    assert answer.text == script_of(site)
    assert client.get(f"/c/{OFF}/script.js").status == 404


@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "/c/"), ("GET", "/c/"), ("POST", f"/c/{SHOP}/x"), ("GET", "/f/"), ("GET", "/f/../c"),
     ("POST", "/f/embed.js"), ("HEAD", f"/f/{'0' * 32}"), ("GET", f"/f/{SHOP}/confirm/1.x.y")],
)  # fmt: skip
def test_other_addresses_are_not_there(client: Client, method: str, path: str) -> None:
    assert client.ask(method, path).status == 404


@pytest.mark.feature("D7")
@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [(method, f"/f/{SHOP}", "GET, HEAD, POST") for method in ("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE")]
    + [("PUT", f"/f/{NEWS}/confirm/{LINK}", "GET, HEAD, POST"), ("DELETE", "/f/embed.js", "GET, HEAD, POST")]
    + [(method, f"/c/{SHOP}", "POST") for method in ("GET", "PUT", "OPTIONS")]
    + [("POST", f"/c/{SHOP}/script.js", "GET, HEAD")],
)  # fmt: skip
def test_what_an_address_cannot_be_asked_is_said_with_what_it_can(
    client: Client, method: str, path: str, allowed: str
) -> None:
    answer = client.ask(method, path)
    named = {name.lower(): value for name, value in answer.headers.items()}
    assert (answer.status, named["allow"]) == (405, allowed)


@pytest.mark.feature("D7")
def test_whoever_only_asks_whether_a_form_is_there_gets_no_body_and_is_no_view(
    client: Client, world: World
) -> None:
    before = world.store.form_counts(FULL, QUOTE)[None]
    for path in (f"/f/{QUOTE}", f"/f/{NEWS}/confirm/{LINK}", "/f/embed.js"):
        answer = client.ask("HEAD", path)
        assert (answer.status, answer.text) == (200, "")
    assert world.store.form_counts(FULL, QUOTE)[None] == before


@pytest.mark.feature("D7")
@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (urlencode([(f"f{n}", "v") for n in range(10_000)]).encode(), FORM_TYPE),
        (b"email=a%40x.test&" * 10_000, FORM_TYPE),
        (b"\xff\xfe\x00", "text/plain"),
        (b"--a\r\nContent-Disposition: form-data", "multipart/form-data; boundary=a"),
        (b"--a", f"multipart/form-data; boundary={'a' * 10_000}"),
    ],
)
def test_what_is_no_form_is_answered_with_the_form_again(
    client: Client, world: World, body: bytes, kind: str
) -> None:
    answer = client.ask("POST", f"/f/{QUOTE}", body, content_type=kind)
    assert (answer.status, answer.headers["content-type"]) == (400, "text/html; charset=utf-8")
    assert "This form could not be read." in answer.text
    assert 'name="email"' in answer.text
    assert len(world.queue) == 0
    assert client.ask("POST", f"/f/{'0' * 32}", body, content_type=kind).status == 404


@pytest.mark.feature("D7")
@pytest.mark.parametrize(
    "fields",
    [
        {"email": ["a@x.test", "b@x.test"], "email[]": "c@x.test", "last_name[a]": "d"},
        {"opened": "9" * 13 + "-" + "a" * 32},
        {"opened": "\x00"},
        {"browser": "<script>"},
        {"first_name": "\U0001f600"},
        {"description": "x" * 5_000},
    ],
)
def test_what_nobody_asked_for_is_left_out_of_a_form_that_is_taken(
    client: Client, world: World, fields: dict[str, str | list[str]]
) -> None:
    sent = client.send(f"/f/{QUOTE}", **{"email": "a@x.test", "last_name": "Byron", **fields})
    assert sent.status == 303, sent.text
    (due,) = world.queue.waiting
    assert isinstance(due.message, RecordHits)
    (hit,) = due.message.batch.hits
    assert hit.fields["email"] == "a@x.test"
    assert set(hit.fields) <= {"email", "first_name", "last_name", "description", "lead_source"}


def test_the_form_is_shown_sent_and_thanked_for_without_scripts(
    client: Client, world: World
) -> None:
    page = client.get(f"/f/{SHOP}?browser=b7a2c4d8e1f5a9b3")
    assert page.status == 200
    assert "Nordwind Logistik" in page.text
    assert 'value="b7a2c4d8e1f5a9b3"' in page.text
    assert 'href="/sign-in' not in page.text
    sent = client.send(f"/f/{SHOP}", email="ada@example.test", browser="b7a2c4d8e1f5a9b3")
    assert (sent.status, sent.headers["Location"]) == (303, f"/f/{SHOP}?sent=yes")
    assert "Thank you" in client.get(sent.headers["Location"]).text
    (due,) = world.queue.waiting
    assert isinstance(due.message, RecordHits)
    assert due.message.batch.hits[0].url == f"http://funnel.example/f/{SHOP}"


def test_a_visitors_form_is_cleaned_of_what_is_no_text_and_never_refused_for_it(
    client: Client, world: World
) -> None:
    sent = client.send(f"/f/{SHOP}", email="ada@example.test", last_name="Bra\x00ndt\x0b")
    assert sent.status == 303
    (due,) = world.queue.waiting
    assert isinstance(due.message, RecordHits)
    assert due.message.batch.hits[0].fields["last_name"] == "Brandt"


def test_a_form_with_a_slip_comes_back_with_what_was_typed(client: Client, world: World) -> None:
    answer = client.send(f"/f/{SHOP}", email="<ada>", last_name='"Brandt"')
    assert answer.status == 400
    assert "Enter an email address such as ann@example.com." in answer.text
    assert "&lt;ada&gt;" in answer.text
    assert "&#34;Brandt&#34;" in answer.text
    assert len(world.queue) == 0
