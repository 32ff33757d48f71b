"""From a row as read to the record that is kept, with what stands in its way."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import datetime

from funnel.domain.consent.consent import Mark
from funnel.domain.crm import CrmRow, Value
from funnel.domain.ids import (
    PEOPLE_MODULES,
    Module,
    PersonId,
    RecordKey,
    SugarId,
    TenantId,
    derived_id,
)
from funnel.domain.sync.erased_records import emptied, erased_error
from funnel.domain.sync.pull_rules import Known, Obstacle, obstacles, record_name
from funnel.domain.sync.records import (
    Direction,
    FieldChange,
    HistoryEntry,
    Link,
    ReadStamp,
    State,
    SugarRecord,
    SyncError,
)
from funnel.domain.sync.versions import digest_of, supersedes
from funnel.domain.text import fold_email

LONGEST_VALUE = 20_000
"""Characters of a text that are kept: a row of DynamoDB holds 400 KB, all its values together."""

_VALUE_LENGTH = 200
_STOPPED = ("held", "out of date")
_PARENTS = {Module.USERS: "reports_to_id"}
"""The field that names the record above, where that is no Account."""

_APART_FROM_PEOPLE = frozenset({State.HELD, State.DELETED, State.ERASED})


@dataclass(frozen=True, slots=True)
class Intake:
    """What one row leads to. `blockers` are the records that have to be mended first."""

    record: SugarRecord
    before: SugarRecord | None
    errors: tuple[SyncError, ...]
    closed: tuple[tuple[RecordKey, str], ...]
    blockers: frozenset[RecordKey]


def is_news(row: CrmRow, stored: SugarRecord | None, stamp: ReadStamp) -> bool:
    """Whether the row says anything that is not here yet. A record deleted before we met is none."""
    if stored is None:
        return not row.deleted
    return supersedes(stamp, stored.stamp) and digest_of(row, stamp.generation) != stored.digest


def take_in(
    tenant: TenantId,
    row: CrmRow,
    stored: SugarRecord | None,
    known: Known,
    stamp: ReadStamp,
    now: datetime,
    unreadable: AbstractSet[Module] = frozenset(),
    *,
    is_erased: bool = False,
) -> Intake:
    """The record to keep. One that was synced before and no longer can be keeps what it held.

    Of one whose person was erased nothing is kept but that it is there.
    """
    if is_erased and not row.deleted:
        return _left_out(tenant, row, stored, stamp, now)
    found = [] if row.deleted else [*obstacles(row, known, unreadable), *_too_long(row)]
    held = any(o.holds for o in found)
    fresh = _fresh(tenant, row, stored, stamp, now)
    if row.deleted:
        record = _deleted(fresh, stored)
    elif held:
        record = _held(fresh, stored, now)
    else:
        record = fresh
    errors = tuple(_error(tenant, record, o, known, now) for o in found)
    root = next((e.root for e in errors if e.blocked_by or held), None)
    if errors or record.errors or record.root:
        record = replace(record, errors=tuple(e.error_id for e in errors), root=root)
    still = {e.error_id for e in errors}
    closed = tuple((row.key, e) for e in (stored.errors if stored else ()) if e not in still)
    blockers = frozenset(o.blocked_by for o in found if o.blocked_by)
    return Intake(record, stored, errors, closed, blockers)


def _left_out(
    tenant: TenantId, row: CrmRow, stored: SugarRecord | None, stamp: ReadStamp, now: datetime
) -> Intake:
    record = emptied(_fresh(tenant, row, stored, stamp, now))
    errors = (erased_error(tenant, row.key, now),)
    closed = tuple(
        (row.key, e) for e in (stored.errors if stored else ()) if e not in record.errors
    )
    return Intake(record, stored, errors, closed, frozenset())


def link_of(record: SugarRecord) -> Link | None:
    """The record as a link of a person; None if it takes no part in one."""
    if record.key.module not in PEOPLE_MODULES or record.state in _APART_FROM_PEOPLE:
        return None
    return Link(
        record.key,
        record.name,
        record.owner_id,
        fold_email(str(record.fields.get("email1") or "")),
        SugarId(str(record.fields.get("contact_id") or "")),
        record.home_id,
        record.apart,
    )


def email_of(row: CrmRow) -> str:
    """The folded address of a person's record, "" for none."""
    return fold_email(str(row.fields.get("email1") or ""))


def field_changes(before: SugarRecord, after: SugarRecord) -> tuple[FieldChange, ...]:
    """What differs between two states of a record, as Sugar has it."""
    names = sorted({*before.fields, *after.fields})
    return tuple(
        FieldChange(name, before.fields.get(name), after.fields.get(name), "read from Sugar")
        for name in names
        if before.fields.get(name) != after.fields.get(name)
    )


