"""`python -m local.faults`: one proxy, until it is stopped."""

import argparse
import signal
import threading
import time

from local.faults.aws import AwsFaults
from local.faults.proxy import FaultProxy
from local.faults.sugar import SugarFaults


def main() -> None:
    """Serve until SIGTERM or SIGINT."""
    parser = argparse.ArgumentParser(prog="python -m local.faults", description=__doc__)
    parser.add_argument("kind", choices=["aws", "sugar"])
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--behind", required=True, help="host and port")
    parser.add_argument("--seed", type=int, default=7)
    wish = parser.parse_args()
    decide = AwsFaults(wish.seed, time.monotonic) if wish.kind == "aws" else SugarFaults(wish.seed)
    proxy = FaultProxy(wish.port, wish.behind, decide)
    stopping = threading.Event()
    for one in (signal.SIGTERM, signal.SIGINT):
        signal.signal(one, lambda *_: stopping.set())
    threading.Thread(target=proxy.serve_forever, args=(0.1,), daemon=True).start()
    stopping.wait()
    proxy.shutdown()


if __name__ == "__main__":
    main()
