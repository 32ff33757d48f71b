"""The same idempotency key: the same again is the same, another wish under it is refused."""

import json
from dataclasses import replace
from typing import Any

import pytest

from funnel.domain.errors import AlreadyDone, Conflict, StoreBusy
from funnel.domain.sent_requests import KEPT
from tests.browser.site import Doors
from tests.browser.world import FULL, World
from tests.unit.web.asking import HOST, Answer, Client

pytestmark = pytest.mark.feature("G5")

SITE = {"name": "Shop", "domains": ["shop.example.com"]}
RULE = {"name": "Visit", "kind": "page view", "points": 3}


def body_of(admin: Client, path: str) -> tuple[str, dict[str, Any], dict[str, Any]]:
    """Where it is sent, what, and what is different in another wish."""
    if path == "broadcasts":
        row = admin.get("/api/app/broadcasts").json["items"][0]["broadcast_id"]
        plan = admin.get(f"/api/app/broadcasts/{row}").json["plan"]
        return path, {"plan": plan}, {"plan": {**plan, "name": "Other"}}
    if path == "emails/copy":
        email = admin.get("/api/app/emails").json["items"][0]["email_id"]
        return f"emails/{email}/copy", {}, {}
    if path == "forms/copy":
        form = admin.get("/api/app/forms").json["items"][0]["form_id"]
        return f"forms/{form}/copy", {}, {}
    if path.startswith("campaigns/"):
        rows = admin.get("/api/app/campaigns").json["items"]
        one = next(row["campaign_id"] for row in rows if row["state"] == "running")
        if path == "campaigns/copy":
            return f"campaigns/{one}/copy", {}, {}
        return f"campaigns/{one}/people", {"person_id": "anneliese"}, {"person_id": "bob"}
    return path, BODIES[path], {"name": "Other"} if "name" in BODIES[path] else OTHERS[path]


BODIES: dict[str, dict[str, Any]] = {
    "people": {"fields": {"last_name": "Kraus"}, "email": "kraus@example.com"},
    "lists": {"name": "Fair"},
    "segments": {"name": "All", "rule": {"parts": [], "match": "all"}},
    "emails": {"email": {"name": "N", "subject": "S", "body": "<p>x</p>"}},
    "campaigns": {"name": "C", "example": "welcome"},
    "people/anneliese/push": {"module": "Leads"},
}
OTHERS: dict[str, dict[str, Any]] = {
    "people": {"email": "other@example.com"},
    "emails": {"email": {"name": "O", "subject": "S", "body": "<p>x</p>"}},
    "people/anneliese/push": {"module": "Contacts"},
}


@pytest.mark.parametrize(
    "path",
    [*BODIES, "broadcasts", "emails/copy", "forms/copy", "campaigns/copy", "campaigns/people"],
)
def test_a_key_in_the_body_stands_for_one_wish(admin: Client, path: str) -> None:
    where, body, other = body_of(admin, path)
    first = admin.call("POST", f"/api/app/{where}", {**body, "key": "k"})
    assert first.status in {201, 202}, first.text
    again = admin.call("POST", f"/api/app/{where}", {"key": "k", **body})
    assert (again.status, again.text) == (first.status, first.text)
    if other:
        refused = admin.call("POST", f"/api/app/{where}", {**body, **other, "key": "k"})
        assert (refused.status, refused.json["error"]["code"]) == (409, "Conflict")
        assert admin.call("POST", f"/api/app/{where}", {**body, "key": "k"}).text == first.text


def keyed(client: Client, path: str, body: object, key: str = "k1") -> Answer:
    return client.ask(
        "POST", path, json.dumps(body).encode(), content_type="application/json",
        origin=f"https://{HOST}", idempotency_key=key,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("path", "body", "other"),
    [
        ("/api/app/sites", SITE, {**SITE, "name": "Other"}),
        ("/api/app/scoring/rules", RULE, {**RULE, "points": 4}),
        ("/api/app/imports", {"title": "f.csv", "text": "Email\na@b.test\n"}, {"title": "g.csv", "text": "x\ny\n"}),
        ("/api/app/exports", {}, {"more": 1}),
        ("/api/setup/custom-fields", {"subject": "person", "label": "Size", "type": "text"}, {"subject": "person", "label": "Other", "type": "text"}),
    ],
)  # fmt: skip
def test_a_key_in_the_header_stands_for_one_request(
    world: World, admin: Client, path: str, body: object, other: object
) -> None:
    first, waiting = keyed(admin, path, body), len(world.queue.waiting)
    assert first.status in {201, 202}, first.text
    again = keyed(admin, path, body)
    assert (again.status, again.json["error"]["code"]) == (409, AlreadyDone.__name__)
    assert len(world.queue.waiting) == waiting
    assert keyed(admin, path, other).status == 409
    assert keyed(admin, path, body, "k2").text != first.text or "custom" in path


def test_a_key_is_forgotten_after_a_week(world: World, admin: Client) -> None:
    first = keyed(admin, "/api/app/sites", SITE)
    world.clock.advance(KEPT.total_seconds())
    later = Client(world, world.token(FULL))
    assert keyed(later, "/api/app/sites", SITE).text != first.text


def test_what_was_refused_is_mended_under_the_same_key(admin: Client) -> None:
    assert keyed(admin, "/api/app/sites", {**SITE, "domains": []}).status == 400
    assert keyed(admin, "/api/app/sites", SITE).status == 201
    assert admin.call("POST", "/api/app/lists", {"key": "k", "name": ""}).status == 400
    assert admin.call("POST", "/api/app/lists", {"key": "k", "name": "Fair"}).status == 201


