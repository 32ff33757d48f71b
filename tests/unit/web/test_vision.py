"""The door of FunnelVision: who is let in, whose prospects they may see, and what frames it."""

from dataclasses import replace
from typing import Any

import pytest

from funnel.domain.connecting.connections import Pause, PauseReason
from funnel.domain.ids import ConnectionId, Module, RecordKey, SugarId
from funnel.domain.signing_in.tenants import Role
from funnel.domain.sync.records import State, Unit
from funnel.domain.vision.dashlet_tokens import Audience
from funnel.usecases.connecting.connection import change_connection, connection_of
from funnel.usecases.connecting.signing_keys import new_signing_key
from funnel.web.asked import Asked
from funnel.web.marketing.door import ROOMS as MARKETING
from funnel.web.setup.door import ROOMS as SETUP
from funnel.web.vision.access import viewer_of
from funnel.web.vision.door import ROOMS as VISION
from funnel.web.vision.panels import PANELS_OF_HOME, PANELS_OF_RECORD
from tests.browser.site import event_of
from tests.browser.world import FULL, REFUSED, RUNNING, World
from tests.fakes.dashlets import dashlet_token, vision_address
from tests.unit.web.asking import Answer, Client, signed_in
from tests.unit.web.framed import LEAD, NOT_GOOD, SUGAR, ask, open_funnel, user


@pytest.mark.parametrize("user_id", ["jonas", "sarah"])
def test_an_active_user_that_sugar_vouches_for_is_let_in(world: World, user_id: str) -> None:
    answer = ask(world, "/panels", dashlet_token(world.app, FULL, user_id))
    assert answer.status == 200
    assert {"jonas": "Jonas Weiß", "sarah": "Sarah Okafor"}[user_id] in answer.text


def test_a_user_who_did_not_come_with_a_sync_yet_is_told_when_it_will(world: World) -> None:
    answer = ask(world, "/panels", dashlet_token(world.app, FULL, "newcomer"))
    assert answer.status == 403
    assert "Your Sugar user is not known here yet." in answer.text
    assert "within the hour" in answer.text


@pytest.mark.parametrize("changes", [{"fields": {"status": "Inactive"}}, {"state": State.DELETED}])
def test_a_user_who_was_deactivated_or_deleted_sees_nothing_from_then_on(
    world: World, changes: dict[str, Any]
) -> None:
    token = dashlet_token(world.app, FULL, "jonas")
    assert ask(world, "/panels", token).status == 200
    user(world, "jonas", **changes)
    answer = ask(world, "/panels", token)
    assert (answer.status, "inactive or deleted" in answer.text) == (403, True)
    assert "Jonas" not in answer.text


@pytest.mark.parametrize("name", ["portal_only", "is_group"])
def test_a_user_of_a_portal_or_a_group_sees_nothing_and_is_not_signed_in(
    world: World, name: str
) -> None:
    sign_in = dashlet_token(world.app, FULL, "max", Audience.SIGN_IN)
    assert open_funnel(world, sign_in, origin=SUGAR).status == 303
    user(world, "max", fields={name: True})
    looks = {
        "/panels": dashlet_token(world.app, FULL, "max"),
        f"/prospect/{LEAD}": dashlet_token(world.app, FULL, "max", record=LEAD),
    }
    for path, token in looks.items():
        answer = ask(world, path, token)
        assert (answer.status, "a portal or a group" in answer.text) == (403, True)
    sign_in = dashlet_token(world.app, FULL, "max", Audience.SIGN_IN)
    answer = open_funnel(world, sign_in, origin=SUGAR)
    assert (answer.status, answer.cookies) == (403, [])


def test_a_token_of_one_tenant_opens_no_other_though_it_has_a_user_of_that_id(
    world: World,
) -> None:
    token = dashlet_token(world.app, FULL, "jonas")
    for tenant in (RUNNING, REFUSED):
        answer = ask(world, "/panels", token, tenant)
        assert (answer.status, NOT_GOOD in answer.text) == (401, True)


def test_whatever_is_wrong_with_a_token_looks_the_same_from_outside(world: World) -> None:
    good = dashlet_token(world.app, FULL, "jonas")
    head, body, signature = good.split(".")
    none = "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0"
    sign_in = dashlet_token(world.app, FULL, "jonas", Audience.SIGN_IN)
    record = dashlet_token(world.app, FULL, "jonas", record=LEAD)
    expired = dashlet_token(world.app, FULL, "jonas", life=60)
    world.clock.advance(91)
    wrong = ["x", f"{none}.{body}.", f"{head}.{body}.{signature[::-1]}", sign_in, record, expired]
    answers = [ask(world, "/panels", token) for token in wrong]
    answers.append(Client(world).get(f"{vision_address(world.app, FULL)}/panels"))
    answers.append(Client(world).get("/vision/nobody/nothing/panels", authorization="Bearer x"))
    answers.append(
        Client(world).get(f"/vision/{FULL}/nothing/panels", authorization=f"Bearer {good}")
    )
    assert {one.status for one in answers} == {401}
    assert len({one.text for one in answers}) == 1
    assert ask(world, "/panels", good).status == 200


