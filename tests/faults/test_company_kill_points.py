"""The worker that counts visits for companies dies at every call of every port."""

import random
from dataclasses import replace

import pytest

from funnel.ports.marketing_messages import RecordHits
from funnel.usecases.app import App
from tests.fakes.faulty import Moment, Plan, faulty
from tests.fakes.snapshot import made_once
from tests.faults.dying import kill_points
from tests.faults.test_tracking_kill_points import MOST_DELIVERIES, deliver
from tests.unit.usecases.companies.companies import counted, counted_anew, scene, watched
from tests.unit.usecases.tracking.tracking import Shop

SEEDS = range(2)


def mortal(shop: Shop, plan: Plan) -> App:
    app = shop.world.app
    names = ("visitors", "activities", "batches", "companies", "records")
    return replace(app, **{name: faulty(getattr(app, name), plan, name) for name in names})


@made_once
def visited() -> tuple[Shop, list[RecordHits]]:
    """A site whose visitors' networks are known, and what two hours brought."""
    shop = watched()
    messages = scene(shop)
    shop.world.clock.advance(7200)
    return shop, messages


def written(plan: Plan, seed: int, at: int = 0) -> Shop:
    """All of it, in the order of the seed; what is not done with comes back."""
    shop, messages = visited()
    random.Random(seed).shuffle(messages)
    plan.calls.clear()
    plan.at = at
    app = mortal(shop, plan)
    late = [message for message in messages if not deliver(app, message, plan)]
    for message in late:
        assert any(deliver(app, message, plan) for _ in range(MOST_DELIVERIES - 1)), message
    shop.world.drain()
    return shop


CALLS = {seed: (plan := Plan(), written(plan, seed))[0].calls for seed in SEEDS}


@pytest.mark.parametrize("moment", Moment)
@pytest.mark.parametrize("seed", SEEDS)
def test_each_visit_counts_once_for_its_company_wherever_it_dies(seed: int, moment: Moment) -> None:
    for at in kill_points(CALLS[seed]):
        plan = Plan(moment=moment)
        shop = written(plan, seed, at)
        where = f"call {at}, {plan.calls[at - 1]}, {moment}, seed {seed}"
        assert plan.happened, where
        assert counted(shop) == counted_anew(shop), where


def test_the_kill_points_reach_every_step() -> None:
    plan = Plan()
    written(plan, 0)
    assert {"companies.company", "companies.save_company", "records.list_records"} <= set(
        plan.calls
    )
