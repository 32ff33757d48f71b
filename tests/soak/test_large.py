"""100,000 Leads in bounded memory."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from funnel.domain.ids import Module
from funnel.domain.sync.runs import RunKind
from tests.bench.canned_dynamodb import TABLES, CannedDynamoDb
from tests.bench.funnel import Funnel
from tests.bench.simulated import SimulatedSugar

LEADS, PEOPLE = 100_000, 166_667
MOST_MIB = 150


@pytest.mark.soak
def test_a_hundred_thousand_leads_come_in_whole_in_bounded_memory() -> None:
    with CannedDynamoDb() as canned, SimulatedSugar("--people", str(PEOPLE)) as sugar:
        command = [sys.executable, "-m", __name__, canned.url, sugar.url]
        environment = {"PYTHONPATH": ":".join(filter(None, sys.path)), "PATH": ""}
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr[-3_000:]
        rows, changed, seconds, mib = map(float, done.stdout.split())
        asked = sugar.asked()
        live = sugar.records("Leads", deleted=0)
        print(
            f"{rows:,.0f} rows and {asked.requests} requests for {LEADS:,} Leads in {seconds:.0f} s,"
            f" {mib:.0f} MiB more than before the run"
        )
        assert changed == live
        assert canned.held()[TABLES.records] >= live
        assert rows <= 1.1 * LEADS
        assert asked.requests <= 4 * LEADS / 500
        assert mib <= MOST_MIB


def _run(dynamodb: str, sugar: str) -> None:
    """In a process of its own, whose memory is only the product's."""
    funnel = Funnel(CannedDynamoDb.at(dynamodb), sugar)
    tenant = funnel.connect("large", (Module.LEADS,))
    before = _resident("VmRSS")
    run = funnel.sync(tenant, RunKind.INITIAL)
    part = run.modules[0]
    print(part.rows, part.changed, run.worked_seconds, _resident("VmHWM") - before)


def _resident(which: str) -> float:
    """Linux: resident memory now (`VmRSS`) or at its most (`VmHWM`), in MiB."""
    told = Path("/proc/self/status").read_text()
    found = re.search(rf"{which}:\s+(\d+)", told)
    assert found
    return float(found[1]) / 1024


if __name__ == "__main__":
    _run(*sys.argv[1:])
