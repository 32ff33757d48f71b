"""Sugar is told lead scores: who is marked, who goes first, what is written, what is left."""

import pytest

from funnel.domain.crm import FieldDef
from funnel.domain.ids import ConnectionId, Module, SugarId
from funnel.domain.mapping.score_fields import SCORE_AT_FIELD
from funnel.domain.pushing.score_marks import FIELD_MISSING, ScoreMoved
from funnel.ports.sync_messages import PushDue
from funnel.usecases.connecting.connection import connection_of
from funnel.usecases.pushing import score_modules
from funnel.usecases.pushing.push_score_now import push_score_now
from funnel.usecases.pushing.relay_score import relay_score
from tests.fakes.world import TENANT
from tests.unit.usecases.pushing.scoring_world import Scoring, contact, lead


@pytest.fixture
def scoring() -> Scoring:
    return Scoring()


def test_a_score_reaches_the_lead_with_when_it_changed(scoring: Scoring) -> None:
    scoring.people(lead("l1"))
    scoring.score(lead("l1"), 42)
    changed = scoring.world.clock.now()
    scoring.quiet()
    assert scoring.held(lead("l1")) == 42
    held = scoring.sugar.tables[Module.LEADS][SugarId("l1")].fields
    assert held[SCORE_AT_FIELD] == f"{changed:%Y-%m-%dT%H:%M:%SZ}"
    mark = scoring.mark(lead("l1"))
    assert mark is not None
    assert (mark.told, mark.due_at) == (42, None)


def test_nothing_is_written_before_the_hold_ends(scoring: Scoring) -> None:
    scoring.people(lead("l1"))
    scoring.score(lead("l1"), 42)
    scoring.world.clock.advance(58)
    scoring.push()
    assert scoring.written() == []
    scoring.world.clock.advance(3)
    scoring.push()
    assert scoring.written() == ["l1"]


def test_a_burst_is_one_write_with_the_last_value(scoring: Scoring) -> None:
    scoring.people(lead("l1"))
    for value in range(1, 30):
        scoring.score(lead("l1"), value)
        scoring.world.clock.advance(1)
    scoring.quiet()
    assert scoring.written() == ["l1"]
    assert scoring.held(lead("l1")) == 29


def test_a_burst_of_many_people_is_one_message_a_hold(scoring: Scoring) -> None:
    keys = [lead(f"l{n}") for n in range(40)]
    scoring.people(*keys)
    for key in keys:
        scoring.score(key, 5)
    assert len(scoring.world.queue) == 1


def test_who_goes_on_clicking_is_rung_for_once_and_again_when_it_was_told(
    scoring: Scoring,
) -> None:
    scoring.people(lead("l1"))
    for value in (5, 6, 7):
        scoring.score(lead("l1"), value)
        scoring.world.clock.advance(61)
    assert len(scoring.world.queue) == 1
    scoring.quiet()
    assert scoring.held(lead("l1")) == 7
    scoring.score(lead("l1"), 8)
    scoring.quiet()
    assert scoring.held(lead("l1")) == 8


def test_what_was_taken_back_within_the_hold_is_not_written(scoring: Scoring) -> None:
    scoring.people(lead("l1"))
    scoring.score(lead("l1"), 10)
    scoring.quiet()
    scoring.score(lead("l1"), 90)
    scoring.score(lead("l1"), 10)
    scoring.quiet()
    assert scoring.written() == ["l1"]


def test_a_first_0_and_people_who_are_not_in_sugar_are_no_change(scoring: Scoring) -> None:
    scoring.people(lead("l1"))
    scoring.score(lead("l1"), 0)
    relay_score(scoring.world.app, ScoreMoved(TENANT, "nobody", 0, 5))  # type: ignore[arg-type]
    assert scoring.mark(lead("l1")) is None
    assert len(scoring.world.queue) == 0


def test_a_score_that_falls_to_0_is_written(scoring: Scoring) -> None:
    scoring.people(lead("l1"))
    scoring.score(lead("l1"), 10)
    scoring.quiet()
    scoring.score(lead("l1"), 0)
    scoring.quiet()
    assert scoring.held(lead("l1")) == 0


def test_all_records_of_a_person_get_it(scoring: Scoring) -> None:
    email = "ann@x.example"
    for module, sugar_id in ((Module.LEADS, "l1"), (Module.LEADS, "l2"), (Module.CONTACTS, "c1")):
        scoring.sugar.put(module, sugar_id, last_name="Ann", email1=email)
    scoring.people()
    scoring.score(lead("l1"), 7)
    scoring.quiet()
    assert [scoring.held(key) for key in (lead("l1"), lead("l2"), contact("c1"))] == [7, 7, 7]


