"""Make of an email what one reader gets: merge fields filled in, made harmless, the page around it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from funnel.domain.emails.emails import Email
from funnel.domain.mail.mail_fields import Sender
from funnel.domain.mail.mail_frame import framed_html
from funnel.domain.mail.mail_html import without_dead_links
from funnel.domain.mail.mail_pages import PLAIN_PAGE, MailPage
from funnel.domain.mail.merge_fields import fields_in, fill_html, fill_line
from funnel.domain.mail.senders import MailSettings
from funnel.domain.sync.records import Person
from funnel.usecases.app import App
from funnel.usecases.emails.merge_values import MergeValues
from funnel.usecases.mail.send_mail import clean_html

NOWHERE = "#"
"""Where the unsubscribe link of a preview leads."""


@dataclass(frozen=True, slots=True)
class FilledEmail:
    """An email to one reader, each part harmless for itself."""

    subject: str
    header: str
    body: str
    footer: str


def filled(app: App, email: Email, values: Mapping[str, str]) -> FilledEmail:
    """The email with these values. What a value says is text, and never markup."""
    return FilledEmail(
        fill_line(email.subject, values).strip(),
        *(_filled(app, part, values) for part in (email.header, email.body, email.footer)),
    )


def _filled(app: App, template: str, values: Mapping[str, str]) -> str:
    html = clean_html(app, fill_html(template, values))
    # A field may stand where a link leads, and what is known of a person be no address.
    return without_dead_links(html) if 'href="{{' in template else html


def values_for(
    app: App, person: Person, address: str, sender: Sender, templates: Iterable[str]
) -> dict[str, str]:
    """What the merge fields of these templates come to for a person."""
    names = {name for one in templates for name in fields_in(one)}
    values = MergeValues(app, person.tenant, names)
    return values.of([person], sender, {person.person_id: address})[person.person_id]


def preview_html(
    settings: MailSettings, subject: str, html: str, page: MailPage = PLAIN_PAGE
) -> str:
    """The whole page as its reader sees it, without what tells of opens and clicks."""
    return framed_html(html, subject, settings, NOWHERE, page=page)
