"""What asks for an answer, and what is pushed: each beside the same requests to DynamoDB alone.

Run by `make bench`, or as `PYTHONPATH=layers/funnel python -m tests.bench doors`.

Against DynamoDB Local; a page or API function is asked as API Gateway would, its authorizer first.
The Sugar that people are pushed to is one in memory, of this process, and its time is counted in.
"""

import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from funnel.adapters.dynamodb import DynamoStore
from funnel.domain.ids import Module, PersonId, SugarId
from funnel.domain.mail.mails import (
    Mail,
    MailContent,
    MailId,
    MailState,
    MailToken,
    TrackedLink,
    TrackedMail,
)
from funnel.domain.signing_in.tenants import Role, Tenant
from funnel.ports.marketing_messages import RecordSight
from funnel.usecases.pushing.request_push import PushRequest, request_push
from funnel.usecases.signing_in.api_keys import KeyWish, make_key
from funnel.usecases.signing_in.sign_in import create_link, use_link
from funnel.web.authorizing import authorize
from funnel.web.collecting import answer_collect
from funnel.web.hooking import answer_hook
from tests.bench.floor import Recorder
from tests.bench.measuring import Target, table
from tests.browser.site import Doors, event_of
from tests.contract.storage import servers
from tests.fakes.store import MemoryStore
from tests.fakes.world import TENANT, World
from tests.unit.usecases.pushing.push_scene import LEAD, here
from tests.unit.usecases.sync.hooks import CONNECTION, Sender, named

PEOPLE, TIMES = 200, 40
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
LEAST = 25.0
"""Per cent of the floor's speed. What is left is ours to say: rendering, checks, rules."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one: requests to DynamoDB, ms of processor time, and of the same requests alone."""

    name: str
    requests: float
    millis: float
    floor: float

    @property
    def row(self) -> tuple[str, ...]:
        """As a row of the table."""
        share = f"{100 * self.floor / self.millis:.0f} %"
        return (
            self.name,
            f"{self.requests:g}",
            f"{self.millis:.1f}",
            f"{self.floor:.1f}",
            share if self.requests else "",
        )


