"""Keys of machines: how they are written, what they may be called and do, and until when."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from funnel.domain.errors import InputInvalid
from funnel.domain.ids import TenantId
from funnel.domain.signing_in.api_keys import (
    LONGEST_NAME,
    SCOPES,
    ApiKey,
    WrittenKey,
    checked_expiry,
    checked_name,
    checked_scopes,
    hash_of,
    minute_of,
    seconds_left,
)

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
WRITTEN = WrittenKey(TenantId("t1"), "k-1", "s_e-cret")
KEY = ApiKey(TenantId("t1"), "k-1", hash_of("secret"), "CRM", ("people:read",), NOW, "Ann")


def test_a_key_is_read_as_it_was_written_and_never_shown() -> None:
    assert str(WRITTEN) == "fnl_t1.k-1.s_e-cret"
    assert WrittenKey.parse(str(WRITTEN)) == WRITTEN
    assert repr(WRITTEN) == "WrittenKey(t1, k-1)"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "fnl_t1.k-1",
        "fnl_t1.k-1.s.more",
        "FNL_t1.k-1.s",
        "fnl_t1.k-1.",
        " fnl_t1.k-1.s",
        "fnl_t1.k-1.s\n",
        "fnl_té.k-1.s",
        f"fnl_{'t' * 65}.k.s",
        f"fnl_t.k.{'s' * 129}",
    ],
)
def test_what_is_no_key_is_none(text: str) -> None:
    assert WrittenKey.parse(text) is None


def test_a_key_opens_with_its_secret_until_it_ends_or_is_revoked() -> None:
    assert hash_of("secret") == hashlib.sha256(b"secret").hexdigest()
    assert KEY.opens_with("secret")
    assert not KEY.opens_with("Secret")
    assert KEY.acts_as == "API key CRM"
    assert KEY.is_good(NOW + timedelta(days=9_999))
    assert not replace(KEY, revoked_at=NOW).is_good(NOW)
    ends = replace(KEY, expires_at=NOW)
    assert (ends.is_good(NOW - timedelta(seconds=1)), ends.is_good(NOW)) == (True, False)


def test_a_name_is_tidied_and_has_an_end() -> None:
    assert checked_name("  our\t shop ") == "our shop"
    assert checked_name("x" * LONGEST_NAME) == "x" * LONGEST_NAME
    for wrong, text in (
        (" \n", "Name the key by what uses it."),
        ("x" * (LONGEST_NAME + 1), "A name has 60 characters at most."),
        ("a\ud800", "A name has 60 characters at most."),
    ):
        with pytest.raises(InputInvalid) as told:
            checked_name(wrong)
        assert (told.value.text, told.value.field) == (text, "name")


def test_scopes_stand_in_one_order_and_each_is_known() -> None:
    assert checked_scopes(("sync:write", "people:read", "sync:write")) == (
        "people:read",
        "sync:write",
    )
    with pytest.raises(InputInvalid, match="at least one scope") as told:
        checked_scopes(())
    assert told.value.field == "scopes"
    with pytest.raises(InputInvalid, match=r"no scope “people:eat”\.") as told:
        checked_scopes(("people:read", "people:eat"))
    assert (told.value.mend, told.value.field) == (f"Use some of {', '.join(SCOPES)}.", "scopes")
    with pytest.raises(InputInvalid) as told:
        checked_scopes(("x" * 99,))
    assert "x" * 40 in told.value.text
    assert "x" * 41 not in told.value.text


def test_a_key_that_would_have_ended_already_is_refused() -> None:
    assert checked_expiry(None, NOW) is None
    later = NOW + timedelta(microseconds=1)
    assert checked_expiry(later, NOW) == later
    with pytest.raises(InputInvalid, match="over") as told:
        checked_expiry(NOW, NOW)
    assert (told.value.mend, told.value.field) == ("Choose a later one.", "expires_at")


def test_requests_are_counted_by_the_minute_of_the_clock() -> None:
    assert minute_of(datetime(1970, 1, 1, 0, 2, 59, tzinfo=UTC)) == 2
    assert [seconds_left(NOW + timedelta(seconds=s)) for s in (0, 1, 59.9)] == [60, 59, 1]
