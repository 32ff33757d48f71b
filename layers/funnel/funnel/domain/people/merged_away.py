"""People left alone by a deletion in Sugar, which may have been a merge of two records there.

Sugar's merge changes the record that is kept and deletes the other, and says of neither that they
belong together. But it gives the other's addresses to the one that is kept.
"""

from collections.abc import Iterable, Mapping, Sequence

from funnel.domain.crm import Value
from funnel.domain.ids import RecordKey
from funnel.domain.sync.intake import Intake, link_of
from funnel.domain.sync.records import Claim, Person, State, SugarRecord, Unit
from funnel.domain.text import fold_email


def left_alone(units: Iterable[Unit], intakes: Iterable[Intake]) -> list[RecordKey]:
    """The records deleted in Sugar that had an address, and whose person keeps no other record."""
    alone = {p.person_id for unit in units for p in unit.people if _is_alone(p)}
    return [
        intake.record.key
        for intake in intakes
        if intake.record.state is State.DELETED
        and intake.before is not None
        and (link := link_of(intake.before)) is not None
        and link.email
        and intake.before.person_id in alone
    ]


def address_left(record: SugarRecord | None, person: Person | None, claim: Claim | None) -> str:
    """The folded address under which to look for a person who is still alone; "" for none.

    A record that was set apart from whoever has its address leads to nobody.
    """
    if record is None or person is None or claim is None or record.state is not State.DELETED:
        return ""
    if record.apart:
        return ""
    email = address_of(record.fields.get("email1"))
    is_theirs = email == claim.email and claim.person_id == person.person_id
    return email if is_theirs and _is_alone(person) else ""


def address_of(value: Value) -> str:
    """A field's address, folded."""
    return fold_email(str(value or ""))


def kept_records(
    record: RecordKey,
    email: str,
    holders: Sequence[RecordKey],
    stored: Mapping[RecordKey, SugarRecord],
) -> list[RecordKey]:
    """Which of those that have its folded address now it can have been merged into.

    Sugar merges records of one module; others may have the address for reasons of their own. One
    that had the same address before, and was set apart from its person, is somebody else's.
    """
    return [
        key
        for key in holders
        if key.module is record.module
        and key != record
        and not _is_apart_of(stored.get(key), email)
    ]


def _is_apart_of(record: SugarRecord | None, email: str) -> bool:
    return record is not None and record.apart and address_of(record.fields.get("email1")) == email


def _is_alone(person: Person) -> bool:
    return not person.links and not person.merged_into
