"""The sync's progress: in lines, and drawn in a terminal."""

import io
from typing import Any

import pytest

from local.stack.progress import Progress


class Terminal(io.StringIO):
    """A terminal of sorts."""

    def isatty(self) -> bool:
        return True


def module(name: str, done: int, expected: int | None, status: str = "reading") -> dict[str, Any]:
    """A module as the interface gives it."""
    share = None if expected is None else min(1.0, done / expected)
    return {"module": name, "status": status, "done": done, "expected": expected, "share": share}


def run(done: int, expected: int | None, rate: float | None = None) -> dict[str, Any]:
    """A run with two modules, of which one has ended."""
    modules = [module("Users", 10, 10, "done"), module("Leads", done, expected)]
    total = None if expected is None else expected + 10
    share = None if total is None else min(1.0, (done + 10) / total)
    return {
        "modules": modules,
        "done": done + 10,
        "expected": total,
        "share": share,
        "rate": rate,
        "seconds_left": 3.2 if rate else None,
    }


def test_a_line_is_told_at_each_tenth_and_none_before_all_is_counted() -> None:
    out = io.StringIO()
    progress = Progress(out)
    progress.show(run(0, None))
    for done in (0, 4, 9, 30, 31, 90):
        progress.show(run(done, 90, rate=12.4))
    lines = out.getvalue().splitlines()
    assert [line.split()[0] for line in lines] == ["Syncing", "10%", "40%", "100%"]
    assert "40 of 100  12/s  3 s left  Leads" in lines[2]


def test_more_done_than_expected_is_all() -> None:
    out = io.StringIO()
    Progress(out).show(run(120, 90))
    assert out.getvalue().splitlines()[-1].split()[:4] == ["100%", "130", "of", "130"]


def test_a_terminal_shows_each_module_and_all_in_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    out = Terminal()
    progress = Progress(out)
    progress.show(run(0, None))
    progress.show(run(45, 90, rate=20))
    first, second = out.getvalue().split("\x1b[3A")
    assert [line.split()[:2] for line in first.splitlines()] == [
        ["Syncing", "the"],
        ["Users", "[########################]"],
        ["Leads", "counting\x1b[K"],
        ["Counting", "what"],
    ]
    assert "Leads          [############............]  50%      45  reading" in second
    assert "All            [#############...........]  55%      55 of 100  20/s" in second


def test_a_narrow_terminal_gets_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    out = Terminal()
    Progress(out).show(run(90, 90))
    assert "\x1b" not in out.getvalue()
