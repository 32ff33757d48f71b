"""Relaying scores and telling them die at every call of every port, before it and with the reply lost."""

from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from funnel.domain.ids import Module, SugarId
from funnel.domain.mapping.score_fields import SCORE_FIELD, SCORED_MODULES
from funnel.domain.pushing.score_marks import NOT_TAKEN, ScoreMoved
from funnel.domain.sync.runs import RunKind
from funnel.usecases.pushing.relay_score import relay_score
from tests.fakes.faulty import Crash, Moment, Plan
from tests.fakes.snapshot import made_once
from tests.fakes.world import TENANT, World
from tests.faults.dying import MOST_DELIVERIES, kill_points
from tests.faults.scene import Scene, dying
from tests.unit.usecases.pushing.scoring_world import FIELDS, ScoreStream, contact, lead

SCORES = {lead("l05"): 40, lead("l10"): 7, contact("c0"): 90}
"""Of one person each."""


@dataclass(frozen=True)
class Case:
    """Whether a record is refused, and whether somebody in Sugar overwrites the scores at last."""

    refused: bool = False
    overwritten: bool = False


CASES = {"told": Case(), "refused": Case(refused=True), "overwritten": Case(overwritten=True)}


@made_once
def before(case: Case) -> World:
    """The company, synced."""
    scene = Scene(Plan())
    world = scene.world
    world.sugar.custom_fields = {module: list(FIELDS) for module in SCORED_MODULES}
    world.change(read_only=False)
    scene.sync(RunKind.INITIAL)
    # Long enough for all scores to be looked through once more.
    world.clock.advance(75_600)
    if case.refused:
        world.sugar.refuses = {SugarId("l10")}
    return world


def push(case: Case, plan: Plan, at: int = 0) -> Scene:
    """Scores change, and what is streamed and delivered then."""
    scene = Scene(plan, before(case))
    world = scene.world
    if not case.overwritten:
        dying(plan, at)
    stream = ScoreStream(world.store)
    for key, value in SCORES.items():
        person_id = world.store.records(TENANT, [key])[key].person_id
        stream.put(person_id, value, world.clock.now())
    _relay(scene, stream.moved)
    scene.drain()
    if case.overwritten:
        world.clock.advance(3_600)
        world.sugar.put(Module.LEADS, "l05", funnel_score_c=3)
        dying(plan, at)
        scene.sync(RunKind.HOURLY)
    return scene


def _relay(scene: Scene, moved: Sequence[ScoreMoved]) -> None:
    """Each change until it is relayed, as Lambda repeats what fails."""
    for change in moved:
        for _ in range(MOST_DELIVERIES):
            try:
                relay_score(scene.mortal, change)
            except Crash:
                scene.redelivered += 1
                scene.plan.revived = True
            else:
                break
        else:
            raise AssertionError("The change is set aside.")


CALLS = {name: push(case, Plan()).plan.calls for name, case in CASES.items()}


@pytest.mark.parametrize("moment", Moment)
@pytest.mark.parametrize("name", CASES)
def test_a_score_push_that_dies_anywhere_is_carried_out_and_settles(
    name: str, moment: Moment
) -> None:
    case = CASES[name]
    for at in kill_points(CALLS[name]):
        scene = push(case, Plan(moment=moment), at)
        where = f"call {at}, {scene.plan.calls[at - 1]}, {moment}"
        assert scene.plan.happened, where
        # Who dies with the bell in hand leaves the ringing to the end of the next run.
        scene.world.clock.advance(3_600)
        scene.sync(RunKind.HOURLY)
        _check(case, scene, where)


def test_the_kill_points_cover_every_port_of_relay_and_drain() -> None:
    calls = {call for case in CASES.values() for call in push(case, Plan()).plan.calls}
    assert {
        "activities.scores",
        "activities.scored_people",
        "score_marks.score_marks",
        "score_marks.save_score_marks",
        "score_marks.scores_to_tell",
        "records.people",
        "records.commit",
        "records.errors_of",
        "sync.connection",
        "sync.acquire",
        "sync.release",
        "queue.send",
        "secrets.get",
        "crm.fields",
        "crm.update",
        "crm.by_ids",
    } <= calls


def _check(case: Case, scene: Scene, where: str) -> None:
    world = scene.world
    assert scene.redelivered <= 2, where
    for key, value in SCORES.items():
        person_id = world.store.records(TENANT, [key])[key].person_id
        mark = world.store.score_marks(TENANT, [person_id])[person_id]
        held = world.sugar.tables[key.module][key.sugar_id].fields.get(SCORE_FIELD)
        is_refused = case.refused and key == lead("l10")
        assert held == (None if is_refused else value), f"{where}: {key} holds {held}"
        assert mark.due_at is None, f"{where}: {key} is still due"
        assert bool(mark.failed) is is_refused, where
    errors = [e for e in world.store.list_errors(TENANT, 50).items if e.direction == "push"]
    assert [e.code for e in errors] == ([NOT_TAKEN] if case.refused else []), where
    written = len(world.sugar.updates)
    world.clock.advance(3_600)
    scene.sync(RunKind.HOURLY)
    assert len(world.sugar.updates) == written, f"{where}: it is written again"
