"""Signing in with Sugar: one try each, three a user, and no password stays."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeVar

import pytest

from funnel.domain.connecting.connections import Pause, PauseReason
from funnel.domain.errors import (
    CertificateInvalid,
    ConnectionPaused,
    FunnelError,
    InputInvalid,
    NotAllowed,
    NotFound,
    SugarUnavailable,
    TooManyTries,
)
from funnel.domain.ids import ConnectionId, Module, TenantId
from funnel.domain.signing_in.tenants import Role
from funnel.domain.sync.runs import Job, JobStatus, Note, RunKind
from funnel.ports.sync_messages import SignIn
from funnel.usecases.connecting.connect import job_of
from funnel.usecases.connecting.connection import Budget, connection_of
from funnel.usecases.signing_in.collect_sign_in import SignInAnswer, collect_sign_in, is_going_on
from funnel.usecases.signing_in.request_sign_in import request_sign_in
from funnel.usecases.signing_in.sign_in import session_of, sign_out
from tests.fakes.sugar import Login
from tests.fakes.world import TENANT, World

T = TypeVar("T")
MINUTE = 60


def company() -> World:
    """A connected world with its users synced: Anna is an admin in Sugar, Ben is not."""
    world = World()
    world.connect()
    put = world.sugar.put
    put(Module.USERS, "u-anna", user_name="anna", last_name="Ott", status="Active", is_admin=True)
    put(Module.USERS, "u-ben", user_name="ben", last_name="Rau", status="Active", is_admin=False)
    world.sugar.logins |= {
        "anna": Login("anna's", "u-anna", is_admin=True),
        "ben": Login("ben's", "u-ben", is_admin=False),
        "new": Login("new's", "u-new", is_admin=True),
    }
    world.sync(RunKind.INITIAL)
    world.sugar.calls.clear()
    return world


@pytest.fixture
def world() -> World:
    return company()


def ask(world: World, user: str = "anna", password: str = "", return_to: str = "") -> str:
    return request_sign_in(world.app, TENANT, user, password or f"{user}'s", return_to)


def worked(world: World) -> None:
    """What is due now is done; what waits, waits on."""
    while message := world.queue.pop():
        world.handle(message)


def next_message(world: World) -> SignIn:
    message = world.queue.pop()
    assert isinstance(message, SignIn)
    return message


def answer(world: World, token: str) -> SignInAnswer:
    return collect_sign_in(world.app, TENANT, token)


def tried(world: World, user: str = "anna", password: str = "") -> SignInAnswer:
    """The answer to one try."""
    token = ask(world, user, password)
    worked(world)
    return answer(world, token)


def note(answer: SignInAnswer) -> Note:
    assert answer.session is None
    assert answer.note is not None
    return answer.note


def some(value: T | None) -> T:
    assert value is not None
    return value


def logins(world: World) -> int:
    return world.sugar.calls.count("login")


def role(world: World, token: str) -> Role | None:
    session = session_of(world.app, token)
    return session.role if session else None


@pytest.mark.parametrize(
    ("user", "name", "expected"), [("anna", "Ott", Role.ADMIN), ("ben", "Rau", Role.MARKETER)]
)
def test_admins_in_sugar_are_admins_here_and_others_marketers(
    world: World, user: str, name: str, expected: Role
) -> None:
    token = ask(world, user, return_to="/app/people")
    assert is_going_on(world.app, TENANT, token)
    assert answer(world, token) == SignInAnswer()
    worked(world)
    assert not is_going_on(world.app, TENANT, token)
    found = answer(world, token)
    begun = some(found.session)
    assert (begun.session.role, begun.session.user_name) == (expected, name)
    assert found.return_to == "/app/people"
    assert (begun.session.expires_at - begun.session.created_at).total_seconds() == 12 * 3600
    assert role(world, begun.token) is expected
    assert logins(world) == 1


def test_the_answer_is_handed_out_once_and_only_to_who_asked(world: World) -> None:
    token = ask(world)
    worked(world)
    assert note(answer(world, "")).code == "SignInOver"
    assert note(answer(world, "another")).code == "SignInOver"
    other = collect_sign_in(world.app, TENANT.__class__("other"), token)
    assert note(other).code == "SignInOver"
    assert answer(world, token).session is not None
    assert note(answer(world, token)).code == "SignInOver"
    assert not is_going_on(world.app, TENANT, token)


def test_the_password_is_deleted_before_it_is_used(world: World) -> None:
    token = ask(world)
    assert len(world.secrets.refs) == 2
    seen: list[int] = []
    world.sugar.before_call = lambda _name: seen.append(len(world.secrets.refs))
    worked(world)
    assert seen == [1]
    assert answer(world, token).session is not None
    world.drain()
    assert [ref.rsplit("/", 1)[1] for ref in world.secrets.refs] == ["sugar-1"]


def test_nothing_that_is_kept_tells_the_password_or_the_user_name(world: World) -> None:
    world.sugar.logins["nina.unique"] = Login("s3cret-canary", "u-anna")
    tried(world, "nina.unique", "s3cret-canary")
    tried(world, "nina.unique", "wr0ng-canary")
    kept = repr(vars(world.store)) + repr(world.queue.waiting)
    assert "canary" not in kept
    assert "nina" not in kept


def test_a_wrong_password_and_an_unknown_user_are_told_the_same(world: World) -> None:
    wrong, unknown = tried(world, "anna", "wrong"), tried(world, "nobody", "wrong")
    assert note(wrong) == note(unknown)
    assert note(wrong).code == "SignInRefused"
    assert "three tries in 15 minutes" in note(wrong).mend


def test_a_refused_person_does_not_pause_the_connection(world: World) -> None:
    tried(world, "anna", "wrong")
    assert some(world.store.connection(TENANT)).pause is None


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


@pytest.mark.parametrize("spelled", ["api", "API", " api", "ápi"])
def test_the_user_funnel_signs_in_as_is_refused_before_anything_is_sent(
    world: World, spelled: str
) -> None:
    with pytest.raises(NotAllowed) as refused:
        ask(world, spelled)
    assert "Funnel itself" in refused.value.text
    assert refused.value.mend
    assert len(world.secrets.refs) == 1
    assert not len(world.queue)
    assert world.sugar.calls == []


def test_who_becomes_funnels_own_user_meanwhile_is_refused_too(world: World) -> None:
    token = ask(world, "anna")
    world.change(user_name="Anna")
    worked(world)
    assert note(answer(world, token)).code == "NotAllowed"
    assert world.sugar.calls == []


@pytest.mark.parametrize(
    ("user", "password", "field"),
    [
        ("", "x", "user_name"),
        ("anna", "", "password"),
        ("an\u200bna", "x", "user_name"),
        ("anna\u3000", "", "password"),
        ("an\u2003na", "x", "user_name"),
        ("anna\N{FOX FACE}", "x", "user_name"),
    ],
)
def test_what_cannot_be_right_is_refused_at_once(
    world: World, user: str, password: str, field: str
) -> None:
    with pytest.raises(InputInvalid) as refused:
        request_sign_in(world.app, TENANT, user, password)
    assert refused.value.field == field


def paused(world: World, reason: PauseReason) -> None:
    world.change(pause=Pause(reason, world.clock.now(), "Ada"))


@pytest.mark.parametrize("reason", PauseReason)
def test_while_the_connection_is_paused_sugar_is_not_asked_and_the_other_way_in_is_named(
    world: World, reason: PauseReason
) -> None:
    token = ask(world)
    paused(world, reason)
    with pytest.raises(ConnectionPaused) as refused:
        ask(world)
    assert "sign-in link" in refused.value.mend
    worked(world)
    assert note(answer(world, token)).code == "ConnectionPaused"
    assert world.sugar.calls == []
    assert len(world.secrets.refs) == 1


def test_without_a_connection_the_other_way_in_is_named() -> None:
    with pytest.raises(NotFound) as refused:
        ask(World())
    assert "sign-in link" in refused.value.mend


@pytest.mark.parametrize("error", [SugarUnavailable("Away."), CertificateInvalid("Expired.")])
def test_when_sugar_cannot_be_asked_the_reason_and_the_other_way_in_are_named(
    world: World, error: FunnelError
) -> None:
    def fail(_name: str) -> None:
        raise error

    world.sugar.before_call = fail
    found = note(tried(world))
    assert (found.code, found.text) == (error.code, error.text)
    assert "sign-in link" in found.mend


def test_who_has_not_synced_is_inactive_or_deleted_here_is_refused_with_the_reason(
    world: World,
) -> None:
    missing = note(tried(world, "new"))
    assert missing.code == "NotAllowed"
    assert "not come to Funnel yet" in missing.text
    world.sugar.put(Module.USERS, "u-anna", status="Inactive")
    world.sugar.delete(Module.USERS, "u-ben")
    world.sync()
    for user in ("anna", "ben"):
        found = note(tried(world, user))
        assert "inactive or deleted" in found.text
        assert "Sync now" in found.mend


def test_a_wrong_password_is_not_told_whether_the_user_is_inactive_here(world: World) -> None:
    world.sugar.put(Module.USERS, "u-anna", status="Inactive")
    world.sync()
    assert note(tried(world, "anna", "wrong")).code == "SignInRefused"


def test_where_the_sign_in_does_not_say_who_is_an_admin_the_synced_user_does(world: World) -> None:
    for name in ("anna", "ben"):
        world.sugar.logins[name].is_admin = None
    assert some(tried(world, "anna").session).session.role is Role.ADMIN
    assert some(tried(world, "ben").session).session.role is Role.MARKETER


def test_a_session_follows_its_user(world: World) -> None:
    token = some(tried(world).session).token
    assert role(world, token) is Role.ADMIN
    world.clock.advance(MINUTE)
    world.sugar.put(Module.USERS, "u-anna", is_admin=False)
    assert role(world, token) is Role.ADMIN
    world.sync()
    assert role(world, token) is Role.MARKETER
    world.sugar.put(Module.USERS, "u-anna", status="Inactive")
    world.sync()
    assert role(world, token) is None
    world.sugar.put(Module.USERS, "u-anna", status="Active")
    world.sync()
    assert role(world, token) is Role.MARKETER
    world.sugar.delete(Module.USERS, "u-anna")
    world.sync()
    assert role(world, token) is None


def test_signing_out_ends_it(world: World) -> None:
    token = some(tried(world).session).token
    sign_out(world.app, token)
    assert role(world, token) is None


def test_nobody_is_let_in_by_a_sugar_that_was_replaced_meanwhile(world: World) -> None:
    token = ask(world)
    worked(world)
    world.change(connection_id=ConnectionId("0badcafe-0000-4000-8000-000000000002"))
    assert note(answer(world, token)).code == "SignInOver"
    waiting = ask(world)
    world.change(connection_id=ConnectionId("0badcafe-0000-4000-8000-000000000003"))
    worked(world)
    assert "Another Sugar" in note(answer(world, waiting)).text
    assert logins(world) == 1


def test_a_session_begun_while_another_sugar_is_connected_ends(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whichever of both is first."""
    token = ask(world)
    worked(world)
    put = world.store.put_session

    def connecting(session: object) -> None:
        world.change(connection_id=ConnectionId("0badcafe-0000-4000-8000-000000000002"))
        world.store.end_sessions(TENANT)
        put(session)  # type: ignore[arg-type]

    monkeypatch.setattr(world.store, "put_session", connecting)
    assert note(answer(world, token)).code == "SignInOver"
    assert world.store._sessions == {}


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
