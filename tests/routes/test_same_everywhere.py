"""What is the same for every function of the API: errors, lists. Made from the routes."""

import json
import re
from typing import Any

import pytest

from funnel.domain.errors import Conflict, MailRefused, StoreBusy, SugarRefused, TooManyTries
from funnel.domain.signing_in.tenants import Role
from funnel.web import door
from funnel.web.marketing.door import ROOMS as MARKETING
from funnel.web.once import may_have_header
from funnel.web.replies import Reply
from funnel.web.room import PAGING, Route
from funnel.web.setup.door import ROOMS as SETUP
from funnel.web.vision.door import ROOMS as VISION
from scripts import openapi
from tests.browser.records import BOSS
from tests.browser.world import FULL, World, make_world
from tests.unit.web.asking import Answer, Client, signed_in

pytestmark = pytest.mark.feature("G5")

DOCUMENT = openapi.document()
ROUTES = [r for room in (*SETUP, *MARKETING, *VISION) for r in room.routes if r.is_api]
GUARDED = [route for route in ROUTES if route.needs is not None]
CHANGES = [route for route in ROUTES if route.method != "GET"]
LISTS = [r for r in GUARDED if "cursor" in r.queries and r.returns is not Reply]
ERROR = {"code", "text", "mend", "field"}
STATUSES = {"400", "401", "403", "404", "405", "409", "413", "415", "422", "429", "503"}


@pytest.fixture(scope="module")
def world() -> World:
    return make_world()


@pytest.fixture(scope="module")
def admin(world: World) -> Client:
    return signed_in(world, FULL)


@pytest.fixture(scope="module")
def nobody(world: World) -> Client:
    return Client(world)


@pytest.fixture(scope="module")
def machine(world: World, nobody: Client) -> Any:
    """Asks with a session's token in the header."""
    token = world.token(FULL)

    def ask(route: Route, body: bytes, content_type: str = "application/json") -> Answer:
        return nobody.ask(
            route.method, path_of(route), body, content_type=content_type,
            authorization=f"Bearer {token}",
        )  # fmt: skip

    return ask


def path_of(route: Route, **names: str) -> str:
    known = {"tenant": FULL, "connection": "c", **names}
    return re.sub(r"<(\w+)>", lambda found: known.get(found[1], "nothing-of-ours"), route.rule)


def document_path(route: Route) -> str:
    return re.sub(r"<(\w+)>", r"{\1}", route.rule)


def wrong_with(answer: Answer, status: int, field: str | None = None) -> str:
    """What is wrong with an error, "" for nothing."""
    if answer.status != status or not answer.text.startswith("{"):
        return f"{answer.status}: {answer.text[:200]}"
    error = answer.json.get("error")
    if set(answer.json) != {"error"}:
        return answer.text[:200]
    others = error.pop("others", [])
    if not isinstance(others, list) or not all(map(has_the_form, [error, *others])):
        return answer.text[:200]
    if field is not None and error["field"] != field:
        return f"field {error['field']}"
    return ""


def has_the_form(error: object) -> bool:
    """Whether it has the four fields of every error, and says something."""
    if not isinstance(error, dict) or set(error) != ERROR:
        return False
    return all(isinstance(value, str) for value in error.values()) and bool(error["text"])


def check(found: dict[str, str]) -> None:
    """Nothing is wrong with any of them."""
    assert found
    assert {where: what for where, what in found.items() if what} == {}


def name(route: Route) -> str:
    return f"{route.method} {route.rule}"


def test_nobody_in_particular_gets_401(nobody: Client) -> None:
    check({name(r): wrong_with(nobody.call(r.method, path_of(r)), 401) for r in GUARDED})


def test_what_is_for_admins_is_refused_to_others_with_403(world: World) -> None:
    marketer = signed_in(world, FULL, Role.MARKETER)
    routes = [route for route in GUARDED if route.needs is Role.ADMIN]
    check({name(r): wrong_with(marketer.call(r.method, path_of(r)), 403) for r in routes})


def test_what_another_site_sends_with_a_cookie_is_refused_with_403(admin: Client) -> None:
    def sent(route: Route) -> Answer:
        return admin.ask(
            route.method, path_of(route), b"{}", content_type="application/json",
            origin="https://x.test",
        )  # fmt: skip

    routes = [route for route in CHANGES if route.needs is not None]
    check({name(r): wrong_with(sent(r), 403) for r in routes})


def test_a_method_that_is_not_there_gets_405_and_is_told_which_are(admin: Client) -> None:
    found = {}
    for route in ROUTES:
        answer = admin.call("TRACE", path_of(route))
        found[name(route)] = wrong_with(answer, 405)
        there = {one.method for one in ROUTES if one.rule == route.rule}
        assert there <= set(answer.headers["Allow"].split(", ")), route.rule
    check(found)


def test_a_body_that_is_said_to_be_no_json_gets_415(machine: Any) -> None:
    form = "application/x-www-form-urlencoded"
    check({name(r): wrong_with(machine(r, b"a=b", form), 415) for r in CHANGES})


def test_a_body_that_is_too_large_gets_413(machine: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "MOST_BODY", 100)
    body = json.dumps({"x": "y" * 200}).encode()
    check({name(r): wrong_with(machine(r, body), 413) for r in CHANGES})


