"""Overlays: points for the members of a segment, in the explanation, and taken back."""

import pytest

from funnel.domain.errors import Conflict, InputInvalid
from funnel.domain.scoring.scoring import Rule
from funnel.domain.tracking.activities import Activity, ActivityKind, SubjectId
from funnel.usecases.people.edit_person import edit_person
from funnel.usecases.segments.keep_overlays import (
    OverlayChanges,
    add_overlay,
    change_overlay,
    delete_overlay,
)
from funnel.usecases.segments.keep_segments import change_segment, delete_segment, retire_segment
from funnel.usecases.tracking.record_activities import record_activities
from tests.fakes.world import TENANT, World
from tests.unit.usecases.segments.segmenting import (
    BY,
    company,
    person,
    score_of,
    segment,
    test_of,
    views,
    visited,
)

PRICES = Rule("", "Prices", ActivityKind.PAGE_VIEW, 7, page="/pricing")


@pytest.fixture
def world() -> World:
    return company()


def names_of(world: World, name: str) -> list[tuple[str, int]]:
    """A person's lines: their names and points."""
    who = person(world, name)
    found = world.store.scores(TENANT, [who]).get(who)
    return [(line.name, line.points) for line in found.lines] if found else []


def test_members_have_points_without_having_done_anything(world: World) -> None:
    bonn = segment(world, "Bonn", test_of("city", "is", "Bonn"))
    add_overlay(world.app, TENANT, bonn.list_id, OverlayChanges("From Bonn", 25), BY)
    world.drain()
    assert names_of(world, "Pia") == [("From Bonn", 25)]
    assert names_of(world, "Ott") == []


def test_joining_gives_and_leaving_takes_back(world: World) -> None:
    bonn = segment(world, "Bonn", test_of("city", "is", "Bonn"))
    add_overlay(world.app, TENANT, bonn.list_id, OverlayChanges("From Bonn", 25), BY)
    world.drain()
    who = person(world, "Ott")
    edit_person(world.app, TENANT, who, {"city": "Bonn"}, BY)
    world.drain()
    assert score_of(world, who) == 25
    edit_person(world.app, TENANT, who, {"city": None}, BY)
    world.drain()
    assert score_of(world, who) == 0
    assert names_of(world, "Ott") == []


def test_rules_of_an_overlay_count_for_members_alone_and_for_what_was_before(world: World) -> None:
    pia, ott = person(world, "Pia"), person(world, "Ott")
    for who in (pia, ott):
        views(world, who, "/pricing")
    before = score_of(world, pia)
    bonn = segment(world, "Bonn", test_of("city", "is", "Bonn"))
    made = add_overlay(world.app, TENANT, bonn.list_id, OverlayChanges("Bonn", 0, [PRICES]), BY)
    world.drain()
    assert (score_of(world, pia), score_of(world, ott)) == (before + 7, before)
    assert ("Bonn: Prices", 7) in names_of(world, "Pia")
    views(world, pia, "/pricing")
    assert ("Bonn: Prices", 14) in names_of(world, "Pia")
    change_overlay(world.app, TENANT, made.overlay_id, OverlayChanges(points=3, rules=[]), BY)
    world.drain()
    assert ("Bonn", 3) in names_of(world, "Pia")
    delete_overlay(world.app, TENANT, made.overlay_id, BY)
    world.drain()
    assert score_of(world, pia) == score_of(world, ott) + 1  # one more page viewed


def test_another_rule_of_the_segment_moves_the_points(world: World) -> None:
    bonn = segment(world, "Bonn", test_of("city", "is", "Bonn"))
    add_overlay(world.app, TENANT, bonn.list_id, OverlayChanges("Overlay", 25), BY)
    world.drain()
    rule = {"match": "none", "parts": [test_of("city", "is", "Bonn")]}
    change_segment(world.app, TENANT, bonn.list_id, BY, rule=rule)
    world.drain()
    assert names_of(world, "Pia") == []
    assert names_of(world, "Ott") == [("Overlay", 25)]
    retire_segment(world.app, TENANT, bonn.list_id, BY, retired=True)
    world.drain()
    assert names_of(world, "Ott") == []


def test_what_somebody_did_brings_them_into_the_segment_and_its_points(world: World) -> None:
    keen = segment(world, "Keen", visited("/pricing", least=2))
    add_overlay(world.app, TENANT, keen.list_id, OverlayChanges("Keen", 40), BY)
    world.drain()
    who = person(world, "Ott")
    views(world, who, "/pricing")
    assert ("Keen", 40) not in names_of(world, "Ott")
    views(world, who, "/pricing")
    assert ("Keen", 40) in names_of(world, "Ott")


def test_a_segment_that_asks_for_the_score_has_no_overlay_and_the_other_way_round(
    world: World,
) -> None:
    warm = segment(world, "Warm", test_of("score", "is at least", "5"))
    with pytest.raises(InputInvalid, match="asks for the score"):
        add_overlay(world.app, TENANT, warm.list_id, OverlayChanges("Loop", 5), BY)
    bonn = segment(world, "Bonn", test_of("city", "is", "Bonn"))
    made = add_overlay(world.app, TENANT, bonn.list_id, OverlayChanges("Bonn", 5), BY)
    rule = {"parts": [{"parts": [test_of("score", "is at least", "5")]}]}
    with pytest.raises(InputInvalid, match="overlay"):
        change_segment(world.app, TENANT, bonn.list_id, BY, rule=rule)
    with pytest.raises(Conflict, match="overlay"):
        delete_segment(world.app, TENANT, bonn.list_id, BY)
    delete_overlay(world.app, TENANT, made.overlay_id, BY)
    change_segment(world.app, TENANT, bonn.list_id, BY, rule=rule)
    change_segment(world.app, TENANT, warm.list_id, BY, rule={"parts": []})
    add_overlay(world.app, TENANT, warm.list_id, OverlayChanges("Now", 5), BY)
    world.drain()
    assert score_of(world, person(world, "Ott")) == 5


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        (OverlayChanges("Nothing", 0), "points"),
        (OverlayChanges("Much", 1001), "points"),
        (OverlayChanges("", 5), "name"),
        (OverlayChanges("Rule", 5, [Rule("", "", ActivityKind.FORM, 5)]), "rules.0.name"),
    ],
)
def test_an_overlay_gives_something(world: World, changes: OverlayChanges, field: str) -> None:
    bonn = segment(world, "Bonn", test_of("city", "is", "Bonn"))
    with pytest.raises(InputInvalid) as caught:
        add_overlay(world.app, TENANT, bonn.list_id, changes, BY)
    assert caught.value.field == field


def test_points_that_a_campaign_gives_have_a_line_of_their_own(world: World) -> None:
    who = person(world, "Ott")
    about = {"campaign": "c", "step": "s", "points": "12", "name": "Nurture: trial"}
    given = Activity(TENANT, SubjectId(who), "a1", ActivityKind.POINTS, world.clock.now(), about)
    for _ in range(2):
        record_activities(world.app, TENANT, SubjectId(who), [given])
    assert names_of(world, "Ott") == [("Nurture: trial", 12)]
    views(world, who, "/pricing")
    assert ("Nurture: trial", 12) in names_of(world, "Ott")
