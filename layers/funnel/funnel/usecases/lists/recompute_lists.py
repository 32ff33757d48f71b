"""Work out everybody's lists anew, in pages, after fields or the rules of segments were changed."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import TypeVar

from funnel.domain.errors import Conflict
from funnel.domain.ids import TenantId
from funnel.domain.lists.auto_lists import ListSettings, Recompute, checked_fields
from funnel.ports.marketing_messages import Relist
from funnel.usecases.app import App
from funnel.usecases.lists.ask_relist import SHOULD_WE_DIE
from funnel.usecases.lists.list_people import list_people
from funnel.usecases.segments.count_behaviours import count_all_behaviours
from funnel.usecases.uses.used_fields import refuse_used_fields

T = TypeVar("T")
_TRIES = 8


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


def start_recompute(app: App, settings: ListSettings, asked_by: str) -> ListSettings:
    """Save the settings with a recompute that is to come. Raises `Conflict`."""
    recompute_id = app.ids.new_id()
    message = Relist(settings.tenant, recompute=recompute_id)
    # Asked for before it is saved: should we die in between, it finds what is to be done.
    app.queue.send(message, delay=SHOULD_WE_DIE)
    saved = _begin(app, settings, recompute_id, asked_by)
    app.queue.send(message)
    return saved


def recompute_everybody(app: App, tenant: TenantId, asked_by: str, change: Callable[[], T]) -> T:
    """Have everybody's lists worked out by the rules of segments that `change` writes; what it gives.

    Takes the place of a recompute that is under way. Raises `Conflict`, and what `change` raises.
    """
    recompute_id = app.ids.new_id()
    message = Relist(tenant, recompute=recompute_id)
    # Asked for before it is written: should we die in between, it finds what is to be done.
    app.queue.send(message, delay=SHOULD_WE_DIE)
    # Begun before it, too: from then on nobody takes who is on the lists for known.
    _begin_surely(app, tenant, recompute_id, asked_by)
    try:
        changed = change()
        _begin_surely(app, tenant, recompute_id, asked_by)
    finally:
        app.queue.send(message)
    return changed


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
            _begin(app, settings, recompute_id, asked_by)
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


def _begin_surely(app: App, tenant: TenantId, recompute_id: str, asked_by: str) -> None:
    """Begin it, unless others keep changing the settings: whoever gets the message begins it as well."""
    for _ in range(_TRIES):
        with suppress(Conflict):
            _begin(app, app.lists.list_settings(tenant), recompute_id, asked_by)
            return


def _begin(app: App, settings: ListSettings, recompute_id: str, asked_by: str) -> ListSettings:
    """Save that it begins, by the rules as they are. Raises `Conflict`."""
    recompute = Recompute(recompute_id, asked_by, app.clock.now(), segments=settings.segments)
    return app.lists.save_list_settings(replace(settings, recompute=recompute))
