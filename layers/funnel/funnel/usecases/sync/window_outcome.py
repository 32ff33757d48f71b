"""What reading a window led to, and what is left of it to read."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from funnel.domain.sync.runs import RunWindow
from funnel.domain.sync.windows import Planned


@dataclass(slots=True)
class Outcome:
    """What a window led to; `windows` are what it was cut into, instead or in addition."""

    rows: int = 0
    changed: int = 0
    deleted: int = 0
    held: int = 0
    windows: tuple[RunWindow, ...] = ()

    def add(self, other: "Outcome") -> None:
        """Count another page's records in."""
        self.rows += other.rows
        self.changed += other.changed
        self.deleted += other.deleted
        self.held += other.held


def below(window: RunWindow, parts: Sequence[Planned]) -> tuple[RunWindow, ...]:
    """The parts as windows of the run, by ids below this one's; the stuck ones are just read."""
    return tuple(
        replace(
            window,
            window_id=f"{window.window_id}.{i:03}",
            window=p.window,
            expected=None if p.stuck else p.expected,
        )
        for i, p in enumerate(parts)
    )


def go_on(window: RunWindow, cursor: str) -> tuple[RunWindow, ...]:
    """The same window from a place in our own listing on; nothing at its end."""
    if not cursor:
        return ()
    return (replace(window, window_id=f"{window.window_id}+", cursor=cursor),)
