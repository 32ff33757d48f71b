"""Requests to DynamoDB: bounded patience, batches, transactions and queries."""

import logging
import random
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from itertools import islice
from typing import Any, TypeVar

from botocore.exceptions import ClientError, HTTPClientError
from botocore.exceptions import ConnectionError as NoConnection
from botocore.parsers import ResponseParserError
from pynamodb.exceptions import PynamoDBException

from funnel.adapters.dynamodb.tables import KNOWN
from funnel.domain.errors import StoreBusy

logger = logging.getLogger(__name__)

T = TypeVar("T")
R = TypeVar("R")
Item = dict[str, dict[str, Any]]

CONDITION_FAILED = "ConditionalCheckFailedException"
LOST = "ConditionalCheckFailed"
_CANCELLED = "TransactionCanceledException"
_PASSING = frozenset(
    {
        "TransactionConflictException",
        "TransactionInProgressException",
        "ProvisionedThroughputExceededException",
        "ThrottlingException",
        "RequestLimitExceeded",
        "InternalServerError",
        "ServiceUnavailable",
    }
)
_UNANSWERED = (HTTPClientError, NoConnection, ResponseParserError)
_PASSING_REASONS = frozenset(
    {"TransactionConflict", "ProvisionedThroughputExceeded", "ThrottlingError"}
)
_TRIES = 8
_FIRST_WAIT = 0.02
_LONGEST_WAIT = 2.0
_AT_ONCE = 8
GET_BATCH = 100
WRITE_BATCH = 25
TRANSACTION = 100
ALL = 100_000
_LONGEST_PK, _LONGEST_SK = 2048, 1024
"""Bytes of a key: DynamoDB's limits."""
_PASSED_AT_ONCE = 100
"""Rows of a later release that stand in a row are passed by in pages of at least these."""
_ANY = 1_000_000_000


