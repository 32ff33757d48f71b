"""`python -m local.sugar`: starts, keeps its data, stops cleanly."""

import json
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

_ROOT = Path(__file__).resolve().parents[3]


def _started(data: Path) -> tuple[subprocess.Popen[str], str]:
    command = [sys.executable, "-m", "local.sugar", "--data", str(data), "--people", "100"]
    process = subprocess.Popen(command, cwd=_ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    line = process.stdout.readline()
    return process, line.split()[-1]


def _stopped(process: subprocess.Popen[str], how: signal.Signals) -> int:
    process.send_signal(how)
    with process:
        return process.wait(20)


def _leads(url: str) -> list[str]:
    with urllib.request.urlopen(f"{url}/_simulator/records/Leads", timeout=20) as answer:
        found: list[str] = json.load(answer)
    return found


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_cleanly_and_keeps_the_data_for_the_next_start(
    tmp_path: Path, how: signal.Signals
) -> None:
    process, url = _started(tmp_path / "with spaces")
    found = _leads(url)
    body = json.dumps({"module": "Leads", "id": found[0]}).encode()
    with urllib.request.urlopen(f"{url}/_simulator/delete", body, timeout=20):
        pass
    assert _stopped(process, how) == 0
    process, url = _started(tmp_path / "with spaces")
    assert _leads(url) == found[1:]
    assert _stopped(process, how) == 0
