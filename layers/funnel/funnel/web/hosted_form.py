"""A form that we host: a page of its own that works without scripts, also within a page of the site.

It may be sent from anywhere, also by a form of the customer's own page: it is open to all.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from funnel.domain.errors import FunnelError, InputInvalid, NotFound
from funnel.domain.forms.form_reading import FormRead, begun_with
from funnel.domain.forms.forms import (
    BROWSER,
    FRAME,
    OPENED,
    TRAP,
    Form,
    Widget,
    goes_to,
    is_of_site_alone,
)
from funnel.domain.tracking.sites import Site
from funnel.usecases.app import App
from funnel.usecases.forms.confirm_form import confirm_form, look_at_link
from funnel.usecases.forms.open_form import open_form
from funnel.usecases.tracking.accept_form import SentForm, accept_form, new_form_id
from funnel.web.asked import Asked
from funnel.web.errors import error_body, status_of
from funnel.web.rendering import page
from funnel.web.replies import CONTENT_SECURITY_POLICY, Reply, see_other
from funnel.web.senders import sender_of

METHODS = ("GET", "HEAD", "POST")
FORMS, EMBED, CONFIRM = "/f/", "embed.js", "/confirm/"
_FOR_AN_HOUR = "public, max-age=3600"


def answer_form(app: App, event: Mapping[str, Any], public_url: str) -> dict[str, Any]:
    """The page, or where to go when the form was sent."""
    asked = Asked.of(app, event, public_url)
    try:
        reply = _answer(asked, asked.path.removeprefix(FORMS))
    except NotFound as error:
        body = error_body(error)
        reply = page(
            asked, "forms/gone.html", title=asked.texts("form.gone"), status=404, error=body
        )
    headers = {"content-type": reply.content_type, **reply.all_headers()}
    shown = "" if asked.method == "HEAD" else reply.body
    return {"statusCode": reply.status, "headers": headers, "body": shown}


def _answer(asked: Asked, rest: str) -> Reply:
    if asked.method not in METHODS:
        return Reply(405, headers={"Allow": ", ".join(METHODS)})
    key, slash, link = rest.partition(CONFIRM)
    if slash:
        return _confirm(asked, key, link)
    if asked.method != "POST":
        return _embed() if key == EMBED else _show(asked, *open_form(asked.app, key))
    return _take(asked, key)


def _take(asked: Asked, key: str) -> Reply:
    try:
        fields = {name: values[0] for name, values in asked.form_as_sent().items()}
    except InputInvalid as error:
        shown = {OPENED: new_form_id(asked.app)}
        return _page(asked, *open_form(asked.app, key), shown, error=error)
    sent = SentForm(fields, fields.get(BROWSER, ""), fields.get(OPENED, ""))
    try:
        taken = accept_form(
            asked.app, key, sender_of(asked.event), sent, asked.own_address + asked.path
        )
    except NotFound:
        raise
    except FunnelError as error:
        form, site = open_form(asked.app, key)
        return _page(asked, form, site, fields, error=error)
    if taken.read.errors:
        return _page(asked, taken.form, taken.site, {**fields, **taken.read.typed}, read=taken.read)
    return _sent(taken.form, taken.site, in_frame=fields.get(FRAME) == "yes")


def _sent(form: Form, site: Site, *, in_frame: bool) -> Reply:
    """Where whoever sent it is led. A frame stays what it is: its page leads on."""
    target = goes_to(form, site)
    if target and not in_frame:
        return see_other(target)
    frame = {FRAME: "yes"} if in_frame else {}
    return see_other(f"{FORMS}{form.form_id}?{urlencode({'sent': 'yes', **frame})}")


def _show(asked: Asked, form: Form, site: Site) -> Reply:
    if asked.query("sent") == "yes":
        return _page(asked, form, site, {}, thanks=True)
    named = {one.from_query for one in form.fields if one.from_query}
    begun = begun_with(form, {name: asked.query(name) for name in named})
    if not is_of_site_alone(form) and asked.method == "GET":
        asked.app.forms.count_view(form.tenant, form.form_id, asked.app.clock.now().date())
    shown = {BROWSER: asked.query(BROWSER), OPENED: new_form_id(asked.app), **begun}
    return _page(asked, form, site, shown)


def _page(
    asked: Asked,
    form: Form,
    site: Site,
    shown: Mapping[str, str],
    *,
    read: FormRead | None = None,
    error: FunnelError | None = None,
    thanks: bool = False,
) -> Reply:
    asked = _in_its_language(asked, form)
    errors = read.errors if read else {}
    status = status_of(error) if error else (400 if errors else 200)
    in_frame = "yes" in (asked.query(FRAME), shown.get(FRAME))
    reply = page(
        asked,
        "forms/hosted.html",
        title=form.title or form.name,
        status=status,
        form=form,
        fields=asked_fields(form),
        shown=shown,
        errors=errors,
        error=error_body(error) if error else None,
        thanks=thanks,
        in_frame=in_frame,
        goes_to=goes_to(form, site) if in_frame else "",
        trap=TRAP,
        has_words=not is_of_site_alone(form),
    )
    reply.headers["Content-Security-Policy"] = _policy(form, site)
    return reply


def _in_its_language(asked: Asked, form: Form) -> Asked:
    """Our words around a form's own are in the language of these; a site's own form has no words."""
    return asked if is_of_site_alone(form) else asked.speaking(form.language)


def asked_fields(form: Form) -> list[object]:
    """The fields that the page has: what is always the same is put in by the server."""
    return [one for one in form.fields if one.widget is not Widget.HIDDEN or one.from_query]


def _policy(form: Form, site: Site) -> str:
    """Pages of the site may have it in a frame, and it may lead to its own page of the site."""
    hosts = [f"{scheme}://{wild}{one}:*" for one in site.domains for scheme in ("https", "http")
             for wild in ("", "*.")]  # fmt: skip
    found = CONTENT_SECURITY_POLICY.replace(
        "frame-ancestors 'none'", f"frame-ancestors 'self' {' '.join(hosts)}"
    )
    target = urlsplit(goes_to(form, site))
    if target.netloc:
        found = found.replace(
            "form-action 'self'", f"form-action 'self' {target.scheme}://{target.netloc}"
        )
    return found


def _confirm(asked: Asked, key: str, link: str) -> Reply:
    """A page that asks once more, since machines open links, too; and what came of it."""
    if asked.method == "POST":
        found = confirm_form(asked.app, key, link)
    else:
        found = look_at_link(asked.app, key, link)
    reply = page(
        _in_its_language(asked, found.form),
        "forms/confirm.html",
        title=found.form.title or found.form.name,
        form=found.form,
        link=link,
        is_done=found.is_done,
        email=found.sub.email,
    )
    reply.headers["Referrer-Policy"] = "no-referrer"
    return reply


def _embed() -> Reply:
    headers = {"Cache-Control": _FOR_AN_HOUR, "Cross-Origin-Resource-Policy": "cross-origin"}
    return Reply(200, _script(), "text/javascript; charset=utf-8", headers)


@cache
def _script() -> str:
    return (Path(__file__).parent / "static/embed.js").read_text()
