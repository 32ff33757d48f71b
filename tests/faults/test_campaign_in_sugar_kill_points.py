"""Syncing a campaign dies at every call of every port, before it and with the reply lost."""

import pytest

from funnel.domain.errors import SugarUnavailable
from funnel.domain.ids import Module, PersonId, RecordKey, SugarId
from funnel.domain.sync.runs import RunKind
from funnel.ports.sync_messages import PushDue
from tests.fakes.faulty import Moment, Plan
from tests.fakes.snapshot import made_once
from tests.fakes.world import TENANT, World
from tests.faults.dying import kill_points
from tests.faults.scene import Scene, dying
from tests.unit.usecases.campaigns_in_sugar.in_sugar_scene import (
    SPRING,
    add_campaign,
    change,
    come_in,
    go_out,
    head,
    members,
    row_of,
)

STAYS, LEAVES, CONVERTED = "l10", "l05", "l06"


@made_once
def begun() -> tuple[World, dict[str, PersonId]]:
    """People have come into a campaign that Sugar knows nothing of."""
    scene = Scene(Plan())
    world = scene.world
    world.change(read_only=False, user_id=SugarId("u0"))
    scene.sync(RunKind.INITIAL)
    add_campaign(world)
    people = {sugar_id: person(scene, sugar_id) for sugar_id in (STAYS, LEAVES, CONVERTED)}
    for person_id in people.values():
        come_in(world, person_id)
    return world, people


def story(plan: Plan, at: int = 0) -> Scene:
    """It is synced; one leaves, one becomes a Contact, the campaign is renamed; a day goes by."""
    world, people = begun()
    scene = Scene(plan, world)
    dying(plan, at)
    tell(scene)
    go_out(world, people[LEAVES])
    change(world, name="Summer")
    world.clock.advance(60)
    email = world.sugar.tables[Module.LEADS][SugarId(CONVERTED)].fields["email1"]
    world.sugar.put(Module.CONTACTS, "c9", last_name="New", email1=email, account_id="a0")
    world.sugar.put(Module.LEADS, CONVERTED, converted=True, contact_id="c9")
    scene.sync(RunKind.HOURLY)
    tell(scene)
    world.clock.advance(90_000)
    tell(scene)
    return scene


def tell(scene: Scene) -> None:
    """The worker that writes to Sugar, who may die."""
    scene.world.queue.send(PushDue(TENANT))
    scene.drain()


def person(scene: Scene, sugar_id: str) -> PersonId:
    key = RecordKey(Module.LEADS, SugarId(sugar_id))
    return scene.world.store.records(TENANT, [key])[key].person_id


def check(scene: Scene, where: str) -> None:
    world = scene.world
    assert len(world.sugar.campaigns) == len(world.sugar.target_lists) == 1, where
    fields = world.sugar.campaigns[head(world).sugar_id].fields
    assert fields["name"] == world.sugar.target_lists[head(world).list_id].name == "Summer", where
    assert world.sugar.uses == {head(world).sugar_id: {head(world).list_id}}, where
    assert members(world) == {f"Leads/{STAYS}", "Contacts/c9"}, where
    for sugar_id in (STAYS, CONVERTED):
        row = row_of(world, person(scene, sugar_id))
        assert row is not None, where
        assert (row.ours, row.due_at, row.adding) == (True, None, None), where
    assert row_of(world, person(scene, LEAVES)) is None, where
    assert world.store.members_due(TENANT, SPRING, 5).items == [], where


CALLS = story(Plan()).plan.calls
OF_CAMPAIGNS = (
    "held", "create", "update", "relate", "members", "add_members", "remove_members", "existing",
)  # fmt: skip
OWN = [
    at
    for at in kill_points(CALLS)
    if CALLS[at - 1].startswith(("campaigns_in_sugar.", *(f"crm.{name}" for name in OF_CAMPAIGNS)))
]
"""Pulling and pushing have kill points of their own."""


def test_the_story_ends_well_when_nobody_dies() -> None:
    check(story(Plan()), "nowhere")
    assert {"crm.create", "crm.relate", "crm.add_members", "crm.remove_members"} <= set(CALLS)


@pytest.mark.parametrize("moment", Moment)
def test_syncing_a_campaign_that_dies_anywhere_makes_one_of_each_and_settles(
    moment: Moment,
) -> None:
    for at in OWN:
        scene = story(Plan(moment=moment), at)
        where = f"call {at}, {CALLS[at - 1]}, {moment}"
        assert scene.plan.happened, where
        check(scene, where)
        assert scene.redelivered <= 2, where


@pytest.mark.parametrize("moment", Moment)
def test_a_sugar_that_fails_at_any_call_has_one_of_each_in_the_end(moment: Moment) -> None:
    for at in (n for n in OWN if CALLS[n - 1].startswith("crm.")):
        plan = Plan(moment=moment, failure=lambda: SugarUnavailable("cut off"))
        scene = story(plan, at)
        for _ in range(2):
            scene.world.clock.advance(3_600)
            tell(scene)
        scene.world.clock.advance(90_000)
        tell(scene)
        check(scene, f"call {at}, {CALLS[at - 1]}, {moment}")
