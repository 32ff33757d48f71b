"""The property of the pull, ten times as often as in `make test`."""

import os
import subprocess
import sys

import pytest

RUNS = 5_000


@pytest.mark.soak
def test_nothing_is_lost_or_doubled_in_five_thousand_histories() -> None:
    command = [sys.executable, "-m", "pytest", "-q", "tests/property"]
    environment = {**os.environ, "FUNNEL_PROPERTY_RUNS": str(RUNS)}
    done = subprocess.run(command, env=environment, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-5_000:]
