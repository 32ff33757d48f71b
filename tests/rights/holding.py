"""Holds whoever comes in by a function's door to the policies of that function.

Importing this wraps the ways in (what `functions/*/app.py` call, and a message by its queue) and
the fakes of store, queue, files, secrets and mail. `transgressions` has what was not allowed, for a
fixture to fail on: raised at once, the product would take it for an error of AWS.
"""

import ast
import functools
import importlib
import inspect
import threading
from collections.abc import Callable
from typing import Any

from funnel.adapters.dynamodb import DynamoStore
from funnel.adapters.s3 import S3Files
from funnel.adapters.secrets import SecretsManager
from funnel.adapters.ses import SesMailer
from funnel.adapters.sqs import SqsQueue
from funnel.ports.messages import Message
from funnel.usecases.erasing.erase_person import EraseWork
from funnel.usecases.work import handle_message as messages
from tests.fakes.files import MemoryFiles
from tests.fakes.mailer import MemoryMailer
from tests.fakes.store import MemoryStore
from tests.fakes.system import MemoryQueue, MemorySecrets
from tests.rights.elsewhere import ADAPTERS, NAME, QUEUES, actions_of
from tests.rights.recording import store_actions
from tests.template.source import ROOT, allowed, functions, is_allowed

transgressions: list[str] = []

_here = threading.local()
_allowed = {door: allowed(door) for door in functions()}
_actions = store_actions()


_queues = SqsQueue(**QUEUES, client=object())


def queue_of(message: Message) -> str:
    """The logical id of the queue that takes a message."""
    return str(_queues.url_of(message))


def doors_of_queues() -> dict[str, str]:
    """The logical id of a queue to the door it wakes."""
    found = {}
    for door, function in functions().items():
        for event in function.get("Events", {}).values():
            if event["Type"] == "SQS":
                found[event["Properties"]["Queue"]["Fn::GetAtt"][0]] = door
    return found


def at_door(door: str, call: Callable[..., Any]) -> Callable[..., Any]:
    """The call, made as by the function of this door, whoever else is in the midst of a call."""

    @functools.wraps(call)
    def made(*arguments: Any, **named: Any) -> Any:
        before = getattr(_here, "door", ""), getattr(_here, "inside", False)
        _here.door, _here.inside = door, False
        try:
            return call(*arguments, **named)
        finally:
            _here.door, _here.inside = before

    return made


_ROWS_OF_UNITS = {
    ("RecordsTable", "dynamodb:PutItem"): ("records", "followers"),
    ("PeopleTable", "dynamodb:PutItem"): ("people", "consents"),
    ("PeopleTable", "dynamodb:UpdateItem"): ("claims",),
    ("PeopleTable", "dynamodb:ConditionCheckItem"): ("unmarked",),
    ("SyncErrorsTable", "dynamodb:PutItem"): ("errors",),
    ("SyncErrorsTable", "dynamodb:DeleteItem"): ("closed",),
    ("HistoryTable", "dynamodb:PutItem"): ("history",),
}


_TABLES_OF_KINDS = {
    "PeopleTable": "people",
    "RecordsTable": "records",
    "ActivitiesTable": "tallies",
    "ScoresTable": "scores",
    "VisionTable": "prospects",
    "MarketingTable": "rules",
}
"""Table to the kind of rows that a batch reads of it."""


def _is_asked(method: str, given: tuple[Any, ...], table: str, action: str) -> bool:
    """Whether this call asks it: what is asked for nothing is not, and some depends on the rows."""
    listed = [one for one in given if isinstance(one, list | tuple | set | dict)]
    if listed and not any(listed):
        return False
    if method == "commit":
        kinds = _ROWS_OF_UNITS[table, action]
        return any(getattr(unit, kind) for unit in given[1] for kind in kinds)
    if method == "read_batch":
        return bool(getattr(given[1], _TABLES_OF_KINDS[table]))
    if method == "purge" and not given[1].people:
        return table == "ActivitiesTable"
    if method == "write" and table == "ActivitiesTable":
        return any(change.activities for change in given[1])
    return True


@functools.cache
def _may(door: str, action: str, resource: str) -> bool:
    return is_allowed(_allowed[door], action, resource)


