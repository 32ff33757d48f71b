"""API keys: made with their scopes, shown once, revoked."""

from datetime import UTC, date, datetime, time, timedelta

from funnel.domain.errors import FunnelError, InputInvalid
from funnel.domain.signing_in.api_keys import AREAS
from funnel.domain.signing_in.tenants import Role
from funnel.usecases.signing_in.api_keys import KeyWish, MadeApiKey, list_keys, make_key, revoke_key
from funnel.web.asked import Asked
from funnel.web.errors import error_body, status_of
from funnel.web.rendering import page
from funnel.web.replies import Reply, see_other
from funnel.web.room import Room

room = Room(needs=Role.ADMIN)
HERE = "/setup/keys"


@room.page("GET", HERE)
def show(asked: Asked) -> Reply:
    """The page."""
    return _show(asked)


@room.page("POST", HERE)
def make(asked: Asked) -> Reply:
    """Make a key and show it, in this answer and no other."""
    try:
        name, scopes = asked.form_value("name"), tuple(asked.form().get("scopes", ()))
        wish = KeyWish(name, scopes, _end_of(asked), asked.form_value("key"))
        made = make_key(asked.app, asked.tenant, wish, asked.who.user_name)
    except FunnelError as error:
        return _show(asked, error=error)
    return _show(asked, made)


@room.page("GET", HERE + "/<key_id>/revoke")
def ask(asked: Asked, key_id: str) -> Reply:
    """Say what revoking does before it is done."""
    found = next((one for one in list_keys(asked.app, asked.tenant) if one.key_id == key_id), None)
    if found is None or found.state != "good":
        return see_other(HERE)
    title = asked.texts("api_keys.revoke.title", name=found.name)
    return page(asked, "setup/key_revoke.html", title=title, one=found)


@room.page("POST", HERE + "/<key_id>/revoke")
def revoke(asked: Asked, key_id: str) -> Reply:
    """Revoke it."""
    revoke_key(asked.app, asked.tenant, key_id, asked.who.user_name)
    return see_other(f"{HERE}?done=revoked")


def _end_of(asked: Asked) -> datetime | None:
    """The end of the day that was chosen, UTC. Raises `InputInvalid`."""
    text = asked.form_value("expires_on").strip()
    if not text:
        return None
    try:
        return datetime.combine(date.fromisoformat(text) + timedelta(days=1), time(), UTC)
    except (ValueError, OverflowError):
        raise InputInvalid("Enter a day such as 2027-03-31.", field="expires_at") from None


def _show(asked: Asked, made: MadeApiKey | None = None, error: FunnelError | None = None) -> Reply:
    typed = asked.form() if error else {}
    return page(
        asked,
        "setup/keys.html",
        title=asked.texts("api_keys.title"),
        status=status_of(error) if error else 200,
        keys=list_keys(asked.app, asked.tenant),
        made=made,
        areas=AREAS,
        chosen=set(typed.get("scopes", ())),
        name=typed.get("name", [""])[0],
        expires_on=typed.get("expires_on", [""])[0],
        key=typed.get("key", [""])[0] or asked.app.ids.new_id(),
        flash=asked.texts("api_keys.revoked") if asked.query("done") == "revoked" else "",
        error=error_body(error) if error else None,
    )
