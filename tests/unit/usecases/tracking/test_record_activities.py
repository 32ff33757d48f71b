"""Activities are written once, and the score follows."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from funnel.domain.errors import NotFound, StoreBusy
from funnel.domain.tracking.activities import ActivityKind, Signal, SubjectId
from funnel.usecases.app import App
from funnel.usecases.segments.follow_scores import rescore_people
from funnel.usecases.tracking.attach_subject import attach_subject
from funnel.usecases.tracking.record_activities import record_activities
from funnel.usecases.tracking.relabel_activity import relabel
from tests.fakes.system import START
from tests.fakes.world import TENANT, World
from tests.unit.usecases.scoring.scoring import (
    ADA,
    BEN,
    CLICK,
    FORM,
    VIEW,
    VISITOR,
    bot,
    days,
    did,
    merge,
    points,
    score_of,
    with_people,
    with_rules,
)


@pytest.fixture
def world() -> World:
    """Two people and two rules: 1 for a page, 20 for a form."""
    world = with_people(World(), ADA, BEN)
    with_rules(world, VIEW, FORM)
    return world


def record(world: World, subject: str, *names: str) -> None:
    """Record page views of these names."""
    some = [did(subject, name) for name in names]
    record_activities(world.app, TENANT, SubjectId(subject), some)


def test_what_a_person_does_counts_once_however_often_it_arrives(world: World) -> None:
    record(world, ADA, "a1", "a2")
    record(world, ADA, "a2", "a3", "a3")
    record(world, ADA, "a1")
    assert points(world) == 3
    listed = world.store.list_activities(TENANT, SubjectId(ADA), 9).items
    assert sorted(one.activity_id for one in listed) == ["a1", "a2", "a3"]


def test_a_score_names_its_reasons(world: World) -> None:
    some = [did(ADA, "a1"), did(ADA, "a2"), did(ADA, "f1", kind=ActivityKind.FORM)]
    record_activities(world.app, TENANT, SubjectId(ADA), some)
    score = score_of(world)
    assert score is not None
    lines = [(line.name, line.counted, line.points) for line in score.lines]
    assert lines == [("Viewed a page", 2, 2), ("Sent a form", 1, 20)]
    assert score.value == 22


def test_many_at_once_are_written_in_parts(world: World) -> None:
    record(world, ADA, *(f"a{n}" for n in range(120)))
    assert points(world) == 120


def test_machines_are_written_down_and_count_nothing(world: World) -> None:
    record_activities(world.app, TENANT, SubjectId(ADA), [bot(ADA, "a1"), did(ADA, "a2")])
    assert points(world) == 1
    assert len(world.store.list_activities(TENANT, SubjectId(ADA), 9).items) == 2


def test_a_first_score_of_nothing_is_not_written(world: World) -> None:
    record_activities(world.app, TENANT, SubjectId(ADA), [bot(ADA, "a1")])
    rescore_people(world.app, TENANT, [ADA, BEN])
    assert world.store.score_writes == 0


def test_what_belongs_to_another_is_refused(world: World) -> None:
    with pytest.raises(ValueError, match="another tenant or subject"):
        record_activities(world.app, TENANT, SubjectId(ADA), [did(BEN, "a1")])


def test_a_visitor_counts_for_whoever_it_turns_out_to_be(world: World) -> None:
    record(world, VISITOR, "v1", "v2")
    assert world.store.score_writes == 0
    record(world, ADA, "a1")
    attach_subject(world.app, TENANT, ADA, VISITOR)
    assert points(world) == 3
    record(world, VISITOR, "v3")
    assert points(world) == 4


def test_a_visitor_that_moves_takes_its_points_along(world: World) -> None:
    record(world, VISITOR, "v1", "v2")
    attach_subject(world.app, TENANT, ADA, VISITOR)
    assert attach_subject(world.app, TENANT, BEN, VISITOR) == ADA
    assert (points(world, ADA), points(world, BEN)) == (0, 2)
    record(world, VISITOR, "v3")
    assert (points(world, ADA), points(world, BEN)) == (0, 3)


def test_who_is_merged_gives_its_points_and_takes_them_back_when_parted(world: World) -> None:
    record(world, ADA, "a1")
    record(world, BEN, "b1", "b2")
    attach_subject(world.app, TENANT, BEN, VISITOR)
    record(world, VISITOR, "v1")
    merge(world, BEN, into=ADA)
    rescore_people(world.app, TENANT, [BEN])
    assert (points(world, ADA), points(world, BEN)) == (4, 0)
    record(world, VISITOR, "v2")
    assert (points(world, ADA), points(world, BEN)) == (5, 0)
    merge(world, BEN, into="")
    rescore_people(world.app, TENANT, [BEN])
    assert (points(world, ADA), points(world, BEN)) == (1, 4)


def test_a_merge_is_followed_by_the_next_activity_too(world: World) -> None:
    merge(world, BEN, into=ADA)
    record(world, BEN, "b1")
    assert (points(world, ADA), points(world, BEN)) == (1, 0)
    merge(world, BEN, into="")
    record(world, BEN, "b2")
    assert (points(world, ADA), points(world, BEN)) == (0, 2)


def test_two_merged_the_other_way_round_keep_all_points(world: World) -> None:
    record(world, ADA, "a1")
    record(world, BEN, "b1", "b2")
    merge(world, BEN, into=ADA)
    rescore_people(world.app, TENANT, [ADA, BEN])
    merge(world, BEN, into="")
    merge(world, ADA, into=BEN)
    rescore_people(world.app, TENANT, [ADA, BEN])
    assert (points(world, ADA), points(world, BEN)) == (0, 3)


def test_nobody_without_activities_is_written_by_a_merge(world: World) -> None:
    merge(world, BEN, into=ADA)
    rescore_people(world.app, TENANT, [ADA, BEN])
    assert world.store.score_rows == 0


def test_scoring_again_what_has_not_changed_writes_nothing(world: World) -> None:
    record(world, ADA, "a1")
    rows = world.store.score_rows
    assert rescore_people(world.app, TENANT, [ADA]) == 0
    assert world.store.score_rows == rows


def test_a_label_takes_points_and_gives_them_back(world: World) -> None:
    record(world, ADA, "a1", "a2")
    ada = SubjectId(ADA)
    after = relabel(world.app, TENANT, ada, "a1", START, Signal.SCANNER, "a burst", "")
    assert (after.signal, after.why, points(world)) == (Signal.SCANNER, "a burst", 1)
    relabel(world.app, TENANT, ada, "a1", START, Signal.SCANNER, "a burst", "")
    assert points(world) == 1
    relabel(world.app, TENANT, ada, "a1", START, Signal.HUMAN, "I know her", "Zoë")
    assert points(world) == 2
    relabel(world.app, TENANT, ada, "a1", START, Signal.SCANNER, "a burst", "")
    assert points(world) == 2
    with pytest.raises(NotFound):
        relabel(world.app, TENANT, ada, "a9", START, Signal.SCANNER, "", "")


def test_other_points_follow_without_reading_activities(world: World) -> None:
    record(world, ADA, "a1", "a2")
    with_rules(world, replace(VIEW, points=7), tallied=False)
    rescore_people(world.app, TENANT, [ADA])
    assert points(world) == 14


def test_other_rules_count_what_was_done_before(world: World) -> None:
    record(world, ADA, "a1", "a2")
    with_rules(world, replace(VIEW, rule_id="other", most=1))
    rescore_people(world.app, TENANT, [ADA])
    assert points(world) == 1
    record(world, ADA, "a3")
    assert points(world) == 1


def test_what_is_done_before_anybody_is_rescored_counts_by_the_new_rules(world: World) -> None:
    record(world, ADA, "a1")
    with_rules(world, replace(VIEW, rule_id="other", points=3))
    record(world, ADA, "a2")
    assert points(world) == 6


def test_points_expire_by_themselves(world: World) -> None:
    with_rules(world, replace(VIEW, days=2))
    record(world, ADA, "a1")
    score = score_of(world)
    assert score is not None
    assert score.recheck_at == START.replace(hour=0) + days(3)
    world.clock.set(score.recheck_at)
    rescore_people(world.app, TENANT, [ADA])
    assert points(world) == 0
    gone = score_of(world)
    assert gone is not None
    assert (gone.lines, gone.recheck_at, gone.changed_at) == ((), None, world.clock.now())


def test_points_that_weigh_each_other_up_expire_each_by_itself(world: World) -> None:
    minus = replace(VIEW, rule_id="minus", points=-1)
    with_rules(world, replace(VIEW, days=2), minus)
    record(world, ADA, "a1")
    score = score_of(world)
    assert score is not None
    assert (score.value, len(score.lines)) == (0, 2)
    assert score.recheck_at is not None
    world.clock.set(score.recheck_at)
    rescore_people(world.app, TENANT, [ADA])
    assert points(world) == -1


class Interrupted:
    """A store in which somebody else is faster, once or each time."""

    def __init__(self, world: World, other: Callable[[], object], *, once: bool = True) -> None:
        self._world = world
        self._other = other
        self._once = once
        self._happened = False

    def __getattr__(self, name: str) -> Any:
        return getattr(self._world.store, name)

    def write(self, tenant: Any, changes: Any) -> Any:
        """The other first."""
        if not self._happened:
            self._happened = self._once
            self._other()
        return self._world.store.write(tenant, changes)


def interrupted(world: World, other: Callable[[], object], *, once: bool = True) -> App:
    """An app whose writes come after another's."""
    store: Any = Interrupted(world, other, once=once)
    return replace(world.app, activities=store)


