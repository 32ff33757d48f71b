"""REST's tokens: shared by all workers, renewed once, and what a sign-in may be refused for."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest

from funnel.domain.crm import Credentials, Token
from funnel.domain.errors import (
    ConnectionPaused,
    Mender,
    NoRight,
    SessionGone,
    SignInRefused,
    StoreBusy,
    SugarUnavailable,
)
from funnel.domain.ids import Module
from funnel.ports.crm import Crm, Hooks
from local.sugar.rest.errors import RestError
from tests.contract.crm_port.subject import EVERYTHING, Subject

BY_PASSWORD = "oauth2/token password"
BY_REFRESH = "oauth2/token refresh_token"


@dataclass
class Kept:
    """Where the workers of a connection keep their token; may die before or after keeping it."""

    token: Token | None = None
    dies: str = ""
    guarded: list[str] = field(default_factory=list)

    def load(self) -> Token | None:
        return self.token

    def save(self, token: Token) -> None:
        if self.dies == "before":
            raise StoreBusy("died before it was kept")
        self.token = token
        if self.dies == "after":
            raise StoreBusy("died after it was kept")

    @contextmanager
    def guard(self) -> Iterator[None]:
        try:
            yield
            self.guarded.append("ok")
        except SignInRefused:
            self.guarded.append("refused")
            raise


def worker(rest: Subject, kept: Kept, password: str = "admin") -> Crm:
    hooks = Hooks(sign_in_guard=kept.guard, token=kept)
    credentials = Credentials("admin", password, rest.sugar.url)
    crm = rest.connector().open(rest.endpoint, credentials, hooks)
    rest.opened.append(crm)
    return crm


def count(crm: Crm) -> int:
    return crm.count(Module.LEADS, EVERYTHING)


@pytest.fixture
def kept(rest: Subject) -> Iterator[Kept]:
    yield Kept()
    rest.sugar.rest.tokens.expire_all()
    rest.sugar.rest.service.platforms.add("funnel")


def test_all_workers_of_a_connection_share_one_token_and_none_ends_it(
    rest: Subject, kept: Kept
) -> None:
    for _ in range(3):
        crm = worker(rest, kept)
        count(crm)
        crm.sign_out()
    assert rest.requests(BY_PASSWORD) == 1
    assert rest.requests("oauth2/logout") == 0
    assert kept.guarded == ["ok"]


def test_who_waited_for_the_turn_to_sign_in_takes_the_token_that_was_got_meanwhile(
    rest: Subject, kept: Kept
) -> None:
    first = worker(rest, kept)

    @contextmanager
    def after_the_first() -> Iterator[None]:
        count(first)
        yield

    credentials = Credentials("admin", "admin", rest.sugar.url)
    hooks = Hooks(sign_in_guard=after_the_first, token=kept)
    second = rest.connector().open(rest.endpoint, credentials, hooks)
    rest.opened.append(second)
    count(second)
    count(first)
    assert rest.requests(BY_PASSWORD) == 1


def test_a_token_that_ended_is_renewed_once_for_all_without_the_password(
    rest: Subject, kept: Kept
) -> None:
    workers = [worker(rest, kept) for _ in range(3)]
    for crm in workers:
        count(crm)
    rest.sugar.rest.tokens.end_access()
    for crm in workers:
        count(crm)
    assert rest.requests(BY_PASSWORD) == 1
    assert rest.requests(BY_REFRESH) == 1
    assert kept.guarded == ["ok", "ok"]


def test_where_what_renews_it_has_ended_too_the_password_is_used_once(
    rest: Subject, kept: Kept
) -> None:
    workers = [worker(rest, kept) for _ in range(3)]
    for crm in workers:
        count(crm)
    rest.sugar.rest.tokens.expire_all()
    for crm in workers:
        count(crm)
    assert rest.requests(BY_PASSWORD) == 2
    assert rest.requests(BY_REFRESH) == 1


def test_where_what_renews_it_is_refused_in_another_way_the_password_decides(
    rest: Subject, kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: str) -> None:
        raise RestError(400, "invalid_request", "The refresh token is of no use.")

    crm = worker(rest, kept)
    count(crm)
    rest.sugar.rest.tokens.end_access()
    monkeypatch.setattr(rest.sugar.rest.tokens, "renew", refuse)
    assert count(crm) == 0
    assert (rest.requests(BY_REFRESH), rest.requests(BY_PASSWORD)) == (1, 2)


def test_a_sign_in_elsewhere_on_our_platform_ends_the_token_and_work_goes_on(
    rest: Subject, kept: Kept
) -> None:
    first = worker(rest, kept)
    count(first)
    rest.open().sign_in()
    count(first)
    assert rest.requests(BY_PASSWORD) == 3


def test_a_kept_token_that_is_dead_as_well_is_renewed_and_not_given_up_on(
    rest: Subject, kept: Kept
) -> None:
    crm = worker(rest, kept)
    count(crm)
    kept.token = Token("dead", "dead too")
    rest.sugar.rest.tokens.expire_all()
    assert count(crm) == 0
    assert kept.token != Token("dead", "dead too")


def test_signing_in_checks_the_password_although_a_token_is_there(
    rest: Subject, kept: Kept
) -> None:
    worker(rest, kept).sign_in()
    with pytest.raises(SignInRefused):
        worker(rest, kept, "wrong").sign_in()
    assert kept.guarded == ["ok", "refused"]


def test_a_refused_password_is_not_tried_again_by_the_same_worker(
    rest: Subject, kept: Kept
) -> None:
    crm = worker(rest, kept, "wrong")
    for _ in range(3):
        with pytest.raises(SignInRefused) as refused:
            count(crm)
    assert rest.requests(BY_PASSWORD) == 1
    assert kept.guarded == ["refused"]
    assert "wrong" not in str(refused.value.args)


@pytest.mark.parametrize("dies", ["before", "after"])
def test_a_worker_that_dies_while_keeping_the_token_stops_no_other(
    rest: Subject, kept: Kept, dies: str
) -> None:
    kept.dies = dies
    with pytest.raises(StoreBusy):
        count(worker(rest, kept))
    kept.dies = ""
    assert count(worker(rest, kept)) == 0
    assert rest.requests(BY_PASSWORD) == (2 if dies == "before" else 1)
    rest.sugar.rest.tokens.end_access()
    kept.dies = dies
    with pytest.raises(StoreBusy):
        count(worker(rest, kept))
    kept.dies = ""
    assert count(worker(rest, kept)) == 0


@pytest.mark.parametrize("kind", ["drop", "lose_reply"])
@pytest.mark.parametrize("method", [BY_PASSWORD, BY_REFRESH])
def test_a_sign_in_whose_reply_is_lost_is_made_again_by_the_next_worker(
    rest: Subject, kept: Kept, kind: str, method: str
) -> None:
    if method == BY_REFRESH:
        count(worker(rest, kept))
        rest.sugar.rest.tokens.end_access()
    rest.trouble(kind, methods=(method,))
    with pytest.raises(SugarUnavailable):
        count(worker(rest, kept))
    assert count(worker(rest, kept)) == 0


def test_a_platform_that_is_not_registered_is_named_with_where_to_register_it(
    rest: Subject, kept: Kept
) -> None:
    rest.sugar.rest.service.platforms.discard("funnel")
    with pytest.raises(NoRight) as refused:
        worker(rest, kept).sign_in()
    assert "“funnel”" in refused.value.text
    assert "Configure API Platforms" in refused.value.mend
    assert refused.value.mender is Mender.ADMIN
    assert kept.guarded == []


def test_a_guard_that_refuses_lets_no_request_out(rest: Subject) -> None:
    @contextmanager
    def paused() -> Iterator[None]:
        raise ConnectionPaused("Paused since the password was refused.")
        yield

    crm = rest.open(connector=rest.connector(sign_in_guard=paused))
    with pytest.raises(ConnectionPaused):
        count(crm)
    assert rest.sugar.log.requests == 0


def test_a_session_that_ends_again_at_once_escapes_with_a_shared_token_too(
    rest: Subject, kept: Kept
) -> None:
    crm = worker(rest, kept)
    rest.trouble("expire", methods=("get_entries_count",), count=None)
    with pytest.raises(SessionGone):
        count(crm)
    assert rest.requests("get_entries_count") == 2
