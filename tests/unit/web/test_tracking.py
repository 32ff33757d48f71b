"""Sites by page and by API."""

from dataclasses import replace

import pytest

from funnel.domain.signing_in.tenants import Role
from funnel.domain.tracking.hits import SiteKey
from funnel.domain.tracking.sites import for_forms
from funnel.ports.marketing_messages import RecordHits
from tests.browser.tracking import BLOG, SHOP
from tests.browser.world import EMPTY, FULL, World
from tests.unit.web.asking import Client, signed_in


@pytest.fixture
def marketer(world: World) -> Client:
    return signed_in(world, FULL, Role.MARKETER)


def test_a_marketer_adds_a_site_and_gets_the_line_for_its_pages(world: World) -> None:
    client = signed_in(world, EMPTY, Role.MARKETER)
    assert "No sites yet" in client.get("/app/tracking").text
    sent = client.send("/app/tracking", name="Shop", domains="https://WWW.Example.com/x, shop.test")
    assert sent.status == 303
    page = client.get(sent.headers["Location"]).text
    key = sent.headers["Location"].removeprefix("/app/tracking/").partition("?")[0]
    assert f"/c/{key}/script.js" in page
    assert "The site is added" in page
    (site,) = client.get("/api/app/sites").json["items"]
    assert site["domains"] == ["www.example.com", "shop.test"]
    assert (site["consent"], site["honour_do_not_track"], site["active"]) == ("ask", True, True)


@pytest.mark.parametrize(
    ("name", "domains", "wrong"),
    [
        (" ", "a.test", "name"),
        ("x" * 101, "a.test", "name"),
        ("Shop", "", "domains"),
        ("Shop", "not_a_domain", "domains"),
        ("Shop", "a..b", "domains"),
        ("Shop", "http://", "domains"),
        ("Shop", " ".join(f"d{n}.test" for n in range(21)), "domains"),
    ],
)
def test_a_site_that_cannot_be_is_refused_with_the_field(
    marketer: Client, name: str, domains: str, wrong: str
) -> None:
    body = {"name": name, "domains": domains.split()}
    answer = marketer.call("POST", "/api/app/sites", body)
    assert (answer.status, answer.json["error"]["field"]) == (400, wrong)
    page = marketer.send("/app/tracking", name=name, domains=domains)
    assert page.status == 400
    assert f'id="{wrong}-hint" role="alert"' in page.text


def test_settings_are_changed_by_page_and_by_api(marketer: Client) -> None:
    target = f"/app/tracking/{SHOP}"
    sent = marketer.send(
        target, name="Shop", domains="a.test b.test", daily_budget="1,000", consent="at once"
    )
    assert sent.status == 303
    site = marketer.get(f"/api{target}".replace("tracking", "sites")).json
    assert (site["name"], site["domains"], site["daily_budget"]) == (
        "Shop",
        ["a.test", "b.test"],
        1000,
    )
    assert (site["consent"], site["honour_do_not_track"]) == ("at once", False)
    bad = marketer.send(target, name="Shop", domains="a.test", daily_budget="many")
    assert bad.status == 400
    assert 'value="many"' in bad.text
    assert marketer.call("PATCH", f"/api/app/sites/{SHOP}", {"daily_budget": 0}).status == 400
    assert (
        marketer.call("PATCH", f"/api/app/sites/{SHOP}", {"name": "Store"}).json["name"] == "Store"
    )


def test_all_that_is_wrong_with_a_site_is_said_at_once(marketer: Client, world: World) -> None:
    target, before = f"/app/tracking/{SHOP}", world.store.site(SiteKey(SHOP))
    page = marketer.send(target, name="", domains="a..b", daily_budget="many")
    assert page.status == 400
    for field in ("name", "domains", "daily_budget"):
        assert f'id="{field}-hint" role="alert"' in page.text
    assert page.text.count("autofocus") == 1
    assert world.store.site(SiteKey(SHOP)) == before
    new = marketer.send("/app/tracking", name=" ", domains="a..b")
    assert new.text.count('-hint" role="alert"') == 2
    sent = {"name": "", "domains": ["a..b"], "daily_budget": 0}
    error = marketer.call("PATCH", f"/api/app/sites/{SHOP}", sent).json["error"]
    assert [one["field"] for one in (error, *error["others"])] == [
        "name",
        "domains",
        "daily_budget",
    ]


