"""What each method of the store asks of DynamoDB, noted while the contract tests run.

With FUNNEL_WRITE_STORE_ACTIONS=1 what is found is added to the file; otherwise what is not in it
fails the test that found it. So does a key, asked for or found, of another tenant than the method was
called for (`keys.py`).
"""

import functools
import inspect
import json
import os
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_type_hints

from funnel.adapters.dynamodb import DynamoStore
from funnel.domain.ids import TenantId
from local.stack.inside.sitecustomize import asked
from tests.rights.keys import found_astray, strays, tenants_of

FILE = Path(__file__).with_name("store_actions.json")
WRITE = "FUNNEL_WRITE_STORE_ACTIONS"

Actions = dict[str, list[str]]
"""Table, or `table/index/name`, by its logical id, to the actions asked of it."""


def store_actions() -> dict[str, Actions]:
    """Method of the store to what it asks, as written down."""
    written: dict[str, Actions] = json.loads(FILE.read_text()) if FILE.exists() else {}
    return written


@dataclass(frozen=True, slots=True)
class Call:
    """A method of the store that runs, and the tenants of what it was given."""

    method: str
    tenants: frozenset[str]


class Recorder:
    """Notes the outermost method of the store that a request to DynamoDB belongs to."""

    def __init__(self, logical_ids: dict[str, str]) -> None:
        self._logical_ids = logical_ids
        self._here = threading.local()
        self._running: list[Call] = []
        self._known = store_actions()
        self.missing: set[tuple[str, str, str]] = set()
        self.astray: set[str] = set()

    def watch(self) -> None:
        """Wrap the store's public methods."""
        for name, method in inspect.getmembers(DynamoStore, inspect.isfunction):
            if not name.startswith("_"):
                setattr(DynamoStore, name, self._wrapped(name, method))

    def note(
        self, model: Any, params: dict[str, Any], context: dict[str, Any], **_: object
    ) -> None:
        """For botocore's `before-call`."""
        calls = self._calls()
        body = context["funnel_body"] = json.loads(params["body"])
        self._hold(strays(self._logical_ids, c.method, c.tenants, model.name, body) for c in calls)
        if len({one.method for one in calls}) != 1:
            return
        method = calls[0].method
        for action, resource in asked("dynamodb", model.name, body):
            name, *index = resource.removeprefix("table/").split("/", 1)
            table = "/".join((self._logical_ids[name], *index))
            if action not in self._known.get(method, {}).get(table, ()):
                self.missing.add((method, table, action))

    def look(self, parsed: dict[str, Any], context: dict[str, Any], **_: object) -> None:
        """For botocore's `after-call`."""
        body = context.get("funnel_body", {})
        self._hold(
            found_astray(self._logical_ids, one.method, one.tenants, body, parsed)
            for one in self._calls()
        )

    def _calls(self) -> list[Call]:
        """The call that this thread works for; in a thread of the store's own, those it may be."""
        here = getattr(self._here, "call", None)
        return [here] if here else list(self._running)

    def _hold(self, found: Iterable[list[str]]) -> None:
        each = list(found)
        if each and all(each):
            self.astray.update(each[0])

    def settle(self) -> str:
        """What was asked and is not written down, in words; written down if that is wanted."""
        if self.astray:
            found = "; ".join(sorted(self.astray))
            self.astray.clear()
            return f"Of no tenant it was called for: {found}. See tests/rights/keys.py."
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
        hints, signature = get_type_hints(method), inspect.signature(method)
        named_tenant = [one for one, kind in hints.items() if kind is TenantId and one != "return"]

        @functools.wraps(method)
        def recorded(*arguments: Any, **named: Any) -> Any:
            if getattr(self._here, "call", None) or _is_of_the_store():
                return method(*arguments, **named)
            given = signature.bind(*arguments, **named).arguments
            told = {str(given[one]) for one in named_tenant}
            rest = [value for one, value in given.items() if one != "self"]
            call = Call(name, frozenset(told) or tenants_of(rest))
            with self._as(call):
                found = method(*arguments, **named)
            return self._drawn(call, found) if inspect.isgenerator(found) else found

        return recorded

    def _drawn(self, call: Call, found: Iterator[Any]) -> Iterator[Any]:
        while True:
            with self._as(call):
                try:
                    one = next(found)
                except StopIteration:
                    return
            yield one

    def _as(self, call: Call) -> "_Running":
        return _Running(self._here, self._running, call)


def _is_of_the_store() -> bool:
    """Whether this thread does a part of what a method was asked for."""
    return threading.current_thread().name.startswith("dynamodb")


class _Running:
    def __init__(self, here: threading.local, running: list[Call], call: Call) -> None:
        self._here, self._list, self._call = here, running, call

    def __enter__(self) -> None:
        self._here.call = self._call
        self._list.append(self._call)

    def __exit__(self, *_: object) -> None:
        self._here.call = None
        self._list.remove(self._call)
