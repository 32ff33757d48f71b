"""An email before it goes out: as a contact sees it, its checks, its links, and a test of it."""

from collections.abc import Sequence
from urllib.parse import urlencode

from funnel.domain.emails.emails import EmailId
from funnel.domain.errors import FunnelError, InputInvalid, MailRefused, TooManyTries
from funnel.domain.ids import PersonId, SugarId
from funnel.domain.signing_in.tenants import Role
from funnel.usecases.emails.check_links import links_view, request_link_check
from funnel.usecases.emails.keep_emails import email_of
from funnel.usecases.emails.send_test import readers_of_tests, send_test
from funnel.usecases.emails.view_emails import findings_of, preview_email
from funnel.usecases.mail.mail_totals import totals
from funnel.usecases.people.find_people import find_people
from funnel.usecases.people.people_filter import PeopleFilter
from funnel.web.asked import Asked
from funnel.web.errors import error_body, status_of
from funnel.web.mail_page import darkened, mail_page
from funnel.web.rendering import page
from funnel.web.replies import Reply, see_other
from funnel.web.room import Room

room = Room(needs=Role.MARKETER)

MOST_FOUND = 8


@room.page("GET", "/app/emails/<email_id>/preview")
def preview(asked: Asked, email_id: str) -> Reply:
    """How it looks to somebody, on a phone and on a desk, and what is to be looked at."""
    return _page(asked, email_id)


@room.page("GET", "/app/emails/<email_id>/page")
def preview_page(asked: Asked, email_id: str) -> Reply:
    """The page of the email by itself, for a frame of the preview."""
    person = PersonId(asked.query("person"))
    found = preview_email(asked.app, asked.tenant, EmailId(email_id), person or None)
    return mail_page(darkened(found.html) if asked.query("dark") == "yes" else found.html)


@room.page("POST", "/app/emails/<email_id>/links")
def ask_for_links(asked: Asked, email_id: str) -> Reply:
    """Have the links asked for, and wait for it there."""
    person = PersonId(asked.form_value("person"))
    try:
        found = request_link_check(asked.app, asked.tenant, EmailId(email_id), asked.who.user_name)
    except (InputInvalid, TooManyTries) as error:
        return _page(asked, email_id, error, person)
    query = {"person": person, "job": found.job_id} if person else {"job": found.job_id}
    return see_other(f"/app/emails/{email_id}/preview?{urlencode(query)}#links-part")


@room.page("GET", "/app/emails/<email_id>/links")
def show_links(asked: Asked, email_id: str) -> Reply:
    """The part of the page that waits for them."""
    email = email_of(asked.app, asked.tenant, EmailId(email_id))
    links = links_view(asked.app, asked.tenant, email.email_id, asked.query("job"))
    person = asked.query("person")
    return page(asked, "emails/links.html", email=email, links=links, person=person)


@room.page("GET", "/app/emails/<email_id>/numbers")
def numbers(asked: Asked, email_id: str) -> Reply:
    """What became of all that was sent of it."""
    email = email_of(asked.app, asked.tenant, EmailId(email_id))
    return page(
        asked,
        "emails/numbers.html",
        title=asked.texts("emails.tab.numbers"),
        email=email,
        totals=totals(asked.app, asked.tenant, "email", email_id),
    )


@room.page("POST", "/app/emails/<email_id>/test")
def test(asked: Asked, email_id: str) -> Reply:
    """Send a test to some users."""
    to = [SugarId(one) for one in asked.form().get("to", [])]
    key, person = asked.form_value("key"), PersonId(asked.form_value("person"))
    try:
        sent = send_test(asked.app, asked.tenant, EmailId(email_id), key, to, person or None)
    except (InputInvalid, MailRefused, TooManyTries) as error:
        return _page(asked, email_id, error, person, to=to)
    return _page(asked, email_id, person=person, sent=", ".join(sent.addresses))


def _page(
    asked: Asked,
    email_id: str,
    error: FunnelError | None = None,
    person: PersonId | None = None,
    sent: str = "",
    to: Sequence[SugarId] = (),
) -> Reply:
    app, tenant = asked.app, asked.tenant
    email = email_of(app, tenant, EmailId(email_id))
    seen_by = person if person is not None else PersonId(asked.query("person"))
    query = asked.query("q")
    wanted = PeopleFilter(query=query)
    return page(
        asked,
        "emails/preview.html",
        title=asked.texts("emails.preview"),
        status=status_of(error) if error else 200,
        email=email,
        preview=preview_email(app, tenant, email.email_id, seen_by or None),
        findings=findings_of(app, tenant, email.email_id),
        from_name=app.mails.mail_settings(tenant).from_name,
        person=seen_by,
        people=find_people(app, tenant, wanted, limit=MOST_FOUND).items,
        query=query,
        dark=asked.query("dark") == "yes",
        links=links_view(app, tenant, email.email_id, asked.query("job")),
        testers=readers_of_tests(app, tenant, asked.who.user_name),
        to=to,
        key=app.ids.new_id(),
        problem=error_body(error) if error else None,
        flash=asked.texts("emails.test.sent", to=sent) if sent else "",
    )
