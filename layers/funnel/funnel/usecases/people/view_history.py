"""What happened to a person or to a record of Sugar."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from funnel.domain.crm import Value
from funnel.domain.errors import NotFound
from funnel.domain.ids import Module, RecordKey, SugarId, TenantId
from funnel.domain.sync.records import FieldChange
from funnel.usecases.app import App


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One field before and after, and the rule that decided.

    `before_name` and `after_name` are what users, accounts and currencies are called that the values
    name by id, "" for all else.
    """

    field: str
    before: Value
    after: Value
    rule: str
    before_name: str = ""
    after_name: str = ""


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
    names = _names(app, tenant, [change for entry in listing.items for change in entry.changes])
    return HistoryPage(
        tuple(
            HistoryView(
                entry.at,
                entry.kind,
                entry.side,
                entry.by,
                entry.note,
                tuple(
                    ChangeView(
                        c.field,
                        c.before,
                        c.after,
                        c.rule,
                        names.get((c.field, c.before), ""),
                        names.get((c.field, c.after), ""),
                    )
                    for c in entry.changes
                ),
            )
            for entry in listing.items
        ),
        listing.cursor,
    )


_NAMED = {
    "assigned_user_id": Module.USERS,
    "reports_to_id": Module.USERS,
    "account_id": Module.ACCOUNTS,
    "parent_id": Module.ACCOUNTS,
}
"""Fields that hold a record's id, and of what."""
_CURRENCY = "currency_id"


def _key(field: str, value: Value) -> RecordKey | None:
    module = _NAMED.get(field)
    return RecordKey(module, SugarId(str(value))) if module and value else None


def _names(
    app: App, tenant: TenantId, changes: Iterable[FieldChange]
) -> Mapping[tuple[str, Value], str]:
    values: set[tuple[str, Value]] = {
        (one.field, value) for one in changes for value in (one.before, one.after) if value
    }
    keys = {key for one in values if (key := _key(*one))}
    records = app.records.records(tenant, sorted(keys)) if keys else {}
    found = {one: records[key].name for one in values if (key := _key(*one)) in records}
    ids = [one for one in values if one[0] == _CURRENCY]
    known = app.sync.currencies(tenant) if ids else None
    told = {one: known.of(one[1]) for one in ids} if known else {}
    return found | {one: currency.unit for one, currency in told.items() if currency}
