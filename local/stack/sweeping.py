"""Folders that are to go, without anybody waiting for it."""

import subprocess
import tempfile
from pathlib import Path

_DROPPED = "dropped-"


def sweep(folder: Path) -> None:
    """Have a folder be gone at once; its files are deleted behind, also after we have ended.

    What an earlier sweep did not come to delete goes with it.
    """
    if folder.exists():
        aside = Path(tempfile.mkdtemp(prefix=_DROPPED, dir=folder.parent))
        folder.rename(aside / folder.name)
    dropped = list(folder.parent.glob(f"{_DROPPED}*")) if folder.parent.exists() else []
    if dropped:
        _delete(dropped)


def _delete(folders: list[Path]) -> None:
    # Of a session of its own, and no child of ours: it outlives us, and Ctrl-C.
    subprocess.run(
        ["sh", "-c", 'nice rm -rf -- "$@" &', "sh", *map(str, folders)],
        check=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
