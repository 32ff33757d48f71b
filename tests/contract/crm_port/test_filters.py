"""Filters of what is pulled, by any adapter of `Crm`, on every dialect."""

import pytest

from funnel.domain.crm import Condition, Operator
from funnel.domain.errors import InputInvalid
from funnel.domain.ids import Module, SugarId
from tests.contract.crm_port.subject import EVERYTHING, Subject


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (Condition("status", Operator.IS, ("New", "Dead")), {"new", "dead"}),
        (Condition("status", Operator.IS_NOT, ("New",)), {"dead", "empty", "null"}),
        (Condition("status", Operator.IS_EMPTY), {"empty", "null"}),
        (Condition("status", Operator.IS_NOT_EMPTY), {"new", "dead"}),
        (Condition("score_c", Operator.IS, ("5",)), {"new"}),
        (Condition("score_c", Operator.IS_EMPTY), {"dead", "empty", "null"}),
        (Condition("last_name", Operator.IS, ("O'Neill",)), {"dead"}),
    ],
    ids=lambda value: f"{value.field} {value.operator}" if isinstance(value, Condition) else "",
)
def test_filters_choose_records_by_standard_and_custom_fields(
    subject: Subject, condition: Condition, expected: set[str]
) -> None:
    company = subject.sugar.company
    company.create("Leads", first_name="new", last_name="x", status="New", score_c="5")
    company.create("Leads", first_name="dead", last_name="O'Neill", status="Dead")
    company.create("Leads", first_name="empty", last_name="x", status="")
    company.create("Leads", first_name="null", last_name="x", status=None)
    crm = subject.open()
    page = crm.read(Module.LEADS, EVERYTHING, 10, fields=("first_name",), conditions=(condition,))
    assert {row.fields["first_name"] for row in page.rows} == expected
    assert crm.count(Module.LEADS, EVERYTHING, (condition,)) == len(expected)
    ids = [SugarId(one) for one in company.ids("Leads")]
    named = crm.by_ids(Module.LEADS, ids, fields=("first_name",), conditions=(condition,))
    assert {row.fields["first_name"] for row in named.rows} == expected


@pytest.mark.parametrize(
    "condition",
    [
        Condition("no_such_field", Operator.IS_EMPTY),
        Condition("last_name", Operator.IS, ()),
        Condition("last_name", Operator.IS, ("back\\slash",)),
        Condition("last_name", Operator.IS, ("tab\t",)),
        Condition("id) OR (1=1", Operator.IS_EMPTY),
    ],
)
def test_a_filter_that_cannot_be_asked_is_refused_before_it_is_sent(
    best: Subject, condition: Condition
) -> None:
    crm = best.open()
    with pytest.raises(InputInvalid):
        crm.count(Module.LEADS, EVERYTHING, (condition,))
    assert best.requests("get_entries_count") == 0
