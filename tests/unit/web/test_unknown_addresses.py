"""An address of which there is none: said in our own words, to people and to machines."""

import pytest

from funnel.domain.signing_in.tenants import Role
from tests.browser.world import FULL, World
from tests.unit.web.asking import Client, signed_in

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
PATHS = ["/nope", "/nope/more", "/.env", "/wp-login.php", "/sign-in-here", "/apparent"]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("method", ["GET", "POST", "PUT"])
def test_a_browser_sees_our_page_signed_in_or_not(world: World, path: str, method: str) -> None:
    for client in (Client(world), signed_in(world, FULL, Role.MARKETER)):
        answer = client.ask(method, path, accept=BROWSER)
        assert answer.status == 404
        assert answer.headers["Content-Type"].startswith("text/html")
        assert "There is no such page." in answer.text
        assert "begin at the start page" in answer.text
        # Nobody is asked who this is, so that it leads where whoever is signed in goes on.
        assert '<a class="button" href="/app">Go to the start page</a>' in answer.text
        assert "How to sign in" not in answer.text
        assert path not in answer.text
        assert "Ada" not in answer.text
        assert "Content-Security-Policy" in answer.headers


def test_who_takes_no_page_gets_json(world: World) -> None:
    for path, accept in (("/nope", "application/json"), ("/api/nope", BROWSER)):
        answer = Client(world).ask("GET", path, accept=accept)
        assert answer.status == 404
        assert answer.json == {
            "error": {
                "code": "NotFound",
                "text": "There is no such page.",
                "mend": "Check the address, or begin at the start page.",
                "field": "",
            }
        }


def test_who_says_nothing_gets_a_page(world: World) -> None:
    assert "<h1" in Client(world).get("/nope").text
    assert "<h1" in Client(world).ask("GET", "/nope", accept="*/*").text


@pytest.mark.parametrize("path", ["//setup/sync", "/setup%2Fsync", "/./setup/sync", "/SETUP/sync"])
def test_an_odd_spelling_of_a_guarded_page_shows_nothing_of_it(world: World, path: str) -> None:
    answer = Client(world).get(path)
    assert answer.status in {303, 404}
    assert "Sync" not in answer.text


def test_the_address_entered_in_sugar_says_what_it_is_for_whoever_it_belongs_to(
    world: World,
) -> None:
    told = {Client(world).get(f"/sugar/{tenant}/x", accept=BROWSER).text for tenant in (FULL, "-")}
    assert len(told) == 1
    assert "This address is entered in Sugar" in told.pop()


@pytest.mark.parametrize("name", ["x" * 801, "%C3%A4" * 401])
@pytest.mark.parametrize("place", ["/api/app/lists", "/app/lists"])
def test_a_name_longer_than_any_key_is_not_looked_for(world: World, place: str, name: str) -> None:
    client = signed_in(world, FULL, Role.MARKETER)
    answer = client.ask("GET", f"{place}/{name}", accept=BROWSER)
    assert answer.status == 404
    assert "There is no such page." in answer.text
    assert "There is no such page." not in client.ask("GET", f"{place}/x", accept=BROWSER).text
