"""What each method of the store asks of DynamoDB, noted while the contract tests run.

With FUNNEL_WRITE_STORE_ACTIONS=1 what is found is added to the file; otherwise what is not in it
fails the test that found it.
"""

import functools
import inspect
import json
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from funnel.adapters.dynamodb import DynamoStore
from local.stack.inside.sitecustomize import asked

FILE = Path(__file__).with_name("store_actions.json")
WRITE = "FUNNEL_WRITE_STORE_ACTIONS"

Actions = dict[str, list[str]]
"""Table, or `table/index/name`, by its logical id, to the actions asked of it."""


def store_actions() -> dict[str, Actions]:
    """Method of the store to what it asks, as written down."""
    written: dict[str, Actions] = json.loads(FILE.read_text()) if FILE.exists() else {}
    return written


class Recorder:
    """Notes the outermost method of the store that a request to DynamoDB belongs to."""

    def __init__(self, logical_ids: dict[str, str]) -> None:
        self._logical_ids = logical_ids
        self._here = threading.local()
        self._running: list[str] = []
        self._known = store_actions()
        self.missing: set[tuple[str, str, str]] = set()

    def watch(self) -> None:
        """Wrap the store's public methods."""
        for name, method in inspect.getmembers(DynamoStore, inspect.isfunction):
            if not name.startswith("_"):
                setattr(DynamoStore, name, self._wrapped(name, method))

    def note(self, model: Any, params: dict[str, Any], **_: object) -> None:
        """For botocore's `before-call`."""
        method = getattr(self._here, "method", "")
        if not method:
            # A thread of the store's own; which method sent it is certain only if one runs.
            if len(set(self._running)) != 1:
                return
            method = self._running[0]
        for action, resource in asked("dynamodb", model.name, json.loads(params["body"])):
            name, *index = resource.removeprefix("table/").split("/", 1)
            table = "/".join((self._logical_ids[name], *index))
            if action not in self._known.get(method, {}).get(table, ()):
                self.missing.add((method, table, action))

    def settle(self) -> str:
        """What was asked and is not written down, in words; written down if that is wanted."""
        if not self.missing:
            return ""
        if not os.environ.get(WRITE):
            found = ", ".join(f"{m} asks {a} of {t}" for m, t, a in sorted(self.missing))
            self.missing.clear()
            return f"Not in {FILE.name}: {found}. Write it down: {WRITE}=1 with this test."
        for method, table, action in self.missing:
            actions = self._known.setdefault(method, {}).setdefault(table, [])
            actions[:] = sorted({*actions, action})
        self.missing.clear()
        FILE.write_text(json.dumps(self._known, indent=1, sort_keys=True) + "\n")
        return ""

    def _wrapped(self, name: str, method: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(method)
        def recorded(*arguments: Any, **named: Any) -> Any:
            if getattr(self._here, "method", "") or _is_of_the_store():
                return method(*arguments, **named)
            with self._as(name):
                found = method(*arguments, **named)
            return self._drawn(name, found) if inspect.isgenerator(found) else found

        return recorded

    def _drawn(self, name: str, found: Iterator[Any]) -> Iterator[Any]:
        while True:
            with self._as(name):
                try:
                    one = next(found)
                except StopIteration:
                    return
            yield one

    def _as(self, name: str) -> "_Running":
        return _Running(self._here, self._running, name)


def _is_of_the_store() -> bool:
    """Whether this thread does a part of what a method was asked for."""
    return threading.current_thread().name.startswith("dynamodb")


class _Running:
    def __init__(self, here: threading.local, running: list[str], name: str) -> None:
        self._here, self._list, self._name = here, running, name

    def __enter__(self) -> None:
        self._here.method = self._name
        self._list.append(self._name)

    def __exit__(self, *_: object) -> None:
        self._here.method = ""
        self._list.remove(self._name)
