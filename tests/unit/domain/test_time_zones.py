"""Zones by their names."""

from datetime import UTC, datetime, timedelta

import pytest

from funnel.domain.time_zones import time_zone


def test_a_zone_is_found_by_its_name() -> None:
    berlin = time_zone("Europe/Berlin")
    assert berlin is not None
    assert datetime(2026, 7, 1, tzinfo=berlin).utcoffset() == timedelta(hours=2)
    assert time_zone("UTC") is UTC


@pytest.mark.parametrize(
    "name", ["", "Moon/Sea", "../../etc/passwd", "/etc/passwd", "a\0b", "Europe"]
)
def test_what_is_no_zone_is_none(name: str) -> None:
    assert time_zone(name) is None
