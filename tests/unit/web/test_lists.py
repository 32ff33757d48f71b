"""The pages and API functions of lists."""

import html

import pytest

from funnel.domain.signing_in.tenants import Role
from funnel.ports.marketing_messages import Relist
from funnel.usecases.scoring.change_scoring import change_scoring
from tests.browser.world import EMPTY, FULL, REFUSED, World
from tests.unit.web.asking import Client, signed_in


@pytest.fixture
def marketer(world: World) -> Client:
    return signed_in(world, FULL, Role.MARKETER)


def names(client: Client, query: str = "") -> list[str]:
    return [one["name"] for one in client.get(f"/api/app/lists{query}").json["items"]]


def test_lists_of_all_kinds_are_shown_with_their_state(marketer: Client) -> None:
    text = marketer.get("/app/lists").text
    for told in ("Lead status: New", "Newsletter", "suppresses mail", "retired", "96,310"):
        assert told in text, told
    assert "Öl &amp; Gas &lt;2027&gt;" in text


def test_lists_are_filtered_by_kind_state_and_name(marketer: Client) -> None:
    assert names(marketer, "?show=auto") == [
        "Account industry: Öl & Gas <2027>",
        "Lead source: Web Site",
        "Lead status: Dead",
        "Lead status: New",
    ]
    assert names(marketer, "?show=retired") == ["Lead status: Dead", "Spring campaign 2024"]
    assert "Newsletter" in names(marketer, "?show=target")
    assert names(marketer, "?q=lead%20st") == ["Lead status: Dead", "Lead status: New"]
    assert marketer.get("/api/app/lists?show=some").status == 400
    assert "No name begins with" in marketer.get("/app/lists?q=zzz").text


def test_a_list_shows_its_members_and_what_is_not_here_yet(marketer: Client) -> None:
    text = marketer.get("/app/lists/status-new").text
    assert "/app/people/anneliese" in text
    members = marketer.get("/api/app/lists/fair/members").json["items"]
    assert [(m["record"]["sugar_id"], m["person"] is not None) for m in members] == [
        ("missing", False),
        ("p0", True),
        ("p3", True),
    ]
    assert "not here yet" in marketer.get("/app/lists/fair").text
    assert "Nobody has this value now" in marketer.get("/app/lists/status-dead").text


def test_a_person_shows_the_lists_in_use_it_is_on(marketer: Client) -> None:
    text = marketer.get("/app/people/anneliese").text
    assert "/app/lists/status-new" in text
    found = marketer.get("/api/app/people/anneliese/lists").json["items"]
    assert "Lead status: New" in [one["name"] for one in found]
    assert marketer.get("/api/app/people/nobody/lists").status == 404


def test_another_tenants_lists_are_not_found(world: World) -> None:
    stranger = signed_in(world, REFUSED)
    assert names(stranger) == []
    assert stranger.get("/app/lists/status-new").status == 404
    assert stranger.get("/api/app/lists/status-new/members").status == 404


def test_an_empty_page_says_where_lists_come_from(world: World) -> None:
    assert "Lists appear by themselves" in signed_in(world, EMPTY).get("/app/lists").text


def test_fields_are_chosen_on_the_page_and_worked_out_in_the_background(world: World) -> None:
    admin = signed_in(world, FULL)
    assert "Account type" in admin.get("/setup/lists").text
    sent = len(world.queue)
    used = ["account_industry", "lead_status"]
    reply = admin.send("/setup/lists", fields=[*used, "salutation"])
    assert reply.status == 303
    assert world.store.list_settings(FULL).fields == (*used, "salutation")
    assert len(world.queue) == sent + 2
    messages = [due.message for due in world.queue.waiting]
    assert {m.recompute for m in messages if isinstance(m, Relist)} != {""}
    assert "Working out everybody" in admin.get("/setup/lists").text


def test_an_unknown_field_is_refused_and_marketers_choose_none(
    world: World, marketer: Client
) -> None:
    assert marketer.get("/api/setup/lists").status == 403
    admin = signed_in(world, EMPTY)
    assert admin.call("PUT", "/api/setup/lists", {"fields": ["phone"]}).status == 400
    assert admin.call("PUT", "/api/setup/lists", {"fields": ["lead_source"]}).status == 202
    chosen = admin.get("/api/setup/lists").json["fields"]
    assert [one["name"] for one in chosen if one["on"]] == ["lead_source"]


def test_a_field_whose_lists_are_used_is_kept_and_what_uses_them_is_named(world: World) -> None:
    admin = signed_in(world, FULL)
    uses = [one["name"] for one in admin.get("/api/app/lists/status-new/uses").json["items"]]
    before = world.store.list_settings(FULL)
    assert "lead_status" in before.fields
    reply = admin.send("/setup/lists", fields=["salutation"])
    assert reply.status == 409
    body = admin.call("PUT", "/api/setup/lists", {"fields": ["salutation"]})
    assert body.status == 409
    for told in (reply.text, body.json["error"]["text"]):
        assert "A list by Lead status is used by" in told
        assert uses[0] in told
    assert world.store.list_settings(FULL) == before


def test_the_overview_says_that_working_everybody_out_stands_still(world: World) -> None:
    admin, marketer = signed_in(world, FULL), signed_in(world, FULL, Role.MARKETER)
    told = "Working out who is on lists and in segments stands still: it last moved 20 minutes ago."
    used = ["account_industry", "lead_status"]
    assert admin.call("PUT", "/api/setup/lists", {"fields": used}).status == 202
    assert "it last moved" not in marketer.get("/app").text
    world.clock.advance(20 * 60)
    for path in ("/app", "/app/live/marketing"):
        assert told in marketer.get(path).text
    change_scoring(world.app, FULL, lambda rules: rules, "Ada", anew=True)
    world.clock.advance(20 * 60)
    assert "everybody's score stands still" in html.unescape(marketer.get("/app").text)
