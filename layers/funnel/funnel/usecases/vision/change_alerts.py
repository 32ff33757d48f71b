"""What a rep wants to be told of: by the rep, by the link in a mail, and where mail comes back."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from funnel.domain.errors import Conflict, StoreBusy
from funnel.domain.ids import SugarId, TenantId
from funnel.domain.mail.mails import Happened, Heard, Mail, Word
from funnel.domain.mail.senders import why_unfit
from funnel.domain.time_zones import time_zone
from funnel.domain.vision.alerts import (
    Alert,
    Alerts,
    checked_alerts,
    set_to,
    without,
)
from funnel.usecases.app import App
from funnel.usecases.mail.mail_fitness import address_of, user_at, why_not_to_user

ABOUT = "alerts"
"""The name by which a mail says which alerts it is one of."""

_TRIES = 6
_STOPPED = {
    Happened.BOUNCE: "An alert to your address came back, so all were switched off.",
    Happened.COMPLAINT: "An alert was marked as spam, so all were switched off.",
}


@dataclass(frozen=True, slots=True)
class AlertsView:
    """A rep's alerts: what is on, where they go, and why none is sent; `mend` says who can help."""

    on: tuple[Alert, ...]
    threshold: int
    hour: int
    zone: str
    address: str
    trouble: str
    mend: str
    stopped: str


def view_alerts(app: App, tenant: TenantId, user_id: SugarId) -> AlertsView:
    """What the rep has chosen."""
    return _view(app, app.alerts.alerts(tenant, user_id))


def change_alerts(
    app: App,
    tenant: TenantId,
    user_id: SugarId,
    *,
    on: Iterable[str],
    threshold: int,
    hour: int,
    zone: str,
    language: str = "",
) -> AlertsView:
    """Save what the rep wants, and in which language; a zone that is not known here is UTC.

    Raises `InputInvalid`.
    """
    settings = checked_alerts(on, threshold, hour, zone if time_zone(zone) else "UTC")
    now = app.clock.now()

    def wanted(alerts: Alerts) -> Alerts:
        after = alerts if alerts.settings == settings else set_to(alerts, settings, now)
        return after if after.language == language else replace(after, language=language)

    return _view(app, _change(app, tenant, user_id, wanted))


def switch_by_mail(app: App, mail: Mail, word: Word) -> None:
    """Switch off what the mail was an alert of, or on again what its page was the last to switch off.

    A word from before another change says nothing any more. On again is what the settings were at,
    from now on. Raises `StoreBusy`.
    """
    kinds = _kinds(mail)

    def said(alerts: Alerts) -> Alerts:
        if word.opt_out:
            if alerts.changed_at is not None and word.at <= alerts.changed_at:
                return alerts
            left = without(alerts, kinds, word.at)
            return left if left == alerts else replace(left, left_by=mail.mail_id)
        if alerts.left_by != mail.mail_id:
            return alerts
        on = {*alerts.settings.on, *kinds}
        settings = replace(alerts.settings, on=tuple(one for one in Alert if one in on))
        return set_to(alerts, settings, word.at)

    _change(app, mail.tenant, mail.user, said)


def stop_by_mail(app: App, mail: Mail, heard: Heard) -> None:
    """Switch all off where an alert came back or annoyed: to go on would harm who else sends mail."""
    why = _STOPPED.get(heard.what)
    if why is not None:
        now = app.clock.now()
        _change(app, mail.tenant, mail.user, lambda one: without(one, Alert, now, why))


def _kinds(mail: Mail) -> tuple[Alert, ...]:
    named = mail.about.get(ABOUT, "").split(" ")
    return tuple(one for one in Alert if one.value in named)


def _change(
    app: App, tenant: TenantId, user_id: SugarId, change: Callable[[Alerts], Alerts]
) -> Alerts:
    for _ in range(_TRIES):
        before = app.alerts.alerts(tenant, user_id)
        after = change(before)
        if after == before:
            return before
        try:
            return app.alerts.save_alerts(after)
        except Conflict:
            continue
    raise StoreBusy("Others keep changing the alerts.")


def _view(app: App, alerts: Alerts) -> AlertsView:
    tenant, settings = alerts.tenant, alerts.settings
    user = user_at(app, tenant, alerts.user_id)
    address = address_of(user) if user else ""
    trouble, mend = why_not_to_user(user, address), ""
    if trouble:
        mend = "Have an admin of Sugar mend your User there; it is right here after the next sync."
    else:
        mail_settings = app.mails.mail_settings(tenant)
        trouble = why_unfit(mail_settings, mail_settings.from_address)
        mend = "An admin of Funnel can mend that under Settings, Mail settings." if trouble else ""
    return AlertsView(
        settings.on,
        settings.threshold,
        settings.hour,
        settings.zone,
        address,
        trouble,
        mend,
        alerts.stopped,
    )
