"""Every message to a worker, sent as one tenant with the ids of another."""

import types
import typing
from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import Enum
from typing import Any

import pytest

from funnel.domain.ids import TenantId
from funnel.ports.messages import Message
from funnel.usecases.work.handle_message import handle_message
from tests.browser import broadcasts
from tests.browser.campaigns import WELCOME
from tests.browser.emails import NEWS
from tests.browser.forms import QUOTE
from tests.browser.mails import READ, TOKEN
from tests.browser.segments import VIPS
from tests.browser.tracking import SHOP
from tests.browser.world import NOW, World
from tests.routes.test_tenants_apart import Both
from tests.routes.two_tenants import STRANGER, TWIN

pytestmark = pytest.mark.feature("G3")

MESSAGES = typing.get_args(Message)
IDS_OF_TYPES = {
    "PersonId": "anneliese", "ListId": VIPS, "JobId": "found", "RunId": "run-0", "FormId": QUOTE,
    "ConnectionId": "3f2a9c51-0c6d-4a54-8d9e-6a2f0f7a1b22", "SugarId": "p0", "MailId": READ,
    "CampaignId": WELCOME, "StepId": "s2", "BroadcastId": broadcasts.SENDING, "SiteKey": SHOP,
    "MailToken": TOKEN, "BrowserId": "browser-0001", "EmailId": NEWS, "VisitorId": "v-laptop0000000000",
}  # fmt: skip
TEXTS = {"comparison_id": "compared", "preview_id": "looked", "form_id": QUOTE, "url": "https://x.example/",
         "person_id": "anneliese"}  # fmt: skip


def sample(kind: Any, name: str, tenant: TenantId, turn: int) -> Any:
    """A value of a type, with the victim's ids wherever one can be named."""
    if kind is TenantId:
        return tenant
    if isinstance(kind, typing.NewType):
        found = IDS_OF_TYPES.get(kind.__name__)
        assert found, f"say in IDS_OF_TYPES what a {kind.__name__} of the victim is"
        return found
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        return sample(inner[0], name, tenant, turn)
    if origin is tuple:
        return tuple(sample(one, name, tenant, turn) for one in inner if one is not Ellipsis)
    if isinstance(kind, type) and issubclass(kind, Enum):
        members = list(kind)
        return members[turn % len(members)]
    if is_dataclass(kind):
        hints = typing.get_type_hints(kind)
        told = {one.name: sample(hints[one.name], one.name, tenant, turn) for one in fields(kind)}
        return typing.cast("type", kind)(**told)
    if origin is not None:
        return {"email": "anneliese@bergmann.example"}
    if kind is datetime:
        return NOW
    if kind is str:
        return TEXTS.get(name, "")
    return kind(turn % 2)


def carried_out(world: World, message: Message) -> str:
    """What became of it: "" or the error."""
    try:
        handle_message(world.app, message, "w", lambda: 60.0)
    except Exception as error:  # noqa: BLE001 - whatever it was has to be the same in both worlds
        return f"{type(error).__name__}: {error}"
    return ""


@pytest.mark.parametrize("tenant", [TWIN, STRANGER])
@pytest.mark.parametrize("kind", MESSAGES, ids=lambda one: one.__name__)
def test_a_message_of_a_tenant_touches_nothing_of_another(kind: type, tenant: TenantId) -> None:
    both = Both(tenant)
    for turn in range(6):
        message = sample(kind, "", tenant, turn)
        assert message.tenant == tenant, "every message carries its tenant"
        told = [carried_out(world, message) for world in (both.here, both.there)]
        assert told[0] == told[1], message
        for world in (both.here, both.there):
            for waiting in world.queue.waiting:
                assert waiting.message.tenant == tenant
        both.check(repr(message))