@pytest.mark.parametrize("body", [b"{", b"[]", b'{"no such field": 1}', b"\xff"])
def test_a_body_that_cannot_be_read_gets_400(machine: Any, body: bytes) -> None:
    routes = [r for r in CHANGES if r.body is not None and r.needs is not None]
    check({name(r): wrong_with(machine(r, body), 400) for r in routes})


@pytest.mark.parametrize("path", ["/api/app/nothing", "/api/setup/nothing", "/api/vision/x"])
def test_an_address_that_is_none_gets_404(admin: Client, nobody: Client, path: str) -> None:
    assert wrong_with(admin.get(path), 404) == ""
    assert wrong_with(nobody.get(path), 404) == ""


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (Conflict("Somebody else changed it."), 409),
        (SugarRefused("Sugar says no."), 422),
        (MailRefused("The mail service says no."), 422),
        (TooManyTries("Too often.", retry_after=7), 429),
        (StoreBusy("The store is busy."), 503),
    ],
)
def test_whatever_a_function_raises_has_the_same_form(
    admin: Client, error: Exception, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def raised(*_: object) -> None:
        raise error

    monkeypatch.setattr(door, "_check", raised)
    found = {}
    for route in ROUTES:
        answer = admin.call(route.method, path_of(route))
        found[name(route)] = wrong_with(answer, status)
        assert answer.headers.get("Retry-After") == ("7" if status == 429 else None)
    check(found)


def test_the_document_tells_every_error_of_every_function() -> None:
    for route in ROUTES:
        told = DOCUMENT["paths"][document_path(route)][route.method.lower()]["responses"]
        assert set(told) >= STATUSES, route.rule


@pytest.mark.parametrize(
    ("query", "value"),
    [
        ("cursor", "zzz"), ("cursor", "%C3%BC"), ("cursor", "%00"), ("cursor", "x" * 3000),
        ("limit", "0"), ("limit", "101"), ("limit", "-1"), ("limit", "many"), ("limit", "1e1"),
    ],
)  # fmt: skip
def test_a_bad_cursor_or_limit_gets_400(admin: Client, query: str, value: str) -> None:
    found = {}
    for route in LISTS:
        path = path_of(route, **_known(admin, route))
        answer = admin.get(f"{path}?{query}={value}&root=Accounts/0dcf1400")
        found[name(route)] = wrong_with(answer, 400, query)
    check(found)


def test_a_list_is_items_and_a_cursor_in_pages_that_hold_what_the_whole_does(
    admin: Client,
) -> None:
    seen = 0
    for route in LISTS:
        assert set(PAGING) <= set(route.queries), route.rule
        path = f"{path_of(route, **_known(admin, route))}?root=Accounts/0dcf1400&"
        whole = admin.get(f"{path}limit=100")
        assert whole.status == 200, f"{route.rule}: {whole.text}"
        assert {"items", "cursor"} <= set(whole.json), route.rule
        found: list[Any] = []
        cursor = ""
        for _ in range(12):
            page = admin.get(f"{path}limit=1&cursor={cursor}")
            assert page.status == 200, f"{route.rule}: {page.text}"
            # A visit is not cut: what was done in it comes together.
            assert len(page.json["items"]) <= 1 or "/activities" in route.rule, route.rule
            found += page.json["items"]
            cursor = page.json["cursor"]
            if not cursor:
                break
        texts = [json.dumps(one, sort_keys=True) for one in whole.json["items"]]
        if not cursor and not whole.json["cursor"] and "/erasures" not in route.rule:
            assert len(found) == len(texts), route.rule
        seen += bool(found)
    assert seen >= len(LISTS) * 2 // 3


def _known(client: Client, route: Route) -> dict[str, str]:
    """Ids of what there is, found in the lists that a route hangs on."""

    def first(path: str, key: str) -> str:
        return str(client.get(path).json["items"][0][key])

    rule = route.rule
    known = {"person_id": "anneliese", "list_id": "status-new", "step_id": "s2"}
    known["sugar_id"] = "a1" if "accounts" in rule else "o1" if "opportunities" in rule else BOSS
    for part, key in (
        ("broadcasts", "broadcast_id"),
        ("campaigns", "campaign_id"),
        ("forms", "form_id"),
    ):
        if f"<{key}>" in rule:
            known[key] = first(f"/api/app/{part}", key)
    return known


def test_what_has_a_cursor_has_items() -> None:
    for route in ROUTES:
        if "cursor" not in route.queries or route.returns is Reply or "/record/" in route.rule:
            continue
        answers = DOCUMENT["paths"][document_path(route)]["get"]["responses"]
        schema = answers["200"]["content"]["application/json"]["schema"]["$ref"]
        properties = DOCUMENT["components"]["schemas"][schema.rpartition("/")[2]]["properties"]
        assert {"items", "cursor"} <= set(properties), route.rule


def test_what_is_made_by_post_has_a_key_in_its_body_or_takes_the_header() -> None:
    """Either way nothing is made twice: see test_sent_twice.py."""
    keyed = [r for r in GUARDED if r.method == "POST" and not may_have_header(r)]
    for route in keyed:
        body = DOCUMENT["paths"][document_path(route)]["post"]["requestBody"]["content"]
        schema = body["application/json"]["schema"]["$ref"].rpartition("/")[2]
        assert "key" in DOCUMENT["components"]["schemas"][schema]["properties"], route.rule
    assert len(keyed) >= 12
