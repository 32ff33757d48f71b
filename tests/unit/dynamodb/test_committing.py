"""How units are packed into transactions, and what becomes of those that lose."""

from dataclasses import replace
from typing import Any

import pytest

from funnel.domain.errors import Permanent, StoreBusy
from funnel.domain.ids import PersonId, TenantId
from funnel.domain.sync.records import Claim, FieldChange, Unit
from tests.unit.dynamodb.rows import TENANT, entry, error, key, person, record
from tests.unit.dynamodb.scripted import ScriptedClient, cancelled, committer, failure

LOST = "ConditionalCheckFailed"


def units(count: int) -> list[Unit]:
    return [Unit(records=[record(str(n))], people=[person(str(n))]) for n in range(count)]


def test_many_units_share_transactions_of_at_most_a_hundred_rows() -> None:
    client = ScriptedClient()
    assert committer(client).commit(TENANT, units(120)) == [True] * 120
    assert sorted(len(t) for t in client.transactions) == [40, 100, 100]


def test_a_unit_is_never_torn_apart() -> None:
    client = ScriptedClient()
    many = [Unit(records=[record(f"{n}-{m}") for m in range(60)]) for n in range(2)]
    committer(client).commit(TENANT, many)
    assert [len(t) for t in client.transactions] == [60, 60]


def test_nothing_to_write_asks_for_nothing() -> None:
    client = ScriptedClient()
    assert committer(client).commit(TENANT, []) == []
    assert committer(client).commit(TENANT, [Unit()]) == [True]
    assert client.asked == []


def test_the_losers_are_told_and_the_others_written() -> None:
    client = ScriptedClient(cancelled("None", "None", LOST, "None", "None", "None"))
    assert committer(client).commit(TENANT, units(3)) == [True, False, True]
    again = [a["Put"]["Item"]["pk"]["S"] for a in client.transactions[1]]
    assert again == ["acme#Leads/0", "acme#person#0", "acme#Leads/2", "acme#person#2"]


def test_losers_can_come_one_after_the_other() -> None:
    client = ScriptedClient(
        cancelled(LOST, "None", "None", "None"),
        cancelled("None", "TransactionConflict"),
        cancelled("None", LOST),
    )
    assert committer(client).commit(TENANT, units(2)) == [False, False]
    assert len(client.transactions) == 3


def test_a_conflict_with_another_transaction_is_tried_again() -> None:
    client = ScriptedClient(
        cancelled("TransactionConflict", "None"), failure("ThrottlingException")
    )
    assert committer(client).commit(TENANT, units(1)) == [True]
    assert len(client.transactions) == 3


def test_conflicts_without_end_are_a_busy_store() -> None:
    client = ScriptedClient(*[cancelled("TransactionConflict", "None")] * 50)
    with pytest.raises(StoreBusy):
        committer(client).commit(TENANT, units(1))
    assert len(client.transactions) == 8


def test_what_dynamodb_calls_wrong_is_not_tried_again() -> None:
    client = ScriptedClient(failure("ValidationException"))
    with pytest.raises(Exception, match="ValidationException"):
        committer(client).commit(TENANT, units(1))
    assert len(client.asked) == 1


@pytest.mark.parametrize(
    ("version", "condition"), [(0, "attribute_not_exists(pk)"), (7, "version = :n")]
)
def test_a_row_is_written_only_over_the_version_it_comes_from(version: int, condition: str) -> None:
    client = ScriptedClient()
    committer(client).commit(TENANT, [Unit(records=[record("1", version=version)])])
    put = client.transactions[0][0]["Put"]
    assert put["ConditionExpression"] == condition
    assert put.get("ExpressionAttributeValues") == ({":n": {"N": "7"}} if version else None)
    assert put["Item"]["version"] == {"N": str(version + 1)}


def test_an_address_given_up_keeps_its_version_for_whoever_takes_it_next() -> None:
    client = ScriptedClient()
    claim = Claim(TENANT, "ada@example.test", PersonId(""), 3)
    committer(client).commit(TENANT, [Unit(claims=[claim])])
    update = client.transactions[0][0]["Update"]
    assert "REMOVE person ADD version :one" in update["UpdateExpression"]
    assert update["ConditionExpression"] == "version = :n AND attribute_exists(person)"


def test_giving_up_what_nobody_has_only_looks() -> None:
    client = ScriptedClient()
    claim = Claim(TENANT, "ada@example.test", PersonId(""))
    committer(client).commit(TENANT, [Unit(claims=[claim])])
    assert list(client.transactions[0][0]) == ["ConditionCheck"]


def test_the_same_history_of_two_units_is_put_once() -> None:
    client = ScriptedClient()
    many = [Unit(records=[record(str(n))], history=[entry("p1")]) for n in range(2)]
    committer(client).commit(TENANT, many)
    assert [len(t) for t in client.transactions] == [3]


def test_different_history_under_one_key_goes_in_two_transactions() -> None:
    client = ScriptedClient()
    many = [Unit(history=[entry("p1", note=str(n))]) for n in range(2)]
    committer(client).commit(TENANT, many)
    assert [len(t) for t in client.transactions] == [1, 1]


def test_an_error_closed_and_put_in_one_unit_is_put() -> None:
    client = ScriptedClient()
    one = error(key("1"))
    committer(client).commit(TENANT, [Unit(closed=[(one.record, one.error_id)], errors=[one])])
    assert [list(a) for a in client.transactions[0]] == [["Put"]]


def test_a_unit_of_more_than_a_hundred_rows_is_refused() -> None:
    with pytest.raises(ValueError, match="101"):
        committer(ScriptedClient()).commit(
            TENANT, [Unit(records=[record(str(n)) for n in range(101)])]
        )


def test_a_row_of_another_tenant_is_refused() -> None:
    client = ScriptedClient()
    for unit in (
        Unit(records=[replace(record("1"), tenant=TenantId("other"))]),
        Unit(claims=[Claim(TenantId("other"), "a@b", PersonId("p"))]),
        Unit(history=[entry("p1", tenant="other")]),
    ):
        with pytest.raises(ValueError, match="another tenant"):
            committer(client).commit(TENANT, [unit])
    assert client.asked == []


def test_a_row_twice_in_a_unit_is_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        committer(ScriptedClient()).commit(TENANT, [Unit(records=[record("1"), record("1")])])


@pytest.mark.parametrize(
    ("unit", "name"),
    [
        (Unit(records=[record("big", fields={"description": "x" * 420_000})]), "Leads/big"),
        (Unit(records=[record("big", fields={"description": "ü" * 210_000})]), "Leads/big"),
        (Unit(people=[person("1", agreed={"description": "x" * 420_000})]), "Leads/of-1"),
        (Unit(history=[entry("p1", changes=(FieldChange("f", None, "x" * 420_000, "r"),))]), "p1"),
    ],
)
def test_a_record_that_cannot_be_kept_whole_is_named(unit: Unit, name: str) -> None:
    client = ScriptedClient()
    with pytest.raises(Permanent) as caught:
        committer(client).commit(TENANT, [unit])
    assert caught.value.record == name
    assert name in caught.value.text
    assert client.asked == []


def test_large_records_are_spread_over_more_transactions() -> None:
    client = ScriptedClient()
    large: dict[str, Any] = {"description": "x" * 390_000}
    many = [Unit(records=[record(str(n), fields=large)]) for n in range(20)]
    assert committer(client).commit(TENANT, many) == [True] * 20
    assert sorted(len(t) for t in client.transactions) == [6, 7, 7]
