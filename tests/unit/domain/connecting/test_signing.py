"""Signatures of webhooks, and the keys they are made with."""

import hmac
from datetime import UTC, datetime, timedelta

import pytest

from funnel.domain.connecting.signing import (
    Signed,
    SigningKey,
    derived_key,
    entered_key,
    is_signed,
    is_timely,
    known,
    module_key,
    purpose_key,
    rotated,
    signature_of,
)
from funnel.domain.ids import ConnectionId

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
HERE = ConnectionId("c1")


def at(seconds: float) -> str:
    """A time of sending, so many seconds from now."""
    return str(int((NOW + timedelta(seconds=seconds)).timestamp()))


def test_a_signature_is_the_one_that_sugars_sign_with() -> None:
    wanted = hmac.new(b"key", b'5.{"a": 1}', "sha256").hexdigest()
    assert signature_of("key", "5", b'{"a": 1}') == wanted


def test_a_signature_is_good_for_its_key_time_and_body_only() -> None:
    signed = Signed("5", "k", signature_of("key", "5", b"body"))
    assert is_signed(signed, "key", b"body")
    assert is_signed(Signed("5", "k", signed.signature.upper()), "key", b"body")
    assert not is_signed(signed, "another", b"body")
    assert not is_signed(signed, "key", b"body ")
    assert not is_signed(Signed("6", "k", signed.signature), "key", b"body")
    assert not is_signed(Signed("5", "k", ""), "key", b"body")
    assert not is_signed(Signed("5", "k", "é"), "key", b"body")


@pytest.mark.parametrize("seconds", [-300, 0, 300])
def test_what_was_sent_within_five_minutes_is_timely(seconds: int) -> None:
    assert is_timely(at(seconds), NOW, 0)


@pytest.mark.parametrize("seconds", [-301, 301, 86_400])
def test_what_was_sent_at_another_time_is_not(seconds: int) -> None:
    assert not is_timely(at(seconds), NOW, 0)


def test_a_clock_that_is_known_to_be_wrong_is_reckoned_with() -> None:
    assert is_timely(at(3_600), NOW, 3_600)
    assert not is_timely(at(0), NOW, 3_600)


@pytest.mark.parametrize("sent", ["", "now", "-5", "1.5", "\uff19", "1" * 5_000, " 5"])
def test_what_is_no_time_is_never_timely(sent: str) -> None:
    assert not is_timely(sent, NOW, 0)


def test_keys_of_other_purposes_and_connections_are_others() -> None:
    keys = {derived_key("s", p, ConnectionId(c)) for p in ("webhook", "dashlet") for c in "ab"}
    assert len(keys) == 4
    assert derived_key("s", "webhook", HERE) == derived_key("s", "webhook", HERE)


def test_what_is_entered_in_sugar_derives_the_keys_that_we_derive() -> None:
    kid, _, entered = entered_key("kid", "secret", HERE).partition(".")
    assert (kid, entered) == ("kid", module_key("secret", HERE))
    for purpose in ("webhook", "dashlet"):
        assert derived_key(entered, purpose, HERE) == purpose_key("secret", purpose, HERE)
        assert purpose_key("secret", purpose, HERE) != derived_key("secret", purpose, HERE)


def test_a_new_key_works_at_once_and_the_old_one_for_a_day() -> None:
    first, second = (SigningKey(k, k, NOW) for k in "ab")
    keys, ended = rotated((first,), second, NOW)
    assert not ended
    later = NOW + timedelta(hours=24)
    assert [bool(known(keys, k, NOW)) for k in ("a", "b", "c")] == [True, True, False]
    assert [bool(known(keys, k, later)) for k in "ab"] == [False, True]
    keys, ended = rotated(keys, SigningKey("c", "c", later), later)
    assert [k.kid for k in ended] == ["a"]
    assert [k.kid for k in keys] == ["b", "c"]
