"""Take a webhook of Sugar: check who sent it, and mark the records it names to be read."""

import json
from dataclasses import dataclass
from datetime import timedelta

from funnel.domain.connecting.connections import Connection
from funnel.domain.connecting.signing import (
    GOOD_FOR,
    WEBHOOK,
    Signed,
    is_signed,
    is_timely,
    known,
    purpose_key,
)
from funnel.domain.errors import InputInvalid, NotFound, NotSignedIn, TooLarge
from funnel.domain.ids import ConnectionId, Module, SugarId, TenantId
from funnel.domain.sync.hooks import MOST_BYTES, named_records
from funnel.usecases.app import App
from funnel.usecases.sync.ring_for_named import ring_for_named

_REMEMBERED = 2 * GOOD_FOR + timedelta(minutes=1)
"""Longer than a signature can still be good: its time may lie as far ahead as behind."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """How many records will be read, and whose changes Sugar need not tell: our own user's."""

    records: int
    own_user: SugarId


_NO_KEY = "0" * 64
"""Signs nothing; compared with, so that a name nobody has takes as long as one that is known."""


def accept_hook(
    app: App, tenant: TenantId, connection_id: ConnectionId, signed: Signed, body: bytes
) -> Accepted:
    """Mark what it names, and ring.

    Raises `NotSignedIn`, the same for whatever is wrong with the signature, its time, its key or
    the connection, and for a signature that was used; `InputInvalid` or `TooLarge` for what it
    says; `StoreBusy`. The signature is used up last: should we die before, it can be sent again.
    """
    if len(body) > MOST_BYTES:
        raise TooLarge(f"A webhook holds at most {MOST_BYTES // 1024} KB.")
    connection = app.sync.connection(tenant)
    if connection is None or connection.connection_id != connection_id:
        is_signed(signed, _NO_KEY, body)
        raise _refusal()
    try:
        return _accepted(app, connection, signed, body)
    except (NotSignedIn, InputInvalid):
        app.sync.count_hook(tenant, connection_id, app.clock.now(), None)
        raise


def _accepted(app: App, connection: Connection, signed: Signed, body: bytes) -> Accepted:
    tenant, connection_id = connection.tenant, connection.connection_id
    now = app.clock.now()
    key = _key(app, connection, signed.kid)
    good = is_signed(signed, key or _NO_KEY, body)
    if not (key and good and is_timely(signed.sent, now, connection.clock_skew)):
        raise _refusal()
    if app.sync.is_used(tenant, signed.signature):
        raise _refusal()
    named = named_records(_json(body), connection.user_id)
    pulled = {Module.USERS, *connection.modules}
    wanted = [key for key in named if key.module in pulled]
    if wanted:
        app.sync.mark(tenant, connection_id, wanted, app.ids.new_id())
        ring_for_named(app, tenant, connection_id)
    if not app.sync.remember(tenant, signed.signature, now + _REMEMBERED):
        raise _refusal()
    app.sync.count_hook(tenant, connection_id, now, len(wanted))
    return Accepted(len(wanted), connection.user_id)


def _key(app: App, connection: Connection, kid: str) -> str:
    """The key of this name, "" if there is none."""
    found = known(connection.signing_keys, kid, app.clock.now())
    if found is None:
        return ""
    try:
        secret = app.secrets.get_key(connection.tenant, found.secret_ref)
    except NotFound:
        return ""
    return purpose_key(secret, WEBHOOK, connection.connection_id)


def _json(body: bytes) -> object:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise InputInvalid("The body is not JSON.") from None


def _refusal() -> NotSignedIn:
    return NotSignedIn("This request is not signed as it has to be.")
