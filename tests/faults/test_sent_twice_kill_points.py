"""A request under an idempotency key dies at every call, and is sent again under it."""

import json

import pytest

from funnel.domain.errors import AlreadyDone, Conflict, StoreBusy
from funnel.domain.sent_requests import SentRequest
from funnel.usecases.work.sent_twice import SentUnderKey
from tests.browser.world import FULL, World, make_world
from tests.fakes.faulty import Crash, Moment, Plan
from tests.fakes.world import TENANT
from tests.fakes.world import World as Plain
from tests.faults.dying import kill_points, mortal
from tests.unit.web.asking import HOST, Answer, Client

PORTS = ("sent", "sites", "lists")
Asked = tuple[str, dict[str, object], dict[str, str]]
SITE: Asked = (
    "/api/app/sites",
    {"name": "Shop", "domains": ["shop.example.com"]},
    {"idempotency_key": "k"},
)
LIST: Asked = ("/api/app/lists", {"name": "Fair", "key": "k"}, {})


def ask(world: World, token: str, plan: Plan, asked: Asked) -> Answer | None:
    """The answer, None where the function died."""
    path, body, headers = asked
    client = Client(world, token)
    client.doors._app = mortal(world.app, plan, PORTS)
    try:
        return client.ask(
            "POST", path, json.dumps(body).encode(), content_type="application/json",
            origin=f"https://{HOST}", **headers,
        )  # fmt: skip
    except Crash:
        plan.revived = True
        return None


def made(world: World, token: str) -> int:
    """How often what was asked for is there."""
    client = Client(world, token)
    rows = [
        row for what in ("sites", "lists") for row in client.get(f"/api/app/{what}").json["items"]
    ]
    names = [row.get("settings", row)["name"] for row in rows]
    return names.count("Shop") + names.count("Fair")


def calls_of(asked: Asked) -> list[str]:
    world, plan = make_world(), Plan()
    answer = ask(world, world.token(FULL), plan, asked)
    assert answer is not None
    assert answer.status == 201
    return plan.calls


@pytest.mark.feature("G5")
@pytest.mark.parametrize("moment", Moment)
def test_what_a_header_names_is_done_at_most_once_and_it_is_said_how_it_went(
    moment: Moment,
) -> None:
    calls = calls_of(SITE)
    assert {"sent.sent_request", "sent.keep_sent_request", "sites.save_site"} <= set(calls)
    for at in kill_points(calls):
        world, plan = make_world(), Plan(at=at, moment=moment)
        token = world.token(FULL)
        where = f"call {at}, {calls[at - 1]}, {moment}"
        assert ask(world, token, plan, SITE) is None, where
        assert plan.happened, where
        again = ask(world, token, Plan(), SITE)
        assert again is not None
        assert made(world, token) <= 1, where
        if again.status == 201:
            assert made(world, token) == 1, where
        else:
            code = again.json["error"]["code"]
            assert code in {AlreadyDone.__name__, Conflict.__name__}, where
            assert made(world, token) == 1 or code == Conflict.__name__, where


@pytest.mark.feature("G5")
@pytest.mark.parametrize("moment", Moment)
def test_what_has_its_key_in_the_body_is_done_once_when_it_is_sent_again(moment: Moment) -> None:
    calls = calls_of(LIST)
    assert "sent.keep_sent_request" in calls
    for at in kill_points(calls):
        world, plan = make_world(), Plan(at=at, moment=moment)
        token = world.token(FULL)
        where = f"call {at}, {calls[at - 1]}, {moment}"
        assert ask(world, token, plan, LIST) is None, where
        again = ask(world, token, Plan(), LIST)
        assert again is not None
        assert again.status == 201, f"{where}: {again.text}"
        assert made(world, token) == 1, where


@pytest.mark.feature("G5")
@pytest.mark.parametrize("moment", Moment)
def test_a_request_that_could_not_be_noted_leaves_the_mark_of_one_sent_meanwhile(
    monkeypatch: pytest.MonkeyPatch, moment: Moment
) -> None:
    world = Plain()
    keep = world.store.keep_sent_request

    def sent() -> SentUnderKey:
        return SentUnderKey(world.app, TENANT, "POST /sites", "k", ("", "Shop"), is_known=False)

    first, second = sent(), sent()

    def busy(mark: SentRequest) -> SentRequest:
        monkeypatch.setattr(world.store, "keep_sent_request", keep)
        if moment is Moment.BEFORE:
            second.begin()
        else:
            keep(mark)
        raise StoreBusy("Throttled.")

    monkeypatch.setattr(world.store, "keep_sent_request", busy)
    with pytest.raises(StoreBusy):
        first.begin()
    if moment is Moment.BEFORE:
        with pytest.raises(Conflict):
            sent().begin()
        second.end(201)
        with pytest.raises(AlreadyDone):
            sent().begin()
    else:
        sent().begin()
