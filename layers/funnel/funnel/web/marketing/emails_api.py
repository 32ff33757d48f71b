"""Emails by JSON: what the pages of emails show and do."""

from dataclasses import dataclass

from funnel.domain.emails import EmailId
from funnel.domain.errors import InputInvalid
from funnel.domain.ids import PersonId
from funnel.domain.tenants import Role
from funnel.usecases import view_emails
from funnel.usecases.keep_emails import EmailWords, add_email, change_email, delete_email
from funnel.usecases.view_emails import EmailPreview, EmailsView, EmailView, email_view
from funnel.web.asked import Asked
from funnel.web.room import Room

room = Room(needs=Role.MARKETER)


@dataclass(frozen=True, slots=True)
class NewEmail:
    """An email to be kept. The same `key` asks for the same one, however often."""

    key: str
    email: EmailWords


@dataclass(frozen=True, slots=True)
class ChangedEmail:
    """An email as it is to be; `version` is that of the one which was looked at."""

    version: int
    email: EmailWords


@room.api("GET", "/api/app/emails", "All emails, and the merge fields there are", EmailsView)
def emails(asked: Asked) -> EmailsView:
    """All emails."""
    return view_emails.list_emails(asked.app, asked.tenant)


@room.api("POST", "/api/app/emails", "Add an email", EmailView, body=NewEmail, status=201)
def add(asked: Asked) -> EmailView:
    """A new email, made harmless."""
    new, by = asked.json(NewEmail), asked.who.user_name
    if not new.key:
        raise InputInvalid("A key is needed, so that it is added once.", field="key")
    return email_view(asked.app, add_email(asked.app, asked.tenant, new.key, new.email, by))


@room.api("GET", "/api/app/emails/<email_id>", "One email whole", EmailView)
def one(asked: Asked, email_id: str) -> EmailView:
    """One email."""
    return view_emails.one_email(asked.app, asked.tenant, EmailId(email_id))


@room.api(
    "PUT",
    "/api/app/emails/<email_id>",
    "Change an email, unless it was changed since this version",
    EmailView,
    body=ChangedEmail,
)
def change(asked: Asked, email_id: str) -> EmailView:
    """The email as it is then."""
    sent, by = asked.json(ChangedEmail), asked.who.user_name
    kept = change_email(asked.app, asked.tenant, EmailId(email_id), sent.email, sent.version, by)
    return email_view(asked.app, kept)


@room.api("DELETE", "/api/app/emails/<email_id>", "Remove an email; the rest", EmailsView)
def delete(asked: Asked, email_id: str) -> EmailsView:
    """Remove it as it stands."""
    found = view_emails.one_email(asked.app, asked.tenant, EmailId(email_id))
    delete_email(asked.app, asked.tenant, EmailId(email_id), found.version)
    return view_emails.list_emails(asked.app, asked.tenant)


@room.api(
    "GET",
    "/api/app/emails/<email_id>/preview",
    "An email as a person would see it, or somebody of whom nothing is known",
    EmailPreview,
    queries=("person",),
)
def preview(asked: Asked, email_id: str) -> EmailPreview:
    """How it looks."""
    person = PersonId(asked.query("person"))
    return view_emails.preview_email(asked.app, asked.tenant, EmailId(email_id), person or None)