def test_two_devices_at_once_lose_nothing_though_no_score_stood_between_them(world: World) -> None:
    with_rules(world, VIEW, replace(FORM, points=-1), CLICK)
    for device in ("v1", "v2"):
        attach_subject(world.app, TENANT, ADA, SubjectId(device))
    nothing = [did("v2", "a"), did("v2", "b", kind=ActivityKind.FORM)]
    app = interrupted(world, lambda: record_activities(world.app, TENANT, SubjectId("v2"), nothing))
    click = did("v1", "c", kind=ActivityKind.EMAIL_CLICK)
    record_activities(app, TENANT, SubjectId("v1"), [click])
    score = score_of(world)
    assert score is not None
    assert [(one.rule, one.counted) for one in score.lines] == [
        ("view", 1),
        ("form", 1),
        ("click", 1),
    ]


def test_two_at_once_beyond_a_cap_are_both_counted_as_what_happened(world: World) -> None:
    with_rules(world, replace(VIEW, most=1))
    record(world, ADA, "a1")
    app = interrupted(world, lambda: record(world, ADA, "a2"))
    record_activities(app, TENANT, SubjectId(ADA), [did(ADA, "a3")])
    with_rules(world, replace(VIEW, most=0), tallied=False)
    rescore_people(world.app, TENANT, [ADA])
    assert points(world) == 3


