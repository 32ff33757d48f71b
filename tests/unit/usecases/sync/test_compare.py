"""Both sides compared: what differs, why, and what a repair does about it."""

from datetime import timedelta

import pytest

from funnel.domain.crm import Condition, Operator
from funnel.domain.errors import (
    Conflict,
    FunnelError,
    NoRight,
    NotFound,
    SugarBusy,
    SugarReplyBroken,
    SugarUnavailable,
)
from funnel.domain.ids import Module, SugarId
from funnel.domain.sync.comparison import MOST_REVIVALS, Comparison, Difference, Stage
from funnel.domain.sync.runs import JobStatus
from funnel.ports.sync_messages import Compare
from funnel.usecases.sync.compare import cancel_comparison, start_comparison, start_repair
from funnel.usecases.sync.compare_steps import ComparisonSteps
from funnel.usecases.sync.view_comparison import comparison_view
from funnel.usecases.sync.work_comparison import work_comparison
from tests.fakes.world import TENANT, World
from tests.unit.usecases.sync.runs import all_kinds_synced


@pytest.fixture
def world() -> World:
    made = all_kinds_synced()
    made.clock.advance(3_600)
    return made


def latest(world: World) -> Comparison:
    """The latest comparison."""
    found = world.store.comparison(TENANT)
    assert found is not None
    return found


def differing(world: World) -> dict[str, tuple[str, str]]:
    """Id to difference and reason of all that was not held back."""
    parts = world.store.differences(TENANT, latest(world).comparison_id, 999).items
    found: list[Difference] = [d for p in parts for d in p.items]
    assert len(found) == latest(world).differing
    return {d.sugar_id: (d.kind, d.reason) for d in found if d.reason != "reported"}


def compare(world: World) -> dict[str, tuple[str, str]]:
    """Compare, to the end."""
    start_comparison(world.app, TENANT, "Ann")
    world.drain()
    assert (latest(world).status, latest(world).note) == (JobStatus.DONE, None)
    return differing(world)


def test_sides_that_agree_cost_a_count_and_a_reading_a_module(world: World) -> None:
    calls = len(world.sugar.calls)
    assert compare(world) == {}
    asked = [c.split()[0] for c in world.sugar.calls[calls:]]
    assert sorted(asked) == ["count"] * 5 + ["login", "server_time"] + ["sweep"] * 5
    held = {m.module: m.held for m in latest(world).modules}
    assert held[Module.ACCOUNTS] == 2


def test_every_kind_of_difference_is_found_with_its_reason(world: World) -> None:
    sugar = world.sugar
    sugar.put(Module.LEADS, "l01", title="Later")
    sugar.delete(Module.LEADS, "l02")
    del sugar.tables[Module.LEADS][SugarId("l03")]
    world.clock.advance(3_600)
    old = sugar.now() - timedelta(days=30)
    sugar.put(Module.LEADS, "imported", at=old, last_name="Imported")
    sugar.put(Module.LEADS, "l04", title="This moment")
    assert compare(world) == {
        "l01": ("another time", "newer"),
        "l02": ("deleted there", "newer"),
        "l03": ("only here", "unknown"),
        "l04": ("another time", "just now"),
        "imported": ("only there", "unknown"),
    }
    assert latest(world).differing - latest(world).settled == 5
    start_repair(world.app, TENANT, "Ann")
    world.drain()
    assert differing(world) == {"l03": ("only here", "not visible")}
    assert latest(world).differing == latest(world).settled


def test_what_the_filter_leaves_out_is_told_and_left_as_it_is(world: World) -> None:
    condition = Condition("last_name", Operator.IS_NOT, ("L5",))
    world.change(conditions={Module.LEADS: (condition,)})
    assert compare(world) == {"l05": ("only here", "filtered")}
    assert latest(world).differing == latest(world).settled
    start_repair(world.app, TENANT, "Ann")
    world.drain()
    assert differing(world) == {"l05": ("only here", "filtered")}
    assert latest(world).differing == latest(world).settled


def test_a_large_module_is_read_in_windows_and_handed_over(world: World) -> None:
    for i in range(4_000):
        world.sugar.put(Module.LEADS, f"m{i:05}", at=world.sugar.now(), last_name="Many")
        world.clock.advance(0.5)
    world.sync()
    world.clock.advance(3_600)
    start_comparison(world.app, TENANT, "Ann")
    turns = 0
    while (message := world.queue.pop_next()) is not None:
        assert isinstance(message, Compare)
        work_comparison(world.app, message, f"w{turns}", lambda: 0)
        turns += 1
    assert turns > 10
    assert differing(world) == {}
    leads = next(m for m in latest(world).modules if m.module is Module.LEADS)
    assert (leads.there, leads.here) == (4_014, 4_014)
    assert leads.requests < 30


def test_a_module_that_sugar_refuses_is_marked_and_the_others_are_compared(world: World) -> None:
    def refuse(name: str) -> None:
        if name == "count Leads":
            raise NoRight("No right.")

    world.sugar.before_call = refuse
    compare(world)
    stages = {m.module: m.stage for m in latest(world).modules}
    assert stages.pop(Module.LEADS) is Stage.FAILED
    assert set(stages.values()) == {Stage.DONE}


def test_a_sugar_that_stays_away_ends_it_with_what_to_do(world: World) -> None:
    world.sugar.before_call = away
    start_comparison(world.app, TENANT, "Ann")
    world.drain()
    found = latest(world)
    assert found.status is JobStatus.FAILED
    assert found.note is not None
    assert len(world.queue) == 0


