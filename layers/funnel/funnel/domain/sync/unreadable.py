"""What is done about a record whose reply from Sugar cannot be read."""

from dataclasses import replace
from datetime import datetime

from funnel.domain.ids import RecordKey, TenantId, derived_id
from funnel.domain.sync.records import Direction, ReadStamp, State, SugarRecord, SyncError, Unit

CODE = "RecordUnreadable"


def unreadable_unit(
    tenant: TenantId, key: RecordKey, stored: SugarRecord | None, why: str, now: datetime
) -> Unit | None:
    """Report it: held back if it was never here, else out of date; None where that is done.

    Read well again, it is news.
    """
    error_id = derived_id("error", str(key), CODE, "id")
    if stored is not None and error_id in stored.errors:
        return None
    error = SyncError(
        tenant=tenant,
        error_id=error_id,
        direction=Direction.PULL,
        record=key,
        name=stored.name if stored else "",
        field="id",
        value=why,
        code=CODE,
        root=key,
        root_name=stored.name if stored else "",
        first_seen=now,
        last_seen=now,
    )
    if stored is None:
        record = SugarRecord(
            tenant=tenant,
            key=key,
            state=State.HELD,
            fields={},
            stamp=ReadStamp(None, now, now),
            digest="",
            name=key.sugar_id,
            first_seen=now,
            errors=(error_id,),
        )
    elif stored.state in (State.HELD, State.DELETED):
        record = replace(stored, state=State.HELD, digest="", errors=(error_id,))
    else:
        record = replace(
            stored,
            state=State.STALE,
            digest="",
            out_of_date_since=stored.out_of_date_since or now,
            errors=tuple(dict.fromkeys((*stored.errors, error_id))),
        )
    before = stored.errors if stored else ()
    closed = [(key, e) for e in before if e not in record.errors]
    return Unit(records=[record], errors=[error], closed=closed)
