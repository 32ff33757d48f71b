"""The setup API of mail: what its page does, as JSON."""

from dataclasses import dataclass

from funnel.domain.mail.mail_caps import MailCap
from funnel.domain.mail.mails import MailId
from funnel.domain.signing_in.tenants import Role
from funnel.usecases.mail.remove_domain import remove_domain
from funnel.usecases.mail.sender_domains import (
    add_sender_domain,
    change_mail_settings,
)
from funnel.usecases.mail.settle_mail import say_it_was_sent, send_again
from funnel.usecases.mail.view_mail import (
    MailSettingsView,
    UnclearPage,
    mail_settings_view,
    shown_settings,
    unclear_page,
)
from funnel.usecases.uses.domain_uses import DomainUses, uses_of_domain
from funnel.web.asked import Asked
from funnel.web.room import PAGING, Room

room = Room(needs=Role.ADMIN)


@dataclass(frozen=True, slots=True)
class SenderBody:
    """Who mail comes from. With `notes_in_sugar` what sales reps send becomes a Note in Sugar.

    `cap` is how much marketing mail one person gets at most; null leaves it as it is.
    """

    from_name: str
    from_address: str
    postal_address: str
    unsubscribe_label: str = "Unsubscribe"
    notes_in_sugar: bool = False
    cap: MailCap | None = None


@dataclass(frozen=True, slots=True)
class DomainBody:
    """A domain that mail is to be sent from."""

    domain: str


@room.api("GET", "/api/setup/mail", "Mail settings, and why nothing can be sent", MailSettingsView)
def settings(asked: Asked) -> MailSettingsView:
    """The settings as they stand."""
    return mail_settings_view(asked.app, asked.tenant)


@room.api("PUT", "/api/setup/mail", "Save who mail comes from", MailSettingsView, body=SenderBody)
def save(asked: Asked) -> MailSettingsView:
    """The settings as they are then."""
    body = asked.json(SenderBody)
    saved = change_mail_settings(
        asked.app,
        asked.tenant,
        name=body.from_name,
        address=body.from_address,
        postal=body.postal_address,
        label=body.unsubscribe_label,
        notes=body.notes_in_sugar,
        cap=body.cap,
        by=asked.who.user_name,
    )
    return shown_settings(asked.app, saved)


@room.api(
    "POST",
    "/api/setup/mail/domains",
    "Add a domain to send from, or ask again how far it is",
    MailSettingsView,
    body=DomainBody,
)
def add(asked: Asked) -> MailSettingsView:
    """The settings with it."""
    return shown_settings(
        asked.app, add_sender_domain(asked.app, asked.tenant, asked.json(DomainBody).domain)
    )


@room.api(
    "GET",
    "/api/setup/mail/domains/<domain>/uses",
    "What stops without a domain: campaigns that run, broadcasts, forms, and how many emails",
    DomainUses,
)
def uses(asked: Asked, domain: str) -> DomainUses:
    """All that sends from it."""
    return uses_of_domain(asked.app, asked.tenant, domain)


@room.api(
    "DELETE",
    "/api/setup/mail/domains/<domain>",
    "Send from a domain no more; where mail goes out from it, confirmed",
    MailSettingsView,
    queries=("confirmed",),
)
def drop(asked: Asked, domain: str) -> MailSettingsView:
    """The settings without it."""
    confirmed = asked.query("confirmed") == "yes"
    return shown_settings(
        asked.app, remove_domain(asked.app, asked.tenant, domain, confirmed=confirmed)
    )


@room.api(
    "GET",
    "/api/setup/mail/unclear",
    "Mail of which nobody can tell whether it was sent",
    UnclearPage,
    queries=PAGING,
)
def unclear(asked: Asked) -> UnclearPage:
    """A page of it."""
    return unclear_page(asked.app, asked.tenant, **asked.paging())


@room.api(
    "POST", "/api/setup/mail/unclear/<mail_id>/again", "Send it again", UnclearPage, status=202
)
def again(asked: Asked, mail_id: str) -> UnclearPage:
    """What is unclear then."""
    send_again(asked.app, asked.tenant, MailId(mail_id), asked.who.user_name)
    return unclear_page(asked.app, asked.tenant)


@room.api("POST", "/api/setup/mail/unclear/<mail_id>/sent", "Count it as sent", UnclearPage)
def sent(asked: Asked, mail_id: str) -> UnclearPage:
    """What is unclear then."""
    say_it_was_sent(asked.app, asked.tenant, MailId(mail_id), asked.who.user_name)
    return unclear_page(asked.app, asked.tenant)
