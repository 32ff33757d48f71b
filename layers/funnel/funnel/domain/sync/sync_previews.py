"""What a full sync would do: told record by record, before anything is written."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from funnel.domain.crm import Value
from funnel.domain.ids import ConnectionId, Module, TenantId
from funnel.domain.sync.records import FieldChange
from funnel.domain.sync.runs import JobStatus, Note, Run, RunWindow

MOST_SAMPLES, MOST_OF_A_KIND = 50, 20
"""Of one module that are shown; of those that would be treated alike."""

_MOST_CHANGES, _LONGEST_SHOWN, _MOST_FIELDS = 8, 100, 100


class Would(StrEnum):
    """What would become of a record. HOLD keeps it out, or as it was; MERGE is of a person."""

    CREATE = "create"
    CHANGE = "change"
    DELETE = "delete"
    MERGE = "merge"
    HOLD = "hold"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class Foreseen:
    """One record, or a person who would be merged. `subject` is its id; `reasons` are error codes,
    of a merged person who it would belong to.
    """

    module: Module
    subject: str
    name: str
    would: Would
    changes: tuple[FieldChange, ...] = ()
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ModuleForecast:
    """What was foreseen of a module: how often what, which fields how often, and why held back."""

    module: Module
    counts: Mapping[Would, int] = field(default_factory=dict)
    fields: Mapping[str, int] = field(default_factory=dict)
    reasons: Mapping[str, int] = field(default_factory=dict)
    samples: tuple[Foreseen, ...] = ()

    def with_these(self, found: list[Foreseen]) -> "ModuleForecast":
        """The forecast with these counted too."""
        counts, fields, reasons = Counter(self.counts), Counter(self.fields), Counter(self.reasons)
        shown = Counter(one.would for one in self.samples)
        samples = list(self.samples)
        for one in found:
            counts[one.would] += 1
            if one.would is not Would.MERGE:
                reasons.update(one.reasons)
            fields.update(
                change.field
                for change in one.changes
                if change.field in fields or len(fields) < _MOST_FIELDS
            )
            room = len(samples) < MOST_SAMPLES and shown[one.would] < MOST_OF_A_KIND
            if room and one.would is not Would.SKIP:
                shown[one.would] += 1
                samples.append(_shortened(one))
        return ModuleForecast(
            self.module, dict(counts), dict(fields), dict(reasons), tuple(samples)
        )

    def count(self, would: Would) -> int:
        """How many."""
        return self.counts.get(would, 0)


@dataclass(frozen=True, slots=True)
class PreviewFile:
    """A CSV file with what was foreseen."""

    name: str
    rows: int


@dataclass(frozen=True, slots=True)
class SyncPreview:
    """A full sync as it would be; a tenant has one, the latest.

    `run` and `windows` are those of the run that is only looked at: they are kept here and nowhere
    else. `words` are what the files call things, in the language of whoever asked. `attempt`
    counts failures in a row; `next_try` is when it is tried again, None while it is.
    """

    tenant: TenantId
    preview_id: str
    connection_id: ConnectionId
    requested_by: str
    created_at: datetime
    changed_at: datetime
    run: Run
    windows: tuple[RunWindow, ...] = ()
    modules: tuple[ModuleForecast, ...] = ()
    files: tuple[PreviewFile, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)
    status: JobStatus = JobStatus.QUEUED
    attempt: int = 0
    note: Note | None = None
    finished_at: datetime | None = None
    next_try: datetime | None = None
    version: int = 0

    @property
    def is_going(self) -> bool:
        """Whether it has not ended."""
        return self.status in (JobStatus.QUEUED, JobStatus.RUNNING)

    @property
    def waits(self) -> bool:
        """Whether it has not ended, and the last try came to nothing."""
        return self.is_going and self.note is not None


def _shortened(one: Foreseen) -> Foreseen:
    changes = tuple(
        replace(change, before=_short(change.before), after=_short(change.after))
        for change in one.changes[:_MOST_CHANGES]
    )
    return replace(one, changes=changes)


def _short(value: Value) -> Value:
    if isinstance(value, str) and len(value) > _LONGEST_SHOWN:
        return value[:_LONGEST_SHOWN] + "…"
    return value
