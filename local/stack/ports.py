"""Ports on 127.0.0.1: the usual ones, or others where those are taken."""

import socket
from collections.abc import Callable


def free(wanted: int, purpose: str, say: Callable[[str], None]) -> int:
    """The wanted port, or a free one, said, where it is taken. 0 is any."""
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
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