def away(_name: str) -> None:
    raise SugarUnavailable("away")


def waiting(world: World) -> Comparison:
    """One that Sugar has stopped answering in its midst, between two tries."""
    world.sync()
    world.drain()
    start_comparison(world.app, TENANT, "Ann")
    begun = world.queue.pop_next()
    assert isinstance(begun, Compare)
    work_comparison(world.app, begun, "w", lambda: 0)
    world.sugar.before_call = away
    begun = world.queue.pop_next()
    assert isinstance(begun, Compare)
    work_comparison(world.app, begun, "w", lambda: 0)
    return latest(world)


def test_one_that_waits_for_sugar_says_until_when_and_is_tried_at_once_by_whoever_asks(
    world: World,
) -> None:
    waits = waiting(world)
    assert (waits.status, waits.attempt, waits.waits) == (JobStatus.RUNNING, 1, True)
    assert waits.next_try == world.clock.now() + timedelta(seconds=15)
    world.change(open_until=world.clock.now() + timedelta(hours=1), failures=3)
    world.sugar.before_call = lambda _name: None
    asked = start_comparison(world.app, TENANT, "Bob")
    assert asked.comparison_id == waits.comparison_id
    message = world.queue.pop_next()
    assert message == Compare(TENANT, waits.comparison_id)
    work_comparison(world.app, message, "w", lambda: 60)
    ended = latest(world)
    assert (ended.status, ended.note, ended.next_try) == (JobStatus.DONE, None, None)
    assert ended.requested_by == "Ann"


@pytest.mark.parametrize("given_up", [False, True])
def test_one_that_sugar_stopped_goes_on_where_it_was_when_a_sync_has_succeeded(
    world: World, given_up: bool
) -> None:
    stopped = waiting(world)
    if given_up:
        world.drain()
        stopped = latest(world)
        assert (stopped.given_up, stopped.next_try) == (True, None)
    else:
        while world.queue.pop_next() is not None:
            """Its message is lost: only the sync tells it that Sugar is there again."""
    world.sugar.before_call = lambda _name: None
    world.clock.advance(3_700)
    world.sync()
    world.drain()
    ended = latest(world)
    assert ended.comparison_id == stopped.comparison_id
    assert (ended.status, ended.note) == (JobStatus.DONE, None)


@pytest.mark.parametrize(
    ("stopped_by", "revivals"),
    [(SugarUnavailable, MOST_REVIVALS), (SugarBusy, MOST_REVIVALS), (SugarReplyBroken, 0)],
)
def test_one_that_sugar_stops_time_and_again_is_not_tried_for_ever(
    world: World, monkeypatch: pytest.MonkeyPatch, stopped_by: type[FunnelError], revivals: int
) -> None:
    tries: list[int] = [0]

    def stop(_steps: ComparisonSteps, _part: object) -> None:
        tries[-1] += 1
        raise stopped_by("Sugar stopped over this page.")

    monkeypatch.setattr(ComparisonSteps, "_read", stop)
    start_comparison(world.app, TENANT, "Ann")
    world.drain()
    for _ in range(MOST_REVIVALS + 2):
        tries.append(0)
        world.clock.advance(3_600)
        world.sync()
    assert [tried > 0 for tried in tries[1:]] == [True] * revivals + [False] * (5 - revivals)
    ended = latest(world)
    assert (ended.status, ended.given_up, ended.revived) == (JobStatus.FAILED, True, revivals)
    assert not comparison_view(world.app, ended).revives
    monkeypatch.undo()
    compare(world)
    assert latest(world).revived == 0


def test_one_is_cancelled_and_its_worker_leaves_it_so(world: World) -> None:
    waits = waiting(world)
    cancelled = cancel_comparison(world.app, TENANT, "Bob")
    assert (cancelled.status, cancelled.next_try) == (JobStatus.FAILED, None)
    assert cancelled.note is not None
    assert cancelled.note.text == "Bob cancelled it."
    assert not cancelled.given_up
    world.sugar.before_call = lambda _name: None
    world.drain()
    world.sync()
    world.drain()
    assert latest(world) == cancelled == cancel_comparison(world.app, TENANT, "Ann")
    assert start_comparison(world.app, TENANT, "Ann").comparison_id != waits.comparison_id


def test_one_goes_on_at_a_time_and_nothing_is_repaired_that_does_not_differ(world: World) -> None:
    with pytest.raises(NotFound):
        start_repair(world.app, TENANT, "Ann")
    for key in ("a1", "a2"):
        world.sugar.put(Module.ACCOUNTS, key, assigned_user_id="u0")
    world.sync()
    world.drain()
    first = start_comparison(world.app, TENANT, "Ann")
    assert start_comparison(world.app, TENANT, "Bob").comparison_id == first.comparison_id
    message = world.queue.pop_next()
    assert isinstance(message, Compare)
    work_comparison(world.app, message, "w", lambda: 0)
    with pytest.raises(Conflict):
        start_comparison(world.app, TENANT, "Bob")
    world.drain()
    view = comparison_view(world.app, latest(world))
    assert (view.share, view.differing, view.requested_by) == (1.0, latest(world).differing, "Ann")
    if not view.differing:
        with pytest.raises(Conflict):
            start_repair(world.app, TENANT, "Ann")
