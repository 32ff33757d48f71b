"""Whom a rep writes to, as whom, and from what: what stands in the way is said before a word is written."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from funnel.domain.emails.emails import EmailId
from funnel.domain.ids import Module, RecordKey
from funnel.domain.mail.mail_fields import Sender
from funnel.domain.mail.merge_fields import fill_line
from funnel.domain.mail.senders import MailSettings, why_unfit
from funnel.domain.sync.records import Person, SugarRecord
from funnel.domain.vision.viewers import Viewer
from funnel.usecases.app import App
from funnel.usecases.emails.compose_email import values_for
from funnel.usecases.view_common import text_of
from funnel.usecases.vision.view_prospect import MayMail, may_mail, seen_prospect

ASK_ADMIN = "An admin can mend this in Funnel, under Mail settings."


@dataclass(frozen=True, slots=True)
class Hindrance:
    """Why nothing can be sent, and what can be done about it."""

    text: str
    mend: str


@dataclass(frozen=True, slots=True)
class Partners:
    """A prospect, and the rep who writes to it."""

    record: SugarRecord
    person: Person
    addresses: tuple[MayMail, ...]
    sender: Sender
    settings: MailSettings


@dataclass(frozen=True, slots=True)
class TemplateView:
    """A Sales Template to begin with."""

    email_id: EmailId
    name: str
    subject: str
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class ConversationStart:
    """Who writes to whom. Where something is in the way there are no templates."""

    module: Module
    sugar_id: str
    name: str
    url: str
    addresses: tuple[MayMail, ...]
    sender_name: str
    sender_address: str
    hindrance: Hindrance | None
    templates: tuple[TemplateView, ...]


def begin_conversation(
    app: App, viewer: Viewer, key: RecordKey, url: Callable[[RecordKey], str]
) -> ConversationStart:
    """What a rep is shown first. Raises `NotFound` for a prospect that may not be seen."""
    between = partners(app, viewer, key)
    hindrance = what_hinders(between)
    templates = () if hindrance else templates_of(app, viewer, between)
    return ConversationStart(
        key.module,
        key.sugar_id,
        between.record.name,
        url(key),
        between.addresses,
        between.sender.name,
        between.sender.address,
        hindrance,
        templates,
    )


def partners(app: App, viewer: Viewer, key: RecordKey) -> Partners:
    """The two, as they are known here. Raises `NotFound` for a prospect that may not be seen."""
    record, person = seen_prospect(app, viewer.tenant, key, viewer.may_see)
    return Partners(
        record,
        person,
        may_mail(app, person),
        sender_of(app, viewer),
        app.mails.mail_settings(viewer.tenant),
    )


def sender_of(app: App, viewer: Viewer) -> Sender:
    """The rep, by its User record in Sugar."""
    key = RecordKey(Module.USERS, viewer.user_id)
    user = app.records.records(viewer.tenant, [key]).get(key)
    fields = user.fields if user else {}
    return Sender(
        viewer.name,
        text_of(fields, "email1").strip(),
        text_of(fields, "first_name"),
        text_of(fields, "phone_work"),
        text_of(fields, "title"),
    )


def templates_of(app: App, viewer: Viewer, between: Partners) -> tuple[TemplateView, ...]:
    """The Sales Templates by name, with the subject as this prospect would read it."""
    address = next(one.email for one in between.addresses if one.allowed)
    offered = [one for one in app.emails.emails(viewer.tenant) if one.is_offered]
    subjects = [one.subject for one in offered]
    values = values_for(app, between.person, address, between.sender, subjects)
    return tuple(
        TemplateView(one.email_id, one.name, fill_line(one.subject, values), one.changed_at)
        for one in offered
    )


def what_hinders(between: Partners) -> Hindrance | None:
    """Why this rep cannot write to this prospect now; None if it can."""
    if not between.sender.address:
        return Hindrance(
            "Sugar knows no email address of yours.",
            "Enter it in your profile in Sugar. It is known here after the next sync, within the hour.",
        )
    unfit = why_unfit(between.settings, between.sender.address)
    if unfit:
        return Hindrance(f"You cannot send from {between.sender.address}: {unfit}", ASK_ADMIN)
    if not between.addresses:
        return Hindrance(
            "No email address of this prospect is known.",
            "Enter one in Sugar. It is known here after the next sync, within the hour.",
        )
    if not any(one.allowed for one in between.addresses):
        return _may_not(between.addresses[0])
    return None


def _may_not(one: MayMail) -> Hindrance:
    if one.kind == "opted_out":
        return Hindrance(
            f"{one.email} has opted out of email.",
            "Nobody here may write to it. It can be taken back in Sugar, if its owner asks for that.",
        )
    return Hindrance(
        f"Mail to {one.email} does not arrive: it is marked as invalid.",
        "Ask for the right address, and enter it in Sugar.",
    )
