"""Programs the stack starts end with it, however it ends."""

import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest

from local.stack import ROOT, ports
from local.stack.errors import StackError
from local.stack.processes import Child, clean_environment

# A program with a child of its own; both note their ids, and may turn a deaf ear to SIGTERM.
PROGRAM = """
import os, signal, subprocess, sys, time
from pathlib import Path
if sys.argv[2] == "deaf":
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
code = "import os, sys, time; from pathlib import Path; "
code += "Path(sys.argv[1], 'grandchild').write_text(str(os.getpid())); time.sleep(600)"
subprocess.Popen([sys.executable, "-c", code, sys.argv[1]])
Path(sys.argv[1], "child").write_text(str(os.getpid()))
time.sleep(600)
"""
ASKER = """
import sys, time
from pathlib import Path
from local.stack.processes import Child, clean_environment
home = Path(sys.argv[1])
Child("it", sys.argv[2:], log=home / "log", cwd=home, env=clean_environment(home))
time.sleep(600)
"""


def until(done: Callable[[], bool]) -> None:
    """Wait, at most a minute, for something to be so."""
    ticks = Event()
    for _ in range(1200):
        if done():
            return
        ticks.wait(0.05)
    raise AssertionError("it never was")


def pids(folder: Path) -> list[int]:
    """The ids noted; empty until both are there."""
    texts = [folder / name for name in ("child", "grandchild")]
    if not all(path.exists() and path.read_text() for path in texts):
        return []
    return [int(path.read_text()) for path in texts]


def alive(pid: int) -> bool:
    """Whether a process exists and is no zombie."""
    try:
        state = Path(f"/proc/{pid}/stat").read_bytes().rpartition(b") ")[2][:1]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state not in b"ZX"


def child(folder: Path, *arguments: str, patience: float = 10) -> Child:
    """A program with a child of its own, started."""
    command = [sys.executable, "-c", PROGRAM, str(folder), *arguments]
    env = clean_environment(folder)
    return Child("it", command, log=folder / "log", cwd=folder, env=env, patience=patience)


def test_nothing_is_left_when_the_asker_is_killed_outright(tmp_path: Path) -> None:
    command = [sys.executable, "-c", PROGRAM, str(tmp_path), "kind"]
    with subprocess.Popen(
        [sys.executable, "-c", ASKER, str(tmp_path), *command], cwd=ROOT
    ) as asker:
        until(lambda: bool(pids(tmp_path)))
        assert all(alive(pid) for pid in pids(tmp_path))
        asker.send_signal(signal.SIGKILL)
    until(lambda: not any(alive(pid) for pid in pids(tmp_path)))


def test_stopping_ends_a_program_and_its_children_before_it_returns(tmp_path: Path) -> None:
    program = child(tmp_path, "kind")
    program.wait_until(lambda: bool(pids(tmp_path)), 60)
    program.stop()
    assert not any(alive(pid) for pid in pids(tmp_path))


def test_a_program_that_does_not_hear_is_made_to_stop(tmp_path: Path) -> None:
    program = child(tmp_path, "deaf", patience=0.3)
    program.wait_until(lambda: bool(pids(tmp_path)), 60)
    program.stop()
    assert not any(alive(pid) for pid in pids(tmp_path))


def test_a_program_that_ends_while_starting_is_reported_with_its_last_words(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "raise SystemExit('no such thing')"]
    env = clean_environment(tmp_path)
    program = Child("It", command, log=tmp_path / "log", cwd=tmp_path, env=env)
    with pytest.raises(StackError, match=r"It ended while starting:\nno such thing"):
        program.wait_until(lambda: False, 60)
    program.stop()
    assert program.exit_code == 1


def test_programs_get_no_aws_account_and_no_proxy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_PROFILE", "mine")
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example")
    env = clean_environment(tmp_path, EXTRA="1")
    assert not {"AWS_PROFILE", "HTTPS_PROXY"} & set(env)
    assert env["HOME"] == str(tmp_path)
    assert env["EXTRA"] == "1"


def test_a_taken_port_is_said_and_another_is_found() -> None:
    import socket

    said: list[str] = []
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        other = ports.free(port, "the app", said.append)
    assert other != port
    assert said == [f"Port {port} for the app is taken; using {other}."]


def test_a_free_port_is_taken_without_a_word() -> None:
    said: list[str] = []
    port = ports.free(0, "the app", said.append)
    assert ports.free(port, "the app", said.append) == port
    assert said == []
