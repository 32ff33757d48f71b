"""Somebody who shared a machine is erased, and the worker dies at every call of every port."""

from dataclasses import replace

import pytest

from funnel.domain.ids import Module, PersonId, RecordKey, SugarId, WrittenModule
from funnel.domain.pushing.pushes import Wish
from funnel.domain.pushing.score_marks import NOT_TAKEN, ScoreMark, score_error
from funnel.domain.sync.records import Unit
from funnel.domain.sync.runs import Job, JobStatus
from funnel.domain.tracking.hits import BrowserId
from funnel.usecases.erasing.erase_person import EraseWork, new_erasure
from funnel.usecases.people.create_person import NewPerson, create_person
from funnel.usecases.pushing.request_push import PushRequest, request_push
from tests.fakes.faulty import Crash, Moment, Plan, faulty
from tests.fakes.snapshot import made_once
from tests.fakes.world import TENANT
from tests.faults.dying import kill_points
from tests.unit.usecases.tracking.tracking import PHONE, Shop

ADA, BEN, CLEO = "ada@example.test", "ben@example.test", "cleo@example.test"
TOLD = RecordKey(Module.LEADS, SugarId("told"))
PORTS = ("records", "visitors", "activities", "score_marks", "pushes", "erasures", "queue", "sync")


@made_once
def shared() -> tuple[Shop, list[str], Job]:
    """Ben, who used Ada's laptop and has rows in the error report; and what Ada had done before."""
    shop = Shop()
    world = shop.world
    world.connect()
    world.change(read_only=False)
    shop.send(shop.page(0), shop.form(1, ADA))
    new = NewPerson({"last_name": "Geheim"}, BEN, "Ann")
    ben = create_person(world.app, TENANT, new, "ben").person_id
    request_push(world.app, TENANT, PushRequest(ben, Wish(WrittenModule.LEADS), "Ann", "k"))
    world.drain()
    _in_the_report(shop, ben)
    shop.send(shop.form(5, BEN), shop.page(6))
    shop.send(shop.form(7, BEN), browser=PHONE)
    world.drain()
    before = shop.pages_of(ADA)
    return shop, before, new_erasure(world.app, TENANT, ben, BEN, "Ann")


def erased(plan: Plan, at: int = 0) -> tuple[Shop, list[str]]:
    """Ben is erased, and Ada goes on; with what she had done before."""
    shop, before, job = shared()
    world = shop.world
    plan.at = at
    app = replace(world.app, **{one: faulty(getattr(world.app, one), plan, one) for one in PORTS})
    try:
        EraseWork(app, job).step(job)
    except Crash:
        plan.revived = True
        # Somebody uses the laptop before the job goes on.
        shop.send(shop.page(10))
        assert EraseWork(app, job).step(job).status is JobStatus.DONE
    world.drain()
    return shop, before


def _in_the_report(shop: Shop, ben: PersonId) -> None:
    connection = shop.world.store.connection(TENANT)
    assert connection is not None
    mark = ScoreMark(TENANT, ben, connection.connection_id, failed=(TOLD,))
    there = shop.world.store.score_marks(TENANT, [ben]).get(ben)
    mark = replace(mark, version=there.version if there else 0)
    assert shop.world.store.save_score_marks(TENANT, [mark]) == [True]
    now = shop.world.clock.now()
    row = score_error(TENANT, TOLD, "Geheim", NOT_TAKEN, "f", "v", [], now)
    shop.world.store.commit(TENANT, [Unit(errors=[row])])


CALLS = (plan := Plan(), erased(plan))[0].calls


@pytest.mark.parametrize("moment", Moment)
def test_an_erasure_that_dies_anywhere_keeps_a_shared_machine_apart(moment: Moment) -> None:
    for at in kill_points(CALLS):
        plan = Plan(moment=moment)
        shop, before = erased(plan, at)
        where = f"call {at}, {plan.calls[at - 1]}, {moment}"
        assert plan.happened, where
        store = shop.world.store
        assert store.errors == {}, where
        kept = repr([store.rows, store._history, store.pushes, store._consents])
        assert [one for one in ("Geheim", BEN) if one in kept] == [], where
        shop.send(shop.page(20), shop.form(21, CLEO))
        shop.send(shop.page(22), browser=BrowserId(PHONE))
        assert shop.pages_of(ADA)[: len(before)] == before, where
        assert not {one.activity_id for one in shop.of_person(CLEO)} & set(before), where
        assert len(shop.pages_of(ADA)) == len(before), where


def test_the_kill_points_reach_every_step() -> None:
    plan = Plan()
    erased(plan)
    assert {
        "visitors.visitor",
        "visitors.save_visitor",
        "visitors.forget_ips",
        "activities.subjects",
        "score_marks.score_marks",
        "pushes.pushes_of",
        "records.errors_of",
        "records.commit",
        "erasures.purge",
    } <= set(plan.calls)
