"""What a rep wants to be told, and from when on."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from funnel.domain.errors import InputInvalid
from funnel.domain.ids import SugarId, TenantId
from funnel.domain.vision.alerts import (
    IF_UNABLE,
    MOST_THRESHOLD,
    Alert,
    Alerts,
    AlertSettings,
    Telling,
    checked_alerts,
    is_digest_due,
    local,
    put_off,
    set_to,
    without,
)

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ALL = AlertSettings(tuple(Alert), 60, 8, "UTC")
ROW = Alerts(
    TenantId("t"), SugarId("u"), ALL, NOW, above_known=True, above=("Leads/1",), visits_from=NOW,
    digested_on="2026-03-01", stopped="It came back.", left_by="m1",
)  # fmt: skip
LATER = NOW + timedelta(days=3)


def test_what_stays_on_remembers_what_was_seen() -> None:
    after = set_to(ROW, replace(ALL, hour=7), LATER)
    assert (after.above_known, after.above, after.visits_from) == (True, ("Leads/1",), NOW)
    assert (after.digested_on, after.next_at, after.changed_at) == ("2026-03-01", LATER, LATER)
    assert (after.stopped, after.left_by) == ("", "")


def test_another_score_and_what_is_switched_on_begin_with_this_moment() -> None:
    assert set_to(ROW, replace(ALL, threshold=61), LATER).above == ()
    assert not set_to(ROW, replace(ALL, threshold=61), LATER).above_known
    off = set_to(ROW, AlertSettings(), LATER)
    assert off.next_at is None
    on = set_to(replace(off, above_known=True, above=("Leads/1",)), ALL, LATER)
    assert (on.above_known, on.above, on.visits_from) == (False, (), LATER)


@pytest.mark.parametrize(("hour", "begun"), [(8, "2026-03-05"), (9, "2026-03-05"), (10, "")])
def test_a_digest_whose_hour_has_gone_by_begins_tomorrow(hour: int, begun: str) -> None:
    after = set_to(replace(ROW, settings=AlertSettings()), replace(ALL, hour=hour), LATER)
    assert (after.digested_on, after.digested_at) == (begun, LATER)
    assert is_digest_due(after, LATER + timedelta(hours=1)) is (begun == "")


def test_what_is_switched_off_by_us_says_why_and_what_is_off_already_stays() -> None:
    after = without(ROW, [Alert.VISIT], LATER, "It came back.")
    assert after.settings.on == tuple(one for one in Alert if one is not Alert.VISIT)
    assert (after.stopped, after.changed_at) == ("It came back.", LATER)
    assert without(after, [Alert.VISIT], LATER, "Again.") == after


def test_what_happens_while_nothing_can_be_sent_is_not_told_later() -> None:
    after = put_off(replace(ROW, telling=Telling(1, NOW)), LATER)
    assert after.above_known is False
    assert (after.above, after.telling) == ((), None)
    assert (after.next_at, after.visits_from) == (LATER + IF_UNABLE, LATER + IF_UNABLE)


@pytest.mark.parametrize(
    ("on", "threshold", "hour", "zone", "field"),
    [
        (["mood"], 60, 8, "UTC", "on"),
        ([], 0, 8, "UTC", "threshold"),
        ([], MOST_THRESHOLD + 1, 8, "UTC", "threshold"),
        ([], 60, -1, "UTC", "hour"),
        ([], 60, 24, "UTC", "hour"),
        ([], 60, 8, "Moon/Sea", "zone"),
    ],
)
def test_settings_that_cannot_be_are_refused(
    on: list[str], threshold: int, hour: int, zone: str, field: str
) -> None:
    with pytest.raises(InputInvalid) as told:
        checked_alerts(on, threshold, hour, zone)
    assert told.value.field == field


def test_settings_at_their_edges_are_kept_in_one_order() -> None:
    found = checked_alerts(reversed([*Alert]), MOST_THRESHOLD, 23, "Europe/Berlin")
    assert found == AlertSettings(tuple(Alert), MOST_THRESHOLD, 23, "Europe/Berlin")
    assert checked_alerts([], 1, 0, "UTC") == AlertSettings((), 1, 0, "UTC")


def test_a_moment_is_told_by_the_zones_clocks_and_by_utc_where_there_is_none() -> None:
    assert local(NOW, "Europe/Berlin").hour == 10
    assert local(NOW, "Moon/Sea") == NOW
