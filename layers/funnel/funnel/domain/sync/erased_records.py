"""What is kept of a record of Sugar whose person was erased here, and what the error report says."""

from dataclasses import replace
from datetime import datetime

from funnel.domain.ids import PersonId, RecordKey, SugarId, TenantId, derived_id
from funnel.domain.sync.records import Direction, State, SugarRecord, SyncError

CODE = "Erased"
"""Of the error row of a record in Sugar whose person was erased here."""


def emptied(record: SugarRecord) -> SugarRecord:
    """What is kept of a record whose person was erased: that it is there."""
    return replace(
        record,
        state=State.ERASED,
        fields={},
        name="",
        owner_id=SugarId(""),
        parent_id=SugarId(""),
        contact_ids=(),
        person_id=PersonId(""),
        home_id=PersonId(""),
        apart=False,
        out_of_date_since=None,
        errors=(error_id(record.key),),
        root=record.key,
    )


def erased_error(tenant: TenantId, key: RecordKey, now: datetime) -> SyncError:
    """The row of the error report that says so, without a name or value."""
    return SyncError(
        tenant=tenant,
        error_id=error_id(key),
        direction=Direction.PULL,
        record=key,
        name="",
        field="",
        value="",
        code=CODE,
        root=key,
        root_name="",
        first_seen=now,
        last_seen=now,
    )


def error_id(key: RecordKey) -> str:
    """The id of that row."""
    return derived_id("error", str(key), CODE, "")
