"""From a visit of a customer's site to a person's activities, on the deployed stack."""

import json
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

import pytest
import requests
from playwright.sync_api import Browser, Page, expect

from local.site import DemoSite
from tests.stack.desk import PATIENCE
from tests.stack.scene import Json, Scene, eventually, new_scene

if TYPE_CHECKING:
    from local.stack.stack import Stack

ADA, BEN, CLEO = "ada@x.example", "ben@x.example", "cleo@x.example"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
BROWSER = "b7a2c4d8e1f5a9b3c6d0e2f4a8b1c5d9"


@pytest.fixture(scope="module")
def scene(stack: "Stack") -> Iterator[Scene]:
    """A tenant that has no Sugar yet."""
    with new_scene(stack, "tracking") as made:
        yield made


@pytest.fixture
def site(scene: Scene) -> Iterator[DemoSite]:
    """The demo site, with the line of a site of its own in its pages."""
    demo = DemoSite()
    demo.start()
    made = scene.funnel.json("POST", "/api/app/sites", {"name": "Demo", "domains": ["127.0.0.1"]})
    demo.snippet, demo.form_address = made["snippet"], made["form_address"]
    yield demo
    demo.stop()


def somebody(chromium: Browser) -> Page:
    """A person with a browser of their own; a headless one would be taken for a machine."""
    page = chromium.new_context(user_agent=FIREFOX).new_page()
    page.set_default_timeout(PATIENCE)
    return page


def key(site: DemoSite) -> str:
    """The site's key."""
    return site.form_address.rsplit("/", 1)[1]


def activities(scene: Scene, email: str) -> list[Json]:
    """What the person with this address did, newest first; nothing while there is none."""
    found = scene.all("people", email)
    if not found:
        return []
    path = f"/api/app/people/{found[0]['person_id']}/activities"
    items: list[Json] = scene.funnel.json("GET", path)["items"]
    return items


def post(scene: Scene, site: DemoSite, body: bytes, **headers: str) -> requests.Response:
    """Send a body as a page of the site does."""
    sent = {"content-type": "text/plain;charset=UTF-8", "origin": site.url, **headers}
    return requests.post(f"{scene.stack.url}/c/{key(site)}", body, headers=sent, timeout=60)


def hits(site: DemoSite, *paths: str, browser: str = BROWSER, **more: object) -> bytes:
    """Page views of now."""
    now = int(time.time() * 1000)
    rows = [
        {"id": f"hit-{now}-{n}", "kind": "page view", "at": now, "url": site.url + path, **more}
        for n, path in enumerate(paths)
    ]
    return json.dumps({"browser": browser, "sent": now, "hits": rows}).encode()


def click(page: Page, role: Literal["link", "button"], name: str) -> None:
    """Click something, and stay until it has been told."""
    with page.expect_response(lambda answer: answer.request.method == "POST") as told:
        page.get_by_role(role, name=name, exact=True).click()
    assert told.value.status == 202


def visit(page: Page, site: DemoSite) -> None:
    """Come from a search, agree to be followed, and look around."""
    page.goto(site.url, referer="https://www.google.com/")
    click(page, "button", "Yes, you may")
    click(page, "link", "Tour")
    click(page, "button", "Next step")
    click(page, "link", "Contact")


@pytest.mark.feature("D2")
def test_visits_become_a_persons_when_a_form_tells_who_it_is(
    scene: Scene, site: DemoSite, chromium: Browser
) -> None:
    page = somebody(chromium)
    visit(page, site)
    page.get_by_label("Email address").fill(ADA)
    page.get_by_label("First name").fill("Ada")
    page.get_by_label("Last name").fill("Brandt")
    click(page, "button", "Send me the newsletter")
    expect(page.get_by_text("Thank you, we will write soon.")).to_be_visible()
    eventually("five activities of Ada", lambda: len(activities(scene, ADA)) == 5)

    done = activities(scene, ADA)
    assert [(one["kind"], one["about"]["path"]) for one in reversed(done)] == [
        ("page view", "/"),
        ("page view", "/tour"),
        ("page view", "/tour"),
        ("page view", "/contact"),
        ("form", "/contact"),
    ]
    assert len({one["visit"] for one in done}) == 1
    assert (done[-1]["source"]["source"], done[-1]["source"]["engine"]) == ("search", "google")
    assert {(one["signal"], one["site"]) for one in done} == {("human", "Demo")}
    (row,) = scene.all("people", ADA)
    assert (row["name"], row["links"]) == ("Ada Brandt", [])

    page.goto(scene.stack.operator.sign_in_link(scene.tenant_id).sign_in_url)
    page.get_by_role("button", name="Sign in").click()
    page.goto(f"{scene.stack.url}/app/people/{row['person_id']}")
    expect(page.get_by_text("searched with Google")).to_be_visible()
    expect(page.get_by_text("Form “Newsletter” sent")).to_be_visible()
    expect(page.get_by_role("link", name="Tour, step 2")).to_be_visible()


@pytest.mark.feature("D2")
def test_a_second_device_is_known_by_a_signed_link_and_a_forwarded_mail_changes_nobody(
    scene: Scene, site: DemoSite, chromium: Browser
) -> None:
    for email in (CLEO, BEN):
        form = requests.post(site.form_address, {"email": email}, timeout=60)
        assert "Thank you" in form.text
    eventually("the forms", lambda: [len(activities(scene, one)) for one in (CLEO, BEN)] == [1, 1])
    (cleo,) = scene.all("people", CLEO)
    wanted = {"url": f"{site.url}/pricing?a=1"}
    link = scene.funnel.json("POST", f"/api/app/people/{cleo['person_id']}/links", wanted)["url"]

    phone = somebody(chromium)
    phone.goto(link)
    click(phone, "button", "Yes, you may")
    eventually("Cleo's phone", lambda: len(activities(scene, CLEO)) == 2)
    newest = activities(scene, CLEO)[0]
    assert (newest["about"]["url"], newest["source"]) == (wanted["url"], {"source": "email"})
    assert phone.url == wanted["url"]

    bens = somebody(chromium)
    visit(bens, site)
    bens.get_by_label("Email address").fill(BEN)
    click(bens, "button", "Send me the newsletter")
    eventually("Ben's visit", lambda: len(activities(scene, BEN)) == 6)
    bens.goto(link)
    eventually("Ben's look at Cleo's mail", lambda: len(activities(scene, BEN)) == 7)
    assert len(activities(scene, CLEO)) == 2


