"""A simulated Sugar in a process of its own, and what was asked of it."""

import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Asked:
    """Requests by `method Module`, and the rows that were handed out."""

    calls: dict[str, int]
    rows: int

    @classmethod
    def of_log(cls, told: Mapping[str, Any]) -> Self:
        """What the simulated Sugar's log says."""
        return cls(dict(told["calls"]), told["rows"])

    @property
    def requests(self) -> int:
        """All of them."""
        return sum(self.calls.values())

    def of(self, module: str) -> int:
        """Those about one module."""
        return sum(count for call, count in self.calls.items() if call.endswith(f" {module}"))


class SimulatedSugar:
    """`python -m local.sugar`, running from `with` to its end. Options as on its command line."""

    def __init__(self, *options: str) -> None:
        self._options = options

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "local.sugar", *self._options],
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout is not None
        self.url = self._process.stdout.readline().split()[-1]
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.terminate()
        self._process.communicate(timeout=10)

    def records(self, module: str, deleted: int = -1) -> int:
        """How many records a module has: -1 all of them, 0 live ones."""
        return len(self._call(f"records/{module}?deleted={deleted}"))

    def asked(self) -> Asked:
        """What was asked since this was last asked."""
        asked = Asked.of_log(self._call("log?last=1"))
        self._call("log/clear", {})
        return asked

    def _call(self, path: str, body: dict[str, object] | None = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(f"{self.url}/_simulator/{path}", data, timeout=60) as reply:
            return json.load(reply)
