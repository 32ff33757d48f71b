"""Write down that a mail was opened or clicked, by a person or a machine, and count it."""

import logging
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit

from funnel.domain.errors import Conflict, StoreBusy
from funnel.domain.ids import TenantId
from funnel.domain.mail.mail_states import counted
from funnel.domain.mail.mails import (
    HONEYPOT,
    MOST_SEEN,
    Mail,
    MailId,
    MailSeen,
    Sight,
    TrackedLink,
    target_shown,
)
from funnel.domain.tracking.activities import Activity, ActivityKind, SubjectId
from funnel.domain.tracking.hit_reading import LONGEST_AGENT, clean
from funnel.domain.tracking.networks import home_network
from funnel.domain.tracking.signals import WINDOW, Seen, classify, network_of
from funnel.usecases.app import App
from funnel.usecases.living import living
from funnel.usecases.tracking.label_signals import newest_since, record_labelled

logger = logging.getLogger(__name__)

LINK = "link"
_SAYS = ("template", "campaign", "broadcast", "email_name")
"""What of a mail's `about` its opens and clicks say too."""

_TRIES = 12
_FEW = 8
"""So many activities are read one by one, more in ranges."""


def record_sight(app: App, tenant: TenantId, sight: Sight) -> None:
    """Write the activity under the person the mail is for, and what it comes to in the mail's row.

    May be repeated, and come in any order. Nothing is written for a mail or person that is gone, nor
    for who wrote the mail: from where it was written. Raises `StoreBusy`.
    """
    mail = app.mails.mail(tenant, sight.mail_id)
    if mail is None or living(app, tenant, mail.person_id) is None:
        return
    own = app.mails.sent_from(tenant, mail.mail_id) if sight.ip else ""
    if own and home_network(sight.ip) == home_network(own):
        logger.info("own", extra={"mail": mail.mail_id})
        return
    seen = app.mails.seen_of(tenant, mail.mail_id)
    if len(seen) >= MOST_SEEN and all(one.activity_id != sight.sight_id for one in seen):
        return
    link = _link(app, mail, sight)
    target = target_shown(mail.about, link.target, link.written)
    activity = _activity(mail, sight, target)
    record_labelled(app, tenant, activity.subject, [activity])
    latest = MailSeen(
        activity.activity_id,
        activity.subject,
        sight.kind,
        sight.at,
        activity.signal,
        sight.link,
        0,
        link.written or link.target,
    )
    around = [one for one in seen if abs(one.at - sight.at) <= WINDOW * 2]
    keep_labels(app, mail, seen, [*around, latest])


def keep_labels(app: App, mail: Mail, seen: list[MailSeen], touched: list[MailSeen]) -> None:
    """Keep the labels that these have by now, and count the mail's opens and clicks anew.

    `seen` is all that was seen of it, read after the mail was: whoever keeps more meanwhile changes the
    mail, and then both are read again.
    """
    tenant, mail_id = mail.tenant, mail.mail_id
    read = _read_together(app, tenant, touched)
    known = {one.activity_id: one for one in seen}
    for one in touched:
        now = read.get(one.activity_id) or app.activities.activity(
            tenant, one.subject, one.activity_id, one.at
        )
        if now is not None and now.version > one.version:
            labelled = replace(one, signal=now.signal, version=now.version)
            app.mails.keep_seen(tenant, mail_id, labelled)
            known[one.activity_id] = labelled
    for _ in range(_TRIES):
        numbers = counted(known.values())
        if numbers == mail.numbers:
            return
        try:
            app.mails.save_mail(replace(mail, numbers=numbers))
        except Conflict:
            found = app.mails.mail(tenant, mail_id)
            if found is None:
                return
            mail, known = (
                found,
                {one.activity_id: one for one in app.mails.seen_of(tenant, mail_id)},
            )
        else:
            return
    raise StoreBusy("Others keep changing the same mail.")


def _read_together(app: App, tenant: TenantId, seen: list[MailSeen]) -> dict[str, Activity]:
    """The activities of subjects that did much at once; nothing of others."""
    since: dict[SubjectId, list[datetime]] = {}
    for one in seen:
        since.setdefault(one.subject, []).append(one.at)
    return {
        done.activity_id: done
        for subject, moments in since.items()
        if len(moments) > _FEW
        for done in newest_since(app, tenant, subject, min(moments))
    }


def count_relabelled(app: App, activity: Activity) -> None:
    """See to the mail's numbers after a marketer said who opened or clicked it."""
    mail_id = activity.about.get("email", "")
    if activity.kind not in {ActivityKind.EMAIL_OPEN, ActivityKind.EMAIL_CLICK} or not mail_id:
        return
    mail = app.mails.mail(activity.tenant, MailId(mail_id))
    if mail is None:
        return
    kept = app.mails.seen_of(activity.tenant, mail.mail_id)
    mine = [one for one in kept if one.activity_id == activity.activity_id]
    keep_labels(app, mail, kept, mine)


def _activity(mail: Mail, sight: Sight, target: str) -> Activity:
    went_at = mail.went_at
    since = (sight.at - went_at).total_seconds() if went_at else None
    is_click = sight.kind is ActivityKind.EMAIL_CLICK
    trapped = is_click and sight.link == HONEYPOT
    signal, why = classify(
        Seen(sight.kind, sight.user_agent, sight.ip, sight.method, since, honeypot=trapped)
    )
    about = {
        "email": mail.mail_id,
        "title": mail.subject,
        LINK: str(sight.link) if is_click else "",
        "url": target,
        "path": (urlsplit(target).path or "/") if target else "",
        "user_agent": clean(sight.user_agent, LONGEST_AGENT),
        "network": network_of(sight.ip),
        "email_id": mail.about.get("email", ""),
        **{name: mail.about[name] for name in _SAYS if name in mail.about},
    }
    kept = {name: text for name, text in about.items() if text}
    subject = SubjectId(mail.person_id)
    return Activity(mail.tenant, subject, sight.sight_id, sight.kind, sight.at, kept, signal, why)


def _link(app: App, mail: Mail, sight: Sight) -> TrackedLink:
    """The link that was clicked; one that leads nowhere for an open, and for the hidden one."""
    is_click = sight.kind is ActivityKind.EMAIL_CLICK and sight.link != HONEYPOT
    tracked = app.mails.tracked_mail(mail.token) if is_click else None
    links = tracked.links if tracked else ()
    return links[sight.link - 1] if 0 < sight.link <= len(links) else TrackedLink("")
