"""A run that brings a currency's rate dies at every call, and segments follow all the same."""

import pytest

from funnel.domain.connecting.currencies import Currency
from funnel.domain.ids import Module, SugarId
from funnel.domain.sync.runs import RunKind
from tests.fakes.faulty import Moment, Plan
from tests.fakes.snapshot import made_once
from tests.fakes.world import TENANT, World
from tests.faults.dying import kill_points
from tests.faults.scene import Scene, dying
from tests.unit.usecases.segments.segmenting import company, names_in, segment, test_of

EURO = Currency(SugarId("eur"), "Euro", "€", "EUR", "0.8")


@made_once
def _before() -> World:
    """Of one Opportunity nobody can tell what it is in the base currency, until there is a rate."""
    world = company()
    segment(world, "Large", test_of("amount", "is at least", "600"))
    deal = world.sugar.tables[Module.OPPORTUNITIES][SugarId("o0")]
    deal.fields["currency_id"] = "eur"
    world.clock.advance(60)
    deal.date_modified = world.clock.now()
    world.sync(RunKind.HOURLY)
    world.sugar.currencies.append(EURO)
    world.clock.advance(21 * 3600)
    return world


def rated(plan: Plan, at: int = 0) -> Scene:
    """The run in which Sugar tells the rate."""
    scene = Scene(plan, _before())
    dying(plan, at)
    scene.sync(RunKind.HOURLY)
    return scene


@pytest.mark.parametrize("moment", Moment)
def test_a_rate_reaches_the_segments_wherever_the_run_dies(moment: Moment) -> None:
    calls = rated(Plan()).plan.calls
    assert {"crm.currencies", "sync.save_currencies", "lists.save_list_settings"} <= set(calls)
    for at in kill_points(calls):
        world = rated(Plan(moment=moment), at).world
        (large,) = [
            one for one in world.store.list_lists(TENANT, "", 10).items if one.name == "Large"
        ]
        assert names_in(world, large.list_id) == {"Rau"}, (at, calls[at - 1])
        kept = world.store.currencies(TENANT)
        assert kept is not None
        assert kept.rated == {"eur"}
        assert kept.problem == ""
