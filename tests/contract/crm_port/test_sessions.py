"""Signing in and staying signed in, by any adapter of `Crm`, on every dialect."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from funnel.domain.crm import Credentials, Dialect
from funnel.domain.errors import (
    AddressForbidden,
    ConnectionPaused,
    InputInvalid,
    Mender,
    ModuleMissing,
    NoRight,
    SessionGone,
    SignInRefused,
)
from funnel.domain.ids import Module
from funnel.ports.crm import Hooks
from tests.contract.crm_port.subject import EVERYTHING, Subject


def test_signing_in_says_who_we_are(subject: Subject) -> None:
    told = subject.open().sign_in()
    assert told.user_id == "1"
    silent = subject.dialect in (Dialect.V2, Dialect.V2_1)
    assert told.is_admin is (None if silent else True)
    other = subject.open("owneronly").sign_in()
    assert other.user_id == "owner-only-user"
    assert not other.is_admin


@pytest.mark.parametrize(
    ("user", "password"), [("admin", "wrong"), ("nobody", "x"), ("inactive", "inactive")]
)
def test_a_refused_password_is_tried_exactly_once(
    subject: Subject, user: str, password: str
) -> None:
    crm = subject.open(user, password)
    for _ in range(3):
        with pytest.raises(SignInRefused) as refused:
            crm.sign_in()
    with pytest.raises(SignInRefused):
        crm.count(Module.LEADS, EVERYTHING)
    assert subject.requests("login") == 1
    assert refused.value.mender is Mender.ADMIN
    assert refused.value.mend
    assert password not in str(refused.value.args) + refused.value.mend


def test_a_wrong_password_is_refused_though_the_same_user_is_signed_in_already(
    subject: Subject,
) -> None:
    connector = subject.connector()
    right = subject.open("owneronly", connector=connector)
    right.sign_in()
    with pytest.raises(SignInRefused):
        subject.open("owneronly", "wrong", connector=connector).sign_in()
    assert right.sign_in().user_id == "owner-only-user"
    assert subject.requests("login") == 3


def test_a_session_that_ended_is_renewed_once_and_the_call_goes_on(subject: Subject) -> None:
    subject.sugar.company.create("Leads", last_name="x")
    crm = subject.open()
    assert crm.count(Module.LEADS, EVERYTHING) == 1
    subject.trouble("expire", methods=("get_entries_count",))
    assert crm.count(Module.LEADS, EVERYTHING) == 1
    subject.trouble("expire", methods=("get_entry_list",))
    assert len(crm.read(Module.LEADS, EVERYTHING, 10, fields=("last_name",)).rows) == 1
    assert subject.requests("login") == 3


def test_a_session_that_ends_again_at_once_escapes(subject: Subject) -> None:
    crm = subject.open()
    subject.trouble("expire", methods=("get_entries_count",), count=None)
    with pytest.raises(SessionGone):
        crm.count(Module.LEADS, EVERYTHING)
    assert subject.requests("login") == 2
    assert subject.requests("get_entries_count") == 2


def test_a_password_changed_meanwhile_is_tried_once_and_not_again(subject: Subject) -> None:
    crm = subject.open("api")
    crm.sign_in()
    subject.sugar.company.set_password("funnel-api-user", "changed")
    try:
        subject.trouble("expire", methods=("get_entries_count",))
        for _ in range(2):
            with pytest.raises(SignInRefused):
                crm.count(Module.LEADS, EVERYTHING)
        assert subject.requests("login") == 2
    finally:
        subject.sugar.company.set_password("funnel-api-user", "api")


def test_signing_out_ends_the_session_and_never_raises(subject: Subject) -> None:
    crm = subject.open()
    crm.sign_out()
    crm.sign_in()
    crm.sign_out()
    crm.sign_out()
    assert subject.requests("logout") == 1
    crm.sign_in()
    subject.trouble("drop", count=None)
    crm.sign_out()


def test_two_users_on_one_connector_keep_their_own_sessions(subject: Subject) -> None:
    connector = subject.connector()
    admin = subject.open("admin", connector=connector)
    restricted = subject.open("restricted", connector=connector)
    admin.sign_in()
    restricted.sign_in()
    assert admin.count(Module.LEADS, EVERYTHING) == 0
    with pytest.raises(NoRight) as refused:
        restricted.read(Module.LEADS, EVERYTHING, 1, fields=("last_name",))
    assert refused.value.mender is Mender.ADMIN


def test_a_module_that_is_not_there_is_named_as_the_admins_to_mend(subject: Subject) -> None:
    crm = subject.open()
    (right,) = crm.rights(["SwitchedOff"])
    assert "switched off" in right.note
    with pytest.raises(ModuleMissing) as missing:
        crm.fields("SwitchedOff")  # type: ignore[arg-type]
    assert missing.value.mender is Mender.ADMIN


def test_a_login_is_wrapped_in_the_guard_which_may_refuse_and_sees_refusals(
    best: Subject,
) -> None:
    seen: list[str] = []
    paused = False

    @contextmanager
    def guard() -> Iterator[None]:
        if paused:
            raise ConnectionPaused("Paused since the password was refused.")
        try:
            yield
            seen.append("signed in")
        except SignInRefused as error:
            seen.append(error.code)
            raise

    connector = best.connector(sign_in_guard=guard)
    crm = best.open(connector=connector)
    crm.sign_in()
    best.trouble("expire", methods=("get_entries_count",))
    crm.count(Module.LEADS, EVERYTHING)
    with pytest.raises(SignInRefused):
        best.open("admin", "wrong", connector).sign_in()
    assert seen == ["signed in", "signed in", "SignInRefused"]
    paused = True
    logins = best.requests("login")
    with pytest.raises(ConnectionPaused):
        best.open(connector=connector).count(Module.LEADS, EVERYTHING)
    assert best.requests("login") == logins


def test_a_user_name_that_cannot_be_sent_is_refused_before_it_is(best: Subject) -> None:
    with pytest.raises(InputInvalid):
        best.open("ad\x00min", "x").sign_in()
    assert best.requests("login") == 0


def test_credentials_are_sent_to_no_other_origin(best: Subject) -> None:
    for origin in ("https://127.0.0.1", "http://127.0.0.1:1", "http://elsewhere.example"):
        with pytest.raises(AddressForbidden):
            best.connector().open(best.endpoint, Credentials("admin", "admin", origin))


def test_hooks_given_on_opening_win_over_the_connectors(best: Subject) -> None:
    heard: list[str] = []
    hooks = Hooks(after_request=lambda outcome, _seconds, _rows: heard.append(outcome))
    crm = best.connector().open(best.endpoint, Credentials("admin", "admin"), hooks)
    crm.sign_in()
    crm.sign_out()
    assert heard == ["ok", "ok"]
    assert best.outcomes == []


def test_the_hooks_hear_of_each_request_and_may_hold_it(best: Subject) -> None:
    best.sugar.company.create("Leads", last_name="x")
    held: list[int] = []
    crm = best.open(connector=best.connector(before_request=lambda: held.append(1)))
    crm.sign_in()
    crm.read(Module.LEADS, EVERYTHING, 10, fields=("last_name",))
    best.trouble("status", code=503, methods=("get_entries_count",))
    with pytest.raises(Exception, match="slow down"):
        crm.count(Module.LEADS, EVERYTHING)
    told = [(outcome, rows) for outcome, _, rows in best.outcomes]
    assert told == [("ok", 0), ("ok", 0), ("ok", 1), ("SugarBusy", 0)]
    assert len(held) == 4
    assert all(seconds >= 0 for _, seconds, _ in best.outcomes)
