"""Everybody whom a search finds is put on a list made by hand: counted first, whoever does the work."""

from collections.abc import Callable

import pytest

from funnel.domain.errors import InputInvalid, NotFound
from funnel.domain.ids import JobId, ListId, TenantId
from funnel.domain.sync.runs import Job, JobStatus
from funnel.ports.marketing_messages import DoPeopleJob
from funnel.usecases.lists import work_found
from funnel.usecases.lists.keep_lists import make_list, retire_list
from funnel.usecases.lists.put_found import count_found, put_found
from funnel.usecases.lists.view_found import found_view
from funnel.usecases.people.create_person import NewPerson, create_person
from funnel.usecases.people.people_filter import PeopleFilter
from funnel.usecases.work.do_people_job import do_people_job
from tests.fakes.world import TENANT, World

pytestmark = pytest.mark.feature("D6")
ULM = PeopleFilter(query="ulm")


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    """Nine people of Ulm and one of Bonn; two are put on a list in one step."""
    monkeypatch.setattr(work_found, "_PUT_AT_ONCE", 2)
    monkeypatch.setattr(work_found, "_COUNTED_AT_ONCE", 2)
    monkeypatch.setattr(work_found, "_COUNTED_PAGES", 2)
    world = World()
    world.connect()
    for n in range(10):
        company = "Ulm" if n else "Bonn"
        new = NewPerson({"last_name": f"P{n}", "company": company}, f"p{n}@x.test", "Ada")
        create_person(world.app, TENANT, new, str(n))
    return world


def made(world: World) -> ListId:
    return make_list(world.app, TENANT, "k", "Of Ulm", "Ada").list_id


def counted(world: World, wanted: PeopleFilter = ULM) -> JobId:
    job = count_found(world.app, TENANT, wanted, "Ada")
    world.drain()
    return JobId(job.job_id)


def on(world: World, list_id: ListId) -> int:
    return len(world.store.members(TENANT, list_id, 99).items)


def time_for(steps: int) -> Callable[[], float]:
    """The seconds left of a worker that has time for so many steps."""
    left = [600.0] * steps
    return lambda: left.pop() if left else 0.0


def stored(world: World, job: Job) -> Job:
    found = world.store.job(TENANT, JobId(job.job_id))
    assert found is not None
    return found


def test_they_are_counted_and_then_all_put_on_once_however_often_it_is_asked(world: World) -> None:
    list_id, count = made(world), counted(world)
    view = found_view(world.app, TENANT, count)
    assert (view.status, view.people, view.of, view.too_many) == (JobStatus.DONE, 9, None, False)
    assert on(world, list_id) == 0, "nothing is done before somebody has seen the count"
    jobs = {put_found(world.app, TENANT, count, list_id, "Ada").job_id for _ in range(2)}
    world.drain()
    (job_id,) = jobs
    view = found_view(world.app, TENANT, JobId(job_id))
    assert (view.status, view.people, view.of) == (JobStatus.DONE, 9, 9)
    assert view.list is not None
    assert (view.list.name, view.list.members) == ("Of Ulm", 9)
    assert on(world, list_id) == 9


def test_another_worker_goes_on_where_one_ran_out_of_time(world: World) -> None:
    list_id, count = made(world), counted(world)
    job = put_found(world.app, TENANT, count, list_id, "Ada")
    message = DoPeopleJob(TENANT, JobId(job.job_id))
    for steps in (1, 2):
        do_people_job(world.app, message, time_for(steps))
    assert stored(world, job).result["people"] == on(world, list_id) == 6
    do_people_job(world.app, message, lambda: 600.0)
    assert stored(world, job).status is JobStatus.DONE
    assert on(world, list_id) == 9


def test_a_list_that_is_retired_in_between_stops_it_and_says_so(world: World) -> None:
    list_id, count = made(world), counted(world)
    job = put_found(world.app, TENANT, count, list_id, "Ada")
    do_people_job(world.app, DoPeopleJob(TENANT, JobId(job.job_id)), time_for(1))
    retire_list(world.app, TENANT, list_id, retired=True)
    world.drain()
    view = found_view(world.app, TENANT, JobId(job.job_id))
    assert (view.status, view.people, on(world, list_id)) == (JobStatus.FAILED, 2, 2)
    assert view.note is not None
    assert "retired" in view.note.text


def test_more_than_a_search_may_put_on_are_not_begun_and_do_not_go_beyond(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    list_id, count = made(world), counted(world)
    monkeypatch.setattr(work_found, "MOST_FOUND", 5)
    job = put_found(world.app, TENANT, count, list_id, "Ada")
    world.drain()
    assert stored(world, job).status is JobStatus.FAILED
    assert on(world, list_id) == 4
    monkeypatch.setattr("funnel.usecases.lists.put_found.MOST_FOUND", 5)
    monkeypatch.setattr("funnel.usecases.lists.view_found.MOST_FOUND", 5)
    again = counted(world)
    assert found_view(world.app, TENANT, again).too_many
    assert found_view(world.app, TENANT, again).people == 6
    with pytest.raises(InputInvalid, match="at most"):
        put_found(world.app, TENANT, again, list_id, "Ada")


def test_nobody_and_what_is_not_counted_yet_is_refused(world: World) -> None:
    list_id = made(world)
    waiting = JobId(count_found(world.app, TENANT, ULM, "Ada").job_id)
    with pytest.raises(InputInvalid, match="not counted"):
        put_found(world.app, TENANT, waiting, list_id, "Ada")
    with pytest.raises(InputInvalid, match="Nobody"):
        put_found(world.app, TENANT, counted(world, PeopleFilter(query="zz")), list_id, "Ada")


def test_no_company_puts_on_whom_another_has_counted(world: World) -> None:
    list_id, count = made(world), counted(world)
    with pytest.raises(NotFound):
        put_found(world.app, TenantId("other"), count, list_id, "Eve")
    with pytest.raises(NotFound):
        found_view(world.app, TenantId("other"), count)
    with pytest.raises(NotFound):
        put_found(world.app, TENANT, count, ListId("gone"), "Ada")
