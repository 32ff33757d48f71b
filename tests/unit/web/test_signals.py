"""Who did it, on a person's page and through the API: shown with why, and corrected."""

import re
from urllib.parse import urlencode

import pytest

from funnel.domain.ids import PersonId
from funnel.domain.signing_in.tenants import Role
from funnel.domain.tracking.signals import WHYS
from funnel.web.texts import texts_for
from funnel.web.words import Words
from tests.browser.world import EMPTY, FULL, NOW, World
from tests.unit.web.asking import Client, signed_in

ANNELIESE = PersonId("anneliese")
PAGE = "/app/people/anneliese"
API = f"/api{PAGE}/activities"
WORDS = Words(texts_for("en"), NOW)


@pytest.fixture
def marketer(world: World) -> Client:
    return signed_in(world, FULL, Role.MARKETER)


def moment(marketer: Client, activity_id: str) -> str:
    """When it was done, as the API tells it."""
    items = marketer.get(API).json["items"]
    return str(next(one["at"] for one in items if one["activity_id"] == activity_id))


def points(world: World) -> int:
    return world.store.scores(FULL, [ANNELIESE])[ANNELIESE].value


def test_a_label_shows_why_and_a_person_needs_no_word(marketer: Client) -> None:
    for page in (PAGE, f"{PAGE}/activities"):
        text = marketer.get(page).text
        assert "Its user agent names Googlebot." in text
        assert text.count("This was a machine</button>") == 7
        assert text.count("This was a person</button>") == 1
        assert text.count("Nothing speaks against it.") == 7


def test_a_marketer_says_it_was_a_person_and_the_score_follows(
    world: World, marketer: Client
) -> None:
    before = points(world)
    at = moment(marketer, "seen-bot")
    sent = marketer.send(f"{PAGE}/activities/seen-bot/signal", at=at, person="yes")
    assert (sent.status, sent.headers["Location"]) == (303, f"{PAGE}?saved=labelled#activities")
    text = marketer.get(f"{PAGE}?saved=labelled").text
    assert "Said by Mo Sandberg, 2026-11-24 10:42 UTC." in text
    assert "The label is changed, and the score follows." in text
    assert points(world) == before + 1


def test_who_says_it_on_the_page_of_all_activities_stays_there(marketer: Client) -> None:
    form = {"at": moment(marketer, "seen-0000"), "person": "no", "on": "all", "cursor": "a&b"}
    sent = marketer.send(f"{PAGE}/activities/seen-0000/signal", **form)
    where = urlencode({"saved": "labelled", "cursor": "a&b"})
    assert sent.headers["Location"] == f"{PAGE}/activities?{where}"
    shown = marketer.get(f"{PAGE}/activities?saved=labelled").text
    assert "The label is changed, and the score follows." in shown


def test_what_the_form_of_a_page_sends_is_taken(world: World, marketer: Client) -> None:
    """A form's own values, as a browser would send them."""
    text = marketer.get(PAGE).text
    action, rest = re.findall(r'<form action="([^"]*seen-0002[^"]*)"(.*?)</form>', text, re.DOTALL)[
        0
    ]
    values = dict(re.findall(r'name="(\w+)" value="([^"]*)"', rest))
    before = points(world)
    assert marketer.send(action, **values).status == 303
    assert points(world) < before


def test_the_api_says_what_it_is_now(world: World, marketer: Client) -> None:
    before = points(world)
    body = {"at": moment(marketer, "seen-form"), "person": False}
    answer = marketer.call("POST", f"{API}/seen-form/signal", body)
    assert answer.status == 200
    assert (answer.json["signal"], answer.json["by"]) == ("crawler", "Mo Sandberg")
    assert answer.json["why"].startswith("said:2026-11-24T10:42")
    assert points(world) == before - 20
    listed = [one for one in marketer.get(API).json["items"] if one["activity_id"] == "seen-form"]
    assert [one["signal"] for one in listed] == ["crawler"]


@pytest.mark.parametrize(
    ("path", "body", "status", "field"),
    [
        ("seen-bot", {"at": "2026-11-24T05:42:00Z"}, 400, "person"),
        ("seen-bot", {"at": "yesterday", "person": True}, 400, "at"),
        ("seen-bot", {"at": "2026-11-24T05:42:00", "person": True}, 400, "at"),
        ("seen-bot", {"at": "2026-11-24T05:42:01Z", "person": True}, 404, None),
        ("unseen", {"at": "2026-11-24T05:42:00Z", "person": True}, 404, None),
    ],
)
def test_what_is_no_activity_of_the_person_is_refused(
    marketer: Client, path: str, body: dict[str, object], status: int, field: str | None
) -> None:
    answer = marketer.call("POST", f"{API}/{path}/signal", body)
    assert (answer.status, answer.json["error"].get("field") or None) == (status, field)


def test_another_company_reaches_nothing(world: World, marketer: Client) -> None:
    body = {"at": moment(marketer, "seen-0000"), "person": False}
    stranger = signed_in(world, EMPTY)
    assert stranger.call("POST", f"{API}/seen-0000/signal", body).status == 404
    assert "Said by" not in marketer.get(PAGE).text


@pytest.mark.parametrize("why", WHYS)
def test_every_reason_is_a_sentence(why: str) -> None:
    detail = {"agent": ":Google{bot}", "network": ":<Barracuda>", "said": f":{NOW.isoformat()}"}
    sentence = WORDS.reason(why + detail.get(why, ""), "Mo {Sandberg}")
    assert sentence.endswith(".")
    assert sentence != why


def test_a_reason_that_a_later_version_wrote_is_shown_as_it_is() -> None:
    assert WORDS.reason("telepathy:strong") == "telepathy:strong"
