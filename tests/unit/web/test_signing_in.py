from urllib.parse import quote

from funnel.domain.ids import TenantId
from funnel.domain.signing_in.tenants import Role, Tenant
from funnel.usecases.signing_in.sign_in import create_link, token_hash
from tests.browser.world import FULL, World
from tests.unit.web.asking import Client, signed_in


def link(world: World, role: Role = Role.ADMIN) -> str:
    return create_link(world.app, FULL, role, "Ada Brandt")


def test_opening_a_link_does_not_use_it_up(world: World) -> None:
    token = link(world)
    page = Client(world).get(f"/sign-in/link?token={quote(token)}")
    assert page.status == 200
    assert f'value="{token}"' in page.text
    assert Client(world).send("/sign-in/link", token=token).status == 303


def test_a_link_signs_an_admin_in_and_leads_to_the_setup(world: World) -> None:
    answer = Client(world).send("/sign-in/link", token=link(world))
    assert answer.status == 303
    assert answer.headers["Location"] == "/app"
    cookie = answer.cookies[0]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    token = cookie.partition("=")[2].partition(";")[0]
    assert Client(world, token).get("/setup/sync").status == 200


def test_a_link_signs_a_marketer_in_and_leads_to_the_overview(world: World) -> None:
    answer = Client(world).send("/sign-in/link", token=link(world, Role.MARKETER))
    assert answer.headers["Location"] == "/app"


def test_over_https_the_cookie_is_secure_and_bound_to_the_host(world: World) -> None:
    token = link(world).encode()
    answer = Client(world).ask(
        "POST",
        "/sign-in/link",
        b"token=" + token,
        content_type="application/x-www-form-urlencoded",
        sec_fetch_site="same-origin",
        x_forwarded_proto="https",
    )
    assert answer.cookies[0].startswith("__Host-funnel_session=")
    assert "Secure" in answer.cookies[0]


def test_over_https_a_cookie_without_the_host_prefix_is_nobody(world: World) -> None:
    answer = signed_in(world, FULL).get("/app", x_forwarded_proto="https")
    assert answer.status == 303


def test_a_used_link_explains_itself_and_signs_nobody_in(world: World) -> None:
    token = link(world)
    Client(world).send("/sign-in/link", token=token)
    answer = Client(world).send("/sign-in/link", token=token)
    assert answer.status == 401
    assert "This link no longer works" in answer.text
    assert answer.cookies == []


def test_an_expired_link_explains_itself(world: World) -> None:
    token = link(world)
    world.clock.advance(3601)
    assert Client(world).send("/sign-in/link", token=token).status == 401


def test_a_session_ends_after_twelve_hours(world: World, admin: Client) -> None:
    assert admin.get("/app").status == 200
    world.clock.advance(12 * 3600 + 1)
    assert admin.get("/app").headers["Location"] == "/sign-in"


def test_signing_out_ends_the_session_everywhere(world: World, admin: Client) -> None:
    answer = admin.send("/sign-in/out")
    assert answer.status == 200
    assert "Max-Age=0" in answer.cookies[0]
    assert admin.get("/app").status == 303


def test_nobody_in_particular_is_led_to_the_sign_in_page(world: World) -> None:
    for path in ("/app", "/app/people", "/setup", "/setup/sync", "/setup/errors.csv"):
        answer = Client(world).get(path)
        assert (answer.status, answer.headers["Location"]) == (303, "/sign-in")


def test_a_live_part_without_a_session_makes_the_page_leave(world: World) -> None:
    answer = Client(world).get("/setup/sync/live", hx_request="true")
    assert (answer.status, answer.headers["Sign-In-Again"]) == (401, "/sign-in")


def test_the_api_refuses_nobody_in_particular(world: World) -> None:
    assert Client(world).get("/api/app/people").status == 401
    assert Client(world).call("POST", "/api/setup/sync").status == 401
    form = Client(world).send("/setup/sync/start")
    assert (form.status, form.headers["Location"]) == (303, "/sign-in?unsaved=yes")


def test_a_machine_signs_in_by_a_bearer_token(world: World) -> None:
    token = world.token(FULL)
    answer = Client(world).get("/api/app/users", authorization=f"Bearer {token}")
    assert answer.status == 200


def test_a_token_of_another_tenant_shows_its_own_tenant_only(world: World) -> None:
    world.app.tenants.create_tenant(Tenant(TenantId("other"), "Other", world.clock.now()))
    other = signed_in(world, TenantId("other"))
    assert other.call("GET", "/api/app/people").json["items"] == []
    assert other.get("/api/app/people/anneliese").status == 404
    assert other.get("/app/accounts/a1").status == 404
    assert other.get("/api/setup/jobs/test-passed").status == 404


def test_tokens_are_kept_as_hashes_only(world: World) -> None:
    token = link(world)
    session = world.token(FULL)
    kept = repr(vars(world.store))
    assert token not in kept
    assert session not in kept
    assert token_hash(session) in kept


def test_a_marketer_is_told_that_setup_is_for_admins(world: World) -> None:
    marketer = signed_in(world, FULL, Role.MARKETER)
    assert marketer.get("/app/people").status == 200
    page = marketer.get("/setup/sync")
    assert page.status == 403
    assert "for admins" in page.text
    answer = marketer.get("/api/setup/connection")
    assert answer.status == 403
    assert answer.json["error"]["code"] == "NotAllowed"


def test_the_page_of_users_says_who_may_be_here_and_as_what(world: World) -> None:
    admin = signed_in(world, FULL)
    assert "admins of Sugar as admin, all others as marketer" in admin.get("/app/users").text
    german = admin.get("/app/users", accept_language="de").text
    assert "alle anderen mit der Rolle Marketing" in german
