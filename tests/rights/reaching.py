"""What a function can come to ask of AWS, read from the code: which of the store's methods and which
messages are behind its door, whatever a test happens to call.

A call graph by names: a function or class reaches what it names of its own module and of what it
imports. It takes no heed of conditions, so what is found may be impossible; it misses nothing that is
named.
"""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import fields
from functools import cache
from typing import get_type_hints

from funnel.adapters.dynamodb import DynamoStore
from funnel.adapters.s3 import S3Files
from funnel.adapters.secrets import SecretsManager
from funnel.adapters.ses import SesMailer
from funnel.ports.messages import Message
from funnel.usecases.app import App
from tests.rights.elsewhere import ADAPTERS
from tests.rights.holding import doors_of_queues, queue_of
from tests.template.source import ROOT, functions

LAYER = ROOT / "layers/funnel"
PORTS = {
    one.name: {name for name in dir(kind) if name[0] != "_" and hasattr(DynamoStore, name)}
    for one in fields(App)
    if isinstance(kind := get_type_hints(App)[one.name], type) and one.name not in ("clock", "ids")
}
"""The store's ports, as the app names them, to their methods."""
ELSEWHERE = {"files": S3Files, "secrets": SecretsManager, "mailer": SesMailer}
"""The ports beside the store, as the app names them, to the adapters that ask AWS."""
MESSAGES = {one.__name__: one for one in Message.__args__}

Place = tuple[str, str]
"""A module, and a name at its top."""


@cache
def places() -> dict[Place, ast.AST]:
    """Every function, class and constant of use cases and pages."""
    found: dict[Place, ast.AST] = {}
    for path in sorted((LAYER / "funnel").rglob("*.py")):
        module = ".".join(path.relative_to(LAYER).with_suffix("").parts)
        if module.startswith(("funnel.usecases.", "funnel.web.")):
            for node in ast.parse(path.read_text()).body:
                found |= {(module, name): node for name in _named(node)}
    return found


def _named(node: ast.stmt) -> list[str]:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return [node.name]
    if isinstance(node, ast.ImportFrom):
        return [one.asname or one.name for one in node.names]
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    return [one.id for one in targets if isinstance(one, ast.Name)]


def reached(starts: Iterable[Place]) -> dict[Place, Place | None]:
    """All places behind these, each with the one that led to it."""
    seen: dict[Place, Place | None] = {}
    todo: list[tuple[Place, Place | None]] = [(one, None) for one in starts]
    while todo:
        place, before = todo.pop()
        if place in seen or place not in places():
            continue
        seen[place] = before
        todo += [(one, place) for one in _led_to(place)]
    return seen


@cache
def _led_to(place: Place) -> frozenset[Place]:
    node = places()[place]
    if isinstance(node, ast.ImportFrom):
        name = next(a.name for a in node.names if (a.asname or a.name) == place[1])
        whole = f"{node.module}.{name}"
        own = {one for one in places() if one[0] == whole}
        return frozenset(own or {(str(node.module), name)})
    return frozenset((place[0], n.id) for n in ast.walk(node) if isinstance(n, ast.Name))


def asked_by(place: Place) -> Iterator[str]:
    """The store's methods that are named there: `app.lists.are_on`, `self._lists.are_on`."""
    return (method for port, method in _named_of_ports(place) if method in PORTS.get(port, ()))


def asked_elsewhere(place: Place) -> Iterator[tuple[type, str]]:
    """The adapters beside the store, with those of their methods that are named there."""
    for port, method in _named_of_ports(place):
        if port in ELSEWHERE and method in ADAPTERS[ELSEWHERE[port]][2]:
            yield ELSEWHERE[port], method


def _named_of_ports(place: Place) -> Iterator[tuple[str, str]]:
    """Whatever is named of anything: `lists` and `are_on`; of a call, what is called."""
    node = places()[place]
    if isinstance(node, ast.ImportFrom):
        return
    for one in ast.walk(node):
        if isinstance(one, ast.Attribute):
            value = one.value.func if isinstance(one.value, ast.Call) else one.value
            yield ast.unparse(value).rpartition(".")[2].lstrip("_"), one.attr


def sent_by(place: Place) -> Iterator[str]:
    """The messages that are made there."""
    node = places()[place]
    if not isinstance(node, ast.ImportFrom):
        for one in ast.walk(node):
            called = one.func if isinstance(one, ast.Call) else None
            if isinstance(called, ast.Name) and called.id in MESSAGES:
                yield called.id


def doors() -> dict[str, set[Place]]:
    """Every function by its door, to what its handler begins with."""
    found: dict[str, set[Place]] = {door: set() for door in functions()}
    for door, begins in found.items():
        for node in ast.parse((ROOT / f"functions/{door}/app.py").read_text()).body:
            if isinstance(node, ast.ImportFrom):
                begins |= {(str(node.module), one.name) for one in node.names}
        begins &= set(places())
    by_queue = doors_of_queues()
    for message, begins in _dispatched().items():
        found[by_queue[queue_of(blank(message))]] |= begins
    return found


def _dispatched() -> dict[str, set[Place]]:
    """Each message to what it is handed to: what is imported where its case is."""
    module = ast.parse((LAYER / "funnel/usecases/work/handle_message.py").read_text())
    found: dict[str, set[Place]] = {message: set() for message in MESSAGES}
    for case in (node for node in ast.walk(module) if isinstance(node, ast.match_case)):
        for node in case.body:
            if isinstance(node, ast.ImportFrom):
                for message in _classes(case.pattern):
                    found[message] |= {(str(node.module), one.name) for one in node.names}
    return found


def _classes(node: ast.AST) -> set[str]:
    return {one.id for one in ast.walk(node) if isinstance(one, ast.Name)} & set(MESSAGES)


def blank(message: str) -> Message:
    """One of a kind, to ask which queue takes it."""
    made: Message = object.__new__(MESSAGES[message])
    return made
