"""A client of both doors, without a server."""

import base64
import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from funnel.domain.ids import TenantId
from funnel.domain.signing_in.tenants import Role
from funnel.web.sessions import form_token
from tests.browser.site import Doors, event_of
from tests.browser.world import World

HOST = "funnel.example"


@dataclass
class Answer:
    """What came back."""

    status: int
    text: str
    headers: dict[str, str]
    cookies: list[str]

    @property
    def json(self) -> Any:
        return json.loads(self.text)


@dataclass
class Client:
    """Asks as a browser would; `token` is the session's, `cookies` are others."""

    world: World
    token: str = ""
    cookies: str = ""
    doors: Doors = field(init=False)

    def __post_init__(self) -> None:
        self.doors = Doors(self.world.app)

    def ask(self, method: str, target: str, body: bytes = b"", **headers: str) -> Answer:
        """One request with exactly these headers and the session's cookie."""
        sent = {"host": HOST, **{k.replace("_", "-"): v for k, v in headers.items()}}
        if self.token:
            sent["cookie"] = f"funnel_session={self.token}; {self.cookies}"
        reply = self.doors.answer(event_of(method, target, sent, body))
        text = reply.get("body") or ""
        if reply.get("isBase64Encoded"):
            text = base64.b64decode(text).decode(errors="replace")
        return Answer(reply["statusCode"], text, dict(reply["headers"]), reply.get("cookies") or [])

    def get(self, target: str, **headers: str) -> Answer:
        """A page or an API function."""
        return self.ask("GET", target, b"", **headers)

    def send(self, target: str, **fields: str | list[str]) -> Answer:
        """A form of our own page."""
        token = form_token(self.token) if self.token else ""
        body = urlencode({"form_token": token, **fields}, doseq=True).encode()
        return self.ask(
            "POST",
            target,
            body,
            content_type="application/x-www-form-urlencoded",
            sec_fetch_site="same-origin",
        )

    def call(self, method: str, target: str, body: object = None) -> Answer:
        """The API, from a page of ours."""
        sent = json.dumps(body if body is not None else {}).encode()
        return self.ask(
            method, target, sent, content_type="application/json", origin=f"https://{HOST}"
        )


def signed_in(world: World, tenant: TenantId, role: Role = Role.ADMIN) -> Client:
    """A client with a session."""
    return Client(world, world.token(tenant, role))
