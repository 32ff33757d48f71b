"""The members of a Target List as they come off the wire, in memory that one member bounds."""

import re
from collections.abc import Callable, Iterable
from typing import Any

from funnel.adapters.sugar_soap.reader import Record, failures, feed, let_go, taken
from funnel.domain.errors import SugarReplyBroken

METHOD = "get_relationships"
_ARRAY_TYPE = "{http://schemas.xmlsoap.org/soap/encoding/}arrayType"
_LENGTH = re.compile(r"\[(\d+)\]")


def read_members(
    chunks: Iterable[bytes],
    on_member: Callable[[Record], bool],
    *,
    cap: int,
    ids_only: bool = False,
) -> bool:
    """Hand on each member of a `get_relationships` reply as it is complete.

    Parameters
    ----------
    chunks
        The body of the reply in pieces.
    on_member
        Called with field name to text, not yet HTML-decoded; False when no more are wanted.
    cap
        Bytes one member may have.
    ids_only
        Whether the reply is of `soap.php`, which tells `id`, `date_modified` and `deleted`.

    Returns
    -------
    bool
        Whether the reply was read to its end.

    Raises
    ------
    SugarReplyBroken
        Not well-formed, no list, cut off, or fewer members than it says.
    ReplyTooLarge
        One member is larger than `cap`.
    FunnelError
        The fault the reply carries.
    """
    reading = _Reading(on_member)
    records = {"name_value_list": reading.record, "entry_list": reading.end}
    ids = {"item": reading.pair, "ids": reading.end}
    try:
        feed({**(ids if ids_only else records), **failures(METHOD)}, chunks, cap)
    except _Enough:
        return False
    reading.check()
    return True


class _Enough(Exception):
    """No more members are wanted."""


class _Reading:
    """How many members came, and how many the reply announced."""

    def __init__(self, on_member: Callable[[Record], bool]) -> None:
        self._on_member = on_member
        self._seen = 0
        self._announced: int | None = None

    def record(self, element: Any) -> None:
        self._take(taken(element))

    def pair(self, element: Any) -> None:
        record = {child.tag: child.text for child in element}
        element.clear()
        let_go(element.getprevious())
        self._take(record)

    def end(self, element: Any) -> None:
        length = _LENGTH.search(element.get(_ARRAY_TYPE) or "")
        self._announced = int(length[1]) if length else None
        element.clear()

    def check(self) -> None:
        if self._announced is None:
            raise SugarReplyBroken("The reply is no list of members.")
        if self._announced != self._seen:
            raise SugarReplyBroken(
                f"The reply announces {self._announced} members and has {self._seen}."
            )

    def _take(self, record: Record) -> None:
        self._seen += 1
        if not self._on_member(record):
            raise _Enough
