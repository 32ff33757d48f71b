"""What a proxy does with one request."""

from collections.abc import Callable
from dataclasses import dataclass, field

Headers = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A request; header names are in small letters."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer."""

    status: int
    body: bytes
    headers: Headers = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Fault:
    """What goes wrong with a request; nothing by default, and `name` is what it is counted under.

    In the order they happen: wait `pause` seconds; reset the connection if `reset`; answer
    `instead` without asking; else ask for `body` where that is not the request's own, drop the
    answer if it is to be `lost`, change it by `spoilt`, send `share` of the body and end the
    connection, and take `drip` seconds over sending it.
    """

    name: str = ""
    pause: float = 0.0
    reset: bool = False
    instead: Reply | None = None
    body: bytes | None = None
    lost: bool = False
    spoilt: Callable[[Reply], Reply] | None = None
    share: float = 1.0
    drip: float = 0.0
    first: str = ""
    """A path that is posted to before the request is handed on."""


NOTHING = Fault()
