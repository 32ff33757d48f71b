"""A campaign for who comes later only: nobody who was there before comes in for being worked out late."""

from typing import Any

import pytest

from funnel.domain.campaigns.campaigns import Campaign, Comes, Start
from funnel.domain.errors import InputInvalid
from funnel.domain.ids import ListId, PersonId
from funnel.domain.lists.lists import ListKind, PeopleList
from funnel.ports.marketing_messages import Rescore
from funnel.usecases.campaigns.campaign_known import problems_of
from funnel.usecases.campaigns.keep_campaigns import (
    add_campaign,
    change_campaign,
    pause_campaign,
    resume_campaign,
    start_campaign,
)
from funnel.usecases.segments.keep_segments import add_segment, change_segment
from tests.fakes.world import TENANT
from tests.unit.usecases.campaigns.campaigning import SEND, Campaigning, steps_of
from tests.unit.usecases.segments.segmenting import test_of, visited

NAMED = test_of("last_name", "is filled in")
WAITS = "It is still being worked out who is on “All”."


@pytest.fixture
def world() -> Campaigning:
    """Three people who have been there for a day."""
    world = Campaigning()
    for n in range(3):
        world.person(f"old{n}@example.test")
    world.work()
    world.clock.advance(86_400)
    return world


def rule(*parts: dict[str, Any], match: str = "all") -> dict[str, Any]:
    return {"match": match, "parts": list(parts)}


def everybody(world: Campaigning, *parts: dict[str, Any], match: str = "all") -> ListId:
    """A segment that nobody has worked out yet."""
    return add_segment(world.app, TENANT, "s", "All", rule(*parts, match=match), "Mo").list_id


def for_newcomers(world: Campaigning, segment: ListId, *, present: bool = False) -> Campaign:
    start = Start(Comes.LIST, segment, present=present)
    draft = world.draft(steps_of({SEND: world.send}), start=start)
    return add_campaign(world.app, TENANT, "k", draft, "Mo")


def go(world: Campaigning, campaign: Campaign) -> Campaign:
    world.clock.advance(30)
    return start_campaign(world.app, TENANT, campaign.campaign_id, campaign.version, "Mo")


def mailed(world: Campaigning) -> set[PersonId]:
    people = world.store.list_people(TENANT, "", 99).items
    return {one.person_id for one in people if world.mails(one.person_id)}


def refused(world: Campaigning, campaign: Campaign) -> None:
    """That it does not start yet, and nobody is mailed for having tried."""
    with pytest.raises(InputInvalid) as error:
        go(world, campaign)
    assert (error.value.text, mailed(world)) == (WAITS, set())


def test_it_starts_once_its_segment_is_worked_out_and_mails_who_comes_then(
    world: Campaigning,
) -> None:
    campaign = for_newcomers(world, everybody(world, NAMED))
    refused(world, campaign)
    world.work()
    go(world, campaign)
    world.work()
    world.tick(hours=1)
    assert mailed(world) == set()
    new = world.person("new@example.test")
    world.work()
    assert mailed(world) == {new}


def test_it_waits_for_a_rule_that_was_changed(world: Campaigning) -> None:
    segment = everybody(world, test_of("last_name", "is", "nobody"))
    world.work()
    campaign = for_newcomers(world, segment)
    change_segment(world.app, TENANT, segment, "Mo", rule=rule(NAMED))
    refused(world, campaign)
    world.work()
    go(world, campaign)
    world.work()
    assert mailed(world) == set()


def test_it_waits_for_behaviour_to_be_counted(world: Campaigning) -> None:
    campaign = for_newcomers(world, everybody(world, visited("/demo"), match="none"))
    held = []
    while (message := world.world.queue.pop()) is not None:
        if isinstance(message, Rescore):
            held.append(message)
        else:
            world.world.handle(message)
    refused(world, campaign)
    for message in held:
        world.world.handle(message)
    world.work()
    go(world, campaign)
    world.work()
    assert mailed(world) == set()


def test_it_waits_for_a_target_list_to_be_read(world: Campaigning) -> None:
    now, fair = world.clock.now(), ListId("fair")
    world.store.save_list(PeopleList(TENANT, fair, ListKind.TARGET, "All", now, now))
    refused(world, for_newcomers(world, fair))


def test_one_for_all_who_are_there_need_not_wait(world: Campaigning) -> None:
    campaign = for_newcomers(world, everybody(world, NAMED), present=True)
    go(world, campaign)
    world.work()
    world.tick(minutes=3)
    assert len(mailed(world)) == 4


def test_one_that_runs_is_changed_and_resumed_while_its_segment_is_worked_out(
    world: Campaigning,
) -> None:
    segment = everybody(world, NAMED)
    world.work()
    running = go(world, for_newcomers(world, segment))
    world.work()
    add_segment(world.app, TENANT, "other", "Other", rule(NAMED), "Mo")
    assert problems_of(world.app, running) == ()
    own = (world.app, TENANT, running.campaign_id)
    draft = world.draft(steps_of({SEND: world.send}), start=running.start)
    changed = change_campaign(*own, draft, running.version, "Mo")
    paused = pause_campaign(*own, changed.version, "Mo")
    resume_campaign(*own, paused.version, "Mo")
    world.work()
    assert mailed(world) == set()
