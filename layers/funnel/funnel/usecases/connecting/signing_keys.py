"""Keys that sign what Sugar sends: made, rotated, and shown once."""

from dataclasses import dataclass, replace
from datetime import datetime

from funnel.domain.connecting.connections import Connection
from funnel.domain.connecting.signing import SigningKey, entered_key, known, rotated
from funnel.domain.connecting.sugar_module import ModulePackage, package_for
from funnel.domain.ids import TenantId
from funnel.domain.sync.hooks import HookCounts
from funnel.usecases.app import App
from funnel.usecases.connecting.connection import change_connection, connection_of
from funnel.usecases.connecting.secret_names import signing_name


@dataclass(frozen=True, slots=True)
class KeyView:
    """A key by its name. It is good until `ends_at`; None is the newest one."""

    kid: str
    made_at: datetime
    ends_at: datetime | None


@dataclass(frozen=True, slots=True)
class HooksView:
    """What is entered in Sugar as the address, the keys, and what came in seven days.

    `package` is what Module Loader of this Sugar takes.
    """

    address: str
    keys: tuple[KeyView, ...]
    counts: HookCounts
    package: ModulePackage


@dataclass(frozen=True, slots=True)
class NewKey:
    """What is entered in Sugar: the address, and the key, shown this once. The repr hides it."""

    address: str
    kid: str
    key: str

    def __repr__(self) -> str:
        return f"NewKey(kid={self.kid!r})"


def hooks_view(app: App, tenant: TenantId, public_url: str) -> HooksView:
    """What there is. Raises `NotFound` without a connection."""
    connection = connection_of(app, tenant)
    now = app.clock.now()
    keys = tuple(
        KeyView(k.kid, k.made_at, k.ends_at)
        for k in connection.signing_keys
        if known(connection.signing_keys, k.kid, now)
    )
    counts = app.sync.hook_counts(tenant, connection.connection_id, now)
    package = package_for(connection.endpoint.version)
    return HooksView(_address(connection, public_url), keys, counts, package)


def new_signing_key(app: App, tenant: TenantId, public_url: str) -> NewKey:
    """A new key, good at once; the one before stays good for a day. Raises `NotFound`.

    The vault keeps one secret a key. What is entered in Sugar is derived from it, and from that in
    turn, there and here alike, a key for each purpose.
    """
    connection = connection_of(app, tenant)
    kid, secret, now = app.ids.new_id(), app.ids.new_token(), app.clock.now()
    ref = app.secrets.put_key(tenant, signing_name(kid), secret)
    made = SigningKey(kid, ref, now)
    ended: tuple[SigningKey, ...] = ()

    def change(found: Connection) -> Connection:
        nonlocal connection, ended
        connection = found
        keys, ended = rotated(found.signing_keys, made, now)
        return replace(found, signing_keys=keys)

    change_connection(app, tenant, change)
    for old in ended:
        app.secrets.delete(tenant, old.secret_ref)
    key = entered_key(kid, secret, connection.connection_id)
    return NewKey(_address(connection, public_url), kid, key)


def _address(connection: Connection, public_url: str) -> str:
    return f"{public_url}/sugar/{connection.tenant}/{connection.connection_id}"
