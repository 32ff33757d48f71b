"""A world that is costly to make is made once in a process, and then copied for each test."""

import io
import pickle
import threading
from collections.abc import Callable
from functools import wraps
from types import FunctionType
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

_PLAIN = (str, int, float, bool, bytes, type(None))
_LOCKS = {type(lock()): lock for lock in (threading.Lock, threading.RLock)}


def copier(world: T) -> Callable[[], T]:
    """Makes copies of the world as it is now, which share with it only what cannot change."""
    shared: list[Any] = []
    buffer = io.BytesIO()
    _Pickler(buffer, shared).dump(world)
    kept = buffer.getvalue()

    def copy() -> T:
        unpickler = pickle.Unpickler(io.BytesIO(kept))
        unpickler.persistent_load = shared.__getitem__  # type: ignore[method-assign]
        found: T = unpickler.load()
        return found

    return copy


def made_once(make: Callable[P, T]) -> Callable[P, T]:
    """The function, which makes one world for the same arguments, and for each who asks a copy."""
    copiers: dict[tuple[Any, ...], Callable[[], T]] = {}

    @wraps(make)
    def copied(*args: P.args, **kwargs: P.kwargs) -> T:
        asked = (args, tuple(sorted(kwargs.items())))
        if asked not in copiers:
            copiers[asked] = copier(make(*args, **kwargs))
        return copiers[asked]()

    return copied


class _Pickler(pickle.Pickler):
    """Takes locks for new ones, and leaves the domain's frozen values and functions, and what is
    made of them only, where they are.
    """

    def __init__(self, buffer: io.BytesIO, shared: list[Any]) -> None:
        super().__init__(buffer, protocol=pickle.HIGHEST_PROTOCOL)
        self._shared = shared

    def reducer_override(self, found: Any) -> Any:
        lock = _LOCKS.get(type(found))
        return (lock, ()) if lock else NotImplemented

    def persistent_id(self, found: Any) -> int | None:
        if not _stays(found):
            return None
        self._shared.append(found)
        return len(self._shared) - 1


def _stays(found: Any) -> bool:
    if type(found) is tuple:
        return all(type(one) in _PLAIN or _stays(one) for one in found)
    is_function = isinstance(found, FunctionType)
    kind = found if is_function else type(found)
    parameters = getattr(kind, "__dataclass_params__", None)
    stays = is_function or bool(parameters and parameters.frozen)
    return stays and kind.__module__.startswith("funnel.domain.")
