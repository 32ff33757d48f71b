"""What keeps Sugar from being told a score: a Sugar that is away, records and modules that refuse."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from funnel.domain.errors import (
    ConnectionPaused,
    NoRight,
    ServerCrashed,
    SugarRefused,
    SugarUnavailable,
)
from funnel.domain.ids import Module, SugarId
from funnel.domain.pushing.score_marks import FIELD_MISSING, NOT_TAKEN, REFUSED
from funnel.domain.sync.module_errors import module_key
from funnel.usecases.error_report.push_again import push_again
from funnel.usecases.pushing.push_scores import ScoreTeller
from tests.fakes.sugar_writing import ModelWriting
from tests.fakes.world import TENANT
from tests.unit.usecases.pushing.scoring_world import Scoring, contact, lead


@pytest.fixture
def scoring() -> Scoring:
    return Scoring()


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
