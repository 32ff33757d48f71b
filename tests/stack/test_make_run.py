"""`make run`, as a person runs it."""

import re
import signal
import subprocess
from pathlib import Path

import pytest

from local.stack import ROOT

SECONDS = 900


def start(state: Path, *more: str) -> subprocess.Popen[str]:
    """The launcher, started as make starts it, on a state of its own and free ports."""
    command = [".venv/bin/python", "-m", "local.stack", "run", "--state", str(state)]
    return subprocess.Popen(
        [
            *command,
            *["--port", "0", "--sugar-port", "0", "--site-port", "0", "--mail-port", "0"],
            *more,
        ],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def of_this_stack(state: Path) -> list[str]:
    """Command lines of processes that work on this state; deleting what is dropped may go on."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = path.read_bytes().replace(b"\0", b" ").decode()
            there = str(path.with_name("cwd").readlink())
        except OSError:
            continue
        here = str(state) in line or there.startswith(str(state))
        if here and not line.startswith("rm -rf -- "):
            found.append(line)
    return found


@pytest.mark.feature("G1")
def test_it_syncs_the_demo_company_says_where_it_is_and_keeps_the_data(tmp_path: Path) -> None:
    with start(tmp_path, "--exit-after-sync") as first:
        said, _ = first.communicate(timeout=SECONDS)
    assert first.returncode == 0, said
    assert "Starting afresh: there is no data yet." in said
    assert re.search(r"Funnel +http://127\.0\.0\.1:\d+/\S+", said)
    assert re.search(r"or with Sugar +http://127\.0\.0\.1:\d+/sign-in/[0-9a-f-]{36}\s", said)
    assert "user admin, password admin" in said
    assert re.search(r"Sugar \(simulated\) +http://127\.0\.0\.1:\d+/", said)
    assert "on Home, sign in as a sales person" in said
    assert re.search(r"A web site +http://127\.0\.0\.1:\d+/", said)
    assert re.search(r"Mail that was sent +http://127\.0\.0\.1:\d+/", said)
    assert "100%" in said
    assert re.search(r"The demo company is synced: 6,\d\d\d records in \d+ s\.", said)
    assert "Stopped. The data is kept for the next start." in said
    assert of_this_stack(tmp_path) == []
    with start(tmp_path, "--exit-after-sync") as second:
        said, _ = second.communicate(timeout=SECONDS)
    assert second.returncode == 0, said
    assert "Going on with the data of the last run." in said
    assert "Connecting the simulated Sugar" not in said
    assert re.search(r"Ready after \d+ s", said)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_however_it_is_stopped_nothing_is_left_running(
    tmp_path: Path, number: signal.Signals
) -> None:
    with start(tmp_path) as launcher:
        assert launcher.stdout
        for line in launcher.stdout:
            if "Building and deploying" in line:
                break
        assert of_this_stack(tmp_path)
        launcher.send_signal(number)
        rest = launcher.stdout.read()
        launcher.wait(300)
    if number is not signal.SIGKILL:
        assert "Stopping" in rest
        assert launcher.returncode == 0
    else:
        from tests.unit.stack.test_processes import until

        until(lambda: of_this_stack(tmp_path) == [])
    assert of_this_stack(tmp_path) == []
