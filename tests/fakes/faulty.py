"""Kill points: a crash before, after, or with the reply lost, at any call of a port."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeVar, cast

T = TypeVar("T")


class Crash(BaseException):
    """The process dies here. No `except Exception` catches it, as none would catch the real one."""


class Moment(StrEnum):
    """When the crash comes: before the call has an effect, or after it, its reply lost."""

    BEFORE = "before"
    AFTER = "after"


@dataclass(slots=True)
class Plan:
    """At which of the calls, counted from 1 over all ports that share the plan, what happens.

    With `at` 0 nothing happens and the calls are only counted. `failure` makes what is raised:
    `Crash` ends the process; an error of the product is a port that fails and goes on. With
    `once` unset every call from `at` on fails, as when a service stays away. After a crash no call
    has an effect until `revived` is set: nobody tidies up behind a dead process.
    """

    at: int = 0
    moment: Moment = Moment.BEFORE
    failure: Callable[[], BaseException] = Crash
    once: bool = True
    calls: list[str] = field(default_factory=list)
    happened: bool = False
    revived: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def count(self, name: str) -> bool:
        """Note a call; whether it is one to fail. The dead call nothing until they are revived."""
        if self.happened and self.failure is Crash and not self.revived:
            raise Crash
        with self._lock:
            self.calls.append(name)
            number = len(self.calls)
        return bool(self.at) and (number == self.at if self.once else number >= self.at)

    def fail(self, moment: Moment) -> None:
        """Raise if this is the moment."""
        if moment is self.moment:
            self.happened = True
            raise self.failure()


class _Proxy:
    def __init__(self, port: object, plan: Plan, name: str) -> None:
        self._port = port
        self._plan = plan
        self._name = name

    def __getattr__(self, method: str) -> Any:
        target = getattr(self._port, method)
        if not callable(target):
            return target

        def call(*args: Any, **kwargs: Any) -> Any:
            chosen = self._plan.count(f"{self._name}.{method}")
            if chosen:
                self._plan.fail(Moment.BEFORE)
            result = target(*args, **kwargs)
            if chosen:
                self._plan.fail(Moment.AFTER)
            return result

        return call


def faulty(port: T, plan: Plan, name: str = "") -> T:
    """The port with each of its calls numbered by the plan, and failed where the plan says so.

    Attributes that are no functions are handed through. Ports that hand out other ports (a CRM's
    connector) have those wrapped by the test.
    """
    return cast("T", _Proxy(port, plan, name or type(port).__name__))
