"""The door of FunnelVision: who is let in, whose prospects they may see, and what frames it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from funnel.domain.connections import Pause, PauseReason
from funnel.domain.dashlet_tokens import Audience
from funnel.domain.ids import ConnectionId, Module, RecordKey, SugarId
from funnel.domain.records import State, Unit
from funnel.domain.tenants import Role
from funnel.usecases.connection import change_connection, connection_of
from funnel.usecases.signing_keys import new_signing_key
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

LEAD = RecordKey(Module.LEADS, SugarId("p3"))
NOT_GOOD = "Sugar&#39;s word for who you are was not good, or is too old."


def ask(world: World, path: str, token: str, tenant: Any = FULL, **headers: str) -> Answer:
    """A part of a tenant's FunnelVision, by a token."""
    address = vision_address(world.app, tenant)
    return Client(world).get(f"{address}{path}", authorization=f"Bearer {token}", **headers)


def user(world: World, user_id: str, **changes: Any) -> None:
    """Change a User as a sync would."""
    key = RecordKey(Module.USERS, SugarId(user_id))
    record = world.store.records(FULL, [key])[key]
    fields = {**record.fields, **changes.pop("fields", {})}
    assert world.store.commit(FULL, [Unit(records=[replace(record, fields=fields, **changes)])])


# ------------------------------------------------------------------------------ who is let in


@pytest.mark.parametrize("user_id", ["jonas", "sarah"])
def test_an_active_user_that_sugar_vouches_for_is_let_in(world: World, user_id: str) -> None:
    answer = ask(world, "/panels", dashlet_token(world.app, FULL, user_id))
    assert answer.status == 200
    assert {"jonas": "Jonas Weiß", "sarah": "Sarah Okafor"}[user_id] in answer.text


@pytest.mark.parametrize("flag", ["portal_only", "is_group"])
def test_a_user_whom_customers_or_a_group_share_is_let_in_nowhere(world: World, flag: str) -> None:
    user(world, "jonas", fields={flag: True})
    answer = ask(world, "/panels", dashlet_token(world.app, FULL, "jonas"))
    assert answer.status == 403
    assert "of a portal or a group" in answer.text
    token = dashlet_token(world.app, FULL, "jonas", Audience.SIGN_IN)
    opened = open_funnel(world, token)
    assert (opened.status, opened.cookies) == (403, [])


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

SUGAR = "https://crm.nordwind.example"


def open_funnel(world: World, token: str, **headers: str) -> Answer:
    """What Sugar's page sends."""
    return Client(world).ask(
        "POST",
        f"{vision_address(world.app, FULL)}/open",
        f"token={token}&next=/app/people".encode(),
        content_type="application/x-www-form-urlencoded",
        sec_fetch_site="cross-site",
        **headers,
    )


def test_open_funnel_signs_in_as_sugar_would_once(world: World) -> None:
    token = dashlet_token(world.app, FULL, "jonas", Audience.SIGN_IN)
    answer = open_funnel(world, token, origin=SUGAR)
    assert (answer.status, answer.headers["Location"]) == (303, "/app/people")
    session = next(one for one in answer.cookies if one.startswith("funnel_session="))
    value = session.partition("=")[2].partition(";")[0]
    page = Client(world, value).get("/app")
    assert "Jonas Weiß" in page.text
    again = open_funnel(world, token, origin=SUGAR)
    assert (again.status, again.cookies) == (401, [])
    assert "used already" in again.text


def test_the_role_is_that_of_the_user_in_sugar_and_ends_with_it(world: World) -> None:
    user(world, "max", fields={"is_admin": True})
    token = dashlet_token(world.app, FULL, "max", Audience.SIGN_IN)
    address = vision_address(world.app, FULL)
    answer = Client(world).call("POST", f"/api{address}/open", {"token": token})
    assert (answer.status, answer.json["role"]) == (200, "admin")
    client = Client(world, answer.json["token"])
    assert client.get("/setup/connection").status == 200
    user(world, "max", fields={"status": "Inactive"})
    assert client.get("/app").status == 303


