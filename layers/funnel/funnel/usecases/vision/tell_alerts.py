"""Look what a sales rep is to be told of, and ask for the mail that tells it: at most once (E9)."""

import logging
from collections.abc import Sequence
from dataclasses import replace

from funnel.domain.connecting.sugar_links import record_url
from funnel.domain.crm import Endpoint
from funnel.domain.errors import Conflict, Permanent, StoreBusy, Transient
from funnel.domain.ids import PersonId, RecordKey, SugarId, TenantId
from funnel.domain.mail.mails import MailDraft
from funnel.domain.mail.senders import why_unfit
from funnel.domain.scoring.trends import moved_in_a_week
from funnel.domain.vision.alert_mails import Moved, Read, Said, Seen, alert_mail, digest_mail
from funnel.domain.vision.alert_speech import alert_speech
from funnel.domain.vision.alerts import (
    IF_UNABLE,
    MOST_IN_A_MAIL,
    MOST_LOOKED_AT,
    VISITS_COUNT_FOR,
    Alert,
    Alerts,
    Looked,
    Telling,
    begun_digest,
    is_digest_due,
    looked,
    put_off,
    told,
)
from funnel.domain.vision.prospects import Prospect
from funnel.usecases.app import App
from funnel.usecases.mail.mail_fitness import address_of, user_at, why_not_to_user
from funnel.usecases.mail.send_mail import request_mail
from funnel.usecases.vision.change_alerts import ABOUT

logger = logging.getLogger(__name__)

PAGE_SIZE = 100
MOST_HOT, MOST_SEEN, MOST_MAILS = 10, 25, 25
_TRIES = 6


def tell_alerts(app: App, tenant: TenantId, user_id: SugarId) -> None:
    """Look if it is time, or go on with what was begun to be told. May be repeated.

    Who cannot be written to is looked at again in an hour; what happens meanwhile is not told.
    """
    now = app.clock.now()
    alerts = app.alerts.alerts(tenant, user_id)
    if alerts.next_at is None or alerts.next_at > now:
        return
    try:
        _tell(app, alerts)
    except Transient:
        raise
    except Conflict:
        # Whoever changed the row looks, or the schedule's next round does.
        logger.info("changed meanwhile", extra={"user": user_id})
    except Exception:
        # One that is broken is not rung for each round.
        broken = app.alerts.alerts(tenant, user_id)
        app.alerts.save_alerts(replace(broken, next_at=now + IF_UNABLE))
        raise


def _tell(app: App, alerts: Alerts) -> None:
    now = app.clock.now()
    user = user_at(app, alerts.tenant, alerts.user_id)
    address = address_of(user) if user else ""
    settings = app.mails.mail_settings(alerts.tenant)
    connection = app.sync.connection(alerts.tenant)
    reason = why_not_to_user(user, address) or why_unfit(settings, settings.from_address)
    if reason or connection is None:
        app.alerts.save_alerts(put_off(alerts, now))
        return
    if alerts.telling is None:
        if is_digest_due(alerts, now):
            alerts = begun_digest(alerts, now)
        else:
            alerts = looked(alerts, _look(app, alerts), now)
        alerts = app.alerts.save_alerts(alerts)
    if alerts.telling is not None:
        mailed = _mail(app, alerts, alerts.telling, address, connection.endpoint)
        _settle(app, alerts, alerts.telling, mailed=mailed)


def _look(app: App, alerts: Alerts) -> Looked:
    """What is to be compared: at most 500 of each."""
    tenant, owner, on = alerts.tenant, alerts.user_id, alerts.settings.on
    above: list[Prospect] = []
    is_all, seen = True, []
    if Alert.SCORE in on:
        least, cursor = alerts.settings.threshold, ""
        while len(above) < MOST_LOOKED_AT:
            page = app.prospects.prospects_hot(tenant, owner, PAGE_SIZE, cursor, least)
            above += page.items
            cursor = page.cursor
            if not cursor:
                break
        is_all = not cursor
    if Alert.VISIT in on:
        seen = _seen_since(app, alerts, MOST_LOOKED_AT)
    return Looked(above, is_all, seen)