def test_where_nobody_can_tell_whether_it_was_done_it_is_not_done_again(
    world: World, admin: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = len(world.store.sites(FULL))
    save = world.store.save_site

    def lost(site: Any) -> Any:
        save(site)
        raise StoreBusy("The reply is lost.")

    monkeypatch.setattr(world.store, "save_site", lost)
    assert keyed(admin, "/api/app/sites", SITE).status == 503
    monkeypatch.setattr(world.store, "save_site", save)
    again = keyed(admin, "/api/app/sites", SITE)
    assert (again.status, again.json["error"]["code"]) == (409, Conflict.__name__)
    assert len(world.store.sites(FULL)) == before + 1


@pytest.mark.parametrize("is_kept", [True, False])
def test_where_it_could_not_be_marked_it_was_not_done_and_the_key_is_free(
    world: World, admin: Client, monkeypatch: pytest.MonkeyPatch, is_kept: bool
) -> None:
    before, keep = len(world.store.sites(FULL)), world.store.keep_sent_request
    fails = [True]

    def lost(sent: Any) -> Any:
        if not fails:
            return keep(sent)
        fails.clear()
        if is_kept:
            keep(sent)
        raise StoreBusy("The reply is lost.")

    monkeypatch.setattr(world.store, "keep_sent_request", lost)
    assert keyed(admin, "/api/app/sites", SITE).status == 503
    assert len(world.store.sites(FULL)) == before
    assert keyed(admin, "/api/app/sites", SITE).status == 201


def test_a_secret_that_is_told_once_is_not_kept_with_the_request(
    world: World, admin: Client
) -> None:
    made = keyed(admin, "/api/setup/hooks/key", {})
    assert made.status < 300
    secret = made.json["key"].partition(".")[2]
    assert secret
    assert secret not in repr(vars(world.store)["_sent_requests"])
    assert keyed(admin, "/api/setup/hooks/key", {}).status == 409


def test_what_was_carried_out_is_answered_though_that_cannot_be_kept(
    world: World, admin: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep, asked = world.store.keep_sent_request, list[object]()

    def once(sent: Any) -> Any:
        asked.append(sent)
        if len(asked) > 1:
            raise StoreBusy("Throttled.")
        return keep(sent)

    monkeypatch.setattr(world.store, "keep_sent_request", once)
    assert keyed(admin, "/api/app/sites", SITE).status == 201
    assert len(asked) == 2


def test_keys_of_two_functions_and_of_two_tenants_do_not_meet(world: World, admin: Client) -> None:
    from tests.browser.world import RUNNING

    first = keyed(admin, "/api/app/sites", SITE)
    assert keyed(admin, "/api/app/scoring/rules", RULE).status == 201
    other = Client(world, world.token(RUNNING))
    assert keyed(other, "/api/app/sites", SITE).text != first.text


def test_a_header_beside_a_key_in_the_body_and_a_key_too_long_are_refused(admin: Client) -> None:
    assert keyed(admin, "/api/app/lists", {"key": "k", "name": "Fair"}).status == 400
    assert keyed(admin, "/api/app/sites", SITE, "x" * 201).status == 400
    assert admin.call("POST", "/api/app/lists", {"key": "\ud800", "name": "Fair"}).status == 400


class Never:
    """Effects of a process that never changed anything."""

    def count(self) -> int:
        return 0


class Counting:
    """Effects that a test notes itself."""

    def __init__(self) -> None:
        self.done = 0

    def count(self) -> int:
        return self.done


@pytest.mark.parametrize("is_written", [True, False])
def test_whose_own_write_may_be_in_the_way_does_not_have_its_key_free(
    world: World, admin: Client, monkeypatch: pytest.MonkeyPatch, is_written: bool
) -> None:
    """AWS's answer was lost, and the same was asked again beneath."""
    before, save, effects = len(world.store.sites(FULL)), world.store.save_site, Counting()

    def lost(site: Any) -> Any:
        if is_written:
            save(site)
            effects.done += 1
        raise Conflict("Somebody else changed it meanwhile.")

    admin.doors = Doors(replace(world.app, effects=effects))
    monkeypatch.setattr(world.store, "save_site", lost)
    assert keyed(admin, "/api/app/sites", SITE).status == 409
    monkeypatch.setattr(world.store, "save_site", save)
    assert keyed(admin, "/api/app/sites", SITE).status == (409 if is_written else 201)
    assert len(world.store.sites(FULL)) == before + 1


@pytest.mark.parametrize("what", [StoreBusy("Throttled."), ZeroDivisionError()])
def test_what_failed_before_anything_was_done_leaves_the_key_free(
    world: World, admin: Client, monkeypatch: pytest.MonkeyPatch, what: Exception
) -> None:
    def fails(_: Any) -> Any:
        raise what

    save = world.store.save_site
    told: list[tuple[int, int]] = []
    for app in (replace(world.app, effects=Never()), world.app):
        monkeypatch.setattr(world.store, "save_site", fails)
        admin.doors = Doors(app)
        first = keyed(admin, "/api/app/sites", SITE, f"k{len(told)}")
        monkeypatch.setattr(world.store, "save_site", save)
        told.append((first.status, keyed(admin, "/api/app/sites", SITE, f"k{len(told)}").status))
    status = 503 if isinstance(what, StoreBusy) else 500
    assert told == [(status, 201), (status, 409)]
