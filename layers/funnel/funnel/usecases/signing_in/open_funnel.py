"""Open Funnel from Sugar: sign in by a one-use token, so that Sugars with single sign-on can too."""

from dataclasses import dataclass
from datetime import timedelta

from funnel.domain.connecting.connections import Connection
from funnel.domain.errors import NotSignedIn
from funnel.domain.ids import ConnectionId, TenantId
from funnel.domain.signing_in.sugar_users import role_of
from funnel.domain.signing_in.tenants import SugarUser
from funnel.domain.sync.records import SugarRecord
from funnel.domain.vision.dashlet_tokens import LEEWAY, LONGEST_LIFE, Audience, DashletToken
from funnel.usecases.app import App
from funnel.usecases.signing_in.sign_in import SignedInSession, begin_session
from funnel.usecases.vision.admit_viewer import connection_at, token_of, user_of

_REMEMBERED = LONGEST_LIFE + 2 * LEEWAY + timedelta(minutes=1)
"""Longer than a token can still be good: it may be from as far ahead as its end lies behind."""


@dataclass(frozen=True, slots=True)
class WayIn:
    """Whom a token would let in, before it is used."""

    user_name: str


def look_at_way_in(app: App, tenant: TenantId, connection_id: ConnectionId, token: str) -> WayIn:
    """Whom it would let in; it stays good. Raises as `open_funnel` does."""
    _, _, record = _looked_at(app, tenant, connection_id, token)
    return WayIn(record.name)


def open_funnel(
    app: App, tenant: TenantId, connection_id: ConnectionId, token: str
) -> SignedInSession:
    """A session of the user that the token names, as signing in with Sugar gives it.

    The token is used up first: should we die before the session is there, another has to be made.
    Raises `NotSignedIn`, the same for a token that is not good, was used, or is for another use, and
    `NotAllowed` for a user not known here, or not active.
    """
    connection, said, record = _looked_at(app, tenant, connection_id, token)
    now = app.clock.now()
    user = SugarUser(said.user_id, None, now)
    role = role_of(user, record)
    used = f"{Audience.SIGN_IN} {connection.connection_id} {said.token_id}"
    if role is None or not app.sync.remember(tenant, used, now + _REMEMBERED):
        raise _used()
    begun = begin_session(app, tenant, role, record.name, user)
    # One begun before another Sugar was connected ended with all others; one begun since finds it.
    if connection_at(app, tenant, connection_id) is None:
        app.tenants.end_session(begun.session.token_hash)
        raise _used()
    return begun


def _looked_at(
    app: App, tenant: TenantId, connection_id: ConnectionId, token: str
) -> tuple[Connection, DashletToken, SugarRecord]:
    connection = connection_at(app, tenant, connection_id)
    said = token_of(app, connection, token, (Audience.SIGN_IN,))
    assert connection is not None
    return connection, said, user_of(app, tenant, said)


def _used() -> NotSignedIn:
    return NotSignedIn(
        "This way into Funnel was used already, or is too old.",
        mend="Choose Open Funnel in Sugar again.",
    )
