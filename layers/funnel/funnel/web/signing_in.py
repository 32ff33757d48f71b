"""Finding one's sign-in page, signing in by a one-use link, and out.

Opening a link only shows a button: programs that look at links in mail must not use them up.
"""

from funnel.domain.errors import NotSignedIn
from funnel.usecases.signing_in.sign_in import SESSION_LIFE, SignedInSession, sign_out, use_link
from funnel.web.asked import LANGUAGE_COOKIE, Asked
from funnel.web.rendering import page
from funnel.web.replies import Reply, our_cookie, see_other, session_cookie
from funnel.web.room import Room
from funnel.web.sign_in_places import (
    A_YEAR,
    after,
    local_page,
    remember,
    remembered_tenant,
    sign_in_page,
)
from funnel.web.texts import LANGUAGES

room = Room(needs=None)


@room.page("GET", "/")
def root(_asked: Asked) -> Reply:
    """The overview; it leads to the sign-in page if need be."""
    return see_other("/app")


@room.page("GET", "/sign-in")
def how_to_sign_in(asked: Asked) -> Reply:
    """Where one's own page is, and how to get a link."""
    return _how(asked, asked.texts("sign_in.title"))


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
        return _how(asked, asked.texts("sign_in.used.title"), status=401, used=True)
    return entered(asked, begun)


@room.page("POST", "/sign-in/out")
def leave(asked: Asked) -> Reply:
    """End the session."""
    sign_out(asked.app, asked.presented.token)
    reply = _how(asked, asked.texts("sign_in.out.title"), out=True)
    reply.cookies.append(session_cookie("", 0, secure=asked.secure))
    return reply


@room.page("POST", "/sign-in/language")
def speak(asked: Asked) -> Reply:
    """Remember which language this browser is read in, and go back to the page that was open."""
    chosen = asked.form_value("language")
    reply = see_other(local_page(asked.form_value("back")) or "/")
    if chosen in LANGUAGES:
        reply.cookies.append(our_cookie(LANGUAGE_COOKIE, chosen, A_YEAR, secure=asked.secure))
    return reply


def entered(asked: Asked, begun: SignedInSession, return_to: str = "") -> Reply:
    """Into a session that just began; one that this browser had before ends."""
    if not asked.presented.by_header:
        sign_out(asked.app, asked.presented.token)
    session, seconds = begun.session, int(SESSION_LIFE.total_seconds())
    reply = see_other(after(session.role, return_to))
    reply.cookies.append(session_cookie(begun.token, seconds, secure=asked.secure))
    reply.cookies.append(remember(asked, session.tenant))
    return reply


def _how(
    asked: Asked, title: str, *, status: int = 200, out: bool = False, used: bool = False
) -> Reply:
    tenant = remembered_tenant(asked)
    address = sign_in_page(tenant) if tenant else ""
    return page(
        asked,
        "sign_in.html",
        title=title,
        status=status,
        out=out,
        used=used,
        unsaved=asked.query("unsaved") == "yes",
        address=address,
    )
