"""Ports on 127.0.0.1: the usual ones, or others where those are taken."""

import random
import socket
from collections.abc import Callable

from local.stack.errors import StackError

UNASKED = range(20_000, 32_000)
"""Below what Linux gives to whoever connects or wants any port (32768) and macOS (49152): the port
is still free when the program that it is for has started."""


def free(wanted: int, purpose: str, say: Callable[[str], None]) -> int:
    """The wanted port, or a free one, said, where it is taken. 0 is any. Raises `StackError`."""
    if wanted and _bindable(wanted):
        return wanted
    other = _any()
    if wanted:
        say(f"Port {wanted} for {purpose} is taken; using {other}.")
    return other


def _bindable(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def _any() -> int:
    """One that nobody has now, of those that systems give to nobody who did not ask for it."""
    found = next((port for port in random.sample(UNASKED, 500) if _bindable(port)), 0)
    if not found:
        raise StackError(f"No port is free on 127.0.0.1 between {UNASKED[0]} and {UNASKED[-1]}.")
    return found
