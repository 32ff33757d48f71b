"""Dataclasses as JSON text and back, plain or packed, for rows that are read rarely and still gain fields.

A field that the text does not have takes its default; one that the class no longer has is dropped.
Of a union of dataclasses each has a `TAG` of its own, which is kept with it.
Records, people, errors and history are many and have functions of their own.
"""

import json
import zlib
from base64 import b64encode
from collections.abc import Callable, Hashable, Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime, time
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, NewType, TypeVar, Union, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")
Decoder = Callable[[Any], Any]

_TAG = "tag"


def to_text(value: object) -> str:
    """A dataclass, with whatever it holds, as JSON."""
    return json.dumps(value, default=_plain, ensure_ascii=False, separators=(",", ":"))


def from_text(kind: type[T], text: str) -> T:
    """What `to_text` wrote. Raises `TypeError` if a field without default is missing."""
    found = _decoder(cast("Hashable", kind))(json.loads(text))
    assert isinstance(found, kind)
    return found


def to_packed(value: object) -> dict[str, str]:
    """A dataclass as an attribute of a row, packed, in the form of the wire.

    For what is long, says the same again and again, and stands in indexes, each of which is paid for by KB.
    """
    return {"B": b64encode(zlib.compress(to_text(value).encode())).decode()}


def from_packed(kind: type[T], attribute: Mapping[str, Any]) -> T:
    """What `to_packed` wrote, as botocore hands it out; or `to_text`, as rows had it before."""
    if "B" not in attribute:
        return from_text(kind, attribute["S"])
    return from_text(kind, zlib.decompress(attribute["B"]).decode())


def _plain(value: object) -> object:
    if is_dataclass(value):
        tag = {_TAG: value.TAG} if hasattr(value, "TAG") else {}
        return {**tag, **{f.name: getattr(value, f.name) for f in fields(value)}}
    if isinstance(value, datetime | time):
        return value.isoformat()
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} cannot be kept")


@cache
def _decoder(kind: Any) -> Decoder:
    if isinstance(kind, NewType):
        return _decoder(kind.__supertype__)
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        return _union(get_args(kind))
    if origin is tuple:
        each = _decoder(get_args(kind)[0])
        return lambda items: tuple([each(item) for item in items])
    if origin is not None:
        return _mapping(*get_args(kind))
    if is_dataclass(kind):
        return _dataclass(kind)
    if issubclass(kind, datetime | time):
        return cast("Decoder", kind.fromisoformat)
    if issubclass(kind, Enum):
        return cast("Decoder", kind)
    return _same


def _dataclass(kind: Any) -> Decoder:
    decoders: dict[str, Decoder] = {}

    def decode(values: dict[str, Any]) -> Any:
        # Not before it is needed: a dataclass may hold others of its own kind.
        if not decoders:
            hints = get_type_hints(kind)
            decoders.update({f.name: _decoder(hints[f.name]) for f in fields(kind)})
        return kind(**{n: d(values[n]) for n, d in decoders.items() if n in values})

    return decode


def _mapping(key: Any, value: Any) -> Decoder:
    to_key, to_value = _decoder(key), _decoder(value)
    return lambda items: {to_key(k): to_value(v) for k, v in items.items()}


def _union(kinds: tuple[Any, ...]) -> Decoder:
    """One kind or None, or dataclasses told apart; a union of plain JSON values is kept as it is."""
    some = [kind for kind in kinds if kind is not NoneType]
    if all(hasattr(kind, "TAG") for kind in some):
        by_tag = {kind.TAG: _decoder(kind) for kind in some}
        return lambda value: None if value is None else by_tag[value[_TAG]](value)
    if len(some) > 1:
        return _same
    decode = _decoder(some[0])
    return lambda value: None if value is None else decode(value)


def _same(value: Any) -> Any:
    return value
