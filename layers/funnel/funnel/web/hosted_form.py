"""The form that we host for a site: a page of its own that works without scripts.

It may be sent from anywhere, also by a form of the customer's own page: it is open to all.
"""

from collections.abc import Mapping
from typing import Any

from funnel.domain.errors import FunnelError, NotFound
from funnel.usecases.accept_form import HONEYPOT, SentForm, accept_form, new_form_id
from funnel.usecases.accept_hits import open_site
from funnel.usecases.app import App
from funnel.web.asked import Asked
from funnel.web.errors import error_body, status_of
from funnel.web.rendering import page
from funnel.web.replies import Reply, see_other
from funnel.web.senders import sender_of

FORMS = "/f/"


def answer_form(app: App, event: Mapping[str, Any], public_url: str) -> dict[str, Any]:
    """The page, or where to go when the form was sent. Raises `NotFound`."""
    asked = Asked.of(app, event, public_url)
    reply = _answer(asked, asked.path.removeprefix(FORMS))
    headers = {"content-type": reply.content_type, **reply.all_headers()}
    return {"statusCode": reply.status, "headers": headers, "body": reply.body}


def _answer(asked: Asked, key: str) -> Reply:
    if asked.method == "GET":
        return _show(asked, key)
    if asked.method != "POST":
        raise NotFound("There is no such address.")
    fields = {name: values[0] for name, values in asked.form_as_sent().items()}
    form = SentForm(fields, fields.get("browser", ""), fields.get("opened", ""))
    try:
        accept_form(asked.app, key, sender_of(asked.event), form, asked.own_address + asked.path)
    except NotFound:
        raise
    except FunnelError as error:
        return _show(asked, key, fields, error)
    return see_other(f"{FORMS}{key}?sent=yes")


def _show(
    asked: Asked,
    key: str,
    sent: Mapping[str, str] | None = None,
    error: FunnelError | None = None,
) -> Reply:
    site = open_site(asked.app, key)
    fields = sent or {"browser": asked.query("browser"), "opened": new_form_id(asked.app)}
    return page(
        asked,
        "tracking/form.html",
        title=site.name,
        status=status_of(error) if error else 200,
        key=key,
        sent=fields,
        thanks=asked.query("sent") == "yes",
        honeypot=HONEYPOT,
        error=error_body(error) if error else None,
    )
