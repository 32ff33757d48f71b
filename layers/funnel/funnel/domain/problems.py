"""Everything that is wrong with an input, so that whoever sent it hears of it at once."""

from collections.abc import Iterator
from contextlib import contextmanager

from funnel.domain.errors import InputInvalid


class Problems:
    """Collects what is wrong: each check is made under `found`, and `raise_all` says all of it."""

    def __init__(self) -> None:
        self._found: list[InputInvalid] = []

    @contextmanager
    def found(self) -> Iterator[None]:
        """Keep an `InputInvalid` that is raised in here, with those it brings along, and go on."""
        try:
            yield
        except InputInvalid as error:
            self._found += [error, *error.others]

    def raise_all(self) -> None:
        """Raise the first, the rest as its `others`; nothing where nothing is wrong."""
        if self._found:
            first, *rest = self._found
            first.others = tuple(rest)
            raise first
