"""The HTTP server: Python's own, one thread a connection, kept alive, on 127.0.0.1 only.

The standard library's server is used because faults on request need the socket itself (cut
a body half-way, end a connection after the work is done), and because it is quick enough:
a page of 500 records is bound by making it, not by sending it.
"""

import socket
import sys
import threading
import traceback
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

_CHUNK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class HttpRequest:
    """What came in; `target` is the path with its query."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes
    address: str


@dataclass(slots=True)
class HttpResponse:
    """What goes out.

    `filler` is written in place of the byte 0x1A in the body, that many bytes long.
    `cut_at` ends the connection after so many bytes of the body; -1 sends nothing at all.
    """

    status: int = 200
    body: bytes = b""
    content_type: str = "text/html; charset=UTF-8"
    headers: list[tuple[str, str]] = field(default_factory=list)
    filler: int = 0
    cut_at: int | None = None

    @property
    def length(self) -> int:
        """How long the body is told to be."""
        return len(self.body) + (self.filler - 1 if self.filler else 0)

    def pieces(self) -> Iterator[bytes]:
        """The body, in pieces of bounded size."""
        if not self.filler:
            yield self.body
            return
        before, _, after = self.body.partition(b"\x1a")
        yield before
        left = self.filler
        while left > 0:
            yield b"x" * min(left, _CHUNK)
            left -= _CHUNK
        yield after


Application = Callable[[HttpRequest], HttpResponse]


def _cut(pieces: Iterable[bytes], at: int) -> Iterator[bytes]:
    for piece in pieces:
        yield piece[:at]
        at -= len(piece)
        if at <= 0:
            return


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: "_Server"

    def setup(self) -> None:
        super().setup()
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.server.opened(self.connection)

    def finish(self) -> None:
        try:
            super().finish()
        except OSError:
            self.close_connection = True
        finally:
            self.server.closed(self.connection)

    def handle(self) -> None:
        try:
            super().handle()
        except (ConnectionError, TimeoutError):
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        """Say nothing: the request log is the place to look."""

    def _made(self, request: HttpRequest) -> HttpResponse:
        """The application's answer; a mistake of ours is told, and is no end of the connection."""
        try:
            return self.server.application(request)
        except Exception:  # noqa: BLE001 - whatever it is, the client must learn of it
            told = traceback.format_exc()
            print(told, file=sys.stderr)
            return HttpResponse(500, told.encode(), "text/plain; charset=UTF-8")

    def _answer(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        request = HttpRequest(
            self.command,
            self.path,
            {name.lower(): value for name, value in self.headers.items()},
            self.rfile.read(length) if length else b"",
            str(self.client_address[0]),
        )
        response = self._made(request)
        if response.cut_at == -1:
            self.close_connection = True
            return
        self.send_response(response.status)
        self.send_header("Content-Type", response.content_type)
        self.send_header("Content-Length", str(response.length))
        for name, value in response.headers:
            self.send_header(name, value)
        self.end_headers()
        pieces = response.pieces()
        if response.cut_at is not None:
            pieces = _cut(pieces, response.cut_at)
            self.close_connection = True
        if self.command != "HEAD":
            for piece in pieces:
                self.wfile.write(piece)

    do_GET = do_POST = do_HEAD = do_PUT = do_DELETE = _answer


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128
    allow_reuse_address = True

    def __init__(self, address: tuple[str, int], application: Application) -> None:
        super().__init__(address, _Handler)
        self.application = application
        self._connections: set[socket.socket] = set()
        self._lock = threading.Lock()

    def opened(self, connection: socket.socket) -> None:
        with self._lock:
            self._connections.add(connection)

    def closed(self, connection: socket.socket) -> None:
        with self._lock:
            self._connections.discard(connection)

    def end_connections(self) -> None:
        with self._lock:
            for connection in self._connections:
                try:
                    connection.shutdown(socket.SHUT_RDWR)
                except OSError:
                    continue

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that went away is no error; anything else is a mistake of ours."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class HttpServer:
    """Serves an application until it is stopped."""

    def __init__(self, application: Application, port: int = 0) -> None:
        self._server = _Server(("127.0.0.1", port), application)
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.05,), name="sugar-simulator", daemon=True
        )

    @property
    def url(self) -> str:
        """Where it listens, without a slash at the end."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def start(self) -> None:
        """Begin to serve, in a thread of its own."""
        self._thread.start()

    def stop(self) -> None:
        """Stop serving and end all connections."""
        self._server.shutdown()
        self._server.end_connections()
        self._server.server_close()
        self._thread.join(5)
