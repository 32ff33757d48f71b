"""How often and how long signing in is tried, and what becomes of a try that nobody answers."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from funnel.domain.errors import (
    NotFound,
    TooManyTries,
)
from funnel.domain.ids import TenantId
from funnel.domain.sync.runs import Job, JobStatus
from funnel.ports.sync_messages import SignIn
from funnel.usecases.connecting.connect import job_of
from funnel.usecases.connecting.connection import Budget, connection_of
from funnel.usecases.signing_in.collect_sign_in import SignInAnswer
from funnel.usecases.signing_in.request_sign_in import request_sign_in
from tests.fakes.world import TENANT, World
from tests.unit.usecases.signing_in.sugar_company import (
    MINUTE,
    answer,
    ask,
    company,
    logins,
    next_message,
    note,
    some,
    tried,
    worked,
)


@pytest.fixture
def world() -> World:
    return company()


def test_three_tries_of_a_user_reach_sugar_in_fifteen_minutes(world: World) -> None:
    for spelled in ("anna", "ANNA", "Änna"):
        assert note(tried(world, spelled, "wrong")).code == "SignInRefused"
    with pytest.raises(TooManyTries) as refused:
        ask(world, "anna")
    assert refused.value.mend == "Try again in 15 minutes."
    assert logins(world) == 3
    assert tried(world, "ben").session is not None
    world.clock.advance(15 * MINUTE)
    assert tried(world, "anna").session is not None


def test_tries_that_were_asked_for_together_are_counted_when_they_are_made(world: World) -> None:
    tokens = [ask(world, "anna", "wrong") for _ in range(5)]
    worked(world)
    codes = [note(answer(world, token)).code for token in tokens]
    assert sorted(codes) == ["SignInRefused"] * 3 + ["TooManyTries"] * 2
    assert logins(world) == 3
    assert [ref.rsplit("/", 1)[1] for ref in world.secrets.refs] == ["sugar-1"]


def test_guessing_at_many_names_is_slowed_down_for_the_whole_tenant(world: World) -> None:
    for number in range(30):
        ask(world, f"user{number}")
    with pytest.raises(TooManyTries) as refused:
        ask(world, "user30")
    assert refused.value.mend == "Try again in a minute."
    world.clock.advance(MINUTE)
    assert ask(world, "user30")


def test_who_sends_forms_without_end_is_stopped_before_the_rest_of_the_tenant_is(
    world: World,
) -> None:
    def ask_from(source: str, user: str) -> str:
        return request_sign_in(world.app, TENANT, user, "?", source=source)

    for number in range(10):
        ask_from("203.0.113.9", f"user{number}")
    with pytest.raises(TooManyTries, match="From your network"):
        ask_from("203.0.113.9", "user10")
    assert ask_from("203.0.113.10", "anna")
    for number in range(10):
        ask_from(f"2001:db8::{number}", f"other{number}")
    with pytest.raises(TooManyTries, match="From your network"):
        ask_from("2001:db8:0:0:ffff::1", "other10")
    world.clock.advance(MINUTE)
    assert ask_from("203.0.113.9", "user10")
    assert "203.0.113.9" not in repr(vars(world.store)), "the address itself is kept nowhere"


def test_two_of_a_tenant_are_asked_about_at_a_time_and_the_others_come_back(world: World) -> None:
    tokens = [ask(world, user) for user in ("anna", "ben")]
    now = world.clock.now()
    for turn in ("ask-sugar-1", "ask-sugar-2"):
        assert world.store.acquire(TENANT, turn, turn, now, now + timedelta(seconds=30))
    message = next_message(world)
    world.handle(message)
    assert logins(world) == 0
    assert job_in(world, message).status is JobStatus.QUEUED
    world.store.release(TENANT, "ask-sugar-2", "ask-sugar-2")
    worked(world)
    world.clock.advance(2)
    worked(world)
    assert [answer(world, token).session is not None for token in tokens] == [True, True]


def test_a_person_takes_no_more_of_the_budget_than_one_request_at_a_time(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[int] = []
    reserve = world.store.reserve

    def counted(tenant: TenantId, requests: int, per_second: float, now: datetime) -> float:
        taken.append(requests)
        return reserve(tenant, requests, per_second, now)

    monkeypatch.setattr(world.store, "reserve", counted)
    connection = connection_of(world.app, TENANT)
    for patient in (False, True):
        budget = Budget(world.app, connection, patient=patient)
        for _ in range(3):
            budget.take()
    assert taken == [1, 1, 1, 5]


def test_who_waits_for_too_long_is_told_and_sugar_is_not_asked_any_more(world: World) -> None:
    token = ask(world)
    message = next_message(world)
    world.clock.advance(5 * MINUTE)
    assert note(answer(world, token)).code == "SignInOver"
    world.handle(message)
    assert world.sugar.calls == []
    assert len(world.secrets.refs) == 1
    world.drain()
    assert len(world.secrets.refs) == 1


def job_in(world: World, message: SignIn) -> Job:
    return some(world.store.job(TENANT, message.job_id))


def test_a_message_that_comes_twice_asks_once(world: World) -> None:
    token = ask(world)
    message = next_message(world)
    for _ in range(3):
        world.handle(message)
    assert logins(world) == 1
    assert answer(world, token).session is not None


def test_a_try_whose_worker_is_at_it_is_left_alone_and_looked_at_later(world: World) -> None:
    token = ask(world)
    message = next_message(world)
    job = job_in(world, message)
    now = world.clock.now()
    world.store.save_job(replace(job, status=JobStatus.RUNNING, started_at=now))
    world.handle(message)
    assert answer(world, token) == SignInAnswer()
    assert len(world.secrets.refs) == 2
    world.drain()
    assert job_in(world, message).status is JobStatus.FAILED
    assert len(world.secrets.refs) == 1
    assert world.sugar.calls == []


def test_two_workers_at_once_ask_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    token = ask(world)
    message = next_message(world)
    save: Callable[[Job], Job] = world.store.save_job
    first = iter((True,))

    def slowly(job: Job) -> Job:
        if next(first, False):
            world.handle(message)
        return save(job)

    monkeypatch.setattr(world.store, "save_job", slowly)
    world.handle(message)
    assert logins(world) == 1
    assert answer(world, token).session is not None


def test_a_mistake_of_ours_is_an_answer_too(world: World, caplog: pytest.LogCaptureFixture) -> None:
    def fail(_name: str) -> None:
        raise RuntimeError("a bug")

    world.sugar.before_call = fail
    assert note(tried(world)).code == "Unexpected"
    assert "a bug" in caplog.text
    assert "anna's" not in caplog.text


def test_a_password_that_did_not_arrive_is_said_so(world: World) -> None:
    token = ask(world)
    world.secrets.delete(TENANT, world.secrets.refs[0])
    worked(world)
    assert "did not arrive" in note(answer(world, token)).text
    assert world.sugar.calls == []


def test_an_admin_cannot_ask_after_somebodys_sign_in(world: World) -> None:
    ask(world)
    message = next_message(world)
    with pytest.raises(NotFound):
        job_of(world.app, TENANT, message.job_id)
