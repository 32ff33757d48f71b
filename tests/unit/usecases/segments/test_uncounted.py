"""Who is in a segment that asks for behaviour stays as it is until that is counted for the person."""

from dataclasses import replace
from typing import Any

import pytest

from funnel.domain.lists.lists import PeopleList
from funnel.ports.marketing_messages import Rescore
from funnel.usecases.people.edit_person import edit_person
from funnel.usecases.segments.keep_segments import add_segment, change_segment
from tests.fakes.world import TENANT, World
from tests.unit.usecases.segments.segmenting import (
    BY,
    company,
    names_in,
    person,
    segment,
    test_of,
    views,
    visited,
)


@pytest.fixture
def world() -> World:
    """Pia has seen prices, Rau something else, and Ott nothing."""
    world = company()
    views(world, person(world, "Pia"), "/pricing")
    views(world, person(world, "Rau"), "/jobs")
    return world


def rule(*parts: dict[str, Any], match: str = "all") -> dict[str, Any]:
    return {"match": match, "parts": list(parts)}


NOT_PRICES = rule(visited("/pricing"), match="none")


def before_counting(world: World) -> list[Rescore]:
    """All is done but what works out scores; that is held back."""
    held: list[Rescore] = []
    while (message := world.queue.pop_next()) is not None:
        if isinstance(message, Rescore):
            held.append(message)
        else:
            world.handle(message)
    return held


def go_on(world: World, held: list[Rescore]) -> None:
    """Now they are counted."""
    for message in held:
        world.handle(message)
    world.drain()


def not_counted(world: World, made: PeopleList, wanted: dict[str, Any]) -> list[Rescore]:
    """The segment has this rule now, worked out before anything is counted for it."""
    change_segment(world.app, TENANT, made.list_id, BY, rule=wanted)
    return before_counting(world)


def test_nobody_gets_in_for_not_having_done_what_is_not_counted_yet(world: World) -> None:
    made = add_segment(world.app, TENANT, "k", "S", NOT_PRICES, BY)
    held = before_counting(world)
    # Who never did anything did not do this either.
    assert names_in(world, made.list_id) == {"Ott"}
    go_on(world, held)
    assert names_in(world, made.list_id) == {"Ott", "Rau"}


def test_nobody_leaves_because_what_they_did_is_not_counted_yet(world: World) -> None:
    made = segment(world, "S", test_of("last_name", "is", "Pia", "Ott", "Rau"))
    held = not_counted(world, made, rule(visited("/pricing")))
    assert names_in(world, made.list_id) == {"Pia", "Rau"}
    go_on(world, held)
    assert names_in(world, made.list_id) == {"Pia"}


def test_who_stays_in_has_not_come_anew(world: World) -> None:
    made = segment(world, "S", test_of("last_name", "is", "Pia"))
    (before,) = world.store.members(TENANT, made.list_id, 9).items
    world.clock.advance(3_600)
    go_on(world, not_counted(world, made, rule(visited("/pricing"))))
    assert list(world.store.members(TENANT, made.list_id, 9).items) == [before]


def test_a_change_of_the_person_meanwhile_decides_nothing_that_is_not_counted(world: World) -> None:
    made = add_segment(
        world.app, TENANT, "k", "S", rule(rule(test_of("city", "is", "Ulm"), NOT_PRICES)), BY
    )
    other = add_segment(world.app, TENANT, "o", "O", rule(test_of("city", "is", "Ulm")), BY)
    held = before_counting(world)
    for name in ("Pia", "Rau"):
        edit_person(world.app, TENANT, person(world, name), {"city": "Ulm"}, BY)
    held += before_counting(world)
    assert names_in(world, made.list_id) == set()
    assert names_in(world, other.list_id) == {"Pia", "Rau"}
    go_on(world, held)
    assert names_in(world, made.list_id) == {"Rau"}


def test_what_somebody_does_meanwhile_has_that_person_counted_at_once(world: World) -> None:
    made = add_segment(world.app, TENANT, "k", "S", rule(visited("/pricing", least=2)), BY)
    held = before_counting(world)
    assert names_in(world, made.list_id) == set()
    views(world, person(world, "Pia"), "/pricing")
    assert names_in(world, made.list_id) == {"Pia"}
    go_on(world, held)
    assert names_in(world, made.list_id) == {"Pia"}


def test_what_another_segment_had_dropped_counts_for_nothing_until_it_is_counted_again(
    world: World,
) -> None:
    made = segment(world, "S", visited("/pricing"))
    rules = world.store.scoring_rules(TENANT)
    world.store.save_scoring_rules(replace(rules, behaviours=()))
    edit_person(world.app, TENANT, person(world, "Rau"), {"city": "Ulm"}, BY)
    world.drain()
    assert names_in(world, made.list_id) == {"Pia"}
    other = segment(world, "O", *NOT_PRICES["parts"], match="none")
    assert names_in(world, made.list_id) == {"Pia"}
    assert names_in(world, other.list_id) == {"Ott", "Rau"}
