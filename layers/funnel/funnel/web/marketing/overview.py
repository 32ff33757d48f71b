"""Overview: what marketing does and what waits on somebody, and whether all is in step with Sugar."""

from typing import Any

from funnel.domain.signing_in.tenants import Role
from funnel.usecases.campaigns.view_marketing import marketing_now
from funnel.usecases.forms.limit_confirmations import MOST_OF_A_DAY, refused_today
from funnel.usecases.sync.view_sync import held_back, list_runs, sync_overview
from funnel.web.asked import Asked
from funnel.web.rendering import page
from funnel.web.replies import Reply
from funnel.web.room import Room

room = Room(needs=Role.MARKETER)

SHOWN_RUNS = 5


@room.page("GET", "/app")
def show(asked: Asked) -> Reply:
    """The page."""
    return _show(asked, "overview.html", now=marketing_now(asked.app, asked.tenant))


@room.page("GET", "/app/live")
def live(asked: Asked) -> Reply:
    """What Sugar has and what has come, by now."""
    return _show(asked, "overview_live.html")


@room.page("GET", "/app/live/state")
def live_state(asked: Asked) -> Reply:
    """Whether all is in step with Sugar, by now."""
    return _show(asked, "overview_state.html")


@room.page("GET", "/app/live/marketing")
def live_marketing(asked: Asked) -> Reply:
    """How marketing is, by now."""
    return page(asked, "overview_marketing.html", now=marketing_now(asked.app, asked.tenant))


def _show(asked: Asked, template: str, **more: Any) -> Reply:
    view = sync_overview(asked.app, asked.tenant)
    runs = list_runs(asked.app, asked.tenant, limit=SHOWN_RUNS + 1).items
    ages = [one.age_seconds for one in view.freshness if one.pulled]
    known = [age for age in ages if age is not None]
    return page(
        asked,
        template,
        title=asked.texts("overview.title"),
        view=view,
        run=view.current,
        runs=[one for one in runs if not one.open][:SHOWN_RUNS],
        oldest=max(known) if known and len(known) == len(ages) else None,
        held=held_back(asked.app, asked.tenant),
        unconfirmed=refused_today(asked.app, asked.tenant) if template == "overview.html" else 0,
        most_confirmations=MOST_OF_A_DAY,
        **more,
    )
