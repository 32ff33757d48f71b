"""The rule that every request of a contract test is held to (tests/rights/keys.py) finds what is astray."""

import re
from dataclasses import dataclass
from typing import Any

import pytest

from funnel.usecases.app import Stores
from tests.contract.storage.servers import NAMES
from tests.rights.keys import (
    ACROSS,
    FOR_ALL,
    FOUND_FIRST,
    NOBODYS,
    found_astray,
    strays,
    tenants_of,
)
from tests.rights.recording import store_actions
from tests.template.source import of_type

TABLES = {name: table for table, name in NAMES.items()}
OURS, THEIRS = "t-1", "t-2"
METHODS = {name for name in dir(Stores) if not name.startswith("_")}


def asked(operation: str, body: dict[str, Any], method: str = "any") -> list[str]:
    return strays(TABLES, method, frozenset({OURS}), operation, body)


def key(pk: str, sk: str = "s") -> dict[str, Any]:
    return {"pk": {"S": pk}, "sk": {"S": sk}}


def query(table: str, pk: str, index: str = "", **ends: str) -> dict[str, Any]:
    attribute = f"{index}_pk" if index else "pk"
    condition, sort = f"{attribute} = :p", f"{index}_sk" if index else "sk"
    if ends:
        condition += f" AND {sort} BETWEEN :low AND :high"
    values = {":p": {"S": pk}} | {f":{name}": {"S": end} for name, end in ends.items()}
    where = {"IndexName": index} if index else {}
    return {
        "TableName": table, **where,
        "KeyConditionExpression": condition, "ExpressionAttributeValues": values,
    }  # fmt: skip


def test_every_method_of_every_store_is_held_to_the_rule() -> None:
    # What is written down was asked in a contract test, and each request there is held to it.
    assert set(store_actions()) == METHODS
    assert {table for actions in store_actions().values() for table in actions} >= set(
        of_type("AWS::DynamoDB::Table")
    )
    assert set(FOR_ALL) | set(FOUND_FIRST) <= METHODS
    assert {where.partition("/")[0] for where in (*NOBODYS, *ACROSS)} <= set(NAMES)


@pytest.mark.parametrize("pk", [OURS, f"{OURS}#person#p1"])
def test_what_begins_with_the_tenant_is_its_own(pk: str) -> None:
    assert asked("GetItem", {"TableName": "people", "Key": key(pk)}) == []
    assert asked("Query", query("people", pk)) == []


@pytest.mark.parametrize("pk", [THEIRS, f"{THEIRS}#person#p1", f"{OURS}0#person#p1", "person#p1"])
@pytest.mark.parametrize(
    ("operation", "shape"),
    [
        ("GetItem", lambda pk: {"TableName": "people", "Key": key(pk)}),
        ("PutItem", lambda pk: {"TableName": "people", "Item": key(pk)}),
        ("DeleteItem", lambda pk: {"TableName": "people", "Key": key(pk)}),
        ("UpdateItem", lambda pk: {"TableName": "people", "Key": key(pk)}),
        ("Query", lambda pk: query("people", pk)),
        ("Query", lambda pk: query("people", pk, "list")),
        ("Query", lambda pk: {**query("people", OURS), "ExclusiveStartKey": key(pk)}),
        ("BatchGetItem", lambda pk: {"RequestItems": {"people": {"Keys": [key(OURS), key(pk)]}}}),
        (
            "BatchWriteItem",
            lambda pk: {"RequestItems": {"people": [{"DeleteRequest": {"Key": key(pk)}}]}},
        ),
        (
            "BatchWriteItem",
            lambda pk: {"RequestItems": {"people": [{"PutRequest": {"Item": key(pk)}}]}},
        ),
        (
            "TransactWriteItems",
            lambda pk: {
                "TransactItems": [
                    {"Put": {"TableName": "people", "Item": key(OURS)}},
                    {"ConditionCheck": {"TableName": "people", "Key": key(pk)}},
                ]
            },
        ),
        (
            "PutItem",
            lambda pk: {"TableName": "people", "Item": {**key(OURS), "list_pk": {"S": pk}}},
        ),
        (
            "UpdateItem",
            lambda pk: {
                "TableName": "people", "Key": key(OURS), "UpdateExpression": "SET #0 = :0",
                "ExpressionAttributeNames": {"#0": "list_pk"},
                "ExpressionAttributeValues": {":0": {"S": pk}},
            },
        ),
    ],
)  # fmt: skip
def test_what_does_not_is_found_wherever_it_stands(operation: str, shape: Any, pk: str) -> None:
    found = asked(operation, shape(pk))
    assert found
    for one in found:
        assert one.startswith(f"any asks {operation} of PeopleTable")
        assert repr(pk) in one


