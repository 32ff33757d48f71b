"""One person and its history, editing it, and setting one of its records apart."""

from collections.abc import Mapping

from funnel.domain.consent.consent import LONGEST_REASON
from funnel.domain.crm import Value
from funnel.domain.errors import AddressTaken, FunnelError, InputInvalid, NotFound
from funnel.domain.ids import PersonId, RecordKey
from funnel.domain.signing_in.tenants import Role
from funnel.usecases.campaigns.view_walks import campaigns_of_person
from funnel.usecases.lists.view_lists import lists_by_hand, lists_of_person, segments_in_use
from funnel.usecases.mail.view_mails import mails_of_person
from funnel.usecases.people.change_address import change_address
from funnel.usecases.people.edit_person import edit_person, editable_fields
from funnel.usecases.people.set_apart import join_again, set_apart
from funnel.usecases.people.view_activities import person_activities, visits_of
from funnel.usecases.people.view_people import LinkView, person, person_history
from funnel.usecases.pushing.view_pushes import pushes_of
from funnel.usecases.scoring.view_scoring import person_score
from funnel.web.asked import Asked
from funnel.web.errors import error_body, status_of
from funnel.web.rendering import page
from funnel.web.replies import Reply, see_other
from funnel.web.room import Room
from funnel.web.words import Words

room = Room(needs=Role.MARKETER)

SHOWN = 15
"""Activities and emails on the person's own page; a visit is not cut."""

DONE = {
    "apart": "apart.done",
    "joined": "apart.joined",
    "created": "new.done",
    "edited": "edit.done",
    "unsubscribed": "consent.done.unsubscribed",
    "taken-back": "consent.done.taken_back",
    "labelled": "signal.done",
    "done-by-hand": "consent.done.by_hand",
    "score": "score_push.now.done",
    "on-list": "on_list.done",
    "off-list": "list.done.off",
}


@room.page("GET", "/app/people/<person_id>")
def show_one(asked: Asked, person_id: str) -> Reply:
    """One person, with the history of the person or of one of its records in Sugar."""
    found = person(asked.app, asked.tenant, PersonId(person_id))
    subject, cursor = asked.query("of"), asked.query("cursor")
    flash = DONE.get(asked.query("saved"))
    activities = person_activities(asked.app, asked.tenant, PersonId(person_id), limit=SHOWN)
    events = person_history(asked.app, asked.tenant, PersonId(person_id), subject, cursor)
    return page(
        asked,
        "people/one.html",
        title=found.name or next(iter(found.emails), "") or asked.texts("unnamed"),
        person=found,
        history=events,
        labels={one.name: one.label for one in found.fields if one.label},
        score=person_score(asked.app, asked.tenant, PersonId(person_id)),
        lists=lists_of_person(asked.app, asked.tenant, PersonId(person_id)),
        choosable=lists_by_hand(asked.app, asked.tenant),
        segments=segments_in_use(asked.app, asked.tenant),
        pushes=pushes_of(asked.app, asked.tenant, PersonId(person_id)),
        campaigns=campaigns_of_person(asked.app, asked.tenant, PersonId(person_id)),
        visits=visits_of(activities),
        mails=mails_of_person(asked.app, asked.tenant, PersonId(person_id), limit=SHOWN),
        more=activities.cursor,
        subject=subject,
        cursor=cursor,
        longest_reason=LONGEST_REASON,
        flash=asked.texts(flash) if flash else "",
    )


@room.page("GET", "/app/people/<person_id>/apart")
def ask_apart(asked: Asked, person_id: str) -> Reply:
    """What setting a record apart does, before it is done."""
    found = person(asked.app, asked.tenant, PersonId(person_id))
    link = next((one for one in found.links if _of(one) == asked.query("link")), None)
    if link is None:
        raise NotFound(asked.texts("apart.gone"), mend=asked.texts("apart.gone.mend"))
    title = asked.texts("apart.title")
    others = [one for one in found.links if one is not link]
    return page(
        asked,
        "people/apart.html",
        title=title,
        person=found,
        link=link,
        of=_of(link),
        others=others,
    )


@room.page("POST", "/app/people/<person_id>/apart")
def part(asked: Asked, person_id: str) -> Reply:
    """Set a record apart, and go to the person it is now."""
    key, by = link_key(asked.form_value("link")), asked.who.user_name
    now = set_apart(asked.app, asked.tenant, PersonId(person_id), key, by)
    return see_other(f"/app/people/{now}?saved=apart")


@room.page("POST", "/app/people/<person_id>/join")
def join(asked: Asked, person_id: str) -> Reply:
    """Join a record again with whoever has its address, and go there."""
    key, by = link_key(asked.form_value("link")), asked.who.user_name
    now = join_again(asked.app, asked.tenant, PersonId(person_id), key, by)
    return see_other(f"/app/people/{now}?saved=joined")


@room.page("GET", "/app/people/<person_id>/edit")
def ask_edit(asked: Asked, person_id: str) -> Reply:
    """The form with all fields of a person."""
    return _edit_form(asked, PersonId(person_id))


@room.page("POST", "/app/people/<person_id>/edit")
def edit(asked: Asked, person_id: str) -> Reply:
    """Save the fields that the form changed, and no other: what else is newer stays."""
    sent = {name: values[0] for name, values in asked.form().items()}
    shown = {name.removeprefix("was."): v for name, v in sent.items() if name.startswith("was.")}
    changed: dict[str, Value] = {
        name: sent[name] for name, was in shown.items() if name in sent and sent[name] != was
    }
    by = asked.who.user_name
    try:
        if sent.get("email", "") != sent.get("was-email", ""):
            change_address(asked.app, asked.tenant, PersonId(person_id), sent["email"], by)
        edit_person(asked.app, asked.tenant, PersonId(person_id), changed, by)
    except (InputInvalid, AddressTaken) as error:
        return _edit_form(asked, PersonId(person_id), sent, error)
    if sent.get("then") == "push":
        return see_other(f"/app/people/{person_id}/push")
    return see_other(f"/app/people/{person_id}?saved=edited")


def _edit_form(
    asked: Asked,
    person_id: PersonId,
    sent: Mapping[str, str] | None = None,
    error: FunnelError | None = None,
) -> Reply:
    words = Words(asked.texts, asked.app.clock.now())
    return page(
        asked,
        "people/edit.html",
        title=asked.texts("edit.title"),
        status=status_of(error) if error else 200,
        person=person(asked.app, asked.tenant, person_id),
        fields=editable_fields(asked.app, asked.tenant, person_id, words.field),
        sent=sent or {},
        error=error_body(error) if error else None,
        taken=error if isinstance(error, AddressTaken) else None,
    )


def link_key(text: str) -> RecordKey:
    """A link as `Module/id`. Raises `NotFound` for anything else."""
    try:
        return RecordKey.parse(text)
    except ValueError:
        raise NotFound("There is no such link to Sugar.") from None


def _of(link: LinkView) -> str:
    return f"{link.module}/{link.sugar_id}"
