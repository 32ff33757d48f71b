"""Broadcasts: the list, looking at who would get one, sending it, and watching it."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from funnel.domain.broadcasts.broadcasts import Broadcast, BroadcastId, BroadcastState
from funnel.domain.errors import Conflict, FunnelError, InputInvalid
from funnel.domain.signing_in.tenants import Role
from funnel.domain.sync.runs import ENDED_JOBS
from funnel.usecases.broadcasts.keep_broadcasts import (
    cancel_broadcast,
    confirm_broadcast,
    count_again,
    delete_broadcast,
    pause_broadcast,
    resume_broadcast,
)
from funnel.usecases.broadcasts.view_broadcast_people import filters, readers
from funnel.usecases.broadcasts.view_broadcasts import (
    BroadcastView,
    list_broadcasts,
    one_broadcast,
)
from funnel.web.asked import Asked
from funnel.web.errors import error_body, status_of
from funnel.web.marketing.broadcast_forms import ONE, ROOT, number_in
from funnel.web.marketing.broadcasts_api import begin_export
from funnel.web.rendering import page
from funnel.web.replies import Reply, see_other
from funnel.web.room import Room

room = Room(needs=Role.MARKETER)

DONE = {
    name: f"broadcasts.done.{name}"
    for name in ("deleted", "sent", "paused", "resumed", "cancelled", "scheduled")
}
_GOING = frozenset({BroadcastState.SCHEDULED, BroadcastState.GATHERING, BroadcastState.SENDING})


@room.page("GET", ROOT)
def show_all(asked: Asked) -> Reply:
    """All broadcasts."""
    cursor, done = asked.query("cursor"), DONE.get(asked.query("done"))
    return page(
        asked,
        "broadcasts/all.html",
        title=asked.texts("broadcasts.title"),
        found=list_broadcasts(asked.app, asked.tenant, cursor),
        cursor=cursor,
        flash=asked.texts(done) if done else "",
    )


@room.page("GET", ONE)
def show_one(asked: Asked, broadcast_id: str) -> Reply:
    """One of them: who would get it, or how far it is."""
    return _show(asked, broadcast_id)


@room.page("GET", f"{ONE}/live")
def live(asked: Asked, broadcast_id: str) -> Reply:
    """The part of it that changes."""
    view = one_broadcast(asked.app, asked.tenant, BroadcastId(broadcast_id))
    return page(asked, "broadcasts/live.html", **_values(view))


@room.page("POST", f"{ONE}/count")
def count(asked: Asked, broadcast_id: str) -> Reply:
    """Count again."""
    by = asked.who.user_name
    return _then(asked, broadcast_id, "", lambda one: count_again(asked.app, asked.tenant, one, by))


@room.page("POST", f"{ONE}/send")
def send(asked: Asked, broadcast_id: str) -> Reply:
    """Send it to the people that were counted."""
    by = asked.who.user_name

    def work(one: BroadcastId) -> Broadcast:
        edition, people = number_in(asked, "edition"), number_in(asked, "people")
        return confirm_broadcast(asked.app, asked.tenant, one, edition, people, by)

    return _then(asked, broadcast_id, "sent", work)


@room.page("POST", f"{ONE}/pause")
def pause(asked: Asked, broadcast_id: str) -> Reply:
    """Stop it for now."""
    by = asked.who.user_name
    return _then(
        asked, broadcast_id, "paused", lambda one: pause_broadcast(asked.app, asked.tenant, one, by)
    )


@room.page("POST", f"{ONE}/resume")
def resume(asked: Asked, broadcast_id: str) -> Reply:
    """Have it go on."""
    by = asked.who.user_name
    return _then(
        asked,
        broadcast_id,
        "resumed",
        lambda one: resume_broadcast(asked.app, asked.tenant, one, by),
    )


@room.page("GET", f"{ONE}/cancel")
def ask_cancel(asked: Asked, broadcast_id: str) -> Reply:
    """What cancelling does, before it is done."""
    view = one_broadcast(asked.app, asked.tenant, BroadcastId(broadcast_id))
    return page(asked, "broadcasts/cancel.html", title=view.plan.name, view=view)


@room.page("POST", f"{ONE}/cancel")
def cancel(asked: Asked, broadcast_id: str) -> Reply:
    """End it."""
    by = asked.who.user_name
    return _then(
        asked,
        broadcast_id,
        "cancelled",
        lambda one: cancel_broadcast(asked.app, asked.tenant, one, by),
    )


@room.page("POST", f"{ONE}/delete")
def delete(asked: Asked, broadcast_id: str) -> Reply:
    """Remove a draft."""
    try:
        delete_broadcast(asked.app, asked.tenant, BroadcastId(broadcast_id))
    except Conflict as error:
        return _show(asked, broadcast_id, error)
    return see_other(f"{ROOT}?done=deleted")


@room.page("GET", f"{ONE}/people")
def show_people(asked: Asked, broadcast_id: str) -> Reply:
    """Whom it is for, and what became of each."""
    show, cursor, one = asked.query("show"), asked.query("cursor"), BroadcastId(broadcast_id)
    view = one_broadcast(asked.app, asked.tenant, one)
    return page(
        asked,
        "broadcasts/people.html",
        title=view.plan.name,
        view=view,
        found=readers(asked.app, asked.tenant, one, show, cursor),
        filters=filters(),
        show=show,
        cursor=cursor,
    )


@room.page("POST", f"{ONE}/people/export")
def export(asked: Asked, broadcast_id: str) -> Reply:
    """Export them, and go to how far that is."""
    return see_other(f"/app/exports/{begin_export(asked, broadcast_id, asked.form_value('show'))}")


def _then(
    asked: Asked, broadcast_id: str, done: str, work: Callable[[BroadcastId], object]
) -> Reply:
    try:
        work(BroadcastId(broadcast_id))
    except (InputInvalid, Conflict) as error:
        return _show(asked, broadcast_id, error)
    query = f"?{urlencode({'done': done})}" if done else ""
    return see_other(f"{ROOT}/{broadcast_id}{query}")


def _show(asked: Asked, broadcast_id: str, error: FunnelError | None = None) -> Reply:
    view = one_broadcast(asked.app, asked.tenant, BroadcastId(broadcast_id))
    done = DONE.get(asked.query("done")) if not error else None
    if done == DONE["sent"] and view.state is BroadcastState.SCHEDULED and view.starts_at:
        done = DONE["scheduled"]
    return page(
        asked,
        "broadcasts/one.html",
        title=view.plan.name,
        status=status_of(error) if error else 200,
        error=error_body(error) if error else None,
        flash=asked.texts(done) if done else "",
        **_values(view),
    )


def _values(view: BroadcastView) -> dict[str, Any]:
    """What both the page and its live part show."""
    counting = view.count is not None and view.count.status not in ENDED_JOBS
    sending = view.totals.waiting > view.put_off
    return {
        "view": view,
        "counting": counting,
        "going": counting
        or view.state in _GOING
        or (view.state is BroadcastState.SENT and sending),
        "can_stop": view.state in _GOING
        or (view.state is BroadcastState.SENT and view.totals.waiting > 0),
    }
