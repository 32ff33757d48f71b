"""A score that somebody in Sugar changes is told again, three times a day; new records get theirs."""

from datetime import timedelta

import pytest

from funnel.domain.crm import CrmRow, FieldDef, Page
from funnel.domain.ids import Module, SugarId
from funnel.domain.pushing.score_marks import OVERWRITTEN
from funnel.domain.sync.runs import RunKind
from funnel.usecases.connecting.connection import connection_of, sugar
from funnel.usecases.connecting.update_connection import ConnectionChanges, update_connection
from funnel.usecases.error_report.push_again import push_again
from funnel.usecases.sync.module_fields import ModuleFields
from tests.fakes.world import TENANT
from tests.unit.usecases.pushing.scoring_world import Scoring, contact, lead


@pytest.fixture
def scoring() -> Scoring:
    """A Lead that has been told its score."""
    made = Scoring()
    made.people(lead("l1"), contact("c1"))
    made.score(lead("l1"), 42)
    made.quiet()
    made.sugar.updates.clear()
    return made


def overwrite(scoring: Scoring, value: int | None) -> None:
    """Somebody in Sugar changes the score, and the next run sees it."""
    scoring.world.clock.advance(3600)
    scoring.sugar.put(Module.LEADS, "l1", funnel_score_c=value)
    scoring.world.sync()


@pytest.mark.parametrize("value", [7, None])
def test_another_score_in_sugar_is_told_again(scoring: Scoring, value: int | None) -> None:
    overwrite(scoring, value)
    assert scoring.written() == ["l1"]
    assert scoring.held(lead("l1")) == 42
    scoring.world.sync()
    assert scoring.written() == ["l1"]


def test_our_own_write_read_back_by_the_pull_causes_nothing(scoring: Scoring) -> None:
    for kind in (RunKind.HOURLY, RunKind.FULL):
        scoring.world.clock.advance(3600)
        scoring.world.sync(kind)
    assert scoring.written() == []


def test_the_third_time_in_a_day_is_an_error_and_left_alone(scoring: Scoring) -> None:
    for value in (1, 2, 3, 4):
        overwrite(scoring, value)
    assert scoring.written() == ["l1", "l1"]
    assert scoring.held(lead("l1")) == 4
    (row,) = scoring.errors()
    assert (row.code, row.record, row.value) == (OVERWRITTEN, lead("l1"), "42")


def test_it_heals_with_the_next_score_or_when_it_is_tried_again(scoring: Scoring) -> None:
    for value in (1, 2, 3):
        overwrite(scoring, value)
    scoring.score(lead("l1"), 50)
    scoring.quiet()
    assert scoring.errors() == []
    assert scoring.held(lead("l1")) == 50
    overwrite(scoring, 3)
    (row,) = scoring.errors()
    push_again(scoring.world.app, TENANT, [row])
    scoring.quiet()
    assert scoring.errors() == []
    assert scoring.held(lead("l1")) == 50


def test_what_happens_on_the_next_day_is_a_new_count(scoring: Scoring) -> None:
    for value in (1, 2):
        overwrite(scoring, value)
    scoring.world.clock.advance(24 * 3600)
    for value in (3, 4):
        overwrite(scoring, value)
    assert scoring.errors() == []
    assert scoring.held(lead("l1")) == 42


def test_a_record_that_comes_later_gets_the_score_of_its_person(scoring: Scoring) -> None:
    scoring.world.clock.advance(3600)
    scoring.sugar.put(Module.CONTACTS, "c2", last_name="l1", email1="l1@leads.example")
    scoring.world.sync()
    assert scoring.held(contact("c2")) == 42
    assert scoring.errors() == []


def test_somebody_who_had_a_score_before_coming_into_sugar_brings_it(scoring: Scoring) -> None:
    person_id = scoring.person(contact("c1"))
    scoring.stream.put(person_id, 30, scoring.world.clock.now())
    scoring.stream.moved.clear()
    scoring.world.clock.advance(3600)
    scoring.sugar.put(Module.LEADS, "l9", last_name="c1", email1="c1@contacts.example")
    scoring.world.sync()
    assert (scoring.held(lead("l9")), scoring.held(contact("c1"))) == (30, 30)


def test_the_first_pull_of_another_sugar_causes_no_push(scoring: Scoring) -> None:
    scoring.world.change(synced_until={})
    scoring.sugar.put(Module.LEADS, "l1", funnel_score_c=None)
    scoring.world.clock.advance(3600)
    scoring.world.sync(RunKind.FULL)
    assert scoring.written() == []


@pytest.mark.parametrize(("began", "again"), [(-1, 0), (1, 1)])
def test_what_was_read_before_sugar_was_told_proves_nothing(
    scoring: Scoring, began: int, again: int
) -> None:
    mark = scoring.mark(lead("l1"))
    assert mark is not None
    assert mark.told_at is not None
    at = mark.told_at + timedelta(seconds=began)
    record = scoring.store.records(TENANT, [lead("l1")])[lead("l1")]
    fields = {**record.fields, "funnel_score_c": 7}
    row = CrmRow(Module.LEADS, SugarId("l1"), at, False, fields)
    app, connection = scoring.world.app, connection_of(scoring.world.app, TENANT)
    with sugar(app, connection) as crm:
        ModuleFields(app, crm, connection).page_store().store(Page([row], at, at))
    found = scoring.mark(lead("l1"))
    assert found is not None
    assert len(found.overwritten) == again


def test_a_full_sync_brings_every_score_to_fields_that_were_chosen_later() -> None:
    scoring = Scoring()
    scoring.sugar.custom_fields[Module.LEADS].append(FieldDef("score_c", "int", "Score"))
    scoring.people(lead("l1"))
    scoring.score(lead("l1"), 42)
    scoring.quiet()
    chosen = ConnectionChanges(score_fields={Module.LEADS: ("score_c",)})
    update_connection(scoring.world.app, TENANT, "Ada", chosen)
    scoring.world.clock.advance(3600)
    scoring.world.sync(RunKind.FULL)
    assert scoring.sugar.tables[Module.LEADS][SugarId("l1")].fields["score_c"] == 42
    assert scoring.errors() == []
    scoring.sugar.updates.clear()
    scoring.world.sync(RunKind.FULL)
    assert scoring.written() == []
