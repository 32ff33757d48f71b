"""Mail settings: who mail comes from, its domains, and the mail that nobody is sure of."""

from collections.abc import Callable

from funnel.domain.errors import FunnelError, InputInvalid
from funnel.domain.mail.mail_caps import MailCap
from funnel.domain.mail.mails import MailId
from funnel.domain.mail.senders import checked_settings
from funnel.domain.problems import Problems
from funnel.domain.signing_in.tenants import Role
from funnel.usecases.mail.remove_domain import remove_domain
from funnel.usecases.mail.sender_domains import (
    add_sender_domain,
    change_mail_settings,
)
from funnel.usecases.mail.settle_mail import say_it_was_sent, send_again
from funnel.usecases.mail.view_mail import mail_settings_view, unclear_page
from funnel.usecases.uses.domain_uses import uses_of_domain
from funnel.web.asked import Asked
from funnel.web.errors import form_error, status_of
from funnel.web.rendering import page
from funnel.web.replies import Reply, see_other
from funnel.web.room import Room

room = Room(needs=Role.ADMIN)

FIELDS = ("from_name", "from_address", "postal_address", "unsubscribe_label", "notes_in_sugar")
CAP = ("cap_on", "cap_most", "cap_days")
_SAID = {
    "saved": "mail.saved",
    "added": "mail.domain.added",
    "checked": "mail.domain.checked",
    "dropped": "mail.domain.dropped",
    "again": "mail.unclear.again.done",
    "sent": "mail.unclear.sent.done",
}


@room.page("GET", "/setup/mail")
def show(asked: Asked) -> Reply:
    """The page."""
    return _show(asked)


@room.page("POST", "/setup/mail")
def save(asked: Asked) -> Reply:
    """Save who mail comes from."""
    typed = {name: asked.form_value(name) for name in (*FIELDS, *CAP)}
    return _then(asked, "saved", lambda: _save(asked, typed), typed)


@room.page("POST", "/setup/mail/domains")
def add(asked: Asked) -> Reply:
    """Add a domain."""
    domain = asked.form_value("domain")
    return _then(
        asked,
        "added",
        lambda: add_sender_domain(asked.app, asked.tenant, domain),
        {"domain": domain},
    )


@room.page("POST", "/setup/mail/domains/<domain>/check")
def check(asked: Asked, domain: str) -> Reply:
    """Ask the mail service how far a domain is."""
    return _then(asked, "checked", lambda: add_sender_domain(asked.app, asked.tenant, domain))


@room.page("POST", "/setup/mail/domains/<domain>/remove")
def drop(asked: Asked, domain: str) -> Reply:
    """Send from it no more, once what that stops was read."""
    confirmed = asked.form_value("confirmed") == "yes"
    uses = uses_of_domain(asked.app, asked.tenant, domain)
    if uses.stops_something and not confirmed:
        title = asked.texts("mail.domain.stops", domain=domain)
        return page(asked, "setup/mail_domain.html", title=title, domain=domain, uses=uses)
    return _then(
        asked,
        "dropped",
        lambda: remove_domain(asked.app, asked.tenant, domain, confirmed=confirmed),
    )


@room.page("POST", "/setup/mail/unclear/<mail_id>/again")
def again(asked: Asked, mail_id: str) -> Reply:
    """Send a mail again."""
    by, one = asked.who.user_name, MailId(mail_id)
    return _then(asked, "again", lambda: send_again(asked.app, asked.tenant, one, by))


@room.page("POST", "/setup/mail/unclear/<mail_id>/sent")
def sent(asked: Asked, mail_id: str) -> Reply:
    """Count a mail as sent."""
    by, one = asked.who.user_name, MailId(mail_id)
    return _then(asked, "sent", lambda: say_it_was_sent(asked.app, asked.tenant, one, by))


def _save(asked: Asked, typed: dict[str, str]) -> None:
    wrong, now = Problems(), asked.app.mails.mail_settings(asked.tenant)
    cap = _cap(typed, now.cap, wrong) if "cap_most" in asked.form() else None
    words = {
        "name": typed["from_name"],
        "address": typed["from_address"],
        "postal": typed["postal_address"],
        "label": typed["unsubscribe_label"],
        "by": asked.who.user_name,
    }
    notes = typed["notes_in_sugar"] == "yes"
    with wrong.found():
        checked_settings(now, **words, notes=notes, cap=cap)
    wrong.raise_all()
    change_mail_settings(asked.app, asked.tenant, **words, notes=notes, cap=cap)


def _cap(typed: dict[str, str], now: MailCap, wrong: Problems) -> MailCap:
    """The cap; what is no number is `wrong`, and stays as it is now."""
    most, days = now.most, now.days
    with wrong.found():
        most = _number(typed, "cap_most")
    with wrong.found():
        days = _number(typed, "cap_days")
    return MailCap(most, days, typed["cap_on"] == "yes")


def _number(typed: dict[str, str], name: str) -> int:
    text = typed[name].strip()
    if not (text.isascii() and text.isdigit() and len(text) < 4):
        raise InputInvalid("Enter a whole number.", field=name)
    return int(text)


def _then(
    asked: Asked, done: str, work: Callable[[], object], typed: dict[str, str] | None = None
) -> Reply:
    try:
        work()
    except FunnelError as error:
        return _show(asked, error, typed)
    return see_other(f"/setup/mail?done={done}")


def _show(
    asked: Asked, error: FunnelError | None = None, typed: dict[str, str] | None = None
) -> Reply:
    view = mail_settings_view(asked.app, asked.tenant)
    said = _SAID.get(asked.query("done"), "")
    cap = {
        "cap_on": "yes" if view.cap.is_on else "",
        "cap_most": str(view.cap.most),
        "cap_days": str(view.cap.days),
    }
    shown = {name: getattr(view, name) for name in FIELDS} | cap | {"domain": ""} | (typed or {})
    return page(
        asked,
        "setup/mail.html",
        title=asked.texts("mail.title"),
        status=status_of(error) if error else 200,
        view=view,
        typed=shown,
        unclear=unclear_page(asked.app, asked.tenant, asked.query("cursor")),
        cursor=asked.query("cursor"),
        said=asked.texts(said) if said else "",
        error=form_error(error, (*FIELDS, *CAP)) if error else None,
    )
