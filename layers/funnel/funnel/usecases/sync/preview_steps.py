"""The steps of looking what a full sync would do: those of the sync, over ports that write nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from funnel.domain.connecting.connections import Connection
from funnel.domain.crm import Page
from funnel.domain.csv_files import write_csv
from funnel.domain.ids import RecordKey
from funnel.domain.sync.runs import JobStatus, ModuleStatus
from funnel.domain.sync.sync_previews import Foreseen, ModuleForecast, PreviewFile, SyncPreview
from funnel.ports.crm import Crm
from funnel.usecases.app import App
from funnel.usecases.connecting.connection import refuse_to_go_on
from funnel.usecases.sync.foresee import Foresight
from funnel.usecases.sync.preview_ports import PreviewPorts
from funnel.usecases.sync.run_steps import Requests, Steps

COLUMNS = ("object", "id", "name", "would", "field", "before", "after", "reason")

_ENDED = frozenset({ModuleStatus.DONE, ModuleStatus.FAILED})
_MOST_REMEMBERED = 5_000
"""Records that would be written and are known as they would be: 20 MB or so."""

_PART = 5_000
"""Rows of one file; what was looked at is saved when one is full."""

_LONGEST = 20.0
"""Seconds after which it is saved in any case, so that people see how far it is."""


class PreviewSteps:
    """One worker's work on one preview. `row` is it as last saved.

    Not each step is saved. What was not is looked at again by whoever goes on: nothing is lost, for
    nothing was written.
    """

    def __init__(
        self,
        app: App,
        crm: Crm,
        connection: Connection,
        preview: SyncPreview,
        worker: str,
        requests: Requests,
        most_remembered: int = _MOST_REMEMBERED,
    ) -> None:
        self.row = preview
        self._app = app
        self._connection = connection
        self._foresight = Foresight(connection)
        self._ports = PreviewPorts(
            app, preview.run, preview.windows, self._foresight.told, most_remembered
        )
        self._steps = Steps(self._ports.app, crm, preview.run, worker, requests, self)
        self._forecasts = {one.module: one for one in preview.modules}
        self._rows: list[tuple[str, ...]] = []
        self._saved_at = app.clock.monotonic()
        self._modules = frozenset(one.module for one in preview.run.modules)

    def met(self, page: Page) -> None:
        """See `Onlooker`."""
        self._foresight.met(page)

    def is_outdated(self, key: RecordKey) -> bool:
        """See `Onlooker`: what the sync reads before is not yet as it will be then."""
        return key.module in self._modules and not self._ports.records.remembers(key)

    def close(self) -> None:
        """Nothing is under way any more when this returns."""
        self._steps.close()

    def step(self) -> bool:
        """Work one window, or begin or end a module; False when nothing is left."""
        refuse_to_go_on(self._app, self._connection)
        if self.row.status is JobStatus.QUEUED:
            self._save(JobStatus.RUNNING)
        part = next((one for one in self._steps.run.modules if one.status not in _ENDED), None)
        if part is not None:
            windows = self._ports.sync.windows(
                self.row.tenant, self._steps.run.run_id, part.module, 1
            )
            self._foresight.look_at(part.module, windows[0] if windows else None)
        self._ports.records.begin()
        self._ports.sync.was_split = False
        more = self._steps.step()
        found = self._foresight.take(keep=not self._ports.sync.was_split)
        if self._ports.sync.was_split:
            self._ports.records.go_back()
        self._note(found)
        if self._ports.sync.was_split or self._ports.records.tidy():
            self._steps.ask_anew()
        if not more:
            self._save(JobStatus.DONE)
        elif len(self._rows) >= _PART or self._app.clock.monotonic() - self._saved_at >= _LONGEST:
            self._save(JobStatus.RUNNING)
        return more

    def let_go(self) -> None:
        """Save what was looked at, for whoever goes on."""
        self._save(JobStatus.RUNNING)

    def _note(self, found: Sequence[Foreseen]) -> None:
        for one in found:
            self._rows += _rows(one, self.row.words)
        for module in {one.module for one in found}:
            of_it = [one for one in found if one.module is module]
            before = self._forecasts.get(module, ModuleForecast(module))
            self._forecasts[module] = before.with_these(of_it)

    def _save(self, status: JobStatus) -> None:
        """First the file, then that it is there: repeated it is written in place of itself."""
        files, now = self.row.files, self._app.clock.now()
        if self._rows:
            name = f"previews/{self.row.preview_id}-{len(files) + 1}.csv"
            titles = tuple(self.row.words.get(one, one) for one in COLUMNS)
            data = write_csv([titles, *self._rows]).encode()
            self._app.files.put(self.row.tenant, name, data, "text/csv; charset=utf-8")
            files = (*files, PreviewFile(name, len(self._rows)))
            self._rows = []
        self.row = self._app.sync.save_sync_preview(
            replace(
                self.row,
                run=self._ports.sync.run,
                windows=self._ports.sync.all_windows,
                modules=tuple(self._forecasts.values()),
                files=files,
                status=status,
                attempt=0,
                next_try=None,
                note=None,
                changed_at=now,
                finished_at=now if status is JobStatus.DONE else None,
            )
        )
        self._saved_at = self._app.clock.monotonic()


def _rows(one: Foreseen, words: Mapping[str, str]) -> list[tuple[str, ...]]:
    """A row for each field that would change, one where none would."""
    head = (str(one.module), one.subject, one.name, words.get(one.would.value, one.would.value))
    reason = ", ".join(one.reasons)
    if not one.changes:
        return [(*head, "", "", "", reason)]
    return [
        (*head, change.field, _text(change.before), _text(change.after), reason)
        for change in one.changes
    ]


def _text(value: object) -> str:
    return "" if value is None else str(value)
