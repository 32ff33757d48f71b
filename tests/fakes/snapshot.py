"""A world that is costly to make is made once in a process, and then copied for each test."""

import io
import pickle
import threading
from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T")

_LOCKS = {type(lock()): lock for lock in (threading.Lock, threading.RLock)}


def copier(world: T) -> Callable[[], T]:
    """Makes copies of the world as it is now, which share with it only what cannot change."""
    shared: list[Any] = []
    buffer = io.BytesIO()
    _Pickler(buffer, shared).dump(world)
    kept = buffer.getvalue()

    def copy() -> T:
        found: T = _Unpickler(io.BytesIO(kept), shared).load()
        return found

    return copy


class _Pickler(pickle.Pickler):
    """Takes locks for new ones, and leaves the domain's frozen values where they are."""

    def __init__(self, buffer: io.BytesIO, shared: list[Any]) -> None:
        super().__init__(buffer, protocol=pickle.HIGHEST_PROTOCOL)
        self._shared = shared

    def reducer_override(self, found: Any) -> Any:
        lock = _LOCKS.get(type(found))
        return (lock, ()) if lock else NotImplemented

    def persistent_id(self, found: Any) -> int | None:
        kind = type(found)
        parameters = getattr(kind, "__dataclass_params__", None)
        if not (parameters and parameters.frozen and kind.__module__.startswith("funnel.domain.")):
            return None
        self._shared.append(found)
        return len(self._shared) - 1


class _Unpickler(pickle.Unpickler):
    def __init__(self, buffer: io.BytesIO, shared: list[Any]) -> None:
        super().__init__(buffer)
        self._shared = shared

    def persistent_load(self, number: Any) -> Any:
        return self._shared[number]
