"""Looking who a rule that is being built is true of."""

import pytest

from funnel.domain.rule_json import rule_of
from funnel.domain.segments import Group
from funnel.usecases import look_at_rule as looking
from funnel.usecases.keep_lists import make_list, put_on_list
from funnel.usecases.look_at_rule import RuleLook, look_at_rule
from funnel.usecases.segment_fields import segment_fields
from tests.browser.world import FULL, World, make_world


@pytest.fixture(scope="module")
def world() -> World:
    return make_world()


def rule(world: World, *parts: dict[str, object], match: str = "all") -> Group:
    return rule_of({"match": match, "parts": list(parts)}, segment_fields(world.app, FULL))


def whole(world: World, wanted: Group) -> RuleLook:
    """All slices together; the people of the first."""
    look = look_at_rule(world.app, FULL, wanted)
    count, looked, people, cursor = look.count, look.looked, look.people, look.cursor
    while cursor:
        look = look_at_rule(world.app, FULL, wanted, cursor)
        count, looked, cursor = count + look.count, looked + look.looked, look.cursor
    return RuleLook(count, looked, people, "")


def test_everybody_is_looked_at_in_slices_whatever_their_size(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = rule(
        world, {"test": "field", "field": "last_name", "operator": "is", "values": "Müller"}
    )
    at_once = whole(world, wanted)
    assert at_once.looked > at_once.count > 3
    assert {one.name.split()[-1] for one in at_once.people} == {"Müller"}
    monkeypatch.setattr(looking, "SLICE", 7)
    monkeypatch.setattr(looking, "_AT_ONCE", 7)
    in_slices = whole(world, wanted)
    assert (in_slices.count, in_slices.looked) == (at_once.count, at_once.looked)


def test_a_slice_ends_when_its_time_is_up(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "_AT_ONCE", 5)
    ticks = iter(range(0, 1_000, 2))
    look = look_at_rule(world.app, FULL, rule(world), seconds=lambda: float(next(ticks)))
    assert (look.count, look.looked, bool(look.cursor)) == (10, 10, True)


def test_a_behaviour_that_nobody_counts_yet_is_counted_from_what_people_did(world: World) -> None:
    test = {"test": "behaviour", "kind": "page view", "page": "/pricing", "least": 3}
    look = whole(world, rule(world, test))
    assert [one.person_id for one in look.people] == ["person-0"]
    never = {**test, "least": 99}
    assert whole(world, rule(world, never)).count == 0


def test_lists_of_every_kind_count(world: World) -> None:
    by_hand = make_list(world.app, FULL, "look", "By hand", "Mo").list_id
    target = whole(world, rule(world, {"test": "list", "list": "fair"}))
    assert target.count > 0
    put_on_list(world.app, FULL, by_hand, ["anneliese", "person-1"])  # type: ignore[list-item]
    hand = whole(world, rule(world, {"test": "list", "list": by_hand}))
    assert sorted(one.person_id for one in hand.people) == ["anneliese", "person-1"]
