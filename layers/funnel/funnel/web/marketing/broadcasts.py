"""Broadcasts: the list, planning one, looking at who would get it, sending, and watching it."""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from funnel.domain.broadcasts import Broadcast, BroadcastId, BroadcastState, OverCap, Plan
from funnel.domain.emails import EmailId
from funnel.domain.errors import Conflict, FunnelError, InputInvalid
from funnel.domain.ids import ListId
from funnel.domain.lists import ListKind
from funnel.domain.runs import ENDED_JOBS
from funnel.domain.tenants import Role
from funnel.usecases.keep_broadcasts import (
    add_broadcast,
    cancel_broadcast,
    change_broadcast,
    confirm_broadcast,
    count_again,
    delete_broadcast,
    pause_broadcast,
    resume_broadcast,
)
from funnel.usecases.view_broadcast_people import filters, readers
from funnel.usecases.view_broadcasts import (
    BroadcastView,
    estimate,
    list_broadcasts,
    offered_lists,
    one_broadcast,
)
from funnel.web.asked import Asked
from funnel.web.errors import error_body, status_of
from funnel.web.marketing.broadcasts_api import begin_export
from funnel.web.rendering import page
from funnel.web.replies import Reply, see_other
from funnel.web.room import Room

room = Room(needs=Role.MARKETER)

ROOT = "/app/broadcasts"
ONE = f"{ROOT}/<broadcast_id>"
DONE = {
    name: f"broadcasts.done.{name}"
    for name in ("deleted", "sent", "paused", "resumed", "cancelled", "scheduled")
}
TEXTS = ("name", "email_id", "subject", "from_name", "from_address", "reply_to", "send_at")
KINDS = (ListKind.SEGMENT, ListKind.MANUAL, ListKind.TARGET, ListKind.AUTO)
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


@room.page("GET", f"{ROOT}/new")
def ask_new(asked: Asked) -> Reply:
    """The form for a new one, with the plan of another where one is copied."""
    sent: dict[str, list[str]] = {"key": [asked.app.ids.new_id()], "when": ["now"]}
    if asked.query("copy"):
        view = one_broadcast(asked.app, asked.tenant, BroadcastId(asked.query("copy")))
        sent |= _sent_of(view.plan)
        sent |= {"name": [asked.texts("broadcasts.copy_of", name=view.plan.name)], "when": ["now"]}
    if asked.query("list"):
        sent["lists"] = [asked.query("list")]
    if asked.query("email"):
        sent["email_id"] = [asked.query("email")]
    return _form(asked, sent)


@room.page("POST", f"{ROOT}/new")
def add(asked: Asked) -> Reply:
    """Plan it, and go to who would get it."""
    key = asked.form_value("key")
    try:
        if not key:
            raise InputInvalid("Open the form for a new broadcast again.")
        made = add_broadcast(asked.app, asked.tenant, key, _plan(asked), asked.who.user_name)
    except (InputInvalid, Conflict) as error:
        return _form(asked, asked.form(), error)
    return see_other(f"{ROOT}/{made.broadcast_id}")


@room.page("GET", f"{ROOT}/estimate")
def show_estimate(asked: Asked) -> Reply:
    """How many members the chosen lists have together, while they are chosen."""
    ids = [ListId(one) for one in asked.query_values("lists")]
    return page(
        asked,
        "broadcasts/estimate.html",
        lists=len(ids),
        members=estimate(asked.app, asked.tenant, ids),
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


@room.page("GET", f"{ONE}/edit")
def ask_change(asked: Asked, broadcast_id: str) -> Reply:
    """The form of a draft."""
    view = one_broadcast(asked.app, asked.tenant, BroadcastId(broadcast_id))
    if view.state is not BroadcastState.DRAFT:
        return see_other(f"{ROOT}/{broadcast_id}")
    return _form(asked, _sent_of(view.plan) | {"edition": [str(view.edition)]}, view=view)


@room.page("POST", f"{ONE}/edit")
def change(asked: Asked, broadcast_id: str) -> Reply:
    """Save the plan, and go to who would get it."""
    by, one = asked.who.user_name, BroadcastId(broadcast_id)
    try:
        edition = _number(asked, "edition")
        change_broadcast(asked.app, asked.tenant, one, _plan(asked), edition, by)
    except (InputInvalid, Conflict) as error:
        view = one_broadcast(asked.app, asked.tenant, one)
        return _form(asked, asked.form(), error, view)
    return see_other(f"{ROOT}/{broadcast_id}")


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
        edition, people = _number(asked, "edition"), _number(asked, "people")
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


def _form(
    asked: Asked,
    sent: Mapping[str, list[str]],
    error: FunnelError | None = None,
    view: BroadcastView | None = None,
) -> Reply:
    offered = offered_lists(asked.app, asked.tenant)
    heads = [one for one in asked.app.emails.emails(asked.tenant) if one.archived_at is None]
    settings = asked.app.mails.mail_settings(asked.tenant)
    chosen = [ListId(one) for one in sent.get("lists", [])]
    return page(
        asked,
        "broadcasts/edit.html",
        title=view.plan.name if view else asked.texts("broadcasts.new"),
        status=status_of(error) if error else 200,
        error=error_body(error) if error else None,
        view=view,
        sent=sent,
        emails=[(one.email_id, one.name) for one in heads],
        groups={kind: [one for one in offered if one.kind is kind] for kind in KINDS},
        settings=settings,
        members=estimate(asked.app, asked.tenant, chosen) if chosen else 0,
        over=[one.value for one in OverCap],
    )


def _plan(asked: Asked) -> Plan:
    sent = asked.form()
    values = {name: asked.form_value(name) for name in TEXTS}
    is_now = asked.form_value("when") != "later"
    if not is_now and not values["send_at"].strip():
        raise InputInvalid("Enter a day and a time.", field="send_at")
    try:
        over_cap = OverCap(asked.form_value("over_cap") or OverCap.LATER)
    except ValueError:
        raise InputInvalid("Choose one of these.", field="over_cap") from None
    return Plan(
        values["name"],
        EmailId(values["email_id"]),
        tuple(map(ListId, sent.get("lists", []))),
        tuple(map(ListId, sent.get("minus", []))),
        values["subject"],
        values["from_name"],
        values["from_address"],
        values["reply_to"],
        "" if is_now else values["send_at"].strip(),
        asked.form_value("timezone").strip() or "UTC",
        over_cap,
    )


def _sent_of(plan: Plan) -> dict[str, list[str]]:
    """A plan as its form would send it."""
    texts = {name: [str(getattr(plan, name))] for name in TEXTS}
    return texts | {
        "lists": list(plan.lists),
        "minus": list(plan.minus),
        "timezone": [plan.timezone],
        "over_cap": [plan.over_cap.value],
        "when": ["later" if plan.send_at else "now"],
    }


def _number(asked: Asked, name: str) -> int:
    text = asked.form_value(name)
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise InputInvalid("Look at the broadcast again.")
    return int(text)
