"""What a step would do in Sugar for the people in a campaign is told one by one, and unwritten."""

import csv
import io
import itertools

import pytest

from funnel.domain.campaigns.campaign_looks import CAMPAIGN_LOOK, WouldBe
from funnel.domain.campaigns.campaigns import (
    NOWHERE,
    ChangeOwner,
    End,
    OwnerChoice,
    OwnerRule,
    ScheduleTask,
    Step,
    StepId,
    SyncPlan,
    SyncWithSugar,
    TaskPlan,
)
from funnel.domain.campaigns.enrolments import EnrolmentState
from funnel.domain.errors import InputInvalid, NotFound
from funnel.domain.ids import JobId, Module, SugarId, WrittenModule
from funnel.domain.pushing.pushes import TaskKind
from funnel.domain.sync.runs import Job, JobStatus
from funnel.usecases.campaigns_in_sugar.look_at_campaign import look_page, request_campaign_look
from tests.fakes.world import TENANT, World
from tests.unit.usecases.campaigns_in_sugar.in_sugar_scene import (
    SPRING,
    add_campaign,
    change,
    come_in,
    go_out,
    in_sugar,
)
from tests.unit.usecases.pushing.push_scene import here, push_world

SYNC, OWNER, TASK, LAST = StepId("sync"), StepId("owner"), StepId("task"), StepId("last")
ANNA = OwnerChoice(OwnerRule.CHOSEN, (SugarId("u1"),))
CALL = TaskPlan(TaskKind.CALL, "Say hello")
PLAN = SyncPlan(WrittenModule.CONTACTS, ANNA, "Web Site", update_existing=True, task=CALL)
WRITES = ("create", "update", "relate", "add_members", "remove_members")


@pytest.fixture
def world() -> World:
    made = push_world()
    add_campaign(
        made,
        first=SYNC,
        steps={
            SYNC: Step(SYNC, SyncWithSugar(PLAN), OWNER),
            OWNER: Step(OWNER, ChangeOwner(ANNA), TASK),
            TASK: Step(TASK, ScheduleTask(CALL), LAST),
            LAST: Step(LAST, End()),
        },
    )
    return made


def people(world: World, *emails: str) -> None:
    for email in emails:
        come_in(world, here(world, email))


def look(world: World, step: StepId = SYNC, at: StepId = NOWHERE) -> Job:
    asked = request_campaign_look(world.app, TENANT, SPRING, step, at, "Eva")
    world.drain()
    job = world.store.job(TENANT, JobId(asked.job_id))
    assert job is not None
    assert job.kind == CAMPAIGN_LOOK
    return job


def lines(world: World, job: Job) -> dict[str, dict[str, object]]:
    pages = [look_page(world.app, job, number) for number in range(int(str(job.result["pages"])))]
    return {str(one["email"]): dict(one) for one in itertools.chain(*pages)}


def test_it_says_who_would_be_created_changed_left_and_what_stands_in_the_way(
    world: World,
) -> None:
    people(world, "new@x.test", "there@x.test", "same@x.test")
    come_in(world, here(world, "nameless@x.test", last_name=None))
    world.sugar.put(Module.LEADS, "l1", last_name="X", email1="there@x.test", assigned_user_id="u2")
    world.sugar.put(
        Module.LEADS, "l2", last_name="Byron", first_name="Ada", email1="same@x.test",
        assigned_user_id="u1", lead_source="Web Site", account_name="Acme",
    )  # fmt: skip
    job = look(world)
    assert job.status is JobStatus.DONE
    found = lines(world, job)
    new = found["new@x.test"]
    assert (new["would"], new["module"], new["account"]) == ("create", "Contacts", "Acme")
    there = found["there@x.test"]
    assert (there["would"], there["why"]) == ("change", "has the address")
    assert there["fields"]["assigned_user_id"] == "u1"  # type: ignore[index]
    assert there["before"]["assigned_user_id"] == "u2"  # type: ignore[index]
    assert found["same@x.test"]["would"] == "skip"
    assert found["same@x.test"]["task"]
    nameless = found["nameless@x.test"]
    assert (nameless["would"], nameless["why"]) == ("hinder", "PushMissesField")
    assert nameless["field"] == "last_name"
    assert job.result["counts"] == {"create": 1, "change": 1, "skip": 1, "hinder": 1}
    assert (job.result["looked"], job.result["of"], job.result["tasks"]) == (4, 4, 3)


def test_nothing_is_written(world: World) -> None:
    people(world, "new@x.test", "two@x.test")
    before = world.store.writes
    look(world)
    assert [call for call in world.sugar.calls if call.split()[0] in WRITES] == []
    assert world.store.writes == before
    assert world.store.due_intents(TENANT, 5).items == []


