"""HTTP to one Sugar: no proxies, no cookies, no redirects, bounded in time and size."""

import http.client
import select
import socket
import ssl
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from funnel.adapters.sugar_http.addresses import Address, AddressPolicy, read_url
from funnel.adapters.sugar_http.failures import translate
from funnel.adapters.sugar_http.sockets import Budget, Connection, Resolve, Timeouts, tls_context
from funnel.adapters.sugar_http.sockets import resolve as system_resolve
from funnel.domain.errors import ReplyTooLarge, SugarReplyBroken
from funnel.ports.crm import Hooks
from funnel.ports.system import Clock

_CHUNK = 64 * 1024
_IDLE_SECONDS = 15.0
_STALE = (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError)


@dataclass(slots=True)
class Reply:
    """An answer whose body is still on the wire.

    `rows` is set by whoever reads the body and is told to the hooks.
    """

    status: int
    headers: http.client.HTTPMessage
    address: Address
    _response: http.client.HTTPResponse
    _cap: int
    rows: int = 0
    complete: bool = False
    _seen: int = field(default=0)

    def chunks(self) -> Iterator[bytes]:
        """The decoded body, piece by piece.

        Raises `ReplyTooLarge` beyond the cap, which counts bytes after decompression, and
        `SugarReplyBroken` where the body ends early or is encoded in a way nobody asked for.
        """
        encoding = self.headers.get("Content-Encoding", "identity").strip().lower()
        if encoding in ("gzip", "x-gzip"):
            yield from self._gunzipped()
        elif encoding in ("identity", ""):
            for chunk in self._raw():
                self._count(len(chunk))
                yield chunk
        else:
            raise SugarReplyBroken(f"The server sent a reply encoded as “{encoding[:40]}”.")
        self._response.close()
        self.complete = True

    def body(self) -> bytes:
        """The whole body."""
        return b"".join(self.chunks())

    def _raw(self) -> Iterator[bytes]:
        while chunk := self._response.read1(_CHUNK):
            yield chunk
        if self._response.length:
            raise SugarReplyBroken("The server's reply was cut off.")

    def _gunzipped(self) -> Iterator[bytes]:
        inflate = zlib.decompressobj(wbits=31)
        for chunk in self._raw():
            data = chunk
            while data:
                piece = inflate.decompress(data, _CHUNK)
                self._count(len(piece))
                if piece:
                    yield piece
                data = inflate.unconsumed_tail
        rest = inflate.flush()
        self._count(len(rest))
        if rest:
            yield rest
        if not inflate.eof:
            raise SugarReplyBroken("The server's compressed reply was cut off.")

    def _count(self, size: int) -> None:
        self._seen += size
        if self._seen > self._cap:
            raise ReplyTooLarge(
                f"The server's reply is larger than {self._cap // 1024 // 1024} MiB.",
                mend="Smaller pages help where a page is too large.",
            )


@dataclass(frozen=True, slots=True)
class _Call:
    method: str
    path: str
    body: bytes
    headers: dict[str, str]

    def on(self, connection: Connection) -> http.client.HTTPResponse:
        headers = {"User-Agent": "Funnel", "Accept-Encoding": "gzip", **self.headers}
        connection.request(self.method, self.path, body=self.body or None, headers=headers)
        return connection.getresponse()


class Transport:
    """Requests to the addresses the policy permits, one at a time, on a kept connection."""

    def __init__(
        self,
        clock: Clock,
        policy: AddressPolicy,
        *,
        timeouts: Timeouts,
        hooks: Hooks,
        ca_file: str | None = None,
        resolver: Resolve = system_resolve,
    ) -> None:
        self._clock = clock
        self._policy = policy
        self._timeouts = timeouts
        self._hooks = hooks
        self._ca_file = ca_file
        self._resolver = resolver
        self._budget = Budget(clock.monotonic, timeouts.read)
        self._kept: Connection | None = None
        self._kept_origin = ""
        self._idle_since = 0.0
        self._tls: ssl.SSLContext | None = None

    @contextmanager
    def exchange(
        self,
        method: str,
        url: str,
        body: bytes = b"",
        headers: dict[str, str] | None = None,
        *,
        cap: int,
        query: str = "",
        repeatable: bool = True,
    ) -> Iterator[Reply]:
        """One request and its reply, for as long as the block runs.

        A kept connection that turns out to be dead is replaced once; a request that is not
        `repeatable` gets a new connection from the start. Whatever goes wrong inside the block
        leaves it as one of our errors.
        """
        address = read_url(url)
        self._policy.check_literal(address.host)
        self._hooks.before_request()
        began = self._clock.monotonic()
        outcome, rows = "ok", 0
        try:
            self._budget.deadline = began + self._timeouts.total
            path = f"{address.path or '/'}{'?' if query else ''}{query}"
            call = _Call(method, path, body, headers or {})
            response = self._send(address, call, repeatable)
            reply = Reply(response.status, response.headers, address, response, cap)
            try:
                yield reply
            finally:
                rows = reply.rows
                self._keep_or_close(reply)
        except Exception as error:
            self.close()
            ours = translate(error, address.host)
            outcome = ours.code
            if ours is error:
                raise
            raise ours from error
        finally:
            self._hooks.after_request(outcome, self._clock.monotonic() - began, rows)

    def close(self) -> None:
        """Let the kept connection go."""
        if self._kept is not None:
            with suppress(OSError):
                self._kept.close()
        self._kept = None

    def _send(self, address: Address, call: _Call, repeatable: bool) -> http.client.HTTPResponse:
        if not repeatable:
            self.close()
        connection, fresh = self._connection(address)
        try:
            return call.on(connection)
        except _STALE:
            if fresh:
                raise
            self.close()
            connection, _ = self._connection(address)
            return call.on(connection)

    def _connection(self, address: Address) -> tuple[Connection, bool]:
        kept, self._kept = self._kept, None
        if kept is not None:
            idle = self._clock.monotonic() - self._idle_since
            if self._kept_origin == address.origin and idle < _IDLE_SECONDS and _alive(kept.sock):
                self._kept = kept
                return kept, False
            kept.close()
        if address.scheme == "https" and self._tls is None:
            self._tls = tls_context(self._ca_file)
        tls = self._tls if address.scheme == "https" else None
        connection = Connection(
            address, self._policy, self._resolver, self._timeouts, self._budget, tls
        )
        self._kept, self._kept_origin = connection, address.origin
        return connection, True

    def _keep_or_close(self, reply: Reply) -> None:
        if not reply.complete:
            self.close()
        self._idle_since = self._clock.monotonic()


def _alive(sock: socket.socket | None) -> bool:
    """Whether an idle connection is still open: one that has something to read was closed."""
    if sock is None:
        return False
    try:
        return not select.select([sock], [], [], 0)[0]
    except (OSError, ValueError):
        return False
