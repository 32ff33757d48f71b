"""What is done about a record that Sugar no longer shows, not even by its id."""

from dataclasses import replace
from datetime import datetime

from funnel.domain.ids import derived_id
from funnel.domain.sync.records import Direction, HistoryEntry, State, SugarRecord, SyncError, Unit

CODE = "NotVisible"


def vanished_unit(record: SugarRecord, now: datetime) -> Unit | None:
    """Report it and mark it as out of date; None where that is done. Nothing is deleted here.

    It may have been removed for good, or our user may no longer see it. Whatever else stood in its
    way cannot be looked at, so this takes the place of it. One that was never synced is held as
    before. With its digest gone, whatever Sugar shows of it again is news.
    """
    error_id = derived_id("error", str(record.key), CODE, "id")
    if error_id in record.errors or record.state is State.DELETED:
        return None
    held = record.state is State.HELD
    after = replace(
        record,
        state=State.HELD if held else State.STALE,
        digest="",
        out_of_date_since=None if held else record.out_of_date_since or now,
        errors=(error_id,),
        root=record.key,
    )
    error = SyncError(
        tenant=record.tenant,
        error_id=error_id,
        direction=Direction.PULL,
        record=record.key,
        name=record.name,
        field="id",
        value=record.key.sugar_id,
        code=CODE,
        root=record.key,
        root_name=record.name,
        first_seen=now,
        last_seen=now,
    )
    entry_id = derived_id("history", str(record.key), str(record.version), CODE)
    kind = "held" if held else "out of date"
    entry = HistoryEntry(record.tenant, str(record.key), now, entry_id, kind, "Sugar", note=CODE)
    closed = [(record.key, e) for e in record.errors]
    return Unit(records=[after], errors=[error], closed=closed, history=[entry])
