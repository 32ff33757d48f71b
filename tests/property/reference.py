"""What must be here once everything has settled, worked out from Sugar alone and from nothing else.

Written apart from the product's own rules, in the plainest way: no increments, no indexes.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from funnel.domain.crm import Value
from funnel.domain.ids import Module, RecordKey, SugarId
from funnel.domain.mapping.mapping import STANDARD_ONLY
from funnel.domain.sync.pull_rules import is_active
from funnel.domain.sync.records import Person, State, SugarRecord
from tests.fakes.store import MemoryStore
from tests.fakes.sugar import ModelRecord, ModelSugar
from tests.fakes.world import TENANT

Here = Mapping[RecordKey, SugarRecord]
Groups = set[frozenset[RecordKey]]


def live(sugar: ModelSugar, module: Module, sugar_id: object) -> ModelRecord | None:
    """A record that exists and is not deleted."""
    record = sugar.tables[module].get(SugarId(str(sugar_id)))
    return record if record and not record.deleted else None


def blocked(sugar: ModelSugar, here: Here, record: ModelRecord) -> bool:
    """Whether the rules of F1 hold a live record back."""
    get = record.fields.get
    match record.module:
        case Module.ACCOUNTS:
            owner = live(sugar, Module.USERS, get("assigned_user_id") or "")
            return owner is None or owner.fields.get("status") == "Inactive"
        case Module.CONTACTS:
            return _bad_account(sugar, here, record)
        case Module.OPPORTUNITIES:
            contacts = [c for i in record.contact_ids if (c := live(sugar, Module.CONTACTS, i))]
            return _bad_account(sugar, here, record) or (
                bool(contacts) and all(_absent(sugar, here, c) for c in contacts)
            )
        case _:
            return False


def _bad_account(sugar: ModelSugar, here: Here, record: ModelRecord) -> bool:
    account_id = record.fields.get("account_id")
    if not account_id:
        return False
    account = live(sugar, Module.ACCOUNTS, account_id)
    return account is None or _absent(sugar, here, account)


def _absent(sugar: ModelSugar, here: Here, record: ModelRecord) -> bool:
    """Held back and never synced before: what was once here stays, and may be pointed to."""
    ours = here.get(RecordKey(record.module, record.sugar_id))
    was_here = ours is not None and ours.state in (State.SYNCED, State.STALE)
    return blocked(sugar, here, record) and not was_here


def groups(records: Iterable[SugarRecord]) -> Groups:
    """Leads and Contacts that are one person: same address, or one was converted to the other.

    What stands apart is a person of its own.
    """
    everybody = {r.key: r for r in records}
    keys = {k: r for k, r in everybody.items() if not r.apart}
    found = [{k} for k in everybody]

    def join(a: RecordKey, b: RecordKey) -> None:
        one = next(g for g in found if a in g)
        other = next(g for g in found if b in g)
        if one is not other:
            one |= other
            found.remove(other)

    by_email: dict[str, RecordKey] = {}
    for key, record in keys.items():
        email = str(record.fields.get("email1") or "").strip().casefold()
        if email:
            join(by_email.setdefault(email, key), key)
        contact = RecordKey(Module.CONTACTS, SugarId(str(record.fields.get("contact_id") or "")))
        if contact in keys:
            join(key, contact)
    return {frozenset(g) for g in found}


QUIET = {"back-date", "detach", "undated"}
"""Edits that no time of change tells of: only the nightly and weekly looks find them."""


class Seen:
    """Every state a record had while a run worked; from it, what must be here when it ends."""

    def __init__(self, sugar: ModelSugar) -> None:
        self._sugar = sugar
        self._last = self._now()
        self._last_dates = self._dates()
        self._at_start = {key for key, state in self._last.items() if state is not None}
        self._states = {key: [state] for key, state in self._last.items()}
        self.edited_quietly: set[RecordKey] = set()

    def note(self, kind: str) -> None:
        """An edit was made: remember what it changed."""
        now = self._now()
        changed = {key for key, state in now.items() if state != self._last.get(key)}
        dates = self._dates()
        moved = {key for key, moment in dates.items() if moment != self._last_dates.get(key)}
        for key in changed:
            self._states.setdefault(key, []).append(now[key])
        if kind in QUIET:
            self.edited_quietly |= changed | moved
        self._last, self._last_dates = now, dates

    def check(self, store: MemoryStore, quiet: set[RecordKey]) -> None:
        """Each record Sugar had at the start is here in that or a later state, or reported."""
        here = store.records(TENANT, self._at_start)
        for key in self._at_start - quiet - self.edited_quietly:
            states = self._states[key]
            ours = here.get(key)
            if ours is None:
                assert None in states, f"{key} is lost in this run"
            elif ours.state is State.SYNCED:
                told = {name: value for name, value in ours.fields.items() if value is not None}
                assert told in states, f"{key} is older than the run: {told}, not {states}"
            elif ours.state is State.DELETED:
                assert None in states, f"{key} was never deleted"
            else:
                assert ours.errors, f"{key} is held back and no error row says so"

    def _dates(self) -> dict[RecordKey, datetime | None]:
        return {
            RecordKey(module, i): r.date_modified
            for module, table in self._sugar.tables.items()
            for i, r in table.items()
        }

    def _now(self) -> dict[RecordKey, dict[str, Value] | None]:
        return {
            RecordKey(module, i): None
            if r.deleted
            else {
                name: v
                for name in STANDARD_ONLY.read_fields(module)
                if (v := r.fields.get(name)) not in (None, "")
            }
            for module, table in self._sugar.tables.items()
            for i, r in table.items()
        }


def free(sugar: ModelSugar, store: MemoryStore) -> set[RecordKey]:
    """The live records that nothing holds back now, as far as is known here.

    A user who was deactivated after Users were read is active here until the next run.
    """
    here = _here(store)
    return {
        RecordKey(module, i)
        for module, table in sugar.tables.items()
        for i, record in table.items()
        if not record.deleted
        and (not blocked(sugar, here, record) or _owner_is_active_here(here, record))
    }


def _owner_is_active_here(here: Here, record: ModelRecord) -> bool:
    if record.module is not Module.ACCOUNTS:
        return False
    owner = here.get(RecordKey(Module.USERS, SugarId(str(record.fields.get("assigned_user_id")))))
    return owner is not None and is_active(owner)


def check_settled(sugar: ModelSugar, store: MemoryStore, ever_free: set[RecordKey]) -> None:
    """Nothing lost, nothing doubled, everything as Sugar has it; raises `AssertionError`.

    A record that was free once may have come in then, and stays when its cause goes bad later.
    """
    here = _here(store)
    for table in sugar.tables.values():
        for theirs in table.values():
            _check_record(sugar, here, theirs, ever_free)
    _check_errors(store, here)
    _check_people(store, here)


def _here(store: MemoryStore) -> dict[RecordKey, SugarRecord]:
    return {
        r.key: r for (t, _), r in store.rows.items() if t == TENANT and isinstance(r, SugarRecord)
    }


def _check_record(
    sugar: ModelSugar, here: Here, theirs: ModelRecord, ever_free: set[RecordKey]
) -> None:
    ours = here.get(RecordKey(theirs.module, theirs.sugar_id))
    what = f"{theirs.module} {theirs.sugar_id}"
    if theirs.deleted:
        assert ours is None or ours.state is State.DELETED, f"{what} is deleted in Sugar only"
        return
    assert ours is not None, f"{what} is lost"
    stays = ours.state is State.SYNCED and ours.key in ever_free
    if blocked(sugar, here, theirs) and not stays:
        assert ours.state in (State.HELD, State.STALE), f"{what} should be held back"
        assert ours.errors, f"{what} is held back and no error row says so"
        return
    assert ours.state is State.SYNCED, f"{what} should be synced and is {ours.state}"
    differing = {
        name
        for name, value in ours.fields.items()
        if (theirs.fields.get(name) or None) != (value or None)
    }
    assert not differing, f"{what} differs in {differing}"
    assert not ours.errors, f"{what} is synced and still in the error report"


def _check_errors(store: MemoryStore, here: dict[RecordKey, SugarRecord]) -> None:
    rows = {(e.record, e.error_id) for e in store.errors.values()}
    told = {(r.key, e) for r in here.values() for e in r.errors}
    assert rows == told, "the error report and the records disagree"


def _check_people(store: MemoryStore, here: dict[RecordKey, SugarRecord]) -> None:
    people = [p for (t, _), p in store.rows.items() if t == TENANT and isinstance(p, Person)]
    linked = [
        r
        for r in here.values()
        if r.key.module in (Module.LEADS, Module.CONTACTS)
        and r.state in (State.SYNCED, State.STALE)
    ]
    with_links = [p for p in people if p.links]
    members = [frozenset(link.key for link in p.links) for p in with_links]
    assert len(members) == len(set(members)), "two people have the same links"
    assert set(members) == groups(linked), "people are not the groups that Sugar's data say"
    for person in with_links:
        assert not person.merged_into
        for link in person.links:
            assert here[link.key].person_id == person.person_id
        for email in {link.email for link in person.links if link.email and not link.apart}:
            claim = store.claims(TENANT, [email]).get(email)
            assert claim is not None, f"{email} is not claimed"
            assert claim.person_id == person.person_id, f"{email} is claimed by another"
