"""The tenant's own sign-in page, and its twin in JSON."""

from dataclasses import replace
from urllib.parse import quote

import pytest

from funnel.domain.connecting.connections import Pause, PauseReason
from funnel.domain.ids import JobId
from funnel.domain.signing_in.tenants import Role
from funnel.domain.sync.runs import JobStatus, Note
from funnel.ports.sync_messages import SignIn
from funnel.usecases.connecting.connection import change_connection
from funnel.usecases.signing_in.sign_in import session_of, token_hash
from funnel.web.sign_in_places import own_page
from tests.browser.sugar_user import NAME, set_user, sugar_said
from tests.browser.world import EMPTY, FULL, World
from tests.unit.web.asking import HOST, Answer, Client

PAGE = f"/sign-in/{FULL}"
FORM = "application/x-www-form-urlencoded"


def cookies(answer: Answer) -> dict[str, str]:
    """Name to value of the cookies that were set."""
    pairs = (one.partition(";")[0].partition("=") for one in answer.cookies)
    return {name: value for name, _, value in pairs}


class Browser(Client):
    """A client that keeps cookies as a browser does."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.jar: dict[str, str] = {}

    def ask(self, method: str, target: str, body: bytes = b"", **headers: str) -> Answer:
        if self.jar:
            headers["cookie"] = "; ".join(f"{k}={v}" for k, v in self.jar.items())
        answer = super().ask(method, target, body, **headers)
        self.jar |= cookies(answer)
        self.jar = {name: value for name, value in self.jar.items() if value}
        return answer


@pytest.fixture
def browser(world: World) -> Browser:
    return Browser(world)


def job_id(world: World) -> JobId:
    message = world.queue.pop()
    assert isinstance(message, SignIn)
    return message.job_id


def started(browser: Browser, **fields: str) -> JobId:
    """What was sent has been taken, and Sugar is being asked."""
    answer = browser.send(PAGE, **{"user_name": "anna", "password": "s3cret", **fields})
    assert (answer.status, answer.headers["Location"]) == (303, f"{PAGE}/waiting")
    return job_id(browser.world)


def finish(world: World, job: JobId, role: Role = Role.ADMIN) -> None:
    world.finish_job(job, FULL, status=JobStatus.DONE, result=sugar_said(world, role))


def test_a_person_signs_in_and_comes_to_where_they_wanted(world: World, browser: Browser) -> None:
    page = browser.get(f"{PAGE}?next={quote('/app/people?q=ott')}")
    assert page.status == 200
    assert "Nordwind Logistik" in page.text
    assert 'value="/app/people?q=ott"' in page.text
    job = started(browser, next="/app/people?q=ott")
    assert browser.get(f"{PAGE}/waiting").status == 200
    assert browser.get(f"{PAGE}/waiting/live").headers.get("HX-Redirect") is None
    finish(world, job)
    assert browser.get(f"{PAGE}/waiting/live").headers["HX-Redirect"] == f"{PAGE}/waiting"
    answer = browser.get(f"{PAGE}/waiting")
    assert (answer.status, answer.headers["Location"]) == (303, "/app/people?q=ott")
    assert set(browser.jar) == {"funnel_session", "funnel_tenant"}
    shown = browser.get("/app/people")
    assert shown.status == 200
    assert NAME in shown.text


def test_waiting_goes_on_without_scripts(browser: Browser) -> None:
    started(browser)
    page = browser.get(f"{PAGE}/waiting").text
    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in page


def test_over_https_all_cookies_are_bound_to_the_host_and_the_waiting_one_to_our_pages(
    world: World,
) -> None:
    client = Client(world)
    body = b"user_name=anna&password=s3cret"
    https = {"x_forwarded_proto": "https"}
    begun = client.ask("POST", PAGE, body, content_type=FORM, sec_fetch_site="same-origin", **https)
    (waiting,) = begun.cookies
    assert waiting.startswith("__Host-funnel_sign_in=")
    for part in ("HttpOnly", "Secure", "SameSite=Strict", "Max-Age=300"):
        assert part in waiting
    finish(world, job_id(world))
    sent = waiting.partition(";")[0]
    plain = client.get(f"{PAGE}/waiting", cookie=sent.replace("__Host-", ""), **https)
    assert plain.status == 401
    done = client.get(f"{PAGE}/waiting", cookie=sent, **https)
    assert [one.partition("=")[0] for one in done.cookies] == [
        "__Host-funnel_session",
        "__Host-funnel_tenant",
        "__Host-funnel_sign_in",
    ]
    assert all("HttpOnly" in one and "Secure" in one for one in done.cookies)


def test_another_browser_does_not_get_the_session(world: World, browser: Browser) -> None:
    finish(world, started(browser))
    for other in (Browser(world), Client(world)):
        answer = other.get(f"{PAGE}/waiting")
        assert answer.status == 401
        assert answer.cookies == []
        assert "begun in another browser" in answer.text
    assert browser.get(f"{PAGE}/waiting").status == 303


def test_the_session_has_a_new_token_and_the_one_before_ends(
    world: World, browser: Browser
) -> None:
    before = world.token(FULL, Role.MARKETER)
    browser.jar["funnel_session"] = before
    finish(world, started(browser))
    browser.get(f"{PAGE}/waiting")
    after = browser.jar["funnel_session"]
    assert after != before
    assert session_of(world.app, before) is None
    found = session_of(world.app, after)
    assert found is not None
    assert found.user_name == NAME
    assert after not in repr(vars(world.store))
    assert token_hash(after) in repr(vars(world.store))


def test_what_sugar_said_against_it_is_told_with_what_to_do(world: World, browser: Browser) -> None:
    note = Note("SignInRefused", "Sugar did not accept it <b>.", "Check both.")
    world.finish_job(started(browser), FULL, status=JobStatus.FAILED, note=note)
    for _ in range(2):
        answer = browser.get(f"{PAGE}/waiting")
        assert answer.status == 401
        assert "Sugar did not accept it &lt;b&gt;." in answer.text
        assert "Check both." in answer.text
        assert "s3cret" not in answer.text
    assert "funnel_session" not in browser.jar


@pytest.mark.parametrize(
    ("role", "wanted", "there"),
    [
        (Role.ADMIN, "", "/app"),
        (Role.ADMIN, "/setup/errors", "/setup/errors"),
        (Role.MARKETER, "", "/app"),
        (Role.MARKETER, "/app/accounts/a1", "/app/accounts/a1"),
        (Role.MARKETER, "/setup/errors", "/app"),
        (Role.ADMIN, "https://evil.example/app", "/app"),
        (Role.ADMIN, "//evil.example/app", "/app"),
        (Role.MARKETER, "/\\evil.example", "/app"),
    ],
)
def test_a_person_comes_to_pages_of_ours_only_and_to_those_for_them(
    world: World, browser: Browser, role: Role, wanted: str, there: str
) -> None:
    finish(world, started(browser, next=wanted), role)
    assert browser.get(f"{PAGE}/waiting").headers["Location"] == there


@pytest.mark.parametrize(
    "path",
    [
        *("", "/", "app", "/apple", "/sign-in", "//app", "/app\\x", "/app\n", "/app?x y", "/app/ü"),
        *("https://app/app", "javascript:alert(1)", "/app" + "/x" * 1500, "/api/app/people"),
    ],
)
def test_what_is_no_page_of_ours_is_not_returned_to(path: str) -> None:
    assert own_page(path) == ""


@pytest.mark.parametrize("path", ["/app", "/setup", "/app/people?q=%C3%BC&cursor=x", "/setup?a=b"])
def test_what_is_a_page_of_ours_is_returned_to(path: str) -> None:
    assert own_page(path) == path


def test_the_form_from_another_site_is_refused(world: World) -> None:
    client = Client(world)
    body = b"user_name=anna&password=x"
    for headers in ({"origin": "https://evil.example"}, {"sec_fetch_site": "cross-site"}, {}):
        assert client.ask("POST", PAGE, body, content_type=FORM, **headers).status == 403
    assert not len(world.queue)


@pytest.mark.parametrize(
    ("user", "password", "field", "text"),
    [
        ("", "x", "user_name", "Enter your user name in Sugar."),
        ("anna", "", "password", "Enter your password in Sugar."),
    ],
)
def test_a_form_that_lacks_something_says_so_where_it_is(
    browser: Browser, user: str, password: str, field: str, text: str
) -> None:
    answer = browser.send(PAGE, user_name=user, password=password, next="/app")
    assert answer.status == 400
    assert f'id="{field}-error"' in answer.text
    assert text in answer.text
    assert f'value="{user}"' in answer.text
    assert 'value="/app"' in answer.text


def test_the_user_funnel_signs_in_as_is_told_why_not(world: World, browser: Browser) -> None:
    answer = browser.send(PAGE, user_name="FUNNEL", password="x")
    assert answer.status == 403
    assert "Funnel itself signs in to Sugar as this user" in answer.text
    assert not len(world.queue)


def test_too_many_tries_are_said_so_with_when_to_try_again(browser: Browser) -> None:
    for _ in range(30):
        browser.send(PAGE, user_name="anna", password="x")
    answer = browser.send(PAGE, user_name="anna", password="x")
    assert answer.status == 429
    assert "Try again in a minute." in answer.text


def test_without_a_sugar_to_ask_the_page_says_so_and_names_the_other_way_in(world: World) -> None:
    page = Client(world).get(f"/sign-in/{EMPTY}")
    assert page.status == 200
    assert "No Sugar is connected yet" in page.text
    assert "sign-in link" in page.text
    assert 'type="password"' not in page.text
    pause = Pause(PauseReason.ADMIN, world.clock.now(), "Ada Brandt")
    change_connection(world.app, FULL, lambda found: replace(found, pause=pause))
    page = Client(world).get(PAGE)
    assert "is paused" in page.text
    assert 'type="password"' not in page.text
    assert "Ada Brandt" not in page.text


@pytest.mark.parametrize("path", ["", "/waiting"])
def test_an_address_of_nobody_is_not_found(world: World, path: str) -> None:
    for tenant in ("nobody", "%3Cb%3E", "out"):
        page = Client(world).get(f"/sign-in/{tenant}{path}")
        assert page.status == 404
        assert "There is no such sign-in page." in page.text


def test_a_session_that_ended_leads_to_the_tenants_page_and_back(
    world: World, browser: Browser
) -> None:
    browser.jar["funnel_tenant"] = FULL
    gone = browser.get("/app/people?q=ott")
    assert gone.headers["Location"] == f"{PAGE}?next=%2Fapp%2Fpeople%3Fq%3Dott"
    live = browser.get(
        "/setup/sync/live", hx_request="true", hx_current_url=f"https://{HOST}/setup/sync?x=1"
    )
    assert live.headers["Sign-In-Again"] == f"{PAGE}?next=%2Fsetup%2Fsync%3Fx%3D1"
    assert f'href="{PAGE}"' in browser.get("/sign-in").text
    browser.jar["funnel_tenant"] = "../evil"
    assert browser.get("/app").headers["Location"] == "/sign-in"


def test_who_sends_something_after_the_session_is_told_that_it_was_not_saved(
    browser: Browser,
) -> None:
    said = "What you sent last was not saved."
    unknown = browser.send("/app/segments/new", name="Spring").headers["Location"]
    browser.jar["funnel_tenant"] = FULL
    known = browser.send("/app/segments/new", name="Spring").headers["Location"]
    for place, page in ((unknown, "/sign-in"), (known, PAGE)):
        assert place == f"{page}?unsaved=yes"
        assert said in browser.get(place).text
        assert said not in browser.get(page).text


def test_the_connection_page_tells_where_people_sign_in(admin: Client) -> None:
    assert f"http://{HOST}{PAGE}" in admin.get("/setup/connection").text


def test_a_machine_signs_in_and_is_told_its_token_once(world: World) -> None:
    client = Client(world)
    path = f"/api/sign-in/{FULL}"
    begun = client.call("POST", path, {"user_name": "anna", "password": "s3cret"})
    assert begun.status == 202
    waiting = begun.json
    state = client.call("POST", f"{path}/session", waiting)
    assert state.json == {"status": "waiting", "session": None, "error": None}
    finish(world, job_id(world), Role.MARKETER)
    done = client.call("POST", f"{path}/session", waiting).json
    assert (done["status"], done["session"]["role"]) == ("done", "marketer")
    token = done["session"]["token"]
    assert client.get("/api/app/users", authorization=f"Bearer {token}").status == 200
    again = client.call("POST", f"{path}/session", waiting).json
    assert (again["status"], again["error"]["code"]) == ("refused", "SignInOver")
    assert begun.cookies == []


def test_the_api_takes_json_only_so_that_no_other_sites_form_can_ask(world: World) -> None:
    path = f"/api/sign-in/{FULL}"
    body = b'{"user_name": "anna", "password": "x"}'
    for kind in ("text/plain", FORM, ""):
        answer = Client(world).ask("POST", path, body, content_type=kind)
        assert answer.status == 415
    assert not len(world.queue)


def test_the_api_says_what_is_wrong(world: World) -> None:
    client = Client(world)
    whole = {"user_name": "anna", "password": "x"}
    assert client.call("POST", "/api/sign-in/nobody", whole).status == 404
    assert client.call("POST", f"/api/sign-in/{FULL}", {"user_name": "anna"}).status == 400
    assert client.call("POST", f"/api/sign-in/{EMPTY}", whole).status == 404
    own = client.call("POST", f"/api/sign-in/{FULL}", {"user_name": "funnel", "password": "x"})
    assert own.status == 403


def test_a_user_who_was_deactivated_is_refused_at_the_next_request(
    world: World, browser: Browser
) -> None:
    finish(world, started(browser))
    browser.get(f"{PAGE}/waiting")
    assert browser.get("/app/people").status == 200
    set_user(world, FULL, status="Inactive")
    assert browser.get("/app/people").status == 303
    assert browser.get("/api/app/people").status == 401


def test_an_admin_who_is_none_any_more_is_a_marketer_at_the_next_request(
    world: World, browser: Browser
) -> None:
    finish(world, started(browser))
    browser.get(f"{PAGE}/waiting")
    assert browser.get("/setup/sync").status == 200
    set_user(world, FULL, is_admin=False)
    assert browser.get("/setup/sync").status == 403
    assert browser.get("/app/people").status == 200
