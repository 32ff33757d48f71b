"""An HTTP proxy on 127.0.0.1 that hands requests on, and lets some go wrong as it is told.

`POST /_faults/on` and `/_faults/off` switch the faults; `GET /_faults` counts them by name.
"""

import http.client
import json
import socket
import struct
import threading
import time
from collections import Counter
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from local.faults.fault import NOTHING, Asked, Fault, Reply

OWN = "/_faults"
_OF_ONE_CONNECTION = {"connection", "keep-alive", "transfer-encoding", "content-length", "date"}
_PIECES = 12


class FaultProxy(ThreadingHTTPServer):
    """Stands before `behind` (host and port); `decide` says what goes wrong while `failing`."""

    daemon_threads = True
    request_queue_size = 256

    def __init__(self, port: int, behind: str, decide: Callable[[Asked], Fault]) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.behind = behind
        self.failing = False
        self.counts: Counter[str] = Counter()
        self._decide = decide
        self._lock = threading.Lock()

    def fault(self, asked: Asked) -> Fault:
        """What goes wrong with this request, counted."""
        with self._lock:
            fault = self._decide(asked) if self.failing else NOTHING
            self.counts[fault.name or "fine"] += 1
            return fault

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that went away, or was sent away, is no news."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: FaultProxy

    def setup(self) -> None:
        super().setup()
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._behind: http.client.HTTPConnection | None = None

    def finish(self) -> None:
        if self._behind is not None:
            self._behind.close()
        super().finish()

    def hand_on(self) -> None:
        """Answer one request."""
        asked = Asked(
            self.command,
            self.path,
            {name.lower(): value for name, value in self.headers.items()},
            self.rfile.read(int(self.headers.get("content-length") or 0)),
        )
        if self.path.startswith(OWN):
            self._send(self._own())
            return
        fault = self.server.fault(asked)
        time.sleep(fault.pause)
        if fault.reset:
            self._reset()
            return
        if fault.instead is not None:
            self._send(fault.instead)
            return
        if fault.first:
            self._ask(Asked("POST", fault.first, {"content-type": "application/json"}, b"{}"))
        reply = self._ask(asked, fault.body)
        if reply is None or fault.lost:
            self._reset()
            return
        self._send(fault.spoilt(reply) if fault.spoilt else reply, fault.share, fault.drip)

    def _own(self) -> Reply:
        if self.command == "POST":
            self.server.failing = self.path.endswith("/on")
        told = {"failing": self.server.failing, "counts": dict(self.server.counts)}
        return Reply(200, json.dumps(told).encode(), [("Content-Type", "application/json")])

    def _ask(self, asked: Asked, body: bytes | None = None) -> Reply | None:
        """What is behind answers; None where it does not."""
        sent = asked.body if body is None else body
        headers = {k: v for k, v in asked.headers.items() if k not in _OF_ONE_CONNECTION}
        for _ in range(2):
            fresh = self._behind is None
            if self._behind is None:
                self._behind = http.client.HTTPConnection(self.server.behind, timeout=900)
            try:
                self._behind.request(asked.method, asked.path, sent, headers)
                reply = self._behind.getresponse()
                content = reply.read()
            except (OSError, http.client.HTTPException):
                self._behind.close()
                self._behind = None
                if fresh:
                    return None
                # A connection kept open may have ended before it took anything.
                continue
            if reply.will_close:
                self._behind.close()
                self._behind = None
            return Reply(reply.status, content, reply.getheaders())
        return None

    def _send(self, reply: Reply, share: float = 1.0, drip: float = 0.0) -> None:
        self.send_response_only(reply.status)
        for name, value in reply.headers:
            if name.lower() not in _OF_ONE_CONNECTION:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()
        if self.command == "HEAD":
            return
        if share < 1:
            self.wfile.write(reply.body[: int(len(reply.body) * share)])
            self.close_connection = True
        elif drip:
            size = max(1, len(reply.body) // _PIECES)
            for start in range(0, len(reply.body), size):
                self.wfile.write(reply.body[start : start + size])
                time.sleep(drip / _PIECES)
        else:
            self.wfile.write(reply.body)

    def _reset(self) -> None:
        """End the connection so that the other side sees a reset, not an end."""
        self.close_connection = True
        linger = struct.pack("ii", 1, 0)
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self.connection.close()

    def log_message(self, *_: object) -> None:
        """What went wrong is counted."""

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = hand_on