def _hold(
    action: str, resource: str, what: str, is_asked: Callable[[], bool] = lambda: True
) -> None:
    door = getattr(_here, "door", "")
    if door and not _may(door, action, resource) and is_asked():
        transgressions.append(f"{door} may not {action} on {resource}, which {what} asks")


def _held_elsewhere(kind: type, name: str, method: Callable[..., Any]) -> Callable[..., Any]:
    """A method of files, secrets or mail, whose second argument is a name or reference, if any."""
    takes_ref = "ref" in inspect.signature(method).parameters

    @functools.wraps(method)
    def held(fake: Any, *arguments: Any, **named: Any) -> Any:
        if getattr(_here, "door", "") and not getattr(_here, "inside", False):
            given = str(arguments[1]) if len(arguments) > 1 else ""
            called = given.partition(f"/{arguments[0]}/")[2] if takes_ref else given
            # For another tenant's reference nothing is asked of AWS.
            for action, resource in actions_of(kind, name) if called or not takes_ref else ():
                _hold(action, resource.replace(NAME, called), name)
        before, _here.inside = getattr(_here, "inside", False), True
        try:
            return method(fake, *arguments, **named)
        finally:
            _here.inside = before

    return held


def _held(name: str, method: Callable[..., Any]) -> Callable[..., Any]:
    """A method of the store; what it calls in the store itself is not held again."""
    actions = _actions.get(name)

    @functools.wraps(method)
    def held(*arguments: Any, **named: Any) -> Any:
        if not getattr(_here, "door", "") or getattr(_here, "inside", False):
            return method(*arguments, **named)
        if actions is None:
            transgressions.append(f"what {name} asks of DynamoDB is not known: no contract test")
        for table, asked in (actions or {}).items():
            for action in asked:
                of_rows = functools.partial(_is_asked, name, arguments[1:], table, action)
                _hold(action, table, name, of_rows)
        _here.inside = True
        try:
            return method(*arguments, **named)
        finally:
            _here.inside = False

    return held


def _wrap_fakes() -> None:
    for name, method in inspect.getmembers(MemoryStore, inspect.isfunction):
        if not name.startswith("_") and hasattr(DynamoStore, name):
            setattr(MemoryStore, name, _held(name, method))
    for kind, fake in (
        (S3Files, MemoryFiles), (SecretsManager, MemorySecrets), (SesMailer, MemoryMailer)
    ):  # fmt: skip
        for name in ADAPTERS[kind][2]:
            setattr(fake, name, _held_elsewhere(kind, name, getattr(fake, name)))
    send = MemoryQueue.send

    def sent(queue: MemoryQueue, message: Any, delay: int = 0) -> None:
        _hold("sqs:SendMessage", queue_of(message), f"sending {type(message).__name__}")
        send(queue, message, delay)

    MemoryQueue.send = sent  # type: ignore[assignment,method-assign]


def _wrap_doors() -> None:
    """What a handler calls of the product, by the handler's own imports."""
    for door in functions():
        for node in ast.parse((ROOT / f"functions/{door}/app.py").read_text()).body:
            if isinstance(node, ast.ImportFrom) and str(node.module).startswith(
                ("funnel.usecases.", "funnel.web.")
            ):
                _wrap_imported(door, str(node.module), [one.name for one in node.names])
    carry_out, doors = messages._carry_out, doors_of_queues()

    def carried_out(app: Any, message: Any, *more: Any) -> None:
        at_door(doors[queue_of(message)], carry_out)(app, message, *more)

    messages._carry_out = carried_out  # type: ignore[assignment]


def _wrap_imported(door: str, module: str, names: list[str]) -> None:
    home = importlib.import_module(module)
    for name in names:
        found = getattr(home, name)
        if name.endswith("_door"):
            setattr(home, name, _door_made(door, found))
        elif inspect.isfunction(found):
            setattr(home, name, at_door(door, found))


def _door_made(door: str, make: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(make)
    def made(*arguments: Any, **named: Any) -> Any:
        found = make(*arguments, **named)
        found.answer = at_door(door, found.answer)
        return found

    return made


# Tests begin an erasure in the midst of what another function does.
EraseWork.step = at_door("people", EraseWork.step)  # type: ignore[method-assign]
_wrap_fakes()
_wrap_doors()
