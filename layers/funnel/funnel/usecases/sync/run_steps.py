"""The steps of a run: begin a module, work its windows, check what changed meanwhile, end it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from funnel.domain.connecting.connections import Connection
from funnel.domain.crm import Window
from funnel.domain.errors import (
    OF_THE_WHOLE_SUGAR,
    FunnelError,
    InputInvalid,
    LeaseLost,
    SugarRefused,
)
from funnel.domain.ids import Module
from funnel.domain.sync.module_errors import MODULE_REFUSED
from funnel.domain.sync.runs import (
    ModuleRun,
    ModuleStatus,
    Note,
    Run,
    RunKind,
    RunWindow,
    WindowKind,
)
from funnel.domain.sync.windows import Planned, plan, since
from funnel.ports.crm import Crm
from funnel.usecases.app import App
from funnel.usecases.connecting.connection import change_connection, connection_of
from funnel.usecases.connecting.page_size import PageSizes
from funnel.usecases.connecting.report_module import module_works, report_module
from funnel.usecases.sync.extra_windows import extra_windows, links_due, sweep_due
from funnel.usecases.sync.module_fields import ModuleFields
from funnel.usecases.sync.read_ahead import taking_turns
from funnel.usecases.sync.read_currencies import read_currencies
from funnel.usecases.sync.read_window import WindowReader
from funnel.usecases.sync.store_page import Onlooker, PageStore

LEASE = timedelta(seconds=240)
"""Longer than the longest single call to Sugar with its storing; each save renews it."""

_MOST_PASSES = 3
_ENDED = frozenset({ModuleStatus.DONE, ModuleStatus.FAILED})


class Requests:
    """How many requests Sugar was asked since this was last looked at."""

    def __init__(self) -> None:
        self._count = 0

    def add(self) -> None:
        """One more."""
        self._count += 1

    def take(self) -> int:
        """How many; counting begins anew."""
        count, self._count = self._count, 0
        return count


class Steps:
    """One worker's work on one run. `run` is the run as last saved.

    An `onlooker` is told of each page, where the run is only looked at.
    """

    def __init__(
        self,
        app: App,
        crm: Crm,
        run: Run,
        worker: str,
        requests: Requests,
        onlooker: Onlooker | None = None,
    ) -> None:
        self.run = run
        self._requests = requests
        self._app = app
        self._crm = taking_turns(crm)
        self._worker = worker
        self._connection = connection_of(app, run.tenant)
        self._sizes = PageSizes(self._connection.page_sizes)
        self._is_look = onlooker is not None
        self._stores: dict[Module, PageStore] = {}
        self._fields = ModuleFields(app, self._crm, self._connection, onlooker)
        self._began = app.clock.monotonic()
        self._reader = WindowReader(
            app,
            self._crm,
            self._connection,
            self._sizes,
            self._store,
            self._fields.read,
            self._keep_lease,
        )

    def remember_page_sizes(self) -> None:
        """What the server bore, for whoever goes on."""
        change_connection(
            self._app,
            self.run.tenant,
            lambda c: replace(c, page_sizes=self._sizes.learned(c.page_sizes)),
        )

    def ask_anew(self) -> None:
        """Forget which records were asked for because others point to them."""
        self._stores.clear()

    def close(self) -> None:
        """Nothing is under way any more when this returns."""
        self._reader.end()

    def step(self) -> bool:
        """Do the next thing; False when nothing is left.

        A module that Sugar refuses is marked and left out; the others go on.
        """
        left = [m for m in self.run.modules if m.status not in _ENDED]
        if not left:
            return False
        part = next((m for m in left if m.expected is None), left[0])
        try:
            self._step(part)
        except OF_THE_WHOLE_SUGAR:
            raise
        except (SugarRefused, InputInvalid) as error:
            self._fail(part.module, error)
        return True

    def _step(self, part: ModuleRun) -> None:
        if self.run.server_time is None:
            self._save(replace(self.run, server_time=self._crm.server_time()))
        if part.expected is None:
            self._expect(part)
            return
        if part.status is ModuleStatus.WAITING:
            self._begin(part)
            return
        windows = self._app.sync.windows(self.run.tenant, self.run.run_id, part.module, 2)
        if windows:
            self._work(part, windows[0], windows[1] if windows[1:] else None)
        elif part.status is ModuleStatus.READING and self._more_to_check(part):
            self._check(part)
        else:
            self._end(part)

    def _expect(self, part: ModuleRun) -> None:
        """Count each module before the first is read, so that people see how far the run is."""
        expected = self._count(part.module, since(part.since))
        self._save(self._with(replace(part, expected=expected)))

    def _begin(self, part: ModuleRun) -> None:
        """Cut into windows. A module counted as empty has only what came after the run began."""
        whole = self.run.kind in (RunKind.INITIAL, RunKind.FULL)
        if whole:
            self._fields.keep_list(part.module)
        if part.module is Module.OPPORTUNITIES and not self._is_look:
            read_currencies(self._app, self._crm, self._connection, anew=whole)
        window = since(part.since)
        new = self._planned(part.module, WindowKind.ROWS, window, part.expected or 0, "r")
        new += extra_windows(self._app, self.run, self._connection, part, self._count)
        self._save(self._with(replace(part, status=ModuleStatus.READING)), new=new)

    def _work(self, part: ModuleRun, window: RunWindow, following: RunWindow | None) -> None:
        outcome = self._reader.work(window, self.run, following)
        done = replace(
            part,
            rows=part.rows + outcome.rows,
            changed=part.changed + outcome.changed,
            deleted=part.deleted + outcome.deleted,
            held=part.held + outcome.held,
            windows=part.windows + 1,
        )
        self._save(self._with(done), done=[window], new=outcome.windows)

    def _more_to_check(self, part: ModuleRun) -> bool:
        """Whether to read again what changed since the run began.

        A module that was read in one request has changed only after it; a pass that brought
        nothing new was the last.
        """
        if part.passes == 0:
            return part.windows > 1
        return part.passes < _MOST_PASSES and part.changed > part.changed_before_pass

    def _check(self, part: ModuleRun) -> None:
        """A save moves a record out of a window not yet read, one committed late to before S."""
        assert self.run.server_time is not None
        overlap = timedelta(seconds=self._connection.overlap_seconds)
        window = Window(since=self.run.server_time - overlap)
        expected = self._count(part.module, window)
        passes = part.passes + 1
        new = self._planned(part.module, WindowKind.AGAIN, window, expected, f"s{passes}")
        after = replace(part, passes=passes, changed_before_pass=part.changed)
        self._save(self._with(after), new=new)

    def _end(self, part: ModuleRun) -> None:
        server_time = self.run.server_time
        assert server_time is not None
        now = self._app.clock.now()
        module = part.module

        def change(connection: Connection) -> Connection:
            if connection.connection_id != self.run.connection_id:
                raise LeaseLost("Another Sugar was connected meanwhile.")
            known = self._connection.generations.get(module, 0)
            if connection.generations.get(module, 0) != known:
                return connection
            swept = self.run.kind is not RunKind.HOURLY and part.since is None
            return replace(
                connection,
                synced_until={**connection.synced_until, module: server_time},
                synced_at={**connection.synced_at, module: now},
                page_sizes=self._sizes.learned(connection.page_sizes),
                swept_at={**connection.swept_at, module: now}
                if swept or sweep_due(self.run, self._connection, part)
                else connection.swept_at,
                links_read_at={**connection.links_read_at, module: now}
                if swept or links_due(self.run, self._connection, part)
                else connection.links_read_at,
            )

        change_connection(self._app, self.run.tenant, change)
        module_works(self._app, self.run.tenant, module)
        self._save(self._with(replace(part, status=ModuleStatus.DONE)))

    def _fail(self, module: Module, error: FunnelError) -> None:
        part = next(m for m in self.run.modules if m.module is module)
        while windows := self._app.sync.windows(self.run.tenant, self.run.run_id, module, 50):
            self._save(self.run, done=windows)
        report_module(self._app, self.run.tenant, module, MODULE_REFUSED, error.text)
        note = Note(error.code, error.text, error.mend)
        self._save(self._with(replace(part, status=ModuleStatus.FAILED, note=note)))

    def _planned(
        self, module: Module, kind: WindowKind, window: Window, expected: int, name: str
    ) -> list[RunWindow]:
        if not expected:
            return []
        size = self._sizes.of(module)
        parts = plan(
            window,
            expected,
            size,
            self.run.server_time or self.run.started_at,
            lambda w: self._count(module, w),
        )
        return named(module, kind, name, parts)

    def _keep_lease(self) -> None:
        """Within a long step; `Conflict` if another worker has taken over meanwhile."""
        until = self.run.lease_until
        if until is None or until - self._app.clock.now() < LEASE / 2:
            self._save(self.run)

    def _count(self, module: Module, window: Window) -> int:
        self._keep_lease()
        return self._crm.count(module, window, self._connection.conditions.get(module, ()))

    def _store(self, module: Module) -> PageStore:
        """One for each module, so that what was asked for once is not asked again."""
        if module not in self._stores:
            self._stores[module] = self._fields.page_store()
        return self._stores[module]

    def _with(self, part: ModuleRun) -> Run:
        counted = replace(part, requests=part.requests + self._requests.take())
        modules = tuple(counted if m.module is part.module else m for m in self.run.modules)
        return replace(self.run, modules=modules)

    def _save(
        self, run: Run, *, done: Sequence[RunWindow] = (), new: Sequence[RunWindow] = ()
    ) -> None:
        """Save and renew the lease; `Conflict` if another worker has it."""
        now = self._app.clock.monotonic()
        worked, self._began = now - self._began, now
        after = replace(
            run,
            lease_owner=self._worker,
            lease_until=self._app.clock.now() + LEASE,
            attempt=0,
            note=None,
            waits_since=None,
            next_try=None,
            worked_seconds=run.worked_seconds + worked,
        )
        self.run = self._app.sync.save_run(after, done=done, new=new)


def named(module: Module, kind: WindowKind, name: str, parts: Sequence[Planned]) -> list[RunWindow]:
    """Windows with ids below `name`, in order; those that counting cannot cut are just read."""
    return [
        RunWindow(module, f"{name}.{i:03}", p.window, kind, None if p.stuck else p.expected)
        for i, p in enumerate(parts)
    ]
