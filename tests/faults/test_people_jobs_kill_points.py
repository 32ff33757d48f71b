"""Imports and erasures die at every call of every port, and their messages come again."""

from collections.abc import Callable
from contextlib import suppress

import pytest

from funnel.domain.errors import Conflict
from funnel.domain.ids import JobId, ListId, Module, RecordKey, SugarId
from funnel.domain.lists.lists import person_of_member
from funnel.domain.sync.runs import Job, JobStatus, RunKind
from funnel.usecases.erasing.erase_person import new_erasure
from funnel.usecases.jobs.people_jobs import ask_for
from funnel.usecases.lists import work_found
from funnel.usecases.lists.keep_lists import make_list
from funnel.usecases.lists.put_found import count_found, put_found
from funnel.usecases.lists.put_imported import start_import
from funnel.usecases.living import holder_of
from funnel.usecases.people import import_people
from funnel.usecases.people.create_person import NewPerson, create_person
from funnel.usecases.people.find_people import find_people
from funnel.usecases.people.import_people import started, take_file
from funnel.usecases.people.people_filter import PeopleFilter, WhereFound
from tests.fakes.faulty import Crash, Moment, Plan
from tests.fakes.snapshot import made_once
from tests.fakes.world import TENANT, World
from tests.faults.dying import kill_points
from tests.faults.scene import Scene, synced
from tests.property.reference import check_settled, free

CSV = b"email,last_name,city,email_opt_out\nnew@x.test,New,Ulm,yes\np1@x.test,,Ulm,\nbad,,,\n,Lone,,\n"


def _import(scene: Scene) -> JobId:
    app = scene.world.app
    job = take_file(app, TENANT, "a.csv", CSV, "Ada")
    columns = ["email", "last_name", "city", "email_opt_out"]
    ask_for(app, started(app, job, columns, only_empty=False))
    return JobId(job.job_id)


