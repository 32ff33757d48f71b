"""Two worlds that are alike but for one tenant: the victim is in the one and not in the other.

What another tenant is answered, and what becomes of its rows, has to be the same in both: then
nothing of the victim reached it, whatever that might have been.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from functools import cache
from typing import Any

from funnel.domain.ids import Module, RecordKey, SugarId, TenantId
from funnel.domain.sync.records import Unit
from tests.browser.campaigns import WELCOME
from tests.browser.segments import VIPS
from tests.browser.world import FULL, RUNNING, World, make_world
from tests.fakes.listing import Index
from tests.fakes.snapshot import copier
from tests.unit.web.asking import Client

VICTIM = FULL
TWIN = TenantId("twin")
"""Has rows of the same ids as the victim: whatever is kept without its tenant is kept twice."""
STRANGER = RUNNING
"""Has next to nothing, and asks for what is the victim's."""

REP = "sarah"
ASKED_FOR: list[str] = []
"""Jobs of the victim's."""


@cache
def _copiers() -> tuple[Callable[[], World], Callable[[], World]]:
    world = make_world()
    _give_jobs(world)
    _clone(world)
    _give_rep(world)
    without = copier(world)()
    _forget(without)
    return copier(world), copier(without)


def worlds() -> tuple[World, World]:
    """One with the victim, and one without."""
    with_victim, without = _copiers()
    return with_victim(), without()


def jobs_asked_for() -> tuple[str, ...]:
    """Jobs of the victim's that it asked for itself."""
    _copiers()
    return tuple(ASKED_FOR)


def rows_of(world: World, tenant: TenantId) -> dict[tuple[str, Any], Any]:
    """All that a tenant has: rows by where they are, files and messages. Cannot change any more."""
    found: dict[tuple[str, Any], Any] = {}
    for place, rows in _places(world):
        if isinstance(rows, dict):
            for key, value in rows.items():
                if _is_of(tenant, key, value) and not _is_nothing(value):
                    found[place, key] = _frozen(value)
        else:
            for key in rows:
                if _is_of(tenant, key, None):
                    found[place, key] = True
    waiting = [one.message for one in world.queue.waiting if one.message.tenant == tenant]
    if waiting:
        found["queue", ""] = tuple(waiting)
    return found


def _places(world: World) -> Iterator[tuple[str, Any]]:
    yield "files", world.files.kept
    yield "secrets", world.secrets._kept
    for name, rows in vars(world.store).items():
        if isinstance(rows, dict | set):
            yield name, rows
        elif isinstance(rows, Index):
            yield f"{name}.place", rows._place


def _is_of(tenant: TenantId, key: Any, value: Any) -> bool:
    if getattr(value, "tenant", None) == tenant or key == tenant:
        return True
    if isinstance(key, str):
        return key.startswith((f"funnel/test/{tenant}/", f"secret/{tenant}"))
    return isinstance(key, tuple) and bool(key) and key[0] == tenant


def _is_nothing(value: Any) -> bool:
    """What a default of the fakes leaves behind where somebody only looked."""
    if isinstance(value, tuple):
        return bool(value) and all(map(_is_nothing, value))
    return isinstance(value, dict | set) and not value


def _forget(world: World) -> None:
    """Take the victim out of a world, as if it had never been."""
    for _, rows in _places(world):
        if isinstance(rows, dict):
            for key in [k for k, v in rows.items() if _is_of(VICTIM, k, v)]:
                del rows[key]
        else:
            rows -= {key for key in rows if _is_of(VICTIM, key, None)}
    for found in vars(world.store).values():
        if isinstance(found, Index):
            order = found._order
            for group, rows in list(order.items()):
                order[group] = [row for row in rows if not _is_of(VICTIM, row[1], None)]
                if not order[group]:
                    del order[group]


def _frozen(value: Any) -> Any:
    match value:
        case dict():
            return tuple((key, _frozen(one)) for key, one in value.items())
        case list():
            return tuple(map(_frozen, value))
        case set():
            return frozenset(value)
    return value


# ------------------------------------------------------------------------------------- the twin

APART = {
    **{f"5e1f000000004000800000000000000{n}": f"5e1f00000000400080000000000000{n}f" for n in "123"},
    **{f"f0a3000000004000800000000000000{n}": f"f0a300000000400080000000000000{n}f" for n in "123"},
}
"""What is one tenant's in the whole deployment, to what the twin has in its place."""


def _clone(world: World) -> None:
    for name, found in vars(world.store).items():
        if name in ("_tenants", "_sessions", "_links"):
            continue
        if isinstance(found, dict):
            for key, value in list(found.items()):
                if _is_of(VICTIM, key, value):
                    found[_renamed(key)] = _renamed(value)
        elif isinstance(found, set):
            found |= {_renamed(key) for key in found if _is_of(VICTIM, key, None)}
        elif isinstance(found, Index):
            for key, (group, text) in list(found._place.items()):
                if _is_of(VICTIM, key, None):
                    found.put(_renamed(key), _renamed(group), _renamed(text))
    for (tenant, name), data in list(world.files.kept.items()):
        if tenant == VICTIM:
            world.files.kept[TWIN, name] = data
    victim = world.store.tenant(VICTIM)
    assert victim is not None
    world.store.create_tenant(replace(victim, tenant=TWIN, version=0))


def _renamed(value: Any) -> Any:
    if isinstance(value, Enum):
        return value
    if isinstance(value, str):
        if value == VICTIM:
            return TWIN
        return APART.get(value) or (f"{value}-2" if value.startswith("token-of-") else value)
    if isinstance(value, Counter):
        return Counter({_renamed(k): n for k, n in value.items()})
    if isinstance(value, defaultdict):
        pairs = ((_renamed(k), _renamed(v)) for k, v in value.items())
        return defaultdict(value.default_factory, pairs)
    if isinstance(value, dict):
        return {_renamed(k): _renamed(v) for k, v in value.items()}
    if isinstance(value, list | set | frozenset | tuple) and not hasattr(value, "_fields"):
        return type(value)(_renamed(one) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        told = {one.name: _renamed(getattr(value, one.name)) for one in fields(value) if one.init}
        return replace(value, **told)
    return value


def _give_jobs(world: World) -> None:
    """The victim has asked for what the pages of looks and tests show."""
    client = Client(world, world.token(VICTIM))
    in_sugar = f"/api/app/campaigns/{WELCOME}/sugar/looks"
    connection = {"url": "crm.nordwind.example", "user_name": "funnel", "password": "secret"}
    rule = {"parts": [{"test": "list", "list": VIPS}]}
    for path, body in (
        (in_sugar, {"step": "s3"}),
        ("/api/app/segments/look", {"rule": rule}),
        ("/api/setup/connection", connection),
    ):
        answer = client.call("POST", path, body)
        assert answer.status < 300, answer.text
        ASKED_FOR.append((answer.json.get("found") or answer.json)["job_id"])
    while world.queue.pop():
        pass


def _give_rep(world: World) -> None:
    """The stranger has a Sugar user of the same id as one of the victim's."""
    key = RecordKey(Module.USERS, SugarId(REP))
    record = world.store.records(VICTIM, [key])[key]
    unit = Unit(records=[replace(record, tenant=STRANGER, version=0)])
    assert world.store.commit(STRANGER, [unit]) == [True]
