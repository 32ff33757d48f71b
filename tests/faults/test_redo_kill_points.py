"""Who was erased before a restore is erased again, and the worker dies at every call of every port."""

import pytest

from funnel.domain.errors import StoreBusy
from funnel.domain.ids import Module
from funnel.domain.sync.records import Person
from funnel.domain.sync.runs import JobStatus, RunKind
from funnel.usecases.erasing.erase_person import new_erasure
from funnel.usecases.jobs.ask_to_redo import ask_to_redo, redo_job
from funnel.usecases.jobs.people_jobs import ask_for
from funnel.usecases.living import holder_of
from funnel.usecases.people.create_person import NewPerson, create_person
from tests.fakes.faulty import Crash, Moment, Plan
from tests.fakes.snapshot import copier, made_once
from tests.fakes.world import TENANT, World
from tests.faults.dying import kill_points
from tests.faults.scene import Scene, synced
from tests.unit.usecases.erasing.restored import restored

MOMENT = "20261128-100000"
NAMES = ("Zyx", "Quirin")


@made_once
def after_restore() -> World:
    """Two who were erased are there again, one with a Lead; nothing else was asked for yet."""
    world = synced()
    app = world.app
    for name in NAMES:
        new = NewPerson({"last_name": name}, f"{name.lower()}@x.test", "Ada")
        create_person(app, TENANT, new, name)
    world.sugar.put(Module.LEADS, "zyx", last_name="Zyx", email1="zyx@x.test")
    world.clock.advance(3_600)
    world.sync(RunKind.HOURLY)
    then = copier(world)
    for name in NAMES:
        holder = holder_of(app, TENANT, f"{name.lower()}@x.test")
        assert holder is not None
        ask_for(app, new_erasure(app, TENANT, holder.person_id, f"{name.lower()}@x.test", "Ada"))
        world.drain()
    gone = [r.person_id for r in world.store.rows.values() if isinstance(r, Person) and r.erased]
    return restored(then, world, gone)


def redone(plan: Plan) -> Scene:
    """What the operator asks for, once more where nothing comes of it."""
    scene = Scene(plan, after_restore())
    for _ in range(3):
        try:
            ask_to_redo(scene.mortal, TENANT, MOMENT, "Operator")
            break
        except (Crash, StoreBusy):
            plan.revived = True
    scene.drain()
    return scene


CALLS = redone(Plan()).plan.calls


@pytest.mark.feature("G7")
@pytest.mark.parametrize("moment", Moment)
def test_a_redo_that_dies_anywhere_leaves_nothing_of_whom_was_erased(moment: Moment) -> None:
    proofs = after_restore().store.proofs
    for at in kill_points(CALLS):
        scene = redone(Plan(at, moment))
        where = f"call {at}, {CALLS[at - 1]}, {moment}"
        store, job = scene.world.store, redo_job(scene.world.app, TENANT, MOMENT)
        assert job is not None, where
        assert (job.status, job.result["failed"]) == (JobStatus.DONE, {}), (where, job.note)
        assert store.redos(TENANT, 9).items == [], where
        kept = repr([store.rows, store._history, store._consents, store.errors, store.proofs])
        assert [one for one in NAMES if one in kept or one.lower() + "@" in kept] == [], where
        assert {at: (one.counts, one.asked_at) for at, one in store.proofs.items()} == {
            at: (one.counts, one.asked_at) for at, one in proofs.items()
        }, where


def test_the_kill_points_reach_every_step() -> None:
    assert {
        "redos.redos",
        "redos.redone",
        "erasures.save_erasure",
        "erasures.purge",
        "records.commit",
        "sync.save_job",
        "queue.send",
    } <= set(CALLS)
