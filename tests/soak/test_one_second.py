"""10,000 Leads of one second, each step by a worker of its own."""

from datetime import UTC, datetime

import pytest

from funnel.domain.ids import Module
from funnel.domain.sync.runs import RunStatus
from local.sugar.settings import Product
from local.sugar.simulator import SugarSimulator
from tests.soak.sugar_world import SugarWorld

LEADS = 10_000
SECOND = datetime(2026, 3, 2, 9, 0, 7, tzinfo=UTC)


@pytest.mark.soak
@pytest.mark.parametrize("product", list(Product))
@pytest.mark.parametrize("endpoint", ["v4_1", "v3_1", "v2", "soap.php"])
def test_ten_thousand_records_of_one_second_come_in_whole_with_a_new_worker_at_each_step(
    product: Product, endpoint: str
) -> None:
    with SugarSimulator(product, [endpoint]) as simulator:
        with simulator.company.at(SECOND):
            for number in range(LEADS):
                simulator.company.create("Leads", last_name=f"Lead {number}")
        world = SugarWorld(simulator, endpoint, Module.LEADS)
        simulator.log.clear()
        run, workers = world.sync(steps_a_worker=1)
        asked = simulator.log.requests
        assert run.status is RunStatus.DONE
        assert workers > 25
        assert world.missing(Module.LEADS, simulator.company.ids("Leads")) == set()
        rows = run.modules[0].rows
        print(f"{product} {endpoint}: {workers} workers, {asked} requests, {rows} rows")
        assert rows <= 1.1 * LEADS