@pytest.mark.feature("D2")
def test_the_collector_takes_what_is_in_order_and_refuses_the_rest_with_the_reason(
    scene: Scene, site: DemoSite
) -> None:
    taken = post(scene, site, hits(site, "/", "/pricing"))
    assert (taken.status_code, taken.json()) == (202, {"accepted": True})
    assert taken.headers["access-control-allow-origin"] == site.url
    assert "set-cookie" not in taken.headers
    refused = [
        (post(scene, site, b"x" * 16_385), 413),
        (post(scene, site, b"{"), 400),
        (post(scene, site, b'{"browser": 7}'), 400),
        (post(scene, site, hits(site, "/", kind="email open")), 400),
        (post(scene, site, hits(site, "/"), origin="https://evil.example"), 403),
        (requests.post(f"{scene.stack.url}/c/{'0' * 32}", b"{}", timeout=60), 404),
    ]
    assert [
        (answer.status_code, answer.json()["error"]["text"] != "") for answer, _ in refused
    ] == [(status, True) for _, status in refused]
    script = requests.get(f"{scene.stack.url}/c/{key(site)}/script.js", timeout=60)
    assert script.headers["content-type"].startswith("text/javascript")
    assert len(script.content) < 6144

    path = f"/api/app/sites/{key(site)}"
    scene.funnel.json("PATCH", path, {"daily_budget": 3})
    assert post(scene, site, hits(site, "/", "/")).json() == {"accepted": False}
    today = scene.funnel.json("GET", path)["days"][0]
    assert (today["accepted"], today["refused"]) == (2, 2)
    page = scene.funnel.call("GET", f"/app/tracking/{key(site)}").text
    assert "2 hits were not written down" in page


@pytest.mark.feature("D2")
def test_hits_cannot_be_sent_for_another_tenant(
    stack: "Stack", scene: Scene, site: DemoSite
) -> None:
    with new_scene(stack, "another tenant") as other:
        (theirs,) = [
            other.funnel.json("POST", "/api/app/sites", {"name": "X", "domains": ["x.test"]})
        ]
        their_key = urlsplit(theirs["form_address"]).path.rsplit("/", 1)[1]
        forged = json.loads(hits(site, "/")) | {"tenant": other.tenant_id, "site": their_key}
        assert post(scene, site, json.dumps(forged).encode()).status_code == 202
        assert post(scene, site, b"{}", origin="https://x.test").status_code == 403
        form = requests.post(
            site.form_address, {"email": ADA, "tenant": other.tenant_id}, timeout=60
        )
        assert form.ok
        eventually("the form", lambda: bool(activities(scene, ADA)))
        assert other.all("people") == []
        assert other.funnel.call("GET", f"/api/app/sites/{key(site)}").status_code == 404


@pytest.mark.feature("E3")
def test_a_visit_counts_for_the_company_of_its_network_and_what_is_said_of_that_stands(
    scene: Scene, site: DemoSite
) -> None:
    """What a header says of where it comes from is not looked at."""
    forged = {"x-forwarded-for": "198.51.100.3", "forwarded": "for=198.51.100.3"}
    forged["user-agent"] = FIREFOX
    stranger = "c0ffee00" * 4
    sent = hits(site, "/", "/prices", browser=stranger, title="What it costs")
    assert post(scene, site, sent, **forged).status_code == 202

    def found() -> Json | None:
        items = scene.funnel.json("GET", "/api/app/companies")["items"]
        return next((one for one in items if one["organisation"].startswith("Your own")), None)

    def pages() -> set[str]:
        one = found()
        path = f"/api/app/companies/{one['key']}" if one else ""
        return {page["name"] for page in scene.funnel.json("GET", path)["pages"]} if path else set()

    eventually("the company", lambda: "What it costs" in pages())
    company = found()
    assert company
    assert (company["kind"], company["evidence"]) == ("company", "range")
    assert scene.funnel.json("GET", "/api/app/companies/networks")["items"] == []
    (database,) = scene.funnel.json("GET", "/api/app/companies/databases")["files"]
    assert (database["name"], database["trouble"]) == ("sample.mmdb", None)

    path = f"/api/app/companies/{company['key']}"
    said = scene.funnel.json("PUT", path, {"kind": "internet provider", "name": ""})
    assert said["kind"] == "internet provider"
    eventually("no company", lambda: found() is None)
    scene.funnel.json("PUT", path, {"kind": "", "name": ""})
    eventually("the company again", lambda: found() is not None)

    visits = scene.funnel.json("GET", path)["visits"]
    form = hits(site, "/contact", browser=stranger, kind="form", fields={"email": "dora@x.example"})
    assert post(scene, site, form, **forged).status_code == 202
    eventually("Dora", lambda: scene.funnel.json("GET", path)["visits"] == visits - 1)
    eventually("she is known", lambda: scene.funnel.json("GET", path)["known_others"] >= 1)
    eventually("all is hers", lambda: len(activities(scene, "dora@x.example")) == 3)
