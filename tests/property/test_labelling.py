"""Workers write and look in any order, die in between, and marketers correct: points are people's.

After every step the score is what people did; when all who wrote have looked, the labels are those
that everything shows at once.
"""

import os
from dataclasses import dataclass, field, replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from funnel.domain.tracking.activities import Activity, ActivityKind, Signal, SubjectId
from funnel.domain.tracking.signals import labelled
from funnel.usecases.segments.follow_scores import rescore_people
from funnel.usecases.tracking.attach_subject import attach_subject
from funnel.usecases.tracking.correct_signal import correct_signal
from funnel.usecases.tracking.label_signals import label_signals, record_labelled
from funnel.usecases.tracking.record_activities import record_activities
from tests.fakes.system import START
from tests.fakes.world import TENANT, World
from tests.unit.usecases.scoring.scoring import (
    ADA,
    VIEW,
    VISITOR,
    did,
    points,
    with_people,
    with_rules,
)

RUNS = int(os.environ.get("FUNNEL_PROPERTY_RUNS", "200"))
CLICK = replace(VIEW, rule_id="click", name="Clicked", kind=ActivityKind.EMAIL_CLICK, points=5)
MOST = 12

Step = tuple[str, int, int]
steps: st.SearchStrategy[Step] = st.tuples(
    st.sampled_from(["arrive", "arrive", "arrive", "write", "write", "look", "person", "machine"]),
    st.integers(0, MOST - 1),
    st.integers(1, 4),
)
moments = st.lists(st.integers(0, 60), min_size=MOST, max_size=MOST)


@dataclass
class Scene:
    """Clicks of a person and pages of the visitor that it is; tenths of a second from the start."""

    tenths: list[int]
    world: World = field(default_factory=World)
    unseen: set[str] = field(default_factory=set)
    said: dict[str, Signal] = field(default_factory=dict)

    def __post_init__(self) -> None:
        with_people(self.world, ADA)
        with_rules(self.world, VIEW, CLICK)
        attach_subject(self.world.app, TENANT, ADA, VISITOR)
        self.all = [self._made(number, tenths) for number, tenths in enumerate(self.tenths)]

    @staticmethod
    def _made(number: int, tenths: int) -> Activity:
        at = START + timedelta(seconds=tenths / 10)
        if number % 4 == 3:
            return did(VISITOR, f"p{number}", at, about={"path": f"/{number}"})
        about = {"email": "m1", "link": f"l{number % 5}"}
        return did(ADA, f"c{number:02}", at, kind=ActivityKind.EMAIL_CLICK, about=about)

    def do(self, step: Step) -> None:
        kind, which, many = step
        one = self.all[which]
        batch = [x for x in self.all[which : which + many] if x.subject == one.subject]
        app, subject = self.world.app, one.subject
        match kind:
            case "arrive":
                record_labelled(app, TENANT, subject, batch)
                self.unseen -= {x.activity_id for x in batch}
            case "write":
                record_activities(app, TENANT, subject, labelled(batch))
                self.unseen |= {x.activity_id for x in batch}
            case "look":
                label_signals(app, TENANT, subject, [one.at])
            case _ if one.activity_id in self.here():
                was_person = kind == "person"
                correct_signal(
                    app, TENANT, ADA, one.activity_id, one.at, "Ann", was_person=was_person
                )
                self.said[one.activity_id] = Signal.HUMAN if was_person else Signal.SCANNER

    def here(self) -> dict[str, Activity]:
        found = [
            one
            for subject in (SubjectId(ADA), VISITOR)
            for one in self.world.store.list_activities(TENANT, subject, 99).items
        ]
        return {one.activity_id: one for one in found}

    def check(self) -> None:
        """The score is what people did, and what was said stands."""
        here = self.here()
        people = [one for one in here.values() if one.signal is Signal.HUMAN]
        worth = sum(1 if one.kind is ActivityKind.PAGE_VIEW else 5 for one in people)
        assert points(self.world) == worth
        for activity_id, signal in self.said.items():
            assert (here[activity_id].signal is Signal.HUMAN) == (signal is Signal.HUMAN)


@settings(max_examples=RUNS, deadline=None)
@given(tenths=moments, script=st.lists(steps, max_size=25))
def test_the_score_is_what_people_did_at_every_moment(
    tenths: list[int], script: list[Step]
) -> None:
    scene = Scene(tenths)
    for step in script:
        scene.do(step)
        scene.check()
    before = points(scene.world)
    rescore_people(scene.world.app, TENANT, [ADA])
    assert points(scene.world) == before


@settings(max_examples=RUNS, deadline=None)
@given(tenths=moments, script=st.lists(steps, max_size=25))
def test_when_all_who_wrote_have_looked_the_labels_are_those_of_everything_at_once(
    tenths: list[int], script: list[Step]
) -> None:
    scene = Scene(tenths)
    for step in script:
        if step[0] not in ("person", "machine"):
            scene.do(step)
    for one in scene.all:
        if one.activity_id in scene.unseen:
            label_signals(scene.world.app, TENANT, one.subject, [one.at])
    here = scene.here()
    written = [one for one in scene.all if one.activity_id in here]
    assert {one.activity_id: one.signal for one in labelled(written)} == {
        activity_id: one.signal for activity_id, one in here.items()
    }
