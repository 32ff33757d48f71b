"""Asking for parts of FunnelVision, as frames in Sugar do."""

from dataclasses import replace
from typing import Any

from funnel.domain.ids import Module, RecordKey, SugarId
from funnel.domain.sync.records import Unit
from tests.browser.world import FULL, World
from tests.fakes.dashlets import vision_address
from tests.unit.web.asking import Answer, Client

SUGAR = "https://crm.nordwind.example"
LEAD = RecordKey(Module.LEADS, SugarId("p3"))
NOT_GOOD = "Sugar&#39;s word for who you are was not good, or is too old."


def ask(world: World, path: str, token: str, tenant: Any = FULL, **headers: str) -> Answer:
    """A part of a tenant's FunnelVision, by a token."""
    address = vision_address(world.app, tenant)
    return Client(world).get(f"{address}{path}", authorization=f"Bearer {token}", **headers)


def user(world: World, user_id: str, **changes: Any) -> None:
    """Change a User as a sync would."""
    key = RecordKey(Module.USERS, SugarId(user_id))
    record = world.store.records(FULL, [key])[key]
    fields = {**record.fields, **changes.pop("fields", {})}
    assert world.store.commit(FULL, [Unit(records=[replace(record, fields=fields, **changes)])])


# ------------------------------------------------------------------------------ who is let in


def open_funnel(world: World, token: str, **headers: str) -> Answer:
    """What Sugar's page sends."""
    return Client(world).ask(
        "POST",
        f"{vision_address(world.app, FULL)}/open",
        f"token={token}&next=/app/people".encode(),
        content_type="application/x-www-form-urlencoded",
        sec_fetch_site="cross-site",
        **headers,
    )
