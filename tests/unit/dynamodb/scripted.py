"""A DynamoDB client that answers what a test says, and a store on it."""

from collections import deque
from collections.abc import Callable
from dataclasses import fields
from typing import Any

from botocore.exceptions import ClientError

from funnel.adapters.dynamodb import Tables
from funnel.adapters.dynamodb.committing import Committer
from funnel.adapters.dynamodb.requests import Dynamo

TABLES = Tables(*[field.name for field in fields(Tables)])
Answer = dict[str, Any] | Exception | Callable[[dict[str, Any]], dict[str, Any]]


class ScriptedClient:
    """Answers each request with the next answer, or with `{}` when there is none left."""

    def __init__(self, *answers: Answer) -> None:
        self._answers = deque(answers)
        self.asked: list[tuple[str, dict[str, Any]]] = []

    def __getattr__(self, operation: str) -> Callable[..., dict[str, Any]]:
        def call(**arguments: Any) -> dict[str, Any]:
            self.asked.append((operation, arguments))
            answer = self._answers.popleft() if self._answers else {}
            if isinstance(answer, Exception):
                raise answer
            return answer(arguments) if callable(answer) else answer

        return call

    @property
    def transactions(self) -> list[list[dict[str, Any]]]:
        """The actions of each transaction asked for."""
        return [a["TransactItems"] for name, a in self.asked if name == "transact_write_items"]


class Sleeps:
    """Counts what was slept instead of sleeping."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)


def dynamo(client: ScriptedClient, sleeps: Sleeps | None = None) -> Dynamo:
    """Requests to the scripted client."""
    return Dynamo(client, sleeps or Sleeps())


def committer(client: ScriptedClient) -> Committer:
    """What commits units to the scripted client."""
    return Committer(dynamo(client), TABLES)


def failure(code: str, **more: Any) -> ClientError:
    """An answer of DynamoDB that is an error."""
    return ClientError({"Error": {"Code": code, "Message": code}, **more}, "AnOperation")


def cancelled(*reasons: str) -> ClientError:
    """A transaction that was not carried out, with the reason of each action."""
    return failure(
        "TransactionCanceledException", CancellationReasons=[{"Code": r} for r in reasons]
    )
