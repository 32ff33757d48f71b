"""Machines on a site are told from people, leave no point in Sugar, and can be corrected."""

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
import requests

from tests.stack.scene import Json, Scene, eventually, new_scene

if TYPE_CHECKING:
    from local.stack.stack import Stack

ANN = "ann@x.example"
SITE = "https://shop.x.example"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
GOOGLEBOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"
PAGE, FORM = "page view", "form"


@dataclass
class Visitor:
    """A browser, or what calls itself one, on the site."""

    scene: Scene
    key: str
    name: str
    agent: str = FIREFOX
    sent: int = field(default=0)

    def does(self, kind: str, path: str, seconds_ago: float = 0, **more: object) -> Json:
        """One thing it did, so long ago."""
        self.sent += 1
        at = int((time.time() - seconds_ago) * 1000)
        hit = {"id": f"{self.name}-{self.sent:03}", "kind": kind, "at": at, "url": SITE + path}
        return hit | more

    def sends(self, *hits: Json) -> None:
        """Send it, in one batch."""
        body = {"browser": self.name, "sent": int(time.time() * 1000), "hits": hits}
        answer = requests.post(
            f"{self.scene.stack.url}/c/{self.key}",
            json.dumps(body).encode(),
            headers={"origin": SITE, "user-agent": self.agent, "content-type": "text/plain"},
            timeout=60,
        )
        assert answer.json() == {"accepted": True}


@pytest.fixture
def scene(stack: "Stack", request: pytest.FixtureRequest) -> Iterator[Scene]:
    """A tenant with a site, which may write to its SuiteCRM, and Ann, who is a Lead there."""
    with new_scene(stack, request.node.name[:100]) as made:
        made.company.create("Leads", last_name="Ott", email1=ANN)
        assert made.connect()["status"] == "done"
        made.settings(read_only=False)
        yield made


def site_key(scene: Scene) -> str:
    wanted = {"name": "Shop", "domains": ["shop.x.example"]}
    made: Json = scene.funnel.json("POST", "/api/app/sites", wanted)
    return str(made["form_address"]).rsplit("/", 1)[1]


def person(scene: Scene) -> str:
    (found,) = scene.all("people", ANN)
    return f"/people/{found['person_id']}"


def done(scene: Scene) -> list[Json]:
    """What Ann did, oldest first."""
    items: list[Json] = scene.funnel.json("GET", f"/api/app{person(scene)}/activities")["items"]
    return sorted(items, key=lambda one: str(one["at"]))


def labels(scene: Scene) -> dict[str, tuple[str, str]]:
    return {one["activity_id"]: (one["signal"], one["why"]) for one in done(scene)}


def in_sugar(scene: Scene) -> str:
    """The lead score of the Lead."""
    (record,) = scene.company.ids("Leads")
    return (scene.company.get("Leads", record) or {})["funnel_score_c"]


@pytest.mark.feature("D10")
def test_a_crawl_that_shows_only_afterwards_leaves_no_point_in_sugar(scene: Scene) -> None:
    ann = Visitor(scene, site_key(scene), "ann0000000000000000")
    ann.sends(ann.does(PAGE, "/", 900), ann.does(FORM, "/", 890, fields={"email": ANN}))
    eventually("Ann is known", lambda: len(done(scene)) == 2)
    crawl = [ann.does(PAGE, f"/page/{n}", 600 - n * 0.1) for n in range(9)]
    for hit in crawl:
        ann.sends(hit)
    expected = dict.fromkeys((hit["id"] for hit in crawl), ("crawler", "page_burst"))
    eventually("the crawl is seen", lambda: expected.items() <= labels(scene).items())
    ann.sends(ann.does(PAGE, "/after"))
    eventually("Sugar has the score", lambda: in_sugar(scene) != "")
    # A form is 20, and each of the two pages that she saw herself 1.
    eventually("it is what Ann did", lambda: in_sugar(scene) == "22")
    people = [one["activity_id"] for one in done(scene) if one["signal"] == "human"]
    assert len(people) == 3


@pytest.mark.feature("D10")
def test_a_label_says_why_and_a_marketer_corrects_it_and_the_score_in_sugar(scene: Scene) -> None:
    key = site_key(scene)
    ann = Visitor(scene, key, "ann0000000000000000")
    ann.sends(ann.does(FORM, "/", 60, fields={"email": ANN}))
    eventually("Ann is known", lambda: len(done(scene)) == 1)
    bot = Visitor(scene, key, "ann0000000000000000", GOOGLEBOT, sent=50)
    bot.sends(bot.does(PAGE, "/pricing"))
    eventually("the bot was seen", lambda: len(done(scene)) == 2)
    seen = done(scene)[1]
    assert (seen["signal"], seen["why"], seen["by"]) == ("crawler", "agent:Googlebot", "")
    page = scene.funnel.call("GET", f"/app{person(scene)}").text
    assert "Its user agent names Googlebot." in page
    eventually("Sugar has the form only", lambda: in_sugar(scene) == "20")

    path = f"/api/app{person(scene)}/activities/{seen['activity_id']}/signal"
    said = scene.funnel.json("POST", path, {"at": seen["at"], "person": True})
    assert said["signal"] == "human"
    assert said["by"]
    bot.sends(bot.does(PAGE, "/tour"))
    eventually("another page was seen", lambda: len(done(scene)) == 3)
    assert labels(scene)[seen["activity_id"]][0] == "human"
    # Prices are 5, and any page 1.
    eventually("Sugar has her look at prices too", lambda: in_sugar(scene) == "26")
    page = scene.funnel.call("GET", f"/app{person(scene)}").text
    assert f"Said by {said['by']}" in page
