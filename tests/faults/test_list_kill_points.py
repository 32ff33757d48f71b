"""Choosing fields, and working everybody out anew, die at every call and still end right."""

import pytest

from funnel.domain.ids import Module, SugarId
from funnel.domain.sync.runs import RunKind
from funnel.usecases.lists.recompute_lists import choose_fields
from tests.fakes.faulty import Crash, Moment, Plan
from tests.fakes.world import TENANT
from tests.faults.dying import kill_points
from tests.faults.scene import Scene, synced
from tests.property.list_reference import check_lists

FIELDS = ["account_industry", "lead_source"]


def chosen(plan: Plan, at: int = 0) -> Scene:
    """Fields are chosen after a first sync; who dies while choosing chooses again or not."""
    scene = Scene(plan, synced())
    plan.calls.clear()
    plan.at = at
    try:
        choose_fields(scene.mortal, TENANT, FIELDS, "Ada")
    except Crash:
        plan.revived = True
    scene.drain()
    return scene


def relinked(plan: Plan, at: int = 0) -> Scene:
    """An Opportunity goes from some Contacts to others, and back."""
    scene = Scene(plan, synced())
    plan.calls.clear()
    plan.at = at
    for hour in range(2):
        scene.world.clock.advance(3_600)
        deal = scene.world.sugar.put(Module.OPPORTUNITIES, "o0", name="Deal", sales_stage="Open")
        deal.contact_ids = (SugarId("c3"), SugarId("c5")) if hour == 0 else (SugarId("c0"),)
        scene.sync(RunKind.HOURLY)
    return scene


CALLS = {
    "chosen": chosen(Plan()).plan.calls,
    "relinked": relinked(Plan()).plan.calls,
}


@pytest.mark.parametrize("moment", Moment)
def test_choosing_fields_dies_anywhere_and_lists_are_what_the_settings_say(moment: Moment) -> None:
    for at in kill_points(CALLS["chosen"]):
        scene = chosen(Plan(moment=moment), at)
        assert scene.plan.happened
        check_lists(scene.world.store)
        settings = scene.world.store.list_settings(TENANT)
        assert settings.recompute is None or settings.recompute.finished_at


@pytest.mark.parametrize("moment", Moment)
def test_an_opportunity_that_changes_contacts_dies_anywhere(moment: Moment) -> None:
    for at in kill_points(CALLS["relinked"]):
        scene = relinked(Plan(moment=moment), at)
        assert scene.plan.happened
        check_lists(scene.world.store)
        known = scene.world.store.opportunity_contacts(TENANT, [SugarId("o0")])
        assert known[SugarId("o0")].contact_ids == {"c0"}


def test_the_kill_points_cover_every_step_of_lists() -> None:
    calls = set(chosen(Plan()).plan.calls) | set(relinked(Plan()).plan.calls)
    assert {
        "lists.save_list_settings",
        "lists.move",
        "lists.link_contacts",
        "records.list_people",
        "queue.send",
    } <= calls
