"""Signing in by a one-use link, and out.

Opening a link only shows a button: programs that look at links in mail must not use them up.
"""

from funnel.domain.errors import NotSignedIn
from funnel.domain.tenants import Role
from funnel.usecases.sign_in import SESSION_LIFE, sign_out, use_link
from funnel.web.asked import Asked
from funnel.web.rendering import page
from funnel.web.replies import Reply, see_other, session_cookie
from funnel.web.room import Room

room = Room(needs=None)


@room.page("GET", "/")
def root(_asked: Asked) -> Reply:
    """The overview; it leads to the sign-in page if need be."""
    return see_other("/app")


@room.page("GET", "/sign-in")
def how_to_sign_in(asked: Asked) -> Reply:
    """How to get a link."""
    return page(asked, "sign_in.html", title=asked.texts("sign_in.title"))


@room.page("GET", "/sign-in/link")
def link(asked: Asked) -> Reply:
    """A button that uses the link."""
    title = asked.texts("sign_in.link.title")
    return page(asked, "sign_in_link.html", title=title, token=asked.query("token"))


@room.page("POST", "/sign-in/link")
def enter(asked: Asked) -> Reply:
    """Use the link and begin a session."""
    try:
        begun = use_link(asked.app, asked.form_value("token"))
    except NotSignedIn:
        title = asked.texts("sign_in.used.title")
        return page(asked, "sign_in.html", title=title, status=401, used=True)
    reply = see_other("/setup" if begun.session.role is Role.ADMIN else "/app")
    seconds = int(SESSION_LIFE.total_seconds())
    reply.cookies.append(session_cookie(begun.token, seconds, secure=asked.secure))
    return reply


@room.page("POST", "/sign-in/out")
def leave(asked: Asked) -> Reply:
    """End the session."""
    sign_out(asked.app, asked.presented.token)
    reply = page(asked, "sign_in.html", title=asked.texts("sign_in.out.title"), out=True)
    reply.cookies.append(session_cookie("", 0, secure=asked.secure))
    return reply
