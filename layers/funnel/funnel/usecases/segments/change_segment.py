"""Change a segment that somebody looked at, and delete or retire one that nothing uses."""

from funnel.domain.errors import Conflict
from funnel.domain.ids import ListId, TenantId
from funnel.domain.lists.lists import ListStatus, PeopleList
from funnel.usecases.app import App
from funnel.usecases.connecting.mass_write import refuse_unannounced_rule
from funnel.usecases.lists.change_list import refuse_used
from funnel.usecases.segments.fed_campaigns import refuse_unannounced_comers
from funnel.usecases.segments.keep_segments import (
    change_segment,
    changed_segment,
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
    confirmed: bool = False,
) -> PeopleList:
    """Change what somebody looked at in this version; None leaves that as it is.

    `confirmed` says that all the scores that another rule changes by an overlay may be written to Sugar,
    and that whom it brings may come into the campaigns that start from the segment.
    Raises `NotFound`, `InputInvalid`, and `Conflict` where that was not said of what it was to be, or
    where it was changed since: nothing of it is lost, unless whoever changes it has seen it.
    """
    before = segment_of(app, tenant, list_id)
    if before.version != version:
        raise Conflict(
            "Somebody changed this segment while you were at it.",
            mend="Look at theirs in another tab. Saving once more puts yours in its place.",
        )
    after = changed_segment(app, before, name, rule, description)
    if after.rule != before.rule and not confirmed and before.status is ListStatus.ACTIVE:
        refuse_unannounced_comers(app, before)
        refuse_unannounced_rule(app, before)
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
