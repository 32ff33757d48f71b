"""Programs the stack starts: each under a guard, with a log of its own, none left behind."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from local.stack.errors import StackError

GUARD = Path(__file__).with_name("guard.py")


class Child:
    """A running program, stopped with its children when asked or when this process is gone."""

    def __init__(
        self,
        name: str,
        command: Sequence[str | Path],
        *,
        log: Path,
        cwd: Path,
        env: Mapping[str, str],
        patience: float = 10,
    ) -> None:
        self.name = name
        self.log = log
        self._patience = patience
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("ab") as output:
            self._guard = subprocess.Popen(
                [sys.executable, "-S", "-E", GUARD, str(patience), *command],
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=output,
                cwd=cwd,
                env=dict(env),
                start_new_session=True,
            )

    def running(self) -> bool:
        """Whether it has not ended."""
        return self._guard.poll() is None

    @property
    def pid(self) -> int:
        """Of its guard, above it and all it started."""
        return self._guard.pid

    @property
    def exit_code(self) -> int | None:
        """Its exit code, once it has ended."""
        return self._guard.poll()

    def wait_until(self, ready: Callable[[], bool], seconds: float) -> None:
        """Return when it is ready. Raises `StackError` if it ends, or takes too long."""
        deadline = time.monotonic() + seconds
        while not ready():
            if not self.running():
                raise StackError(f"{self.name} ended while starting:\n{self.last_lines()}")
            if time.monotonic() > deadline:
                raise StackError(
                    f"{self.name} was not ready after {seconds:.0f} s:\n{self.last_lines()}"
                )
            time.sleep(0.1)

    def stop(self) -> None:
        """Stop it and wait until it, and all it started, is gone."""
        if self._guard.stdin:
            self._guard.stdin.close()
        self._guard.wait(self._patience + 10)

    def last_lines(self, count: int = 15) -> str:
        """The end of its log."""
        lines = self.log.read_text(errors="replace").splitlines()
        return "\n".join([*lines[-count:], f"(all of it: {self.log})"])


def clean_environment(home: Path, **more: str) -> dict[str, str]:
    """What our programs are told of this machine: no AWS account, no proxy, a home of their own."""
    kept = {"PATH", "LANG", "LC_ALL", "TZ", "SSL_CERT_FILE", "SSL_CERT_DIR", "PIP_CERT"}
    env = {key: value for key, value in os.environ.items() if key in kept}
    temporary = home / "tmp"
    temporary.mkdir(parents=True, exist_ok=True)
    return env | {"HOME": str(home), "TMPDIR": str(temporary), "PYTHONUNBUFFERED": "1"} | more
