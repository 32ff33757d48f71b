"""A broadcast whose lists are not known whole yet waits and says so; it never sends to whom it should not."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from funnel.domain.broadcasts.broadcasts import Broadcast, BroadcastState, Plan
from funnel.domain.errors import Conflict, InputInvalid
from funnel.domain.ids import ListId, PersonId
from funnel.domain.lists.lists import ListKind, ListStatus
from funnel.domain.scoring.rescoring import Rescoring
from funnel.domain.sync.runs import JobStatus
from funnel.domain.tracking.activities import Activity, ActivityKind, SubjectId
from funnel.ports.marketing_messages import DoPeopleJob, Relist, Rescore, SendBroadcast
from funnel.usecases.broadcasts.keep_broadcasts import (
    add_broadcast,
    cancel_broadcast,
    confirm_broadcast,
    count_again,
    resume_broadcast,
)
from funnel.usecases.broadcasts.send_broadcast import _Work
from funnel.usecases.broadcasts.start_broadcasts import start_broadcasts
from funnel.usecases.broadcasts.view_broadcasts import one_broadcast
from funnel.usecases.lists.keep_lists import make_list, put_on_list, retire_list
from funnel.usecases.segments.change_segment import change_looked_at
from funnel.usecases.segments.keep_segments import (
    add_segment,
    delete_segment,
    retire_segment,
    segment_of,
)
from funnel.usecases.tracking.record_activities import record_activities
from funnel.usecases.work.do_people_job import do_people_job
from tests.fakes.world import TENANT
from tests.unit.usecases.broadcasts.broadcasting import Broadcasting
from tests.unit.usecases.segments.segmenting import test_of, visited

pytestmark = pytest.mark.feature("D11")

FIRST = test_of("email", "begins with", "p0000")
WAITS = "“Not these” is still being worked out"


@pytest.fixture
def scene() -> Broadcasting:
    return Broadcasting()


def everybody(scene: Broadcasting) -> ListId:
    return scene.listed("all", scene.people(3))


def new_segment(scene: Broadcasting, *parts: dict[str, Any], name: str = "Not these") -> ListId:
    """A segment nobody has worked out yet."""
    rule = {"match": "all", "parts": list(parts)}
    return add_segment(scene.app, TENANT, name, name, rule, "Bea").list_id


def planned(scene: Broadcasting, minus: ListId, *, key: str = "b") -> Broadcast:
    """A draft whose count was begun, and no more."""
    return scene.planned(ListId("all"), minus=(minus,), key=key)


def looked_at(scene: Broadcasting, name: str = "p0000@people.test") -> PersonId:
    """Who has this address looked at prices."""
    person_id = scene.mailing.person(name)
    done = Activity(
        TENANT,
        SubjectId(person_id),
        scene.world.ids.new_id(),
        ActivityKind.PAGE_VIEW,
        scene.clock.now(),
        {"path": "/pricing", "url": "https://x.test/pricing"},
    )
    record_activities(scene.app, TENANT, SubjectId(person_id), [done])
    return person_id


def changed(scene: Broadcasting, list_id: ListId, *parts: dict[str, Any]) -> None:
    """The segment has another rule; it is not worked out yet."""
    version = segment_of(scene.app, TENANT, list_id).version
    rule = {"match": "all", "parts": list(parts)}
    change_looked_at(scene.app, TENANT, list_id, version, "Bea", rule=rule)


def test_who_is_in_a_new_segment_that_is_left_aside_gets_no_mail(scene: Broadcasting) -> None:
    everybody(scene)
    broadcast = planned(scene, new_segment(scene, FIRST))
    assert scene.job(broadcast).status not in {JobStatus.DONE, JobStatus.FAILED}
    assert scene.counted(broadcast).listed == 0
    view = one_broadcast(scene.app, TENANT, broadcast.broadcast_id)
    assert view.waits_for == ("Not these",)
    assert [one.is_settled for one in view.minus] == [False]
    scene.rest()
    counted = scene.counted(broadcast)
    assert (counted.will_get, counted.minus) == (2, 1)
    assert one_broadcast(scene.app, TENANT, broadcast.broadcast_id).waits_for == ()
    scene.confirm(broadcast)
    scene.rest()
    assert scene.addresses == ["p0001@people.test", "p0002@people.test"]


def test_what_a_segment_asks_of_behaviour_is_counted_before_it_protects_anybody(
    scene: Broadcasting,
) -> None:
    everybody(scene)
    looked_at(scene)
    scene.world.drain()
    minus = new_segment(scene, visited("/pricing"))
    scene.do(Relist)
    assert scene.app.lists.list_settings(TENANT).recompute.finished_at  # type: ignore[union-attr]
    broadcast = planned(scene, minus)
    assert scene.job(broadcast).status is JobStatus.QUEUED
    scene.do(Rescore)
    scene.rest()
    assert scene.counted(broadcast).will_get == 2


def test_counts_that_were_begun_anew_for_another_change_are_not_taken_for_finished(
    scene: Broadcasting,
) -> None:
    everybody(scene)
    looked_at(scene)
    scene.world.drain()
    minus = new_segment(scene, visited("/pricing"))
    scene.do(Relist)
    first, second = _rescorings(scene)
    scene.store.save_rescoring(first)
    scene.store.save_rescoring(second)
    broadcast = planned(scene, minus)
    assert scene.job(broadcast).status is JobStatus.QUEUED


def _rescorings(scene: Broadcasting) -> tuple[Rescoring, Rescoring]:
    """One that was begun, and the one that took its place before it was through."""
    rules = scene.store.scoring_rules(TENANT)
    scene.store.save_scoring_rules(replace(rules, generation=rules.generation + 1))
    first = Rescoring(TENANT, rules.generation, "Bea", scene.clock.now())
    return first, replace(first, generation=rules.generation + 1, version=1)


def test_a_count_does_not_wait_for_ever(scene: Broadcasting) -> None:
    everybody(scene)
    broadcast = planned(scene, new_segment(scene, FIRST))
    heap = scene.world.queue._heap
    for _ in range(25):
        heap[:] = [one for one in heap if isinstance(one[2], DoPeopleJob)]
        scene.clock.advance(3600)
        scene.do(DoPeopleJob)
    job = scene.job(broadcast)
    assert job.status is JobStatus.FAILED
    assert job.note is not None
    assert WAITS in job.note.text
    assert job.note.mend


def test_a_count_under_way_begins_again_when_a_rule_is_changed(
    scene: Broadcasting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("funnel.usecases.broadcasts.audience.PAGE", 1)
    monkeypatch.setattr("funnel.usecases.broadcasts.count_audience._PAGES", 1)
    everybody(scene)
    minus = new_segment(scene, FIRST)
    scene.world.drain()
    broadcast = add_broadcast(
        scene.app, TENANT, "b", _plan(scene, lists=(ListId("all"),), minus=(minus,)), "Bea"
    )
    (message,) = [m for _, _, m in scene.world.queue._heap if isinstance(m, DoPeopleJob)]
    scene.world.queue._heap[:] = []
    turns = iter([9.0, 0.0])
    do_people_job(scene.app, message, lambda: next(turns))
    assert scene.counted(broadcast).listed == 1
    changed(scene, minus, test_of("email", "begins with", "p0002"))
    scene.do(DoPeopleJob)
    assert scene.counted(broadcast).listed == 0
    scene.rest()
    counted = scene.counted(broadcast)
    assert (counted.listed, counted.will_get, counted.minus) == (3, 2, 1)


def _plan(scene: Broadcasting, **changes: Any) -> Plan:
    return Plan("March", scene.email.email_id, **changes)


def test_it_cannot_be_sent_while_one_of_its_segments_is_being_worked_out(
    scene: Broadcasting,
) -> None:
    everybody(scene)
    minus = new_segment(scene, FIRST)
    scene.world.drain()
    broadcast = planned(scene, minus)
    changed(scene, minus, test_of("email", "begins with", "p0001"))
    with pytest.raises(Conflict, match=WAITS) as caught:
        scene.confirm(broadcast)
    assert "wait" in caught.value.mend.lower()
    scene.rest()
    count_again(scene.app, TENANT, broadcast.broadcast_id, "Bea")
    scene.rest()
    scene.confirm(broadcast)
    scene.rest()
    assert scene.addresses == ["p0000@people.test", "p0002@people.test"]


def test_one_that_is_due_waits_for_its_segments_and_then_goes_out(scene: Broadcasting) -> None:
    everybody(scene)
    minus = new_segment(scene, FIRST)
    scene.world.drain()
    broadcast = planned(scene, minus)
    scene.confirm(broadcast)
    changed(scene, minus, test_of("email", "begins with", "p0001"))
    scene.do(SendBroadcast)
    waiting = scene.now(broadcast)
    assert (waiting.state, waiting.progress.people) == (BroadcastState.GATHERING, 0)
    assert WAITS in waiting.note
    assert waiting.due_at is not None
    assert one_broadcast(scene.app, TENANT, broadcast.broadcast_id).waits_for == ("Not these",)
    scene.clock.advance(60)
    assert start_broadcasts(scene.app) == 1
    scene.rest()
    assert scene.addresses == ["p0000@people.test", "p0002@people.test"]
    assert scene.now(broadcast).note == ""


def test_who_is_gathered_already_is_left_when_a_rule_changes_on_the_way(
    scene: Broadcasting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("funnel.usecases.broadcasts.audience.PAGE", 1)
    everybody(scene)
    minus = new_segment(scene, FIRST)
    scene.world.drain()
    broadcast = planned(scene, minus)
    scene.confirm(broadcast)
    work = _worker(scene, broadcast)
    work.go_on(_turns(2))
    assert scene.now(broadcast).progress.place.list_at == 0
    changed(scene, minus, test_of("email", "begins with", "p0002"))
    work.go_on(_turns(9))
    assert WAITS in scene.now(broadcast).note
    scene.rest()
    assert "p0002@people.test" not in scene.addresses


def _worker(scene: Broadcasting, broadcast: Broadcast) -> _Work:
    return _Work(scene.app, SendBroadcast(TENANT, broadcast.broadcast_id))


def _turns(number: int) -> Callable[[], float]:
    left = iter([*[9.0] * number, *[0.0] * 99])
    return lambda: next(left)


def test_what_never_is_worked_out_pauses_it_and_it_waits_anew_when_it_is_resumed(
    scene: Broadcasting,
) -> None:
    everybody(scene)
    minus = new_segment(scene, FIRST)
    scene.world.drain()
    broadcast = planned(scene, minus)
    scene.confirm(broadcast)
    changed(scene, minus, test_of("email", "begins with", "p0001"))
    scene.world.queue._heap[:] = []
    scene.go(broadcast)
    scene.clock.advance(timedelta(hours=25).total_seconds())
    scene.go(broadcast)
    paused = scene.now(broadcast)
    assert paused.state is BroadcastState.PAUSED
    assert WAITS in paused.note
    assert paused.mend
    resume_broadcast(scene.app, TENANT, broadcast.broadcast_id, "Bea")
    scene.go(broadcast)
    assert scene.now(broadcast).state is BroadcastState.GATHERING
    assert scene.addresses == []


def test_a_list_by_field_that_is_being_worked_out_is_waited_for_too(scene: Broadcasting) -> None:
    everybody(scene)
    other = new_segment(scene, FIRST, name="Other")
    by_field = scene.list_of("Industry", [], kind=ListKind.AUTO, field="account_industry")
    broadcast = planned(scene, by_field)
    assert scene.job(broadcast).status is JobStatus.QUEUED
    scene.rest()
    assert scene.job(broadcast).status is JobStatus.DONE
    assert segment_of(scene.app, TENANT, other).members == 1


def test_a_retired_list_that_is_left_aside_protects_who_is_on_it(scene: Broadcasting) -> None:
    everybody(scene)
    people = scene.people(3)
    minus = make_list(scene.app, TENANT, "not", "Not these", "Bea").list_id
    put_on_list(scene.app, TENANT, minus, people[:1])
    broadcast = planned(scene, minus)
    scene.confirm(broadcast)
    retire_list(scene.app, TENANT, minus, retired=True)
    scene.rest()
    assert scene.addresses == ["p0001@people.test", "p0002@people.test"]
    again = planned(scene, minus, key="again")
    assert scene.counted(again).minus == 1


@pytest.mark.parametrize("kind", ["minus", "lists"])
@pytest.mark.parametrize("fate", ["retired", "deleted"])
def test_a_segment_out_of_use_pauses_it_with_its_name_and_what_to_do(
    scene: Broadcasting, fate: str, kind: str
) -> None:
    everybody(scene)
    segment = new_segment(scene, FIRST)
    scene.world.drain()
    lists = (ListId("all"),) if kind == "minus" else (ListId("all"), segment)
    minus = (segment,) if kind == "minus" else ()
    plan = _plan(scene, lists=lists, minus=minus)
    broadcast = add_broadcast(scene.app, TENANT, "b", plan, "Bea")
    scene.do(DoPeopleJob)
    scene.confirm(broadcast)
    if fate == "retired":
        retire_segment(scene.app, TENANT, segment, "Bea", retired=True)
    else:
        delete_segment(scene.app, TENANT, segment, "Bea")
    scene.rest()
    stopped = scene.now(broadcast)
    assert stopped.state is BroadcastState.PAUSED
    assert "“Not these”" in stopped.note
    assert "copy the broadcast" in stopped.mend.lower()
    assert scene.addresses == []
    if fate == "retired":
        retire_segment(scene.app, TENANT, segment, "Bea", retired=False)
        resume_broadcast(scene.app, TENANT, broadcast.broadcast_id, "Bea")
        scene.rest()
        assert len(scene.addresses) == (2 if kind == "minus" else 3)
    else:
        cancel_broadcast(scene.app, TENANT, broadcast.broadcast_id, "Bea")


def test_what_is_out_of_use_is_not_planned_with_counted_or_confirmed(scene: Broadcasting) -> None:
    everybody(scene)
    minus = new_segment(scene, FIRST)
    scene.world.drain()
    broadcast = planned(scene, minus)
    people = scene.counted(broadcast).will_get
    retire_segment(scene.app, TENANT, minus, "Bea", retired=True)
    with pytest.raises(InputInvalid, match="“Not these”") as caught:
        confirm_broadcast(scene.app, TENANT, broadcast.broadcast_id, 1, people, "Bea")
    assert caught.value.field == "minus"
    with pytest.raises(InputInvalid, match="“Not these”"):
        planned(scene, minus, key="other")
    count_again(scene.app, TENANT, broadcast.broadcast_id, "Bea")
    scene.rest()
    job = scene.job(broadcast)
    assert job.status is JobStatus.FAILED
    assert job.note is not None
    assert "“Not these”" in job.note.text


def test_a_list_by_field_nobody_is_on_is_no_hindrance(scene: Broadcasting) -> None:
    everybody(scene)
    empty = scene.list_of(
        "Industry", [], kind=ListKind.AUTO, field="account_industry", status=ListStatus.RETIRED
    )
    broadcast = planned(scene, empty)
    assert scene.counted(broadcast).will_get == 3
