"""Which of two readings of a record counts, and whether anything differs between them."""

import hashlib
import json
from collections.abc import Mapping, Sequence

from funnel.domain.crm import CrmRow, Value
from funnel.domain.sync.records import ReadStamp

_encode = json.JSONEncoder(
    sort_keys=True, ensure_ascii=False, separators=(",", ":"), check_circular=False
).encode


def supersedes(new: ReadStamp, stored: ReadStamp) -> bool:
    """Whether what was read under `new` may replace what was read under `stored`.

    A reading that began after the other ended wins, whatever Sugar says the record's time of change
    is: a Sugar restored from a backup is taken as it is. Only readings that overlap are ordered by
    `date_modified`, and by their beginning where that is the same or unknown. What was read under an
    older mapping never replaces what was read under a newer one.
    """
    if new.generation < stored.generation:
        return False
    if new.began >= stored.ended:
        return True
    if stored.began >= new.ended:
        return False
    if new.date_modified is None or stored.date_modified is None:
        return new.began >= stored.began
    if new.date_modified != stored.date_modified:
        return new.date_modified > stored.date_modified
    return new.began >= stored.began


def digest_of(row: CrmRow, generation: int) -> str:
    """Stands for all that was read of a record under one generation of the mapping."""
    return _digest(
        row.fields,
        row.deleted,
        row.date_modified.isoformat() if row.date_modified else "",
        sorted(row.contact_ids),
        [(p.field, p.raw) for p in row.problems],
        generation,
    )


def _digest(fields: Mapping[str, Value], *rest: bool | str | int | Sequence[object]) -> str:
    text = _encode([fields, *rest])
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
