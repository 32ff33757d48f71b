"""The stream of scores by the template's rules, on the real engine: relayed once, poison set aside alone."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any, cast

import pytest
from aws_lambda_powertools.utilities.typing import LambdaContext
from botocore.session import get_session

import scores.app
from funnel.adapters.dynamodb import DynamoStore
from funnel.domain.ids import ConnectionId, Module, PersonId, TenantId
from funnel.domain.scoring.scores import Score, ScoreLine
from funnel.domain.scoring.tallies import ScoreChange
from funnel.domain.sync.records import Link, Unit
from funnel.ports.sync_messages import PushDue
from funnel.usecases.app import App
from local.stack.aws import ACCOUNT, REGION
from tests.contract.storage.builders import NOW, connection, key, person
from tests.contract.storage.conftest import ENGINE_TRANSACTION, Server
from tests.contract.storage.stream import Record, deliver, records_of
from tests.fakes.files import MemoryFiles
from tests.fakes.system import FakeClock, FakeIds, MemoryQueue, MemorySecrets
from tests.template.source import functions

RULES = functions()["scores"]["Events"]["ScoreChanges"]["Properties"]
SUGAR = ConnectionId("0badcafe-0000-4000-8000-000000000001")


class Relay:
    """The door, over the engine, with people who are in Sugar."""

    def __init__(self, server: Server, tenant: TenantId, monkeypatch: pytest.MonkeyPatch) -> None:
        self.server, self.tenant = server, tenant
        self.store = DynamoStore(server.tables, server.client, transaction=ENGINE_TRANSACTION)
        self.clock = FakeClock(NOW)
        self.queue = MemoryQueue(self.clock)
        app = App.over(
            self.store,
            secrets=MemorySecrets(),
            files=MemoryFiles(),
            queue=self.queue,
            clock=self.clock,
            ids=FakeIds(),
        )
        monkeypatch.setattr(scores.app, "app", lambda: app)
        self.store.save_connection(connection(tenant, connection_id=SUGAR))

    def people(self, *names: str) -> None:
        """People with a Lead each."""
        for name in names:
            link = Link(key(Module.LEADS, name), name, "", "")  # type: ignore[arg-type]
            made = person(self.tenant, name, links=(link,))
            assert self.store.commit(self.tenant, [Unit(people=[made])]) == [True]

    def score(self, name: str, value: int, version: int = 0) -> None:
        """A score is written, as scoring does."""
        lines = (ScoreLine("visit", "Visit", 1, value),) if value else ()
        row = Score(self.tenant, PersonId(name), lines, NOW, version=version)
        (told,) = self.store.write(self.tenant, [ScoreChange((), score=row)])
        assert told.written

    def poison(self, name: str) -> None:
        """A row of a score that no scoring of ours wrote: it has no value."""
        item = {"pk": {"S": f"{self.tenant}#{name}"}, "sk": {"S": "score"}}
        self.server.client.put_item(TableName=self.server.tables.scores, Item=item)

    def stream(self) -> list[Record]:
        """What the stream has of this tenant, filtered as the mapping does."""
        session = get_session()
        streams = session.create_client(
            "dynamodbstreams", endpoint_url=self.server.url, region_name=REGION,
            aws_access_key_id=ACCOUNT, aws_secret_access_key="local",
        )  # fmt: skip
        return [
            one
            for one in records_of(streams, self.server.tables.scores)
            if one["dynamodb"]["Keys"]["pk"]["S"].startswith(f"{self.tenant}#")
            and one["eventName"] in ("INSERT", "MODIFY")
        ]

    def marked(self) -> dict[str, int]:
        """Whom Sugar is to be told of, with the score as it was when it was marked."""
        found = self.store.scores_to_tell(self.tenant, SUGAR, 1000).items
        return {mark.person_id: mark.hint for mark in found}


@pytest.fixture
def relay(dynamodb_local: Server, tenant: TenantId, monkeypatch: pytest.MonkeyPatch) -> Relay:
    return Relay(dynamodb_local, tenant, monkeypatch)


def handle(event: Mapping[str, Any]) -> Mapping[str, Any]:
    """An invocation of the door."""
    context = SimpleNamespace(
        aws_request_id="r", function_name="scores", memory_limit_in_mb=512,
        invoked_function_arn="arn",
    )  # fmt: skip
    told: Mapping[str, Any] = scores.app.handler(dict(event), cast("LambdaContext", context))
    return told


def test_every_change_of_somebody_in_sugar_is_marked_and_rung_for_once(relay: Relay) -> None:
    relay.people("ann", "bob", "cy")
    relay.score("ann", 5)
    relay.score("ann", 9, version=1)
    relay.score("bob", 0)
    relay.score("cy", 7)
    relay.score("nobody", 7)
    assert deliver(relay.stream(), handle, RULES) == ([], 1)
    assert relay.marked() == {"ann": 9, "cy": 7}
    assert [one.message for one in relay.queue.waiting] == [PushDue(relay.tenant)]


def test_a_write_that_changes_nothing_but_the_row_is_no_change(relay: Relay) -> None:
    relay.people("ann")
    relay.score("ann", 5)
    relay.score("ann", 5, version=1)
    (first, second) = relay.stream()
    deliver([second], handle, RULES)
    assert relay.marked() == {}
    deliver([first], handle, RULES)
    assert relay.marked() == {"ann": 5}


def test_a_poison_record_is_set_aside_alone_and_the_others_go_on(relay: Relay) -> None:
    names = [f"p{n:02}" for n in range(40)]
    relay.people(*names)
    for number, name in enumerate(names):
        if number in (7, 31):
            relay.poison(name)
        else:
            relay.score(name, number + 1)
    aside, invocations = deliver(relay.stream(), handle, RULES)
    assert sorted(one["dynamodb"]["Keys"]["pk"]["S"].split("#")[1] for one in aside) == [
        "p07", "p31",
    ]  # fmt: skip
    expected = {n: i + 1 for i, n in enumerate(names) if i not in (7, 31)}
    assert relay.marked() == expected
    assert invocations < 40


def test_what_comes_again_leaves_the_marks_as_they_are(relay: Relay) -> None:
    relay.people("ann", "bob")
    relay.score("ann", 5)
    relay.score("bob", 6)
    stream = relay.stream()
    for _ in range(3):
        deliver(stream, handle, RULES)
    assert relay.marked() == {"ann": 5, "bob": 6}
    assert len(relay.queue.waiting) == 1
