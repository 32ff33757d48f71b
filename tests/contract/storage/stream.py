"""A table's stream as Lambda brings it to a function: filter, batches, retries, bisecting.

Source: Lambda developer guide, "Configuring partial batch response with DynamoDB and Lambda" and
"Retain discarded records": of the sequence numbers that a function names, the lowest is where it
goes on; with `BisectBatchOnFunctionError` what is left is halved there; a batch of one that fails
more often than `MaximumRetryAttempts` goes to the destination.
"""

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

Record = dict[str, Any]
Handler = Callable[[Mapping[str, Any]], Mapping[str, Any]]


def records_of(streams: Any, table: str) -> Iterator[Record]:
    """Everything the stream of a table has, in the shape Lambda gives it."""
    (stream,) = streams.list_streams(TableName=table)["Streams"]
    described = streams.describe_stream(StreamArn=stream["StreamArn"])["StreamDescription"]
    for shard in described["Shards"]:
        place = streams.get_shard_iterator(
            StreamArn=stream["StreamArn"],
            ShardId=shard["ShardId"],
            ShardIteratorType="TRIM_HORIZON",
        )["ShardIterator"]
        while place:
            told = streams.get_records(ShardIterator=place)
            yield from (_as_lambda(one, stream["StreamArn"]) for one in told["Records"])
            place = told.get("NextShardIterator") if told["Records"] else None


def _as_lambda(record: Record, stream: str) -> Record:
    return {**record, "eventSource": "aws:dynamodb", "eventSourceARN": stream}


def deliver(
    records: Sequence[Record], handler: Handler, rules: Mapping[str, Any]
) -> tuple[list[Record], int]:
    """Bring the records of one shard by these rules of the template; what was set aside, and in how
    many invocations.
    """
    size = rules["BatchSize"]
    todo = deque((list(records[at : at + size]), 0) for at in range(0, len(records), size))
    aside: list[Record] = []
    invocations = 0
    while todo:
        batch, tries = todo.popleft()
        invocations += 1
        left = _left(batch, handler({"Records": batch}))
        if not left:
            continue
        if len(left) > 1 and rules["BisectBatchOnFunctionError"]:
            half = len(left) // 2
            todo.extendleft([(left[half:], 0), (left[:half], 0)])
        elif tries < rules["MaximumRetryAttempts"]:
            todo.appendleft((left, tries + 1))
        else:
            aside += left
    return aside, invocations


def _left(batch: list[Record], told: Mapping[str, Any]) -> list[Record]:
    failed = {one["itemIdentifier"] for one in told["batchItemFailures"]}
    places = [n for n, one in enumerate(batch) if one["dynamodb"]["SequenceNumber"] in failed]
    return batch[min(places) :] if places else []
