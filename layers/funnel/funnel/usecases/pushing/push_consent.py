"""Tell Sugar the consent of one address: through the address's own record, and read back."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from funnel.domain.connecting.connections import Connection
from funnel.domain.consent.consent import (
    Consent,
    Mark,
    all_told,
    answered,
    facing,
    nobody_has_it,
    says_of,
    telling,
    tried_in_vain,
)
from funnel.domain.crm import EmailAddress
from funnel.domain.errors import (
    MethodMissing,
    ModuleMissing,
    NoRight,
    Permanent,
    StoreBusy,
)
from funnel.domain.ids import PersonId, RecordKey, TenantId
from funnel.domain.people.consent_units import closed_by, consent_history, told_history
from funnel.domain.sync.records import Direction, Person, SugarRecord, SyncError, Unit
from funnel.domain.text import fold_email
from funnel.ports.crm import Crm
from funnel.usecases.app import App
from funnel.usecases.bells.ask_relist import SHOULD_WE_DIE
from funnel.usecases.consent.follow_consent import ask_about_consent
from funnel.usecases.pushing.push_lease import STOP

NOT_TAKEN, REFUSED, IMPOSSIBLE = "ConsentNotTaken", "ConsentRefused", "ConsentImpossible"
_TRIES = 8


def push_consent(
    app: App, crm: Crm, connection: Connection, email: str, may_write: Callable[[], bool]
) -> None:
    """Have Sugar hold what is held here, if that is due now; the outcome is read back.

    What Sugar's people changed meanwhile is taken in first. What Sugar does not take is in the error
    report. Unless `may_write` says so right before it, nothing is written, and it stays due. Raises
    `Transient` errors, `ConnectionPaused` and what is about the whole Sugar.
    """
    tenant = connection.tenant
    consent = app.records.consents(tenant, [email]).get(email)
    if consent is None or consent.due_at is None or consent.due_at > app.clock.now():
        return
    owner, keys = _holders(app, consent)
    teller = _Teller(app, crm, connection, email, owner, keys)
    if not keys:
        teller.save(lambda c: nobody_has_it(c, app.clock.now(), ask_again=False))
        return
    try:
        teller.tell(facing(consent, connection), may_write)
    except STOP:
        raise
    except Permanent as error:
        code = _CODES.get(type(error), NOT_TAKEN)
        teller.save(lambda c: tried_in_vain(c, keys[0], app.clock.now()), code)


def _holders(app: App, consent: Consent) -> tuple[Person | None, list[RecordKey]]:
    """The person who has the address, and the records in Sugar through which.

    Where no claim leads to any, those of somebody who has it in a record set apart.
    """
    tenant, email = consent.tenant, consent.email
    claim = app.records.claims(tenant, [email]).get(email)
    found = _having(app, tenant, email, [claim.person_id] if claim else [])
    if found[1] or not consent.apart:
        return found
    apart = app.records.records(tenant, consent.apart)
    return _having(app, tenant, email, [record.person_id for record in apart.values()])


def _having(
    app: App, tenant: TenantId, email: str, ids: Iterable[PersonId]
) -> tuple[Person | None, list[RecordKey]]:
    wanted = sorted({person_id for person_id in ids if person_id})
    for person in app.records.people(tenant, wanted).values() if wanted else ():
        keys = [link.key for link in person.links if link.email == email]
        if not keys and person.absorbed and email in person.emails:
            # That of a record merged away: one of these has it beside its own.
            keys = [link.key for link in person.links]
        if keys:
            return person, keys
    return None, []


class _Teller:
    """Tells about one address, through the records that have it."""

    def __init__(
        self,
        app: App,
        crm: Crm,
        connection: Connection,
        email: str,
        owner: Person | None,
        keys: list[RecordKey],
    ) -> None:
        self._app = app
        self._crm = crm
        self._connection = connection
        self._tenant = connection.tenant
        self._email = email
        self._owner = owner
        self._keys = keys
        self._code = NOT_TAKEN

    def tell(self, consent: Consent, may_write: Callable[[], bool]) -> None:
        """Ask, write what differs, read back, and keep what Sugar then held."""
        at, rows = self._rows()
        if not rows:
            self.save(lambda c: nobody_has_it(c, self._now(), ask_again=True))
            return
        owed = [mark for mark in Mark if consent.flag(mark).owed or consent.telling]
        wanted = answered(consent, rows, at, self._now())
        if any(_wrong(row, wanted, owed) for row in rows):
            if not may_write():
                return
            # Kept before anything is written: our own write must never pass for somebody else's.
            wanted = self.save(lambda c: telling(answered(c, rows, at, self._now()), rows))
            for row in rows:
                self._write(row, wanted, owed)
            at, rows = self._rows()
        self.save(lambda c: self._after(c, wanted, rows, at), self._code, rows)

    def _write(self, row: EmailAddress, wanted: Consent, owed: Iterable[Mark]) -> None:
        """A refusal is remembered, not raised: only what is read back tells what was written."""
        values = {mark: wanted.flag(mark).value for mark in _wrong(row, wanted, owed)}
        if not values:
            return
        try:
            self._crm.flag_address(
                row.sugar_id,
                opt_out=values.get(Mark.OPT_OUT),
                invalid=values.get(Mark.INVALID),
            )
        except STOP:
            raise
        except Permanent as error:
            self._code = _CODES.get(type(error), NOT_TAKEN)

    def save(
        self,
        change: Callable[[Consent], Consent],
        code: str = "",
        rows: Sequence[EmailAddress] = (),
    ) -> Consent:
        """Apply a change to the consent as it stands, with all that follows from it."""
        for _ in range(_TRIES):
            stored = self._app.records.consents(self._tenant, [self._email])[self._email]
            before = facing(stored, self._connection)
            after = change(before)
            if after == stored:
                return after
            unit = self._unit(before, after, code, rows)
            unit.closed.extend(closed_by(stored, after))
            ask_about_consent(self._app, before, after, delay=SHOULD_WE_DIE)
            if self._app.records.commit(self._tenant, [unit]) == [True]:
                ask_about_consent(self._app, before, after)
                return after
        raise StoreBusy("Others kept changing the consent of one address.")

    def _after(
        self, consent: Consent, told: Consent, rows: Sequence[EmailAddress], at: datetime
    ) -> Consent:
        """With what was read back. Only what stands as it was told can have been in vain."""
        now = self._now()
        if not rows:
            return nobody_has_it(consent, now, ask_again=True)
        after = answered(consent, rows, at, now)
        as_told = all(after.flag(mark).value == told.flag(mark).value for mark in Mark)
        if after.owed and as_told:
            return tried_in_vain(after, self._keys[0], now)
        return all_told(after, now)

    def _rows(self) -> tuple[datetime, list[EmailAddress]]:
        at = self._now()
        told = self._crm.addresses(self._keys)
        rows = {row.sugar_id: row for found in told.values() for row in found}
        return at, [row for row in rows.values() if fold_email(row.email) == self._email]

    def _unit(
        self, before: Consent, after: Consent, code: str, rows: Sequence[EmailAddress]
    ) -> Unit:
        now = self._now()
        unit = Unit(consents=[after])
        if self._owner is not None:
            unit.history.extend(consent_history(before, after, self._owner.person_id, now))
        if rows:
            unit.records.extend(self._records(after))
            unit.history.extend(told_history(before, after, self._keys, now))
        if after.failed is not None:
            unit.errors.append(self._error(after, after.failed, code or NOT_TAKEN))
        return unit

    def _records(self, after: Consent) -> list[SugarRecord]:
        """The records with what Sugar now holds, whose next reading is news whatever it says."""
        held = {mark.value: after.flag(mark).agreed for mark in Mark}
        return [
            replace(record, fields={**record.fields, **held}, digest="")
            for record in self._app.records.records(self._tenant, self._keys).values()
            if record.digest and fold_email(str(record.fields.get("email1") or "")) == self._email
        ]

    def _error(self, consent: Consent, record: RecordKey, code: str) -> SyncError:
        now = self._now()
        open_rows = self._app.records.errors_of(self._tenant, record)
        first = next((e.first_seen for e in open_rows if e.error_id == consent.error_id), now)
        mark = next((m for m in Mark if consent.flag(m).owed), Mark.OPT_OUT)
        links = self._owner.links if self._owner else ()
        name = next((link.name for link in links if link.key == record), "")
        return SyncError(
            tenant=self._tenant,
            error_id=consent.error_id,
            direction=Direction.PUSH,
            record=record,
            name=name,
            field=mark.value,
            value=self._email,
            code=code,
            root=record,
            root_name=name,
            first_seen=first,
            last_seen=now,
        )

    def _now(self) -> datetime:
        return self._app.clock.now()


_CODES: Mapping[type[Permanent], str] = {
    NoRight: REFUSED,
    ModuleMissing: REFUSED,
    MethodMissing: IMPOSSIBLE,
}


def _wrong(row: EmailAddress, wanted: Consent, owed: Iterable[Mark]) -> list[Mark]:
    return [mark for mark in owed if bool(says_of(row, mark)) != wanted.flag(mark).value]
