"""What the servers of an email's links answer when they are asked."""

from dataclasses import dataclass

MOST_CHECKED = 60
"""Links of one email that are asked for."""


@dataclass(frozen=True, slots=True)
class LinkAnswer:
    """`ok` says whether the page is there, as far as a machine is told. `answer` says it in words.

    `leads_to` is where it is in the end, "" where that is the link itself.
    """

    ok: bool
    answer: str
    leads_to: str = ""


SHY = frozenset({401, 402, 403, 405, 406, 407, 421, 423, 425, 429, 451, 999})
"""What servers say to machines of pages that people may well get."""


def answer_of(status: int, leads_to: str = "") -> LinkAnswer:
    """What an HTTP status says of a link."""
    if 200 <= status < 300:
        return LinkAnswer(True, f"HTTP {status}", leads_to)
    if status in SHY:
        return LinkAnswer(True, f"answers, but not to machines (HTTP {status})", leads_to)
    if status in (404, 410):
        return LinkAnswer(False, f"there is no such page (HTTP {status})", leads_to)
    return LinkAnswer(False, f"HTTP {status}", leads_to)
