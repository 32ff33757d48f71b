"""What failed and may pass is tried again, each time later, by a message of our own."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from funnel.domain.errors import Conflict, FunnelError, StoreBusy, SugarBusy
from funnel.ports.marketing_messages import ActOnForm, Relist, Rescore, SweepCampaign
from funnel.ports.sync_messages import (
    FollowMerges,
    Heal,
    PushDue,
    ReadNamed,
    ReadTargetList,
    ReadTargetLists,
)
from funnel.usecases.app import App

_MOST_ATTEMPTS = 6
_FIRST_DELAY = 15
_LONGEST_DELAY = 900

Again = TypeVar(
    "Again",
    ActOnForm,
    FollowMerges,
    Heal,
    PushDue,
    ReadNamed,
    ReadTargetList,
    ReadTargetLists,
    Relist,
    Rescore,
    SweepCampaign,
)
Paged = TypeVar("Paged", Relist, Rescore)


def delay_after(attempt: int, error: FunnelError) -> int | None:
    """Seconds to wait after so many tries in a row came to nothing; None for no further one.

    Twice as long each time, and at least as long as Sugar asks for.
    """
    if attempt >= _MOST_ATTEMPTS:
        return None
    asked = int(error.retry_after) if isinstance(error, SugarBusy) else 0
    doubled: int = _FIRST_DELAY * 2**attempt
    return min(_LONGEST_DELAY, max(asked, doubled))


def try_later(app: App, message: Again, error: FunnelError) -> bool:
    """Send it again, for a while later: the queue gives a message back only after an hour.

    False, and nothing is sent, when it was tried often enough.
    """
    delay = delay_after(message.attempt, error)
    if delay is None:
        return False
    app.queue.send(replace(message, attempt=message.attempt + 1), delay=delay)
    return True


def in_pages(
    app: App,
    message: Paged,
    page: Callable[[App, Paged], Paged | None],
    seconds_left: Callable[[], float],
) -> None:
    """Work a message off: `page` does the next one, and gives what is left.

    What is left when the time is up goes on as another. Everything may be repeated. Where others keep
    changing the same, it is tried later; what does not pass in all these tries is raised, and left to
    the queue.
    """
    todo: Paged | None = message
    while todo:
        if seconds_left() <= 0:
            app.queue.send(todo)
            return
        try:
            rest = page(app, todo)
        except (StoreBusy, Conflict) as error:
            if not try_later(app, todo, error):
                raise
            return
        todo = replace(rest, attempt=0) if rest else None
