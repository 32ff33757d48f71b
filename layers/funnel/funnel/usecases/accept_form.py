"""Take a form that we host, with scripts or without."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from funnel.domain.activities import ActivityKind
from funnel.domain.errors import TooManyTries
from funnel.domain.hit_reading import browser_of, form_fields
from funnel.domain.hits import Hit, browser_for_once
from funnel.domain.sites import Site
from funnel.domain.typed_values import checked_address
from funnel.usecases.accept_hits import Sender, batch_of, open_site, pass_on
from funnel.usecases.app import App

HONEYPOT = "company_website"
"""A field that people do not see, and machines fill in."""

_OPENED = re.compile(r"(\d{13})-[0-9a-f]{32}", re.ASCII)
_LONGEST_OPEN = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class SentForm:
    """A form as it was sent: its fields by name, and who the browser is where it is known.

    `opened` is what `new_form_id` gave when the form was shown: the same where it is sent twice.
    """

    fields: Mapping[str, str]
    browser: str = ""
    opened: str = ""


def new_form_id(app: App) -> str:
    """Names one showing of a form, with its time."""
    return f"{int(app.clock.now().timestamp() * 1000)}-{app.ids.new_id().replace('-', '')}"


def accept_form(app: App, key: str, sender: Sender, form: SentForm, address: str) -> Site:
    """Pass the form on to be written down; the site it is of. One that a machine sent is dropped.

    `address` is where the form is. Raises `NotFound` for a key that no site in use has,
    `InputInvalid` without an address of a mail box, and `TooManyTries` when one network sends
    more than a thousand in ten minutes, or the site's budget of the day is used up: whoever filled it
    in is told, since nothing of it is kept.
    """
    site = open_site(app, key)
    if form.fields.get(HONEYPOT):
        return site
    fields = form_fields(form.fields)
    checked_address(fields.get("email", ""))
    now = app.clock.now()
    if not app.sites.count_hits(site, now.date(), 1):
        raise TooManyTries(
            "This form takes no more today.", mend="Come back tomorrow, or write to us instead."
        )
    hit_id, at = _shown(app, site, form.opened, now)
    hit = Hit(hit_id, ActivityKind.FORM, at, address, form=site.name, fields=fields, hosted=True)
    browser = browser_of(form.browser) or browser_for_once(hit_id)
    pass_on(app, site, batch_of(site, browser, now, sender, (hit,)))
    return site


def _shown(app: App, site: Site, opened: str, now: datetime) -> tuple[str, datetime]:
    """The id of the hit, and when the form was sent first that was shown under this id.

    So one that is sent twice is the same, however late, and none is dated back.
    """
    found = _OPENED.fullmatch(opened)
    if found:
        at = datetime.fromtimestamp(int(found[1]) / 1000, UTC)
        if now - _LONGEST_OPEN <= at <= now:
            return opened, app.sites.first_sent(site.tenant, opened, now, at + _LONGEST_OPEN)
    return new_form_id(app), now