def test_a_hundred_people_take_few_requests(world: World) -> None:
    people(world, *(f"p{n}@x.test" for n in range(100)))
    calls = len(world.sugar.calls)
    job = look(world)
    assert job.result["looked"] == 100
    assert len(world.sugar.calls) - calls < 30


def test_an_address_that_cannot_be_asked_for_is_told_of_its_own_person(world: World) -> None:
    people(world, "new@x.test")
    assert lines(world, look(world))["new@x.test"]["would"] == WouldBe.CREATE


def test_only_who_is_in_the_campaign_now_is_looked_at(world: World) -> None:
    people(world, "new@x.test")
    left = here(world, "left@x.test")
    come_in(world, left)
    go_out(world, left, state=EnrolmentState.LEFT)
    assert set(lines(world, look(world))) == {"new@x.test"}


def test_only_who_stands_at_a_step_is_looked_at_where_one_is_named(world: World) -> None:
    people(world, "new@x.test")
    assert set(lines(world, look(world, at=SYNC))) == {"new@x.test"}
    job = look(world, at=LAST)
    assert (lines(world, job), job.result["looked"], job.status) == ({}, 0, JobStatus.DONE)


@pytest.mark.parametrize(("step", "would"), [(OWNER, "skip"), (TASK, "skip")])
def test_who_is_not_in_sugar_gets_no_owner_and_no_task(
    world: World, step: StepId, would: str
) -> None:
    people(world, "new@x.test")
    found = lines(world, look(world, step))["new@x.test"]
    assert (found["would"], found["why"]) == (would, "not in Sugar")


def test_a_task_alone_is_told_of_who_is_in_sugar(world: World) -> None:
    person_id = here(world)
    in_sugar(world, person_id)
    come_in(world, person_id)
    found = lines(world, look(world, TASK))["ada@x.test"]
    assert (found["would"], found["task"]) == ("skip", True)


def test_all_of_it_is_a_csv_file_too(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("funnel.usecases.campaigns_in_sugar.look_at_campaign.PAGE", 2)
    monkeypatch.setattr("funnel.usecases.campaigns_in_sugar.look_at_campaign.PAGES_A_FILE", 2)
    people(world, *(f"p{n}@x.test" for n in range(9)))
    job = look(world)
    files = job.result["files"]
    assert isinstance(files, list)
    assert len(files) > 1
    text = [world.files.get(TENANT, one["name"]).decode("utf-8-sig") for one in files]
    rows = [row for part in text for row in csv.DictReader(io.StringIO(part))]
    assert {row["email"] for row in rows} == {f"p{n}@x.test" for n in range(9)}
    assert {row["would"] for row in rows} == {"create"}
    assert {row["after"] for row in rows if row["field"] == "lead_source"} == {"Web Site"}


def test_out_of_time_it_goes_on_by_another_message(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    from funnel.ports.sync_messages import DoJob
    from funnel.usecases.work.do_job import do_job

    monkeypatch.setattr("funnel.usecases.campaigns_in_sugar.look_at_campaign.PAGE", 2)
    people(world, *(f"p{n}@x.test" for n in range(7)))
    asked = request_campaign_look(world.app, TENANT, SPRING, SYNC, StepId(""), "Eva")
    turns = 0
    while isinstance(world.queue.pop_next(), DoJob):
        do_job(world.app, TENANT, JobId(asked.job_id), lambda: 0.0)
        turns += 1
    job = world.store.job(TENANT, JobId(asked.job_id))
    assert job is not None
    assert job.status is JobStatus.DONE
    assert turns > 4
    assert len(lines(world, job)) == 7


def test_what_goes_wrong_is_told_with_the_job(world: World) -> None:
    people(world, "new@x.test")
    asked = request_campaign_look(world.app, TENANT, SPRING, SYNC, StepId(""), "Eva")
    change(world, steps={})
    world.drain()
    job = world.store.job(TENANT, JobId(asked.job_id))
    assert job is not None
    assert job.status is JobStatus.FAILED
    assert job.note is not None
    assert "does something in Sugar" in job.note.text


def test_a_step_that_does_nothing_in_sugar_cannot_be_looked_at(world: World) -> None:
    with pytest.raises(InputInvalid):
        request_campaign_look(world.app, TENANT, SPRING, LAST, StepId(""), "Eva")
    with pytest.raises(InputInvalid):
        request_campaign_look(world.app, TENANT, SPRING, SYNC, StepId("nowhere"), "Eva")
    with pytest.raises(NotFound):
        look_page(world.app, look(world), 7)
