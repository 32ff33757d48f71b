"""What pages of customers' sites ask for and send: the script, hits, forms that we host; and mail.

From events of API Gateway's payload 2.0. Open to all, and of no session: a cookie that comes along
is not looked at.
"""

import logging
from collections.abc import Mapping
from typing import Any

from funnel.domain.errors import FunnelError, NotFound, TooManyTries
from funnel.usecases.app import App
from funnel.usecases.tracking.accept_hits import accept_hits, open_site
from funnel.web.bodies import body_of, json_answer
from funnel.web.errors import error_body, status_of
from funnel.web.hosted_form import FORMS, answer_form
from funnel.web.mail_public import MAIL, answer_mail
from funnel.web.senders import sender_of
from funnel.web.sessions import headers_of
from funnel.web.track_script import script_of

logger = logging.getLogger(__name__)

HITS, SCRIPT = "/c/", "/script.js"
FOR_TEN_MINUTES = "public, max-age=600"


def answer_collect(app: App, event: Mapping[str, Any], public_url: str = "") -> dict[str, Any]:
    """202 for hits, the script, a form, what a mail leads to, or an error that says what is wrong."""
    try:
        if str(event.get("rawPath") or "").startswith(FORMS):
            return answer_form(app, event, public_url)
        if str(event.get("rawPath") or "").startswith(MAIL):
            return answer_mail(app, event, public_url)
        return _answer(app, event)
    except FunnelError as error:
        logger.info("refused", extra={"code": error.code})
        return json_answer(status_of(error), {"error": error_body(error)})


def _answer(app: App, event: Mapping[str, Any]) -> dict[str, Any]:
    method = str(event["requestContext"]["http"]["method"])
    path = str(event.get("rawPath") or "").removeprefix(HITS)
    is_script = path.endswith(SCRIPT)
    if not is_script and (not path or "/" in path):
        raise NotFound("There is no such address.")
    allowed = ("GET", "HEAD") if is_script else ("POST",)
    if method not in allowed:
        return {"statusCode": 405, "headers": {"allow": ", ".join(allowed)}, "body": ""}
    if not is_script:
        return _hits(app, path, event)
    answer = _script(app, path.removesuffix(SCRIPT))
    return {**answer, "body": ""} if method == "HEAD" else answer


def _hits(app: App, key: str, event: Mapping[str, Any]) -> dict[str, Any]:
    headers = headers_of(event)
    sender = sender_of(event)
    # No cookie is asked for, and what is said is no secret; that a form is to be sent again has to be read.
    allowed = {"access-control-allow-origin": headers.get("origin", "*"), "vary": "origin"}
    try:
        taken = accept_hits(app, key, sender, body_of(event))
    except TooManyTries as error:
        # The origin is one of the site's by now, too.
        return json_answer(status_of(error), {"error": error_body(error)}, allowed)
    return json_answer(202, {"accepted": taken}, allowed)


def _script(app: App, key: str) -> dict[str, Any]:
    headers = {
        "content-type": "text/javascript; charset=utf-8",
        "cache-control": FOR_TEN_MINUTES,
        "cross-origin-resource-policy": "cross-origin",
        "x-content-type-options": "nosniff",
    }
    return {"statusCode": 200, "headers": headers, "body": script_of(open_site(app, key))}
