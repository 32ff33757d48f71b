"""Error rows, marks of causes and history as items."""

import json
from datetime import datetime, timedelta
from typing import Any

from funnel.adapters.dynamodb.requests import Item
from funnel.adapters.dynamodb.rows import key_in, parse_key
from funnel.adapters.dynamodb.tables import moment, record_pk, shard
from funnel.domain.ids import RecordKey, TenantId
from funnel.domain.sync.records import Direction, FieldChange, HistoryEntry, SyncError

CAUSE = "cause"
ERROR = "error#"
HISTORY_LIFE = timedelta(days=397)
"""Thirteen months, so that a year can be compared with the one before."""
_TEXTS = ("name", "field", "value", "root_name")
_V = {"N": "1"}
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


def error_key(tenant: TenantId, record: RecordKey, error_id: str) -> Item:
    """The key of an error row."""
    return {"pk": {"S": record_pk(tenant, record)}, "sk": {"S": ERROR + error_id}}


def error_list_pk(tenant: TenantId, part: int) -> str:
    """One shard of the error report."""
    return f"{tenant}#{part}"


def root_prefix(root: RecordKey) -> str:
    """How the places of one root's errors begin."""
    return f"{root}\x1f"


def error_item(error: SyncError) -> Item:
    """An open error. Those of one root sort together in each shard, and so in all."""
    record = str(error.record)
    place = f"{record}\x1f{error.error_id}"
    item: Item = {
        **error_key(error.tenant, error.record, error.error_id),
        "v": _V,
        "direction": {"S": error.direction.value},
        "code": {"S": error.code},
        "root": {"S": str(error.root)},
        "first_seen": {"S": error.first_seen.isoformat()},
        "last_seen": {"S": error.last_seen.isoformat()},
        "list_pk": {"S": error_list_pk(error.tenant, shard(record))},
        "list_sk": {"S": root_prefix(error.root) + place},
    }
    for attribute in _TEXTS:
        text = getattr(error, attribute)
        if text:
            item[attribute] = {"S": text}
    if error.blocked_by is not None:
        item["blocked_by"] = {"S": str(error.blocked_by)}
        item["blocked_pk"] = {"S": record_pk(error.tenant, error.blocked_by)}
        item["blocked_sk"] = {"S": place}
    return item


def error_of(tenant: TenantId, item: Item) -> SyncError:
    """What `error_item` wrote."""
    cause = item.get("blocked_by")
    return SyncError(
        tenant=tenant,
        error_id=item["sk"]["S"][len(ERROR) :],
        direction=Direction(item["direction"]["S"]),
        record=key_in(tenant, item),
        **{name: item[name]["S"] if name in item else "" for name in _TEXTS},
        code=item["code"]["S"],
        root=parse_key(item["root"]["S"]),
        first_seen=datetime.fromisoformat(item["first_seen"]["S"]),
        last_seen=datetime.fromisoformat(item["last_seen"]["S"]),
        blocked_by=parse_key(cause["S"]) if cause else None,
    )


def cause_item(tenant: TenantId, cause: RecordKey, expires_at: int) -> Item:
    """The mark of a record that others may wait for."""
    return {
        "pk": {"S": record_pk(tenant, cause)},
        "sk": {"S": CAUSE},
        "v": _V,
        "expires_at": {"N": str(expires_at)},
    }


def history_pk(tenant: TenantId, subject: str) -> str:
    """The history of one subject."""
    return f"{tenant}#{subject}"


def history_item(entry: HistoryEntry) -> Item:
    """An entry; the same one again has the same key."""
    item: dict[str, dict[str, Any]] = {
        "pk": {"S": history_pk(entry.tenant, entry.subject)},
        "sk": {"S": f"{moment(entry.at)}#{entry.entry_id}"},
        "v": _V,
        "kind": {"S": entry.kind},
        "side": {"S": entry.side},
        "expires_at": {"N": str(int((entry.at + HISTORY_LIFE).timestamp()))},
    }
    if entry.changes:
        changes = [(c.field, c.before, c.after, c.rule) for c in entry.changes]
        item["changes"] = {"S": _encode(changes)}
    if entry.note:
        item["note"] = {"S": entry.note}
    if entry.by:
        item["by"] = {"S": entry.by}
    return item


def history_of(tenant: TenantId, item: Item) -> HistoryEntry:
    """What `history_item` wrote."""
    at, _, entry_id = item["sk"]["S"].partition("#")
    changes = item.get("changes")
    note = item.get("note")
    return HistoryEntry(
        tenant=tenant,
        subject=item["pk"]["S"][len(tenant) + 1 :],
        at=datetime.fromisoformat(at),
        entry_id=entry_id,
        kind=item["kind"]["S"],
        side=item["side"]["S"],
        changes=tuple([FieldChange(*c) for c in json.loads(changes["S"])]) if changes else (),
        note=note["S"] if note else "",
        by=item["by"]["S"] if "by" in item else "",
    )
