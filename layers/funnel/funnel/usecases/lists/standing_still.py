"""Ring again for work on everybody that does not move: a recompute of lists, or a re-score.

Each is one chain of messages. Where it ended in the dead letters, nothing else would bring it back,
and all that asks for these lists or scores waits.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from funnel.domain.ids import TenantId
from funnel.ports.marketing_messages import Relist, Rescore
from funnel.ports.messages import Message
from funnel.usecases.app import App
from funnel.usecases.jobs.passing import passing_newer

STILL = timedelta(minutes=15)
"""After so long without a page that was done, it stands still."""

_QUARTERS = 4


class Everybodys(StrEnum):
    """What is worked out for everybody."""

    LISTS = "lists"
    SCORES = "scores"


@dataclass(frozen=True, slots=True)
class StandsStill:
    """Work that has not moved since then, and the message that goes on with it, however often."""

    what: Everybodys
    since: datetime
    message: Message


def ring_for_everybody(app: App, seconds_left: Callable[[], float]) -> int:
    """Send a message for all that stands still, of all tenants with a connection; how many.

    Who comes first changes with each quarter of an hour, so that nobody is left over for ever.
    """
    sent = 0
    for tenant in _tenants(app):
        if seconds_left() <= 0:
            break
        with passing_newer(tenant):
            for one in standing_still(app, tenant):
                app.queue.send(one.message)
                sent += 1
    return sent


def standing_still(app: App, tenant: TenantId) -> tuple[StandsStill, ...]:
    """What is to be worked out for everybody and has not moved for a quarter of an hour."""
    until = app.clock.now() - STILL
    found = (_lists(app, tenant), _scores(app, tenant))
    return tuple(one for one in found if one is not None and one.since <= until)


def _lists(app: App, tenant: TenantId) -> StandsStill | None:
    settings = app.lists.list_settings(tenant)
    recompute = settings.recompute
    if recompute is None or not (settings.is_going or recompute.segments != settings.segments):
        return None
    message = Relist(tenant, recompute=recompute.recompute_id)
    return StandsStill(Everybodys.LISTS, recompute.last_moved, message)


def _scores(app: App, tenant: TenantId) -> StandsStill | None:
    rules, rescoring = app.scoring.scoring_rules(tenant), app.scoring.rescoring(tenant)
    is_begun = rescoring is not None and rescoring.generation >= rules.generation
    if rules.generation == 0 or (is_begun and rescoring and rescoring.finished_at):
        return None
    since = rescoring.last_moved if is_begun and rescoring else rules.changed_at
    message = Rescore(tenant, generation=rules.generation)
    return StandsStill(Everybodys.SCORES, since, message) if since else None


def _tenants(app: App) -> Iterator[TenantId]:
    first = app.clock.now().minute // 15
    for turn in range(_QUARTERS):
        cursor = ""
        while True:
            page = app.sync.connections_of_quarter((first + turn) % _QUARTERS, cursor)
            yield from page.items
            cursor = page.cursor
            if not cursor:
                break
