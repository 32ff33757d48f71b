"""What earlier releases wrote is read, shown and gone on with by the code of now."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from funnel.adapters.sqs.messages import message_from_json, message_to_json
from local.stack.marketing import words
from tests.fakes.dashlets import dashlet_token, vision_address
from tests.fakes.world import TENANT, World
from tests.unit.web.asking import Client
from tests.upgrade import looking, scene, stateful
from tests.upgrade.conftest import Load
from tests.upgrade.kept import Kept, read
from tests.upgrade.reads import Reads
from tests.upgrade.waking import woken

pytestmark = pytest.mark.feature("G7")

NEVER_READ_WHOLE = {
    ("activities", "scored"): "names who is to be scored anew",
    ("mail", "mail", "count"): "is counted up, and compared by a condition",
    ("mail", "totals", "step", "link"): "is counted up, and read as the rows of emails are",
    ("marketing", "forms"): "names a submission, for whoever is erased",
    ("marketing", "sent", "sent"): "is there or not: a submission comes once",
    ("marketing", "site", "forms", "budget"): "is counted up, and compared by a condition",
    ("marketing", "tries", "tries"): "is counted up, and compared by a condition",
    ("sync", "budget"): "is counted up, and compared by a condition",
    ("sync", "lease"): "is taken by a condition",
    ("sync", "open_run"): "says that there is a run, which is read itself",
    ("tenants", "link", "link"): "is taken and deleted in one",
}
"""Rows of which no answer holds all."""
TOLD_OTHERWISE = {
    "/api/app/imports/import-look .preview[2].who": "a row that is left out says whose it is",
}
"""What an answer says since, and was empty: on purpose, and why."""


def test_what_a_release_kept_is_read_shown_and_gone_on_with(release: Path, load: Load) -> None:
    kinds: dict[tuple[str, ...], bool] = {}
    for name, work in (("pages", shows_what_it_showed), ("works", goes_on)):
        kept = read(release / f"{name}.json.gz")
        store = load(kept)
        reads = Reads(store._dynamo.client)
        work(kept, woken(kept, store))
        for kind, whole in reads.kinds(kept).items():
            kinds[kind] = kinds.get(kind, False) or whole
    assert len(kinds) > 90
    unread = sorted(kind for kind, whole in kinds.items() if not whole)
    forgotten = [kind for kind in unread if kind not in NEVER_READ_WHOLE]
    assert not forgotten, "\n".join(map(str, forgotten))


def shows_what_it_showed(kept: Kept, world: World) -> None:
    """Every page and list, for who was signed in before the upgrade."""
    client = Client(world, kept.told["session"])  # type: ignore[arg-type]
    gone: list[str] = []
    for path, before in kept.told["shown"].items():
        answer = client.get(path)
        assert answer.status == 200, f"{path}: {answer.text}"
        if isinstance(before, dict):
            lost = [f"{path} {one}" for one in looking.missing(answer.json, before)]
            gone += [one for one in lost if one.partition(' was ""')[0] not in TOLD_OTHERWISE]
            continue
        is_api = path.startswith("/api/")
        text = set(looking.words_of(answer.json)) if is_api else looking.text_of(answer)
        gone += [f"{path} shows {word!r} no more" for word in before if word not in text]
    assert gone == []


def goes_on(kept: Kept, world: World) -> None:
    """Whatever people have in their hands works, and the work comes to what it would have come to."""
    scene.go_on(world)
    told = scene.without_times(kept.told["outcome"])
    assert looking.figures_of_then(scene.outcome(world), told) == told
    opens_what_people_hold(kept.told, world)


def opens_what_people_hold(told: Mapping[str, Any], world: World) -> None:
    """A session, a link to sign in, a key of a program, links in mail, a form, a frame in Sugar."""
    world.clock.set(world.clock.now().replace(hour=12, minute=0))
    anybody = Client(world)  # type: ignore[arg-type]
    assert Client(world, told["session"]).get("/app").status == 200  # type: ignore[arg-type]
    assert anybody.send("/sign-in/link", token=told["link"]).status == 303
    again = scene.asking(world)
    lists = again.items("/api/app/lists")
    assert again.json("POST", "/api/app/lists", {"key": "fair", **words.FAIR})["list_id"]
    assert again.items("/api/app/lists") == lists, "what was asked for under a key is not made anew"
    if told["key"]:
        asked = anybody.get("/api/app/people", authorization=f"Bearer {told['key']}")
        assert (asked.status, len(asked.json["items"]) > 5) == (200, True)
    click, *_, opened = told["links"]
    leave = next(one for one in told["links"] if one.startswith("/m/u/"))
    assert anybody.get(opened, user_agent=scene.FIREFOX).headers["content-type"] == "image/gif"
    there = anybody.get(click, user_agent=scene.FIREFOX)
    assert (there.status, there.headers["Location"].startswith(scene.SITE)) == (302, True)
    assert anybody.ask("POST", leave, b"List-Unsubscribe=One-Click").status == 200
    world.drain()
    assert anybody.get(told["form"]).status == 200
    token = dashlet_token(world.app, TENANT, "u0")
    frame = f"/api{vision_address(world.app, TENANT)}/hot"
    assert anybody.get(frame, authorization=f"Bearer {token}").status == 200


def test_messages_in_flight_are_read(release: Path) -> None:
    for name, body in read(release / "pages.json.gz").told["bodies"].items():
        before = json.loads(body)
        if "detail-type" not in before:  # an event of SES's
            after = json.loads(message_to_json(message_from_json(body)))
            assert list(looking.missing(after, before)) == [], name


def test_a_stack_keeps_what_holds_data(release: Path) -> None:
    before = json.loads((release / "template.json").read_text())
    assert stateful.harm(before, stateful.resources()) == []


TABLE = "PeopleTable"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda now: now.pop(TABLE), "is gone"),
        (lambda now: now[TABLE]["kept"].update(TableName="people"), "kept was"),
        (lambda now: now[TABLE].pop("DeletionPolicy"), "DeletionPolicy was Retain"),
        (lambda now: now[TABLE]["attributes"].update(pk="N"), "pk has another type"),
        (lambda now: now["PullQueue"]["kept"].update(FifoQueue=True), "kept was"),
        (lambda now: now["ScoresTable"].update(stream=None), "its stream"),
        (lambda now: now[TABLE]["indexes"].update(a={}, b={}), "one index of a table"),
        (lambda now: now[TABLE]["indexes"].update({key: {} for key in now[TABLE]["indexes"]}), "under the same name"),
    ],
)  # fmt: skip
def test_what_would_harm_data_is_told(change: Callable[[Any], object], told: str) -> None:
    now = stateful.resources()
    change(now)
    assert told in "\n".join(stateful.harm(stateful.resources(), now))
