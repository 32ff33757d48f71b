"""Points of small line charts, which are drawn on the server."""

from collections.abc import Sequence


def points(values: Sequence[int], width: int, height: int, edge: int = 2) -> str:
    """The points of a line over the whole width, as `<polyline>` takes them.

    It begins at 0 or the lowest below; one that never moves is at the bottom.
    """
    low, high = min([0, *values]), max([1, *values])
    step = (width - 2 * edge) / max(1, len(values) - 1)
    scale = (height - 2 * edge) / (high - low)
    return " ".join(
        f"{edge + at * step:.1f},{height - edge - (value - low) * scale:.1f}"
        for at, value in enumerate(values)
    )
