"""A DynamoDB endpoint that costs the measured process nothing: its own process, rows in memory.

    with CannedDynamoDb() as canned:
        store = DynamoStore(tables, canned.client())
        ...
        canned.counts()   # {"TransactWriteItems": Count(requests=15, items=1500), ...}

It keeps what is put and gives it back by key or by the beginning of its sort key. It checks no
condition and no signature, and every index is empty: what it answers is for measuring, never for
proving anything.
"""

import asyncio
import contextlib
import json
import os
import subprocess
import sys
import urllib.request
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from types import TracebackType
from typing import Any, Self

from funnel.adapters.dynamodb import Tables, dynamodb_client
from tests.bench.connection import Connection
from tests.bench.floor import Recorder

TABLES = Tables(*[field.name for field in fields(Tables)])
Body = dict[str, Any]
Item = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Count:
    """Requests of one operation, and the items they named."""

    requests: int
    items: int


class CannedDynamoDb:
    """The endpoint, running from `with` to its end."""

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [sys.executable, "-m", __name__],
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout is not None
        self.url = f"http://127.0.0.1:{int(self._process.stdout.readline())}"
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.communicate(timeout=10)

    @classmethod
    def at(cls, url: str) -> Self:
        """One that another process runs."""
        found = cls()
        found.url = url
        return found

    def client(self, **more: Any) -> Any:
        """The product's own client, led here."""
        made = dynamodb_client(**self.address, **more)
        self.recorder = Recorder(made)
        return made

    @property
    def address(self) -> dict[str, str]:
        """What any botocore client needs to be led here."""
        return {
            "endpoint_url": self.url,
            "region_name": "us-east-1",
            "aws_access_key_id": "canned",
            "aws_secret_access_key": "canned",
        }

    def counts(self) -> dict[str, Count]:
        """What was asked since the last time this was asked."""
        return {name: Count(*both) for name, both in self._told("counts").items()}

    def written(self) -> dict[str, int]:
        """Items put, changed or removed by table, since the last time this was asked."""
        return dict(self._told("written"))

    def units(self) -> dict[str, float]:
        """Capacity units of `read` and `write`, since the last time this was asked.

        As DynamoDB counts them: 4 KB consistently read or 1 KB written, twice over in a transaction; an
        index has keys only, one unit for each entry that comes and each that goes.
        """
        return dict(self._told("units"))

    def held(self) -> dict[str, int]:
        """Partitions by table: what is kept under a key of its own."""
        return dict(self._told("held"))

    def _told(self, what: str) -> dict[str, Any]:
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(f"{self.url}/{what}", timeout=10) as reply:
            found: dict[str, Any] = json.load(reply)
        return found


