"""What must be here once everything has settled, worked out from Sugar alone and from nothing else.

Written apart from the product's own rules, in the plainest way: no increments, no indexes.
"""

from collections.abc import Iterable

from funnel.domain.ids import Module, RecordKey, SugarId
from funnel.domain.records import Person, State, SugarRecord
from tests.fakes.store import MemoryStore
from tests.fakes.sugar import ModelRecord, ModelSugar
from tests.fakes.world import TENANT

Groups = set[frozenset[RecordKey]]


def live(sugar: ModelSugar, module: Module, sugar_id: object) -> ModelRecord | None:
    """A record that exists and is not deleted."""
    record = sugar.tables[module].get(SugarId(str(sugar_id)))
    return record if record and not record.deleted else None


def blocked(sugar: ModelSugar, record: ModelRecord) -> bool:
    """Whether the rules of F1 hold a live record back."""
    get = record.fields.get
    match record.module:
        case Module.ACCOUNTS:
            owner = live(sugar, Module.USERS, get("assigned_user_id") or "")
            return owner is None or owner.fields.get("status") == "Inactive"
        case Module.CONTACTS:
            return _bad_account(sugar, record)
        case Module.OPPORTUNITIES:
            contacts = [i for i in record.contact_ids if live(sugar, Module.CONTACTS, i)]
            return _bad_account(sugar, record) or (
                bool(contacts)
                and all(blocked(sugar, sugar.tables[Module.CONTACTS][i]) for i in contacts)
            )
        case _:
            return False


def _bad_account(sugar: ModelSugar, record: ModelRecord) -> bool:
    account_id = record.fields.get("account_id")
    if not account_id:
        return False
    account = live(sugar, Module.ACCOUNTS, account_id)
    return account is None or blocked(sugar, account)


def groups(records: Iterable[SugarRecord]) -> Groups:
    """Leads and Contacts that are one person: same address, or one was converted to the other."""
    keys: dict[RecordKey, SugarRecord] = {r.key: r for r in records}
    found = [{k} for k in keys]

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


def check_settled(sugar: ModelSugar, store: MemoryStore) -> None:
    """Nothing lost, nothing doubled, everything as Sugar has it; raises `AssertionError`."""
    here = {
        r.key: r for (t, _), r in store.rows.items() if t == TENANT and isinstance(r, SugarRecord)
    }
    for module, table in sugar.tables.items():
        for sugar_id, theirs in table.items():
            _check_record(sugar, theirs, here.get(RecordKey(module, sugar_id)))
    _check_errors(store, here)
    _check_people(store, here)


def _check_record(sugar: ModelSugar, theirs: ModelRecord, ours: SugarRecord | None) -> None:
    what = f"{theirs.module} {theirs.sugar_id}"
    if theirs.deleted:
        assert ours is None or ours.state is State.DELETED, f"{what} is deleted in Sugar only"
        return
    assert ours is not None, f"{what} is lost"
    if blocked(sugar, theirs):
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
        for email in {link.email for link in person.links if link.email}:
            claim = store.claims(TENANT, [email]).get(email)
            assert claim is not None, f"{email} is not claimed"
            assert claim.person_id == person.person_id, f"{email} is claimed by another"
