"""What a comparison shows: counts by module, what differs with its reason, and all of it as CSV."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from funnel.domain.csv_files import write_csv
from funnel.domain.ids import RecordKey, TenantId
from funnel.domain.sync.comparison import (
    Comparison,
    Difference,
    Kind,
    ModuleComparison,
    Phase,
    Reason,
)
from funnel.domain.sync.runs import JobStatus, Note
from funnel.usecases.app import App
from funnel.usecases.view_common import RecordRef, Sugar

MOST_SHOWN = 200
MOST_ROWS = 20_000
"""About 4 MB: a reply of the API holds 6 MB."""

_PARTS = 50

Words = Callable[[Difference], tuple[str, str]]
"""How a difference and its reason are told."""


@dataclass(frozen=True, slots=True)
class DifferenceView:
    """A record that differs; its times of change on both sides, None where it is not."""

    record: RecordRef
    kind: Kind
    reason: Reason
    there: datetime | None
    here: datetime | None


@dataclass(frozen=True, slots=True)
class ComparisonView:
    """A comparison as it stands. `share` of 1 is done. `items` are the first that differ.

    `settled` of those that differ do so for a cause told elsewhere, which a repair does not mend.
    One that waits for Sugar has a `note`, and is tried again at `next_try`, None where that is now;
    with `revives` it goes on when a sync has succeeded, also where it was given up.
    """

    comparison_id: str
    status: JobStatus
    phase: Phase
    requested_by: str
    repaired_by: str
    created_at: datetime
    finished_at: datetime | None
    share: float
    differing: int
    settled: int
    modules: tuple[ModuleComparison, ...]
    items: tuple[DifferenceView, ...]
    note: Note | None
    next_try: datetime | None
    revives: bool


def comparison_view(app: App, comparison: Comparison) -> ComparisonView:
    """The comparison with the first 200 differences."""
    shown: list[Difference] = []
    for one in _differences(app, comparison):
        shown.append(one)
        if len(shown) == MOST_SHOWN:
            break
    return ComparisonView(
        comparison_id=comparison.comparison_id,
        status=comparison.status,
        phase=comparison.phase,
        requested_by=comparison.requested_by,
        repaired_by=comparison.repaired_by,
        created_at=comparison.created_at,
        finished_at=comparison.finished_at,
        share=_share(comparison),
        differing=comparison.differing,
        settled=comparison.settled,
        modules=comparison.modules,
        items=_views(app, comparison.tenant, shown),
        note=comparison.note,
        next_try=_ahead(comparison.next_try, app.clock.now()),
        revives=comparison.revives,
    )


def export_differences(
    app: App, comparison: Comparison, columns: tuple[str, ...], words: Words
) -> str:
    """What differs, 20,000 rows at most, with these seven column titles; UTF-8 with a mark."""
    sugar = Sugar(app, comparison.tenant)
    rows: list[tuple[str, ...]] = [columns]
    for number, one in enumerate(_differences(app, comparison)):
        if number == MOST_ROWS:
            break
        url = sugar.url(RecordKey(one.module, one.sugar_id))
        cells = (one.module, one.sugar_id, url, *words(one), _text(one.there), _text(one.here))
        rows.append(cells)
    return write_csv(rows)


def _differences(app: App, comparison: Comparison) -> Iterator[Difference]:
    cursor = ""
    while True:
        page = app.sync.differences(comparison.tenant, comparison.comparison_id, _PARTS, cursor)
        for part in page.items:
            yield from part.items
        cursor = page.cursor
        if not cursor:
            return


def _views(app: App, tenant: TenantId, found: list[Difference]) -> tuple[DifferenceView, ...]:
    sugar = Sugar(app, tenant)
    keys = [RecordKey(one.module, one.sugar_id) for one in found]
    stored = app.records.records(tenant, keys) if keys else {}
    names = {key: record.name for key, record in stored.items()}
    return tuple(
        DifferenceView(
            sugar.ref(key, names.get(key) or key.sugar_id),
            one.kind,
            one.reason,
            one.there,
            one.here,
        )
        for key, one in zip(keys, found, strict=True)
    )


def _share(comparison: Comparison) -> float:
    """By what was read of what Sugar counts; records move meanwhile, so never over 1."""
    if not comparison.is_going:
        return 1.0
    expected = sum(m.expected for m in comparison.modules)
    read = sum(min(m.read, m.expected) for m in comparison.modules)
    return read / expected if expected and comparison.phase is Phase.COMPARE else 0.0


def _ahead(moment: datetime | None, now: datetime) -> datetime | None:
    return moment if moment and moment > now else None


def _text(moment: datetime | None) -> str:
    return moment.isoformat(timespec="seconds") if moment else ""
