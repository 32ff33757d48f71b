"""Changing consent and pushing it die at every call of every port, before it and with the reply lost."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

import pytest

from funnel.domain.ids import PersonId
from funnel.domain.sync.runs import RunKind
from funnel.usecases.app import App
from funnel.usecases.connecting.update_connection import ConnectionChanges, update_connection
from funnel.usecases.consent.change_consent import Said, take_back, unsubscribe
from tests.fakes.faulty import Crash, Moment, Plan
from tests.fakes.snapshot import made_once
from tests.fakes.world import TENANT, World
from tests.faults.dying import kill_points
from tests.faults.scene import Scene, dying

EMAIL = "p1@x.test"
Change = Callable[[App, PersonId], object]


def out(app: App, person_id: PersonId) -> object:
    """Somebody unsubscribes the address."""
    return unsubscribe(app, TENANT, person_id, EMAIL, Said("Ada", "asked"))


def back(app: App, person_id: PersonId) -> object:
    """An admin takes it back."""
    return take_back(app, TENANT, person_id, EMAIL, Said("Ada", "asked"))


@dataclass(frozen=True)
class Case:
    """What Sugar holds first, whether it takes what it is told, and what is changed here."""

    change: Change
    before: bool
    takes: bool = True


CASES = {
    "unsubscribed": Case(out, before=False),
    "taken back": Case(back, before=True),
    "not taken": Case(out, before=False, takes=False),
}


@made_once
def before(case: Case) -> World:
    """The company, synced."""
    scene = Scene(Plan())
    world = scene.world
    world.change(read_only=False)
    world.sugar.flag(EMAIL, opt_out=case.before)
    scene.sync(RunKind.INITIAL)
    world.clock.advance(3_600)
    world.sugar.takes_flags = case.takes
    return world


def push(case: Case, plan: Plan, at: int = 0) -> Scene:
    """A change here, repeated by the person if it came to nothing, and what is delivered then."""
    scene = Scene(plan, before(case))
    world = scene.world
    person_id = world.store.claims(TENANT, [EMAIL])[EMAIL].person_id
    dying(plan, at)
    try:
        case.change(scene.mortal, person_id)
    except Crash:
        plan.revived = True
        case.change(scene.mortal, person_id)
    scene.drain()
    return scene


CALLS = {name: push(case, Plan()).plan.calls for name, case in CASES.items()}


@pytest.mark.parametrize("moment", Moment)
@pytest.mark.parametrize("name", CASES)
def test_a_push_that_dies_anywhere_is_carried_out_once_and_settles(
    name: str, moment: Moment
) -> None:
    case = CASES[name]
    for at in kill_points(CALLS[name]):
        scene = push(case, Plan(moment=moment), at)
        where = f"call {at}, {scene.plan.calls[at - 1]}, {moment}"
        assert scene.plan.happened, where
        assert scene.world.sugar.flags_written, f"{where}: nobody rang again"
        _check(case, scene, where)


def let_write(plan: Plan, at: int = 0) -> Scene:
    """Somebody is unsubscribed while Funnel only reads, and somebody has it write, once."""
    scene = Scene(plan, before(CASES["unsubscribed"]))
    world = scene.world
    world.change(read_only=True)
    out(world.app, world.store.claims(TENANT, [EMAIL])[EMAIL].person_id)
    scene.drain()
    world.clock.advance(60)
    dying(plan, at)
    with suppress(Crash):
        changes = ConnectionChanges(read_only=False, confirmed=True)
        update_connection(scene.mortal, TENANT, "Ada", changes)
    return scene


@pytest.mark.parametrize("moment", Moment)
def test_what_waited_is_written_though_whoever_let_it_died(moment: Moment) -> None:
    """Once *read only* is off nobody has a reason to press anything again."""
    calls = list(let_write(Plan()).plan.calls)
    for at in range(len(calls) + 1):
        scene = let_write(Plan(moment=moment), at)
        scene.plan.revived = True
        scene.drain()
        found = scene.world.store.connection(TENANT)
        assert found is not None
        assert bool(scene.world.sugar.flags_written) is not found.read_only, f"{at} of {calls}"


def test_the_kill_points_cover_every_port_of_the_push() -> None:
    calls = {call for case in CASES.values() for call in push(case, Plan()).plan.calls}
    assert {
        "records.consents",
        "records.due_consents",
        "records.commit",
        "sync.acquire",
        "sync.release",
        "queue.send",
        "secrets.get",
        "crm.addresses",
        "crm.flag_address",
    } <= calls


def _check(case: Case, scene: Scene, where: str) -> None:
    world = scene.world
    wanted = not case.before
    consent = world.store.consents(TENANT, [EMAIL])[EMAIL]
    errors = [e for e in world.store.list_errors(TENANT, 50).items if e.direction == "push"]
    assert consent.opt_out.value is wanted, f"{where}: the change is lost"
    if case.takes:
        assert world.sugar.address(EMAIL).opt_out is wanted, f"{where}: Sugar was not told"
        assert (consent.owed, consent.due_at, errors) == (False, None, []), where
        assert len(world.sugar.flags_written) == 1, f"{where}: written twice"
    else:
        assert [e.code for e in errors] == ["ConsentNotTaken"], where
        assert consent.due_at is not None, where
    assert scene.redelivered <= 2, where
    person_id = world.store.claims(TENANT, [EMAIL])[EMAIL].person_id
    told = [e for e in world.store.history(TENANT, person_id, 50).items if e.kind == "consent"]
    assert len([e for e in told if e.side == "Funnel"]) == 1, f"{where}: history says it twice"