class Bench:
    """A tenant with people, a mail and keys, over DynamoDB Local."""

    def __init__(self, client: Any) -> None:
        self._recorder = Recorder(client)
        store = DynamoStore(servers.create_tables(client), client, transaction=10)
        self.world = World(store=cast("MemoryStore", store))
        app = self.world.app
        store.create_tenant(Tenant(TENANT, "Acme", app.clock.now()))
        self.world.sugar.put(Module.USERS, "u1", user_name="anna", last_name="Ott", status="Active")
        self.world.connect()
        self.world.change(read_only=False, user_id=SugarId("u1"))
        self.sender = Sender(self.world)
        self.people = [self._person(number) for number in range(PEOPLE)]
        self._doors = Doors(app)
        key = make_key(app, TENANT, KeyWish("Bench", ("people:read",)), "Ada").text
        session = use_link(app, create_link(app, TENANT, Role.ADMIN, "Ada")).token
        self.by_key = {"authorization": f"Bearer {key}", "host": "funnel.example"}
        self.by_session = {"cookie": f"funnel_session={session}", "host": "funnel.example"}
        self._mail(store)

    def _person(self, number: int) -> PersonId:
        name = f"Byron {number:03}"
        return here(self.world, f"p{number}@example.test", last_name=name, title="Head of freight")

    def _mail(self, store: DynamoStore) -> None:
        now, token = self.world.clock.now(), MailToken("t" * 43)
        mail = Mail(
            TENANT, MailId("m1"), token, self.people[0], "p0@example.test", "Freight", "Acme",
            "news@acme.example", now, state=MailState.SENT, sent_at=now,
        )  # fmt: skip
        store.add_mail(mail, MailContent(TENANT, mail.mail_id, "<p>Hello</p>", "Hello"))
        links = (TrackedLink("https://acme.example/p", "https://acme.example/p?fnl=x"),)
        store.save_tracked(TrackedMail(TENANT, mail.mail_id, token, now, "Acme", links))
        self.mail = f"/m/c/{token}/1"

    def ask(self, target: str, headers: dict[str, str]) -> Callable[[int], object]:
        """A page or an API function."""

        def work(_: int) -> None:
            answer = self._doors.answer(event_of("GET", target, headers))
            assert answer["statusCode"] == 200, answer

        return work

    def who(self, headers: dict[str, str]) -> Callable[[int], object]:
        """The authorizer alone."""

        def work(_: int) -> None:
            assert authorize(self.world.app, event_of("GET", "/app", headers))["context"]["tenant"]

        return work

    def click(self, _: int) -> None:
        """A reader follows a link."""
        event = event_of("GET", self.mail, {"user-agent": FIREFOX})
        event["requestContext"]["http"]["sourceIp"] = "192.0.2.7"
        assert answer_collect(self.world.app, event)["statusCode"] == 302

    def sight(self, _: int) -> None:
        """The worker writes a click down."""
        message = self.world.queue.pop_next()
        assert isinstance(message, RecordSight), message
        self.world.handle(message)

    def hook(self, number: int) -> None:
        """Sugar names a record that was saved."""
        self.world.clock.advance(1)
        body = named(f"Leads/l{number}")
        signed = self.sender.signed(body)
        headers = {
            "x-funnel-time": signed.sent, "x-funnel-key": signed.kid,
            "x-funnel-signature": signed.signature,
        }  # fmt: skip
        event = event_of("POST", f"/hooks/sugar/{TENANT}/{CONNECTION}", headers, body)
        assert answer_hook(self.world.app, event)["statusCode"] == 202

    def push(self, number: int) -> None:
        """One person is made a Lead, from the wish to Sugar and read back."""
        wish = PushRequest(self.people[number + 1], LEAD, "Eva", f"k{number}")
        request_push(self.world.app, TENANT, wish)
        self.world.drain()

    def cost(self, name: str, work: Callable[[int], object], times: int = TIMES) -> Cost:
        """What one takes."""
        work(-1)
        with self._recorder:
            began = time.process_time()
            for number in range(times):
                work(number)
            spent = time.process_time() - began
        floor = self._recorder.floor()
        requests = self._recorder.requests / times
        return Cost(name, requests, 1000 * spent / times, 1000 * floor / times)


def measure() -> tuple[str, list[Target]]:
    """The table, and what it must be."""
    with (
        tempfile.TemporaryDirectory() as folder,
        servers.dynamodb_local(Path(folder)) as url,
    ):
        bench = Bench(servers.client_for(url))
        one = bench.people[7]
        costs = [
            bench.cost("authorizer, of a session", bench.who(bench.by_session)),
            bench.cost("authorizer, of an API key", bench.who(bench.by_key)),
            bench.cost("API: 50 people", bench.ask("/api/app/people?limit=50", bench.by_key)),
            bench.cost("API: one person", bench.ask(f"/api/app/people/{one}", bench.by_key)),
            bench.cost("page: 50 people", bench.ask("/app/people", bench.by_session)),
            bench.cost(
                "page: people found by a name", bench.ask("/app/people?q=byron", bench.by_session)
            ),
            bench.cost("page: one person", bench.ask(f"/app/people/{one}", bench.by_session)),
            bench.cost("a link of a mail is followed", bench.click),
            bench.cost("the worker writes that down", bench.sight),
            bench.cost("a webhook of Sugar", bench.hook),
        ]
        while bench.world.queue.pop_next() is not None:
            pass
        costs.append(bench.cost("a person is pushed as a Lead, all of it", bench.push))
    heads = ("one", "requests to DynamoDB", "CPU, ms", "floor, ms", "of the floor's speed")
    found = [
        Target(f"{one.name}: of the floor's speed", 100 * one.floor / one.millis, LEAST, " %", True)
        for one in costs
        if one.requests
    ]
    return table(heads, [one.row for one in costs]), found


if __name__ == "__main__":
    print(measure()[0])
