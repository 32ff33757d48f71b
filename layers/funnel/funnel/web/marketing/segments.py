"""Segments: their list, one with its members, and the form with the builder of its rule."""

from collections.abc import Mapping
from urllib.parse import quote, urlencode

from funnel.domain.errors import Conflict, FunnelError, InputInvalid
from funnel.domain.ids import ListId, PersonId
from funnel.domain.signing_in.tenants import Role
from funnel.usecases.connecting.mass_write import segment_write
from funnel.usecases.lists.name_to_list import list_called
from funnel.usecases.lists.view_list_settings import list_settings
from funnel.usecases.lists.view_lists import Show, list_members
from funnel.usecases.people.find_people import find_people
from funnel.usecases.people.people_filter import PeopleFilter
from funnel.usecases.segments.change_segment import (
    change_looked_at,
    delete_unused,
    retire_unused_segment,
)
from funnel.usecases.segments.explain_segment import why_in_segment
from funnel.usecases.segments.fed_campaigns import fed_campaigns
from funnel.usecases.segments.keep_segments import add_segment, retire_segment, segment_of
from funnel.usecases.segments.view_segments import SegmentWhole, find_segments, one_segment
from funnel.web.asked import Asked
from funnel.web.errors import error_body, status_of
from funnel.web.marketing.lists import MOST_FOUND
from funnel.web.marketing.rule_builder import drawing, is_drawing, redrawn, rule_builder, sent_draft
from funnel.web.marketing.rule_drafts import BLANK, DraftGroup, draft_of_json, json_of_draft
from funnel.web.marketing.rule_looking import look_at_sent
from funnel.web.rendering import page
from funnel.web.replies import Reply, see_other
from funnel.web.room import Room

room = Room(needs=Role.MARKETER)

DONE = {
    "added": "segments.added",
    "changed": "segments.changed",
    "deleted": "segments.deleted",
    "retired": "segments.retired",
    "back": "segments.back.done",
}


@room.page("GET", "/app/segments")
def show_all(asked: Asked) -> Reply:
    """The segments, by name."""
    query, cursor = asked.query("q").strip(), asked.query("cursor")
    return page(
        asked,
        "segments/all.html",
        title=asked.texts("segments.title"),
        segments=find_segments(asked.app, asked.tenant, query, cursor, speech=asked.texts.rules),
        query=query,
        cursor=cursor,
        recompute=list_settings(asked.app, asked.tenant).recompute,
        flash=_flash(asked),
    )


@room.page("GET", "/app/segments/live")
def live(asked: Asked) -> Reply:
    """How far it is worked out who is in them."""
    recompute = list_settings(asked.app, asked.tenant).recompute
    return page(asked, "segments/live.html", recompute=recompute)


@room.page("GET", "/app/segments/new")
def ask_new(asked: Asked) -> Reply:
    """The form for a new one."""
    return _form(asked, BLANK, key=asked.app.ids.new_id())


@room.page("POST", "/app/segments/new")
def add(asked: Asked) -> Reply:
    """Add it, or draw the form again as its buttons say."""
    if drawn := drawing(asked):
        return drawn
    key = asked.form_value("key")
    if is_drawing(asked.form()):
        return _form(asked, None, key=key)
    try:
        if not key:
            raise InputInvalid("Open the form for a new segment again.")
        name, rule, about = _words(asked)
        by = asked.who.user_name
        made = add_segment(asked.app, asked.tenant, key, name, rule, by, about)
    except InputInvalid as error:
        return _form(asked, sent_draft(asked.form()), key=key, error=error)
    return see_other(f"/app/segments/{made.list_id}?saved=added")


@room.page("GET", "/app/segments/why")
def ask_why(asked: Asked) -> Reply:
    """From a person's page to the segment that is asked about."""
    segment, person = asked.query("segment"), asked.query("person")
    name = asked.query("segment_name").strip()
    if name:
        segment = list_called(asked.app, asked.tenant, name, Show.SEGMENT, "segment_name").list_id
    if not segment:
        return see_other(f"/app/people/{quote(person)}")
    return see_other(f"/app/segments/{quote(segment)}?{urlencode({'person': person})}#why")


@room.page("GET", "/app/segments/<list_id>")
def show_one(asked: Asked, list_id: str) -> Reply:
    """One segment, with its members."""
    return _one(asked, list_id)


@room.page("GET", "/app/segments/<list_id>/edit")
def ask_edit(asked: Asked, list_id: str) -> Reply:
    """The form of a segment."""
    found = one_segment(asked.app, asked.tenant, ListId(list_id), asked.texts.rules)
    draft = draft_of_json(found.rule)
    return _form(asked, draft if isinstance(draft, DraftGroup) else BLANK, found)


