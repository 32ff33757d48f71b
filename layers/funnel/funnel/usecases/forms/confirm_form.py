"""Confirm a form by the link of its email: once, and within a week of that email."""

import hmac
from dataclasses import dataclass, replace

from funnel.domain.errors import NotFound
from funnel.domain.forms.forms import Form, FormId
from funnel.domain.forms.submissions import Submission, can_be_confirmed, placed_at
from funnel.ports.marketing_messages import ActOnForm
from funnel.usecases.app import App


@dataclass(frozen=True, slots=True)
class Asked:
    """What a link is about; `is_done` once it was followed."""

    form: Form
    sub: Submission
    is_done: bool


def look_at_link(app: App, form_id: str, link: str) -> Asked:
    """What the link `<place>.<token>` is about. Raises `NotFound` for one that is none, or too old."""
    place, _, token = link.rpartition(".")
    found = placed_at(place)
    form = app.forms.form(FormId(form_id))
    sub = app.forms.submission(form.tenant, form.form_id, *found) if form and found else None
    if form is None or sub is None or not sub.token:
        raise _gone()
    if not hmac.compare_digest(sub.token.encode(), token.encode("utf-8", "replace")):
        raise _gone()
    if not can_be_confirmed(sub, app.clock.now()):
        raise _gone()
    return Asked(form, sub, sub.confirmed_at is not None)


def confirm_form(app: App, form_id: str, link: str) -> Asked:
    """Have done what waited for it; followed again, nothing more happens. Raises as `look_at_link`."""
    asked = look_at_link(app, form_id, link)
    sub = asked.sub
    if not asked.is_done:
        now = app.clock.now()
        app.queue.send(ActOnForm(sub.tenant, sub.form_id, sub.at, sub.hit_id, confirmed_at=now))
    return replace(asked, is_done=True)


def _gone() -> NotFound:
    return NotFound(
        "This link is good no more, or is none of ours.",
        mend="Send the form again, and use the link of the newest email.",
    )
