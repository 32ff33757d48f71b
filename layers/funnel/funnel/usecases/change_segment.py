"""Change a segment that somebody looked at, and delete or retire one that nothing uses."""

from funnel.domain.errors import Conflict
from funnel.domain.ids import ListId, TenantId
from funnel.domain.lists import PeopleList
from funnel.usecases.app import App
from funnel.usecases.change_list import refuse_used
from funnel.usecases.keep_segments import (
    change_segment,
    delete_segment,
    retire_segment,
    segment_of,
)


def change_looked_at(
    app: App,
    tenant: TenantId,
    list_id: ListId,
    version: int,
    by: str,
    *,
    name: str | None = None,
    rule: object = None,
    description: str | None = None,
) -> PeopleList:
    """Change what somebody looked at in this version; None leaves that as it is.

    Raises `NotFound`, `InputInvalid`, and `Conflict` where it was changed since: nothing of it is
    lost, unless whoever changes it has seen it.
    """
    if segment_of(app, tenant, list_id).version != version:
        raise Conflict(
            "Somebody changed this segment while you were at it.",
            mend="Look at theirs in another tab. Saving once more puts yours in its place.",
        )
    return change_segment(app, tenant, list_id, by, name=name, rule=rule, description=description)


def delete_unused(app: App, tenant: TenantId, list_id: ListId, by: str) -> None:
    """Forget it. Raises `NotFound`, and `Conflict` while something uses it."""
    segment_of(app, tenant, list_id)
    refuse_used(app, tenant, list_id, "segment")
    delete_segment(app, tenant, list_id, by)


def retire_unused_segment(app: App, tenant: TenantId, list_id: ListId, by: str) -> PeopleList:
    """Put it out of use: nobody is in it then. Raises `NotFound`, and `Conflict` while it is used."""
    segment_of(app, tenant, list_id)
    refuse_used(app, tenant, list_id, "segment")
    return retire_segment(app, tenant, list_id, by, retired=True)
