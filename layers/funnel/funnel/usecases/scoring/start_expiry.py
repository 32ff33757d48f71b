"""Ask for the scores that time alone has changed: some of what they are made of has expired."""

from collections.abc import Callable
from functools import partial

from funnel.usecases.app import App
from funnel.usecases.bells.ask_due import ask_due
from funnel.usecases.bells.ask_relist import ask_rescore


def start_expiry(app: App, seconds_left: Callable[[], float]) -> int:
    """Ask for everybody whose time has come, of all tenants; how many."""
    due = partial(app.activities.due_scores, app.clock.now())
    return ask_due(due, partial(ask_rescore, app.queue), seconds_left)