def test_a_key_of_an_index_that_is_set_by_a_sum_of_others_is_nobodys() -> None:
    body = {
        "TableName": "people", "Key": key(OURS),
        "UpdateExpression": "SET due_pk = if_not_exists(due_pk, :0)",
        "ExpressionAttributeValues": {":0": {"S": OURS}},
    }  # fmt: skip
    assert asked("UpdateItem", body)
    assert not asked("UpdateItem", {**body, "UpdateExpression": "SET v = :0 REMOVE due_pk"})


def test_where_all_tenants_wait_a_tenant_looks_for_itself_only() -> None:
    own = query("mail", "due#3", "due", low=f"{OURS}#0#", high=f"{OURS}#0#~")
    assert asked("Query", own) == []
    for ends in (
        {}, {"low": f"{OURS}#", "high": "~"}, {"low": "", "high": f"{OURS}#"},
        {"low": f"{THEIRS}#", "high": f"{THEIRS}#~"}, {"low": f"2026#{OURS}#", "high": f"2027#{OURS}#"},
    ):  # fmt: skip
        wide = query("mail", "due#3", "due", **ends)
        assert asked("Query", wide), ends
        assert asked("Query", wide, "tenants_with_due_mails") == []
    assert asked("Query", query("mail", f"{THEIRS}#due#3", "due"), "tenants_with_due_mails")


def test_where_all_tenants_wait_what_is_written_names_its_own() -> None:
    def put(sort: str) -> list[str]:
        item = {**key(OURS), "due_pk": {"S": "lease#1"}, "due_sk": {"S": sort}}
        return asked("PutItem", {"TableName": "sync", "Item": item})

    assert put(f"2026-11-29#{OURS}#run-1") == put(OURS) == []
    assert put("2026-11-29#run-1")
    assert put(f"2026-11-29#{THEIRS}#run-1")


def test_what_is_given_to_a_tenant_is_its_own() -> None:
    def given(reply: dict[str, Any], body: dict[str, Any], method: str = "any") -> list[str]:
        return found_astray(TABLES, method, frozenset({OURS}), body, reply)

    body = query("people", OURS)
    assert given({"Items": [key(OURS), key(f"{OURS}#a")]}, body) == []
    assert given({"Items": [key(OURS), key(THEIRS)]}, body)
    assert given({"Item": key(THEIRS)}, {"TableName": "people"})
    assert given({"Responses": {"people": [key(THEIRS)]}}, {"RequestItems": {}})
    assert given({"Items": [key(THEIRS)]}, {"TableName": "sync"}, "expired_runs") == []


def test_whose_a_call_is_stands_in_what_it_is_given() -> None:
    @dataclass
    class Kept:
        tenant: str

    @dataclass
    class Around:
        kept: Kept
        number: int = 1

    assert tenants_of(["now", 1, None]) == frozenset()
    assert tenants_of([Kept(OURS)]) == {OURS}
    assert tenants_of([[(Around(Kept(OURS)), Kept(THEIRS))]]) == {OURS, THEIRS}


def test_every_place_of_nobodys_says_why() -> None:
    for known in (NOBODYS, ACROSS):
        for patterns in known.values():
            for pattern, why in patterns.items():
                assert re.compile(pattern.replace("{tenant}", ""))
                assert why
