"""Target Lists edited in Sugar while they are read, by workers that die: ours is what Sugar says."""

import os
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from funnel.domain.ids import ListId, Module, RecordKey
from funnel.domain.lists.lists import ListStatus
from funnel.domain.lists.target_lists import MEMBER_MODULES
from funnel.ports.messages import Message
from funnel.ports.sync_messages import ReadTargetLists
from funnel.usecases.target_lists import compare_members
from funnel.usecases.target_lists.read_target_lists import target_lists_here
from funnel.usecases.work.handle_message import handle_message
from tests.fakes.faulty import Crash, Moment, Plan, faulty
from tests.fakes.sugar import ModelSugar, ModelTargetList
from tests.fakes.world import TENANT, World

RUNS = int(os.environ.get("FUNNEL_PROPERTY_RUNS", "300"))
LISTS = ("fair", "news", "never")
TYPES = ("default", "exempt", "test")
USUAL = [str(UUID(int=(n * 0x1F3D5B79 << 96 | n) % 2**128)) for n in range(40)]
ODD = ["1", "seed_sally_id", "A1-B2", "zz", "5"]
RECORDS = {m: [*ODD[:2], *USUAL, *ODD[2:]] for m in MEMBER_MODULES}

Edit = tuple[str, int, int, int]
edits: st.SearchStrategy[Edit] = st.tuples(
    st.sampled_from(
        [
            "add", "add", "add", "many", "drop", "drop", "empty", "rename", "type", "delete-list",
            "restore-list", "delete", "restore", "target",
        ]
    ),
    st.integers(0, 60),
    st.integers(0, 60),
    st.integers(0, 60),
)  # fmt: skip


def apply(sugar: ModelSugar, edit: Edit) -> None:
    """One thing that happens in Sugar; nothing where there is nothing it could happen to."""
    kind, a, b, c = edit
    name, module = LISTS[a % 3], MEMBER_MODULES[b % 3]
    member = RECORDS[module][c % len(RECORDS[module])]
    one = sugar.target_lists.get(name)  # type: ignore[call-overload]
    if one is None:
        one = sugar.put_list(name, name.title(), "exempt" if name == "never" else "default")
    _EDITS[kind](sugar, one, module, RECORDS[module].index(member), c)


def _delete(sugar: ModelSugar, _one: ModelTargetList, module: Module, at: int, _c: int) -> None:
    sugar.delete(module, RECORDS[module][at])


def _restore(sugar: ModelSugar, _one: ModelTargetList, module: Module, at: int, _c: int) -> None:
    sugar.tables[module][RECORDS[module][at]].deleted = False  # type: ignore[index]


def _delete_list(sugar: ModelSugar, one: ModelTargetList, _m: Module, _at: int, _c: int) -> None:
    sugar.delete_list(one.sugar_id)


def _restore_list(sugar: ModelSugar, one: ModelTargetList, _m: Module, _at: int, _c: int) -> None:
    one.deleted, one.date_modified = False, sugar.now()


_EDITS: dict[str, Callable[[ModelSugar, ModelTargetList, Module, int, int], object]] = {
    "add": lambda _s, one, module, at, _c: one.add(module, RECORDS[module][at]),
    "many": lambda _s, one, module, at, _c: one.add(module, *RECORDS[module][at : at + 20]),
    "drop": lambda _s, one, module, at, _c: one.drop(module, RECORDS[module][at]),
    "empty": lambda _s, one, _m, _at, _c: one.members.clear(),
    "rename": lambda s, one, _m, _at, c: s.put_list(one.sugar_id, f"Name {c}", one.list_type),
    "type": lambda s, one, _m, _at, c: s.put_list(one.sugar_id, one.name, TYPES[c % 3]),
    "delete-list": _delete_list,
    "restore-list": _restore_list,
    "delete": _delete,
    "restore": _restore,
    "target": lambda s, _o, _m, at, c: s.put(
        Module.PROSPECTS, RECORDS[Module.PROSPECTS][at], title=f"Title {c}"
    ),
}


def small() -> World:
    """A company whose lists are read in parts of a few members each."""
    world = World()
    world.connect()
    for module in MEMBER_MODULES:
        for i, sugar_id in enumerate(RECORDS[module]):
            email = f"p{i % 9}@x.test" if i % 3 else None
            world.sugar.put(module, sugar_id, last_name=f"{module} {i}", email1=email)
    return world


class Workers:
    """Delivers messages as queues do: again when a worker died, twice now and then."""

    def __init__(self, world: World, edited: dict[int, list[Edit]], turns: int) -> None:
        self.world = world
        self.turns = turns
        self._edited = edited
        self._calls = 0
        world.sugar.before_call = self._between

    def _between(self, _name: str) -> None:
        for edit in self._edited.pop(self._calls, ()):
            apply(self.world.sugar, edit)
        self._calls += 1

    def drain(self, plan: Plan | None = None, *, twice: bool = False) -> None:
        """Until nothing is left to do."""
        for number in range(2_000):
            message = self.world.queue.pop_next()
            if message is None:
                return
            # Each hand-over that is delivered twice is two readings from there on.
            for _ in range(2 if twice and number < 3 else 1):
                self._deliver(message, plan)
        raise AssertionError("The messages do not come to an end.")

    def _deliver(self, message: Message, plan: Plan | None) -> None:
        app = self.world.app
        if plan is not None and not plan.happened:
            app = replace(
                app,
                lists=faulty(app.lists, plan, "lists"),
                records=faulty(app.records, plan, "records"),
                sync=faulty(app.sync, plan, "sync"),
                queue=faulty(app.queue, plan, "queue"),
            )
        steps = iter(range(self.turns))
        left: Callable[[], float] = lambda: 600.0 if next(steps, None) is not None else 0.0  # noqa: E731
        try:
            handle_message(app, message, self.world.ids.new_id(), left)
        except Crash:
            assert plan is not None
            plan.revived = True
            self.world.clock.advance(3_600)
            handle_message(self.world.app, message, self.world.ids.new_id(), left)


