"""Keys of machines: made, shown once, what they open and what they do not, revoked."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from funnel.domain.ids import TenantId
from funnel.domain.signing_in.api_keys import MOST_CALLS, MOST_KEYS, SCOPES
from funnel.domain.signing_in.tenants import Role, Tenant
from funnel.usecases.connecting.connection import change_connection, connection_of
from funnel.web.marketing.door import ROOMS as MARKETING
from funnel.web.scopes import _LOOKS, _SUBJECTS, CLOSED
from funnel.web.setup.door import ROOMS as SETUP
from scripts import openapi
from tests.browser.world import EMPTY, FULL, World
from tests.unit.web.asking import Answer, Client, signed_in

pytestmark = pytest.mark.feature("G5")
ROUTES = [route for room in (*SETUP, *MARKETING) for route in room.routes]
ALL = list(SCOPES)


def made(admin: Client, *scopes: str, **more: object) -> Any:
    wish = {
        "key": f"once {len(scopes)} {scopes[0]}",
        "name": "Shop",
        "scopes": list(scopes),
        **more,
    }
    answer = admin.call("POST", "/api/setup/keys", wish)
    assert answer.status == 201, answer.text
    return answer.json


def ask(world: World, text: str, method: str, path: str, body: bytes = b"") -> Answer:
    return Client(world).ask(
        method, path, body, authorization=f"Bearer {text}", content_type="application/json"
    )


def test_a_key_does_what_its_scopes_say_and_history_tells_which_key_it_was(
    world: World, admin: Client
) -> None:
    text = made(admin, "people:read", "people:write")["text"]
    assert text.startswith("fnl_")
    new = b'{"fields": {"last_name": "Kraus"}, "email": "kraus@example.com", "key": "k1"}'
    person = ask(world, text, "POST", "/api/app/people", new)
    assert person.status == 201, person.text
    path = f"/api/app/people/{person.json['person_id']}/history"
    told = ask(world, text, "GET", path).json["items"]
    assert {one["by"] for one in told} == {"API key Shop"}


def test_a_missing_scope_is_named(world: World, admin: Client) -> None:
    text = made(admin, "people:read")["text"]
    assert ask(world, text, "GET", "/api/app/people").status == 200
    for method, path, scope in (
        ("POST", "/api/app/people", "people:write"),
        ("GET", "/api/app/lists", "lists:read"),
        ("POST", "/api/app/people/anneliese/unsubscribe", "consent:write"),
        ("GET", "/api/setup/runs", "sync:read"),
    ):
        answer = ask(world, text, method, path, b"{}")
        assert answer.status == 403
        assert answer.json["error"]["code"] == "NotAllowed"
        assert scope in answer.json["error"]["text"]


def test_what_shows_people_needs_their_scope_whatever_its_path(world: World, admin: Client) -> None:
    text = made(admin, *(one for one in ALL if one not in {"people:read", "lists:write"}))["text"]
    for path, scope in (
        ("/api/app/segments/look", "people:read"),
        ("/api/app/emails/preview?person=anneliese", "people:read"),
        ("/api/app/found/a-job/on-list", "lists:write"),
    ):
        answer = ask(world, text, "POST", path, b"{}")
        assert answer.status == 403
        assert scope in answer.json["error"]["text"]


@pytest.mark.parametrize(
    "route", [one for one in ROUTES if one.is_api and one.needs and not one.scope],
    ids=lambda one: f"{one.method} {one.rule}",
)  # fmt: skip
def test_no_key_opens_what_makes_keys_or_takes_passwords(
    world: World, admin: Client, route: Any
) -> None:
    text = made(admin, *ALL)["text"]
    path = re.sub(r"<\w+>", "x", route.rule)
    answer = ask(world, text, route.method, path, b'{"key": "k", "name": "n", "scopes": ["a"]}')
    assert (answer.status, answer.json["error"]["code"]) == (403, "NotAllowed")


@pytest.mark.parametrize("path", ["/api/setup/comparison", "/api/setup/sync/preview"])
def test_a_key_that_only_reads_leaves_a_sugar_alone_that_is_left_alone(
    world: World, admin: Client, path: str
) -> None:
    until = world.clock.now() + timedelta(hours=1)
    change_connection(world.app, FULL, lambda c: replace(c, open_until=until, failures=3))
    for scopes, stays in ((["sync:read"], until), (["sync:read", "sync:write"], None)):
        answer = ask(world, made(admin, *scopes)["text"], "POST", path, b"{}")
        assert answer.status == 202, answer.text
        assert connection_of(world.app, FULL).open_until == stays


def test_every_function_that_needs_somebody_has_a_scope_or_is_closed_on_purpose() -> None:
    shapes = {
        (one.method, re.sub(r"<\w+>", "*", one.rule)): one
        for one in ROUTES
        if one.is_api and one.needs
    }
    assert {place for place, route in shapes.items() if not route.scope} == CLOSED
    assert {route.scope for route in shapes.values() if route.scope} <= set(SCOPES)
    paths = {path for _, path in shapes}
    assert {
        one for one in _SUBJECTS if not any(p == one or p.startswith(f"{one}/") for p in paths)
    } == set()
    assert {one for one in _LOOKS if ("POST", one) not in shapes} == set()


def test_scopes_that_open_nothing_are_only_of_areas_where_nothing_is_written_or_read() -> None:
    used = {route.scope for route in ROUTES}
    assert set(SCOPES) - used == {"records:write", "consent:read"}


def test_the_document_names_the_scope_of_each_operation() -> None:
    document = openapi.document()
    for route in ROUTES:
        if not route.is_api:
            continue
        path = re.sub(r"<(\w+)>", r"{\1}", route.rule)
        security = document["paths"][path][route.method.lower()].get("security", [])
        named = [one["key"] for one in security if "key" in one]
        assert named == ([[route.scope]] if route.scope else []), route.rule


@pytest.mark.parametrize("path", ["/app/people", "/setup/keys", "/setup"])
def test_no_key_opens_a_page(world: World, admin: Client, path: str) -> None:
    text = made(admin, *ALL)["text"]
    assert ask(world, text, "GET", path).status == 403


def test_a_key_in_a_cookie_is_nobody(world: World, admin: Client) -> None:
    text = made(admin, *ALL)["text"]
    assert Client(world, text).get("/api/app/people").status == 401
    assert Client(world, text).get("/app/people").status == 303


def test_a_revoked_key_is_refused_from_the_next_request_on_and_stays_in_the_list(
    world: World, admin: Client
) -> None:
    found = made(admin, "people:read")
    assert ask(world, found["text"], "GET", "/api/app/people").status == 200
    for _ in range(2):
        gone = admin.call("DELETE", f"/api/setup/keys/{found['key']['key_id']}")
        assert (gone.status, gone.json["state"]) == (200, "revoked")
    assert ask(world, found["text"], "GET", "/api/app/people").status == 401
    states = {one["key_id"]: one["state"] for one in admin.get("/api/setup/keys").json["items"]}
    assert states[found["key"]["key_id"]] == "revoked"
    assert admin.call("DELETE", "/api/setup/keys/nothing").status == 404


def test_a_key_ends_when_it_says(world: World, admin: Client) -> None:
    ends = (world.clock.now() + timedelta(days=2)).isoformat()
    text = made(admin, "people:read", expires_at=ends)["text"]
    world.clock.advance(2 * 86400 - 1)
    assert ask(world, text, "GET", "/api/app/people").status == 200
    world.clock.advance(1)
    assert ask(world, text, "GET", "/api/app/people").status == 401


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text[:-1] + ("A" if text[-1] != "A" else "B"),
        lambda text: text.replace("fnl_full", "fnl_empty"),
        lambda text: text.removeprefix("fnl_"),
        lambda text: "fnl_",
        lambda text: "fnl_..",
        lambda text: "fnl_" + "x" * 5000,
        lambda text: f"fnl_{'x' * 2100}.k.s",
        lambda text: f"fnl_full.{'k' * 1100}.s",
        lambda text: "fnl_fu#ll.k.s",
        lambda text: text + ".more",
    ],
)
def test_what_is_nearly_a_key_is_nobody(world: World, admin: Client, change: Any) -> None:
    text = made(admin, *ALL)["text"]
    assert ask(world, change(text), "GET", "/api/app/people").status == 401


def test_a_key_opens_its_own_tenant_and_no_other(world: World) -> None:
    world.app.tenants.create_tenant(Tenant(TenantId("other"), "Other", world.clock.now()))
    other = signed_in(world, TenantId("other"))
    found = made(other, *ALL)
    assert ask(world, found["text"], "GET", "/api/app/people").json["items"] == []
    assert ask(world, found["text"], "GET", "/api/app/people/anneliese").status == 404
    admin = signed_in(world, FULL)
    assert admin.call("DELETE", f"/api/setup/keys/{found['key']['key_id']}").status == 404
    assert ask(world, found["text"], "GET", "/api/app/people").status == 200


def test_only_a_hash_is_kept(
    world: World, admin: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    text = made(admin, *ALL)["text"]
    secret = text.rpartition(".")[2]
    assert ask(world, text, "GET", "/api/app/people").status == 200
    told = (
        repr(vars(world.store)) + admin.get("/api/setup/keys").text + admin.get("/setup/keys").text
    )
    assert secret not in told + "".join(capsys.readouterr())


def test_when_it_was_used_last_is_told_to_the_hour(world: World, admin: Client) -> None:
    found = made(admin, "people:read")

    def used() -> str | None:
        items = admin.get("/api/setup/keys").json["items"]
        moment: str | None = next(i for i in items if i["key_id"] == found["key"]["key_id"])[
            "used_at"
        ]
        return moment

    assert used() is None
    ask(world, found["text"], "GET", "/api/app/people")
    first = used()
    assert first is not None
    world.clock.advance(3599)
    ask(world, found["text"], "GET", "/api/app/people")
    assert used() == first
    world.clock.advance(1)
    ask(world, found["text"], "GET", "/api/app/people")
    assert used() != first


def test_a_key_that_asks_too_often_waits_for_the_next_minute_and_others_do_not(
    world: World, admin: Client
) -> None:
    world.clock.set(world.clock.now().replace(second=20, microsecond=0))
    one, two = made(admin, "people:read")["text"], made(admin, "lists:read")["text"]
    parts = one.removeprefix("fnl_").split(".")
    minute = int(world.clock.now().timestamp()) // 60
    for _ in range(MOST_CALLS - 1):
        world.store.count_key_call(FULL, parts[1], minute)
    assert ask(world, one, "GET", "/api/app/people").status == 200
    refused = ask(world, one, "GET", "/api/app/people")
    assert (refused.status, refused.json["error"]["code"]) == (429, "TooManyTries")
    assert refused.headers["Retry-After"] == "40"
    assert ask(world, two, "GET", "/api/app/lists").status == 200
    world.clock.advance(40)
    assert ask(world, one, "GET", "/api/app/people").status == 200


def test_the_same_wish_again_is_the_same_key_with_the_later_text(
    world: World, admin: Client
) -> None:
    first, again = made(admin, "people:read"), made(admin, "people:read")
    assert first["key"] == again["key"]
    assert ask(world, first["text"], "GET", "/api/app/people").status == 401
    assert ask(world, again["text"], "GET", "/api/app/people").status == 200
    wish = {"key": "once 1 people:read", "name": "Shop", "scopes": ["people:read"]}
    assert admin.call("POST", "/api/setup/keys", wish).status == 409
    assert admin.call("POST", "/api/setup/keys", {**wish, "name": "Other"}).status == 409


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": "  "}, "name"),
        ({"name": "x" * 61}, "name"),
        ({"scopes": []}, "scopes"),
        ({"scopes": ["people:all"]}, "scopes"),
        ({"expires_at": "2020-01-01T00:00:00Z"}, "expires_at"),
        ({"expires_at": "tomorrow"}, "expires_at"),
        ({"expires_at": "2030-01-01T00:00:00"}, "expires_at"),
        ({"key": ""}, "key"),
    ],
)
def test_a_wrong_wish_says_which_field_it_is(
    admin: Client, change: dict[str, object], field: str
) -> None:
    wish = {"key": "k", "name": "Shop", "scopes": ["people:read"], **change}
    answer = admin.call("POST", "/api/setup/keys", wish)
    assert (answer.status, answer.json["error"]["field"]) == (400, field)


def test_there_are_so_many_keys_and_no_more(admin: Client) -> None:
    in_use = sum(one["state"] == "good" for one in admin.get("/api/setup/keys").json["items"])
    for number in range(MOST_KEYS - in_use):
        made(admin, "people:read", key=f"k{number}")
    wish = {"key": "more", "name": "Shop", "scopes": ["people:read"]}
    assert admin.call("POST", "/api/setup/keys", wish).status == 400


def test_only_admins_see_or_make_keys(world: World) -> None:
    marketer = signed_in(world, FULL, Role.MARKETER)
    assert marketer.get("/api/setup/keys").status == 403
    assert marketer.get("/setup/keys").status == 403
    assert marketer.send("/setup/keys", name="x", scopes="people:read").status == 403


def test_the_page_makes_a_key_shows_it_once_and_revokes_it(world: World, newcomer: Client) -> None:
    page = newcomer.get("/setup/keys")
    assert "No key yet" in page.text
    key = re.search(r'name="key" value="([^"]+)"', page.text)
    assert key is not None
    answer = newcomer.send(
        "/setup/keys", name="Shop <b>", key=key[1], scopes=["people:read", "lists:write"],
        expires_on="2999-12-31",
    )  # fmt: skip
    text = re.search(r'<code id="key">(fnl_[^<]+)</code>', answer.text)
    assert text is not None
    assert "Shop &lt;b&gt;" in answer.text
    assert ask(world, text[1], "GET", "/api/app/people").status == 200
    assert text[1] not in newcomer.get("/setup/keys").text
    (kept,) = world.store.api_keys(EMPTY)
    asked = newcomer.get(f"/setup/keys/{kept.key_id}/revoke")
    assert "Revoke" in asked.text
    assert newcomer.send(f"/setup/keys/{kept.key_id}/revoke").status == 303
    assert ask(world, text[1], "GET", "/api/app/people").status == 401
    assert newcomer.get(f"/setup/keys/{kept.key_id}/revoke").status == 303


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({"name": "", "scopes": "people:read"}, "Name the key"),
        ({"name": "Shop"}, "at least one scope"),
        ({"name": "Shop", "scopes": "people:read", "expires_on": "soon"}, "such as"),
        ({"name": "Shop", "scopes": "people:read", "expires_on": "9999-12-31"}, "such as"),
        ({"name": "Shop", "scopes": "people:read", "expires_on": "2001-01-01"}, "is over"),
    ],
)
def test_the_page_says_what_is_wrong_and_keeps_what_was_typed(
    admin: Client, fields: dict[str, str], word: str
) -> None:
    answer = admin.send("/setup/keys", key="k", **fields)
    assert answer.status == 400
    assert word in answer.text
    assert f'value="{fields["name"]}"' in answer.text
    if "scopes" in fields:
        assert re.search(r'value="people:read" checked', answer.text)
