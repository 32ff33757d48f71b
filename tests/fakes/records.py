"""Records, people, errors and history in memory."""

import threading
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Protocol, TypeVar, cast

from funnel.domain.consent.consent import Consent
from funnel.domain.ids import Module, PersonId, RecordKey, SugarId, TenantId
from funnel.domain.people.searching import Wanted
from funnel.domain.sync.records import (
    Claim,
    Followers,
    HistoryEntry,
    Person,
    State,
    SugarRecord,
    SyncError,
    Unit,
)
from funnel.domain.text import sort_name
from funnel.ports.store import MOST_LOOKED, Found, Listing
from tests.fakes.listing import Index

_LISTED = (State.SYNCED, State.STALE)
_END = datetime(9999, 1, 1, tzinfo=UTC)
MOST_ROWS = 100
K = TypeVar("K", bound=Hashable)
T = TypeVar("T")
Row = SugarRecord | Person | Claim | Followers | Consent
_At = tuple[TenantId, Hashable]


class _Versioned(Protocol):
    @property
    def version(self) -> int: ...


class MemoryRecords:
    """`RecordStore` in memory. Every method is one step that nothing comes between.

    `writes` counts the rows that were written, in whole units.
    """

    def __init__(self) -> None:
        super().__init__()
        self.writes = 0
        self._lock = threading.RLock()
        self._records: dict[tuple[TenantId, RecordKey], SugarRecord] = {}
        self._people: dict[tuple[TenantId, PersonId], Person] = {}
        self._claims: dict[tuple[TenantId, str], Claim] = {}
        self._claims_given_up: dict[tuple[TenantId, str], int] = {}
        self._followers: dict[tuple[TenantId, SugarId], Followers] = {}
        self._consents: dict[tuple[TenantId, str], Consent] = {}
        self._consented: set[tuple[TenantId, str]] = set()
        self._consents_due: Index[tuple[TenantId, str]] = Index()
        self.errors: dict[tuple[TenantId, RecordKey, str], SyncError] = {}
        self._errors_of: dict[tuple[TenantId, RecordKey], set[str]] = {}
        self._history: dict[tuple[TenantId, str, str, str], HistoryEntry] = {}
        self.marks: dict[TenantId, dict[str, bool]] = {}
        self._causes: set[tuple[TenantId, RecordKey]] = set()
        self._by_name: Index[tuple[TenantId, RecordKey]] = Index()
        self._by_parent: Index[tuple[TenantId, RecordKey]] = Index()
        self._people_by_name: Index[tuple[TenantId, PersonId]] = Index()
        self._errors_by_root: Index[tuple[TenantId, RecordKey, str]] = Index()
        self._errors_by_cause: Index[tuple[TenantId, RecordKey, str]] = Index()
        self._history_by_time: Index[tuple[TenantId, str, str, str]] = Index()

    @property
    def rows(self) -> dict[_At, Row]:
        """Every row that has a version, by tenant and key."""
        consents = {(at[0], ("consent", at[1])): row for at, row in self._consents.items()}
        parts = (self._records, self._people, self._claims, self._followers, consents)
        return {at: row for part in parts for at, row in cast("dict[_At, Row]", part).items()}

    def commit(self, tenant: TenantId, units: Sequence[Unit]) -> list[bool]:
        """Write each unit whole or not at all."""
        for unit in units:
            _check(tenant, unit)
        with self._lock:
            return [self._commit(tenant, unit) for unit in units]

    def records(self, tenant: TenantId, keys: Iterable[RecordKey]) -> dict[RecordKey, SugarRecord]:
        """The records that are here."""
        with self._lock:
            return {k: r for k in keys if (r := self._records.get((tenant, k))) is not None}

    def people(self, tenant: TenantId, ids: Iterable[PersonId]) -> dict[PersonId, Person]:
        """The people with these ids."""
        with self._lock:
            return {i: p for i in ids if (p := self._people.get((tenant, i))) is not None}

    def claims(self, tenant: TenantId, emails: Iterable[str]) -> dict[str, Claim]:
        """The claims on these folded addresses."""
        with self._lock:
            return {e: c for e in emails if (c := self._claim(tenant, e)) is not None}

    def consents(self, tenant: TenantId, emails: Iterable[str]) -> dict[str, Consent]:
        """What is known of the consent of these folded addresses."""
        with self._lock:
            return {e: c for e in emails if (c := self._consents.get((tenant, e))) is not None}

    def erased(self, tenant: TenantId) -> dict[str, bool]:
        """The marks of what was erased."""
        with self._lock:
            return dict(self.marks.get(tenant, {}))

    def _purge_addresses(self, tenant: TenantId, emails: Iterable[str]) -> dict[str, int]:
        found = {"addresses": 0, "consents": 0}
        for at in [(tenant, email) for email in emails]:
            here = at in self._claims or at in self._claims_given_up
            found["addresses"] += here
            self._claims.pop(at, None)
            self._claims_given_up.pop(at, None)
            self._consented.discard(at)
            found["consents"] += self._consents.pop(at, None) is not None
            self._consents_due.put(at)
        return found

    def _purge_history(self, tenant: TenantId, subjects: Iterable[str]) -> int:
        wanted = set(subjects)
        gone = [at for at in self._history if at[0] == tenant and at[1] in wanted]
        for at in gone:
            del self._history[at]
            self._history_by_time.put(at)
        return len(gone)

    def due_consents(self, tenant: TenantId, limit: int, cursor: str = "") -> Listing[Consent]:
        """What Sugar is to be told, by when it is due."""
        with self._lock:
            return self._consents_due.page(tenant, "", limit, cursor, self._consents.__getitem__)

    def followers(
        self, tenant: TenantId, contact_ids: Iterable[SugarId]
    ) -> dict[SugarId, Followers]:
        """The Leads converted to these Contacts."""
        with self._lock:
            found = {i: self._followers.get((tenant, i)) for i in contact_ids}
            return {i: f for i, f in found.items() if f is not None}

    def mark_causes(self, tenant: TenantId, causes: Iterable[RecordKey]) -> None:
        """Remember that something may be blocked by these."""
        with self._lock:
            self._causes.update((tenant, cause) for cause in causes)

    def marked_causes(self, tenant: TenantId, keys: Iterable[RecordKey]) -> set[RecordKey]:
        """Which of these may block something."""
        with self._lock:
            return {key for key in keys if (tenant, key) in self._causes}

    def blocked_by(
        self, tenant: TenantId, cause: RecordKey, limit: int, cursor: str = ""
    ) -> Listing[SyncError]:
        """The open errors that wait for this record."""
        with self._lock:
            group = (tenant, cause)
            return self._errors_by_cause.page(group, "", limit, cursor, self.errors.__getitem__)

    def errors_of(self, tenant: TenantId, record: RecordKey) -> list[SyncError]:
        """The open errors of one record."""
        with self._lock:
            ids = sorted(self._errors_of.get((tenant, record), ()))
            return [self.errors[tenant, record, error_id] for error_id in ids]

    def list_errors(
        self,
        tenant: TenantId,
        limit: int,
        cursor: str = "",
        *,
        root: RecordKey | None = None,
        after: RecordKey | None = None,
    ) -> Listing[SyncError]:
        """All open errors, those of one root together."""
        with self._lock:
            prefix = f"{root}\x1f" if root else ""
            start = f"{after}\x1f\U0010ffff" if after else cursor
            load = self.errors.__getitem__
            return self._errors_by_root.page(tenant, prefix, limit, start, load)

    def list_people(
        self, tenant: TenantId, prefix: str, limit: int, cursor: str = ""
    ) -> Listing[Person]:
        """People by name."""
        with self._lock:
            start = sort_name(prefix)
            load = self._people.__getitem__
            return self._people_by_name.page(tenant, start, limit, cursor, load)

    def search_people(
        self,
        tenant: TenantId,
        wanted: Wanted,
        limit: int,
        cursor: str = "",
        most: int = MOST_LOOKED,
    ) -> Found[Person]:
        """People by name whom the search wants."""
        with self._lock:
            load = self._people.__getitem__
            page = self._people_by_name.page
            return _found(
                lambda size, at: page(tenant, "", size, at, load),
                wanted.wants_person,
                lambda p: _listed(p.name, p.person_id),
                limit,
                cursor,
                most,
            )

    def search_records(
        self,
        tenant: TenantId,
        module: Module,
        wanted: Wanted,
        limit: int,
        cursor: str = "",
        most: int = MOST_LOOKED,
    ) -> Found[SugarRecord]:
        """Records by name whom the search wants."""
        with self._lock:
            load = self._records.__getitem__
            return _found(
                lambda size, at: self._by_name.page((tenant, module), "", size, at, load),
                wanted.wants_record,
                lambda r: _listed(r.name, r.key.sugar_id),
                limit,
                cursor,
                most,
            )

    def list_records(
        self, tenant: TenantId, module: Module, prefix: str, limit: int, cursor: str = ""
    ) -> Listing[SugarRecord]:
        """Records in use by name."""
        with self._lock:
            start, load = sort_name(prefix), self._records.__getitem__
            return self._by_name.page((tenant, module), start, limit, cursor, load)

    def children(
        self, tenant: TenantId, parent_id: SugarId, module: Module, limit: int, cursor: str = ""
    ) -> Listing[SugarRecord]:
        """Records below one by name."""
        with self._lock:
            group, load = (tenant, parent_id, module), self._records.__getitem__
            return self._by_parent.page(group, "", limit, cursor, load)

    def history(
        self, tenant: TenantId, subject: str, limit: int, cursor: str = ""
    ) -> Listing[HistoryEntry]:
        """What happened to a subject, newest first."""
        with self._lock:
            group, load = (tenant, subject), self._history.__getitem__
            return self._history_by_time.page(group, "", limit, cursor, load)

    def _commit(self, tenant: TenantId, unit: Unit) -> bool:
        if not self._stands(tenant, unit):
            return False
        self.writes += len(unit)
        for record in unit.records:
            self._put_record(tenant, record)
        for person in unit.people:
            self._put_person(tenant, person)
        for claim in unit.claims:
            self._put_claim(tenant, claim)
        for followers in unit.followers:
            at = (tenant, followers.contact_id)
            self._followers[at] = replace(followers, version=followers.version + 1)
        for consent in unit.consents:
            self._put_consent(tenant, consent)
        for record_key, error_id in unit.closed:
            self._close(tenant, record_key, error_id)
        for error in unit.errors:
            self._put_error(tenant, error)
        for entry in unit.history:
            self._put_history(tenant, entry)
        return True

    def _stands(self, tenant: TenantId, unit: Unit) -> bool:
        return (
            all(_version(self._records, (tenant, r.key)) == r.version for r in unit.records)
            and all(_version(self._people, (tenant, p.person_id)) == p.version for p in unit.people)
            and not any(self._is_erased(tenant, p.person_id) for p in unit.people)
            and self.marks.get(tenant, {}).keys().isdisjoint(unit.unmarked)
            and all(_version(self._claims, (tenant, c.email)) == c.version for c in unit.claims)
            and all(_version(self._consents, (tenant, c.email)) == c.version for c in unit.consents)
            and all(
                _version(self._followers, (tenant, f.contact_id)) == f.version
                for f in unit.followers
            )
        )

    def _is_erased(self, tenant: TenantId, person_id: PersonId) -> bool:
        person = self._people.get((tenant, person_id))
        return person is not None and person.erased

    def _put_record(self, tenant: TenantId, record: SugarRecord) -> None:
        at = (tenant, record.key)
        stored = replace(record, fields=dict(record.fields), version=record.version + 1)
        self._records[at] = stored
        text = _listed(record.name, record.key.sugar_id) if record.state in _LISTED else None
        self._by_name.put(at, (tenant, record.key.module), text)
        parent = text if record.parent_id else None
        self._by_parent.put(at, (tenant, record.parent_id, record.key.module), parent)

    def _put_person(self, tenant: TenantId, person: Person) -> None:
        at = (tenant, person.person_id)
        fields, agreed = dict(person.fields), dict(person.agreed)
        version = person.version + 1
        self._people[at] = replace(person, fields=fields, agreed=agreed, version=version)
        text = _listed(person.name, person.person_id) if person.is_listed else None
        self._people_by_name.put(at, tenant, text)

    def _claim(self, tenant: TenantId, email: str) -> Claim | None:
        at = (tenant, email)
        claim = self._claims.get(at)
        if claim is None and at in self._consented:
            claim = Claim(tenant, email, PersonId(""), self._claims_given_up[at])
        return replace(claim, consent=at in self._consented) if claim else None

    def _put_consent(self, tenant: TenantId, consent: Consent) -> None:
        at = (tenant, consent.email)
        self._consents[at] = replace(consent, version=consent.version + 1)
        due = consent.due_at
        text = f"{due.isoformat(timespec='microseconds')}\x1f{consent.email}" if due else None
        self._consents_due.put(at, tenant, text)

    def _put_claim(self, tenant: TenantId, claim: Claim) -> None:
        at = (tenant, claim.email)
        if claim.consent:
            self._consented.add(at)
        if claim.person_id:
            before = claim.version or self._claims_given_up.get(at, 0)
            self._claims[at] = replace(claim, version=before + 1)
        elif at in self._claims:
            self._claims_given_up[at] = self._claims.pop(at).version
        elif claim.consent:
            self._claims_given_up[at] = self._claims_given_up.get(at, 0) + 1

    def _put_error(self, tenant: TenantId, error: SyncError) -> None:
        at = (tenant, error.record, error.error_id)
        self.errors[at] = error
        self._errors_of.setdefault((tenant, error.record), set()).add(error.error_id)
        text = f"{error.record}\x1f{error.error_id}"
        self._errors_by_root.put(at, tenant, f"{error.root}\x1f{text}")
        cause = error.blocked_by
        self._errors_by_cause.put(at, (tenant, cause), text if cause else None)

    def _close(self, tenant: TenantId, record: RecordKey, error_id: str) -> None:
        at = (tenant, record, error_id)
        if self.errors.pop(at, None) is not None:
            self._errors_of[tenant, record].discard(error_id)
            self._errors_by_root.put(at)
            self._errors_by_cause.put(at)

    def _put_history(self, tenant: TenantId, entry: HistoryEntry) -> None:
        at = (tenant, entry.subject, entry.at.isoformat(), entry.entry_id)
        self._history[at] = entry
        age = (_END - entry.at).total_seconds()
        self._history_by_time.put(at, (tenant, entry.subject), f"{age:020.6f}{entry.entry_id}")


