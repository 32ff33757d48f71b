"""The file in which everything is kept that a restore undoes."""

import base64
import json
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from scripts.restoring.wanted import Row


@contextmanager
def kept_in(path: Path) -> Iterator[Callable[[str, Row], None]]:
    """Writes rows of tables to a file for its owner alone; run again, it is added to."""
    lock = threading.Lock()
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "a", encoding="utf-8") as file:

        def keep(table: str, row: Row) -> None:
            line = json.dumps({"table": table, "row": row}, default=_as_base64)
            with lock:
                file.write(line + "\n")
                file.flush()

        yield keep


def _as_base64(value: bytes) -> str:
    return base64.b64encode(value).decode()
