"""The sync's progress in lines, where there is no terminal."""

import io

from local.stack.progress import Progress


def run(done: int, expected: int, rate: float = 0) -> dict[str, object]:
    """A run with one module."""
    return {"modules": [{"module": "Leads", "done": done, "expected": expected}], "rate": rate}


def test_a_line_is_told_at_each_tenth_and_none_before_it_has_counted() -> None:
    out = io.StringIO()
    progress = Progress(out)
    for done in (0, 4, 9, 10, 55, 100):
        progress.show(run(done, 100, rate=12.4))
    progress.show(run(0, 0))
    lines = out.getvalue().splitlines()
    assert [line.split()[0] for line in lines] == ["Syncing", "0%", "10%", "55%", "100%"]
    assert "55 of 100 records  12/s" in out.getvalue()


def test_more_done_than_expected_is_all() -> None:
    out = io.StringIO()
    Progress(out).show(run(120, 100))
    assert out.getvalue().splitlines()[-1].startswith("  100%")
