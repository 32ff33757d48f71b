"""Ask for the people whose segments time alone may have changed."""

from collections.abc import Callable
from functools import partial

from funnel.usecases.app import App
from funnel.usecases.bells.ask_due import ask_due
from funnel.usecases.bells.ask_relist import ask_people


def start_segments(app: App, seconds_left: Callable[[], float]) -> int:
    """Ask for everybody whose time has come, of all tenants; how many."""
    due = partial(app.lists.due_standings, app.clock.now())
    return ask_due(due, partial(ask_people, app.queue), seconds_left)