def test_an_import_that_is_started_again_with_another_new_list_is_put_on_that(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The first time it died when the list was made."""
    world = World()
    app, store = world.app, world.store
    job = take_file(app, TENANT, "a.csv", CSV, "Ada")
    columns = ["email", "last_name", "city", "email_opt_out"]
    with monkeypatch.context() as dies:
        dies.setattr("funnel.usecases.lists.put_imported.ask_for", None)
        with pytest.raises(TypeError):
            start_import(app, job, columns, only_empty=False, new_list="Fare")
    after = start_import(app, job, columns, only_empty=False, new_list="Fair")
    world.drain()
    (one,) = store.list_lists(TENANT, "", 9).items
    assert (one.list_id, one.name, one.members) == (after.arguments["list"], "Fair", 3)


@pytest.mark.parametrize("moment", Moment)
def test_a_start_that_dies_anywhere_is_made_again_and_never_beside_another_of_the_file(
    moment: Moment,
) -> None:
    columns = ["email", "last_name", "city", "email_opt_out"]

    def begin(plan: Plan) -> tuple[Scene, list[Job]]:
        scene = Scene(plan)
        jobs = [take_file(scene.world.app, TENANT, name, CSV, "Ada") for name in ("a.csv", "b.csv")]
        with suppress(Crash):
            start_import(scene.mortal, jobs[0], columns, only_empty=False)
        plan.revived = True
        return scene, jobs

    def start(scene: Scene, job: Job) -> bool:
        stored = scene.world.store.job(TENANT, JobId(job.job_id))
        assert stored is not None
        with suppress(Conflict):
            start_import(scene.world.app, stored, columns, only_empty=False)
            return True
        return False

    calls = begin(Plan())[0].plan.calls
    assert calls.count("sync.save_job") == 2, "the claim, then the import"
    claimed = calls.index("sync.save_job") + 1 + (moment is Moment.BEFORE)
    saved = len(calls) - calls[::-1].index("sync.save_job") + (moment is Moment.BEFORE)
    for at in range(1, len(calls) + 1):
        scene, (first, second) = begin(Plan(at, moment))
        assert start(scene, second) == (at < claimed), calls[at - 1]
        assert start(scene, first) == (at >= claimed), calls[at - 1]
        scene, (first, second) = begin(Plan(at, moment))
        scene.world.clock.advance(61)
        assert start(scene, second) == (at < saved), "what was not begun by then never held it long"
        assert start(scene, first) == (at >= saved), calls[at - 1]
        scene.drain()
        assert start(scene, second)
        assert start(scene, first)


@made_once
def _begun(begin: Callable[[Scene], JobId]) -> tuple[World, JobId]:
    scene = Scene(Plan(), synced())
    return scene.world, begin(scene)


def _dies(begin: Callable[[Scene], JobId], plan: Plan) -> tuple[Scene, JobId]:
    world, job_id = _begun(begin)
    scene = Scene(plan, world)
    scene.drain()
    return scene, job_id


def _calls(begin: Callable[[Scene], JobId]) -> list[str]:
    return _dies(begin, Plan())[0].plan.calls


def _erase(scene: Scene) -> JobId:
    app = scene.world.app
    create_person(app, TENANT, NewPerson({"last_name": "Zyx"}, "zyx@x.test", "Ada"), "k")
    scene.world.sugar.put(Module.LEADS, "zyx", last_name="Zyx", email1="zyx@x.test")
    scene.world.clock.advance(3_600)
    scene.sync(RunKind.HOURLY)
    holder = holder_of(app, TENANT, "zyx@x.test")
    assert holder is not None
    job = new_erasure(app, TENANT, holder.person_id, "zyx@x.test", "Ada")
    return JobId(ask_for(app, job).job_id)


@pytest.mark.parametrize("moment", Moment)
def test_an_import_that_dies_anywhere_does_each_row_once(
    moment: Moment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_people, "STEP", 2)
    calls = _calls(_import)
    assert {"records.commit", "files.put", "sync.save_job"} <= set(calls)
    for at in kill_points(calls):
        scene, job_id = _dies(_import, Plan(at, moment))
        store, app = scene.world.store, scene.world.app
        job = store.job(TENANT, job_id)
        assert job is not None
        assert job.status is JobStatus.DONE, (calls[at - 1], job.note)
        assert (job.result["create"], job.result["skip"]) == (2, 1), calls[at - 1]
        names = [
            row.name for row in find_people(app, TENANT, PeopleFilter(in_sugar=WhereFound.NO)).items
        ]
        assert names == ["Lone", "New"], calls[at - 1]
        holder = holder_of(app, TENANT, "p1@x.test")
        assert holder is not None
        assert holder.fields["city"] == "Ulm"
        assert store.consents(TENANT, ["new@x.test"])["new@x.test"].opt_out.value
        kinds = [e.kind for e in store.history(TENANT, holder.person_id, 50).items]
        assert kinds.count("changed") <= 2


def _import_onto(scene: Scene) -> JobId:
    app = scene.world.app
    job = take_file(app, TENANT, "a.csv", CSV, "Ada")
    columns = ["email", "last_name", "city", "email_opt_out"]
    start_import(app, job, columns, only_empty=False, new_list="Fair")
    return JobId(job.job_id)


@pytest.mark.feature("D1")
@pytest.mark.parametrize("moment", Moment)
def test_an_import_onto_a_list_that_dies_anywhere_puts_each_on_it_once(
    moment: Moment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_people, "STEP", 2)
    calls = _calls(_import_onto)
    # All before the first row is put on it, and all of another step, are killed in the test above.
    moves = [at for at, call in enumerate(calls, 1) if call == "lists.move"]
    assert len(moves) == 2, "each step puts those of its rows on it"
    for at in range(moves[0] - 3, len(calls) + 1):
        scene, job_id = _dies(_import_onto, Plan(at, moment))
        store, app = scene.world.store, scene.world.app
        job = store.job(TENANT, job_id)
        assert job is not None
        assert job.status is JobStatus.DONE, (calls[at - 1], job.note)
        (one,) = store.lists(TENANT, [ListId(str(job.arguments["list"]))]).values()
        there = [m.key for m in store.members(TENANT, one.list_id, 99).items]
        lone = find_people(app, TENANT, PeopleFilter(query="Lone")).items
        ids = [h.person_id for e in ("new", "p1") if (h := holder_of(app, TENANT, f"{e}@x.test"))]
        assert {person_of_member(key) for key in there} == {*ids, lone[0].person_id}
        assert len(there) == one.members == 3, calls[at - 1]


def _put_found(scene: Scene) -> JobId:
    app = scene.world.app
    count = count_found(app, TENANT, PeopleFilter(), "Ada")
    scene.drain()
    found = make_list(app, TENANT, "k", "All", "Ada")
    return JobId(put_found(app, TENANT, JobId(count.job_id), found.list_id, "Ada").job_id)


@pytest.mark.feature("D6")
@pytest.mark.parametrize("moment", Moment)
def test_putting_all_found_on_a_list_that_dies_anywhere_puts_each_on_it_once(
    moment: Moment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work_found, "_PUT_AT_ONCE", 3)
    calls = _calls(_put_found)
    assert {"lists.move", "sync.save_job"} <= set(calls)
    for at in kill_points(calls):
        scene, job_id = _dies(_put_found, Plan(at, moment))
        store = scene.world.store
        job = store.job(TENANT, job_id)
        assert job is not None
        listed = len(find_people(scene.world.app, TENANT, limit=99).items)
        assert (job.status, job.result["people"]) == (JobStatus.DONE, listed), calls[at - 1]
        found = store.lists(TENANT, [ListId(str(job.arguments["list"]))])
        (one,) = found.values()
        there = [m.key for m in store.members(TENANT, one.list_id, 99).items]
        assert len(there) == len(set(there)) == one.members == listed, calls[at - 1]


@pytest.mark.parametrize("moment", Moment)
def test_an_erasure_that_dies_anywhere_leaves_nothing_in_the_end(moment: Moment) -> None:
    calls = _calls(_erase)
    assert {"erasures.save_erasure", "erasures.purge", "records.commit"} <= set(calls)
    for at in kill_points(calls):
        scene, job_id = _dies(_erase, Plan(at, moment))
        store = scene.world.store
        job = store.job(TENANT, job_id)
        assert job is not None
        assert job.status is JobStatus.DONE, (calls[at - 1], job.note)
        scene.plan.at = 0
        scene.world.clock.advance(3_600)
        scene.sync(RunKind.FULL)
        kept = repr([store.rows, store._history, store._consents, store.errors, store.proofs])
        assert "zyx@x.test" not in kept, calls[at - 1]
        assert "Zyx" not in kept, calls[at - 1]
        proof = store.erasures(TENANT, 9).items[0]
        assert proof.finished_at is not None
        key = RecordKey(Module.LEADS, SugarId("zyx"))
        assert [e.code for e in store.errors_of(TENANT, key)] == ["Erased"]
        scene.world.sugar.delete(Module.LEADS, "zyx")
        scene.world.clock.advance(3_600)
        scene.sync(RunKind.HOURLY)
        check_settled(scene.world.sugar, store, free(scene.world.sugar, store))
