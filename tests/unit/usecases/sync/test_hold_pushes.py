"""After a restore pushes are held until both sides have been compared."""

from dataclasses import replace
from datetime import timedelta

import pytest

from funnel.domain.errors import Conflict, InputInvalid, NotFound
from funnel.domain.ids import Module
from funnel.domain.sync.comparison import Phase
from funnel.domain.sync.runs import JobStatus
from funnel.ports.sync_messages import PushDue
from funnel.usecases.connecting.connection import may_push
from funnel.usecases.connecting.update_connection import ConnectionChanges, update_connection
from funnel.usecases.signing_in.operate import operate
from funnel.usecases.sync.compare import start_comparison, start_repair
from funnel.usecases.sync.hold_pushes import release_if_compared
from funnel.usecases.work.push_due import push_due
from tests.fakes.world import TENANT, World
from tests.unit.usecases.sync.runs import all_kinds_synced

HOLD = {"action": "after_restore", "tenant_id": TENANT}

pytestmark = pytest.mark.feature("G7")


@pytest.fixture
def world() -> World:
    made = all_kinds_synced()
    made.clock.advance(3_600)
    update_connection(made.app, TENANT, "Ann", ConnectionChanges(read_only=False, confirmed=True))
    return made


def held(world: World) -> bool:
    connection = world.store.connection(TENANT)
    assert connection is not None
    return connection.held_since is not None


def test_nothing_is_written_until_a_comparison_has_found_both_sides_alike(world: World) -> None:
    answer = operate(world.app, "", HOLD)
    assert answer["tenant_id"] == TENANT
    connection = world.store.connection(TENANT)
    assert connection is not None
    assert not may_push(connection)
    calls = len(world.sugar.calls)
    push_due(world.app, PushDue(TENANT), "w", lambda: 60.0)
    assert world.sugar.calls[calls:] == []
    world.drain()
    assert not held(world)


def test_where_something_differs_pushes_wait_for_the_repair(world: World) -> None:
    old = world.sugar.now() - timedelta(days=30)
    world.sugar.put(Module.LEADS, "imported", at=old, last_name="Imported")
    operate(world.app, "", HOLD)
    world.drain()
    assert held(world)
    start_repair(world.app, TENANT, "Ann")
    world.drain()
    assert not held(world)


def test_a_comparison_from_before_does_not_count(world: World) -> None:
    start_comparison(world.app, TENANT, "Ann")
    world.clock.advance(60)
    update_connection(world.app, TENANT, "Ann", ConnectionChanges(paused=True))
    operate(world.app, "", HOLD)
    update_connection(world.app, TENANT, "Ann", ConnectionChanges(paused=False))
    world.drain()
    assert held(world)
    start_comparison(world.app, TENANT, "Ann")
    world.drain()
    assert not held(world)


def test_held_again_it_waits_for_a_comparison_from_then_on(world: World) -> None:
    operate(world.app, "", HOLD)
    world.drain()
    operate(world.app, "", HOLD)
    assert held(world)


def test_a_comparison_that_did_not_end_is_not_repaired_and_releases_nothing(world: World) -> None:
    operate(world.app, "", HOLD)
    begun = world.store.comparison(TENANT)
    assert begun is not None
    world.store.save_comparison(replace(begun, status=JobStatus.FAILED))
    with pytest.raises(Conflict, match="did not come to its end"):
        start_repair(world.app, TENANT, "Ann")
    assert held(world)


def test_a_repair_that_mends_nothing_releases_nothing(world: World) -> None:
    old = world.sugar.now() - timedelta(days=30)
    world.sugar.put(Module.LEADS, "imported", at=old, last_name="Imported")
    operate(world.app, "", HOLD)
    world.drain()
    found = world.store.comparison(TENANT)
    assert found is not None
    release_if_compared(world.app, replace(found, phase=Phase.REPAIR))
    assert held(world)
    start_repair(world.app, TENANT, "Ann")
    world.drain()
    assert not held(world)


def test_a_module_that_was_not_read_releases_nothing(world: World) -> None:
    operate(world.app, "", HOLD)
    begun = world.store.comparison(TENANT)
    assert begun is not None
    release_if_compared(world.app, begun)
    assert held(world)


def test_asked_for_twice_it_is_released_all_the_same(world: World) -> None:
    operate(world.app, "", HOLD)
    world.clock.advance(60)
    operate(world.app, "", HOLD)
    world.drain()
    assert not held(world)


def test_one_that_was_at_work_before_the_restore_makes_way(world: World) -> None:
    start_comparison(world.app, TENANT, "Ann")
    before = world.store.comparison(TENANT)
    assert before is not None
    world.store.save_comparison(replace(before, status=JobStatus.RUNNING))
    world.clock.advance(60)
    operate(world.app, "", HOLD)
    after = world.store.comparison(TENANT)
    assert after is not None
    assert after.comparison_id != before.comparison_id
    world.drain()
    assert not held(world)


def test_an_operator_lets_pushes_go_on_with_a_reason(world: World) -> None:
    operate(world.app, "", HOLD)
    with pytest.raises(InputInvalid, match="why"):
        operate(world.app, "", {"action": "release_pushes", "tenant_id": TENANT})
    assert held(world)
    wish = {"action": "release_pushes", "tenant_id": TENANT, "reason": "Users are refused"}
    operate(world.app, "", wish)
    assert not held(world)
    assert PushDue(TENANT) in [one.message for one in world.queue.waiting]


def test_without_a_tenant_or_connection_it_says_so() -> None:
    with pytest.raises(NotFound):
        operate(World().app, "", HOLD)
    with pytest.raises(InputInvalid):
        operate(World().app, "", {"action": "after_restores"})
