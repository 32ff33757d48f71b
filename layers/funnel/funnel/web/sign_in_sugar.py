"""Signing in with the user name and password of Sugar, at the tenant's own address.

Sugar is asked by a job. Meanwhile the browser waits at a page that knows it by a cookie which
lives as long as the waiting; when Sugar has said yes, that page begins the session. It does so
upon a GET, because it must without scripts too: nobody else has the cookie, and it works once.
"""

from aws_lambda_powertools.shared.cookies import Cookie

from funnel.domain.errors import FunnelError, NotFound
from funnel.domain.ids import TenantId
from funnel.domain.signing_in.tenants import Tenant
from funnel.usecases.signing_in.collect_sign_in import SignInAnswer, collect_sign_in, is_going_on
from funnel.usecases.signing_in.request_sign_in import PATIENCE, request_sign_in, sugar_to_ask
from funnel.web.asked import Asked
from funnel.web.errors import ErrorBody, error_body, status_of
from funnel.web.rendering import page
from funnel.web.replies import Reply, our_cookie, see_other
from funnel.web.room import Room
from funnel.web.sessions import cookie_of
from funnel.web.sign_in_places import own_page, sign_in_page
from funnel.web.signing_in import entered

ATTEMPT_COOKIE = "funnel_sign_in"
room = Room(needs=None)


@room.page("GET", "/sign-in/<tenant>")
def form(asked: Asked, tenant: str) -> Reply:
    """The form, or why there is none at this moment."""
    found = tenant_at(asked, tenant)
    try:
        sugar_to_ask(asked.app, found.tenant)
    except FunnelError as error:
        return _form(asked, found, error_body(error), can_ask=False)
    return _form(asked, found, return_to=asked.query("next"))


@room.page("POST", "/sign-in/<tenant>")
def ask(asked: Asked, tenant: str) -> Reply:
    """Have Sugar asked."""
    found, value = tenant_at(asked, tenant), asked.form_value
    return_to = own_page(value("next"))
    try:
        token = request_sign_in(
            asked.app,
            found.tenant,
            value("user_name"),
            value("password"),
            return_to,
            asked.source,
        )
    except FunnelError as error:
        return _form(
            asked,
            found,
            error_body(error),
            user_name=value("user_name"),
            return_to=return_to,
            status=status_of(error),
        )
    reply = see_other(f"{sign_in_page(tenant)}/waiting")
    reply.cookies.append(_attempt_cookie(asked, token, int(PATIENCE.total_seconds())))
    return reply


@room.page("GET", "/sign-in/<tenant>/waiting")
def waiting(asked: Asked, tenant: str) -> Reply:
    """The answer: a session, what went wrong, or a page to wait at."""
    found = tenant_at(asked, tenant)
    answer = collect_sign_in(asked.app, found.tenant, cookie_of(asked.event, ATTEMPT_COOKIE))
    if answer.session is not None:
        reply = entered(asked, answer.session, answer.return_to)
        reply.cookies.append(_attempt_cookie(asked, "", 0))
        return reply
    if answer.note is not None:
        return _refused(asked, found, answer)
    title = asked.texts("sign_in.waiting.title")
    return page(asked, "sign_in_waiting.html", title=title, address=sign_in_page(tenant))


@room.page("GET", "/sign-in/<tenant>/waiting/live")
def still_waiting(asked: Asked, tenant: str) -> Reply:
    """Nothing while Sugar is being asked; then a sign to look at the whole page again."""
    token = cookie_of(asked.event, ATTEMPT_COOKIE)
    if is_going_on(asked.app, TenantId(tenant), token):
        return Reply(204)
    return Reply(204, headers={"HX-Redirect": f"{sign_in_page(tenant)}/waiting"})


def tenant_at(asked: Asked, tenant: str) -> Tenant:
    """The tenant whose address this is. Raises `NotFound`."""
    found = asked.app.tenants.tenant(TenantId(tenant))
    if found is None:
        raise NotFound(asked.texts("sign_in.no_tenant"), mend=asked.texts("sign_in.no_tenant.mend"))
    return found


def _form(
    asked: Asked,
    tenant: Tenant,
    error: ErrorBody | None = None,
    *,
    user_name: str = "",
    return_to: str = "",
    status: int = 200,
    can_ask: bool = True,
) -> Reply:
    return page(
        asked,
        "sign_in_sugar.html",
        title=asked.texts("sign_in.title"),
        status=status,
        address=sign_in_page(tenant.tenant),
        company=tenant.name,
        user_name=user_name,
        return_to=own_page(return_to),
        error=error,
        can_ask=can_ask,
        unsaved=asked.query("unsaved") == "yes",
    )


def _refused(asked: Asked, tenant: Tenant, answer: SignInAnswer) -> Reply:
    note = answer.note
    assert note is not None
    error = ErrorBody(note.code, note.text, note.mend, "")
    return _form(asked, tenant, error, return_to=answer.return_to, status=401)


def _attempt_cookie(asked: Asked, token: str, seconds: int) -> Cookie:
    return our_cookie(ATTEMPT_COOKIE, token, seconds, secure=asked.secure, strict=True)
