"""Tokens as the module in Sugar makes them, for whoever looks into FunnelVision in a test."""

from datetime import timedelta

from funnel.domain.connecting.signing import DASHLET, derived_key, module_key
from funnel.domain.errors import NotFound
from funnel.domain.ids import RecordKey, SugarId, TenantId
from funnel.domain.vision.dashlet_tokens import Audience, DashletToken, minted
from funnel.usecases.app import App
from funnel.usecases.connecting.connection import connection_of
from funnel.usecases.connecting.signing_keys import new_signing_key


def dashlet_key(app: App, tenant: TenantId) -> tuple[str, str]:
    """The newest key of the tenant's dashlets and its name; one is made if there is none."""
    connection = connection_of(app, tenant)
    connection_id = connection.connection_id
    try:
        newest = connection.signing_keys[-1]
        secret = app.secrets.get_key(tenant, newest.secret_ref)
    except (IndexError, NotFound):
        new_signing_key(app, tenant, "https://funnel.example")
        return dashlet_key(app, tenant)
    return newest.kid, derived_key(module_key(secret, connection_id), DASHLET, connection_id)


def dashlet_token(
    app: App,
    tenant: TenantId,
    user_id: str,
    audience: Audience = Audience.PANELS,
    record: RecordKey | None = None,
    life: int = 600,
) -> str:
    """A token for this user, good from now on for so many seconds."""
    connection = connection_of(app, tenant)
    kid, key = dashlet_key(app, tenant)
    now = app.clock.now() + timedelta(seconds=connection.clock_skew)
    token = DashletToken(
        connection.connection_id,
        SugarId(user_id),
        Audience.RECORD if record else audience,
        now,
        now + timedelta(seconds=life),
        app.ids.new_id(),
        record,
    )
    return minted(token, kid, key)


def vision_address(app: App, tenant: TenantId) -> str:
    """The path of the tenant's FunnelVision."""
    return f"/vision/{tenant}/{connection_of(app, tenant).connection_id}"
