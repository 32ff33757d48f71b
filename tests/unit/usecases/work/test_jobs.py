"""Jobs come to an end whatever happens, and leave no credentials behind."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from funnel.domain.crm import Access, Endpoint, FieldDef, Right
from funnel.domain.errors import Conflict, NoRight, SugarUnavailable
from funnel.domain.ids import JobId, Module
from funnel.domain.sync.runs import Job, JobStatus
from funnel.ports.messages import Message
from funnel.ports.sync_messages import DoJob
from funnel.usecases.connecting.connect import (
    job_of,
    request_new_password,
    request_preflight,
    save_connection,
)
from tests.fakes.sugar import SITE, ModelCrm
from tests.fakes.world import TENANT, World

HOUR = 3600


def asked(world: World, password: str = "right") -> tuple[JobId, Message]:
    """A test that was asked for, and its message."""
    job = request_preflight(world.app, TENANT, "Ada", SITE, "api", password)
    message = world.queue.pop()
    assert message is not None
    return JobId(job.job_id), message


def failing(error: Exception) -> Callable[[str], Endpoint]:
    def detect(url: str) -> Endpoint:
        raise error

    return detect


def when_found(world: World, detect: Callable[[str], Endpoint]) -> None:
    assert world.app.crm is not None
    world.app.crm.detect = detect  # type: ignore[method-assign, assignment]


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (SugarUnavailable("It does not answer."), "SugarUnavailable"),
        (NoRight("No."), "NoRight"),
        (RuntimeError("a bug"), "Unexpected"),
    ],
)
def test_whatever_stops_a_test_it_ends_as_failed_and_its_credentials_are_deleted(
    error: Exception, code: str, caplog: pytest.LogCaptureFixture
) -> None:
    world = World()
    when_found(world, failing(error))
    job_id, message = asked(world)
    world.handle(message)
    job = job_of(world.app, TENANT, job_id)
    assert job.note is not None
    assert (job.status, job.note.code) == (JobStatus.FAILED, code)
    assert job.note.mend or code == "NoRight"
    assert job.finished_at == world.clock.now()
    assert world.secrets.refs == []
    assert not len(world.queue)
    assert ("a bug" in caplog.text) is (code == "Unexpected")


def test_credentials_that_are_refused_are_deleted() -> None:
    world = World()
    job_id, message = asked(world, "wrong")
    world.handle(message)
    assert job_of(world.app, TENANT, job_id).status is JobStatus.FAILED
    assert world.secrets.refs == []


def test_credentials_that_may_not_read_what_is_needed_are_deleted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def rights(_crm: ModelCrm, modules: Sequence[str]) -> list[Right]:
        no_leads = {"Leads": Access.NO}
        return [Right(m, no_leads.get(m, Access.YES), Access.YES) for m in modules]

    monkeypatch.setattr(ModelCrm, "rights", rights)
    world = World()
    job_id, message = asked(world)
    world.handle(message)
    assert job_of(world.app, TENANT, job_id).result["ok"] is False
    assert world.secrets.refs == []
    assert not len(world.queue)


def test_a_test_says_of_which_modules_the_field_for_the_score_is_missing() -> None:
    world = World()
    world.sugar.custom_fields[Module.CONTACTS] = [FieldDef("funnel_score_c", "int", "Score")]
    job_id, message = asked(world)
    world.handle(message)
    result = job_of(world.app, TENANT, job_id).result
    assert (result["without_score"], result["missing"], result["ok"]) == (["Leads"], [], True)


def test_a_test_can_be_saved_for_an_hour_and_then_its_credentials_are_deleted() -> None:
    world = World()
    job_id, message = asked(world)
    world.handle(message)
    assert len(world.secrets.refs) == 1
    done = world.clock.now()
    world.drain()
    assert world.secrets.refs == []
    assert HOUR < (world.clock.now() - done).total_seconds() < HOUR + 1200
    with pytest.raises(Conflict) as refused:
        save_connection(world.app, TENANT, job_id)
    assert refused.value.mend == "Test the connection again."
    assert world.store.connection(TENANT) is None


def test_a_test_saved_at_the_last_moment_keeps_its_credentials() -> None:
    world = World()
    job_id, message = asked(world)
    world.handle(message)
    world.clock.advance(HOUR - 1)
    saved = save_connection(world.app, TENANT, job_id)
    world.drain()
    assert world.secrets.refs == [saved.secret_ref]


def test_a_new_password_in_use_stays_though_its_job_is_done_again_and_fails() -> None:
    world = World()
    world.connect()
    job = request_new_password(world.app, TENANT, "Ada", "right")
    message = DoJob(TENANT, JobId(job.job_id))
    save: Callable[[Job], Job] = world.store.save_job

    def cut_off(job: Job) -> Job:
        if job.status is JobStatus.DONE:
            raise SugarUnavailable("The worker is gone.")
        return save(job)

    world.store.save_job = cut_off  # type: ignore[method-assign]
    with pytest.raises(SugarUnavailable):
        world.handle(message)
    world.store.save_job = save  # type: ignore[method-assign, assignment]
    world.sugar.password = "another"
    world.handle(message)
    found = world.store.connection(TENANT)
    assert found is not None
    assert job_of(world.app, TENANT, JobId(job.job_id)).status is JobStatus.FAILED
    assert world.secrets.refs == [found.secret_ref]


def test_a_job_whose_worker_died_has_failed_after_ten_minutes_and_is_not_done_again() -> None:
    world = World()
    job_id, message = asked(world)
    job = world.store.job(TENANT, job_id)
    assert job is not None
    world.clock.advance(HOUR)
    world.store.save_job(replace(job, status=JobStatus.RUNNING, started_at=world.clock.now()))
    world.clock.advance(599)
    assert job_of(world.app, TENANT, job_id).status is JobStatus.RUNNING
    world.clock.advance(1)
    seen = job_of(world.app, TENANT, job_id)
    assert seen.note is not None
    assert (seen.status, seen.note.code) == (JobStatus.FAILED, "CutOff")
    world.handle(message)
    kept = world.store.job(TENANT, job_id)
    assert kept is not None
    assert (kept.status, kept.finished_at) == (JobStatus.FAILED, world.clock.now())
    assert world.sugar.calls == []
    assert world.secrets.refs == []
