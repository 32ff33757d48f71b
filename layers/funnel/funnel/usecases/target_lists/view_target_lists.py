"""Target Lists: the last round, and how one list stands with Sugar."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from funnel.domain.connecting.connections import Connection
from funnel.domain.connecting.sugar_links import list_url, record_url
from funnel.domain.errors import NotFound
from funnel.domain.ids import ListId, Module, RecordKey, TenantId
from funnel.domain.lists.lists import ListKind, ListStatus, PeopleList
from funnel.domain.lists.target_lists import ListReading, next_round
from funnel.domain.sync.records import State, SugarRecord
from funnel.domain.sync.runs import Note
from funnel.usecases.app import App
from funnel.usecases.view_common import PAGE_SIZE

SHOWN_WAITING = 50


@dataclass(frozen=True, slots=True)
class RoundView:
    """The last time all Target Lists were asked for, and when they are next.

    `began_at` is None before the first time. `next_at` is None while nothing is scheduled: without
    a connection, or while it is paused. `note` says why the round failed.
    """

    connected: bool
    began_at: datetime | None
    asked_by: str
    lists: int
    next_at: datetime | None
    note: Note | None


@dataclass(frozen=True, slots=True)
class WaitingView:
    """A member whose record is not here yet, and why: held, off, or not_read."""

    module: Module
    sugar_id: str
    reason: str
    url: str


@dataclass(frozen=True, slots=True)
class SourceView:
    """How a list stands with the Target List it comes from.

    `waiting` are the first members whose record is not here yet, `waiting_count` all of them.
    `so_far` is how many members were compared by a worker that is writing the list now.
    `skipped` counts members that are no people, by module. `due_at` is set where reading takes so
    long that the list is read less often, `minutes` is then how long.
    """

    sugar_id: str
    url: str
    list_type: str
    suppresses: bool
    changed_at: datetime | None
    compared_at: datetime | None
    skipped: Mapping[Module, int]
    waiting: tuple[WaitingView, ...]
    waiting_count: int
    due_at: datetime | None
    minutes: int
    so_far: int | None
    note: Note | None


@dataclass(frozen=True, slots=True)
class TargetListRow:
    """A list that comes from Sugar, with how it stands with it."""

    list_id: str
    name: str
    status: ListStatus
    members: int
    source: SourceView


@dataclass(frozen=True, slots=True)
class TargetListsPage:
    """A page of them by name; `cursor` is where it goes on, "" at the end."""

    items: tuple[TargetListRow, ...]
    cursor: str


def target_lists(
    app: App, tenant: TenantId, cursor: str = "", limit: int = PAGE_SIZE
) -> TargetListsPage:
    """Lists that come from Sugar, by name."""
    listing = app.lists.list_lists(tenant, "", limit, cursor, ListKind.TARGET)
    return TargetListsPage(_rows(app, tenant, listing.items), listing.cursor)


def target_list(app: App, tenant: TenantId, list_id: ListId) -> TargetListRow:
    """One of them. Raises `NotFound`."""
    found = app.lists.lists(tenant, [list_id]).get(list_id)
    if found is None or found.kind is not ListKind.TARGET:
        raise NotFound("There is no such list that comes from Sugar.")
    return _rows(app, tenant, [found])[0]


def _rows(app: App, tenant: TenantId, lists: Sequence[PeopleList]) -> tuple[TargetListRow, ...]:
    """However many there are, what is known of all of them is read at once."""
    if not lists:
        return ()
    connection = app.sync.connection(tenant)
    readings = app.sync.list_readings(tenant, [one.list_id for one in lists])
    keys = {key for reading in readings.values() for key in _shown_waiting(reading)}
    there = app.records.records(tenant, keys) if keys else {}
    rows = []
    for one in lists:
        reading = readings.get(one.list_id) or ListReading(tenant, one.list_id)
        source = _source(app.clock.now(), connection, one, reading, there)
        rows.append(TargetListRow(one.list_id, one.name, one.status, one.members, source))
    return tuple(rows)


def lists_round(app: App, tenant: TenantId) -> RoundView:
    """The last round."""
    connection, last = app.sync.connection(tenant), app.sync.lists_round(tenant)
    going = connection is not None and connection.pause is None
    return RoundView(
        connected=connection is not None,
        began_at=last.began_at if last else None,
        asked_by=last.asked_by if last else "",
        lists=last.lists if last else 0,
        next_at=next_round(app.clock.now(), connection.quarter, connection.offset_seconds)
        if connection and going
        else None,
        note=last.note if last else None,
    )


def _source(
    now: datetime,
    connection: Connection | None,
    people_list: PeopleList,
    reading: ListReading,
    there: Mapping[RecordKey, SugarRecord],
) -> SourceView:
    """How it stands with Sugar."""
    until = reading.lease_until
    writing = bool(reading.lease_owner) and until is not None and until > now
    return SourceView(
        sugar_id=people_list.sugar_id,
        url=list_url(connection.endpoint, people_list.sugar_id) if connection else "",
        list_type=people_list.list_type,
        suppresses=people_list.suppresses,
        changed_at=reading.changed_at,
        compared_at=reading.compared_at,
        skipped={module: n for module, n in reading.skipped.items() if n},
        waiting=_waiting(connection, reading, there),
        waiting_count=len(reading.waiting) + reading.waiting_more,
        due_at=reading.due_at,
        minutes=round(reading.seconds / 60),
        so_far=reading.members if writing else None,
        note=reading.note,
    )


def _shown_waiting(reading: ListReading) -> list[RecordKey]:
    return [RecordKey.parse(key) for key in reading.waiting[:SHOWN_WAITING]]


def _waiting(
    connection: Connection | None,
    reading: ListReading,
    there: Mapping[RecordKey, SugarRecord],
) -> tuple[WaitingView, ...]:
    """The first of them; whose record has come since the last reading waits no more."""
    found = []
    for key in _shown_waiting(reading):
        record = there.get(key)
        if record is not None and record.state is not State.HELD:
            continue
        switched_off = connection is not None and (
            key.module is not Module.PROSPECTS and key.module not in connection.modules
        )
        reason = "held" if record else "off" if switched_off else "not_read"
        url = record_url(connection.endpoint, key) if connection else ""
        found.append(WaitingView(key.module, key.sugar_id, reason, url))
    return tuple(found)
