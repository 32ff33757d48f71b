"""Rows with the fewest words."""

from datetime import UTC, datetime
from typing import Any

from funnel.domain.ids import Module, PersonId, RecordKey, SugarId, TenantId
from funnel.domain.sync.records import (
    Direction,
    HistoryEntry,
    Link,
    Person,
    ReadStamp,
    State,
    SugarRecord,
    SyncError,
)

TENANT = TenantId("acme")
NOW = datetime(2026, 3, 2, 9, 0, 0, 5, tzinfo=UTC)


def key(sugar_id: str, module: Module = Module.LEADS) -> RecordKey:
    """A record's key."""
    return RecordKey(module, SugarId(sugar_id))


def record(sugar_id: str, **more: Any) -> SugarRecord:
    """A record in use."""
    values: dict[str, Any] = {
        "tenant": TENANT,
        "key": key(sugar_id),
        "state": State.SYNCED,
        "fields": {"last_name": "Lovelace"},
        "stamp": ReadStamp(NOW, NOW, NOW, 1),
        "digest": "d",
        "name": "Ada Lovelace",
        "first_seen": NOW,
    }
    return SugarRecord(**{**values, **more})


def person(person_id: str, **more: Any) -> Person:
    """A person with one link."""
    values: dict[str, Any] = {
        "tenant": TENANT,
        "person_id": PersonId(person_id),
        "fields": {"last_name": "Lovelace"},
        "created_at": NOW,
        "changed_at": NOW,
        "links": (Link(key(f"of-{person_id}"), "Ada", SugarId("u1"), "ada@example.test"),),
        "name": "Ada Lovelace",
    }
    return Person(**{**values, **more})


def error(of: RecordKey, error_id: str = "e1", **more: Any) -> SyncError:
    """An open error of a record that waits for nothing."""
    values: dict[str, Any] = {
        "tenant": TENANT,
        "error_id": error_id,
        "direction": Direction.PULL,
        "record": of,
        "name": "Ada",
        "field": "last_name",
        "value": "",
        "code": "Required",
        "root": of,
        "root_name": "Ada",
        "first_seen": NOW,
        "last_seen": NOW,
    }
    return SyncError(**{**values, **more})


def entry(subject: str, entry_id: str = "h1", **more: Any) -> HistoryEntry:
    """Something that happened to a subject."""
    values: dict[str, Any] = {
        "tenant": TENANT,
        "subject": subject,
        "at": NOW,
        "entry_id": entry_id,
        "kind": "changed",
        "side": "Sugar",
    }
    return HistoryEntry(**{**values, **more})
