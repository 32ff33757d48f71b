"""What the stack keeps between two starts, and whether it can be trusted."""

import fcntl
import json
import shutil
from pathlib import Path
from typing import IO, Any

from local.stack.errors import StackError


class State:
    """A folder with the local AWS's data, the simulated Sugar's, logs and what we remember.

    The local AWS writes its data when it is stopped. So a start takes the mark `saved` away and
    a proper stop sets it again: without it the data is older than the Sugar's, and is dropped.
    Until `begun` nothing reaches the Sugar: a start that ends before, such as one of a newer
    release that cannot be built or deployed, leaves the data as it was.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.aws = folder / "aws"
        self.sugar = folder / "sugar"
        self.logs = folder / "logs"
        self._memory = folder / "stack.json"
        self._saved = folder / "saved"
        self._data = self.aws / "state"
        self._before = folder / "before"
        self._part = folder / "before.part"
        self._lock: IO[str] | None = None

    def open(self, *, afresh: bool) -> str:
        """Take the folder for us alone; why it starts empty, or "" where data is kept.

        Raises `StackError` while another stack uses it.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        self._lock = (self.folder / "lock").open("w")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            self._lock.close()
            raise StackError(
                f"A stack is already running on {self.folder}. Stop it, or give --state another folder."
            ) from error
        self._put_back()
        why = ""
        if afresh:
            why = "as asked"
        elif not self._memory.exists():
            why = "there is no data yet"
        elif not self._saved.exists():
            why = "the last run was killed before its data could be saved"
        if why:
            # First that there is none: what is half dropped when we are killed is not used again.
            self._memory.unlink(missing_ok=True)
            for folder in (self.aws, self.sugar, self.logs):
                shutil.rmtree(folder, ignore_errors=True)
        elif self._data.exists():
            shutil.rmtree(self._part, ignore_errors=True)
            shutil.copytree(self._data, self._part)
            self._part.rename(self._before)
        self._saved.unlink(missing_ok=True)
        return why

    def begun(self) -> None:
        """From now on what is worked on reaches the Sugar."""
        if self._before.exists():
            # Renamed first: what is half removed when we are killed is not put back.
            shutil.rmtree(self._part, ignore_errors=True)
            self._before.rename(self._part)
        shutil.rmtree(self._part, ignore_errors=True)

    def close(self, *, saved: bool) -> None:
        """Let go of the folder; `saved` says whether the data in it can be used again."""
        self._put_back()
        if saved:
            self._saved.touch()
        if self._lock:
            self._lock.close()

    def _put_back(self) -> None:
        """Take the data of before a start that did not come to its end."""
        if self._before.exists():
            # First that it can be trusted: killed after the rename, it would be dropped. Killed
            # before it, all of this is done again.
            self._saved.touch()
            shutil.rmtree(self._data, ignore_errors=True)
            self._before.rename(self._data)

    def recall(self) -> dict[str, Any]:
        """What was remembered at an earlier start; empty at the first."""
        if not self._memory.exists():
            return {}
        known: dict[str, Any] = json.loads(self._memory.read_text())
        return known

    def remember(self, **facts: Any) -> None:
        """Keep facts for the next start."""
        self._memory.write_text(json.dumps(self.recall() | facts, indent=1))
