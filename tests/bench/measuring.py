"""Comparing ways of doing the same: in turn, round after round, by their medians."""

import gc
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Target:
    """A figure and what it must be; `at_least` says on which side of `limit` it must lie."""

    text: str
    value: float
    limit: float
    unit: str = ""
    at_least: bool = False

    @property
    def met(self) -> bool:
        """Whether the figure is as it must be."""
        return self.value >= self.limit if self.at_least else self.value <= self.limit


def in_turn(
    ways: Mapping[str, Callable[[int], object]],
    rounds: int,
    clock: Callable[[], float] = time.process_time,
) -> dict[str, list[float]]:
    """Seconds each way took in each round; a first round, number 0, is not counted."""
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for number in range(rounds + 1):
        for name, work in ways.items():
            gc.collect()
            began = clock()
            work(number)
            taken[name].append(clock() - began)
    return {name: seconds[1:] for name, seconds in taken.items()}


def medians(taken: Mapping[str, Sequence[float]]) -> dict[str, float]:
    """The median of each way."""
    return {name: statistics.median(seconds) for name, seconds in taken.items()}


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A markdown table; all columns but the first are figures."""
    lines = [heads, ["---", *["---:"] * (len(heads) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def targets(found: Sequence[Target]) -> str:
    """What was asked for, what was measured, and whether that is enough."""
    rows = [
        (
            one.text,
            f"{one.value:,.2f}".rstrip("0").rstrip(".") + one.unit,
            f"{'≥' if one.at_least else '≤'} {one.limit:,g}{one.unit}",
            "yes" if one.met else "**no**",
        )
        for one in found
    ]
    return table(["", "measured", "target", "met"], rows)