def _found(
    page: Callable[[int, str], Listing[T]],
    fits: Callable[[T], bool],
    place: Callable[[T], str],
    limit: int,
    cursor: str,
    most: int,
) -> Found[T]:
    rows = page(most, cursor)
    found = [one for one in rows.items if fits(one)]
    places = [place(one) for one in found]
    if len(found) > limit:
        looked = [id(one) for one in rows.items].index(id(found[limit - 1])) + 1
        return Found(found[:limit], places[:limit], places[limit - 1], looked)
    return Found(found, places, rows.cursor, len(rows.items))


def _version(rows: Mapping[K, _Versioned], at: K) -> int:
    row = rows.get(at)
    return row.version if row is not None else 0


def _listed(name: str, row_id: str) -> str:
    return f"{sort_name(name)}\x1f{row_id}"


def _check(tenant: TenantId, unit: Unit) -> None:
    if len(unit) > MOST_ROWS:
        raise ValueError(f"a unit has at most {MOST_ROWS} rows, not {len(unit)}")
    versioned = (unit.records, unit.people, unit.claims, unit.followers, unit.consents)
    rows = (*versioned, unit.errors, unit.history)
    if any(row.tenant != tenant for part in rows for row in part):
        raise ValueError("a unit holds a row of another tenant")
    for keys in (
        [r.key for r in unit.records],
        [p.person_id for p in unit.people],
        [c.email for c in unit.claims],
        [f.contact_id for f in unit.followers],
        [c.email for c in unit.consents],
    ):
        if len(set(keys)) < len(keys):
            raise ValueError("a unit holds a row twice")
