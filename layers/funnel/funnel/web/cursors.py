"""Cursors and limits of the API: the same for every list.

What the store gives as a place in a list is sealed with a checksum on its way out, so that on its
way in anything else is refused in the same way, whatever the list. It is no secret, and opens
nothing: a list is read under its tenant (`tests/contract/storage/test_forged_places.py`).
"""

import base64
import hashlib

from funnel.domain.errors import InputInvalid

LIMIT = 100
"""Items that one page holds at most."""

_SUM = 6


def sealed(value: object) -> object:
    """Plain data with every `cursor` in it sealed; "" is the end and stays."""
    if isinstance(value, dict):
        return {
            key: _seal(one) if key == "cursor" and isinstance(one, str) else sealed(one)
            for key, one in value.items()
        }
    if isinstance(value, list):
        return [sealed(one) for one in value]
    return value


def opened(cursor: str) -> str:
    """The place that was sealed; "" for the start. Raises `InputInvalid`."""
    if not cursor:
        return ""
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        found = base64.b64decode(padded, altchars=b"-_", validate=True)
        place = found[_SUM:].decode()
    except ValueError:
        place, found = "", b""
    if not place or found[:_SUM] != _sum(place):
        raise InputInvalid(
            "This is no place in the list.", mend="Begin at its start.", field="cursor"
        )
    return place


def limit_in(text: str) -> int | None:
    """How many items are wanted; None where that is left to us. Raises `InputInvalid`."""
    if not text:
        return None
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 0
    if not 1 <= number <= LIMIT:
        raise InputInvalid(f"A whole number from 1 to {LIMIT} is expected.", field="limit")
    return number


def _seal(place: str) -> str:
    if not place:
        return ""
    return base64.urlsafe_b64encode(_sum(place) + place.encode()).decode().rstrip("=")


def _sum(place: str) -> bytes:
    return hashlib.sha256(b"cursor" + place.encode()).digest()[:_SUM]
