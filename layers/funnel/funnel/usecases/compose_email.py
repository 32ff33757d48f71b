"""Make of an email what one reader gets: merge fields filled in, made harmless, the page around it."""

from collections.abc import Mapping
from dataclasses import dataclass

from funnel.domain.emails import Email
from funnel.domain.ids import Module, RecordKey
from funnel.domain.mail_fields import Sender, field_values
from funnel.domain.mail_frame import framed_html
from funnel.domain.merge_fields import fill_html, fill_line
from funnel.domain.records import Person
from funnel.domain.senders import MailSettings
from funnel.usecases.app import App
from funnel.usecases.send_mail import clean_html
from funnel.usecases.view_common import text_of

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
        *(clean_html(app, fill_html(p, values)) for p in (email.header, email.body, email.footer)),
    )


def values_for(app: App, person: Person, address: str, sender: Sender) -> dict[str, str]:
    """What the merge fields come to for a person."""
    company = "" if text_of(person.fields, "company") else _company(app, person)
    return field_values(person.name, person.fields, address, company, sender)


def preview_html(settings: MailSettings, subject: str, html: str) -> str:
    """The whole page as its reader sees it, without what tells of opens and clicks."""
    return framed_html(html, subject, settings, NOWHERE)


def _company(app: App, person: Person) -> str:
    keys = [one.key for one in person.links if one.key.module in (Module.CONTACTS, Module.LEADS)]
    records = app.records.records(person.tenant, keys) if keys else {}
    ordered = [records[key] for key in keys if key in records]
    parents = [
        RecordKey(Module.ACCOUNTS, one.parent_id)
        for one in ordered
        if one.key.module is Module.CONTACTS and one.parent_id
    ]
    accounts = app.records.records(person.tenant, parents[:1]) if parents else {}
    named = [one.name for one in accounts.values() if one.name]
    return next(
        iter([*named, *filter(None, (text_of(o.fields, "account_name") for o in ordered))]), ""
    )