def check(world: World) -> None:
    """Every live list is here with exactly Sugar's members; every other one is retired."""
    here = target_lists_here(world.app, TENANT)
    for sugar_id, theirs in world.sugar.target_lists.items():
        ours = here.get(sugar_id)
        if theirs.deleted:
            assert ours is None or ours.status is ListStatus.RETIRED
            continue
        assert ours is not None, f"{sugar_id} is not here"
        assert ours.status is ListStatus.ACTIVE
        assert (ours.name, ours.list_type) == (theirs.name, theirs.list_type)
        assert ours.suppresses == theirs.list_type.startswith("exempt")
        wanted = {f"{m}/{i}" for m in MEMBER_MODULES for i in world.sugar.live_members(sugar_id, m)}
        found = members(world, ours.list_id)
        assert found == wanted, f"{sugar_id}: {found ^ wanted}"
        assert ours.members == len(wanted)
        for i in world.sugar.live_members(sugar_id, Module.PROSPECTS):
            key = RecordKey(Module.PROSPECTS, i)
            record = world.store.records(TENANT, [key])[key]
            title = world.sugar.tables[Module.PROSPECTS][i].fields.get("title")
            assert record.fields.get("title") == title


def members(world: World, list_id: ListId) -> set[str]:
    """Our members."""
    return {one.key for one in world.store.members(TENANT, list_id, 10_000).items}


EMPTIED: dict[str, Any] = {
    "first": [
        ("target", 4, 1, 55), ("drop", 22, 40, 2), ("add", 56, 22, 5), ("add", 5, 40, 10),
        ("empty", 49, 50, 4), ("delete-list", 30, 58, 16), ("add", 16, 41, 11),
    ],
    "rounds": [[
        (7, ("many", 20, 60, 46)), (8, ("add", 35, 52, 55)), (5, ("target", 12, 58, 36)),
        (24, ("many", 20, 8, 20)), (13, ("rename", 37, 32, 55)), (23, ("empty", 35, 52, 46)),
        (25, ("add", 56, 50, 27)), (19, ("restore-list", 28, 55, 35)),
    ]],
    "most": 8, "most_odd": 1, "ranges": True, "turns": 2,
    "dies_at": 36, "moment": Moment.AFTER, "twice": False,
}  # fmt: skip
"""A list that was cut into parts and is emptied while it is read."""


@pytest.mark.feature("B9")
@example(**EMPTIED)
@settings(
    max_examples=RUNS,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(
    first=st.lists(edits, max_size=20),
    rounds=st.lists(
        st.lists(st.tuples(st.integers(0, 25), edits), max_size=8), min_size=1, max_size=3
    ),
    most=st.sampled_from([3, 8, 5_000]),
    most_odd=st.sampled_from([1, 500]),
    ranges=st.booleans(),
    turns=st.sampled_from([2, 1_000]),
    dies_at=st.integers(0, 60),
    moment=st.sampled_from(Moment),
    twice=st.booleans(),
)
def test_our_membership_is_what_sugar_says_whatever_happens_on_the_way(
    first: list[Edit],
    rounds: list[list[tuple[int, Edit]]],
    most: int,
    most_odd: int,
    ranges: bool,
    turns: int,
    dies_at: int,
    moment: Moment,
    twice: bool,
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(compare_members, "MOST_MEMBERS", most)
        patch.setattr(compare_members, "MOST_ODD", most_odd)
        world = small()
        world.sugar.reads_ranges = ranges
        for edit in first:
            apply(world.sugar, edit)
        for number, during in enumerate(rounds):
            planned: dict[int, list[Edit]] = {}
            for at, edit in during:
                planned.setdefault(at, []).append(edit)
            workers = Workers(world, planned, turns)
            world.queue.send(ReadTargetLists(TENANT))
            workers.drain(Plan(at=dies_at, moment=moment) if number == 0 else None, twice=twice)
            for edits_left in planned.values():
                for edit in edits_left:
                    apply(world.sugar, edit)
            world.clock.advance(1_800)
        world.sugar.before_call = lambda _name: None
        # What was edited while it was read is seen by the next round.
        world.queue.send(ReadTargetLists(TENANT))
        Workers(world, {}, 1_000).drain()
        check(world)

        world.clock.advance(1_800)
        before = (world.store.list_writes, dict(world.store.readings))
        world.queue.send(ReadTargetLists(TENANT))
        Workers(world, {}, 1_000).drain()
        assert (world.store.list_writes, world.store.readings) == before
