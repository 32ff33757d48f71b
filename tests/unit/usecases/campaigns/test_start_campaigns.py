"""The schedule's look at all campaigns rings as it finds, stops in time, and begins elsewhere then."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import pytest

from funnel.domain.campaigns.campaigns import (
    Campaign,
    CampaignHead,
    CampaignId,
    CampaignState,
    Step,
    StepId,
)
from funnel.domain.campaigns.campaigns import Wait as Pause
from funnel.domain.campaigns.enrolments import begun
from funnel.domain.ids import PersonId, TenantId
from funnel.ports.marketing_messages import WalkCampaigns
from funnel.usecases.campaigns import start_campaigns as module
from funnel.usecases.campaigns.start_campaigns import start_campaigns, turned
from tests.fakes.world import World

pytestmark = pytest.mark.feature("D9")
TENANTS = [TenantId(f"tenant-{n:02}") for n in range(12)]


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    """Each tenant has a campaign with one person who is due; two campaigns are asked for at once."""
    monkeypatch.setattr(module, "AT_ONCE", 2)
    world = World()
    now = world.clock.now()
    for tenant in TENANTS:
        step = StepId("s")
        campaign = Campaign(
            tenant, CampaignId("c"), "Trial", now, now, "Mo", state=CampaignState.RUNNING,
            first=step, steps={step: Step(step, Pause(60))}, started_at=now,
        )  # fmt: skip
        saved = world.store.save_campaign(campaign)
        change = begun(saved, None, PersonId("p"), now, "by hand")
        assert world.store.write_enrolments(tenant, [change]) == [True]
    return world


def rung(world: World) -> list[TenantId]:
    """For whom was rung since."""
    found = []
    while (message := world.queue.pop()) is not None:
        if isinstance(message, WalkCampaigns):
            found.append(message.tenant)
    return found


def looks(number: int) -> Callable[[], float]:
    """Time for so many looks."""
    left = iter([1.0] * number)
    return lambda: next(left, 0.0)


def test_it_rings_as_it_finds_so_that_a_look_that_dies_has_rung_for_those_before(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, asked = world.store.due_parts, []

    def due_parts(heads: Sequence[CampaignHead], until: datetime) -> list[tuple[CampaignHead, int]]:
        asked.append(heads)
        if len(asked) == 3:
            raise TimeoutError
        return whole(heads, until)

    monkeypatch.setattr(world.store, "due_parts", due_parts)
    with pytest.raises(TimeoutError):
        start_campaigns(world.app)
    assert len(rung(world)) == 4


def test_it_stops_in_time_and_says_how_many_it_did_not_look_at(world: World) -> None:
    found = start_campaigns(world.app, looks(3))
    assert (found["rung"], found["left"]) == (6, 6)
    assert len(rung(world)) == 6
    found = start_campaigns(world.app)
    assert (found["rung"], found["left"]) == (12, 0)


def test_no_tenant_starves_where_each_minute_has_time_for_a_quarter(world: World) -> None:
    met: set[TenantId] = set()
    for _ in range(10):
        start_campaigns(world.app, looks(2))
        met |= set(rung(world))
        world.clock.advance(60)
    assert met == set(TENANTS)


def test_each_minute_has_its_own_order_with_everybody_in_it(world: World) -> None:
    heads = world.store.all_running()
    orders = [turned(heads, minute) for minute in range(20)]
    assert all(sorted(one.tenant for one in order) == TENANTS for order in orders)
    assert {order[0].tenant for order in orders} == set(TENANTS)
    assert turned([], 7) == []


def test_time_that_is_up_leaves_who_is_overdue_uncounted(world: World) -> None:
    world.clock.advance(timedelta(hours=2).total_seconds())
    world.clock.advance((-int(world.clock.now().timestamp())) % 300)
    # Six looks for who is due, and time for three parts more.
    assert start_campaigns(world.app, looks(9))["late"] == 3
    assert start_campaigns(world.app)["late"] == 12
