"""What happened to a person or to a record of Sugar."""

from dataclasses import dataclass
from datetime import datetime

from funnel.domain.connecting.crm import Value
from funnel.domain.errors import NotFound
from funnel.domain.ids import RecordKey, TenantId
from funnel.usecases.app import App


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One field before and after, and the rule that decided."""

    field: str
    before: Value
    after: Value
    rule: str


@dataclass(frozen=True, slots=True)
class HistoryView:
    """One thing that happened. `side` is "Sugar" or "Funnel", `by` who did it there, if known."""

    at: datetime
    kind: str
    side: str
    by: str
    note: str
    changes: tuple[ChangeView, ...]


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """A page of a history, newest first; `cursor` is where it goes on, "" at the end."""

    items: tuple[HistoryView, ...]
    cursor: str


def record_history(
    app: App, tenant: TenantId, key: RecordKey, cursor: str = "", limit: int = 20
) -> HistoryPage:
    """What happened to a record, whatever became of it.

    Raises `NotFound` for one that was never here.
    """
    if key not in app.records.records(tenant, [key]):
        raise NotFound(f"This record is not here: {key.module} {key.sugar_id}.")
    return history(app, tenant, str(key), cursor, limit)


def history(
    app: App, tenant: TenantId, subject: str, cursor: str = "", limit: int = 20
) -> HistoryPage:
    """What happened to a subject, newest first."""
    listing = app.records.history(tenant, subject, limit, cursor)
    return HistoryPage(
        tuple(
            HistoryView(
                entry.at,
                entry.kind,
                entry.side,
                entry.by,
                entry.note,
                tuple(ChangeView(c.field, c.before, c.after, c.rule) for c in entry.changes),
            )
            for entry in listing.items
        ),
        listing.cursor,
    )
