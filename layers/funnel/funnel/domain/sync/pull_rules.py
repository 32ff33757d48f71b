"""Which records of Sugar can be taken in as they are, and what holds the others back (F1)."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from funnel.domain.crm import CrmRow, Value
from funnel.domain.ids import Module, RecordKey, SugarId
from funnel.domain.sync.records import State, SugarRecord

Known = Mapping[RecordKey, SugarRecord]


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One reason. `code` is a word of the catalogue; `blocked_by` has to be mended first.

    A record with an obstacle that `holds` is not taken in.
    """

    code: str
    field: str
    value: str
    blocked_by: RecordKey | None = None
    holds: bool = True


def needs(row: CrmRow) -> list[RecordKey]:
    """The records this one is checked against."""
    if row.deleted:
        return []
    match row.module:
        case Module.ACCOUNTS:
            return _key(Module.USERS, row.fields.get("assigned_user_id"))
        case Module.CONTACTS:
            return _key(Module.ACCOUNTS, row.fields.get("account_id"))
        case Module.OPPORTUNITIES:
            account = _key(Module.ACCOUNTS, row.fields.get("account_id"))
            return account + [RecordKey(Module.CONTACTS, i) for i in row.contact_ids]
        case _:
            return []


def obstacles(
    row: CrmRow, known: Known, unreadable: AbstractSet[Module] = frozenset()
) -> list[Obstacle]:
    """What stands in the way of a live record. `known` has all that `needs` named and that exists.

    Values that could not be read hold nothing back, but are reported. Nor does what points into a
    module that our user may not read: of that nothing is known.
    """
    found = [Obstacle("ValueUnreadable", p.field, p.raw, holds=False) for p in row.problems]
    checked = [
        o
        for o in _of_others(row, known)
        if o.blocked_by is None or o.blocked_by.module not in unreadable
    ]
    return found + checked


def _of_others(row: CrmRow, known: Known) -> list[Obstacle]:
    match row.module:
        case Module.ACCOUNTS:
            return _owner(row, known)
        case Module.CONTACTS:
            return _account(row, known)
        case Module.OPPORTUNITIES:
            return _account(row, known) or _contacts(row, known)
        case _:
            return []


def is_active(user: SugarRecord) -> bool:
    """Whether a User of Sugar is one who works there."""
    return user.state is not State.DELETED and user.fields.get("status") != "Inactive"


def _owner(row: CrmRow, known: Known) -> list[Obstacle]:
    owner = str(row.fields.get("assigned_user_id") or "")
    if not owner:
        return [Obstacle("OwnerMissing", "assigned_user_id", "")]
    key = RecordKey(Module.USERS, SugarId(owner))
    user = known.get(key)
    if user is None or user.state is State.DELETED:
        return [Obstacle("OwnerDeleted", "assigned_user_id", owner, key)]
    if not is_active(user):
        return [Obstacle("OwnerInactive", "assigned_user_id", user.name or owner, key)]
    return []


def _account(row: CrmRow, known: Known) -> list[Obstacle]:
    account_id = str(row.fields.get("account_id") or "")
    if not account_id:
        return []
    key = RecordKey(Module.ACCOUNTS, SugarId(account_id))
    account = known.get(key)
    if account is None or account.state is State.DELETED:
        return [Obstacle("AccountDeleted", "account_id", account_id, key)]
    if account.state is State.HELD:
        return [Obstacle("AccountHeld", "account_id", account.name or account_id, key)]
    return []


def _contacts(row: CrmRow, known: Known) -> list[Obstacle]:
    """An Opportunity is held only if none of the Contacts it names can be taken in."""
    named = [RecordKey(Module.CONTACTS, i) for i in row.contact_ids]
    keys = [k for k in named if k not in known or known[k].state is not State.ERASED]
    usable = [k for k in keys if k in known and known[k].state in (State.SYNCED, State.STALE)]
    if not keys or usable:
        return []
    key = next((k for k in keys if k in known and known[k].state is State.HELD), keys[0])
    contact = known.get(key)
    if contact is not None and contact.state is State.HELD:
        return [Obstacle("ContactHeld", "contacts", contact.name or key.sugar_id, key)]
    return [Obstacle("ContactDeleted", "contacts", key.sugar_id, key)]


def _key(module: Module, value: Value) -> list[RecordKey]:
    return [RecordKey(module, SugarId(str(value)))] if value else []


def record_name(row: CrmRow) -> str:
    """What people call a record."""
    get = row.fields.get
    if row.module in (Module.ACCOUNTS, Module.OPPORTUNITIES):
        return str(get("name") or "")
    full = " ".join(str(get(f)) for f in ("first_name", "last_name") if get(f))
    return full or str(get("user_name") or get("email1") or "")
