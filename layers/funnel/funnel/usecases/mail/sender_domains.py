"""A tenant's mail settings, and the domains it sends from."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from funnel.domain.errors import Conflict, InputInvalid, NotFound, StoreBusy, Transient
from funnel.domain.ids import TenantId
from funnel.domain.mail.mail_addresses import domain_of, wire_domain
from funnel.domain.mail.mail_caps import MailCap
from funnel.domain.mail.senders import (
    MOST_DOMAINS,
    DomainState,
    MailSettings,
    SenderDomain,
    SenderTrouble,
    checked_settings,
)
from funnel.ports.mailer import Mailer
from funnel.usecases.app import App

_TRIES = 5


def change_mail_settings(
    app: App,
    tenant: TenantId,
    *,
    name: str,
    address: str,
    postal: str,
    label: str,
    by: str,
    notes: bool = False,
    cap: MailCap | None = None,
) -> MailSettings:
    """Save who mail comes from, whether Sugar gets Notes, and the frequency cap, unless it stays.

    Raises `InputInvalid` naming the field.
    """
    return _change(
        app,
        tenant,
        lambda one: checked_settings(one, name, address, postal, label, by, notes=notes, cap=cap),
    )


def add_sender_domain(app: App, tenant: TenantId, domain: str) -> MailSettings:
    """Have the tenant send from a domain once its DNS records are seen; again asks how far that is.

    Raises `InputInvalid`, `NotAllowed` for a domain of somebody else, and `MailBusy`.
    """
    wire = wire_domain(domain)
    known = {one.state.domain for one in app.mails.mail_settings(tenant).domains}
    if wire not in known and len(known) >= MOST_DOMAINS:
        raise InputInvalid(f"At most {MOST_DOMAINS} domains.", field="domain")
    state = _mailer(app).add_domain(tenant, wire)
    return _keep(app, tenant, state, is_new=True)


def drop_sender_domain(app: App, tenant: TenantId, domain: str) -> MailSettings:
    """Send from this domain no more. What the mail service knows of it stays. Raises `NotFound`."""
    if all(one.state.domain != domain for one in app.mails.mail_settings(tenant).domains):
        raise NotFound("There is no such domain.")

    def without(settings: MailSettings) -> MailSettings:
        kept = tuple(one for one in settings.domains if one.state.domain != domain)
        return replace(settings, domains=kept)

    return _change(app, tenant, without)


def fresh_settings(app: App, tenant: TenantId, address: str) -> MailSettings:
    """The settings, after the mail service was asked for the sender's domain within ten minutes.

    While it does not answer, what it said last counts.
    """
    wanted = domain_of(address)
    settings = app.mails.mail_settings(tenant)
    found = settings.domain(address)
    if found is None or not found.is_stale(app.clock.now()):
        return settings
    try:
        state = _mailer(app).domain(wanted)
    except Transient:
        return settings
    return _keep(app, tenant, state or DomainState(wanted, False, "GONE"))


def note_trouble(app: App, tenant: TenantId, reason: str, since: datetime) -> None:
    """Mail waits, for this reason: written down for people to read, every ten minutes at the most."""
    now, settings = app.clock.now(), app.mails.mail_settings(tenant)
    known = settings.trouble_now(now)
    if known is not None and known.is_noted(reason, now):
        return
    began = since if known is None else min(known.since, since)
    # Many mails meet it at once, and one of them is enough.
    with suppress(Conflict):
        app.mails.save_mail_settings(replace(settings, trouble=SenderTrouble(reason, began, now)))


def end_trouble(app: App, tenant: TenantId) -> None:
    """Mail goes out again."""
    settings = app.mails.mail_settings(tenant)
    if settings.trouble is not None:
        with suppress(Conflict):
            app.mails.save_mail_settings(replace(settings, trouble=None))


def _keep(app: App, tenant: TenantId, state: DomainState, *, is_new: bool = False) -> MailSettings:
    """Unless `is_new`, of a domain that is still there: an admin may have removed it meanwhile."""
    checked = SenderDomain(state, app.clock.now())

    def kept(settings: MailSettings) -> MailSettings:
        others = [one for one in settings.domains if one.state.domain != state.domain]
        if not is_new and len(others) == len(settings.domains):
            return settings
        domains = sorted([*others, checked], key=lambda one: one.state.domain)
        return replace(settings, domains=tuple(domains))

    return _change(app, tenant, kept)


def _change(
    app: App, tenant: TenantId, change: Callable[[MailSettings], MailSettings]
) -> MailSettings:
    for _ in range(_TRIES):
        try:
            return app.mails.save_mail_settings(change(app.mails.mail_settings(tenant)))
        except Conflict:
            continue
    raise StoreBusy("Others keep changing the mail settings.")


def _mailer(app: App) -> Mailer:
    if app.mailer is None:
        raise RuntimeError("this door has no mailer")
    return app.mailer
