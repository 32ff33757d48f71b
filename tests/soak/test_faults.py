"""The demo company, read from a server that fails every few calls."""

from random import Random

import pytest

from funnel.domain.ids import PULLED_MODULES, Module
from funnel.domain.sync.runs import RunStatus
from local.sugar.demo.build import Size, build
from local.sugar.simulator import SugarSimulator
from local.sugar.web.trouble import Trouble
from tests.soak.sugar_world import SugarWorld

KINDS = ("cut", "status", "expire", "lose_reply", "drop", "html", "invalid_xml")
ENDPOINTS = ("v4_1", "v3_1", "v2", "soap.php")
METHODS = ("get_entry_list", "get_entries_count", "get_module_fields")


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(12))
def test_a_server_that_fails_every_few_calls_is_read_whole_in_the_end(seed: int) -> None:
    chance = Random(seed)
    endpoint = ENDPOINTS[seed % len(ENDPOINTS)]
    with SugarSimulator(endpoints=[endpoint], seed=seed) as simulator:
        build(simulator.sugar, seed, Size.of(1500))
        world = SugarWorld(simulator, endpoint, *Module)
        after = 0
        for _ in range(25):
            after += chance.randrange(1, 8)
            simulator.troubles.add(Trouble(chance.choice(KINDS), methods=METHODS, after=after))
        run, _ = world.sync()
        assert run.status is RunStatus.DONE, run
        assert len(simulator.troubles.waiting()) <= 10
        for module in PULLED_MODULES:
            assert world.missing(module, simulator.company.ids(module.value)) == set()
