"""People left alone by a deletion in Sugar, which may have been a merge of two records there.

Sugar's merge changes the record that is kept and deletes the other, and says of neither that they
belong together. But it gives the other's addresses to the one that is kept.
"""

from collections.abc import Iterable, Sequence

from funnel.domain.crm import Value
from funnel.domain.ids import RecordKey
from funnel.domain.intake import Intake, link_of
from funnel.domain.records import Claim, Person, State, SugarRecord, Unit
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
    """The folded address under which to look for a person who is still alone; "" for none."""
    if record is None or person is None or claim is None or record.state is not State.DELETED:
        return ""
    email = address_of(record.fields.get("email1"))
    is_theirs = email == claim.email and claim.person_id == person.person_id
    return email if is_theirs and _is_alone(person) else ""


def address_of(value: Value) -> str:
    """A field's address, folded."""
    return fold_email(str(value or ""))


def kept_records(record: RecordKey, holders: Sequence[RecordKey]) -> list[RecordKey]:
    """Which of those that have its address now it can have been merged into.

    Sugar merges records of one module; others may have the address for reasons of their own.
    """
    return [key for key in holders if key.module is record.module and key != record]


def _is_alone(person: Person) -> bool:
    return not person.links and not person.merged_into
