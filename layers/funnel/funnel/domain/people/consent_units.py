"""What a page of Leads and Contacts says of consent, and what is written of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from funnel.domain.connecting.connections import Connection
from funnel.domain.consent.consent import (
    HERE,
    Consent,
    Heard,
    Mark,
    Source,
    facing,
    had_by,
    heard,
    known,
)
from funnel.domain.ids import PersonId, RecordKey, TenantId, derived_id
from funnel.domain.sync.intake import Intake, link_of
from funnel.domain.sync.records import FieldChange, HistoryEntry, SugarRecord, Unit


@dataclass(frozen=True, slots=True)
class ConsentChange:
    """An address's consent before and after, by which records, and what history says of it."""

    before: Consent
    after: Consent
    records: tuple[RecordKey, ...]
    history: tuple[HistoryEntry, ...]

    @property
    def is_new(self) -> bool:
        """Whether the address had no consent before."""
        return not self.before.version

    def add_to(self, unit: Unit) -> None:
        """Have it written with the unit."""
        unit.consents.append(self.after)
        unit.history.extend(self.history)
        unit.closed.extend(closed_by(self.before, self.after))


def is_flagged(record: SugarRecord) -> bool:
    """Whether Sugar says of the record's address that it is opted out or invalid."""
    return any(known(record.fields.get(mark)) for mark in Mark)


def emails_of(intake: Intake) -> list[str]:
    """The folded addresses the intake's record has and had, without doubles."""
    records = [intake.record, *([intake.before] if intake.before else [])]
    return list(dict.fromkeys(email for record in records if (email := _email_of(record))))


def consent_changes(
    tenant: TenantId,
    stored: Mapping[str, Consent],
    records: Mapping[RecordKey, SugarRecord],
    intakes: Mapping[RecordKey, Intake],
    now: datetime,
    connection: Connection | None = None,
) -> list[ConsentChange]:
    """What changes for the addresses of the intakes; a plain "no" never heard otherwise is nothing.

    Of a record set apart it is kept that it has the address, as no claim says so. `records` are all
    that may have these addresses, each with its person; `connection` is that of the Sugar they are
    in. An address that an intake had before is looked at again: its yes may have outweighed the no
    of those that still have it.
    """
    having: dict[str, list[SugarRecord]] = {}
    for record in records.values():
        email = _email_of(record)
        if email:
            having.setdefault(email, []).append(record)
    touched = dict.fromkeys(email for one in intakes.values() for email in emails_of(one))
    changes = [
        _change(
            stored.get(email) or _towards(Consent(tenant, email), connection),
            having[email],
            intakes,
            now,
            connection,
        )
        for email in touched
        if email in having
        and (email in stored or any(is_flagged(r) or r.apart for r in having[email]))
    ]
    return [change for change in changes if change.before != change.after]


def unsure(
    records: Mapping[RecordKey, SugarRecord],
    intakes: Mapping[RecordKey, Intake],
    stored: Mapping[str, Consent],
) -> dict[RecordKey, SugarRecord]:
    """The records, those read before Sugar was last told made news when they are next read."""
    after = dict(records)
    for key in intakes:
        record = records[key]
        consent = stored.get(_email_of(record))
        if consent and consent.told_at and record.stamp.began < consent.told_at:
            after[key] = replace(record, digest="")
    return after


def consent_history(
    before: Consent, after: Consent, person_id: PersonId, now: datetime
) -> tuple[HistoryEntry, ...]:
    """What the person's history says of each mark that changed."""
    entries = []
    for mark in Mark:
        flag = after.flag(mark)
        if flag.value == before.flag(mark).value or not person_id:
            continue
        source = flag.source or Source("", now)
        entry_id = derived_id("history", "consent", after.email, mark, str(before.version))
        rule = "changed here" if source.side == HERE else "changed in Sugar"
        change = FieldChange(mark.value, not flag.value, flag.value, rule)
        note = f"{after.email}: {source.reason}" if source.reason else after.email
        entries.append(
            HistoryEntry(
                after.tenant,
                person_id,
                now,
                entry_id,
                "consent",
                source.side,
                (change,),
                note,
                source.by,
            )
        )
    if after.welcome is not None and after.welcome != before.welcome and person_id:
        entries.append(_agreed(after, after.welcome, person_id))
    return tuple(entries)


def _agreed(consent: Consent, source: Source, person_id: PersonId) -> HistoryEntry:
    note = f"{consent.email}: {source.reason}" if source.reason else consent.email
    entry_id = derived_id("history", "agreed", consent.email, source.by, source.at.isoformat())
    return HistoryEntry(
        consent.tenant, person_id, source.at, entry_id, "agreed", source.side, (), note, source.by
    )


def told_history(
    before: Consent, after: Consent, records: Iterable[RecordKey], now: datetime, by: str = ""
) -> tuple[HistoryEntry, ...]:
    """What the histories of an address's records say once Sugar has taken what it was told.

    `by` is who set it there by hand, "" where Funnel wrote it.
    """
    rule = "set in Sugar by hand" if by else "written to Sugar"
    changes = tuple(
        FieldChange(mark.value, before.flag(mark).agreed, after.flag(mark).agreed, rule)
        for mark in Mark
        if before.flag(mark).agreed != after.flag(mark).agreed
        and before.flag(mark).value == after.flag(mark).value
    )
    if not changes:
        return ()
    return tuple(
        HistoryEntry(
            after.tenant,
            str(key),
            now,
            derived_id("history", "told", str(key), after.email, str(before.version)),
            "told",
            HERE,
            changes,
            after.email,
            by,
        )
        for key in records
    )


def closed_by(before: Consent, after: Consent) -> list[tuple[RecordKey, str]]:
    """The row of the error report that is no longer true."""
    if before.failed is None or before.failed == after.failed:
        return []
    return [(before.failed, before.error_id)]


def _change(
    consent: Consent,
    having: Iterable[SugarRecord],
    intakes: Mapping[RecordKey, Intake],
    now: datetime,
    connection: Connection | None,
) -> ConsentChange:
    having = list(having)
    links = [(record.key, record.apart) for record in having]
    after = had_by(_towards(consent, connection), links, now)
    after = heard(after, [_heard(record) for record in having], now)
    changed = tuple(record.key for record in having if record.key in intakes)
    source = after.opt_out.source or after.invalid.source
    owner = next((r for r in having if source and r.key == source.record), having[0])
    history = consent_history(consent, after, owner.person_id, now)
    return ConsentChange(consent, after, changed, history)


def _towards(consent: Consent, connection: Connection | None) -> Consent:
    return facing(consent, connection) if connection else consent


def _heard(record: SugarRecord) -> Heard:
    flags = [known(record.fields.get(mark)) for mark in (Mark.OPT_OUT, Mark.INVALID)]
    return Heard(record.key, record.name, record.stamp.began, *flags)


def _email_of(record: SugarRecord) -> str:
    link = link_of(record)
    return link.email if link else ""
