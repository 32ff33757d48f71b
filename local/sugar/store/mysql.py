"""What makes SQLite compare and compute as Sugar's MySQL does."""

import hashlib
import re
import sqlite3
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from local.sugar.clock import Clock

#: The collation of text columns: case, accents and trailing blanks do not count.
COLLATION = "UTF8_GENERAL_CI"


@lru_cache(maxsize=65536)
def folded(text: str) -> str:
    """What two texts have in common when MySQL's `utf8_general_ci` calls them equal."""
    text = text.rstrip(" ")
    if text.isascii():
        return text.upper()
    plain = unicodedata.normalize("NFD", text)
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    return plain.replace("ß", "s").upper()


def _compare(left: str, right: str) -> int:
    one, two = folded(left), folded(right)
    return (one > two) - (one < two)


@lru_cache(maxsize=1024)
def _pattern(like: str) -> re.Pattern[str]:
    parts, chars = [], iter(like)
    for char in chars:
        if char == "\\":
            parts.append(re.escape(next(chars, "\\")))
        else:
            parts.append({"%": ".*", "_": "."}.get(char) or re.escape(char))
    return re.compile("".join(parts) + r"\Z", re.DOTALL)


def _like(like: str | None, value: object) -> bool | None:
    if like is None or value is None:
        return None
    return _pattern(folded(like)).match(folded(str(value))) is not None


def _concat(*parts: object) -> str | None:
    return None if None in parts else "".join(str(part) for part in parts)


def teach(connection: sqlite3.Connection, clock: Clock) -> None:
    """Give a connection MySQL's collation, LIKE and the functions queries use."""
    connection.create_collation(COLLATION, _compare)
    connection.create_function("like", 2, _like, deterministic=True)
    functions: dict[str, tuple[int, Callable[..., str | int | float | None]]] = {
        "concat": (-1, _concat),
        "now": (0, clock.text),
        "utc_timestamp": (0, clock.text),
        "curdate": (0, lambda: clock.text()[:10]),
        "md5": (1, lambda text: hashlib.md5(str(text).encode()).hexdigest()),  # noqa: S324
        "if": (3, lambda test, yes, no: yes if test else no),
        "lower": (1, lambda text: None if text is None else str(text).lower()),
        "upper": (1, lambda text: None if text is None else str(text).upper()),
    }
    for name, (count, function) in functions.items():
        connection.create_function(name, count, function)
