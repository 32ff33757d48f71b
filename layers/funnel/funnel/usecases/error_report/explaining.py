"""A row of the error report in plain words."""

from collections.abc import Callable
from dataclasses import dataclass

from funnel.domain.sync.records import SyncError


@dataclass(frozen=True, slots=True)
class Explanation:
    """A cause in plain words, and how to mend it."""

    text: str
    mend: str


Explain = Callable[[SyncError], Explanation]