class _Rows:
    """The operations, over one memory."""

    def __init__(self) -> None:
        self._items: dict[tuple[str, str], dict[str, Item]] = {}
        self.counts: dict[str, list[int]] = {}
        self.written: Counter[str] = Counter()
        self.units: Counter[str] = Counter()
        self._times = 1
        self._operations: dict[str, Callable[[Body], tuple[int, Body]]] = {
            "TransactWriteItems": self._transact,
            "BatchWriteItem": self._batch_write,
            "BatchGetItem": self._batch_get,
            "PutItem": self._put_item,
            "UpdateItem": self._update_item,
            "GetItem": self._get_item,
            "DeleteItem": self._delete_item,
            "Query": self._query,
            "DescribeTable": self._describe,
        }

    def answer(self, operation: str, body: Body) -> Body:
        """The answer to a request."""
        items, answer = self._operations[operation](body)
        count = self.counts.setdefault(operation, [0, 0])
        count[0] += 1
        count[1] += items
        return answer

    def held(self) -> Counter[str]:
        """How many partitions of each table have an item."""
        return Counter(table for (table, _), items in self._items.items() if items)

    def _transact(self, body: Body) -> tuple[int, Body]:
        self._times = 2
        for action in body["TransactItems"]:
            for kind, part in action.items():
                if kind == "Put":
                    self._put(part["TableName"], part["Item"])
                elif kind == "Update":
                    self._update(part)
                elif kind == "Delete":
                    self._delete(part)
                else:
                    self._write_units(1)
        self._times = 1
        return len(body["TransactItems"]), {}

    def _batch_write(self, body: Body) -> tuple[int, Body]:
        items = 0
        for table, requests in body["RequestItems"].items():
            for request in requests:
                if "PutRequest" in request:
                    self._put(table, request["PutRequest"]["Item"])
                else:
                    self._delete({"TableName": table, **request["DeleteRequest"]})
                items += 1
        return items, {"UnprocessedItems": {}}

    def _batch_get(self, body: Body) -> tuple[int, Body]:
        found: dict[str, list[Item]] = {}
        asked = 0
        for table, wanted in body["RequestItems"].items():
            asked += len(wanted["Keys"])
            items = (self._get(table, key) for key in wanted["Keys"])
            found[table] = [item for item in items if item is not None]
        return asked, {"Responses": found, "UnprocessedKeys": {}}

    def _put_item(self, body: Body) -> tuple[int, Body]:
        self._put(body["TableName"], body["Item"])
        return 1, {}

    def _update_item(self, body: Body) -> tuple[int, Body]:
        return 1, {"Attributes": self._update(body)}

    def _get_item(self, body: Body) -> tuple[int, Body]:
        item = self._get(body["TableName"], body["Key"])
        return 1, {"Item": item} if item else {}

    def _delete_item(self, body: Body) -> tuple[int, Body]:
        self._delete(body)
        return 1, {}

    def _query(self, body: Body) -> tuple[int, Body]:
        """One partition of a table, by the beginning of a sort key or from a place in it on.

        An index has nothing.
        """
        values, condition = body["ExpressionAttributeValues"], body["KeyConditionExpression"]
        partition = self._items.get((body["TableName"], values[":p"]["S"]), {})
        texts = {name: value["S"] for name, value in values.items() if "S" in value}
        place = texts.get(":s", "")
        fits: dict[str, Callable[[str], bool]] = {
            "begins_with": lambda sk: sk.startswith(place),
            "sk >": lambda sk: sk > place,
            "sk <": lambda sk: sk < place,
            "BETWEEN": lambda sk: texts[":low"] <= sk <= texts[":high"],
        }
        asked = next((fit for words, fit in fits.items() if words in condition), lambda _: True)
        names = sorted(filter(asked, partition), reverse=not body.get("ScanIndexForward", True))
        items = [] if "IndexName" in body else [partition[sk] for sk in names[: body.get("Limit")]]
        share = 1 if body.get("ConsistentRead") else 0.5
        self.units["read"] += share * _blocks(sum(map(_size, items)), 4096)  # type: ignore[assignment]
        return len(items), {"Items": items, "Count": len(items), "ScannedCount": len(items)}

    def _describe(self, body: Body) -> tuple[int, Body]:
        keys = [("pk", "HASH"), ("sk", "RANGE")]
        table = {
            "TableName": body["TableName"],
            "TableStatus": "ACTIVE",
            "KeySchema": [{"AttributeName": name, "KeyType": kind} for name, kind in keys],
            "AttributeDefinitions": [
                {"AttributeName": name, "AttributeType": "S"} for name, _ in keys
            ],
        }
        return 0, {"Table": table}

    def _put(self, table: str, item: Item) -> None:
        self.written[table] += 1
        pk, sk = _key(item)
        self._changed(self._items.get((table, pk), {}).get(sk, {}), item)
        self._items.setdefault((table, pk), {})[sk] = item

    def _get(self, table: str, key: Item) -> Item | None:
        pk, sk = _key(key)
        found = self._items.get((table, pk), {}).get(sk)
        self.units["read"] += _blocks(_size(found or {}), 4096)
        return found

    def _delete(self, part: Body) -> None:
        self.written[part["TableName"]] += 1
        pk, sk = _key(part["Key"])
        self._changed(self._items.get((part["TableName"], pk), {}).pop(sk, {}), {})

    def _update(self, part: Body) -> Item:
        """As far as a claim needs it: `SET name = :value` and one more version."""
        self.written[part["TableName"]] += 1
        pk, sk = _key(part["Key"])
        partition = self._items.setdefault((part["TableName"], pk), {})
        item = partition.setdefault(sk, dict(part["Key"]))
        before = dict(item)
        names, values = part.get("ExpressionAttributeNames", {}), part["ExpressionAttributeValues"]
        sets = part["UpdateExpression"].partition("SET ")[2]
        for word in (" REMOVE ", " ADD ", " DELETE "):
            sets = sets.partition(word)[0]
        for assignment in sets.split(","):
            name, _, value = (text.strip() for text in assignment.partition("="))
            if value in values:
                item[names.get(name, name)] = values[value]
        item["version"] = {"N": str(int(item.get("version", {"N": "0"})["N"]) + 1)}
        self._changed(before, item)
        return item

    def _changed(self, before: Item, after: Item) -> None:
        """Count the units of a write: of the larger of the two, and of the entries of indexes."""
        self._write_units(_blocks(max(_size(before), _size(after)), 1024))
        keys = {name[:-3] for name in (*before, *after) if name.endswith("_pk")}
        for name in keys:
            was, now = (
                [item.get(f"{name}_{part}") for part in ("pk", "sk")] for item in (before, after)
            )
            if was != now:
                self.units["write"] += any(was) + any(now)

    def _write_units(self, units: int) -> None:
        self.units["write"] += units * self._times


def _size(item: Item) -> int:
    """Bytes of an item, about: names and values."""
    return sum(
        len(name) + sum(len(str(value).encode()) for value in typed.values())
        for name, typed in item.items()
    )


def _blocks(size: int, block: int) -> int:
    return max(1, -(-size // block))


def _key(item: Item) -> tuple[str, str]:
    return item["pk"]["S"], item["sk"]["S"]


class _Connection(Connection):
    """Answers from the rows."""

    def __init__(self, rows: _Rows) -> None:
        super().__init__()
        self._rows = rows

    def answer(self, path: str, headers: Mapping[str, str], body: bytes) -> None:
        target = headers.get("x-amz-target", "") or path
        rows = self._rows
        answer: object
        if target == "/counts":
            answer, rows.counts = rows.counts, {}
        elif target == "/written":
            answer, rows.written = rows.written, Counter()
        elif target == "/units":
            answer, rows.units = {"read": 0, "write": 0, **rows.units}, Counter()
        elif target == "/held":
            answer = rows.held()
        else:
            answer = rows.answer(target.partition(".")[2], json.loads(body))
        text = json.dumps(answer, ensure_ascii=False).encode()
        head = (
            "HTTP/1.1 200 OK\r\nContent-Type: application/x-amz-json-1.0\r\n"
            f"Content-Length: {len(text)}\r\n\r\n"
        )
        self.transport.write(head.encode() + text)


async def _serve() -> None:
    loop = asyncio.get_running_loop()
    rows = _Rows()
    server = await loop.create_server(lambda: _Connection(rows), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    # Whoever asked for it holds the other end of our input: when that is gone, so are we.
    await loop.run_in_executor(None, sys.stdin.read)
    server.close()


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_serve())
