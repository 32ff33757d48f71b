"""Setting apart and joining again by page and by API."""

from funnel.domain.signing_in.tenants import Role
from tests.browser.world import FULL, RUNNING, World
from tests.unit.web.asking import Client, signed_in

LINK = "Leads/shared-l"


def now(client: Client, answer: str) -> str:
    return answer.removeprefix("/app/people/").partition("?")[0]


def test_a_marketer_sets_a_record_apart_by_page_and_joins_it_again(world: World) -> None:
    client = signed_in(world, FULL, Role.MARKETER)
    asked = client.get(f"/app/people/anneliese/apart?link={LINK}")
    assert asked.status == 200
    assert "Nothing changes in Sugar." in asked.text
    sent = client.send("/app/people/anneliese/apart", link=LINK)
    assert sent.status == 303
    alone = now(client, sent.headers["Location"])
    assert alone != "anneliese"
    shown = client.get(f"/app/people/{alone}?saved=apart").text
    assert "This is the person the record is now." in shown
    assert "in Funnel by Mo Sandberg" in shown
    joined = client.send(f"/app/people/{alone}/join", link=LINK)
    assert now(client, joined.headers["Location"]) == "anneliese"
    assert client.get(f"/app/people/{alone}").text.count("Joined with another person")


def test_the_api_does_the_same(admin: Client) -> None:
    body = {"link": LINK}
    apart = admin.call("POST", "/api/app/people/anneliese/apart", body)
    assert apart.status == 200
    alone = apart.json["person_id"]
    (link,) = admin.get(f"/api/app/people/{alone}").json["links"]
    assert (link["sugar_id"], link["apart"]) == ("shared-l", True)
    entry = admin.get(f"/api/app/people/{alone}/history").json["items"][0]
    assert (entry["kind"], entry["side"], entry["by"]) == ("set apart", "Funnel", "Ada Brandt")
    joined = admin.call("POST", f"/api/app/people/{alone}/join", body)
    assert joined.json == {"person_id": "anneliese"}


def test_what_is_no_link_is_not_found(world: World, admin: Client) -> None:
    for link in ("", "Leads/none", "Nonsense/1", "Users/sarah", "Leads"):
        body = {"link": link}
        assert admin.call("POST", "/api/app/people/anneliese/apart", body).status == 404
        assert admin.get(f"/app/people/anneliese/apart?link={link}").status == 404
    other = signed_in(world, RUNNING)
    assert other.call("POST", "/api/app/people/anneliese/apart", {"link": LINK}).status == 404


def test_another_site_cannot_set_a_record_apart(admin: Client) -> None:
    answer = admin.ask(
        "POST",
        "/app/people/anneliese/apart",
        b"link=Leads/shared-l",
        content_type="application/x-www-form-urlencoded",
        sec_fetch_site="cross-site",
    )
    assert answer.status == 403
