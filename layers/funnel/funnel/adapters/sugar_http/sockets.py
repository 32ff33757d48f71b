"""Connections that end in time and lead only where they may.

The host is resolved once; each address it gives is judged, and the connection is made to the very
address that was judged, so that a second answer of the name server changes nothing. Host header,
server name and certificate still go by the host's name.
"""

import http.client
import ipaddress
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from funnel.adapters.sugar_http.addresses import Address, AddressPolicy
from funnel.domain.errors import SugarUnavailable

Resolve = Callable[[str, int], list[str]]
"""Host and port to IP addresses. Raises `OSError`."""


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds: to connect, for each wait on the server, and for one call in all."""

    connect: float = 5.0
    read: float = 60.0
    total: float = 150.0


@dataclass(slots=True)
class Budget:
    """The time one call has left; renewed for each call on a kept connection."""

    monotonic: Callable[[], float]
    each: float
    deadline: float = 0.0

    def next_wait(self) -> float:
        """How long the next wait may take. Raises `TimeoutError` when the time is spent."""
        left = self.deadline - self.monotonic()
        if left <= 0:
            raise TimeoutError("the call took too long in all")
        return min(self.each, left)


class _Timed:
    """Mixed into a socket: each wait is cut to what the call has left.

    A time-out of the socket alone would begin anew with every byte of a server that drips.
    """

    budget: Budget | None = None

    def recv_into(self, *args: Any, **kwargs: Any) -> int:
        if self.budget:
            self.settimeout(self.budget.next_wait())  # type: ignore[attr-defined]
        return super().recv_into(*args, **kwargs)  # type: ignore[misc, no-any-return]

    def sendall(self, data: Any, flags: int = 0) -> None:
        if self.budget:
            self.settimeout(self.budget.next_wait())  # type: ignore[attr-defined]
        super().sendall(data, flags)  # type: ignore[misc]


class _PlainSocket(_Timed, socket.socket):
    pass


class _TlsSocket(_Timed, ssl.SSLSocket):
    pass


def resolve(host: str, port: int) -> list[str]:
    """Ask the system's resolver."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def tls_context(ca_file: str | None = None) -> ssl.SSLContext:
    """Certificates are verified against the public authorities, the system's, and `ca_file`."""
    import certifi

    context = ssl.create_default_context(cafile=certifi.where())
    context.load_default_certs()
    if ca_file:
        context.load_verify_locations(ca_file)
    context.sslsocket_class = _TlsSocket
    return context


class Connection(http.client.HTTPConnection):
    """An HTTP/1.1 connection to one origin."""

    def __init__(
        self,
        address: Address,
        policy: AddressPolicy,
        resolver: Resolve,
        timeouts: Timeouts,
        budget: Budget,
        tls: ssl.SSLContext | None,
    ) -> None:
        super().__init__(address.host, address.port)
        self.default_port = 443 if tls else 80
        self._address = address
        self._policy = policy
        self._resolver = resolver
        self._timeouts = timeouts
        self._budget = budget
        self._tls = tls

    def connect(self) -> None:
        """Connect to the first permitted address that answers."""
        plain = self._open()
        try:
            if self._tls is None:
                self.sock = plain
                return
            plain.settimeout(min(self._timeouts.connect, self._budget.next_wait()))
            secure = self._tls.wrap_socket(
                plain, server_hostname=self._address.host, do_handshake_on_connect=False
            )
            plain = secure
            secure.do_handshake()
            assert isinstance(secure, _TlsSocket)
            secure.budget = self._budget
            self.sock = secure
        except BaseException:
            plain.close()
            raise

    def _open(self) -> socket.socket:
        host, port = self._address.host, self._address.port
        try:
            found = self._resolver(host, port)
        except (OSError, UnicodeError) as error:
            raise SugarUnavailable(
                f"There is no server by the name “{host}”.", mend="Check the address."
            ) from error
        allowed = [
            text
            for text in found
            if self._policy.permits(host, ipaddress.ip_address(text.partition("%")[0]))
        ]
        if not allowed:
            raise self._policy.refusal(host)
        trouble: OSError | None = None
        for text in allowed:
            try:
                return self._connect_to(text, port)
            except OSError as error:
                trouble = error
        assert trouble is not None
        raise trouble

    def _connect_to(self, text: str, port: int) -> socket.socket:
        family = socket.AF_INET6 if ":" in text else socket.AF_INET
        sock = _PlainSocket(family, socket.SOCK_STREAM)
        try:
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            sock.settimeout(min(self._timeouts.connect, self._budget.next_wait()))
            sock.connect((text, port))
        except BaseException:
            sock.close()
            raise
        if self._tls is None:
            sock.budget = self._budget
        return sock