@room.page("POST", "/app/segments/<list_id>/edit")
def change(asked: Asked, list_id: str) -> Reply:
    """Save it unless somebody else did meanwhile, or draw the form again as its buttons say."""
    if drawn := drawing(asked):
        return drawn
    found = one_segment(asked.app, asked.tenant, ListId(list_id), asked.texts.rules)
    if is_drawing(asked.form()):
        return _form(asked, None, found)
    try:
        name, rule, about = _words(asked)
        change_looked_at(
            asked.app,
            asked.tenant,
            ListId(list_id),
            _version(asked),
            asked.who.user_name,
            name=name,
            rule=rule,
            description=about,
            confirmed=asked.form_value("confirmed") == "yes",
        )
    except (InputInvalid, Conflict) as error:
        return _form(asked, sent_draft(asked.form()), found, error=error)
    return see_other(f"/app/segments/{list_id}?saved=changed")


@room.page("POST", "/app/segments/<list_id>/delete")
def delete(asked: Asked, list_id: str) -> Reply:
    """Delete it, unless something uses it."""
    try:
        delete_unused(asked.app, asked.tenant, ListId(list_id), asked.who.user_name)
    except Conflict as error:
        return _one(asked, list_id, error)
    return see_other("/app/segments?saved=deleted")


@room.page("POST", "/app/segments/<list_id>/retire")
def retire(asked: Asked, list_id: str) -> Reply:
    """Put it out of use, unless something uses it."""
    try:
        retire_unused_segment(asked.app, asked.tenant, ListId(list_id), asked.who.user_name)
    except Conflict as error:
        return _one(asked, list_id, error)
    return see_other(f"/app/segments/{list_id}?saved=retired")


@room.page("POST", "/app/segments/<list_id>/take-back")
def take_back(asked: Asked, list_id: str) -> Reply:
    """Use it again."""
    by = asked.who.user_name
    retire_segment(asked.app, asked.tenant, ListId(list_id), by, retired=False)
    return see_other(f"/app/segments/{list_id}?saved=back")


def _words(asked: Asked) -> tuple[str, object, str]:
    """Name, rule and description as they were sent."""
    rule = json_of_draft(sent_draft(asked.form()))
    return asked.form_value("name"), rule, asked.form_value("description")


def _version(asked: Asked) -> int:
    """Raises `InputInvalid`."""
    text = asked.form_value("version")
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise InputInvalid("Open the segment again.")
    return int(text)


def _one(asked: Asked, list_id: str, error: FunnelError | None = None) -> Reply:
    found = one_segment(asked.app, asked.tenant, ListId(list_id), asked.texts.rules)
    query, cursor = asked.query("q").strip(), asked.query("cursor")
    person = PersonId(asked.query("person"))
    wanted = PeopleFilter(query=query)
    people = find_people(asked.app, asked.tenant, wanted, limit=MOST_FOUND) if query else None
    return page(
        asked,
        "segments/one.html",
        title=found.name or asked.texts("unnamed"),
        status=status_of(error) if error else 200,
        one=found,
        members=list_members(asked.app, asked.tenant, ListId(list_id), cursor),
        cursor=cursor,
        query=query,
        people=people.items if people else (),
        why=why_in_segment(asked.app, asked.tenant, ListId(list_id), person, asked.texts.rules)
        if person
        else None,
        recompute=list_settings(asked.app, asked.tenant).recompute,
        error=error_body(error) if error else None,
        flash=_flash(asked),
    )


def _form(
    asked: Asked,
    draft: DraftGroup | None,
    found: SegmentWhole | None = None,
    *,
    key: str = "",
    error: FunnelError | None = None,
) -> Reply:
    """The form of this draft, or of what was sent after what its button does."""
    body = error_body(error) if error else None
    wrong = error if isinstance(error, InputInvalid) and not _of_words(error) else None
    return page(
        asked,
        "segments/edit.html",
        title=found.name if found else asked.texts("segments.new"),
        status=status_of(error) if error else 200,
        segment=found,
        rule=redrawn(asked) if draft is None else rule_builder(asked, draft, error=wrong),
        seen=look_at_sent(asked) if draft is None else None,
        sent=_sent(asked, found),
        key=key,
        version=_looked_at(asked, found, error),
        to_sugar=segment_write(
            asked.app, segment_of(asked.app, asked.tenant, ListId(found.list_id))
        )
        if found
        else None,
        fed=fed_campaigns(asked.app, asked.tenant, ListId(found.list_id)) if found else (),
        error=body,
    )


def _looked_at(asked: Asked, found: SegmentWhole | None, error: FunnelError | None) -> str:
    """The version that is changed: the one that was sent, until somebody is told of another."""
    told = asked.method != "POST" or isinstance(error, Conflict)
    return str(found.version if found and told else asked.form_value("version"))


def _of_words(error: InputInvalid) -> bool:
    return error.field in ("", "name", "description")


def _sent(asked: Asked, found: SegmentWhole | None) -> Mapping[str, str]:
    if asked.method == "POST":
        return {name: asked.form_value(name) for name in ("name", "description", "confirmed")}
    named = (found.name, found.description) if found else ("", "")
    return dict(zip(("name", "description"), named, strict=True))


def _flash(asked: Asked) -> str:
    done = DONE.get(asked.query("saved"))
    return asked.texts(done) if done else ""
