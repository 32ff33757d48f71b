"""What readers of mail, and machines that read it for them, ask for: pixel, links, unsubscribing.

Open to all, and of no session. A GET changes nobody's consent: gateways and mail programs fetch every
link. Unsubscribing is a POST, from the page or by the mail program's own button (RFC 8058).
"""

import base64
from collections.abc import Mapping
from typing import Any

from funnel.domain.errors import InputInvalid, NotFound
from funnel.domain.mail.mail_frame import CLICK, LEAVE, OPEN
from funnel.domain.mail.mail_html import ascii_address
from funnel.usecases.app import App
from funnel.usecases.tracking.accept_sight import (
    Request,
    accept_click,
    accept_open,
    accept_word,
    tracked,
)
from funnel.web.asked import Asked
from funnel.web.rendering import page
from funnel.web.replies import Reply
from funnel.web.senders import sender_of

MAIL = "/m/"
UNDO = "undo"
_PIXEL = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")
_LOOKS = frozenset({"GET", "HEAD"})


def answer_mail(app: App, event: Mapping[str, Any], public_url: str) -> dict[str, Any]:
    """The picture, where a link leads, or the unsubscribe page. Raises `NotFound`."""
    asked = Asked.of(app, event, public_url)
    try:
        reply = _answer(asked)
    except NotFound:
        reply = page(asked, "mail/gone.html", title=asked.texts("leave.gone"), status=404)
    if asked.method == "HEAD":
        reply.body = ""
    headers = {"content-type": reply.content_type, **reply.all_headers()}
    if isinstance(reply.body, bytes):
        body = base64.b64encode(reply.body).decode()
        return {
            "statusCode": reply.status, "headers": headers, "body": body, "isBase64Encoded": True
        }  # fmt: skip
    return {"statusCode": reply.status, "headers": headers, "body": reply.body}


def _answer(asked: Asked) -> Reply:
    path, method = asked.path, asked.method
    if path.startswith(LEAVE):
        token = path.removeprefix(LEAVE)
        return _take(asked, token) if method == "POST" else _show(asked, token)
    request = Request(sender_of(asked.event), method)
    if path.startswith(OPEN) and method in _LOOKS:
        accept_open(asked.app, path.removeprefix(OPEN), request)
        # Pictures of a mail are shown on the pages of web mail.
        headers = {"Cross-Origin-Resource-Policy": "cross-origin"}
        return Reply(200, _PIXEL, "image/gif", headers)
    if path.startswith(CLICK) and method in _LOOKS:
        token, _, number = path.removeprefix(CLICK).partition("/")
        target = accept_click(asked.app, token, number, request)
        # The site learns from the address who comes, not from ours.
        return _elsewhere(target) if target else Reply(204)
    raise NotFound("There is no such address.")


def _elsewhere(target: str) -> Reply:
    headers = {"Location": ascii_address(target), "Referrer-Policy": "no-referrer"}
    return Reply(302, headers=headers)


def _show(asked: Asked, token: str, done: str = "") -> Reply:
    mail = tracked(asked.app, token)
    if mail.is_test:
        return page(asked, "mail/test.html", title=asked.texts("leave.test"))
    return page(
        asked,
        "mail/leave.html",
        title=asked.texts("leave.alert.title" if mail.is_alert else "leave.title"),
        token=token,
        is_alert=mail.is_alert,
        done=done,
    )


def _take(asked: Asked, token: str) -> Reply:
    if tracked(asked.app, token).is_test:
        return _show(asked, token)
    is_undone = _says_undo(asked)
    accept_word(asked.app, token, opt_out=not is_undone)
    return _show(asked, token, "undone" if is_undone else "left")


def _says_undo(asked: Asked) -> bool:
    """By the page's own form only: the request itself is the word (RFC 8058), whatever its body."""
    try:
        return asked.form_as_sent().get(UNDO, [""])[0] == "yes"
    except InputInvalid:
        return False
