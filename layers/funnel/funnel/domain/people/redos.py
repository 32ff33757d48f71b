"""What a restore of the tables has undone and may not leave undone: to be done again before anything goes out."""

from dataclasses import dataclass
from enum import StrEnum

from funnel.domain.ids import TenantId


class RedoKind(StrEnum):
    """What is done again: a person is erased; who has an address is looked at by their segments."""

    ERASE = "erase"
    CONSENT = "consent"


@dataclass(frozen=True, slots=True)
class Redo:
    """One thing to be done again. `of` is the id of a person, or a folded address.

    `by` is who asked for an erasure that had not come to its end; "" where its proof says so.
    """

    tenant: TenantId
    kind: RedoKind
    of: str
    by: str = ""

    def __repr__(self) -> str:
        return f"Redo({self.tenant}, {self.kind})"
