"""Broadcasts by JSON: what the pages of broadcasts show and do."""

from dataclasses import dataclass

from funnel.domain.broadcasts.broadcasts import BroadcastId, Plan
from funnel.domain.errors import InputInvalid
from funnel.domain.ids import JobId
from funnel.domain.signing_in.tenants import Role
from funnel.usecases.broadcasts import view_broadcasts
from funnel.usecases.broadcasts.export_broadcast import COLUMNS, new_broadcast_export
from funnel.usecases.broadcasts.keep_broadcasts import (
    add_broadcast,
    cancel_broadcast,
    change_broadcast,
    confirm_broadcast,
    count_again,
    delete_broadcast,
    pause_broadcast,
    resume_broadcast,
)
from funnel.usecases.broadcasts.view_broadcast_people import ReadersPage, readers
from funnel.usecases.broadcasts.view_broadcasts import BroadcastPage, BroadcastView, broadcast_view
from funnel.usecases.jobs.people_jobs import ask_for
from funnel.usecases.jobs.view_export import ExportView, export_view
from funnel.web.asked import Asked
from funnel.web.room import PAGING, Room

room = Room(needs=Role.MARKETER)
ROOT = "/api/app/broadcasts"
ONE = f"{ROOT}/<broadcast_id>"


@dataclass(frozen=True, slots=True)
class NewBroadcast:
    """A broadcast to be planned. The same `key` asks for the same one, however often."""

    key: str
    plan: Plan


@dataclass(frozen=True, slots=True)
class ChangedBroadcast:
    """A plan as it is to be; `edition` is that of the one which was looked at."""

    edition: int
    plan: Plan


@dataclass(frozen=True, slots=True)
class ConfirmedBroadcast:
    """Says that this `edition` is to be sent to so many `people`: the number that was counted."""

    edition: int
    people: int


@room.api("GET", ROOT, "All broadcasts, the latest first", BroadcastPage, queries=PAGING)
def broadcasts(asked: Asked) -> BroadcastPage:
    """A page of them."""
    return view_broadcasts.list_broadcasts(asked.app, asked.tenant, **asked.paging())


@room.api(
    "POST",
    ROOT,
    "Plan a broadcast, and have counted who would get it",
    BroadcastView,
    body=NewBroadcast,
    status=201,
)
def add(asked: Asked) -> BroadcastView:
    """A new draft."""
    new, by = asked.json(NewBroadcast), asked.who.user_name
    if not new.key:
        raise InputInvalid("A key is needed, so that it is planned once.", field="key")
    return broadcast_view(asked.app, add_broadcast(asked.app, asked.tenant, new.key, new.plan, by))


@room.api("GET", ONE, "One broadcast with how far it is, and its numbers", BroadcastView)
def one(asked: Asked, broadcast_id: str) -> BroadcastView:
    """One broadcast."""
    return view_broadcasts.one_broadcast(asked.app, asked.tenant, BroadcastId(broadcast_id))


@room.api(
    "PUT",
    ONE,
    "Change a draft, unless it was changed since this edition, and have it counted anew",
    BroadcastView,
    body=ChangedBroadcast,
)
def change(asked: Asked, broadcast_id: str) -> BroadcastView:
    """The draft as it is then."""
    sent, by = asked.json(ChangedBroadcast), asked.who.user_name
    changed = change_broadcast(
        asked.app, asked.tenant, BroadcastId(broadcast_id), sent.plan, sent.edition, by
    )
    return broadcast_view(asked.app, changed)


@room.api("DELETE", ONE, "Remove a draft; the rest", BroadcastPage)
def delete(asked: Asked, broadcast_id: str) -> BroadcastPage:
    """Remove it."""
    delete_broadcast(asked.app, asked.tenant, BroadcastId(broadcast_id))
    return view_broadcasts.list_broadcasts(asked.app, asked.tenant)


@room.api("POST", f"{ONE}/count", "Count again who would get it", BroadcastView, status=202)
def count(asked: Asked, broadcast_id: str) -> BroadcastView:
    """The draft; its `count` tells how far that is."""
    by = asked.who.user_name
    return broadcast_view(
        asked.app, count_again(asked.app, asked.tenant, BroadcastId(broadcast_id), by)
    )


@room.api(
    "POST",
    f"{ONE}/send",
    "Send it now or when it is planned, by the number of people that was counted",
    BroadcastView,
    body=ConfirmedBroadcast,
    status=202,
)
def send(asked: Asked, broadcast_id: str) -> BroadcastView:
    """The broadcast that is scheduled."""
    sent, by = asked.json(ConfirmedBroadcast), asked.who.user_name
    confirmed = confirm_broadcast(
        asked.app, asked.tenant, BroadcastId(broadcast_id), sent.edition, sent.people, by
    )
    return broadcast_view(asked.app, confirmed)


@room.api("POST", f"{ONE}/pause", "Have nothing more of it go out for now", BroadcastView)
def pause(asked: Asked, broadcast_id: str) -> BroadcastView:
    """The broadcast that stands still."""
    by = asked.who.user_name
    return broadcast_view(
        asked.app, pause_broadcast(asked.app, asked.tenant, BroadcastId(broadcast_id), by)
    )


@room.api("POST", f"{ONE}/resume", "Have it go on where it was", BroadcastView, status=202)
def resume(asked: Asked, broadcast_id: str) -> BroadcastView:
    """The broadcast that goes on."""
    by = asked.who.user_name
    return broadcast_view(
        asked.app, resume_broadcast(asked.app, asked.tenant, BroadcastId(broadcast_id), by)
    )


@room.api("POST", f"{ONE}/cancel", "Have nothing more of it go out, for good", BroadcastView)
def cancel(asked: Asked, broadcast_id: str) -> BroadcastView:
    """The broadcast that is over."""
    by = asked.who.user_name
    return broadcast_view(
        asked.app, cancel_broadcast(asked.app, asked.tenant, BroadcastId(broadcast_id), by)
    )


@room.api(
    "GET",
    f"{ONE}/people",
    "Whom it is for, and what became of each; all, or those whom `outcome` names",
    ReadersPage,
    queries=("outcome", *PAGING),
)
def people(asked: Asked, broadcast_id: str) -> ReadersPage:
    """A page of them."""
    own, show = (asked.tenant, BroadcastId(broadcast_id)), asked.query("outcome")
    return readers(asked.app, *own, show, **asked.paging())


@room.api(
    "POST",
    f"{ONE}/people/export",
    "Export them as CSV files; ask after it at /api/app/exports until it is done",
    ExportView,
    status=202,
    queries=("outcome",),
)
def export(asked: Asked, broadcast_id: str) -> ExportView:
    """Begin an export."""
    job_id = begin_export(asked, broadcast_id, asked.query("outcome"))
    return export_view(asked.app, asked.tenant, job_id)


def begin_export(asked: Asked, broadcast_id: str, show: str) -> JobId:
    """Begin an export; its job."""
    titles = [asked.texts(f"broadcast.column.{name}") for name in COLUMNS]
    by = asked.who.user_name
    job = new_broadcast_export(asked.app, asked.tenant, BroadcastId(broadcast_id), show, titles, by)
    return JobId(ask_for(asked.app, job).job_id)
