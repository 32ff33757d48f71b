"""From the text Sugar sends to typed values, by the module's field list; and back, to write them."""

import math
import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime

from funnel.domain.crm import FieldDef, Value

Convert = Callable[[str], Value]
"""Text that is not empty to a value. Raises `ValueError` with the reason."""

_ENTITY = re.compile("&(lt|gt|quot|#0?39);")
_ENTITIES = {"lt": "<", "gt": ">", "quot": '"', "#039": "'", "#39": "'"}
_DECIMAL = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)", re.ASCII)
_INTEGER = re.compile(r"[+-]?\d{1,30}", re.ASCII)
_TRUE = frozenset(("1", "true", "on", "yes"))
_FALSE = frozenset(("0", "false", "off", "no"))


def decode(text: str) -> str:
    """Undo Sugar's own escaping, once.

    Exactly these four are escaped; a lone `&` is not, so `&copy=1` in a web address is what was
    typed and stays.
    """
    if "&" not in text:
        return text
    return _ENTITY.sub(lambda found: _ENTITIES[found[1]], text)


def parse_moment(text: str) -> datetime | None:
    """A UTC time as Sugar writes it; None for a zero date. Raises `ValueError`."""
    if text.startswith("0000-00-00"):
        return None
    try:
        if len(text) == 19:
            return datetime(
                int(text[0:4]),
                int(text[5:7]),
                int(text[8:10]),
                int(text[11:13]),
                int(text[14:16]),
                int(text[17:19]),
                tzinfo=UTC,
            )
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise ValueError("not a date and time") from error
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


def moment_or_none(text: str | None) -> datetime | None:
    """The same where a time that cannot be read is as good as none."""
    try:
        return parse_moment(text) if text else None
    except ValueError:
        return None


def _moment(text: str) -> Value:
    at = parse_moment(text)
    return None if at is None else at.isoformat(timespec="seconds")[:19] + "Z"


def _date(text: str) -> Value:
    if text.startswith("0000-00-00"):
        return None
    try:
        return date.fromisoformat(text[:10]).isoformat()
    except ValueError as error:
        raise ValueError("not a date") from error


def _bool(text: str) -> Value:
    folded = text.lower()
    if folded in _TRUE:
        return True
    if folded in _FALSE:
        return False
    raise ValueError("neither yes nor no")


def _int(text: str) -> Value:
    if not _INTEGER.fullmatch(text):
        raise ValueError("not a whole number")
    return int(text)


def _decimal(text: str) -> Value:
    if not _DECIMAL.fullmatch(text):
        raise ValueError("not a number")
    return text


def _float(text: str) -> Value:
    try:
        number = float(text)
    except ValueError as error:
        raise ValueError("not a number") from error
    if not math.isfinite(number):
        raise ValueError("not a number")
    return number


CONVERTERS: dict[str, Convert] = {
    "bool": _bool,
    "boolean": _bool,
    "int": _int,
    "integer": _int,
    "long": _int,
    "short": _int,
    "tinyint": _int,
    "ulong": _int,
    "uint": _int,
    "decimal": _decimal,
    "decimal2": _decimal,
    "currency": _decimal,
    "float": _float,
    "double": _float,
    "date": _date,
    "datetime": _moment,
    "datetimecombo": _moment,
}
"""Field type to converter; every other type is text."""


def is_moment(kind: str) -> bool:
    """Whether fields of this type hold a date and time."""
    return CONVERTERS.get(kind) is _moment


def kind_of(known: Mapping[str, FieldDef], name: str) -> str:
    """The type of a field; "" for one that is not known."""
    return known[name].type if name in known else ""


def to_text(value: Value, kind: str) -> str:
    """A value as SOAP writes it: what is empty as empty text, a moment in UTC without its zone.

    `kind` is the field's type; "" where that is not known.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(int(value))
    if is_moment(kind):
        at = parse_moment(str(value))
        return at.strftime("%Y-%m-%d %H:%M:%S") if at else ""
    return str(value)
