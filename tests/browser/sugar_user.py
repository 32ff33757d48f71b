"""Sarah Okafor, a user of Sugar who signs in: what Sugar says of her, and what is synced of her."""

from dataclasses import replace
from datetime import timedelta

from funnel.domain.crm import Value
from funnel.domain.ids import Module, RecordKey, SugarId, TenantId
from funnel.domain.signing_in.tenants import Role
from funnel.domain.sync.records import Unit
from tests.browser.world import World

KEY = RecordKey(Module.USERS, SugarId("sarah"))
NAME = "Sarah Okafor"


def sugar_said(world: World, role: Role = Role.ADMIN) -> dict[str, object]:
    """The result of the job that asked Sugar for her."""
    return {
        "sugar_id": KEY.sugar_id,
        "name": NAME,
        "role": role.value,
        "is_admin": role is Role.ADMIN,
        "told_at": world.clock.now().isoformat(),
    }


def set_user(world: World, tenant: TenantId, **fields: Value) -> None:
    """Sync her with these fields changed."""
    found = world.store.records(tenant, [KEY])[KEY]
    world.clock.advance(1)
    began = world.clock.now()
    stamp = replace(found.stamp, began=began, ended=began + timedelta(seconds=1))
    changed = replace(found, fields={**found.fields, **fields}, stamp=stamp)
    assert world.store.commit(tenant, [Unit(records=[changed])]) == [True]