class Dynamo:
    """One client, with the patience and the few threads that all tables share."""

    def __init__(
        self, client: Any, sleep: Callable[[float], None], transaction: int = TRANSACTION
    ) -> None:
        self.client = client
        self.transaction = transaction
        self._sleep = sleep
        self._threads: ThreadPoolExecutor | None = None

    def patiently(self, call: Callable[..., T], **arguments: Any) -> T:
        """Make the call, again while what stands in its way can pass. Raises `StoreBusy`.

        botocore has tried again already where no answer came.
        """
        for pause in self.waits():
            try:
                return call(**arguments)
            except (ClientError, *_UNANSWERED, PynamoDBException) as error:
                if _unanswered(error):
                    raise StoreBusy("The store does not answer.") from error
                if code_of(error) not in _PASSING:
                    raise
                if pause is None:
                    raise StoreBusy(f"The store is busy: {code_of(error)}.") from error
        raise AssertionError

    def waits(self) -> Iterator[float | None]:
        """Once for each try, sleeping between them; None for the last."""
        for attempt in range(_TRIES):
            yield None if attempt == _TRIES - 1 else 0.0
            longest = min(_LONGEST_WAIT, _FIRST_WAIT * 2**attempt)
            self._sleep(longest * random.uniform(0.5, 1))

    def each(self, work: Callable[[T], R], parts: Sequence[T]) -> list[R]:
        """Do the same with all parts, a few at a time; in order.

        What one raises is raised when all have ended: none goes on behind the caller's back.
        """
        if len(parts) < 2:
            return [work(part) for part in parts]
        if self._threads is None:
            self._threads = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="dynamodb")
        futures = [self._threads.submit(work, part) for part in parts]
        wait(futures)
        return [future.result() for future in futures]

    def batch_get(self, table: str, keys: Sequence[tuple[str, str]]) -> list[Item]:
        """The items with these (pk, sk) that are there, read consistently, in any order."""
        return self.batch_get_of({table: keys})[table]

    def batch_get_of(self, keys: Mapping[str, Sequence[tuple[str, str]]]) -> dict[str, list[Item]]:
        """The same of several tables, together in as few requests as one table would take."""
        places = [(table, key) for table, some in keys.items() for key in some if can_be(*key)]
        found: dict[str, list[Item]] = {table: [] for table in keys}
        for part in self.each(self._get_some, chunks(places, GET_BATCH)):
            for table, items in part.items():
                found[table] += items
        return found

    def _get_some(self, places: Sequence[tuple[str, tuple[str, str]]]) -> dict[str, list[Item]]:
        asked: dict[str, dict[str, Any]] = {}
        for table, key in places:
            of_table = asked.setdefault(table, {"Keys": [], "ConsistentRead": True})
            of_table["Keys"].append(key_of(*key))
        found: dict[str, list[Item]] = defaultdict(list)
        for _ in self.waits():
            reply = self.patiently(self.client.batch_get_item, RequestItems=asked)
            for table, items in reply["Responses"].items():
                found[table] += items
            asked = reply.get("UnprocessedKeys") or {}
            if not asked:
                return found
        raise StoreBusy("The store is busy: it did not read all rows.")

    def batch_put(self, table: str, items: Sequence[Item]) -> None:
        """Put items whose order and earlier content do not matter; no two with one key."""
        self._write(table, [{"PutRequest": {"Item": item}} for item in items])

    def batch_delete(self, table: str, keys: Sequence[tuple[str, str]]) -> None:
        """Delete the items with these (pk, sk), all different; nothing for those not there."""
        self._write(table, [{"DeleteRequest": {"Key": key_of(*key)}} for key in keys])

    def _write(self, table: str, requests: Sequence[Mapping[str, Any]]) -> None:
        self.each(lambda part: self._write_some(table, part), chunks(requests, WRITE_BATCH))

    def _write_some(self, table: str, requests: Sequence[Mapping[str, Any]]) -> None:
        asked = {table: list(requests)}
        for _ in self.waits():
            reply = self.patiently(self.client.batch_write_item, RequestItems=asked)
            asked = reply.get("UnprocessedItems") or {}
            if not asked:
                return
        raise StoreBusy("The store is busy: it did not write all rows.")

    def transact(self, actions: Sequence[Mapping[str, Any]]) -> list[int]:
        """Carry out all actions or none; the places of those whose condition did not hold.

        An empty list means that all were carried out. The token lets DynamoDB know a transaction
        again whose reply was lost, so that asking twice does not find its own rows in the way.
        """
        asked = {"TransactItems": actions, "ClientRequestToken": str(uuid.uuid4())}
        for pause in self.waits():
            try:
                self.patiently(self.client.transact_write_items, **asked)
            except ClientError as error:
                if code_of(error) != _CANCELLED:
                    raise
                reasons = [r.get("Code") for r in error.response.get("CancellationReasons", [])]
                lost = [at for at, reason in enumerate(reasons) if reason == LOST]
                if lost:
                    return lost
                if not _PASSING_REASONS.intersection(reasons):
                    raise
                if pause is None:
                    raise StoreBusy("Others keep changing the same rows.") from error
            else:
                return []
        raise AssertionError

    def query(self, table: str, limit: int, **arguments: Any) -> list[Item]:
        """The first `limit` items of a query, however many requests they take."""
        found: list[Item] = []
        more: dict[str, Any] = {}
        while True:
            asked = {**arguments, **more, "TableName": table, "Limit": limit - len(found)}
            reply = self.patiently(self.client.query, **asked)
            found += reply["Items"]
            last = reply.get("LastEvaluatedKey")
            if not last or len(found) >= limit:
                return found
            more = {"ExclusiveStartKey": last}

    def query_known(self, table: str, limit: int, **arguments: Any) -> list[Item]:
        """The same of an index over all tenants, without rows that a later release wrote.

        What it left out, the log says. Not for an index of keys alone, which tells no rows apart:
        whoever reads one then meets it there.
        """
        asked = {
            **arguments,
            "TableName": table,
            "FilterExpression": "attribute_not_exists(v) OR v <= :known",
            "ExpressionAttributeValues": {
                **arguments["ExpressionAttributeValues"], ":known": {"N": str(KNOWN)},
            },
        }  # fmt: skip
        found: list[Item] = []
        passed, at_once = 0, limit
        while True:
            reply = self.patiently(self.client.query, **asked, Limit=at_once)
            found += reply["Items"]
            passed += int(reply["ScannedCount"]) - int(reply["Count"])
            last = reply.get("LastEvaluatedKey")
            if not last or len(found) >= limit:
                break
            asked["ExclusiveStartKey"] = last
            at_once = max(limit - len(found), _PASSED_AT_ONCE if passed else 1)
        if passed:
            where = {"table": table, "index": arguments.get("IndexName", ""), "rows": passed}
            logger.warning("written by a newer release", extra=where)
        return found[:limit]

    def count(self, table: str, most: int = _ANY, **arguments: Any) -> int:
        """How many items a query finds, `most` where there are more; consistently, unless asked otherwise."""
        found = 0
        more: dict[str, Any] = {"ConsistentRead": True}
        while True:
            asked = {**more, **arguments, "TableName": table, "Select": "COUNT"}
            reply = self.patiently(self.client.query, **asked, Limit=most - found)
            found += int(reply["Count"])
            last = reply.get("LastEvaluatedKey")
            if not last or found >= most:
                return found
            more["ExclusiveStartKey"] = last

    def query_all(self, table: str, **arguments: Any) -> list[Item]:
        """All items of a query that has few."""
        return self.query(table, ALL, **arguments)


def code_of(error: Exception) -> str:
    """DynamoDB's code of an error; "" where no answer came."""
    if isinstance(error, ClientError):
        return str(error.response["Error"]["Code"])
    if isinstance(error, PynamoDBException):
        return error.cause_response_code or ""
    return ""


def _unanswered(error: Exception) -> bool:
    cause = error.cause if isinstance(error, PynamoDBException) else error
    return isinstance(cause, _UNANSWERED)


def can_be(pk: str, sk: str) -> bool:
    """Whether a row may have this key: DynamoDB refuses to be asked for a longer one."""
    return len(pk.encode()) <= _LONGEST_PK and len(sk.encode()) <= _LONGEST_SK


def key_of(pk: str, sk: str) -> Item:
    """The key of an item."""
    return {"pk": {"S": pk}, "sk": {"S": sk}}


def chunks(values: Sequence[T], size: int) -> list[Sequence[T]]:
    """The values in parts of at most `size`."""
    rest = iter(values)
    return list(iter(lambda: list(islice(rest, size)), []))