def history_of(intake: Intake, after: SugarRecord, now: datetime) -> HistoryEntry | None:
    """What the record's history says of a change. Nothing of the first time it is seen.

    Of one that is held back, or stays as it was, the note is the cause: the rule that decided.
    """
    before = intake.before
    if before is None or State.ERASED in (before.state, after.state):
        return None
    kind = "changed"
    if before.state is not after.state:
        kind = {
            State.DELETED: "deleted",
            State.HELD: "held",
            State.STALE: "out of date",
            State.SYNCED: "restored" if before.state is State.DELETED else "healed",
        }[after.state]
    changes = field_changes(before, after)
    if kind == "changed" and not changes:
        return None
    entry_id = derived_id("history", str(after.key), str(before.version), after.digest)
    why = next((e.code for e in intake.errors), "") if kind in _STOPPED else ""
    return HistoryEntry(after.tenant, str(after.key), now, entry_id, kind, "Sugar", changes, why)


def same_standing(a: SugarRecord, b: SugarRecord) -> bool:
    """Whether two records differ in nothing but when they were read."""
    return replace(a, stamp=b.stamp, version=b.version) == b


def _fresh(
    tenant: TenantId, row: CrmRow, stored: SugarRecord | None, stamp: ReadStamp, now: datetime
) -> SugarRecord:
    get = row.fields.get
    return SugarRecord(
        tenant=tenant,
        key=row.key,
        state=State.SYNCED,
        fields=_cut(row.fields),
        stamp=stamp,
        digest=digest_of(row, stamp.generation),
        name=record_name(row),
        first_seen=stored.first_seen if stored else now,
        owner_id=SugarId(str(get("assigned_user_id") or "")),
        parent_id=SugarId(str(get(_PARENTS.get(row.module, "account_id")) or "")),
        contact_ids=row.contact_ids,
        person_id=stored.person_id if stored else PersonId(""),
        home_id=stored.home_id if stored else PersonId(""),
        apart=_stays_apart(row, stored),
        version=stored.version if stored else 0,
    )


def _cut(fields: Mapping[str, Value]) -> Mapping[str, Value]:
    long = _long_texts(fields)
    return {**fields, **{name: text[:LONGEST_VALUE] for name, text in long.items()}}


def _too_long(row: CrmRow) -> list[Obstacle]:
    """The rest of the record is taken in; what was cut is reported."""
    long = _long_texts(row.fields)
    return [Obstacle("ValueTooLong", name, text, holds=False) for name, text in long.items()]


def _long_texts(fields: Mapping[str, Value]) -> dict[str, str]:
    return {
        name: value
        for name, value in fields.items()
        if isinstance(value, str) and len(value) > LONGEST_VALUE
    }


def _deleted(fresh: SugarRecord, stored: SugarRecord | None) -> SugarRecord:
    """A deleted record keeps what it was: Sugar empties little, but says nothing reliable."""
    if stored is None:
        return replace(fresh, state=State.DELETED)
    return replace(
        stored,
        state=State.DELETED,
        stamp=fresh.stamp,
        digest=fresh.digest,
        out_of_date_since=None,
    )


def _held(fresh: SugarRecord, stored: SugarRecord | None, now: datetime) -> SugarRecord:
    if stored is None or stored.state in (State.HELD, State.DELETED):
        return replace(fresh, state=State.HELD)
    return replace(
        stored,
        state=State.STALE,
        fields=_with_flags(stored.fields, fresh.fields),
        stamp=fresh.stamp,
        digest=fresh.digest,
        out_of_date_since=stored.out_of_date_since or now,
    )


def _with_flags(old: Mapping[str, Value], new: Mapping[str, Value]) -> Mapping[str, Value]:
    """Consent does not wait for an Account to be mended, as long as the address is the same."""
    if old.get("email1") != new.get("email1"):
        return old
    return {**old, **{mark.value: new[mark] for mark in Mark if mark in new}}


def _stays_apart(row: CrmRow, stored: SugarRecord | None) -> bool:
    """A record that was set apart stays so as long as its address is the same."""
    if stored is None or not stored.apart:
        return False
    old, new = (fold_email(str(f.get("email1") or "")) for f in (stored.fields, row.fields))
    return old == new


def _error(
    tenant: TenantId, record: SugarRecord, obstacle: Obstacle, known: Known, now: datetime
) -> SyncError:
    root, root_name = _root(record, obstacle, known)
    return SyncError(
        tenant=tenant,
        error_id=derived_id("error", str(record.key), obstacle.code, obstacle.field),
        direction=Direction.PULL,
        record=record.key,
        name=record.name,
        field=obstacle.field,
        value=obstacle.value[:_VALUE_LENGTH],
        code=obstacle.code,
        root=root,
        root_name=root_name,
        first_seen=now,
        last_seen=now,
        blocked_by=obstacle.blocked_by,
    )


def _root(record: SugarRecord, obstacle: Obstacle, known: Known) -> tuple[RecordKey, str]:
    """The end of the chain: what the blocking record itself goes back to."""
    if obstacle.blocked_by is None:
        return record.key, record.name
    blocker = known.get(obstacle.blocked_by)
    if blocker is None:
        return obstacle.blocked_by, obstacle.value
    if blocker.root is None:
        return blocker.key, blocker.name or obstacle.value
    root = known.get(blocker.root)
    return blocker.root, root.name if root else blocker.name
