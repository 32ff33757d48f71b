"""The pull dies at every call of every port, before it, and after it with the reply lost."""

import pytest

from funnel.domain.ids import Module, RecordKey, SugarId
from funnel.domain.sync.hooks import MarkKind
from funnel.domain.sync.records import Person, SugarRecord
from funnel.domain.sync.runs import RunKind, RunStatus
from tests.fakes.faulty import Moment, Plan
from tests.fakes.world import TENANT
from tests.faults.dying import kill_points
from tests.faults.scene import Scene, dying, moved
from tests.property.list_reference import check_lists
from tests.property.reference import check_settled, free
from tests.unit.usecases.sync.hooks import CONNECTION


def first_sync(plan: Plan) -> Scene:
    """The initial sync of a small company."""
    scene = Scene(plan)
    scene.sync(RunKind.INITIAL)
    return scene


def later_sync(plan: Plan, at: int = 0) -> Scene:
    """An hourly sync with changes of every kind; it dies at a call of its own."""
    scene = Scene(plan, moved())
    dying(plan, at)
    scene.sync(RunKind.HOURLY)
    return scene


CALLS = {
    "initial": first_sync(Plan()).plan.calls,
    "hourly": later_sync(Plan()).plan.calls,
}


@pytest.mark.parametrize("moment", Moment)
def test_an_initial_sync_that_dies_anywhere_ends_whole_and_once(moment: Moment) -> None:
    for at in kill_points(CALLS["initial"]):
        _check(first_sync(Plan(at=at, moment=moment)), at)


@pytest.mark.parametrize("moment", Moment)
def test_an_hourly_sync_that_dies_anywhere_ends_whole_and_once(moment: Moment) -> None:
    for at in kill_points(CALLS["hourly"]):
        _check(later_sync(Plan(moment=moment), at), at)


def test_the_kill_points_cover_every_port_of_the_pull() -> None:
    calls = set(later_sync(Plan()).plan.calls) | set(first_sync(Plan()).plan.calls)
    ports = {call.partition(".")[0] for call in calls}
    assert ports == {
        "records", "sync", "lists", "queue", "crm", "secrets", "activities", "batches",
        "campaigns_in_sugar",
    }  # fmt: skip
    assert {
        "records.commit",
        "records.mark_causes",
        "records.blocked_by",
        "sync.save_run",
        "sync.save_connection",
        "lists.save_list",
        "lists.move",
        "lists.link_contacts",
        "queue.send",
        "crm.read",
        "crm.by_ids",
        "crm.changed_addresses",
        "crm.holders",
        "sync.mark",
        "sync.marked",
        "sync.clear",
    } <= calls


def _check(scene: Scene, at: int) -> None:
    plan, world = scene.plan, scene.world
    where = f"call {at}, {plan.calls[at - 1]}, {plan.moment}"
    assert plan.happened, f"{where}: nothing died"
    assert scene.redelivered <= 2, f"{where}: needed more than two deliveries"
    runs = [r.status for r in world.store.runs(TENANT, 100).items]
    assert set(runs) == {RunStatus.DONE}, f"{where}: {runs}"
    check_settled(world.sugar, world.store, free(world.sugar, world.store))
    check_lists(world.store)
    _check_nothing_doubled(scene, where)
    _check_merged(scene, where)


def _check_nothing_doubled(scene: Scene, where: str) -> None:
    rows = scene.world.store.rows.values()
    records = [r.key for r in rows if isinstance(r, SugarRecord)]
    assert len(records) == len(set(records)), where
    linked = [link.key for p in rows if isinstance(p, Person) for link in p.links]
    assert len(linked) == len(set(linked)), where
    for key in records:
        told = scene.world.store.history(TENANT, str(key), 100).items
        said = [(e.kind, e.changes) for e in told]
        assert len(said) == len(set(said)), f"{where}: the history of {key} says something twice"


def _check_merged(scene: Scene, where: str) -> None:
    """At the latest after the next run, who was merged away is who was kept, and so is the address.

    Sugar was asked about it once, or once more by whoever came after a death.
    """
    store = scene.world.store
    lost, kept = (RecordKey(Module.LEADS, SugarId(i)) for i in ("only", "l11"))
    if not scene.world.sugar.tables[Module.LEADS][lost.sugar_id].deleted:
        return
    if store.marked(TENANT, CONNECTION, 9, kind=MarkKind.LEFT).items:
        scene.world.clock.advance(3_600)
        scene.world.sync()
    records = store.records(TENANT, [lost, kept])
    person = store.people(TENANT, [records[lost].person_id])[records[lost].person_id]
    assert person.merged_into == records[kept].person_id, where
    assert store.claims(TENANT, ["only@x.test"])["only@x.test"].person_id == person.merged_into
    assert not store.marked(TENANT, CONNECTION, 9, kind=MarkKind.LEFT).items, where
    assert scene.world.sugar.calls.count("holders") <= 1 + scene.redelivered, where
