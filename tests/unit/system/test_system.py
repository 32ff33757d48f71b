"""The machine's own clock and randomness."""

import time
import uuid
from datetime import UTC

import pytest

from funnel.adapters.system import SystemClock, SystemIds


def test_now_is_utc_and_goes_on() -> None:
    clock = SystemClock()
    first, second = clock.now(), clock.now()
    assert first.tzinfo is UTC
    assert first <= second
    assert clock.monotonic() <= clock.monotonic()


def test_nothing_is_slept_for_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr(time, "sleep", slept.append)
    for seconds in (-1, 0, 0.5):
        SystemClock().sleep(seconds)
    assert slept == [0.5]


def test_ids_and_tokens_are_never_the_same() -> None:
    ids = SystemIds()
    assert len({uuid.UUID(ids.new_id()) for _ in range(100)}) == 100
    assert len({ids.new_token() for _ in range(100)}) == 100


def test_a_token_is_256_bits_that_fit_an_address() -> None:
    token = SystemIds().new_token()
    assert len(token) == 43
    assert token.replace("-", "").replace("_", "").isalnum()
