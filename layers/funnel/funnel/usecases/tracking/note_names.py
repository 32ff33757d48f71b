"""Note what forms and pages a site shows, so that rules can be made for them."""

from collections.abc import Sequence

from funnel.domain.errors import Conflict
from funnel.domain.ids import TenantId
from funnel.domain.tracking.hits import Hit
from funnel.domain.tracking.names_seen import with_seen
from funnel.usecases.app import App

_TRIES = 3


def note_names(app: App, tenant: TenantId, hits: Sequence[Hit]) -> None:
    """Note what people's hits show. What others stand in the way of is noted when it is seen again."""
    today = app.clock.now().date()
    kept = app.kept_names.get(tenant)
    if kept is not None and with_seen(kept, hits, today) is kept:
        return
    for _ in range(_TRIES):
        before = app.sites.names_seen(tenant)
        after = with_seen(before, hits, today)
        try:
            app.kept_names.put(before if after is before else app.sites.save_names_seen(after))
        except Conflict:
            continue
        return
