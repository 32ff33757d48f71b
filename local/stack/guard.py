"""Run one command, and stop it with all its children when whoever asked for it is gone.

The asker holds the other end of our standard input. However it ends, `kill -9` included, the
kernel closes that pipe, and we stop the command's process group: first asked, then made to.
Runs alone (``python -S -E guard.py SECONDS COMMAND...``); SECONDS is how long asking may take.
"""

import contextlib
import os
import signal
import subprocess
import sys
import threading


def main() -> int:
    """Run the command given; its exit code."""
    patience = float(sys.argv[1])
    child = subprocess.Popen(sys.argv[2:], stdin=subprocess.DEVNULL, start_new_session=True)

    def stop() -> None:
        signal_group(child.pid, signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(patience)
        signal_group(child.pid, signal.SIGKILL)

    def wait_for_the_asker_to_go() -> None:
        while os.read(0, 4096):
            pass
        stop()

    threading.Thread(target=wait_for_the_asker_to_go, daemon=True).start()
    code = child.wait()
    signal_group(child.pid, signal.SIGKILL)
    return code


def signal_group(group: int, number: signal.Signals) -> None:
    """Signal every process of a group; nothing if there is none left."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, number)


if __name__ == "__main__":
    sys.exit(main())
