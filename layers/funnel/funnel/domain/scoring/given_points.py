"""Points that a step of a campaign gives: each step's are counted, and have a line of their own."""

from collections.abc import Iterable, Mapping

from funnel.domain.scoring.scores import ScoreLine

_GIVEN = "points/"


def points_id(about: Mapping[str, str]) -> str:
    """Under what points are counted, by what their activity says: the step, how many, and its name."""
    step = "/".join(about.get(name, "").replace("/", "") for name in ("campaign", "step"))
    return f"{_GIVEN}{step}/{_number(about.get('points', ''))}/{about.get('name', '')}"


def is_given(counted: str) -> bool:
    """Whether this is the id of points that were given."""
    return counted.startswith(_GIVEN)


def given_lines(counts: Mapping[str, Mapping[int, int]]) -> Iterable[ScoreLine]:
    """The lines of all points that were given, in an order that never changes."""
    for counted in sorted(filter(is_given, counts)):
        _, campaign, step, points, name = counted.split("/", 4)
        times = sum(counts[counted].values())
        if times:
            yield ScoreLine(
                rule=f"{_GIVEN}{campaign}/{step}",
                name=name,
                counted=times,
                points=times * int(points),
                happened=times,
            )


def _number(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        return 0
