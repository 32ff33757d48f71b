"""The tables' names, and how keys and positions are spelled.

Every key begins with the tenant; sessions and links are found by the hash of a secret of 256 bits.
A listing by name is spread over `SHARDS` partitions, so that no tenant is one partition.
"""

import base64
import hashlib
import zlib
from dataclasses import dataclass
from datetime import datetime

from funnel.domain.errors import InputInvalid
from funnel.domain.ids import PersonId, RecordKey, SugarId, TenantId

FORMAT = 1
"""The version of the items' format, in the attribute `v` of each, but for what has moved on since."""

PACKED = 2
"""Of prospects, whose `body` is packed since 29 November 2026. Who knows 1 alone cannot read it."""

KNOWN = PACKED
"""The last format that this release reads."""

SHARDS = 8
DUE_PARTS = 32
"""Of an index of what is due that all tenants share: DynamoDB takes 1,000 units a second for each.

There were 8 until 29 November 2026, which are the first of these."""
END = "\U0010ffff"
"""Sorts after every text that is kept."""

_LONGEST_KEY = 1200
_LONGEST_POSITION = 1024


@dataclass(frozen=True, slots=True)
class Tables:
    """The names of the tables, as the template's outputs give them."""

    tenants: str
    sync: str
    records: str
    people: str
    sync_errors: str
    history: str
    lists: str
    changes: str
    activities: str
    scores: str
    pushes: str
    marketing: str
    vision: str
    mail: str
    campaigns: str


def record_pk(tenant: TenantId, key: RecordKey) -> str:
    """The partition of one record, its followers, errors and mark."""
    return f"{tenant}#{key.module.value}/{key.sugar_id}"


def person_pk(tenant: TenantId, person_id: PersonId) -> str:
    """The partition of one person."""
    return f"{tenant}#person#{person_id}"


def email_pk(tenant: TenantId, email: str) -> str:
    """The partition of one address. What is too long for a key is told apart by its hash."""
    if len(email) * 4 > _LONGEST_KEY:
        email = "~" + hashlib.blake2b(email.encode(), digest_size=32).hexdigest()
    return f"{tenant}#email#{email}"


def followers_pk(tenant: TenantId, contact_id: SugarId) -> str:
    """The partition of one Contact."""
    return f"{tenant}#Contacts/{contact_id}"


def shard(row_id: str) -> int:
    """Which of the listing's partitions a row is in; the same for ever."""
    return zlib.crc32(row_id.encode()) % SHARDS


def due_part(person_id: PersonId) -> int:
    """In which of `DUE_PARTS` what is due of a person stands."""
    return zlib.crc32(person_id.encode()) % DUE_PARTS


def moment(at: datetime) -> str:
    """A UTC moment as text that sorts."""
    return at.isoformat(timespec="microseconds")


def to_cursor(position: str) -> str:
    """A position in a listing as text that fits anywhere."""
    return base64.urlsafe_b64encode(position.encode()).decode().rstrip("=")


def from_cursor(cursor: str) -> str:
    """The position. Raises `InputInvalid` for text that is no cursor of ours."""
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        position = base64.b64decode(padded, altchars=b"-_", validate=True)
        if len(position) > _LONGEST_POSITION:
            raise ValueError("longer than any key")
        return position.decode()
    except ValueError as error:
        raise InputInvalid("This is no place in the list.", field="cursor") from error
