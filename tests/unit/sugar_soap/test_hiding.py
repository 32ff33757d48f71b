"""What Sugar repeats of a session or a password does not get into an error."""

import hashlib
from contextlib import nullcontext
from types import SimpleNamespace
from typing import Any, cast

import pytest

from funnel.adapters.sugar_http.refusals import hide, quoted
from funnel.adapters.sugar_rest.updating import send_many
from funnel.adapters.sugar_soap.calls import Caller
from funnel.adapters.sugar_soap.faults import fault_error
from funnel.adapters.sugar_soap.session import Session
from funnel.domain.crm import Credentials, Dialect
from funnel.domain.errors import FunnelError, ServerCrashed

SESSION, PASSWORD = "c4f1d2a9e8b7c6d5", "Gelber-Vogel"
HASH = hashlib.md5(PASSWORD.encode()).hexdigest()
SESSION_ONLY = SimpleNamespace(
    id=SESSION, name_value_list=[SimpleNamespace(name="user_id", value="1")]
)


def session(dialect: Dialect, quotes: str) -> Session:
    """At a Sugar whose faults to one method quote all it was sent."""

    def call(method: str, *sent: object, **_: object) -> Any:
        if method == quotes:
            raise fault_error(method, "1", f"Not good: {sent}")
        return SESSION_ONLY if method == "login" else "1"

    caller = SimpleNamespace(call=call, endpoint=SimpleNamespace(dialect=dialect))
    return Session(cast("Caller", caller), Credentials("api", PASSWORD), nullcontext)


@pytest.mark.feature("A4")
@pytest.mark.parametrize(
    ("dialect", "quotes"),
    [
        (Dialect.V4_1, "login"),
        (Dialect.V4_1, "get_entries_count"),
        (Dialect.SOAP_5, "login"),
        (Dialect.SOAP_5, "get_user_id"),
        (Dialect.SOAP_5, "get_entries_count"),
    ],
)
def test_a_fault_that_quotes_the_session_or_password_is_told_without_it(
    dialect: Dialect, quotes: str
) -> None:
    one = session(dialect, quotes)

    def ask(found: str) -> object:
        return one._caller.call("get_entries_count", found)

    with pytest.raises(ServerCrashed, match="Not good") as error:
        one.run(ask)
    said = f"{error.value.text} {error.value.args} {error.value}"
    assert "…" in said
    assert SESSION not in said
    assert HASH not in said


def test_what_one_request_of_a_batch_quotes_is_hidden_too() -> None:
    told = {"status": 422, "contents": {"error": "e", "error_message": f"Token {SESSION}."}}
    caller = SimpleNamespace(
        many=lambda *_: [told], endpoint=SimpleNamespace(site_url="https://crm.example")
    )
    (refused,) = send_many(caller, [{}], SESSION)  # type: ignore[arg-type]
    assert isinstance(refused, ServerCrashed)
    assert refused.text == "Sugar could not work on the request: “Token ….”."


@pytest.mark.parametrize("before", range(150, 210, 3))
def test_a_quote_is_short_and_holds_no_part_of_a_secret(before: int) -> None:
    text = quoted(f"{'x' * before} token={SESSION}{HASH} more")
    assert len(text) <= 200
    error = hide(FunnelError(text), SESSION, HASH)
    assert not [n for n in range(4, 12) if SESSION[:n] in error.text]


@pytest.mark.parametrize("before", ["", "x " * 88])
def test_a_password_of_words_is_not_told_in_part(before: str) -> None:
    password = "correct horse  battery staple"
    error = ServerCrashed(quoted(f"{before}not good: {password}"))
    told = hide(error, password).text
    assert not set(told.split()) & set(password.split())
