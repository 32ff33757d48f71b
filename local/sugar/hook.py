"""The logic hook of Funnel's Sugar module: tells what people saved, signed, behind their backs."""

import hashlib
import hmac
import json
import queue
import secrets
import threading
import time
import urllib.request

from local.sugar.funnel_module import Entered

_MOST = 200
_GATHER = 0.5
_TRIES = 3
_MODULES = frozenset(("Users", "Accounts", "Leads", "Contacts", "Opportunities"))

Change = tuple[str, str, str, str]
"""Module, id, event, and by whom."""


class LogicHook:
    """Queues what changed and sends it from a thread of its own: no save waits for it."""

    def __init__(self) -> None:
        self._queue: queue.Queue[Change | None] = queue.Queue()
        self._target: Entered | None = None
        self._thread: threading.Thread | None = None
        self.sent = 0
        self.failed = 0

    def aim(self, target: Entered | None) -> None:
        """Send there from now on; None sends nothing."""
        self._target = target
        if target is not None and self._thread is None:
            self._thread = threading.Thread(target=self._work, daemon=True, name="logic hook")
            self._thread.start()

    def changed(self, module: str, record: str, event: str, by: str) -> None:
        """A person saved or deleted a record."""
        if self._target is not None and module in _MODULES:
            self._queue.put((module, record, event, by))

    def stop(self) -> None:
        """Send nothing more."""
        self._target = None
        if self._thread is not None:
            self._queue.put(None)
            self._thread.join(10)

    def _work(self) -> None:
        while (first := self._queue.get()) is not None:
            time.sleep(_GATHER)
            some = [first]
            while len(some) < _MOST and not self._queue.empty():
                more = self._queue.get()
                if more is None:
                    return
                some.append(more)
            self._send(some)

    def _send(self, changes: list[Change]) -> None:
        """A few tries, each signed anew; after that the hourly sync brings it."""
        rows = [{"module": m, "id": i, "event": e, "by": b} for m, i, e, b in changes]
        for _ in range(_TRIES):
            # The same rows in the same second are no replay.
            body = json.dumps({"records": rows, "once": secrets.token_hex(16)}).encode()
            target = self._target
            if target is None:
                return
            try:
                with urllib.request.urlopen(_request(target, body), timeout=10):  # noqa: S310 - ours
                    self.sent += 1
                    return
            except OSError:
                time.sleep(1)
        self.failed += 1


def _request(target: Entered, body: bytes) -> urllib.request.Request:
    sent = str(int(time.time()))
    signed = hmac.new(
        target.purpose_key("webhook").encode(), sent.encode() + b"." + body, hashlib.sha256
    )
    headers = {
        "Content-Type": "application/json",
        "X-Funnel-Time": sent,
        "X-Funnel-Key": target.kid,
        "X-Funnel-Signature": signed.hexdigest(),
    }
    address = target.at("hooks/sugar")
    return urllib.request.Request(address, body, headers, method="POST")  # noqa: S310 - ours
