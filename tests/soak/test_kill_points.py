"""A death at each call of every run of `tests/faults`, where `make test` tries the kinds of places."""

import os
import subprocess
import sys

import pytest

from tests.faults.dying import EVERY_KILL_POINT


@pytest.mark.soak
def test_every_kill_point_is_survived() -> None:
    command = [sys.executable, "-m", "pytest", "-q", "-n", "2", "tests/faults"]
    environment = {**os.environ, EVERY_KILL_POINT: "1"}
    done = subprocess.run(command, env=environment, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-5_000:]
    print(done.stdout.splitlines()[-1])
