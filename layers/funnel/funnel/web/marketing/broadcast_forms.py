"""Planning a broadcast: the form of a new one and of a draft, and how many its lists have together."""

from collections.abc import Mapping

from funnel.domain.broadcasts.broadcasts import BroadcastId, BroadcastState, OverCap, Plan
from funnel.domain.emails.emails import EmailId
from funnel.domain.errors import Conflict, FunnelError, InputInvalid
from funnel.domain.ids import ListId
from funnel.domain.lists.lists import ListKind
from funnel.domain.signing_in.tenants import Role
from funnel.usecases.broadcasts.keep_broadcasts import add_broadcast, change_broadcast
from funnel.usecases.broadcasts.view_broadcasts import (
    BroadcastView,
    estimate,
    offered_lists,
    one_broadcast,
)
from funnel.web.asked import Asked
from funnel.web.errors import form_error, status_of
from funnel.web.rendering import page
from funnel.web.replies import Reply, see_other
from funnel.web.room import Room

room = Room(needs=Role.MARKETER)

ROOT = "/app/broadcasts"
ONE = f"{ROOT}/<broadcast_id>"
TEXTS = ("name", "email_id", "subject", "from_name", "from_address", "reply_to", "send_at")
NO_TIME = "-"
"""Where a time is wanted and none was entered: refused together with whatever else is wrong."""
KINDS = (ListKind.SEGMENT, ListKind.MANUAL, ListKind.TARGET, ListKind.AUTO)


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
        edition = number_in(asked, "edition")
        change_broadcast(asked.app, asked.tenant, one, _plan(asked), edition, by)
    except (InputInvalid, Conflict) as error:
        view = one_broadcast(asked.app, asked.tenant, one)
        return _form(asked, asked.form(), error, view)
    return see_other(f"{ROOT}/{broadcast_id}")


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
        error=form_error(error) if error else None,
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
        "" if is_now else values["send_at"].strip() or NO_TIME,
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


def number_in(asked: Asked, name: str) -> int:
    """A number that our own page sent along. Raises `InputInvalid`."""
    text = asked.form_value(name)
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise InputInvalid("Look at the broadcast again.")
    return int(text)
