"""Whether somebody is still signed in: for pages that something is being typed into.

A session ends after twelve hours, in the middle of a form too. `session.js` keeps what is typed, offers
the page below in another window, and sends the form with the new session's token.
"""

from funnel.domain.signing_in.tenants import Role
from funnel.web.asked import Asked
from funnel.web.rendering import caller_key, page
from funnel.web.replies import Reply, json_reply
from funnel.web.room import Room
from funnel.web.sessions import form_token
from funnel.web.sign_in_places import STILL_HERE

room = Room(needs=Role.MARKETER)


@room.page("GET", STILL_HERE)
def still_here(asked: Asked) -> Reply:
    """That one is signed in and may go on in the other window; to its script, as whom and by which token."""
    if asked.is_live_part:
        return json_reply(
            {"user": caller_key(asked.who), "form_token": form_token(asked.presented.token)}
        )
    title = asked.texts("session.here.title")
    return page(asked, "session.html", title=title, name=asked.who.user_name)
