"""What DynamoDB does to a request under an idempotency key, and what its sender is told to do then."""

import itertools
import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum

import pytest
from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.exceptions import EndpointConnectionError, ReadTimeoutError

from funnel.adapters.dynamodb import DynamoStore
from funnel.adapters.effects import EFFECTS
from funnel.domain.errors import Conflict
from tests.browser.world import FULL, make_world
from tests.contract.storage import emulator, servers
from tests.unit.web.asking import HOST, Answer, Client

pytestmark = pytest.mark.feature("G5")

WRITES = ("PutItem", "TransactWriteItems", "UpdateItem")
FREE, UNKNOWN, SAME = "Nothing was done.", "It may have been carried out.", "with the same key"


class Fate(StrEnum):
    """What becomes of a request and all that repeat it."""

    THROTTLED = "throttled"
    UNREACHED = "unreached"
    LOST_BEFORE = "lost before it was done"
    LOST_AFTER = "lost after it was done"
    LOST_ONCE = "lost after it was done, and then answered"


REFUSED = (Fate.THROTTLED, Fate.UNREACHED)
FATES = tuple(fate for fate in Fate if fate is not Fate.LOST_ONCE)


@dataclass
class Wire:
    """Counts requests by their bodies, and has one of them meet its fate."""

    at: int = 0
    fate: Fate = Fate.THROTTLED
    bodies: list[bytes] = field(default_factory=list)
    names: list[str] = field(default_factory=list)

    def __call__(self, request: AWSPreparedRequest) -> AWSResponse | None:
        is_again = request.body in self.bodies
        if not is_again:
            self.bodies.append(request.body)
            self.names.append(emulator.operation_of(request))
        if self.bodies.index(request.body) + 1 != self.at:
            return None
        if is_again and self.fate is Fate.LOST_ONCE:
            return None
        if self.fate is Fate.THROTTLED:
            return emulator.refusal(request, "ThrottlingException")
        if self.fate is Fate.UNREACHED:
            raise EndpointConnectionError(endpoint_url=request.url)
        if self.fate in (Fate.LOST_AFTER, Fate.LOST_ONCE):
            emulator.answer(request)
        raise ReadTimeoutError(endpoint_url=request.url)

    def expect(self, at: int = 0, fate: Fate = Fate.THROTTLED) -> None:
        """Count anew; `at` 0 is none."""
        self.at, self.fate, self.bodies, self.names = at, fate, [], []


@dataclass
class Scene:
    """The product, of which this much is kept in DynamoDB; each wish has a name and key of its own."""

    wire: Wire
    client: Client
    path: str
    names: Iterator[str] = field(default_factory=lambda: map("Shop {}".format, itertools.count(1)))

    def ask(self, name: str) -> Answer:
        """Wish for it under its key."""
        wishes: dict[str, dict[str, object]] = {
            "sites": {"domains": ["a.example"]},
            "rules": {"kind": "page view", "points": 3},
            "lists": {"key": name},
        }
        more = wishes[self.path.rpartition("/")[2]]
        body, header = {"name": name, **more}, {} if "key" in more else {"idempotency_key": name}
        return self.client.ask(
            "POST", self.path, json.dumps(body).encode(), content_type="application/json",
            origin=f"https://{HOST}", **header,
        )  # fmt: skip

    def made(self, name: str) -> int:
        """How often it is there."""
        self.wire.expect()
        found = self.client.get(self.path.removesuffix("/rules")).json
        rows = found.get("rules") or found["items"]
        return sum(row.get("settings", row)["name"] == name for row in rows)

    def calls(self) -> list[str]:
        """The operations of a wish with which nothing happens."""
        self.wire.expect()
        assert self.ask(next(self.names)).status == 201
        return self.wire.names


def scene_at(path: str) -> Scene:
    world, wire = make_world(), Wire()
    client = emulator.client(wire)
    store = DynamoStore(
        servers.create_tables(client, f"sent-{path.rpartition(chr(47))[2]}-"),
        client,
        lambda _: None,
    )
    world.app = replace(
        world.app, effects=EFFECTS, sent=store, sites=store, lists=store, scoring=store
    )
    return Scene(wire, Client(world, world.token(FULL)), path)


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """botocore does not wait between its own tries."""
    monkeypatch.setattr("botocore.endpoint.time.sleep", lambda _: None)


def test_whoever_is_told_that_nothing_was_done_sends_it_again_under_its_key() -> None:
    scene = scene_at("/api/app/sites")
    calls = scene.calls()
    mark, first_write, ends = (at for at, name in enumerate(calls, 1) if name in WRITES)
    for at, fate in itertools.product(range(1, len(calls) + 1), FATES):
        where, name = f"call {at}, {calls[at - 1]}, {fate}", next(scene.names)
        scene.wire.expect(at, fate)
        told = scene.ask(name)
        made = scene.made(name)
        again = scene.ask(name)
        if at == ends:
            # What was done is answered, though that could not be noted.
            assert (told.status, made, again.status) == (201, 1, 409), where
            continue
        assert told.status == 503, where
        mend = told.json["error"]["mend"]
        if at > mark and mend.startswith(FREE):
            assert (made, again.status, scene.made(name)) == (0, 201, 1), where
        elif at > mark:
            assert mend.startswith(UNKNOWN), where
            assert (again.status, again.json["error"]["code"]) == (409, Conflict.__name__), where
            assert scene.made(name) == made, where
        if at < first_write or (at == first_write and fate in REFUSED):
            assert made == 0, where
        if mark < at < first_write or (at == first_write and fate in REFUSED):
            assert mend.startswith(FREE), where
        if at == first_write and fate not in REFUSED:
            assert (mend.startswith(UNKNOWN), made) == (True, fate is Fate.LOST_AFTER), where


def test_an_answer_that_is_lost_once_doubles_nothing() -> None:
    """botocore asks again, and finds what the first try has written in its way."""
    scene = scene_at("/api/app/scoring/rules")
    calls = scene.calls()
    for at in range(1, len(calls) + 1):
        where, name = f"call {at}, {calls[at - 1]}", next(scene.names)
        scene.wire.expect(at, Fate.LOST_ONCE)
        assert scene.ask(name).status == 201, where
        assert scene.made(name) == 1, where


def test_what_has_its_key_in_the_body_is_always_sent_again_under_it() -> None:
    scene = scene_at("/api/app/lists")
    calls = scene.calls()
    for at, fate in itertools.product(range(1, len(calls) + 1), FATES):
        where, name = f"call {at}, {calls[at - 1]}, {fate}", next(scene.names)
        scene.wire.expect(at, fate)
        told = scene.ask(name)
        assert told.status == 201 or SAME in told.json["error"]["mend"] or at == 1, where
        scene.wire.expect()
        assert scene.ask(name).status == 201, where
        assert scene.made(name) == 1, where
