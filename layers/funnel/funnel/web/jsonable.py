"""Results as plain data for JSON, and JSON as what a use case takes.

The same types make the OpenAPI document (`scripts/openapi.py`), so that neither can drift.
"""

import dataclasses
import types
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time
from enum import Enum
from typing import Any, Literal, NewType, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from funnel.domain.errors import InputInvalid
from funnel.domain.text import is_text
from funnel.usecases.connecting.update_connection import Unset

T = TypeVar("T")
NONE = type(None)

FileText = NewType("FileText", str)
"""The content of a file, with whatever characters it has: it is cleaned as a file is."""


def plain(value: object) -> Any:
    """Dataclasses, enums, times and tuples as what `json.dumps` takes."""
    match value:
        case Enum():
            return value.value
        case None | str() | bool() | int() | float():
            return value
        case datetime():
            return value.isoformat().replace("+00:00", "Z")
        case time():
            return value.strftime("%H:%M")
        case Mapping():
            return {str(plain(key)): plain(one) for key, one in value.items()}
        case Sequence() | frozenset():
            return [plain(one) for one in value]
        case _ if dataclasses.is_dataclass(value):
            names = [field.name for field in dataclasses.fields(value)]
            return {name: plain(getattr(value, name)) for name in names}
    raise TypeError(f"{type(value).__name__} cannot be sent as JSON")


def read(kind: type[T], value: object, field: str = "") -> T:
    """JSON as an object of this type. Raises `InputInvalid` naming the field that is wrong."""
    return cast("T", _read(kind, value, field))


def _read(kind: Any, value: object, field: str) -> object:
    if kind is FileText:
        return _typed(str, value, field)
    if kind is object:
        return _whatever(value, field)
    if isinstance(kind, NewType):
        return _read(kind.__supertype__, value, field)
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return _one_of(get_args(kind), value, field)
    if origin is Literal:
        return _literal(get_args(kind), value, field)
    if origin is tuple:
        return _tuple(get_args(kind)[0], value, field)
    if origin is not None and issubclass(origin, Mapping):
        return _mapping(get_args(kind), value, field)
    if dataclasses.is_dataclass(kind):
        return _object(cast("type", kind), value, field)
    if issubclass(kind, Enum):
        return _member(kind, value, field)
    if kind is time:
        return _time(value, field)
    if kind is datetime:
        return _moment(value, field)
    return _scalar(kind, value, field)


def _whatever(value: object, field: str) -> object:
    """JSON as it is, for what a use case reads itself."""
    match value:
        case str():
            return _scalar(str, value, field)
        case list():
            return [_whatever(one, field) for one in value]
        case dict():
            return {_scalar(str, k, field): _whatever(one, field) for k, one in value.items()}
        case _:
            return value


def _one_of(kinds: tuple[Any, ...], value: object, field: str) -> object:
    if value is None and NONE in kinds:
        return None
    kind = next(one for one in kinds if one not in (NONE, Unset))
    return _read(kind, value, field)


def _tuple(kind: Any, value: object, field: str) -> tuple[object, ...]:
    if not isinstance(value, list):
        raise InputInvalid("A list is expected here.", field=field)
    return tuple(_read(kind, one, field) for one in value)


def _mapping(kinds: tuple[Any, ...], value: object, field: str) -> dict[object, object]:
    if not isinstance(value, dict):
        raise InputInvalid("An object is expected here.", field=field)
    return {_read(kinds[0], k, field): _read(kinds[1], v, field) for k, v in value.items()}


def _object(kind: type, value: object, field: str) -> object:
    if not isinstance(value, dict):
        raise InputInvalid("An object is expected here.", field=field)
    hints = get_type_hints(kind)
    unknown = sorted(set(value) - set(hints))
    if unknown:
        name = str(unknown[0]).encode(errors="backslashreplace").decode()
        raise InputInvalid(f"There is no “{name}” to set here.", field=name)
    arguments: dict[str, object] = {}
    for one in dataclasses.fields(kind):
        if one.name in value:
            arguments[one.name] = _read(hints[one.name], value[one.name], one.name)
        elif one.default is dataclasses.MISSING:
            raise InputInvalid(f"“{one.name}” is missing.", field=one.name)
    return kind(**arguments)


def _member(kind: type[Enum], value: object, field: str) -> Enum:
    try:
        return kind(value)
    except ValueError:
        known = ", ".join(str(one.value) for one in kind)
        raise InputInvalid(f"One of these is expected: {known}.", field=field) from None


def _literal(known: tuple[object, ...], value: object, field: str) -> object:
    if value not in known:
        words = ", ".join(map(str, known))
        raise InputInvalid(f"One of these is expected: {words}.", field=field)
    return value


def _time(value: object, field: str) -> time:
    try:
        return time.fromisoformat(value) if isinstance(value, str) else _no_time(field)
    except ValueError:
        return _no_time(field)


def _moment(value: object, field: str) -> datetime:
    try:
        found = datetime.fromisoformat(value) if isinstance(value, str) else None
        if found is not None and found.tzinfo is not None:
            return found.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise InputInvalid("A moment such as 2027-03-31T12:00:00Z is expected.", field=field)


def _no_time(field: str) -> time:
    raise InputInvalid("A time such as 22:30 is expected.", field=field)


def _scalar(kind: type, value: object, field: str) -> object:
    found = _typed(kind, value, field)
    if isinstance(found, str) and not is_text(found):
        raise InputInvalid("Text without control characters is expected here.", field=field)
    return found


def _typed(kind: type, value: object, field: str) -> object:
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        try:
            return float(value)
        except OverflowError:
            raise InputInvalid("This number is too large.", field=field) from None
    if type(value) is not kind:
        words = {str: "Text", bool: "true or false", float: "A number", int: "A whole number"}
        raise InputInvalid(f"{words.get(kind, 'Another value')} is expected here.", field=field)
    return value
