"""No route leads to another's page, or writes a header of its own, whatever is sent along.

Made from the routes: each is asked with every field it looks at filled with what a stranger would like
to be led to.
"""

from urllib.parse import quote, urlencode

import pytest

from funnel.web.asked import Asked
from funnel.web.error_pages import SIGN_IN_AGAIN
from funnel.web.marketing.door import ROOMS as MARKETING
from funnel.web.room import Route
from funnel.web.sessions import form_token
from funnel.web.setup.door import ROOMS as SETUP
from tests.browser.forms import LINK, NEWS, QUOTE
from tests.browser.mails import TOKEN
from tests.browser.tracking import SHOP
from tests.browser.world import FULL
from tests.routes.test_tenants_apart import PAGE_QUERIES, Names, name_of, paths_of
from tests.routes.two_tenants import worlds
from tests.unit.web.asking import Answer, Client, signed_in

HOSTILE = (
    "https://evil.example/app",
    "//evil.example/app",
    "/\\evil.example",
    "/app\r\nSet-Cookie: a=b",
    "/app/\t/evil.example",
    "javascript:alert(1)//",
    "/app@evil.example",
    "x\r\nLocation: https://evil.example",
    "\u560d\u560aX-Injected: yes",
)
FORM = "application/x-www-form-urlencoded"
OPEN_PARTS = {
    "<tenant>": FULL,
    "<_tenant>": FULL,
    "<_connection>": "c",
    "<_digest>": "d",
    "<name>": "x",
}
ROOMS = [room.routes for room in (*SETUP, *MARKETING) if room.routes]


@pytest.fixture(autouse=True)
def _forms_and_queries_note_what_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    read, form, query = Asked.form_as_sent, Asked.form, Asked.query

    def asked(self: Asked, name: str) -> str:
        Names.asked.add(name)
        return query(self, name)

    monkeypatch.setattr(Asked, "form_as_sent", lambda one: Names(read(one)))
    monkeypatch.setattr(Asked, "form", lambda one: Names(form(one)))
    monkeypatch.setattr(Asked, "query", asked)


def check(answer: Answer, what: str) -> None:
    """It leads to a page of ours by its path, or nowhere; and every header is one line."""
    assert answer.status < 500, what
    for name, value in answer.headers.items():
        for one in value if isinstance(value, list) else [value]:
            assert not set("\r\n\0") & set(f"{name}{one}"), what
    for cookie in answer.cookies:
        assert not set("\r\n\0") & set(cookie), what
    assert not {"X-Injected", "Set-Cookie"} & set(answer.headers), what
    for name in ("Location", "HX-Redirect", SIGN_IN_AGAIN):
        target = answer.headers.get(name, "/")
        assert target.startswith("/"), what
        assert not target.startswith(("//", "/\\")), what


def addresses(route: Route) -> list[str]:
    """An address with ids that are there, and one with what nobody has as an id."""
    rule = route.rule
    for part, value in OPEN_PARTS.items():
        if route.needs is None:
            rule = rule.replace(part, value)
    if "<" not in rule:
        return [rule]
    return list(paths_of(route, 1))


@pytest.mark.parametrize("routes", ROOMS, ids=name_of)
def test_no_route_leads_elsewhere(routes: list[Route]) -> None:
    world, _ = worlds()
    client = signed_in(world, FULL)
    token = form_token(client.token)
    for route in routes:
        if route.is_api:
            continue
        for path in addresses(route):
            Names.asked = set(PAGE_QUERIES)
            for hostile in (*HOSTILE[:4], HOSTILE[-1]):
                told = dict.fromkeys(sorted(Names.asked), hostile)
                target, body = f"{path}?{urlencode(told)}", b""
                if route.method == "POST":
                    told |= {"form_token": token}
                    target, body = path, urlencode(told).encode()
                headers = {"sec_fetch_site": "same-origin", "content_type": FORM}
                answer = client.ask(route.method, target, body, **headers)
                check(answer, f"{route.method} {target} {body.decode()}")


@pytest.mark.parametrize("hostile", HOSTILE)
def test_whoever_signs_in_comes_to_a_page_of_ours(hostile: str) -> None:
    world, _ = worlds()
    for path in (f"/sign-in/{FULL}", "/sign-in"):
        check(Client(world).get(f"{path}?next={quote(hostile)}"), path)
    for wanted in ("/app/", "/setup/", "/app?"):
        check(Client(world).get(f"{wanted}{quote(hostile)}"), wanted)
        live = Client(world).get("/app/live", hx_request="true", hx_current_url=hostile)
        check(live, hostile)
    again = Client(world).get("/app", cookie=f"funnel_tenant={quote(hostile)}")
    check(again, hostile)


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize(
    "place",
    [f"/f/{QUOTE}", f"/f/{NEWS}/confirm/{LINK}", f"/f/{SHOP}", f"/m/c/{TOKEN}/1", f"/m/u/{TOKEN}"],
)
def test_what_is_open_to_all_leads_where_a_marketer_said_and_nowhere_else(
    place: str, hostile: str
) -> None:
    world, _ = worlds()
    known = ("https://nordwind.example/", "https://www.nordwind.example/")
    told = dict.fromkeys(
        ("next", "redirect", "url", "to", "r", "fnl", "return_to", "sent", "frame"), hostile
    )
    for method, target, body in (
        ("GET", f"{place}?{urlencode(told)}", b""),
        ("GET", f"{place}/{quote(hostile, safe='')}", b""),
        ("POST", place, urlencode({**told, "email": "a@b.example"}).encode()),
    ):
        answer = Client(world).ask(
            method, target, body, content_type=FORM, user_agent="Mozilla/5.0 Firefox/140.0"
        )
        assert answer.status < 500
        for value in answer.headers.values():
            assert not set("\r\n\0") & set(str(value))
        led = answer.headers.get("Location", "/")
        is_ours = led.startswith("/") and not led.startswith(("//", "/\\"))
        assert is_ours or led.startswith(known), led