def test_a_site_is_switched_off_and_on(marketer: Client) -> None:
    marketer.send(f"/app/tracking/{SHOP}/active", active="no")
    assert "Tracking is off" in marketer.get(f"/app/tracking/{SHOP}").text
    marketer.send(f"/app/tracking/{SHOP}/active", active="yes")
    assert "Tracking is off" not in marketer.get(f"/app/tracking/{SHOP}").text


def test_hits_beyond_the_budget_are_told(marketer: Client) -> None:
    page = marketer.get(f"/app/tracking/{BLOG}").text
    assert "The budget of today is used up" in page
    assert "55 hits were not written down" in page
    assert "Öl &amp; Gas &lt;Blog&gt;" in page


def test_forms_beyond_their_budget_are_told_by_themselves(marketer: Client, world: World) -> None:
    site = world.store.site(SHOP)
    assert site is not None
    today = world.app.clock.now().date()
    assert not world.store.count_hits(for_forms(replace(site, daily_budget=0)), today, 2)
    page = marketer.get(f"/app/tracking/{SHOP}").text
    assert "2 forms were not taken, and whoever filled them in was told so." in page
    assert "not written down. Raise" not in page
    assert marketer.call("GET", f"/api/app/sites/{SHOP}").json["forms_refused"] == 2


def test_another_tenants_site_is_not_there(world: World) -> None:
    client = signed_in(world, EMPTY, Role.ADMIN)
    assert client.get(f"/app/tracking/{SHOP}").status == 404
    assert client.call("PATCH", f"/api/app/sites/{SHOP}", {"name": "Mine"}).status == 404
    assert client.get("/api/app/sites").json["items"] == []


def test_a_link_is_signed_for_a_person_by_the_api(world: World) -> None:
    client = signed_in(world, FULL, Role.MARKETER)
    client.call("POST", "/api/app/sites", {"name": "New", "domains": ["new.example"]})
    wanted = {"url": "https://new.example/?a=1"}
    answer = client.call("POST", "/api/app/people/anneliese/links", wanted)
    assert answer.status == 200
    assert answer.json["url"].startswith("https://new.example/?a=1&fnl=anneliese.")
    assert client.call("POST", "/api/app/people/nobody/links", wanted).status == 404


def test_a_person_shows_what_it_did_with_where_it_came_from_and_who_did_it(
    marketer: Client,
) -> None:
    text = marketer.get("/app/people/anneliese").text
    for told in (
        "searched “heavy freight” with Google",
        "from the campaign “Spring 2026”",
        "from an email",
        "Form “Newsletter” sent",
        "Contact &lt;us&gt;",
        "Visit of Nordwind Logistik",
        "Crawler",
    ):
        assert told in text, told
    whole = marketer.get("/app/people/anneliese/activities").text
    assert "Contact &lt;us&gt;" in whole
    items = marketer.get("/api/app/people/anneliese/activities").json["items"]
    assert len(items) == 8
    assert items[0]["source"] == {"source": "email"}
    assert marketer.get("/api/app/people/nobody/activities").status == 404
    others = [one["person_id"] for one in marketer.get("/api/app/people").json["items"]]
    nobody = next(one for one in others if one != "anneliese")
    assert "Nothing has been seen yet" in marketer.get(f"/app/people/{nobody}").text


def test_an_admin_takes_in_or_drops_forms_that_were_kept_aside(
    world: World, marketer: Client
) -> None:
    admin = signed_in(world, FULL, Role.ADMIN)
    assert "1 form is kept aside" in admin.get(f"/app/tracking/{BLOG}").text
    assert "Take them in" not in marketer.get(f"/app/tracking/{BLOG}").text
    assert marketer.send(f"/app/tracking/{BLOG}/aside", decision="take").status == 403
    assert admin.send(f"/app/tracking/{BLOG}/aside", decision="?").status == 400
    assert admin.send(f"/app/tracking/{BLOG}/aside", decision="take").status == 303
    (message,) = [one.message for one in world.queue.waiting if isinstance(one.message, RecordHits)]
    assert message.released
    assert admin.get(f"/api/app/sites/{BLOG}").json["aside"] == 0
    answer = admin.call("POST", f"/api/app/sites/{BLOG}/aside", {"decision": "drop"})
    assert (answer.status, answer.json["aside"]) == (200, 0)
