"""What AWS does to a client on a bad day: throttling, 500, resets, lost answers, items left over."""

import json
from collections.abc import Callable
from random import Random
from typing import Any

from local.faults.fault import NOTHING, Asked, Fault, Reply

# Of 1,000 requests, that many each; of calls of batches, the last.
THROTTLED, FAILED, RESET, LOST, SLOW, LEFT_OVER = 15, 6, 4, 4, 8, 150
WORST, BURST = 60.0, 6.0
"""Every minute some table takes next to nothing for some seconds, as a partition that is too hot."""

BURST_SHARE = 0.4


def _json_error(code: str, status: int, text: str) -> Reply:
    kind = [("Content-Type", "application/x-amz-json-1.0"), ("x-amzn-errortype", code)]
    return Reply(status, json.dumps({"__type": code, "message": text}).encode(), kind)


def _xml_error(code: str, status: int) -> Reply:
    text = f"<?xml version='1.0'?><Error><Code>{code}</Code><Message>Slow down</Message></Error>"
    return Reply(status, text.encode(), [("Content-Type", "application/xml")])


class AwsFaults:
    """Decides for each request; the same seed and order of requests give the same faults."""

    def __init__(self, seed: int, now: Callable[[], float]) -> None:
        self._chance = Random(seed)
        self._now = now
        self._hot = ""
        self._seen: list[str] = []

    def __call__(self, asked: Asked) -> Fault:
        """What goes wrong with a request."""
        target = asked.headers.get("x-amz-target", "")
        operation = target.rpartition(".")[2]
        if "DynamoDB" in target and self._is_hot(asked):
            return Fault("hot table", instead=throttled(target, asked))
        drawn = self._chance.randrange(1000)
        bad: tuple[tuple[int, Callable[[], Fault]], ...] = (
            (THROTTLED, lambda: Fault("throttled", instead=throttled(target, asked))),
            (FAILED, lambda: Fault("error 500", instead=failed(target))),
            (RESET, lambda: Fault("reset", reset=True)),
            (LOST, lambda: Fault("lost answer", lost=True)),
            (SLOW, lambda: Fault("slow", pause=self._chance.uniform(0.2, 2.5))),
        )
        for share, made in bad:
            if drawn < share:
                return made()
            drawn -= share
        if operation.startswith("Batch") and "DynamoDB" in target and drawn < LEFT_OVER:
            return left_over(asked, self._chance)
        return NOTHING

    def _is_hot(self, asked: Asked) -> bool:
        table = str(_table(asked))
        if table and table not in self._seen:
            self._seen.append(table)
        minute, second = divmod(self._now(), WORST)
        if second >= BURST or not self._seen:
            return False
        hot = self._seen[int(minute) * 7 % len(self._seen)]
        return table == hot and self._chance.random() < BURST_SHARE


def _table(asked: Asked) -> Any:
    try:
        body = json.loads(asked.body)
    except ValueError:
        return ""
    if "TransactItems" in body:
        return next(iter(body["TransactItems"][0].values())).get("TableName", "")
    if "RequestItems" in body:
        return next(iter(body["RequestItems"]), "")
    return body.get("TableName", "")


def throttled(target: str, asked: Asked) -> Reply:
    """As the service asked says that it was asked too often."""
    if "DynamoDB" in target:
        code = "com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException"
        if "Transact" in target:
            # A transaction is told item by item (and so no code of its own).
            items = len(json.loads(asked.body)["TransactItems"])
            reasons = [{"Code": "ThrottlingError", "Message": "slow down"}] + [{"Code": "None"}] * (
                items - 1
            )
            told = {
                "__type": "com.amazonaws.dynamodb.v20120810#TransactionCanceledException",
                "Message": "Transaction cancelled, please refer cancellation reasons for specific"
                f" reasons [{', '.join(one['Code'] for one in reasons)}]",
                "CancellationReasons": reasons,
            }
            return Reply(
                400,
                json.dumps(told).encode(),
                [
                    ("Content-Type", "application/x-amz-json-1.0"),
                    ("x-amzn-errortype", "TransactionCanceledException"),
                ],
            )
        return _json_error(code, 400, "The level of configured provisioned throughput")
    if target.startswith("AmazonSQS"):
        return _json_error("com.amazonaws.sqs#RequestThrottled", 400, "Slow down")
    if target:
        return _json_error("ThrottlingException", 400, "Rate exceeded")
    if asked.path.startswith("/v2/email"):
        return _json_error("TooManyRequestsException", 429, "Maximum sending rate exceeded")
    return _xml_error("SlowDown", 503)


def failed(target: str) -> Reply:
    """Error 500, nothing done."""
    if "DynamoDB" in target:
        return _json_error("com.amazonaws.dynamodb.v20120810#InternalServerError", 500, "Internal")
    return (
        _json_error("InternalFailure", 500, "Internal")
        if target
        else _xml_error("InternalError", 500)
    )


def left_over(asked: Asked, chance: Random) -> Fault:
    """Some items of a batch are handed back, at least one is carried out."""
    body = json.loads(asked.body)
    is_get = asked.headers["x-amz-target"].endswith("BatchGetItem")
    flat = [
        (table, one)
        for table, wish in body["RequestItems"].items()
        for one in (wish["Keys"] if is_get else wish)
    ]
    if len(flat) < 2:
        return NOTHING
    kept_back = set(chance.sample(range(len(flat)), chance.randrange(1, len(flat))))

    def part(back: bool) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for at, (table, one) in enumerate(flat):
            if (at in kept_back) is not back:
                continue
            if is_get:
                wish = found.setdefault(table, {**body["RequestItems"][table], "Keys": []})
                wish["Keys"].append(one)
            else:
                found.setdefault(table, []).append(one)
        return found

    def spoilt(reply: Reply) -> Reply:
        if reply.status != 200:
            return reply
        told = json.loads(reply.body)
        told["UnprocessedKeys" if is_get else "UnprocessedItems"] = part(back=True)
        # The checksum is of the body as it was.
        headers = [(k, v) for k, v in reply.headers if k.lower() != "x-amz-crc32"]
        return Reply(200, json.dumps(told).encode(), headers)

    asked_for = json.dumps({**body, "RequestItems": part(back=False)}).encode()
    return Fault("items left over", body=asked_for, spoilt=spoilt)