def test_a_token_for_panels_opens_no_record_and_the_other_way_round(world: World) -> None:
    panels = dashlet_token(world.app, FULL, "jonas")
    record = dashlet_token(world.app, FULL, "jonas", record=LEAD)
    assert ask(world, "/record/panels", record).status == 200
    assert ask(world, "/record/panels", panels).status == 401
    assert ask(world, "/panels", record).status == 401


def test_a_rotated_key_is_good_for_a_day_and_one_that_ended_opens_nothing(world: World) -> None:
    token = dashlet_token(world.app, FULL, "jonas")
    new_signing_key(world.app, FULL, "https://funnel.example")
    assert ask(world, "/panels", token).status == 200
    change_connection(
        world.app,
        FULL,
        lambda c: replace(
            c, signing_keys=tuple(replace(k, ends_at=world.clock.now()) for k in c.signing_keys)
        ),
    )
    assert ask(world, "/panels", token).status == 401


def test_a_paused_connection_can_be_read(world: World) -> None:
    token = dashlet_token(world.app, FULL, "jonas")
    pause = Pause(PauseReason.ADMIN, world.clock.now())
    change_connection(world.app, FULL, lambda c: replace(c, pause=pause))
    assert ask(world, "/panels", token).status == 200


def test_a_token_of_a_sugar_that_was_connected_before_opens_nothing(world: World) -> None:
    token = dashlet_token(world.app, FULL, "jonas")
    address = vision_address(world.app, FULL)
    change_connection(world.app, FULL, lambda c: replace(c, connection_id=ConnectionId("ab" * 16)))
    answer = Client(world).get(f"{address}/panels", authorization=f"Bearer {token}")
    assert answer.status == 401
    assert Client(world).get(address).status == 404


def test_a_session_or_its_cookie_opens_no_panel_and_a_token_no_page_of_the_app(
    world: World,
) -> None:
    token = dashlet_token(world.app, FULL, "jonas")
    address = vision_address(world.app, FULL)
    session = signed_in(world, FULL, Role.ADMIN)
    assert session.get(f"{address}/panels").status == 401
    assert Client(world).get(f"{address}/panels", cookie=f"funnel_session={token}").status == 401
    for path in ("/app/people", "/api/app/users", "/setup/connection"):
        answer = Client(world).get(path, authorization=f"Bearer {token}", accept="application/json")
        assert answer.status in {303, 401}


# ---------------------------------------------------------------------- whose prospects, and what


def owners(world: World, user_id: str, query: str = "", record: RecordKey | None = None) -> Any:
    """The JSON twin of what is asked for."""
    token = dashlet_token(world.app, FULL, user_id, record=record)
    address = vision_address(world.app, FULL)
    return Client(world).get(f"/api{address}/about{query}", authorization=f"Bearer {token}")


def names(answer: Answer) -> list[str]:
    """Who reports to the one who asked."""
    return [one["name"] for one in answer.json["reports"]]


def test_a_manager_sees_who_reports_to_it_and_a_rep_nobody_else(world: World) -> None:
    assert names(owners(world, "sarah")) == [
        "Jonas Weiß",
        "Max Delacroix-Montgomery",
        "Will Westin",
    ]
    assert names(owners(world, "jonas")) == []
    for whose, status in (("", 200), ("team", 200), ("jonas", 200), ("sarah", 200), ("x", 403)):
        assert owners(world, "sarah", f"?whose={whose}").status == status
    for whose, status in (("team", 200), ("jonas", 200), ("sarah", 403), ("max", 403)):
        assert owners(world, "jonas", f"?whose={whose}").status == status


def test_who_reports_to_somebody_else_by_now_is_seen_no_more(world: World) -> None:
    user(world, "jonas", parent_id=SugarId("max"))
    assert "Jonas Weiß" not in names(owners(world, "sarah"))
    assert names(owners(world, "max")) == ["Jonas Weiß"]


def test_an_admin_of_sugar_sees_what_everybody_sees(world: World) -> None:
    user(world, "max", fields={"is_admin": True})
    assert owners(world, "max", "?whose=sarah").status == 403


def test_who_reports_to_themselves_sees_themselves_once(world: World) -> None:
    user(world, "jonas", parent_id=SugarId("jonas"))
    assert names(owners(world, "jonas")) == []


def test_a_manager_of_many_sees_twenty_five_and_is_told_that_there_are_more(world: World) -> None:
    key = RecordKey(Module.USERS, SugarId("jonas"))
    one = world.store.records(FULL, [key])[key]
    for number in range(30):
        made = RecordKey(Module.USERS, SugarId(f"rep-{number:02}"))
        record = replace(one, key=made, name=f"Rep {number:02}", version=0)
        assert world.store.commit(FULL, [Unit(records=[record])])
    assert len(owners(world, "sarah").json["reports"]) == 25
    page = ask(world, "/panels", dashlet_token(world.app, FULL, "sarah"))
    assert "Your first 25 reports" in page.text
    assert owners(world, "sarah", "?whose=rep-29").status == 403


