"""Everything that is promised of speed, measured in one run: `make bench`.

Prints tables for `docs/performance.md`; exits with 1 where a target is missed. Some names as
arguments measure only these: `make bench ARGS="page sync"`.
"""

import os
import sys
from collections.abc import Callable

from tests.bench import (
    bench_broadcasts,
    bench_campaigns,
    bench_cold_start,
    bench_doors,
    bench_flows,
    bench_lists,
    bench_page,
    bench_reader,
    bench_reconcile,
    bench_scores,
    bench_scoring,
    bench_segments,
    bench_store,
    bench_sync,
    bench_target_lists,
    bench_tracking,
    bench_vision,
)
from tests.bench.measuring import Target, targets


def reader() -> tuple[str, list[Target]]:
    """The list reader against bare lxml."""
    rates, peak = bench_reader.measure()
    share = 100 * rates["reader"] / rates["bare"]
    found = [
        Target("reader, of bare `lxml.iterparse`", share, bench_reader.TARGET_PERCENT, " %", True),
        Target("peak memory of a page", peak, bench_reader.TARGET_MIB, " MiB"),
    ]
    rows = "\n".join(f"| {name} | {rate:,.0f} |" for name, rate in rates.items())
    return f"| reading a page | records a second of CPU |\n| --- | ---: |\n{rows}", found


def store() -> tuple[str, list[Target]]:
    """Storing alone."""
    return bench_store.report(*bench_store.measure()), []


MEASURES: dict[str, Callable[[], tuple[str, list[Target]]]] = {
    "reader": reader,
    "store": store,
    "page": bench_page.measure,
    "sync": bench_sync.measure,
    "lists": bench_lists.measure,
    "target-lists": bench_target_lists.measure,
    "reconcile": bench_reconcile.measure,
    "tracking": bench_tracking.measure,
    "scores": bench_scores.measure,
    "scoring": bench_scoring.measure,
    "segments": bench_segments.measure,
    "vision": bench_vision.measure,
    "doors": bench_doors.measure,
    "flows": bench_flows.measure,
    "broadcasts": bench_broadcasts.measure,
    "campaigns": bench_campaigns.measure,
    "cold": bench_cold_start.measure,
}


def main(names: list[str]) -> int:
    """Measure what is named, or all; 0 where every target is met."""
    unknown = set(names) - set(MEASURES)
    if unknown:
        print(f"there is {', '.join(MEASURES)}; not {', '.join(sorted(unknown))}", file=sys.stderr)
        return 2
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} cores.", flush=True)
    reached: list[Target] = []
    for name in names or MEASURES:
        text, found = MEASURES[name]()
        print(f"\n## {name}\n\n{text}", flush=True)
        reached += found
    print(f"\n## targets\n\n{targets(reached)}")
    return int(not all(one.met for one in reached))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
