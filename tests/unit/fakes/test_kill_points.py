"""Where a run is to die: each kind of place once or twice, or everywhere."""

import pytest

from tests.faults.dying import EVERY_KILL_POINT, kill_points

PAGES = ["read", "save", "ring", "read", "save", "ring", "read", "save", "ring", "read", "end"]


@pytest.fixture(autouse=True)
def nothing_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(EVERY_KILL_POINT, raising=False)


def test_each_call_between_the_same_neighbours_is_died_at_first_and_last() -> None:
    # The second page's save lies between its like. The first read begins it all, and the last ends it.
    assert kill_points(PAGES) == [1, 2, 3, 4, 7, 8, 9, 10, 11]
    assert kill_points(PAGES[:3] * 9) == [1, 2, 3, 4, 24, 25, 26, 27]


def test_a_call_between_others_is_another_place() -> None:
    assert kill_points(["save", "ring", "save"]) == [1, 2, 3]
    assert kill_points([]) == []


def test_all_are_died_at_where_the_environment_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(EVERY_KILL_POINT, "1")
    assert kill_points(PAGES) == list(range(1, len(PAGES) + 1))
