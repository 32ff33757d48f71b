"""Have everybody's lists worked out anew, as after fields or the rules of segments were changed."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import TypeVar

from funnel.domain.errors import Conflict
from funnel.domain.ids import TenantId
from funnel.domain.lists.auto_lists import ListSettings, Recompute
from funnel.ports.marketing_messages import Relist
from funnel.usecases.app import App
from funnel.usecases.bells.ask_relist import SHOULD_WE_DIE

T = TypeVar("T")
_TRIES = 8


def start_recompute(app: App, settings: ListSettings, asked_by: str) -> ListSettings:
    """Save the settings with a recompute that is to come. Raises `Conflict`."""
    recompute_id = app.ids.new_id()
    message = Relist(settings.tenant, recompute=recompute_id)
    # Asked for before it is saved: should we die in between, it finds what is to be done.
    app.queue.send(message, delay=SHOULD_WE_DIE)
    saved = begin_recompute(app, settings, recompute_id, asked_by)
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


def begin_recompute(
    app: App, settings: ListSettings, recompute_id: str, asked_by: str
) -> ListSettings:
    """Save that it begins, by the rules as they are. Raises `Conflict`."""
    recompute = Recompute(recompute_id, asked_by, app.clock.now(), segments=settings.segments)
    return app.lists.save_list_settings(replace(settings, recompute=recompute))


def _begin_surely(app: App, tenant: TenantId, recompute_id: str, asked_by: str) -> None:
    """Begin it, unless others keep changing the settings: whoever gets the message begins it as well."""
    for _ in range(_TRIES):
        with suppress(Conflict):
            begin_recompute(app, app.lists.list_settings(tenant), recompute_id, asked_by)
            return
