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
from funnel.domain.problems import MOST_TOLD, Problems
from funnel.domain.text import is_text
from funnel.usecases.connecting.update_connection import Unset

T = TypeVar("T")
NONE = type(None)
_LONGEST_TOLD = 80

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


def read(kind: type[T], value: object) -> T:
    """JSON as an object of this type.

    Raises `InputInvalid` with all that is wrong, each naming its field by its path, such as `steps.0.next`.
    """
    try:
        return cast("T", _read(kind, value))
    except RecursionError:
        raise InputInvalid("Lists and objects are too deep in each other here.") from None


def _read(kind: Any, value: object) -> object:
    if kind is FileText:
        return _typed(str, value)
    if kind is object:
        return _whatever(value)
    if isinstance(kind, NewType):
        return _read(kind.__supertype__, value)
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return _one_of(get_args(kind), value)
    if origin is Literal:
        return _literal(get_args(kind), value)
    if origin is tuple:
        return _tuple(get_args(kind)[0], value)
    if origin is not None and issubclass(origin, Mapping):
        return _mapping(get_args(kind), value)
    if dataclasses.is_dataclass(kind):
        return _object(cast("type", kind), value)
    if issubclass(kind, Enum):
        return _member(kind, value)
    if kind is time:
        return _time(value)
    if kind is datetime:
        return _moment(value)
    return _scalar(kind, value)


def _whatever(value: object) -> object:
    """JSON as it is, for what a use case reads itself."""
    match value:
        case str():
            return _scalar(str, value)
        case list():
            return list(_tuple(object, value))
        case dict():
            return _mapping((str, object), value)
        case _:
            return value


def _one_of(kinds: tuple[Any, ...], value: object) -> object:
    if value is None and NONE in kinds:
        return None
    return _read(next(one for one in kinds if one not in (NONE, Unset)), value)


def _tuple(kind: Any, value: object) -> tuple[object, ...]:
    if not isinstance(value, list):
        raise InputInvalid("A list is expected here.")
    wrong, found = Problems(), []
    for number, one in enumerate(value):
        if wrong.is_full:
            break
        with wrong.found(str(number)):
            found.append(_read(kind, one))
    wrong.raise_all()
    return tuple(found)


def _mapping(kinds: tuple[Any, ...], value: object) -> dict[object, object]:
    if not isinstance(value, dict):
        raise InputInvalid("An object is expected here.")
    wrong, found = Problems(), {}
    for name, one in value.items():
        if wrong.is_full:
            break
        with wrong.found(_name(name)):
            found[_read(kinds[0], name)] = _read(kinds[1], one)
    wrong.raise_all()
    return found


def _object(kind: type, value: object) -> object:
    if not isinstance(value, dict):
        raise InputInvalid("An object is expected here.")
    hints, wrong = get_type_hints(kind), Problems()
    for name in map(_name, sorted(set(value) - set(hints))[:MOST_TOLD]):
        with wrong.found(name):
            raise InputInvalid(f"There is no “{name}” to set here.")
    arguments: dict[str, object] = {}
    for one in dataclasses.fields(kind):
        with wrong.found(one.name):
            if one.name in value:
                arguments[one.name] = _read(hints[one.name], value[one.name])
            elif one.default is dataclasses.MISSING:
                raise InputInvalid(f"“{one.name}” is missing.")
    wrong.raise_all()
    return kind(**arguments)


def _name(sent: object) -> str:
    """A name as it was sent, whatever characters it has, as far as it is told: an answer has its largest size."""
    return str(sent)[:_LONGEST_TOLD].encode(errors="backslashreplace").decode()


def _member(kind: type[Enum], value: object) -> Enum:
    try:
        return kind(value)
    except ValueError:
        known = ", ".join(str(one.value) for one in kind)
        raise InputInvalid(f"One of these is expected: {known}.") from None


def _literal(known: tuple[object, ...], value: object) -> object:
    if value not in known:
        words = ", ".join(map(str, known))
        raise InputInvalid(f"One of these is expected: {words}.")
    return value


def _time(value: object) -> time:
    try:
        return time.fromisoformat(value) if isinstance(value, str) else _no_time()
    except ValueError:
        return _no_time()


def _moment(value: object) -> datetime:
    try:
        found = datetime.fromisoformat(value) if isinstance(value, str) else None
        if found is not None and found.tzinfo is not None:
            return found.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise InputInvalid("A moment such as 2027-03-31T12:00:00Z is expected.")


def _no_time() -> time:
    raise InputInvalid("A time such as 22:30 is expected.")


def _scalar(kind: type, value: object) -> object:
    found = _typed(kind, value)
    if isinstance(found, str) and not is_text(found):
        raise InputInvalid("Text without control characters is expected here.")
    return found


def _typed(kind: type, value: object) -> object:
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        try:
            return float(value)
        except OverflowError:
            raise InputInvalid("This number is too large.") from None
    if type(value) is not kind:
        words = {str: "Text", bool: "true or false", float: "A number", int: "A whole number"}
        raise InputInvalid(f"{words.get(kind, 'Another value')} is expected here.")
    return value
