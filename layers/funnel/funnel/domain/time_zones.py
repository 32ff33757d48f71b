"""Time zones by their names of the IANA's database, as far as this machine knows them."""

from datetime import UTC, tzinfo
from functools import cache
from zoneinfo import ZoneInfo


@cache
def time_zone(name: str) -> tzinfo | None:
    """The zone of this name; None for none. UTC is known also where there is no database."""
    if name == "UTC":
        return UTC
    try:
        return ZoneInfo(name) if name else None
    except (KeyError, ValueError, OSError):
        return None
