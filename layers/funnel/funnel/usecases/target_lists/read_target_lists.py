"""A round: read which Target Lists Sugar has, keep ours in step, and have each one read."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from funnel.domain.connecting.connections import Connection
from funnel.domain.crm import TargetList
from funnel.domain.errors import (
    CircuitOpen,
    Conflict,
    ConnectionPaused,
    FunnelError,
    SignInRefused,
    StoreBusy,
    Transient,
)
from funnel.domain.ids import ConnectionId, ListId, SugarId, TenantId
from funnel.domain.lists.lists import ListKind, ListStatus, PeopleList, target_list_id
from funnel.domain.lists.target_lists import ListsRound, suppresses_mail
from funnel.domain.sync.runs import Note
from funnel.ports.sync_messages import ReadTargetList, ReadTargetLists
from funnel.usecases.app import App
from funnel.usecases.connecting.connection import connection_of, refuse_to_go_on, sugar
from funnel.usecases.jobs.try_later import try_later
from funnel.usecases.sync.start_run import may_start
from funnel.usecases.target_lists.reading_note import NOT_SHOWN, keep_note
from funnel.usecases.target_lists.sweep_targets import sweep_targets
from funnel.usecases.target_lists.target_addresses import read_target_addresses

SCHEDULE = "schedule"
_UNKNOWN = ConnectionId("")
_PAGE = 200
_TRIES = 8


def read_target_lists(app: App, message: ReadTargetLists) -> None:
    """Make, rename, retire and bring back our lists, and send one message for each live one.

    Targets whose address changed since the last round are read again.

    What can pass is tried again with back-off, and left to the next round when it does not; why is
    kept with the round. A paused connection, quiet hours and an open circuit hold scheduled rounds
    back.
    """
    connection = connection_of(app, message.tenant)
    if not message.asked_by and not may_start(app, connection):
        return
    began = app.clock.now()
    try:
        with sugar(app, connection) as crm:
            found = crm.target_lists()
            refuse_to_go_on(app, connection)
            live = _keep_in_step(app, connection, found, began)
            for list_id in live:
                app.queue.send(ReadTargetList(message.tenant, list_id, message.asked_by))
            addresses = read_target_addresses(app, crm, connection)
        this, until = connection.connection_id, addresses.until
        _tell(app, message, began, len(live), addresses.error, this, until)
        sweep_targets(app, connection)
    except (CircuitOpen, ConnectionPaused, SignInRefused) as error:
        _tell(app, message, began, None, error)
    except Transient as error:
        if not try_later(app, message, error):
            _tell(app, message, began, None, error)
    except FunnelError as error:
        _tell(app, message, began, None, error)


def target_lists_here(app: App, tenant: TenantId) -> dict[SugarId, PeopleList]:
    """Our lists of Target Lists, retired ones too, by the id in Sugar."""
    found: dict[SugarId, PeopleList] = {}
    cursor = ""
    while True:
        listing = app.lists.list_lists(tenant, "", _PAGE, cursor, ListKind.TARGET)
        found.update({one.sugar_id: one for one in listing.items})
        cursor = listing.cursor
        if not cursor:
            return found


def _keep_in_step(
    app: App, connection: Connection, found: Sequence[TargetList], now: datetime
) -> list[ListId]:
    """The ids of our lists that are live in Sugar. One bound to a Sugar id before is that list."""
    tenant, last = connection.tenant, app.sync.lists_round(connection.tenant)
    # Those of our campaigns are filled by us, and are no lists of people beside them.
    ours = {one.list_id for one in app.campaigns_in_sugar.campaigns_in_sugar(tenant)}
    found = [one for one in found if one.sugar_id not in ours]
    is_another = bool(last and last.connection_id not in ("", connection.connection_id))
    here = target_lists_here(app, tenant)
    # A listing may be late; a list made a moment ago is found by its id.
    missing = {one.sugar_id for one in found if not one.deleted} - set(here)
    ids = [target_list_id(tenant, sugar_id) for sugar_id in sorted(missing)]
    here.update({one.sugar_id: one for one in app.lists.lists(tenant, ids).values()})
    live = []
    for one in found:
        row = here.pop(one.sugar_id, None)
        if row is None and one.deleted:
            continue
        row = _saved(app, tenant, one, row, now)
        if row.status is ListStatus.ACTIVE:
            live.append(row.list_id)
    for row in here.values():
        _not_shown(app, row, now, is_another=is_another)
    return live


def _saved(
    app: App, tenant: TenantId, one: TargetList, row: PeopleList | None, now: datetime
) -> PeopleList:
    """Our list as Sugar's is now; made, renamed, retired or brought back only if it differs."""
    for _ in range(_TRIES):
        before = row or PeopleList(
            tenant=tenant,
            list_id=target_list_id(tenant, one.sugar_id),
            kind=ListKind.TARGET,
            name=one.name,
            sugar_id=one.sugar_id,
            created_at=now,
            changed_at=now,
        )
        after = replace(
            before,
            name=one.name,
            status=ListStatus.RETIRED if one.deleted else ListStatus.ACTIVE,
            retired_at=(before.retired_at or now) if one.deleted else None,
            list_type=one.list_type,
            suppresses=suppresses_mail(one.list_type),
        )
        if row is not None and after == row:
            return row
        try:
            return app.lists.save_list(replace(after, changed_at=now))
        except Conflict:
            row = app.lists.lists(tenant, [before.list_id]).get(before.list_id)
    raise StoreBusy("Others kept changing the same list.")


def _not_shown(app: App, row: PeopleList, now: datetime, *, is_another: bool) -> None:
    """A list that Sugar does not show is kept as it is: absent is not deleted.

    One that was read from the Sugar before is retired when another is connected. One that was never
    read is bound to a Target List that is only about to be made.
    """
    reading = app.sync.list_reading(row.tenant, row.list_id)
    if row.status is not ListStatus.ACTIVE or reading is None:
        return
    if is_another:
        gone = TargetList(row.sugar_id, row.name, row.list_type, None, deleted=True)
        _saved(app, row.tenant, gone, row, now)
    else:
        keep_note(app, row.tenant, row.list_id, NOT_SHOWN)


def _tell(
    app: App,
    message: ReadTargetLists,
    began: datetime,
    lists: int | None,
    error: FunnelError | None,
    in_step_with: ConnectionId = _UNKNOWN,
    addresses_until: datetime | None = None,
) -> None:
    """Keep what came of the round; the number of lists stays where it was not learned."""
    for _ in range(_TRIES):
        before = app.sync.lists_round(message.tenant)
        after = replace(
            before or ListsRound(message.tenant, began),
            began_at=began,
            asked_by=message.asked_by or SCHEDULE,
            lists=lists if lists is not None else before.lists if before else 0,
            finished_at=app.clock.now(),
            note=Note(error.code, error.text, error.mend) if error else None,
            connection_id=in_step_with or (before.connection_id if before else _UNKNOWN),
            addresses_until=addresses_until or (before.addresses_until if before else None),
        )
        try:
            app.sync.save_lists_round(after)
        except Conflict:
            continue
        return
