"""Whatever is named, in whatever order and however often, is read after its last naming."""

import os
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from funnel.domain.ids import Module, RecordKey, SugarId
from funnel.domain.sync.runs import RunKind
from funnel.usecases.work.handle_message import handle_message
from tests.fakes.faulty import Crash, Plan, faulty
from tests.fakes.world import TENANT, World
from tests.unit.usecases.sync.hooks import CONNECTION, Sender

RUNS = int(os.environ.get("FUNNEL_PROPERTY_RUNS", "500")) // 2

steps = st.one_of(
    st.tuples(st.just("name"), st.lists(st.integers(0, 9), min_size=1, max_size=6)),
    st.tuples(st.just("work"), st.integers(0, 40)),
    st.tuples(st.just("wait"), st.integers(1, 400)),
)


@settings(max_examples=RUNS, deadline=None)
@given(st.lists(steps, max_size=30))
def test_every_named_record_is_read_after_its_last_naming(
    history: list[tuple[str, list[int] | int]],
) -> None:
    world = World()
    world.connect()
    world.sync(RunKind.INITIAL)
    sender = Sender(world)
    last: dict[str, str] = {}
    for number, (kind, what) in enumerate(history):
        world.clock.advance(1)
        if isinstance(what, list):
            for i in what:
                last[f"l{i}"] = f"N{number}"
                world.sugar.put(Module.LEADS, f"l{i}", last_name=f"N{number}")
            sender.send(*(f"Leads/l{i}" for i in what))
        elif kind == "work":
            _work(world, dies_at=what)
        else:
            world.clock.advance(what)
    world.clock.advance(300)
    # What a worker that died has left is rung for by the next webhook.
    world.sugar.put(Module.LEADS, "other", last_name="Other")
    sender.send("Leads/other")
    world.drain()
    keys = {i: RecordKey(Module.LEADS, SugarId(i)) for i in last}
    stored = world.store.records(TENANT, keys.values())
    assert {i: stored[key].fields["last_name"] for i, key in keys.items()} == last
    assert not world.store.marked(TENANT, CONNECTION, 99).items


def _work(world: World, dies_at: int) -> None:
    """A worker takes the next message, and dies at one of its calls; the message is lost."""
    message = world.queue.pop()
    if message is None:
        return
    plan = Plan(at=dies_at)
    app = replace(
        world.app,
        sync=faulty(world.app.sync, plan, "sync"),
        records=faulty(world.app.records, plan, "records"),
        queue=faulty(world.app.queue, plan, "queue"),
    )
    try:
        handle_message(app, message, world.ids.new_id(), lambda: 600.0)
    except Crash:
        return
