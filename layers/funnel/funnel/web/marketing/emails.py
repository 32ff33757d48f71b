"""Emails: the list, writing one, and how it looks to a person."""

from collections.abc import Mapping
from urllib.parse import urlencode

from funnel.domain.emails import EmailId
from funnel.domain.errors import Conflict, FunnelError, InputInvalid
from funnel.domain.ids import PersonId
from funnel.domain.mail_fields import FIELDS
from funnel.domain.tenants import Role
from funnel.usecases.find_people import find_people
from funnel.usecases.keep_emails import (
    EmailWords,
    KeptEmail,
    add_email,
    change_email,
    delete_email,
)
from funnel.usecases.people_filter import PeopleFilter
from funnel.usecases.view_emails import list_emails, one_email, preview_email
from funnel.web.asked import Asked
from funnel.web.errors import error_body, status_of
from funnel.web.mail_page import mail_page
from funnel.web.rendering import page
from funnel.web.replies import Reply, see_other
from funnel.web.room import Room

room = Room(needs=Role.MARKETER)

DONE = {"added": "emails.added", "changed": "emails.changed", "deleted": "emails.deleted"}
WRITTEN = ("name", "subject", "header", "body", "footer")
MOST_FOUND = 8


@room.page("GET", "/app/emails")
def show_all(asked: Asked) -> Reply:
    """All emails."""
    done = DONE.get(asked.query("saved"))
    return page(
        asked,
        "emails/all.html",
        title=asked.texts("emails.title"),
        emails=list_emails(asked.app, asked.tenant).items,
        flash=asked.texts(done) if done else "",
    )


@room.page("GET", "/app/emails/new")
def ask_new(asked: Asked) -> Reply:
    """The form for a new one."""
    return _form(asked, {"key": asked.app.ids.new_id()})


@room.page("POST", "/app/emails/new")
def add(asked: Asked) -> Reply:
    """Add it, and go there."""
    key = asked.form_value("key")
    try:
        if not key:
            raise InputInvalid("Open the form for a new email again.")
        by = asked.who.user_name
        kept = add_email(asked.app, asked.tenant, key, _words(asked), by)
    except InputInvalid as error:
        return _form(asked, _sent(asked), error)
    return _kept(kept, "added")


@room.page("GET", "/app/emails/<email_id>")
def show_one(asked: Asked, email_id: str) -> Reply:
    """One email."""
    return _form(asked, {}, email_id=email_id)


@room.page("POST", "/app/emails/<email_id>")
def change(asked: Asked, email_id: str) -> Reply:
    """Save what was changed, unless somebody else did meanwhile."""
    by = asked.who.user_name
    try:
        kept = change_email(
            asked.app, asked.tenant, EmailId(email_id), _words(asked), _version(asked), by
        )
    except (InputInvalid, Conflict) as error:
        return _form(asked, _sent(asked), error, email_id)
    return _kept(kept, "changed")


@room.page("POST", "/app/emails/<email_id>/delete")
def delete(asked: Asked, email_id: str) -> Reply:
    """Remove it."""
    try:
        delete_email(asked.app, asked.tenant, EmailId(email_id), _version(asked))
    except Conflict as error:
        return _form(asked, {}, error, email_id)
    return see_other("/app/emails?saved=deleted")


@room.page("GET", "/app/emails/<email_id>/preview")
def preview(asked: Asked, email_id: str) -> Reply:
    """How it looks to somebody, on a phone and on a desk."""
    person, query = PersonId(asked.query("person")), asked.query("q")
    found = preview_email(asked.app, asked.tenant, EmailId(email_id), person or None)
    wanted = PeopleFilter(query=query)
    people = find_people(asked.app, asked.tenant, wanted, limit=MOST_FOUND).items
    return page(
        asked,
        "emails/preview.html",
        title=asked.texts("emails.preview"),
        email=one_email(asked.app, asked.tenant, EmailId(email_id)),
        preview=found,
        person=person,
        people=people,
        query=query,
    )


@room.page("GET", "/app/emails/<email_id>/page")
def preview_page(asked: Asked, email_id: str) -> Reply:
    """The page of the email by itself, for a frame of the preview."""
    person = PersonId(asked.query("person"))
    found = preview_email(asked.app, asked.tenant, EmailId(email_id), person or None)
    return mail_page(found.html)


def _words(asked: Asked) -> EmailWords:
    name, subject, header, body, footer = map(asked.form_value, WRITTEN)
    is_template = asked.form_value("sales_template") == "yes"
    return EmailWords(name, subject, body, header, footer, is_template)


def _version(asked: Asked) -> int:
    """Raises `InputInvalid`."""
    text = asked.form_value("version")
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise InputInvalid("Open the email again.")
    return int(text)


def _kept(kept: KeptEmail, done: str) -> Reply:
    values = {"saved": done}
    if kept.removed:
        values["removed"] = " ".join(kept.removed)
    return see_other(f"/app/emails/{kept.email.email_id}?{urlencode(values)}")


def _form(
    asked: Asked, sent: Mapping[str, str], error: FunnelError | None = None, email_id: str = ""
) -> Reply:
    email = one_email(asked.app, asked.tenant, EmailId(email_id)) if email_id else None
    done = DONE.get(asked.query("saved")) if not error else None
    return page(
        asked,
        "emails/one.html",
        title=email.name if email else asked.texts("emails.new"),
        status=status_of(error) if error else 200,
        email=email,
        sent=sent,
        is_conflict=isinstance(error, Conflict),
        error=error_body(error) if error else None,
        removed=asked.query("removed")[:400].split() if done else [],
        fields=FIELDS,
        flash=asked.texts(done) if done else "",
    )


def _sent(asked: Asked) -> dict[str, str]:
    """What was typed, to be typed no second time."""
    return {name: values[0] for name, values in asked.form().items()}
