"""Emails by JSON: what the pages of emails show and do."""

from dataclasses import dataclass

from funnel.domain.emails.email_checks import Finding
from funnel.domain.emails.emails import EmailId
from funnel.domain.errors import InputInvalid
from funnel.domain.ids import PersonId, SugarId
from funnel.domain.mail.mail_totals import MailTotals
from funnel.domain.signing_in.tenants import Role
from funnel.usecases.emails import view_emails
from funnel.usecases.emails.check_links import LinksView, links_view, request_link_check
from funnel.usecases.emails.keep_emails import (
    EmailWords,
    KeptEmail,
    add_email,
    archive_email,
    change_email,
    copy_email,
    delete_email,
    email_of,
)
from funnel.usecases.emails.send_test import SentTest, Tester, readers_of_tests, send_test
from funnel.usecases.emails.view_emails import EmailPreview, EmailsView, EmailView, email_view
from funnel.usecases.mail.mail_totals import totals
from funnel.web.asked import Asked
from funnel.web.marketing.copying import WantedCopy
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


@dataclass(frozen=True, slots=True)
class ArchivedEmail:
    """Whether it is to be put aside."""

    archived: bool


@dataclass(frozen=True, slots=True)
class EmailChecks:
    """What is to be looked at, the bad first."""

    items: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Testers:
    """Users that a test can be sent to."""

    items: tuple[Tester, ...]


@dataclass(frozen=True, slots=True)
class WantedTest:
    """A test to these users, filled in as for `person`, "" for nobody known."""

    key: str
    to: tuple[SugarId, ...]
    person: PersonId = PersonId("")


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
    email = email_of(asked.app, asked.tenant, EmailId(email_id))
    delete_email(asked.app, asked.tenant, email.email_id, email.version)
    return view_emails.list_emails(asked.app, asked.tenant)


@room.api(
    "POST",
    "/api/app/emails/<email_id>/copy",
    "A new email that says the same; by the same key one is made",
    EmailView,
    body=WantedCopy,
    status=201,
)
def copy(asked: Asked, email_id: str) -> EmailView:
    """The copy."""
    key = asked.json(WantedCopy).key
    found = copy_email(asked.app, asked.tenant, EmailId(email_id), key, asked.who.user_name)
    return email_view(asked.app, KeptEmail(found, ()))


@room.api(
    "PUT",
    "/api/app/emails/<email_id>/archived",
    "Put an email aside, so that it is offered nowhere, or take it back",
    EmailView,
    body=ArchivedEmail,
)
def archive(asked: Asked, email_id: str) -> EmailView:
    """The email as it is then."""
    archived, by = asked.json(ArchivedEmail).archived, asked.who.user_name
    found = archive_email(asked.app, asked.tenant, EmailId(email_id), archived=archived, by=by)
    return email_view(asked.app, KeptEmail(found, ()))


@room.api(
    "POST",
    "/api/app/emails/preview",
    "Words as they would be seen; nothing is kept",
    EmailPreview,
    body=EmailWords,
    queries=("person",),
)
def preview_words(asked: Asked) -> EmailPreview:
    """How they would look."""
    person = PersonId(asked.query("person"))
    words = asked.json(EmailWords)
    return view_emails.draft_preview(asked.app, asked.tenant, words, person or None)


@room.api(
    "GET",
    "/api/app/emails/<email_id>/checks",
    "What is to be looked at in an email before it goes out",
    EmailChecks,
)
def checks(asked: Asked, email_id: str) -> EmailChecks:
    """The findings."""
    return EmailChecks(view_emails.findings_of(asked.app, asked.tenant, EmailId(email_id)))


@room.api(
    "POST",
    "/api/app/emails/<email_id>/links",
    "Ask the servers of its links whether the pages are there; look at `job_id` until it has ended",
    LinksView,
    status=202,
)
def ask_for_links(asked: Asked, email_id: str) -> LinksView:
    """The job that asks."""
    by = asked.who.user_name
    return request_link_check(asked.app, asked.tenant, EmailId(email_id), by)


@room.api(
    "GET",
    "/api/app/emails/<email_id>/links",
    "Its links to pages, and what this job has found of them",
    LinksView,
    queries=("job",),
)
def links(asked: Asked, email_id: str) -> LinksView:
    """The links."""
    return links_view(asked.app, asked.tenant, EmailId(email_id), asked.query("job"))


@room.api("GET", "/api/app/emails/testers", "Users that a test can be sent to", Testers)
def testers(asked: Asked) -> Testers:
    """Active users with an address."""
    return Testers(readers_of_tests(asked.app, asked.tenant, asked.who.user_name))


@room.api(
    "POST",
    "/api/app/emails/<email_id>/test",
    "Send a test to at most five users, once for each key",
    SentTest,
    body=WantedTest,
    status=202,
)
def test(asked: Asked, email_id: str) -> SentTest:
    """To which addresses it is on its way."""
    wanted = asked.json(WantedTest)
    person, email = wanted.person or None, EmailId(email_id)
    return send_test(asked.app, asked.tenant, email, wanted.key, wanted.to, person)


@room.api(
    "GET",
    "/api/app/emails/<email_id>/numbers",
    "What became of all that was sent of it",
    MailTotals,
)
def numbers(asked: Asked, email_id: str) -> MailTotals:
    """The totals, tests left out."""
    email = email_of(asked.app, asked.tenant, EmailId(email_id))
    return totals(asked.app, asked.tenant, "email", email.email_id)


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
