"""Rows of the error report about a whole module: it was refused, or Sugar stays away."""

from collections.abc import Iterable
from datetime import datetime

from funnel.domain.ids import Module, RecordKey, SugarId, TenantId, derived_id
from funnel.domain.sync.records import Direction, SyncError, Unit

MODULE_REFUSED = "ModuleRefused"
SUGAR_AWAY = "SugarAway"
RUN_STOPPED = "RunStopped"
MERGES_UNKNOWN = "MergesUnknown"
"""Sugar cannot be asked whom it has merged. Closed when it can, not when a module was read."""

CODES = frozenset({MODULE_REFUSED, SUGAR_AWAY, RUN_STOPPED})

_LONGEST_VALUE = 200


def module_key(module: Module) -> RecordKey:
    """A module as what a row is about: a record without an id."""
    return RecordKey(module, SugarId(""))


def module_unit(
    tenant: TenantId,
    module: Module,
    code: str,
    why: str,
    before: Iterable[SyncError],
    now: datetime,
) -> Unit:
    """The row to write; one that is there keeps the time when it was first seen."""
    key = module_key(module)
    error_id = derived_id("error", str(key), code)
    seen = [error.first_seen for error in before if error.error_id == error_id]
    error = SyncError(
        tenant=tenant,
        error_id=error_id,
        direction=Direction.PULL,
        record=key,
        name="",
        field="",
        value=why[:_LONGEST_VALUE],
        code=code,
        root=key,
        root_name="",
        first_seen=min(seen, default=now),
        last_seen=now,
    )
    return Unit(errors=[error])
