"""What Sugar makes of a value it is given: cut, replaced, emptied - hardly ever refused."""

import re
from datetime import datetime

from local.sugar.schema.field import Field

_NUMBER = re.compile(r"\s*[-+]?\d+")
_DECIMAL = re.compile(r"\s*[-+]?\d+(\.\d+)?")
_BEYOND_UTF8MB3 = re.compile("[\U00010000-\U0010ffff]")
_EMAIL = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s<>,;.]+")
#: Never kept: they separate values inside a reply's assembly.
_SEPARATORS = str.maketrans("", "", "\x00\x1f")


def kept_text(text: str, size: int) -> str:
    """Text as a 3-byte utf8 column keeps it: emoji as `????`, cut at `size` without a word."""
    text = _BEYOND_UTF8MB3.sub("????", text).translate(_SEPARATORS)
    return text[:size] if size else text


def valid_email(text: str) -> bool:
    """Whether Sugar keeps an address; an invalid one is dropped silently."""
    return _EMAIL.fullmatch(text.strip()) is not None


def _moment(text: str, *formats: str) -> datetime | None:
    for one in formats:
        try:
            return datetime.strptime(text, one)  # noqa: DTZ007 - Sugar's times are all UTC
        except ValueError:
            continue
    return None


def kept(field: Field, text: str | None) -> object:
    """The column value for what a client sent; None is SQL's null."""
    if text is None:
        return None
    if field.type == "bool":
        return int(text.strip().lower() in ("1", "true", "on", "yes"))
    if field.type == "int":
        found = _NUMBER.match(text)
        return int(found[0]) if found else 0
    if field.type in ("float", "currency"):
        found = _DECIMAL.match(text)
        return float(found[0]) if found else 0.0
    if field.type == "date":
        day = _moment(text, "%Y-%m-%d", "%Y-%m-%d %H:%M:%S")
        return day.strftime("%Y-%m-%d") if day else None
    if field.type == "datetime":
        moment = _moment(text, "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d")
        return moment.strftime("%Y-%m-%d %H:%M:%S") if moment else None
    return kept_text(text, field.size)
