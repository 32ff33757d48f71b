"""Patience with DynamoDB, and where it ends."""

from threading import Event
from typing import Any

import pytest
from botocore.exceptions import EndpointConnectionError, ReadTimeoutError

from funnel.adapters.dynamodb.tables import from_cursor, shard, to_cursor
from funnel.domain.errors import InputInvalid, StoreBusy
from tests.unit.dynamodb.scripted import ScriptedClient, Sleeps, cancelled, dynamo, failure


def item(pk: str) -> dict[str, Any]:
    return {"pk": {"S": pk}, "sk": {"S": "s"}}


def test_rows_are_read_consistently_a_hundred_at_a_time() -> None:
    def answer(asked: dict[str, Any]) -> dict[str, Any]:
        return {"Responses": {"t": asked["RequestItems"]["t"]["Keys"]}}

    client = ScriptedClient(answer, answer, answer)
    keys = [(str(n), "s") for n in range(250)]

    found = dynamo(client).batch_get("t", keys)

    assert sorted(i["pk"]["S"] for i in found) == sorted(pk for pk, _ in keys)
    asked = [a["RequestItems"]["t"] for _, a in client.asked]
    assert sorted(len(a["Keys"]) for a in asked) == [50, 100, 100]
    assert all(a["ConsistentRead"] for a in asked)


def test_rows_that_were_not_read_are_asked_for_again_after_a_while() -> None:
    sleeps = Sleeps()
    rest = {"t": {"Keys": [item("b")], "ConsistentRead": True}}
    client = ScriptedClient(
        {"Responses": {"t": [item("a")]}, "UnprocessedKeys": rest},
        {"Responses": {"t": [item("b")]}, "UnprocessedKeys": {}},
    )
    found = dynamo(client, sleeps).batch_get("t", [("a", "s"), ("b", "s")])
    assert [i["pk"]["S"] for i in found] == ["a", "b"]
    assert client.asked[1][1]["RequestItems"] == rest
    assert len(sleeps.seconds) == 1


def test_rows_that_are_never_read_are_a_busy_store() -> None:
    rest = {"t": {"Keys": [item("a")], "ConsistentRead": True}}
    client = ScriptedClient(*[{"Responses": {}, "UnprocessedKeys": rest}] * 20)
    with pytest.raises(StoreBusy):
        dynamo(client).batch_get("t", [("a", "s")])
    assert len(client.asked) == 8


def test_rows_that_were_not_put_are_put_again() -> None:
    rest = {"t": [{"PutRequest": {"Item": item("b")}}]}
    client = ScriptedClient({"UnprocessedItems": rest})
    dynamo(client).batch_put("t", [item("a"), item("b")])
    assert client.asked[1][1]["RequestItems"] == rest


def test_throttling_is_waited_out_longer_each_time() -> None:
    sleeps = Sleeps()
    client = ScriptedClient(*[failure("ThrottlingException")] * 7, {"Items": []})
    assert dynamo(client, sleeps).query("t", 5) == []
    assert len(sleeps.seconds) == 7
    assert sleeps.seconds[-1] > 4 * sleeps.seconds[0]
    assert sum(sleeps.seconds) < 10


@pytest.mark.parametrize(
    "error",
    [
        EndpointConnectionError(endpoint_url="https://dynamodb.example.test"),
        ReadTimeoutError(endpoint_url="https://dynamodb.example.test"),
    ],
)
def test_no_answer_after_botocores_own_tries_is_a_busy_store(error: Exception) -> None:
    client = ScriptedClient(error)
    with pytest.raises(StoreBusy, match="does not answer"):
        dynamo(client).query("t", 5)
    assert len(client.asked) == 1


def test_a_query_reads_on_until_it_has_what_was_asked_for() -> None:
    client = ScriptedClient(
        {"Items": [item("a")], "LastEvaluatedKey": item("a")},
        {"Items": [item("b"), item("c")], "LastEvaluatedKey": item("c")},
    )
    found = dynamo(client).query("t", 3, ScanIndexForward=False)
    assert [i["pk"]["S"] for i in found] == ["a", "b", "c"]
    assert [a["Limit"] for _, a in client.asked] == [3, 2]
    assert client.asked[1][1]["ExclusiveStartKey"] == item("a")
    assert client.asked[1][1]["ScanIndexForward"] is False


@pytest.mark.parametrize("position", ["", "a", "müller\x1f1", "🦊" * 100])
def test_a_cursor_stands_for_its_position_and_fits_an_address(position: str) -> None:
    cursor = to_cursor(position)
    assert from_cursor(cursor) == position
    assert cursor.replace("-", "").replace("_", "").isalnum() or not cursor


@pytest.mark.parametrize("cursor", ["ü", "a b", "%", "A", "_w"])
def test_what_is_no_cursor_of_ours_is_refused(cursor: str) -> None:
    with pytest.raises(InputInvalid):
        from_cursor(cursor)


def test_a_row_stays_in_its_shard_for_ever() -> None:
    assert [shard(f"id-{n}") for n in range(8)] == [2, 4, 6, 0, 3, 5, 7, 1]


def test_when_one_part_fails_the_others_have_ended_before_it_is_told() -> None:
    ended: list[int] = []
    first = Event()

    def work(part: int) -> None:
        if part == 0:
            first.set()
            raise StoreBusy("part 0")
        first.wait(5)
        ended.append(part)

    with pytest.raises(StoreBusy, match="part 0"):
        dynamo(ScriptedClient()).each(work, [0, 1, 2])
    assert sorted(ended) == [1, 2]


def test_a_transaction_asked_again_is_known_again() -> None:
    client = ScriptedClient(cancelled("TransactionConflict"), failure("ThrottlingException"))
    dynamo(client).transact([{"Delete": {"TableName": "t", "Key": item("a")}}])
    tokens = [asked["ClientRequestToken"] for _, asked in client.asked]
    assert len(tokens) == 3
    assert len(set(tokens)) == 1
