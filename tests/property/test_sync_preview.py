"""What is foretold of a full sync is what the sync then does, and foretelling it writes nothing."""

import os
from collections.abc import Mapping
from contextlib import closing

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from funnel.domain.csv_files import read_csv
from funnel.domain.ids import PULLED_MODULES, Module, RecordKey
from funnel.domain.sync.records import State, SugarRecord
from funnel.domain.sync.runs import JobStatus, RunKind
from funnel.domain.sync.sync_previews import Would
from funnel.ports.sync_messages import ContinueRun
from funnel.usecases.connecting.connection import connection_of, sugar
from funnel.usecases.sync.preview_steps import PreviewSteps
from funnel.usecases.sync.preview_sync import preview_of, start_preview
from funnel.usecases.sync.run_steps import Requests
from funnel.usecases.sync.start_run import start_run
from tests.fakes.world import TENANT, World
from tests.property.test_pull import Edit, apply, edits

RUNS = int(os.environ.get("FUNNEL_PROPERTY_RUNS", "500"))
_OWN = frozenset({"_previews", "_leases", "_budgets"})
"""Of a store: what a preview keeps of itself, and what every request to Sugar takes."""


@pytest.mark.feature("C10")
@settings(
    max_examples=RUNS,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(
    first=st.lists(edits, max_size=20),
    then=st.lists(edits, max_size=20),
    synced=st.booleans(),
    modules=st.sets(st.sampled_from(PULLED_MODULES)),
    page=st.sampled_from([2, 500]),
    remembered=st.sampled_from([0, 5_000]),
    at_a_time=st.sampled_from([1, 3, 1_000]),
)
def test_what_is_foretold_of_a_full_sync_is_what_it_then_does(
    first: list[Edit],
    then: list[Edit],
    synced: bool,
    modules: set[Module],
    page: int,
    remembered: int,
    at_a_time: int,
) -> None:
    world = World(page_size=page)
    world.connect()
    for edit in first:
        apply(world.sugar, edit)
    if synced:
        world.sync(RunKind.INITIAL)
    world.clock.advance(3_600)
    for edit in then:
        apply(world.sugar, edit)
    wanted = tuple(one for one in PULLED_MODULES if one in modules)

    before = _rows(world)
    start_preview(world.app, TENANT, "Ada", wanted, {})
    _look(world, remembered, at_a_time)
    assert _rows(world) == before, "something was written"
    foretold = _foretold(world)

    stood = _records(world)
    _full_sync(world, wanted)
    assert foretold == _done(world, stood, _records(world), wanted or PULLED_MODULES)


def _look(world: World, remembered: int, at_a_time: int) -> None:
    """By workers that do a few steps each, and know little of what they would have written."""
    world.queue.pop_next()
    for number in range(2_000):
        preview = preview_of(world.app, TENANT)
        if not preview.is_going:
            assert preview.status is JobStatus.DONE
            return
        connection, requests = connection_of(world.app, TENANT), Requests()
        with sugar(world.app, connection, on_request=requests.add) as crm:
            at_work = PreviewSteps(
                world.app, crm, connection, preview, str(number), requests, remembered
            )
            with closing(at_work):
                if all(at_work.step() for _ in range(at_a_time)):
                    at_work.let_go()
    raise AssertionError("it does not come to an end")


def _full_sync(world: World, modules: tuple[Module, ...]) -> None:
    """The run itself; what it would set free is read by others after it."""
    start_run(world.app, TENANT, RunKind.FULL, modules)
    while (message := world.queue.pop_next()) is not None:
        if isinstance(message, ContinueRun):
            world.handle(message)


def _foretold(world: World) -> dict[RecordKey, Would]:
    """By the files; the counts have to say the same."""
    preview, found = preview_of(world.app, TENANT), {}
    merged = 0
    for one in preview.files:
        for row in read_csv(world.files.get(TENANT, one.name)).rows:
            module, subject, _, would = row.cells[:4]
            if would == Would.MERGE:
                merged += 1
            else:
                found[RecordKey(Module(module), subject)] = Would(would)  # type: ignore[arg-type]
    for forecast in preview.modules:
        of_it = [would for key, would in found.items() if key.module is forecast.module]
        for would in set(Would) - {Would.MERGE}:
            assert forecast.count(would) == of_it.count(would), (forecast.module, would)
    assert merged == sum(one.count(Would.MERGE) for one in preview.modules)
    return {key: would for key, would in found.items() if would is not Would.SKIP}


def _done(
    world: World,
    before: Mapping[RecordKey, SugarRecord],
    after: Mapping[RecordKey, SugarRecord],
    modules: tuple[Module, ...],
) -> dict[RecordKey, Would]:
    """What the sync did, by how records stood before and after it."""
    done = {}
    for key, record in after.items():
        was = before.get(key)
        same = was is not None and (was.digest, was.state) == (record.digest, record.state)
        if same or key.module not in modules:
            continue
        if record.state is State.DELETED:
            done[key] = Would.DELETE
        elif record.state in (State.HELD, State.STALE):
            done[key] = Would.HOLD
        elif was is None or was.state in (State.HELD, State.DELETED):
            done[key] = Would.CREATE
        else:
            done[key] = Would.CHANGE
    return done


def _records(world: World) -> dict[RecordKey, SugarRecord]:
    return {key: record for (_, key), record in world.store._records.items()}


def _rows(world: World) -> dict[str, object]:
    found = vars(world.store).items()
    return {name: dict(one) for name, one in found if isinstance(one, dict) and name not in _OWN}
