"""How often a user may be tried, and which spellings are one user."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funnel.domain.ids import TenantId
from funnel.domain.signing_in.tries import OF_A_USER, Tries, free_at, who_tries, with_try

TENANT = TenantId("acme")
START = datetime(2026, 3, 2, 9, tzinfo=UTC)


def test_three_tries_in_fifteen_minutes_and_the_fourth_waits_for_the_first_to_pass() -> None:
    tries = Tries(TENANT, "who")
    for minute in (0, 4, 9):
        now = START + timedelta(minutes=minute)
        assert free_at(tries, OF_A_USER, now) is None
        tries = with_try(tries, f"try {minute}", OF_A_USER, now)
    first_passes = START + timedelta(minutes=15)
    assert free_at(tries, OF_A_USER, START + timedelta(minutes=14)) == first_passes
    assert free_at(tries, OF_A_USER, first_passes) is None


@given(st.lists(st.integers(0, 1200), max_size=60))
def test_whenever_tries_come_no_fifteen_minutes_have_more_than_three(waits: list[int]) -> None:
    tries, now, made = Tries(TENANT, "who"), START, []
    for number, wait in enumerate(waits):
        now += timedelta(seconds=wait)
        if free_at(tries, OF_A_USER, now) is None:
            tries = with_try(tries, str(number), OF_A_USER, now)
            made.append(now)
        assert len(tries.at) <= OF_A_USER.most
    for at in made:
        assert sum(at <= other < at + OF_A_USER.span for other in made) <= OF_A_USER.most


@pytest.mark.parametrize(
    "spelled",
    [
        "ANNA.OTT",
        " anna.ott ",
        "Ànna.ött",
        "an\u200bna.ott",
        "\uff41\uff4e\uff4e\uff41.ott",
        "anna\u0301.ott",
        "anna\ufe0f.ott",
    ],
)
def test_spellings_that_a_database_takes_for_one_name_are_counted_as_one(spelled: str) -> None:
    assert who_tries(TENANT, spelled) == who_tries(TENANT, "anna.ott")


def test_other_names_and_other_tenants_are_counted_apart_and_no_name_is_told() -> None:
    one = who_tries(TENANT, "anna.ott")
    assert one not in {who_tries(TENANT, "annaott"), who_tries(TenantId("other"), "anna.ott")}
    assert who_tries(TENANT, "ørsted") == who_tries(TENANT, "orsted")
    assert "anna" not in one
