"""Work out everybody's lists anew, in pages, after fields or the rules of segments were changed."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

from funnel.domain.errors import Conflict
from funnel.domain.ids import TenantId
from funnel.domain.lists.auto_lists import ListSettings, checked_fields
from funnel.usecases.app import App
from funnel.usecases.bells.ask_recompute import begin_recompute, start_recompute
from funnel.usecases.lists.list_people import list_people
from funnel.usecases.scoring.count_behaviours import count_all_behaviours
from funnel.usecases.uses.used_fields import refuse_used_fields


def choose_fields(app: App, tenant: TenantId, fields: Sequence[str], asked_by: str) -> ListSettings:
    """Have lists by these fields and no others; who is on them is worked out in the background.

    Fields that have them already change nothing. Raises `InputInvalid` for a field that cannot
    have lists, and `Conflict`, also for one that is to have none while something uses one of its.
    """
    wanted = checked_fields(fields)
    settings = app.lists.list_settings(tenant)
    if wanted == settings.fields and settings.version:
        return settings
    refuse_used_fields(app, tenant, [one for one in settings.fields if one not in wanted])
    return start_recompute(app, replace(settings, fields=wanted), asked_by)


def recompute_page(app: App, tenant: TenantId, recompute_id: str, size: int) -> bool:
    """Work out the next page of people; whether there is more to do.

    Nothing is left of a recompute that is finished, or that a later one has replaced. Where the rules
    of segments are others than those it began with, it begins again.
    """
    settings = app.lists.list_settings(tenant)
    recompute = settings.recompute
    if recompute is None or recompute.segments != settings.segments:
        asked_by = recompute.asked_by if recompute else ""
        with suppress(Conflict):
            begin_recompute(app, settings, recompute_id, asked_by)
        return True
    if recompute.recompute_id != recompute_id or recompute.finished_at:
        return False
    if not recompute.cursor and settings.segments:
        count_all_behaviours(app, tenant, recompute.asked_by)
    page = app.records.list_people(tenant, "", size, recompute.cursor)
    list_people(app, tenant, [person.person_id for person in page.items])
    after = replace(
        recompute,
        cursor=page.cursor,
        people=recompute.people + len(page.items),
        finished_at=None if page.cursor else app.clock.now(),
        moved_at=app.clock.now(),
    )
    try:
        app.lists.save_list_settings(replace(settings, recompute=after))
    except Conflict:
        # Who has come further goes on; where the settings were changed, what counts stands there.
        stands = app.lists.list_settings(tenant).recompute
        return stands is None or stands.people <= recompute.people
    return True
