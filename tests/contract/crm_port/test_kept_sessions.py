"""A session of SOAP that is kept from one opening to the next, on every dialect; REST shares a token."""

from dataclasses import replace
from datetime import timedelta

import pytest

from funnel.domain.crm import Credentials, Dialect
from funnel.domain.errors import SignInRefused
from funnel.domain.ids import Module
from funnel.ports.crm import Crm, Hooks
from funnel.usecases.kept_sessions import IDLE, KeptSessions
from tests.contract.crm_port.subject import EVERYTHING, Subject
from tests.fakes.system import FakeClock
from tests.fakes.world import World


class Environment:
    """One execution environment and what it keeps of one connection."""

    def __init__(self, subject: Subject) -> None:
        if subject.dialect.is_rest:
            pytest.skip("REST shares a token between all environments")
        self.clock = FakeClock()
        self.sessions = KeptSessions(self.clock)
        self._subject = subject
        self.connection = replace(World().connect(), endpoint=subject.endpoint)

    def open(self, password: str = "admin") -> Crm:
        hooks = Hooks(session=self.sessions.of(self.connection))
        credentials = Credentials("admin", password, self._subject.sugar.url)
        crm = self._subject.connector().open(self._subject.endpoint, credentials, hooks)
        self._subject.opened.append(crm)
        return crm

    def message(self, password: str = "admin") -> None:
        """What a message does: open it, ask, and leave it."""
        crm = self.open(password)
        try:
            crm.count(Module.LEADS, EVERYTHING)
        finally:
            crm.sign_out()


@pytest.fixture
def warm(subject: Subject) -> Environment:
    """An environment in which one message was worked on."""
    environment = Environment(subject)
    environment.message()
    assert subject.requests("login") == 1
    subject.sugar.log.clear()
    return environment


def test_the_next_message_goes_on_with_the_session_and_asks_only_what_it_is_for(
    subject: Subject, warm: Environment
) -> None:
    for _ in range(3):
        warm.message()
    assert dict(subject.sugar.log.methods) == {"get_entries_count": 3}


def test_one_that_sugar_ended_in_between_is_renewed_once_and_kept(
    subject: Subject, warm: Environment
) -> None:
    subject.trouble("expire", methods=("get_entries_count",))
    for _ in range(2):
        warm.message()
    assert subject.requests("login") == 1
    assert subject.requests("get_entries_count") == 3
    assert subject.requests("logout") == 0


def test_who_we_are_is_still_known(subject: Subject, warm: Environment) -> None:
    (right,) = warm.open().rights(["Leads"])
    assert right.module == "Leads"
    assert subject.requests("login") == 0


def test_signing_in_asks_for_the_password_though_a_session_is_kept(
    subject: Subject, warm: Environment
) -> None:
    with pytest.raises(SignInRefused):
        warm.open("wrong").sign_in()
    assert subject.requests("login") == 1
    warm.message()
    assert subject.requests("login") == 2


def test_one_that_ended_is_not_kept_where_the_password_is_refused_by_then(
    subject: Subject, warm: Environment
) -> None:
    subject.trouble("expire", methods=("get_entries_count",))
    crm = warm.open("wrong")
    for _ in range(2):
        with pytest.raises(SignInRefused):
            crm.count(Module.LEADS, EVERYTHING)
    assert subject.requests("login") == 1
    assert warm.sessions.of(warm.connection).load() is None


@pytest.mark.parametrize("change", ["credential_version", "connection_id", "tenant", "endpoint"])
def test_another_password_connection_tenant_or_address_has_none_of_it(
    best: Subject, change: str
) -> None:
    environment = Environment(best)
    environment.message()
    before = environment.connection
    other: dict[str, object] = {
        "credential_version": before.credential_version + 1,
        "connection_id": "another",
        "tenant": "another",
        "endpoint": replace(before.endpoint, dialect=Dialect.V4),
    }
    environment.connection = replace(before, **{change: other[change]})  # type: ignore[arg-type]
    environment.message()
    assert best.requests("login") == 2


def test_one_that_was_not_used_for_ten_minutes_is_forgotten(best: Subject) -> None:
    environment = Environment(best)
    environment.message()
    environment.clock.advance((IDLE - timedelta(seconds=1)).total_seconds())
    environment.message()
    assert best.requests("login") == 1
    environment.clock.advance(IDLE.total_seconds())
    environment.message()
    assert best.requests("login") == 2


def test_the_id_of_a_session_is_not_shown(best: Subject) -> None:
    environment = Environment(best)
    environment.message()
    kept = environment.sessions.of(environment.connection).load()
    assert kept is not None
    assert kept.session_id
    assert kept.session_id not in repr(kept) + repr(environment.sessions.of(environment.connection))
