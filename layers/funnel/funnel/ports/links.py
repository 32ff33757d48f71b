"""What asks the servers of links whether their pages are there."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from funnel.domain.emails.link_checks import LinkAnswer


class LinkProbe(Protocol):
    """Asks only servers of the public internet, wherever a link leads."""

    def probe(self, targets: Sequence[str]) -> Mapping[str, LinkAnswer]:
        """What each of them answers; whatever goes wrong with one is its answer. In bounded time."""
