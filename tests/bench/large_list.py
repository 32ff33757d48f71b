"""`python -m tests.bench.large_list N`: a simulated Sugar with one Target List of N Leads.

Serves until its input ends.
"""

import sys

from local.sugar.demo.rows import Bulk
from local.sugar.simulator import SugarSimulator

SPARE = 100
"""Leads that are on no list yet."""


def main(members: int) -> None:
    """Make the list, and serve."""
    simulator = SugarSimulator()
    world, bulk = simulator.sugar.world, Bulk(simulator.sugar)
    now = world.clock.text()
    leads = [world.new_id() for _ in range(members + SPARE)]
    stamps = {"date_entered": now, "date_modified": now, "deleted": 0}
    with world.database:
        rows = [{"id": one, "last_name": f"Lead {i}", **stamps} for i, one in enumerate(leads)]
        bulk.records("Leads", rows)
        bulk.records("ProspectLists", [{"id": "large", "name": "Large", **stamps}])
        pairs = [
            {
                "prospect_list_id": "large",
                "related_id": one,
                "related_type": "Leads",
                "date_modified": now,
            }
            for one in leads[:members]
        ]
        bulk.pairs("prospect_lists_prospects", pairs)
    with simulator:
        print(simulator.url, flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main(int(sys.argv[1]))
