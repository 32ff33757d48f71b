"""Segments, overlays and lists made by hand die at every call and still end right."""

from collections.abc import Callable

import pytest

from funnel.domain.ids import Module, PersonId
from funnel.domain.sync.runs import RunKind
from funnel.domain.tracking.activities import Activity, ActivityKind, SubjectId
from funnel.usecases.lists.keep_lists import make_list, put_on_list
from funnel.usecases.people.edit_person import edit_person
from funnel.usecases.segments.keep_overlays import OverlayChanges, add_overlay
from funnel.usecases.segments.keep_segments import add_segment, delete_segment
from funnel.usecases.tracking.record_activities import record_activities
from tests.fakes.faulty import Crash, Moment, Plan
from tests.fakes.snapshot import made_once
from tests.fakes.world import TENANT, World
from tests.faults.dying import kill_points
from tests.faults.scene import Scene
from tests.property.segment_reference import check_segments

BY = "Maria"
VISITED = {"test": "behaviour", "kind": "page view", "page": "/pricing"}
BONN = {"test": "field", "field": "city", "operator": "is", "values": ["Bonn"]}


@made_once
def _company() -> World:
    """With people in Bonn and Ulm."""
    scene = Scene(Plan())
    for n in range(3):
        name, city = f"B{n}", "Bonn" if n else "Ulm"
        scene.world.sugar.put(
            Module.LEADS, f"b{n}", last_name=name, email1=f"b{n}@x.test", primary_address_city=city
        )
    scene.sync(RunKind.INITIAL)
    return scene.world


def _scene(plan: Plan) -> Scene:
    """A company of which nobody dies yet."""
    return Scene(plan, _company())


def _person(scene: Scene, name: str) -> PersonId:
    return scene.world.store.list_people(TENANT, name, 1).items[0].person_id


def _views(scene: Scene, name: str) -> None:
    who = SubjectId(_person(scene, name))
    at = scene.world.clock.now()
    one = Activity(TENANT, who, "v1", ActivityKind.PAGE_VIEW, at, {"path": "/pricing"})
    record_activities(scene.mortal, TENANT, who, [one])


def _act(scene: Scene, work: Callable[[], object], plan: Plan, at: int, *, again: bool) -> Scene:
    """Somebody does it and dies; what a queue brings is done `again`, what a person did is not."""
    plan.calls.clear()
    plan.at = at
    try:
        work()
    except Crash:
        plan.revived = True
        if again:
            work()
    scene.drain()
    return scene


def made(plan: Plan, at: int = 0) -> Scene:
    """A segment with a behaviour that is new, made again by whoever died."""
    scene = _scene(plan)
    _views(scene, "B0")
    rule = {"match": "any", "parts": [BONN, VISITED]}
    work = lambda: add_segment(scene.mortal, TENANT, "k", "S", rule, BY)  # noqa: E731
    return _act(scene, work, plan, at, again=True)


def deleted(plan: Plan, at: int = 0) -> Scene:
    """A segment is deleted by somebody who may not come back."""
    scene = _scene(plan)
    found = add_segment(scene.world.app, TENANT, "k", "S", {"parts": [BONN]}, BY)
    scene.drain()
    work = lambda: delete_segment(scene.mortal, TENANT, found.list_id, BY)  # noqa: E731
    return _act(scene, work, plan, at, again=False)


def edited(plan: Plan, at: int = 0) -> Scene:
    """Somebody comes into a segment with an overlay, by an edit."""
    scene = _scene(plan)
    found = add_segment(scene.world.app, TENANT, "k", "S", {"parts": [BONN]}, BY)
    add_overlay(scene.world.app, TENANT, found.list_id, OverlayChanges("O", 9), BY)
    scene.drain()
    who = _person(scene, "B0")
    work = lambda: edit_person(scene.mortal, TENANT, who, {"city": "Bonn"}, BY)  # noqa: E731
    return _act(scene, work, plan, at, again=False)


def visited(plan: Plan, at: int = 0) -> Scene:
    """Somebody comes into a segment by what they do."""
    scene = _scene(plan)
    found = add_segment(scene.world.app, TENANT, "k", "S", {"parts": [VISITED]}, BY)
    add_overlay(scene.world.app, TENANT, found.list_id, OverlayChanges("O", 9), BY)
    scene.drain()
    return _act(scene, lambda: _views(scene, "B0"), plan, at, again=True)


def put(plan: Plan, at: int = 0) -> Scene:
    """Some are put on a list made by hand that a segment asks for."""
    scene = _scene(plan)
    by_hand = make_list(scene.world.app, TENANT, "k", "L", BY).list_id
    rule = {"parts": [{"test": "list", "list": by_hand}]}
    add_segment(scene.world.app, TENANT, "k", "S", rule, BY)
    scene.drain()
    who = [_person(scene, "B0"), _person(scene, "B1")]
    return _act(
        scene, lambda: put_on_list(scene.mortal, TENANT, by_hand, who), plan, at, again=True
    )


STORIES = {one.__name__: one for one in (made, deleted, edited, visited, put)}
CALLS = {name: story(Plan()).plan.calls for name, story in STORIES.items()}


def _check_points(scene: Scene) -> None:
    """Whoever is in the segment has the points of its overlay, and nobody else."""
    store = scene.world.store
    overlays = store.scoring_rules(TENANT).overlays
    for person in store.list_people(TENANT, "", 100).items:
        score = store.scores(TENANT, [person.person_id]).get(person.person_id)
        names = [line.name for line in score.lines] if score else []
        lists = store.standings(TENANT, [person.person_id])[person.person_id].lists
        for one in overlays:
            assert (one.name in names) == (one.segment in lists), person.name


@pytest.mark.parametrize("moment", Moment)
@pytest.mark.parametrize("name", STORIES)
def test_it_dies_anywhere_and_everybody_is_where_the_rules_say(name: str, moment: Moment) -> None:
    for at in kill_points(CALLS[name]):
        scene = STORIES[name](Plan(moment=moment), at)
        assert scene.plan.happened
        check_segments(scene.world.store, scene.world.clock.now())
        _check_points(scene)


def test_the_kill_points_cover_every_step_of_segments() -> None:
    calls = {call for story in STORIES.values() for call in story(Plan()).plan.calls}
    assert {
        "lists.save_list",
        "lists.delete_list",
        "lists.segment_rules",
        "lists.move",
        "lists.standings",
        "lists.save_list_settings",
        "scoring.save_scoring_rules",
        "scoring.save_rescoring",
        "activities.write",
        "queue.send",
    } <= calls
