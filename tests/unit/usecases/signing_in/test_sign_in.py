"""Signing in with Sugar: one try each, three a user, and no password stays."""

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
)
from funnel.domain.ids import ConnectionId, Module
from funnel.domain.signing_in.tenants import Role
from funnel.usecases.signing_in.collect_sign_in import SignInAnswer, collect_sign_in, is_going_on
from funnel.usecases.signing_in.request_sign_in import request_sign_in
from funnel.usecases.signing_in.sign_in import sign_out
from tests.fakes.sugar import Login
from tests.fakes.world import TENANT, World
from tests.unit.usecases.signing_in.sugar_company import (
    MINUTE,
    answer,
    ask,
    company,
    logins,
    note,
    role,
    some,
    tried,
    worked,
)


@pytest.fixture
def world() -> World:
    return company()


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
