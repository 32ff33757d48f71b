"""Everything that is wrong with an input, so that whoever sent it hears of it at once."""

from collections.abc import Iterator
from contextlib import contextmanager

from funnel.domain.errors import InputInvalid


class Problems:
    """Collects what is wrong: each check is made under `found`, and `raise_all` says all of it."""

    def __init__(self) -> None:
        self._found: list[InputInvalid] = []

    @contextmanager
    def found(self, under: str = "") -> Iterator[None]:
        """Keep an `InputInvalid` that is raised in here, with those it brings along, and go on.

        Their fields are those of what is sent `under` that name, such as `steps.0`.
        """
        try:
            yield
        except InputInvalid as error:
            for one in (error, *error.others):
                one.field = ".".join(filter(None, (under, one.field)))
                self._found.append(one)

    @property
    def first(self) -> InputInvalid | None:
        """The first, with the rest as its `others`; None where nothing is wrong."""
        if not self._found:
            return None
        first, *rest = self._found
        first.others = tuple(rest)
        return first

    def raise_all(self) -> None:
        """Raise the first, the rest as its `others`; nothing where nothing is wrong."""
        if first := self.first:
            raise first
