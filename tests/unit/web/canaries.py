"""A world whose every answer, message, log line and row is kept, to look for secrets in."""

import hashlib
import json
import logging
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlencode

from funnel.domain.ids import Module, TenantId
from funnel.ports.messages import Message
from funnel.usecases.signing_in.operate import operate
from funnel.web.sessions import form_token
from tests.fakes.sugar import Login
from tests.fakes.system import FakeIds
from tests.fakes.world import World
from tests.unit.web.asking import HOST, Answer, Client

FORM = "application/x-www-form-urlencoded"
PASSWORD, NEWER, REPS, WRONG = (f"canary-Gelb&<Vogel>-{n}" for n in range(4))

_ID = re.compile(r"[0-9a-f]{32}|[0-9a-f]{8}-[0-9a-f]{4}-")


class NotedIds(FakeIds):
    """Notes which function asked for each token, and makes them such that nothing else holds them."""

    def __init__(self) -> None:
        super().__init__()
        self.made: dict[str, str] = {}

    def new_token(self) -> str:
        token = "canary" + hashlib.sha256(super().new_token().encode()).hexdigest()[:37]
        self.made[token] = _asker()
        return token


def _asker() -> str:
    frame = sys._getframe(2)
    return frame.f_code.co_name.lstrip("_")


class Lines(logging.Handler):
    """Whatever is logged, with all that a formatter could print of it."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        text = logging.Formatter().format(record)
        self.lines.append(f"{text} {record.args} {record.__dict__}")


@dataclass
class Watched:
    """A world whose every answer, message and log line is kept."""

    lines: Lines
    world: World = field(default_factory=lambda: World(ids=NotedIds()))
    seen: list[tuple[str, str]] = field(default_factory=list)
    tenant: TenantId = TenantId("")
    session: str = ""
    derived: dict[str, str] = field(default_factory=dict)
    """What was made of a secret, and is one, to what it is."""

    def __post_init__(self) -> None:
        self.world.sugar.password = PASSWORD
        self.world.sugar.logins["rep"] = Login(REPS, "u-rep", is_admin=True)
        self.world.sugar.put(
            Module.USERS, "u-rep", user_name="rep", last_name="Rep", status="Active"
        )
        send = self.world.queue.send

        def sent(message: Message, delay: int = 0) -> None:
            self.seen.append(("queue", repr(message)))
            send(message, delay)

        self.world.queue.send = sent  # type: ignore[method-assign]

    def ask(self, method: str, target: str, body: bytes = b"", **headers: str) -> Answer:
        client = Client(self.world, self.session)  # type: ignore[arg-type]
        answer = client.ask(method, target, body, **headers)
        route = "/".join("" if self._is_id(p) else p for p in target.partition("?")[0].split("/"))
        told = dict(answer.headers)
        self.seen.append((f"page {method} {route}", f"{answer.text}{told}"))
        self.seen += [("cookie", one) for one in answer.cookies]
        return answer

    def work(self) -> None:
        """Do what is due now; what deletes left-overs later does not come yet."""
        while message := self.world.queue.pop():
            self.world.handle(message)

    def work_through(self) -> None:
        """Do what is due, and what waits for a minute."""
        self.work()
        self.world.clock.advance(60)
        self.work()

    def _is_id(self, part: str) -> bool:
        return part == self.tenant or "canary" in part or bool(_ID.search(part))

    def send(self, target: str, **fields: str) -> Answer:
        token = form_token(self.session) if self.session else ""
        body = urlencode({"form_token": token, **fields}).encode()
        return self.ask("POST", target, body, content_type=FORM, sec_fetch_site="same-origin")

    def call(self, method: str, target: str, body: object = None) -> Answer:
        sent = json.dumps(body).encode() if body is not None else b""
        origin = f"https://{HOST}"
        return self.ask(method, target, sent, content_type="application/json", origin=origin)


@contextmanager
def watching() -> Iterator[Watched]:
    """A world whose log is kept down to the last detail, until the end."""
    lines, root = Lines(), logging.getLogger()
    powertools = logging.getLogger("service_undefined")
    before = root.level, powertools.level
    for one in (root, powertools):
        one.setLevel(logging.DEBUG)
        one.addHandler(lines)
    yield Watched(lines)
    root.setLevel(before[0])
    powertools.setLevel(before[1])
    for one in (root, powertools):
        one.removeHandler(lines)


def begin(watched: Watched) -> None:
    """A tenant and its first admin, by the operator's link."""
    wish = {"action": "create_tenant", "name": "Acme", "user_name": "Ada"}
    told = operate(watched.world.app, "https://funnel.example", wish)
    watched.seen.append(("operator", json.dumps(told)))
    url = str(told["sign_in_url"])
    watched.tenant = TenantId(str(told["tenant_id"]))
    token = url.partition("token=")[2]
    watched.ask("GET", f"/sign-in/link?token={token}")
    answer = watched.send("/sign-in/link", token=token)
    watched.session = answer.cookies[0].partition("=")[2].partition(";")[0]
    assert watched.send("/sign-in/link", token=token).status >= 400


def spellings(secret: str) -> set[str]:
    """As it is, as Sugar is sent it, and as JSON, HTML, addresses and Python write it."""
    return {
        secret, hashlib.md5(secret.encode()).hexdigest(), json.dumps(secret)[1:-1],
        secret.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"),
        secret.replace("&", "\\u0026").replace("<", "\\u003c"), urlencode({"": secret})[1:],
        repr(secret)[1:-1],
    }  # fmt: skip


def places(watched: Watched) -> Iterator[tuple[str, str]]:
    """Whatever was written down or told, by where."""
    yield from watched.seen
    yield from (("log", line) for line in watched.lines.lines)
    for name, rows in vars(watched.world.store).items():
        if isinstance(rows, dict | set | list):
            yield name, repr(rows)
    yield "files", repr(watched.world.files.kept)
    yield from (("mail that was sent", repr(one)) for one in watched.world.mailer.sent)