def test_who_is_merged_away_meanwhile_loses_no_point(world: World) -> None:
    record(world, BEN, "b1")
    attach_subject(world.app, TENANT, BEN, VISITOR)

    def merged() -> None:
        merge(world, BEN, into=ADA)
        rescore_people(world.app, TENANT, [BEN, ADA])

    app = interrupted(world, merged)
    record_activities(app, TENANT, VISITOR, [did(VISITOR, "v1")])
    assert (points(world, ADA), points(world, BEN)) == (2, 0)


def test_who_is_merged_away_while_doing_something_for_the_first_time_loses_no_point(
    world: World,
) -> None:
    def merged() -> None:
        merge(world, BEN, into=ADA)
        assert rescore_people(world.app, TENANT, [BEN, ADA]) == 0

    app = interrupted(world, merged)
    record_activities(app, TENANT, SubjectId(BEN), [did(BEN, "b1")])
    assert (points(world, ADA), points(world, BEN)) == (1, 0)


def test_rules_that_change_meanwhile_hold_for_what_is_being_written(world: World) -> None:
    app = interrupted(world, lambda: with_rules(world, replace(VIEW, points=5), tallied=False))
    record_activities(app, TENANT, SubjectId(ADA), [did(ADA, "a1")])
    assert points(world) == 5


def test_a_person_known_only_afterwards_is_listed_with_the_next_activity(world: World) -> None:
    record(world, "carl", "c1")
    assert world.store.count_scored(TENANT) == 0
    with_people(world, "carl")
    record(world, "carl", "c2")
    assert world.store.scored_people(TENANT, 9).items == ["carl"]
    assert points(world, "carl") == 2


def test_whoever_meets_others_again_and_again_gives_up_for_now(world: World) -> None:
    def other() -> None:
        world.store.attach(TENANT, ADA, SubjectId(world.ids.new_id()))

    app = interrupted(world, other, once=False)
    with pytest.raises(StoreBusy):
        record_activities(app, TENANT, SubjectId(ADA), [did(ADA, "a1")])
    record(world, ADA, "a1")
    assert points(world) == 1
