"""How many records are asked for at a time: as many as the server bears."""

from collections.abc import Mapping

from funnel.domain.ids import Module

LARGEST = 500
SMALLEST = 20
_SLOW = 20.0
_QUICK = 5.0


class PageSizes:
    """By module: halved when a page fails or is slow, grown again while pages are quick."""

    def __init__(self, known: Mapping[Module, int]) -> None:
        self._sizes = dict(known)

    def of(self, module: Module) -> int:
        """The size to plan with."""
        return self._sizes.get(module, LARGEST)

    def took(self, module: Module, seconds: float) -> None:
        """A page came in this time."""
        if seconds > _SLOW:
            self.failed(module)
        elif seconds < _QUICK and self.of(module) < LARGEST:
            self._sizes[module] = min(LARGEST, self.of(module) * 2)

    def failed(self, module: Module) -> None:
        """A page did not come, or not whole."""
        self._sizes[module] = max(SMALLEST, self.of(module) // 2)

    def learned(self, before: Mapping[Module, int]) -> Mapping[Module, int]:
        """What to remember; what is at its largest needs no word."""
        after = {**before, **self._sizes}
        return {module: size for module, size in after.items() if size != LARGEST}
