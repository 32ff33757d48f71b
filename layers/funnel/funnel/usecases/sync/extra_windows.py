"""The windows of a run that find what `date_modified` does not say, and when they are due."""

from collections.abc import Callable
from datetime import timedelta

from funnel.domain.connecting.connections import Connection
from funnel.domain.crm import Window
from funnel.domain.ids import PEOPLE_MODULES, Module
from funnel.domain.sync.runs import ModuleRun, Run, RunKind, RunWindow, WindowKind
from funnel.domain.sync.windows import everything
from funnel.usecases.app import App

_NIGHT = timedelta(hours=20)
_LONG_PAUSE = timedelta(days=1)
_WEEK = timedelta(days=7)

Count = Callable[[Module, Window], int]
"""How many records of a module Sugar has in a window."""


def extra_windows(
    app: App, run: Run, connection: Connection, part: ModuleRun, count: Count
) -> list[RunWindow]:
    """Those of a module that are due in this run; of one that reads everything only the last."""
    module, extra = part.module, []
    if part.since is not None:
        if module in PEOPLE_MODULES:
            changed = Window(since=part.since)
            extra.append(RunWindow(module, "x-addresses", changed, WindowKind.ADDRESSES))
        if links_due(run, connection, part):
            extra.append(_light("x-links", module, WindowKind.LINKS, count))
        if sweep_due(run, connection, part):
            extra.append(_light("x-sweep", module, WindowKind.SWEEP, count))
    if sweep_due(run, connection, part) or _may_hold_what_sugar_lost(app, run, module):
        extra.append(RunWindow(module, "x-theirs", everything(), WindowKind.OURS))
    return extra


def links_due(run: Run, connection: Connection, part: ModuleRun) -> bool:
    """Whether the module's links are read again: nightly, where links are read apart."""
    if part.module not in (Module.CONTACTS, Module.OPPORTUNITIES) or part.since is None:
        return False
    last = connection.links_read_at.get(part.module)
    return last is None or run.started_at - last >= _NIGHT


def sweep_due(run: Run, connection: Connection, part: ModuleRun) -> bool:
    """Whether all ids and times are compared: weekly, and after a long pause."""
    if part.since is None:
        return False
    last = connection.swept_at.get(part.module)
    synced = connection.synced_at.get(part.module)
    long_pause = synced is not None and run.started_at - synced >= _LONG_PAUSE
    return last is None or long_pause or run.started_at - last >= _WEEK


def _may_hold_what_sugar_lost(app: App, run: Run, module: Module) -> bool:
    """In a first sync only if another Sugar, or the same by another address, was here before."""
    if run.kind is RunKind.INITIAL:
        return bool(app.records.list_records(run.tenant, module, "", 1).items)
    return run.kind is RunKind.FULL


def _light(name: str, module: Module, kind: WindowKind, count: Count) -> RunWindow:
    whole = everything()
    return RunWindow(module, name, whole, kind, count(module, whole))
