"""Take a form that we host, with scripts or without."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from funnel.domain.activities import ActivityKind
from funnel.domain.errors import TooManyTries
from funnel.domain.form_reading import FormRead, read_form
from funnel.domain.forms import TRAP, Form, is_of_site_alone
from funnel.domain.hit_reading import browser_of
from funnel.domain.hits import Hit, browser_for_once
from funnel.domain.ids import derived_id
from funnel.domain.sites import Site
from funnel.usecases.accept_hits import Sender, batch_of, pass_on
from funnel.usecases.app import App
from funnel.usecases.open_form import open_form

_OPENED = re.compile(r"(\d{13})-[0-9a-f]{32}", re.ASCII)
_LONGEST_OPEN = timedelta(days=1)
_SAME_WITHIN = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class SentForm:
    """A form as it was sent: its fields by name, and who the browser is where it is known.

    `opened` is what `new_form_id` gave when the form was shown: the same where it is sent twice.
    """

    fields: Mapping[str, str]
    browser: str = ""
    opened: str = ""


@dataclass(frozen=True, slots=True)
class Accepted:
    """The form and its site, and what was read; with errors nothing was taken."""

    form: Form
    site: Site
    read: FormRead


def new_form_id(app: App) -> str:
    """Names one showing of a form, with its time."""
    return _named(app.clock.now(), app.ids.new_id())


def accept_form(app: App, key: str, sender: Sender, sent: SentForm, address: str) -> Accepted:
    """Pass the form on to be written down. One that a machine sent is dropped.

    `address` is where the form is. Raises `NotFound` for a key that no form in use has, and
    `TooManyTries` when one network sends more than a thousand in ten minutes, or the site's budget of
    the day is used up: whoever filled it in is told, since nothing of it is kept.
    """
    form, site = open_form(app, key)
    read = read_form(form, sent.fields)
    if sent.fields.get(TRAP):
        return Accepted(form, site, FormRead(read.typed, {}, {}))
    if read.errors:
        return Accepted(form, site, read)
    now = app.clock.now()
    if not app.sites.count_hits(site, now.date(), 1):
        raise TooManyTries(
            "This form takes no more today.", mend="Come back tomorrow, or write to us instead."
        )
    opened = sent.opened or _one_of_the_moment(form, sender, read.values, now)
    hit_id, at = _shown(app, site, opened, now)
    form_id = "" if is_of_site_alone(form) else form.form_id
    hit = Hit(
        hit_id, ActivityKind.FORM, at, address, form=form.name, fields=read.values, hosted=True,
        form_id=form_id,
    )  # fmt: skip
    browser = browser_of(sent.browser) or browser_for_once(hit_id)
    pass_on(app, site, batch_of(site, browser, now, sender, (hit,)))
    return Accepted(form, site, read)


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


def _one_of_the_moment(form: Form, sender: Sender, values: Mapping[str, str], now: datetime) -> str:
    """Names a form of a customer's own page, which nobody has named: clicked twice it is the same."""
    slot = datetime.fromtimestamp(
        now.timestamp() // _SAME_WITHIN.total_seconds() * _SAME_WITHIN.total_seconds(), UTC
    )
    typed = "\n".join(f"{name}={value}" for name, value in sorted(values.items()))
    return _named(slot, derived_id("sent form", form.form_id, sender.ip, slot.isoformat(), typed))


def _named(at: datetime, own_id: str) -> str:
    return f"{int(at.timestamp() * 1000)}-{own_id.replace('-', '')}"
