"""Errors as a page, as JSON, or as a sign to htmx that the page must be left."""

from funnel.domain.errors import FunnelError, NotSignedIn, TooManyTries, WrongMethod
from funnel.web.asked import Asked
from funnel.web.errors import UNEXPECTED, ErrorBody, error_body, form_error, status_of
from funnel.web.rendering import page
from funnel.web.replies import Reply, json_reply, see_other
from funnel.web.sign_in_places import SIGN_IN, sign_in_again

SIGN_IN_AGAIN = "Sign-In-Again"
"""Leads to the sign-in page and back. `session.js` follows it unless something would be lost by that."""


def error_reply(asked: Asked, error: FunnelError, *, is_api: bool) -> Reply:
    """An error on purpose. A page that nobody is signed in for leads to the sign-in page."""
    reply = _error_reply(asked, error, is_api=is_api)
    if isinstance(error, TooManyTries) and error.retry_after:
        reply.headers["Retry-After"] = str(error.retry_after)
    if isinstance(error, WrongMethod):
        reply.headers["Allow"] = ", ".join(error.allowed)
    return reply


def _error_reply(asked: Asked, error: FunnelError, *, is_api: bool) -> Reply:
    if is_api:
        whole = form_error(error)
        told = whole if whole.others else error_body(error)
        return json_reply({"error": told}, status_of(error))
    body = error_body(error)
    if isinstance(error, NotSignedIn) and not asked.path.startswith(SIGN_IN):
        if asked.is_live_part:
            return Reply(401, headers={SIGN_IN_AGAIN: sign_in_again(asked)})
        return see_other(sign_in_again(asked))
    return _page(asked, body, status_of(error))


def unexpected_reply(asked: Asked, reference: str, *, is_api: bool) -> Reply:
    """A mistake of ours: nothing is told but a reference to find it in the log."""
    body = ErrorBody(
        UNEXPECTED,
        asked.texts("error.unexpected"),
        asked.texts("error.unexpected.mend", reference=reference),
        "",
    )
    return json_reply({"error": body}, 500) if is_api else _page(asked, body, 500)


def _page(asked: Asked, body: ErrorBody, status: int) -> Reply:
    title = asked.texts.get(f"error.title.{body.code}") or asked.texts("error.title")
    return page(asked, "error.html", title=title, status=status, error=body)
