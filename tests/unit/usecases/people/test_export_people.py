"""Exporting people: all who are wanted, in files of a size, whoever writes them."""

import pytest

from funnel.domain.csv_files import read_csv
from funnel.domain.ids import JobId
from funnel.domain.sync.runs import Job, JobStatus
from funnel.ports.marketing_messages import DoPeopleJob
from funnel.usecases.consent.change_consent import Said, unsubscribe
from funnel.usecases.jobs.people_jobs import ask_for
from funnel.usecases.people import export_people
from funnel.usecases.people.create_person import NewPerson, create_person
from funnel.usecases.people.export_people import Column, new_export
from funnel.usecases.people.people_filter import MayMail, PeopleFilter
from funnel.usecases.work.do_people_job import do_people_job
from tests.fakes.world import TENANT, World

COLUMNS = [Column("email", "Email"), Column("last_name", "Last name"),
           Column("do_not_call", "Do not call"), Column("email_opt_out", "Opted out")]  # fmt: skip


@pytest.fixture
def world() -> World:
    """Nine people; the first may not be written to, the last is called like a formula."""
    world = World()
    world.connect()
    for i in range(9):
        name = f"P{i}" if i < 8 else "=SUM(A1)"
        new = NewPerson({"last_name": name, "do_not_call": i == 1}, f"p{i}@x.test", "Ada")
        made = create_person(world.app, TENANT, new, str(i))
        if i == 0:
            unsubscribe(world.app, TENANT, made.person_id, "p0@x.test", Said("Ada"))
    return world


def begin(world: World, wanted: PeopleFilter | None = None) -> Job:
    return ask_for(
        world.app, new_export(world.app, TENANT, wanted or PeopleFilter(), COLUMNS, "Ada")
    )


def stored(world: World, job: Job) -> Job:
    found = world.store.job(TENANT, JobId(job.job_id))
    assert found is not None
    return found


def rows(world: World, job: Job) -> list[tuple[str, ...]]:
    """The rows of all files, each with its header."""
    found: list[tuple[str, ...]] = []
    parts = job.result["parts"]
    assert isinstance(parts, list)
    for part in parts:
        file = read_csv(world.files.get(TENANT, part["name"]))
        assert file.header == tuple(one.title for one in COLUMNS)
        assert len(file.rows) == part["rows"]
        found += [row.cells for row in file.rows]
    return found


def test_all_people_are_written_with_their_fields_and_consent(world: World) -> None:
    job = begin(world)
    world.drain()
    done = stored(world, job)
    assert (done.status, done.result["rows"]) == (JobStatus.DONE, 9)
    found = rows(world, done)
    assert ("p0@x.test", "P0", "no", "yes") in found
    assert ("p1@x.test", "P1", "yes", "") in found
    assert {row[0] for row in found} == {f"p{i}@x.test" for i in range(9)}


def test_what_a_spreadsheet_would_take_for_a_formula_is_guarded(world: World) -> None:
    job = begin(world, PeopleFilter("p8@x.test"))
    world.drain()
    text = world.files.get(TENANT, f"exports/{job.job_id}-1.csv").decode("utf-8-sig")
    assert "'=SUM(A1)" in text


def test_only_who_is_wanted_is_written(world: World) -> None:
    job = begin(world, PeopleFilter(consent=MayMail.OPTED_OUT))
    world.drain()
    assert [row[0] for row in rows(world, stored(world, job))] == ["p0@x.test"]


def test_nobody_is_a_file_with_a_header(world: World) -> None:
    job = begin(world, PeopleFilter("nobody"))
    world.drain()
    done = stored(world, job)
    assert (done.status, done.result["rows"]) == (JobStatus.DONE, 0)
    text = world.files.get(TENANT, f"exports/{job.job_id}-1.csv").decode("utf-8-sig")
    assert text == "Email,Last name,Do not call,Opted out\r\n"


def test_many_are_several_files_and_another_worker_goes_on(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export_people, "PART", 4)
    monkeypatch.setattr(export_people, "_PAGE", 2)
    job = begin(world)
    message = DoPeopleJob(TENANT, JobId(job.job_id))
    times = iter([1.0, 0.0])
    do_people_job(world.app, message, lambda: next(times))
    half = stored(world, job)
    assert (half.status, half.result["rows"]) == (JobStatus.RUNNING, 4)
    do_people_job(world.app, message, lambda: 1.0)
    done = stored(world, job)
    parts = done.result["parts"]
    assert isinstance(parts, list)
    assert [part["rows"] for part in parts] == [4, 4, 1]
    assert len({row[0] for row in rows(world, done)}) == 9