def test_a_record_is_opened_whoever_owns_it_and_nothing_beside_it(world: World) -> None:
    answer = owners(world, "jonas", record=LEAD)
    assert answer.json == {"name": "Jonas Weiß", "reports": [], "record": "Leads/p3"}
    token = dashlet_token(world.app, FULL, "sarah", record=LEAD)
    event = event_of("GET", "/", {"authorization": f"Bearer {token}"})
    connection_id = connection_of(world.app, FULL).connection_id
    viewer = viewer_of(Asked.of(world.app, event), FULL, connection_id)
    assert viewer.owners == ()
    assert viewer.may_see(LEAD, SugarId("max"))
    assert not viewer.may_see(RecordKey(Module.LEADS, SugarId("p4")), SugarId("sarah"))


# --------------------------------------------------------------------------- what is answered


def test_the_page_is_for_frames_of_the_tenants_sugars_and_holds_nothing_personal(
    world: World,
) -> None:
    origins = ("https://crm.nordwind.com", "http://10.0.0.5:8080")
    change_connection(world.app, FULL, lambda c: replace(c, frame_origins=origins))
    for path in ("", "/record"):
        answer = Client(world).get(vision_address(world.app, FULL) + path)
        policy = answer.headers["Content-Security-Policy"]
        assert policy.endswith(
            "frame-ancestors https://crm.nordwind.example https://crm.nordwind.com http://10.0.0.5:8080"
        )
        assert policy.startswith("default-src 'self'; ")
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert "X-Frame-Options" not in answer.headers
        assert answer.cookies == []
        assert "Nordwind Logistik" not in answer.text


def test_everything_else_is_for_no_frame(world: World) -> None:
    token = dashlet_token(world.app, FULL, "jonas")
    answers = [
        ask(world, "/panels", token),
        ask(world, "/panels", "x"),
        Client(world).get("/sign-in"),
    ]
    answers.append(signed_in(world, FULL).get("/app"))
    for one in answers:
        assert "frame-ancestors 'none'" in one.headers["Content-Security-Policy"]


def test_a_wrong_address_is_said_in_any_frame_and_tells_nobody_who_is_known(world: World) -> None:
    answers = [Client(world).get(f"/vision/{tenant}/nothing") for tenant in (FULL, "nobody")]
    assert {one.status for one in answers} == {404}
    assert len({one.text for one in answers}) == 1
    assert "frame-ancestors http: https:" in answers[0].headers["Content-Security-Policy"]


def test_what_was_shown_already_is_not_sent_again(world: World) -> None:
    token = dashlet_token(world.app, FULL, "sarah")
    first = ask(world, "/panels", token)
    again = ask(world, "/panels", token, if_none_match=first.headers["ETag"])
    assert (again.status, again.text) == (304, "")
    other = ask(world, "/panels?whose=team", token, if_none_match=first.headers["ETag"])
    assert other.status == 200
    user(world, "max", name="Max Delacroix")
    later = ask(world, "/panels", token, if_none_match=first.headers["ETag"])
    assert (later.status, "Max Delacroix</option>" in later.text) == (200, True)


def test_a_panel_that_fails_takes_no_other_with_it(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> Any:
        raise RuntimeError("a fault of ours")

    panels = (replace(PANELS_OF_HOME[0], show=broken), *PANELS_OF_RECORD[:1])
    monkeypatch.setattr("funnel.web.vision.panels.PANELS_OF_HOME", panels)
    answer = ask(world, "/panels", dashlet_token(world.app, FULL, "jonas"))
    assert answer.status == 200
    assert "that is our mistake" in answer.text
    assert "a fault of ours" not in answer.text


@pytest.mark.parametrize("query", ["days=2", "days=x", "days=-1", "days=07"])
def test_other_times_than_are_offered_are_refused(world: World, query: str) -> None:
    answer = ask(world, f"/panels?{query}", dashlet_token(world.app, FULL, "jonas"))
    assert (answer.status, "Choose today" in answer.text) == (400, True)


def test_every_part_has_its_twin_and_no_route_of_frames_is_open_to_sessions() -> None:
    routes = [route for room in VISION for route in room.routes]
    pages = {(r.method, r.rule) for r in routes if not r.is_api}
    twins = {(r.method, r.rule.removeprefix("/api")) for r in routes if r.is_api}
    bare = {"/vision/<tenant>/<connection>", "/vision/<tenant>/<connection>/record"}
    all_of = {f"{one}/panels" for one in bare}
    letter = {"/vision/<tenant>/<connection>/letter"}
    assert {rule for _, rule in pages - twins} == bare | all_of | letter
    assert twins <= pages
    others = [route for room in (*SETUP, *MARKETING) for route in room.routes]
    assert not [route.rule for route in others if "/vision" in route.rule]
    assert all(route.needs is None for route in routes)


# ---------------------------------------------------------------------------------- Open Funnel
