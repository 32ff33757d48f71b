"""The clock of the functions on the local AWS can be ahead, so that what waits for hours is due."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import ModuleType

import pytest

from local.stack.inside import sitecustomize as inside

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


class Standing:
    """A clock that stands still."""

    def now(self) -> datetime:
        """Always the same."""
        return NOW


def test_it_is_as_far_ahead_as_the_file_says_and_true_without_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "ahead"
    monkeypatch.setenv(inside.AHEAD, str(file))
    module = ModuleType("system")
    # A class of its own: what is changed is the class.
    module.SystemClock = type("SystemClock", (Standing,), {})  # type: ignore[attr-defined]
    inside.WATCHED[inside.CLOCK](module)
    clock = module.SystemClock()
    assert clock.now() == NOW
    file.write_text("3600")
    assert clock.now() == NOW + timedelta(hours=1)
    assert Standing().now() == NOW


def test_it_is_the_clock_of_the_product() -> None:
    from importlib import import_module

    assert import_module(inside.CLOCK).SystemClock().now().tzinfo is UTC
