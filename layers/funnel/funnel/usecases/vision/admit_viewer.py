"""Let a user of Sugar look into FunnelVision, by the token its Sugar made."""

from collections.abc import Collection

from funnel.domain.connecting.connections import Connection
from funnel.domain.connecting.signing import DASHLET, derived_key, known, module_key
from funnel.domain.errors import NotAllowed, NotFound, NotSignedIn
from funnel.domain.ids import ConnectionId, Module, RecordKey, TenantId
from funnel.domain.signing_in.sugar_users import is_a_person
from funnel.domain.sync.pull_rules import is_active
from funnel.domain.sync.records import SugarRecord
from funnel.domain.vision.dashlet_tokens import Audience, DashletToken, TokenFlawed, read_token
from funnel.domain.vision.viewers import MOST_REPORTS, Report, Viewer
from funnel.usecases.app import App

LOOKS = (Audience.PANELS, Audience.RECORD)


def admit_viewer(
    app: App,
    tenant: TenantId,
    connection_id: ConnectionId,
    token: str,
    audiences: Collection[Audience] = LOOKS,
) -> Viewer:
    """Who looks, and at what.

    The connection is read each time, so that a key that was ended opens nothing any more; a paused
    one can be read. Raises `NotSignedIn`, the same for whatever is wrong with the token or the
    connection, `NotAllowed` for a user that is not known here or not active, and `StoreBusy`.
    """
    connection = connection_at(app, tenant, connection_id)
    said = token_of(app, connection, token, audiences)
    assert connection is not None
    user = user_of(app, tenant, said)
    reports, many = ((), False) if said.record else _reports(app, tenant, user)
    return Viewer(
        tenant=tenant,
        connection_id=connection_id,
        user_id=said.user_id,
        name=user.name,
        is_admin=user.fields.get("is_admin") is True,
        sugar=connection.endpoint,
        reports=reports,
        many_reports=many,
        record=said.record,
    )


def connection_at(app: App, tenant: TenantId, connection_id: ConnectionId) -> Connection | None:
    """The connection at this address, if the tenant still has it."""
    found = app.sync.connection(tenant)
    return found if found is not None and found.connection_id == connection_id else None


def token_of(
    app: App, connection: Connection | None, token: str, audiences: Collection[Audience]
) -> DashletToken:
    """What the token says. Raises `NotSignedIn`, the same for whatever is wrong."""

    def key_of(kid: str) -> str:
        return _key(app, connection, kid) if connection else ""

    now = app.clock.now()
    connection_id = connection.connection_id if connection else ConnectionId("")
    skew = connection.clock_skew if connection else 0
    try:
        return read_token(token, key_of, connection_id, audiences, now, skew)
    except TokenFlawed:
        raise NotSignedIn(
            "Sugar's word for who you are was not good, or is too old.",
            mend="Reload the page in Sugar. If it stays so, ask an admin to enter the address and "
            "key of Funnel in Sugar again.",
        ) from None


def user_of(app: App, tenant: TenantId, said: DashletToken) -> SugarRecord:
    """The User the token names. Raises `NotAllowed` for one not known here, not active, or no person."""
    key = RecordKey(Module.USERS, said.user_id)
    record = app.records.records(tenant, [key]).get(key)
    if record is None:
        raise NotAllowed(
            "Your Sugar user is not known here yet.",
            mend="It comes with the next sync, within the hour. An admin can press Sync now.",
        )
    if not is_active(record):
        raise NotAllowed(
            "When Sugar was last read, your user was inactive or deleted there.",
            mend="If that has changed since, it is right again after the next sync, within the hour.",
        )
    if not is_a_person(record):
        raise NotAllowed(
            "Your Sugar user is one of a portal or a group.",
            mend="Funnel is for the people who work in Sugar. Sign in there as yourself.",
        )
    return record


def _key(app: App, connection: Connection, kid: str) -> str:
    """The dashlet's key of this name, "" if there is none."""
    found = known(connection.signing_keys, kid, app.clock.now())
    if found is None:
        return ""
    try:
        secret = app.secrets.get_key(connection.tenant, found.secret_ref)
    except NotFound:
        return ""
    connection_id = connection.connection_id
    return derived_key(module_key(secret, connection_id), DASHLET, connection_id)


def _reports(app: App, tenant: TenantId, user: SugarRecord) -> tuple[tuple[Report, ...], bool]:
    """Who reports to this user, by name: one read; and whether there are more."""
    manager = user.key.sugar_id
    page = app.records.children(tenant, manager, Module.USERS, MOST_REPORTS + 1)
    found = [Report(one.key.sugar_id, one.name) for one in page.items if one.key != user.key]
    return tuple(found[:MOST_REPORTS]), len(found) > MOST_REPORTS
