"""Take a form that we host, with scripts or without."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from funnel.domain.forms.form_reading import FormRead, read_form
from funnel.domain.forms.forms import TRAP, Form, is_of_site_alone
from funnel.domain.ids import derived_id
from funnel.domain.tracking.activities import ActivityKind
from funnel.domain.tracking.hit_reading import browser_of
from funnel.domain.tracking.hits import Hit, browser_for_once
from funnel.domain.tracking.sites import Site
from funnel.usecases.app import App
from funnel.usecases.forms.open_form import open_form
from funnel.usecases.tracking.accept_hits import Sender, batch_of, pass_on

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
    forms is used up for the day: whoever filled it in is told, since nothing of it is kept.
    """
    form, site = open_form(app, key)
    read = read_form(form, sent.fields)
    if sent.fields.get(TRAP):
        return Accepted(form, site, FormRead(read.typed, {}, {}))
    if read.errors:
        return Accepted(form, site, read)
    now = app.clock.now()
    hit_id, at = _named_by(app, form, sender, sent, read.values)
    form_id = "" if is_of_site_alone(form) else form.form_id
    hit = Hit(
        hit_id, ActivityKind.FORM, at, address, form=form.name, fields=read.values, hosted=True,
        form_id=form_id,
    )  # fmt: skip
    browser = browser_of(sent.browser) or browser_for_once(hit_id)
    pass_on(app, site, batch_of(site, browser, now, sender, (hit,)))
    return Accepted(form, site, read)


def _named_by(
    app: App, form: Form, sender: Sender, sent: SentForm, values: Mapping[str, str]
) -> tuple[str, datetime]:
    """The id of the hit, and when it was sent first.

    The same sent twice from one showing of the form is the same, however late, and none is dated back;
    what was corrected in between is another. A form of a customer's own page has no showing that
    anybody named, and one that was open for too long none that counts: clicked twice it is the same.
    """
    now = app.clock.now()
    typed = (part for value in sorted(values.items()) for part in value)
    shown_at = _shown_at(sent.opened, now)
    who, begun = (sent.opened, shown_at) if shown_at else (sender.ip, _minute(now))
    own_id = derived_id("sent form", form.form_id, who, begun.isoformat(), *typed)
    hit_id = _named(begun, own_id)
    return hit_id, app.sites.first_sent(form.tenant, hit_id, now, begun + _LONGEST_OPEN)


def _shown_at(opened: str, now: datetime) -> datetime | None:
    """When the form was shown that has this id; None for no id of ours, or one of more than a day ago."""
    found = _OPENED.fullmatch(opened)
    at = datetime.fromtimestamp(int(found[1]) / 1000, UTC) if found else None
    return at if at and now - _LONGEST_OPEN <= at <= now else None


def _minute(now: datetime) -> datetime:
    span = _SAME_WITHIN.total_seconds()
    return datetime.fromtimestamp(now.timestamp() // span * span, UTC)


def _named(at: datetime, own_id: str) -> str:
    return f"{int(at.timestamp() * 1000)}-{own_id.replace('-', '')}"
