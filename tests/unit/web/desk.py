"""A rep's desk: FunnelVision's pages for writing, and the mail that goes out."""

import json
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from funnel.adapters.html import Nh3Cleaner
from funnel.domain.ids import Module, RecordKey, SugarId
from funnel.domain.mail.mails import Mail
from funnel.ports.marketing_messages import SendMails
from funnel.usecases.delivery.deliver_mails import deliver_mails
from funnel.usecases.mail.sender_domains import add_sender_domain
from tests.browser.emails import OFFER
from tests.browser.world import FULL, World
from tests.fakes.dashlets import dashlet_token, vision_address
from tests.unit.web.asking import HOST, Answer, Client

EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)>"
REP = "jonas"
ADDRESS = "jonas@nordwind.example"


class Desk:
    """Jonas, who may send, and a Lead of his with an address."""

    def __init__(self, world: World) -> None:
        self.world = world
        world.app = replace(world.app, cleaner=Nh3Cleaner(), public_url="https://f.test")
        world.app.mailer.verified.add("nordwind.example")  # type: ignore[union-attr]
        add_sender_domain(world.app, FULL, "nordwind.example")
        rows = world.store.list_records(FULL, Module.LEADS, "", 200).items
        self.lead = next(
            row for row in rows
            if row.owner_id == REP and row.fields.get("email1") and row.fields.get("first_name")
        )  # fmt: skip
        self.email = str(self.lead.fields["email1"])
        self.to = f"write/{self.lead.key}"

    def ask(self, path: str, user: str = REP, record: RecordKey | None = None) -> Answer:
        token = dashlet_token(self.world.app, FULL, user, record=record)
        address = f"{vision_address(self.world.app, FULL)}/{path}"
        return Client(self.world).get(address, authorization=f"Bearer {token}")

    def json(self, path: str, user: str = REP, body: Any = None, **more: Any) -> Answer:
        token = dashlet_token(self.world.app, FULL, user, **more)
        address = f"/api{vision_address(self.world.app, FULL)}/{path}"
        return (
            self._sent(address, token, body)
            if body is not None
            else Client(self.world).get(address, authorization=f"Bearer {token}")
        )

    def _sent(self, address: str, token: str, body: Any) -> Answer:
        return Client(self.world).ask(
            "POST", address, json.dumps(body).encode(), authorization=f"Bearer {token}",
            content_type="application/json", origin=f"https://{HOST}",
        )  # fmt: skip

    def form(self, path: str, **fields: str) -> Answer:
        token = dashlet_token(self.world.app, FULL, REP)
        return Client(self.world).ask(
            "POST", f"{vision_address(self.world.app, FULL)}/{path}", urlencode(fields).encode(),
            authorization=f"Bearer {token}", sec_fetch_site="same-origin",
            content_type="application/x-www-form-urlencoded",
        )  # fmt: skip

    def words(self, **changes: str) -> dict[str, str]:
        return {
            "key": "k", "address": self.email, "subject": "Hello", "html": "<p>My words</p>",
            "email_id": OFFER, **changes,
        }  # fmt: skip

    def send(self, **changes: str) -> Answer:
        return self.json(f"{self.to}/send", body=self.words(**changes))

    def mails(self) -> list[Mail]:
        return list(self.world.store.mails_of_sender(FULL, SugarId(REP), 50).items)

    def deliver(self) -> None:
        deliver_mails(self.world.app, SendMails(FULL), "w", lambda: 60.0)
