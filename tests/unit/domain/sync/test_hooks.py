"""What a webhook names."""

from typing import Any

import pytest

from funnel.domain.errors import InputInvalid, TooLarge
from funnel.domain.ids import Module, RecordKey, SugarId
from funnel.domain.sync.hooks import MOST_RECORDS, named_records

US = SugarId("u-funnel")
ID = "0badcafe-0000-4000-8000-000000000001"


def one(**more: Any) -> dict[str, Any]:
    return {"module": "Leads", "id": ID, "event": "saved"} | more


def named(*records: Any, **more: Any) -> list[str]:
    return [key.sugar_id for key in named_records({"records": list(records), **more}, US)]


def test_each_record_is_named_once_and_our_own_changes_are_left_out() -> None:
    key = RecordKey(Module.LEADS, SugarId(ID))
    assert named_records({"records": [one(), one(event="deleted")]}, US) == (key,)
    assert named(one(), by=US) == []
    assert named(one(by=US), by="somebody") == []
    assert named(one(by="somebody"), by=US) == [ID], "what is said of the record goes first"
    assert named_records({"by": "", "records": [one()]}, SugarId("")) == (key,)
    assert named(one(id="ERP/4711"), one()) == [ID]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ([], ""),
        ({}, "records"),
        ({"records": {}}, "records"),
        ({"records": [one(), "x"]}, "records.1"),
        ({"records": [one(module="Shoes")]}, "records.0.module"),
        ({"records": [one(module=None)]}, "records.0.module"),
        ({"records": [one(), one(id="")]}, "records.1.id"),
        ({"records": [one(id=4711)]}, "records.0.id"),
        ({"records": [one(event="danced")]}, "records.0.event"),
    ],
)
def test_what_is_wrong_is_named_by_its_place(body: object, field: str) -> None:
    with pytest.raises(InputInvalid) as told:
        named_records(body, US)
    assert told.value.field == field


def test_so_many_records_can_be_named_and_no_more() -> None:
    assert named(*[one()] * MOST_RECORDS) == [ID]
    with pytest.raises(TooLarge) as told:
        named(*[one()] * (MOST_RECORDS + 1))
    assert told.value.field == "records"
