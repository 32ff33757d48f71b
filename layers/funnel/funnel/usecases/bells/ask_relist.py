"""Ask for the auto lists, the rows of the panels, and the scores of those whom a write has touched."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from funnel.domain.ids import PersonId, RecordKey, TenantId
from funnel.domain.lists.auto_lists import Touched, touched_by
from funnel.domain.scoring.tallies import regrouped_by
from funnel.domain.sync.records import SugarRecord, Unit
from funnel.domain.vision.prospects import reshown_by
from funnel.ports.lists import ListStore
from funnel.ports.marketing_messages import Relist, Rescore
from funnel.ports.store import RecordStore
from funnel.ports.system import Queue
from funnel.usecases.app import App

T = TypeVar("T", bound=str)
HasSegments = Callable[[], bool]
"""Whether the tenant has, or ever had, a segment."""

SHOULD_WE_DIE = 300
"""Seconds after which a write has surely been carried out, by a worker that then died or not."""

MOST = 1000
"""People, or Accounts, or Opportunities of one message, which takes 256 KB."""


def commit_and_ask(
    records: RecordStore,
    queue: Queue,
    tenant: TenantId,
    units: Sequence[Unit],
    before: Mapping[RecordKey, SugarRecord | None],
    segments: HasSegments,
) -> list[bool]:
    """Write the units, and have lists, panels and scores follow: asked for first, never forgotten.

    `before` are the records as they were read; `segments` says whether there are any. Says which
    units were written.
    """
    regrouped = regrouped_by(units)
    shown = reshown_by(units, before)

    def touched() -> Touched:
        found = touched_by(units, before, segments=segments())
        return Touched(
            found.people | shown.people, found.accounts | shown.accounts, found.opportunities
        )

    ask_relist(queue, tenant, touched(), delay=SHOULD_WE_DIE)
    ask_rescore(queue, tenant, regrouped, delay=SHOULD_WE_DIE)
    done = records.commit(tenant, units)
    # Asked anew: the first segment may have been made meanwhile.
    ask_relist(queue, tenant, touched())
    ask_rescore(queue, tenant, regrouped)
    return done


def has_segments(lists: ListStore, tenant: TenantId) -> HasSegments:
    """Asks the store, with one small read each time."""
    return lambda: lists.list_settings(tenant).segments > 0


def ask_relist(queue: Queue, tenant: TenantId, touched: Touched, delay: int = 0) -> None:
    """Send what is to be worked out anew, in as many messages as it takes; nothing for nobody."""
    for people in _parts(sorted(touched.people)):
        queue.send(Relist(tenant, people=people), delay)
    for accounts in _parts(sorted(touched.accounts)):
        queue.send(Relist(tenant, accounts=accounts), delay)
    for opportunities in _parts(sorted(touched.opportunities)):
        queue.send(Relist(tenant, opportunities=opportunities), delay)


def ask_people(queue: Queue, tenant: TenantId, people: Iterable[PersonId], delay: int = 0) -> None:
    """Have the lists and panels of these people follow; nothing for nobody."""
    ask_relist(queue, tenant, Touched(people=set(people)), delay)


def ask_rescore(queue: Queue, tenant: TenantId, people: Iterable[PersonId], delay: int = 0) -> None:
    """Send whose scores are to be worked out anew; nothing for nobody."""
    for part in _parts(sorted(people)):
        queue.send(Rescore(tenant, people=part), delay)


def _parts(ids: Sequence[T]) -> list[tuple[T, ...]]:
    return [tuple(ids[start : start + MOST]) for start in range(0, len(ids), MOST)]


def ask_about_person(app: App, tenant: TenantId, person_id: PersonId, delay: int = 0) -> None:
    """Have the segments of somebody follow what is written of them; nothing where there are none."""
    if app.lists.list_settings(tenant).segments:
        ask_people(app.queue, tenant, [person_id], delay)
