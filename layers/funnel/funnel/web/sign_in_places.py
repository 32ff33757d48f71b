"""Where people sign in, and where they go then.

A browser that has signed in before remembers its tenant, so that a session's end leads to the
tenant's own page and back to where the person was.
"""

import re
from urllib.parse import quote, urlencode, urlsplit

from aws_lambda_powertools.shared.cookies import Cookie

from funnel.domain.ids import TenantId
from funnel.domain.signing_in.tenants import Role
from funnel.web.asked import Asked
from funnel.web.replies import our_cookie
from funnel.web.same_origin import SAFE_METHODS
from funnel.web.sessions import cookie_of

SIGN_IN = "/sign-in"
STILL_HERE = "/app/session"
TENANT_COOKIE = "funnel_tenant"
A_YEAR = 365 * 24 * 3600
_TENANT = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,63}")
_OURS = re.compile(r"/(app|setup)([/?][!-~]*)?")
_LOCAL = re.compile(r"/(app|setup|sign-in|f|m)([/?][!-~]*)?")
_LONGEST = 2_000


def sign_in_page(tenant: str, **query: str) -> str:
    """A tenant's own page."""
    found = f"{SIGN_IN}/{quote(tenant, safe='')}"
    asked = {name: value for name, value in query.items() if value}
    return f"{found}?{urlencode(asked)}" if asked else found


def sign_in_again(asked: Asked) -> str:
    """Where to sign in for the page that was asked for, told where something sent was lost by it."""
    tenant = remembered_tenant(asked)
    unsaved = "" if asked.method in SAFE_METHODS else "yes"
    if tenant:
        return sign_in_page(tenant, next=_wanted(asked), unsaved=unsaved)
    return f"{SIGN_IN}?unsaved=yes" if unsaved else SIGN_IN


def remembered_tenant(asked: Asked) -> str:
    """The tenant this browser signed in to last, "" if none is known."""
    found = cookie_of(asked.event, TENANT_COOKIE)
    return found if _TENANT.fullmatch(found) else ""


def remember(asked: Asked, tenant: TenantId) -> Cookie:
    """What makes the browser remember it."""
    return our_cookie(TENANT_COOKIE, tenant, A_YEAR, secure=asked.secure)


def own_page(path: str) -> str:
    """The path if it leads to a page of ours, "" for anything else, other hosts above all."""
    good = len(path) <= _LONGEST and "\\" not in path and _OURS.fullmatch(path)
    return path if good else ""


def local_page(path: str) -> str:
    """The same for pages that are open to all, too."""
    good = len(path) <= _LONGEST and "\\" not in path and _LOCAL.fullmatch(path)
    return path if good else ""


def after(role: Role, return_to: str) -> str:
    """Where a person goes who has signed in: the page asked for, if it is for this role."""
    wanted = own_page(return_to)
    if role is Role.ADMIN:
        return wanted or "/app"
    return wanted if wanted.startswith("/app") else "/app"


def _wanted(asked: Asked) -> str:
    """The page that somebody without a session is on, or wanted; "" if it cannot be come back to."""
    if asked.is_live_part:
        parts = urlsplit(asked.headers.get("hx-current-url", ""))
        path, query = parts.path, parts.query
    elif asked.method == "GET":
        path, query = quote(asked.path), str(asked.event.get("rawQueryString") or "")
    else:
        return ""
    return own_page(f"{path}?{query}" if query else path)