def test_the_highest_score_goes_first_and_what_somebody_waits_for_before_it(
    scoring: Scoring,
) -> None:
    scoring.people(*(lead(f"l{n}") for n in range(4)))
    scoring.world.change(write_size=10)
    for n, value in enumerate((20, 300, 5, 40)):
        scoring.score(lead(f"l{n}"), value)
    push_score_now(scoring.world.app, TENANT, scoring.person(lead("l2")))
    scoring.world.clock.advance(61)
    scoring.push()
    assert scoring.written() == ["l2", "l1", "l3", "l0"]


def test_people_of_one_module_are_written_together_and_read_back_once(scoring: Scoring) -> None:
    keys = [key for n in range(60) for key in (lead(f"l{n}"), contact(f"c{n}"))]
    scoring.people(*keys)
    for n, key in enumerate(keys):
        scoring.score(key, n + 1)
    scoring.quiet()
    assert sorted(scoring.calls("update", "by_ids")) == [
        "by_ids Contacts", "by_ids Leads", "update Contacts", "update Leads",
    ]  # fmt: skip
    assert {scoring.held(key) for key in keys} == set(range(1, 121))


def test_batches_grow_while_sugar_is_quick_and_shrink_when_it_is_slow(scoring: Scoring) -> None:
    keys = [lead(f"l{n:03}") for n in range(350)]
    scoring.people(*keys)
    for key in keys:
        scoring.score(key, 5)
    scoring.quiet()
    assert [len(rows) for _, rows in scoring.sugar.updates] == [100, 200, 50]
    assert connection_of(scoring.world.app, TENANT).write_size == 400
    scoring.sugar.updates.clear()
    scoring.world.change(write_size=200)
    scoring.sugar.seconds_a_call = 25
    for key in keys:
        scoring.score(key, 6)
    scoring.quiet()
    assert [len(rows) for _, rows in scoring.sugar.updates] == [200, 100, 50]


def test_what_sugar_has_been_told_is_not_written_again_when_messages_come_twice(
    scoring: Scoring,
) -> None:
    scoring.people(lead("l1"))
    person_id = scoring.score(lead("l1"), 5)
    scoring.quiet()
    relay_score(scoring.world.app, ScoreMoved(TENANT, person_id, 0, 5))
    scoring.quiet()
    assert scoring.written() == ["l1"]
    mark = scoring.mark(lead("l1"))
    assert mark is not None
    assert mark.due_at is None


def test_a_score_that_changes_while_it_is_written_stays_due(scoring: Scoring) -> None:
    scoring.people(lead("l1"))
    person_id = scoring.score(lead("l1"), 5)
    scoring.world.clock.advance(61)

    def once_more(call: str) -> None:
        if call.startswith("by_ids"):
            scoring.sugar.before_call = lambda _: None
            scoring.stream.put(person_id, 9, scoring.world.clock.now())

    scoring.sugar.before_call = once_more
    scoring.push()
    mark = scoring.mark(lead("l1"))
    assert mark is not None
    assert mark.due_at is not None
    scoring.relay()
    scoring.quiet()
    assert scoring.held(lead("l1")) == 9


@pytest.mark.parametrize("is_relayed", [True, False])
def test_a_score_that_changes_while_it_is_written_is_told_without_another_change(
    scoring: Scoring, is_relayed: bool
) -> None:
    """Its mark is due already, so that the relay does not ring for it."""
    scoring.people(lead("l1"))
    person_id = scoring.score(lead("l1"), 5)

    def once_more(call: str) -> None:
        if call.startswith("by_ids"):
            scoring.sugar.before_call = lambda _: None
            scoring.stream.put(person_id, 9, scoring.world.clock.now())
            if is_relayed:
                scoring.relay()

    scoring.sugar.before_call = once_more
    assert scoring.world.queue.pop_next() == PushDue(TENANT)
    scoring.push()
    scoring.relay()
    scoring.quiet()
    assert scoring.held(lead("l1")) == 9