def test_a_token_for_panels_signs_nobody_in_and_one_to_sign_in_shows_no_panel(
    world: World,
) -> None:
    for one in (
        dashlet_token(world.app, FULL, "jonas"),
        dashlet_token(world.app, FULL, "jonas", record=LEAD),
        "",
    ):
        answer = open_funnel(world, one, origin=SUGAR)
        assert (answer.status, answer.cookies) == (401, [])
    sign_in = dashlet_token(world.app, FULL, "jonas", Audience.SIGN_IN)
    assert ask(world, "/panels", sign_in).status == 401
    assert open_funnel(world, sign_in, origin=SUGAR).status == 303


def test_another_sites_page_cannot_sign_anybody_in(world: World) -> None:
    token = dashlet_token(world.app, FULL, "jonas", Audience.SIGN_IN)
    answer = open_funnel(world, token, origin="https://evil.example")
    assert (answer.status, answer.cookies) == (403, [])
    assert open_funnel(world, token, origin=SUGAR).status == 303


@pytest.mark.parametrize("headers", [{}, {"origin": "null"}])
def test_where_the_browser_does_not_say_who_sent_it_the_person_is_asked(
    world: World, headers: dict[str, str]
) -> None:
    token = dashlet_token(world.app, FULL, "jonas", Audience.SIGN_IN)
    asked = open_funnel(world, token, **headers)
    assert (asked.status, asked.cookies) == (200, [])
    assert "Sugar says that you are Jonas Weiß." in asked.text
    assert open_funnel(world, token, origin="http://funnel.example").status == 303


def test_who_is_not_known_here_is_not_signed_in(world: World) -> None:
    token = dashlet_token(world.app, FULL, "newcomer", Audience.SIGN_IN)
    answer = open_funnel(world, token, origin=SUGAR)
    assert (answer.status, answer.cookies) == (403, [])
    assert "not known here yet" in answer.text


def test_a_used_token_is_remembered_for_longer_than_it_could_be_good(world: World) -> None:
    token = dashlet_token(world.app, FULL, "jonas", Audience.SIGN_IN)
    assert open_funnel(world, token, origin=SUGAR).status == 303
    for _ in range(22):
        world.clock.advance(timedelta(seconds=30).total_seconds())
        assert open_funnel(world, token, origin=SUGAR).status == 401


# ------------------------------------------------------------------ where Sugar's own pages are


def test_an_admin_enters_where_else_sugar_is_opened(world: World) -> None:
    admin = signed_in(world, FULL)
    page = "/setup/connection"
    sent = admin.send(
        f"{page}/frame_origins", frame_origins="HTTPS://Crm.Nordwind.com:443/index.php"
    )
    assert sent.headers["Location"].startswith(f"{page}?saved=frame_origins")
    assert "https://crm.nordwind.com" in admin.get(page).text
    told = admin.call("PATCH", f"/api{page}", {"frame_origins": ["http://10.0.0.5:8080", SUGAR]})
    assert told.json["frame_origins"] == ["http://10.0.0.5:8080"]
    answer = Client(world).get(vision_address(world.app, FULL))
    assert answer.headers["Content-Security-Policy"].endswith(f"{SUGAR} http://10.0.0.5:8080")


@pytest.mark.parametrize(
    "entered",
    [
        "*",
        "https://*.nordwind.example",
        "crm.nordwind.example",
        "javascript:alert(1)",
        "https://a.example;script-src",
        "https://a.example'",
        "https://user@a.example",
        "https://a.example:99999",
        "https://",
        "https://" + "a" * 400,
    ],
)
def test_what_is_no_address_of_a_page_is_refused(world: World, entered: str) -> None:
    admin = signed_in(world, FULL)
    answer = admin.send("/setup/connection/frame_origins", frame_origins=entered)
    assert answer.status == 400
    assert "is not the address of a web page" in answer.text
    told = admin.call("PATCH", "/api/setup/connection", {"frame_origins": [entered]})
    assert (told.status, told.json["error"]["field"]) == (400, "frame_origins")
    assert connection_of(world.app, FULL).frame_origins == ()


def test_four_more_addresses_are_the_most(world: World) -> None:
    admin = signed_in(world, FULL)
    more = [f"https://crm{number}.example" for number in range(5)]
    told = admin.call("PATCH", "/api/setup/connection", {"frame_origins": more})
    assert (told.status, told.json["error"]["field"]) == (400, "frame_origins")
    told = admin.call("PATCH", "/api/setup/connection", {"frame_origins": more[:4]})
    assert told.status == 200
