"""Sugar is told lead scores: who is marked, who goes first, what is written, what is left."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from funnel.domain.crm import FieldDef
from funnel.domain.errors import (
    ConnectionPaused,
    NoRight,
    ServerCrashed,
    SugarRefused,
    SugarUnavailable,
)
from funnel.domain.ids import ConnectionId, Module, SugarId
from funnel.domain.mapping.score_fields import SCORE_AT_FIELD
from funnel.domain.pushing.score_marks import FIELD_MISSING, NOT_TAKEN, REFUSED, ScoreMoved
from funnel.domain.sync.module_errors import module_key
from funnel.usecases.connecting.connection import connection_of
from funnel.usecases.pushing import score_modules
from funnel.usecases.pushing.push_again import push_again
from funnel.usecases.pushing.push_score_now import push_score_now
from funnel.usecases.pushing.push_scores import ScoreTeller
from funnel.usecases.pushing.relay_score import relay_score
from tests.fakes.sugar_writing import ModelWriting
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


@pytest.mark.parametrize("how", ["read_only", "away"])
def test_marks_stay_for_as_long_as_it_takes(scoring: Scoring, how: str) -> None:
    scoring.people(lead("l1"))
    if how == "read_only":
        scoring.world.change(read_only=True)
    else:
        scoring.sugar.before_call = _away
    scoring.score(lead("l1"), 5)
    scoring.quiet()
    scoring.world.clock.advance(timedelta(days=40).total_seconds())
    assert scoring.written() == []
    scoring.sugar.before_call = lambda _: None
    scoring.world.change(read_only=False)
    scoring.push()
    assert scoring.held(lead("l1")) == 5


def _away(_call: str) -> None:
    raise SugarUnavailable("Sugar does not answer.")


def test_a_record_that_is_gone_is_nobodys_error(scoring: Scoring) -> None:
    scoring.people(lead("l1"), lead("l2"))
    scoring.sugar.delete(Module.LEADS, "l1")
    del scoring.sugar.tables[Module.LEADS][SugarId("l2")]
    for key in (lead("l1"), lead("l2")):
        scoring.score(key, 5)
    scoring.quiet()
    assert scoring.errors() == []
    assert scoring.store.count_scores_to_tell(TENANT, scoring.connection.connection_id, 9) == 0


def test_what_sugar_does_not_take_is_in_the_report_until_it_does(scoring: Scoring) -> None:
    scoring.people(lead("l1"), lead("l2"))
    scoring.sugar.refuses = {SugarId("l1")}
    for key in (lead("l1"), lead("l2")):
        scoring.score(key, 5)
    scoring.quiet()
    (row,) = scoring.errors()
    assert (row.code, row.record, row.value) == (NOT_TAKEN, lead("l1"), "5")
    assert scoring.held(lead("l2")) == 5
    scoring.sugar.refuses = set()
    push_again(scoring.world.app, TENANT, [row])
    scoring.quiet()
    assert scoring.errors() == []
    assert scoring.held(lead("l1")) == 5
    assert sorted(scoring.written()) == ["l1", "l1", "l2"]


@pytest.mark.parametrize("poison", [("l3",), ("l0",), ("l9",), ("l2", "l3", "l7")])
def test_records_over_which_the_server_dies_are_set_aside_alone(
    scoring: Scoring, poison: tuple[str, ...]
) -> None:
    keys = [lead(f"l{n}") for n in range(10)]
    scoring.people(*keys)
    scoring.sugar.dies_over = {SugarId(one) for one in poison}
    for key in keys:
        scoring.score(key, 5)
    scoring.quiet()
    assert {row.record.sugar_id for row in scoring.errors()} == set(poison)
    assert {key.sugar_id for key in keys if scoring.held(key) == 5} == {
        key.sugar_id for key in keys
    } - set(poison)
    assert len(scoring.calls("update")) <= 1 + 2 * len(poison)


@pytest.mark.parametrize("most", [1, 7])
def test_a_server_that_dies_over_many_at_once_is_told_in_fewer_each_a_step_of_its_own(
    scoring: Scoring, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    keys = [lead(f"l{n:03}") for n in range(300)]
    scoring.people(*keys)
    for key in keys:
        scoring.score(key, 5)
    at_a_time: list[int] = []
    step = ScoreTeller._step

    def counted(teller: ScoreTeller, *batch: Any) -> None:
        before = len(scoring.calls("update"))
        step(teller, *batch)
        at_a_time.append(len(scoring.calls("update")) - before)

    monkeypatch.setattr(ScoreTeller, "_step", counted)
    monkeypatch.setattr(ModelWriting, "update", only_few(most))
    scoring.quiet()
    assert scoring.errors() == []
    assert {scoring.held(key) for key in keys} == {5}
    assert set(at_a_time) == {1}


def only_few(most: int) -> Any:
    """An `update` that saves nothing of more than so many records at once."""
    update = ModelWriting.update

    def limited(crm: Any, module: Module, rows: Mapping[SugarId, Any]) -> None:
        if len(rows) > most:
            update(crm, module, {})
            raise ServerCrashed("Sugar's service ran out of memory.")
        update(crm, module, rows)

    return limited


def test_a_record_beside_one_of_a_module_that_takes_no_scores_is_told_each_change(
    scoring: Scoring,
) -> None:
    for module, sugar_id in ((Module.LEADS, "l1"), (Module.CONTACTS, "c1")):
        scoring.sugar.put(module, sugar_id, last_name="Ann", email1="ann@x.example")
    scoring.people()
    del scoring.sugar.custom_fields[Module.CONTACTS]
    for value in (10, 77):
        scoring.score(lead("l1"), value)
        scoring.quiet()
        assert scoring.held(lead("l1")) == value
    (row,) = scoring.errors()
    assert (row.code, row.record) == (FIELD_MISSING, module_key(Module.CONTACTS))
    scoring.install()
    scoring.push()
    scoring.quiet()
    assert scoring.held(contact("c1")) == 77
    assert scoring.errors() == []


def test_a_module_over_which_the_server_always_dies_is_one_row(scoring: Scoring) -> None:
    keys = [lead(f"l{n:02}") for n in range(40)]
    scoring.people(*keys, contact("c1"))
    scoring.sugar.dies_over = {key.sugar_id for key in keys}
    for key in (*keys, contact("c1")):
        scoring.score(key, 5)
    scoring.quiet()
    assert [row.code for row in scoring.errors() if row.record == module_key(Module.LEADS)] == [
        REFUSED
    ]
    assert len(scoring.calls("update")) <= 13
    assert scoring.held(contact("c1")) == 5


def test_missing_fields_are_one_row_a_module_and_heal(scoring: Scoring) -> None:
    keys = [lead(f"l{n}") for n in range(30)]
    scoring.people(*keys, contact("c1"))
    del scoring.sugar.custom_fields[Module.LEADS]
    for key in (*keys, contact("c1")):
        scoring.score(key, 5)
    scoring.quiet()
    scoring.push()
    (row,) = scoring.errors()
    assert (row.code, row.record, row.field) == (
        FIELD_MISSING, module_key(Module.LEADS), "funnel_score_c",
    )  # fmt: skip
    assert scoring.held(contact("c1")) == 5
    assert scoring.calls("update") == ["update Contacts"]
    scoring.install()
    scoring.push()
    scoring.quiet()
    assert scoring.errors() == []
    assert {scoring.held(key) for key in keys} == {5}


def test_fields_are_asked_for_once_an_hour(scoring: Scoring) -> None:
    scoring.people(lead("l1"))

    def asked(value: int) -> int:
        scoring.sugar.calls.clear()
        scoring.score(lead("l1"), value)
        scoring.quiet()
        assert scoring.held(lead("l1")) == value
        return len(scoring.calls("fields"))

    assert [asked(value) for value in (1, 2, 3)] == [1, 0, 0]
    scoring.world.clock.advance(3_600)
    assert [asked(value) for value in (4, 5)] == [1, 0]
    scoring.world.change(score_fields={Module.LEADS: ("funnel_score_c", "title")})
    assert [asked(value) for value in (6, 7)] == [1, 0]


def test_fields_that_are_gone_though_they_were_seen_a_moment_ago_are_one_row(
    scoring: Scoring,
) -> None:
    keys = [lead(f"l{n}") for n in range(30)]
    scoring.people(*keys)
    scoring.score(keys[0], 4)
    scoring.quiet()
    del scoring.sugar.custom_fields[Module.LEADS]
    for key in keys:
        scoring.score(key, 5)
    scoring.quiet()
    (row,) = scoring.errors()
    assert (row.code, row.record) == (FIELD_MISSING, module_key(Module.LEADS))
    scoring.install()
    scoring.push()
    scoring.quiet()
    assert scoring.errors() == []
    assert {scoring.held(key) for key in keys} == {5}


def test_a_record_that_is_refused_is_a_row_though_the_fields_are_gone_by_from_before(
    scoring: Scoring,
) -> None:
    scoring.people(lead("l1"), lead("l2"))
    scoring.score(lead("l1"), 4)
    scoring.quiet()
    scoring.sugar.refuses = {SugarId("l2")}
    scoring.sugar.calls.clear()
    scoring.score(lead("l2"), 5)
    scoring.quiet()
    (row,) = scoring.errors()
    assert (row.code, row.record) == (NOT_TAKEN, lead("l2"))
    assert scoring.calls("fields") == ["fields Leads"]


@pytest.mark.parametrize("what", ["update", "by_ids", "fields"])
def test_a_module_that_refuses_is_one_row_and_tried_again_when_asked(
    scoring: Scoring, what: str
) -> None:
    keys = [lead(f"l{n:03}") for n in range(300)]
    scoring.people(*keys)

    def refuse(call: str) -> None:
        if call.startswith(what):
            raise NoRight("The user may not do this.")

    scoring.sugar.before_call = refuse
    for key in keys:
        scoring.score(key, 5)
    scoring.quiet()
    (row,) = scoring.errors()
    assert (row.code, row.record) == (REFUSED, module_key(Module.LEADS))
    scoring.sugar.before_call = lambda _: None
    push_again(scoring.world.app, TENANT, [row])
    scoring.quiet()
    assert scoring.errors() == []
    assert {scoring.held(key) for key in keys} == {5}


@pytest.mark.parametrize("refused", ["too many", "one"])
def test_a_refusal_of_some_records_keeps_no_others_from_their_scores(
    scoring: Scoring, monkeypatch: pytest.MonkeyPatch, refused: str
) -> None:
    keys = [lead(f"l{n}") for n in range(10)]
    scoring.people(*keys)
    update = ModelWriting.update

    def may_refuse(self: ModelWriting, module: Module, rows: Mapping[SugarId, Any]) -> None:
        if len(rows) > 2 if refused == "too many" else SugarId("l3") in rows:
            raise SugarRefused("Request Entity Too Large")
        update(self, module, rows)

    monkeypatch.setattr(ModelWriting, "update", may_refuse)
    for key in keys:
        scoring.score(key, 5)
    scoring.quiet()
    bad = [] if refused == "too many" else [lead("l3")]
    assert [row.record for row in scoring.errors()] == bad
    assert [key for key in keys if scoring.held(key) != 5] == bad


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


def test_a_password_that_is_refused_in_the_middle_leaves_the_marks(scoring: Scoring) -> None:
    scoring.people(lead("l1"))
    scoring.score(lead("l1"), 5)

    def refuse(call: str) -> None:
        if call.startswith("update"):
            raise ConnectionPaused("Sync was paused.")

    scoring.sugar.before_call = refuse
    scoring.quiet()
    mark = scoring.mark(lead("l1"))
    assert mark is not None
    assert (mark.due_at is None, mark.parked, scoring.errors()) == (False, "", [])