def test_who_dies_with_the_bell_in_hand_rings_once_more(
    scoring: Scoring, monkeypatch: pytest.MonkeyPatch
) -> None:
    scoring.people(lead("l1"), lead("l2"))
    send = scoring.world.queue.send

    def die(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(scoring.world.queue, "send", die)
    with pytest.raises(KeyboardInterrupt):
        scoring.score(lead("l1"), 5)
    monkeypatch.setattr(scoring.world.queue, "send", send)
    # Finds the bell rung. The stream then repeats what died.
    scoring.score(lead("l2"), 5)
    relay_score(scoring.world.app, ScoreMoved(TENANT, scoring.person(lead("l1")), 0, 5))
    scoring.quiet()
    assert sorted(scoring.written()) == ["l1", "l2"]


def test_whose_bell_was_lost_is_rung_for_by_what_they_do_next(scoring: Scoring) -> None:
    scoring.people(lead("l1"))
    scoring.score(lead("l1"), 5)
    assert scoring.world.queue.pop_next() == PushDue(TENANT)
    scoring.world.clock.advance(600)
    scoring.score(lead("l1"), 9)
    scoring.quiet()
    assert scoring.held(lead("l1")) == 9


def test_the_score_goes_to_the_fields_that_were_chosen(scoring: Scoring) -> None:
    scoring.sugar.custom_fields[Module.LEADS] += [
        FieldDef("score_c", "varchar", "Score"), FieldDef("rating_c", "decimal", "Rating"),
    ]  # fmt: skip
    scoring.world.change(score_fields={Module.LEADS: ("score_c", "rating_c")})
    scoring.people(lead("l1"))
    scoring.score(lead("l1"), 5)
    scoring.quiet()
    held = scoring.sugar.tables[Module.LEADS][SugarId("l1")].fields
    assert (held["score_c"], held["rating_c"], held.get("funnel_score_c")) == (5, 5, None)
    assert scoring.errors() == []


def test_a_first_pull_of_any_size_causes_no_push(scoring: Scoring) -> None:
    scoring.people(*(lead(f"l{n}") for n in range(200)))
    scoring.quiet()
    assert scoring.written() == []
    assert scoring.store.mark_writes == 0


def test_time_that_is_up_hands_over_and_the_next_worker_goes_on(scoring: Scoring) -> None:
    keys = [lead(f"l{n:03}") for n in range(250)]
    scoring.people(*keys)
    for key in keys:
        scoring.score(key, 5)
    scoring.world.clock.advance(61)
    turns = iter((600.0, 600.0, 0.0))
    scoring.push(lambda: next(turns))
    assert len(scoring.written()) == 100 + 150
    scoring.quiet()
    assert len(scoring.written()) == 250


def test_a_change_that_the_relay_lost_is_found_within_a_day(scoring: Scoring) -> None:
    scoring.people(lead("l1"), lead("l2"), lead("l3"))
    scoring.score(lead("l1"), 5)
    scoring.quiet()
    scoring.stream.put(scoring.person(lead("l1")), 9, scoring.world.clock.now())
    scoring.stream.put(scoring.person(lead("l2")), 7, scoring.world.clock.now())
    scoring.stream.put(scoring.person(lead("l3")), 0, scoring.world.clock.now())
    scoring.stream.moved.clear()
    scoring.world.clock.advance(19 * 3600)
    scoring.push()
    scoring.quiet()
    assert (scoring.held(lead("l1")), scoring.held(lead("l2"))) == (5, None)
    scoring.world.clock.advance(2 * 3600)
    scoring.push()
    scoring.quiet()
    assert [scoring.held(lead(f"l{n}")) for n in (1, 2, 3)] == [9, 7, None]
    assert sorted(scoring.written()) == ["l1", "l1", "l2"]


def test_looking_through_all_scores_goes_on_where_time_was_up(scoring: Scoring) -> None:
    keys = [lead(f"l{n:04}") for n in range(1200)]
    scoring.people(*keys)
    for number, key in enumerate(keys):
        scoring.stream.put(scoring.person(key), number + 1, scoring.world.clock.now())
    scoring.stream.moved.clear()
    scoring.world.clock.advance(21 * 3600)
    turns = iter((0.0, 600.0, 600.0))
    scoring.push(lambda: next(turns, 0.0))
    assert connection_of(scoring.world.app, TENANT).scores_cursor
    scoring.quiet()
    assert {scoring.held(key) for key in keys} == set(range(1, 1201))
    connection = connection_of(scoring.world.app, TENANT)
    assert (connection.scores_cursor, connection.scores_swept_at is None) == ("", False)


def test_people_whose_scores_another_sugar_was_told_are_left_to_their_next_change(
    scoring: Scoring,
) -> None:
    scoring.people(lead("l1"))
    scoring.score(lead("l1"), 5)
    scoring.quiet()
    scoring.sugar.updates.clear()
    scoring.world.change(connection_id=ConnectionId("0badf00d"), scores_swept_at=None)
    scoring.world.clock.advance(3600)
    scoring.push()
    scoring.quiet()
    assert scoring.written() == []


def test_very_many_that_waited_for_a_module_are_set_free_in_turns(
    scoring: Scoring, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(score_modules, "_PAGE", 10)
    monkeypatch.setattr(score_modules, "_PAGES", 2)
    keys = [lead(f"l{n:02}") for n in range(70)]
    scoring.people(*keys)
    del scoring.sugar.custom_fields[Module.LEADS]
    for key in keys:
        scoring.score(key, 5)
    scoring.quiet()
    assert [row.code for row in scoring.errors()] == [FIELD_MISSING]
    scoring.install()
    scoring.push()
    assert [row.code for row in scoring.errors()] == [FIELD_MISSING]
    assert len(scoring.written()) == 20
    scoring.quiet()
    assert scoring.errors() == []
    assert {scoring.held(key) for key in keys} == {5}
    assert len(scoring.written()) == 70
