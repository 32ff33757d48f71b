"""Erasing a person on request: what is kept as proof, and what is left out from then on.

Nothing is kept that tells who it was: of addresses and records of Sugar only marks, which tell
whoever has the address or id that it was erased. The rules: `docs/people.md`.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from funnel.domain.ids import PersonId, RecordKey, TenantId


@dataclass(frozen=True, slots=True)
class Erasure:
    """The proof: who had whom erased when, and how many rows of which kinds that were.

    `marks` stand for the addresses and records; `opted_out` are those of addresses that may not be
    written to. `finished_at` is None while it goes on.
    """

    tenant: TenantId
    person_id: PersonId
    by: str
    asked_at: datetime
    marks: tuple[str, ...] = ()
    opted_out: tuple[str, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    finished_at: datetime | None = None
    version: int = 0

    @property
    def marked_at(self) -> datetime:
        """What was said of the person until then is erased."""
        return self.finished_at or self.asked_at


@dataclass(frozen=True, slots=True)
class Traces:
    """Whose rows are removed: of these people, by these addresses, from these records of Sugar.

    `subjects` are those under which they did something: the visitors they were, then themselves;
    they are removed in this order.
    """

    people: tuple[PersonId, ...]
    subjects: tuple[str, ...]
    emails: tuple[str, ...]
    records: tuple[RecordKey, ...]


def address_mark(tenant: TenantId, email: str) -> str:
    """Stands for a folded address; the same for the same one, and another for each tenant."""
    return _mark(tenant, f"address {email}")


def record_mark(tenant: TenantId, key: RecordKey) -> str:
    """Stands for a record of Sugar."""
    return _mark(tenant, f"record {key}")


def is_erased(tenant: TenantId, marks: Mapping[str, bool], key: RecordKey, email: str) -> bool:
    """Whether a record of Sugar, or the address it has, was erased."""
    if not marks:
        return False
    return record_mark(tenant, key) in marks or (
        bool(email) and address_mark(tenant, email) in marks
    )


def added(counts: Mapping[str, int], more: Mapping[str, int]) -> dict[str, int]:
    """The counts of both, by kind."""
    kinds = sorted({*counts, *more})
    return {kind: counts.get(kind, 0) + more.get(kind, 0) for kind in kinds}


def marks_of(
    tenant: TenantId, emails: Iterable[str], records: Iterable[RecordKey]
) -> tuple[str, ...]:
    """The marks of all of these, in order."""
    addresses = {address_mark(tenant, email) for email in emails}
    return tuple(sorted(addresses | {record_mark(tenant, key) for key in records}))


def _mark(tenant: TenantId, text: str) -> str:
    key = hashlib.blake2b(tenant.encode(), digest_size=32).digest()
    return hashlib.blake2b(text.encode(), key=key, digest_size=20).hexdigest()
