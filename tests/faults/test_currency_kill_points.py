"""A run that brings a currency, or another rate, dies at every call, and segments follow all the same."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from funnel.domain.connecting.currencies import Currency
from funnel.domain.ids import Module, RecordKey, SugarId
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
    _deal_in_euro(world)
    world.sugar.currencies.append(EURO)
    world.clock.advance(21 * 3600)
    return world


@made_once
def _at_another_rate() -> World:
    """The rate is known and moves; the Opportunity has no figure of Sugar's in the base currency."""
    world = company()
    world.sugar.currencies.append(replace(EURO, rate="2"))
    segment(world, "Large", test_of("amount", "is at least", "600"))
    _deal_in_euro(world)
    world.clock.advance(21 * 3600)
    world.sync(RunKind.HOURLY)
    world.sugar.currencies[-1] = EURO
    world.clock.advance(21 * 3600)
    return world


@made_once
def _the_first_ones() -> World:
    """Sugar told none so far: the amount is taken as it stands, and is too small."""
    world = company()
    known = [*world.sugar.currencies, EURO]
    world.sugar.currencies.clear()
    world.sync(RunKind.FULL)
    segment(world, "Large", test_of("amount", "is at least", "600"))
    _deal_in_euro(world)
    world.sugar.currencies[:] = known
    world.clock.advance(21 * 3600)
    return world


def _deal_in_euro(world: World) -> None:
    deal = world.sugar.tables[Module.OPPORTUNITIES][SugarId("o0")]
    deal.fields["currency_id"] = "eur"
    deal.date_modified = world.clock.now()
    world.clock.advance(3600)
    world.sync(RunKind.HOURLY)
    world.drain()
    (read,) = world.store.records(TENANT, [RecordKey(Module.OPPORTUNITIES, SugarId("o0"))]).values()
    assert read.fields["currency_id"] == "eur"
    assert _large(world) == set()


def _large(world: World) -> set[str]:
    (large,) = [one for one in world.store.list_lists(TENANT, "", 10).items if one.name == "Large"]
    return names_in(world, large.list_id)


def rated(made: Callable[[], World], plan: Plan, at: int = 0) -> Scene:
    """The run in which Sugar tells the rate."""
    scene = Scene(plan, made())
    dying(plan, at)
    scene.sync(RunKind.HOURLY)
    return scene


@pytest.mark.parametrize("moment", Moment)
@pytest.mark.parametrize("made", [_before, _at_another_rate, _the_first_ones])
def test_a_rate_reaches_the_segments_wherever_the_run_dies(
    made: Callable[[], World], moment: Moment
) -> None:
    calls = rated(made, Plan()).plan.calls
    assert {"crm.currencies", "sync.save_currencies", "lists.save_list_settings"} <= set(calls)
    for at in kill_points(calls):
        world = rated(made, Plan(moment=moment), at).world
        assert _large(world) == {"Rau"}, (at, calls[at - 1])
        kept = world.store.currencies(TENANT)
        assert kept is not None
        assert kept.rates == {"eur": Decimal("0.8")}
        assert kept.problem == ""
