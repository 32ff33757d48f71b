"""Everything that is wrong with an input, so that whoever sent it hears of it at once."""

from collections.abc import Iterator
from contextlib import contextmanager

from funnel.domain.errors import InputInvalid


def all_wrong(error: Exception | None) -> tuple[InputInvalid, ...]:
    """What an error says is wrong with an input, each thing by itself; nothing for another error."""
    return (error, *error.others) if isinstance(error, InputInvalid) else ()


def within(error: InputInvalid, place: str) -> InputInvalid:
    """The same, and all it brings along, of an input that is a part of another."""
    first, *rest = (
        InputInvalid(one.text, mend=one.mend, field=f"{place}.{one.field}" if one.field else place)
        for one in all_wrong(error)
    )
    first.others = tuple(rest)
    return first


MOST_TOLD = 100
"""Things that are said to be wrong at once: an answer has its largest size."""


class Problems:
    """Collects what is wrong: each check is made under `found`, and `raise_all` says all of it."""

    def __init__(self) -> None:
        self._found: list[InputInvalid] = []

    @property
    def is_full(self) -> bool:
        """Whether no more would be told: what is sent may have no end of what is wrong, and each costs."""
        return len(self._found) >= MOST_TOLD

    @contextmanager
    def found(self, under: str = "") -> Iterator[None]:
        """Keep an `InputInvalid` that is raised in here, with those it brings along, and go on.

        Their fields are those of what is sent `under` that name, such as `steps.0`.
        """
        try:
            yield
        except InputInvalid as error:
            self._found += all_wrong(within(error, under) if under else error)

    def raise_all(self) -> None:
        """Raise the first, the rest as its `others`, `MOST_TOLD` in all; nothing where nothing is wrong."""
        if not self._found:
            return
        first, *rest = self._found[:MOST_TOLD]
        first.others = tuple(rest)
        raise first