def _seen_since(app: App, alerts: Alerts, most: int) -> list[Prospect]:
    since = app.clock.now() - VISITS_COUNT_FOR
    if alerts.telling is not None and alerts.telling.since is not None:
        since = alerts.telling.since
    found: list[Prospect] = []
    cursor = ""
    while len(found) < most:
        page = app.prospects.prospects_seen(
            alerts.tenant, alerts.user_id, min(PAGE_SIZE, most), cursor, since
        )
        found += page.items
        cursor = page.cursor
        if not cursor:
            break
    return found[:most]


def _mail(app: App, alerts: Alerts, telling: Telling, address: str, endpoint: Endpoint) -> bool:
    """Ask for the mail of a telling; whether there is one. The same telling is the same mail."""
    kinds = [one for one in telling.kinds if one in alerts.settings.on]
    said = _digest(app, alerts, telling, endpoint) if telling.is_digest else None
    if not telling.is_digest:
        said = _alert(app, alerts, telling, kinds, endpoint)
    if said is None or not kinds:
        return False
    draft = MailDraft(
        f"alerts {alerts.user_id} {telling.number}",
        PersonId(""),
        address,
        said.subject,
        said.html,
        said.text,
        about={ABOUT: " ".join(kinds)},
        user=alerts.user_id,
    )
    try:
        request_mail(app, alerts.tenant, draft)
    except Permanent as error:
        logger.warning("not mailed", extra={"user": alerts.user_id, "why": error.text})
        return False
    return True


def _alert(
    app: App, alerts: Alerts, telling: Telling, kinds: Sequence[Alert], endpoint: Endpoint
) -> Said | None:
    """What is told at once of those that are still the rep's own."""
    named = dict.fromkeys([*telling.crossed, *(one.key for one in telling.visits)])
    rows = app.prospects.prospects_of(alerts.tenant, map(RecordKey.parse, named))
    mine = {str(key): one for key, one in rows.items() if one.owner == alerts.user_id}
    crossed = [mine[key] for key in telling.crossed if key in mine and Alert.SCORE in kinds]
    seen = [
        Seen(mine[new.key], visit)
        for new in telling.visits
        if new.key in mine and Alert.VISIT in kinds
        for visit in mine[new.key].visits
        if visit.visit_id == new.visit_id
    ]
    threshold = alerts.settings.threshold
    speech = alert_speech(alerts.language)
    return alert_mail(crossed, seen, threshold, lambda key: record_url(endpoint, key), speech)


def _digest(app: App, alerts: Alerts, telling: Telling, endpoint: Endpoint) -> Said | None:
    tenant, owner, now = alerts.tenant, alerts.user_id, telling.at
    since = telling.since or now - VISITS_COUNT_FOR
    hot = app.prospects.prospects_hot(tenant, owner, MOST_HOT).items
    seen: dict[str, Seen] = {}
    for one in _seen_since(app, alerts, MOST_SEEN):
        for visit in one.visits:
            if visit.until >= since:
                seen.setdefault(visit.visit_id, Seen(one, visit))
    mails = app.mails.mails_of_sender(tenant, owner, MOST_MAILS).items
    read = [
        Read(mail.address, mail.subject, mail.numbers.opens, mail.numbers.clicks)
        for mail in mails
        if any(at and at >= since for at in (mail.numbers.last_open_at, mail.numbers.last_click_at))
    ]
    return digest_mail(
        [Moved(one, moved_in_a_week(one.trend, now)) for one in hot],
        list(seen.values())[:MOST_IN_A_MAIL],
        read,
        lambda key: record_url(endpoint, key),
        alert_speech(alerts.language),
    )


def _settle(app: App, alerts: Alerts, telling: Telling, *, mailed: bool) -> None:
    """Note that the mail was asked for, whatever else the rep has changed meanwhile."""
    for _ in range(_TRIES):
        try:
            app.alerts.save_alerts(told(alerts, app.clock.now(), mailed=mailed))
        except Conflict:
            alerts = app.alerts.alerts(alerts.tenant, alerts.user_id)
            if alerts.telling is None or alerts.telling.number != telling.number:
                return
        else:
            return
    raise StoreBusy("Others keep changing the alerts.")
