"""`python -m local.sugar`: a simulated Sugar with the demo company, until it is stopped.

The data is kept in the folder given by `--data`: a second start goes on where the first
one ended. Another product, seed or size has a file of its own.
"""

import argparse
import signal
import sys
import threading
import time
from pathlib import Path

from local.sugar.demo.build import Size, build
from local.sugar.settings import Product
from local.sugar.simulator import SugarSimulator


def _arguments(given: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m local.sugar", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--data", type=Path, help="folder; without one nothing is kept")
    parser.add_argument("--product", choices=[one.value for one in Product], default="suitecrm")
    parser.add_argument("--endpoints", help="parted by commas; all of the product without it")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--people", type=int, default=5000, help="leads and contacts together")
    parser.add_argument("--site-url", help="the address WSDLs give; the true one without it")
    parser.add_argument("--real-pace", action="store_true", help="be as slow as the real one")
    parser.add_argument("--fresh", action="store_true", help="forget kept data first")
    return parser.parse_args(given)


def _path(asked: argparse.Namespace) -> Path | None:
    if asked.data is None:
        return None
    asked.data.mkdir(parents=True, exist_ok=True)
    found: Path = asked.data / f"sugar-{asked.product}-{asked.seed}-{asked.people}.sqlite"
    if asked.fresh:
        found.unlink(missing_ok=True)
    return found


def _seconds(asked: argparse.Namespace) -> float:
    """How long one write takes: measured 18-26 records/s on SuiteCRM, 500 on CE."""
    if not asked.real_pace:
        return 0.0
    return 0.045 if asked.product == Product.SUITECRM else 0.002


def main(given: list[str]) -> int:
    """Serve until SIGTERM or SIGINT."""
    asked = _arguments(given)
    stopping = threading.Event()
    for one in (signal.SIGTERM, signal.SIGINT):
        signal.signal(one, lambda *_: stopping.set())
    simulator = SugarSimulator(
        asked.product,
        asked.endpoints.split(",") if asked.endpoints else None,
        _path(asked),
        # Ids must differ from those of an earlier start on the same data.
        seed=time.time_ns(),
        port=asked.port,
        site_url=asked.site_url,
        write_seconds=_seconds(asked),
        real_reads=asked.real_pace,
    )
    if not simulator.company.ids("Leads", deleted=-1):
        size = Size() if asked.people == Size().leads + Size().contacts else Size.of(asked.people)
        build(simulator.sugar, asked.seed, size)
    with simulator:
        print(f"Sugar (simulated, {asked.product}): {simulator.url}", flush=True)
        stopping.wait()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
