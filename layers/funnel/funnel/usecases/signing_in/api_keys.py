"""Keys of machines: made, shown once, looked up at each request, revoked."""

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from funnel.domain.errors import Conflict, InputInvalid, NotFound, StoreBusy
from funnel.domain.ids import TenantId, derived_id
from funnel.domain.signing_in.api_keys import (
    MOST_CALLS,
    MOST_KEYS,
    ApiKey,
    WrittenKey,
    checked_expiry,
    checked_name,
    checked_scopes,
    hash_of,
    minute_of,
    seconds_left,
)
from funnel.usecases.app import App

_AGAIN = 5


@dataclass(frozen=True, slots=True)
class ApiKeyView:
    """A key as it is listed. `state` is `good`, `revoked` or `expired`."""

    key_id: str
    name: str
    scopes: tuple[str, ...]
    state: str
    created_at: datetime
    created_by: str
    expires_at: datetime | None
    revoked_at: datetime | None
    used_at: datetime | None


@dataclass(frozen=True, slots=True)
class MadeApiKey:
    """A key just made, with the text that is told this once. The repr hides it."""

    key: ApiKeyView
    text: str

    def __repr__(self) -> str:
        return f"MadeApiKey({self.key!r})"


@dataclass(frozen=True, slots=True)
class KeyWish:
    """What a key is to be. `idempotency_key` says which wishes are one, so that a form that is sent
    twice makes one key.
    """

    name: str
    scopes: tuple[str, ...]
    expires_at: datetime | None = None
    idempotency_key: str = ""


@dataclass(frozen=True, slots=True)
class KeyAtWork:
    """A good key that asks. `wait` is for how many seconds it has to leave us alone, or 0."""

    key: ApiKey
    wait: int


def list_keys(app: App, tenant: TenantId) -> list[ApiKeyView]:
    """All keys of a tenant, the newest first."""
    now = app.clock.now()
    keys = app.api_keys.api_keys(tenant)
    used = app.api_keys.keys_used_at(tenant, [one.key_id for one in keys])
    return [_view(one, now, used.get(one.key_id)) for one in keys]


def make_key(app: App, tenant: TenantId, wish: KeyWish, by: str) -> MadeApiKey:
    """Make a key; its text is kept nowhere.

    The same wish again, as when the answer was lost, gives the same key a new secret while nobody
    has used the first. Raises `InputInvalid`, and `Conflict` where it was used or revoked, or the
    idempotency key stood for another wish.
    """
    now, secret = app.clock.now(), app.ids.new_token()
    name, scopes = checked_name(wish.name), checked_scopes(wish.scopes)
    expires_at = checked_expiry(wish.expires_at, now)
    key_id = _id_of(app, tenant, wish.idempotency_key)
    before = app.api_keys.api_key(tenant, key_id)
    if before is None:
        _refuse_too_many(app, tenant, now)
        made = ApiKey(tenant, key_id, hash_of(secret), name, scopes, now, by, expires_at)
    else:
        _refuse_another(before, name, scopes, expires_at)
        _refuse_used(app, before)
        made = replace(before, secret_hash=hash_of(secret))
    kept = app.api_keys.save_api_key(made)
    return MadeApiKey(_view(kept, now), str(WrittenKey(tenant, key_id, secret)))


def revoke_key(app: App, tenant: TenantId, key_id: str, by: str) -> ApiKeyView:
    """Revoke a key: the next request with it is refused. Again is no error. Raises `NotFound`."""
    now = app.clock.now()
    for _ in range(_AGAIN):
        key = app.api_keys.api_key(tenant, key_id)
        if key is None:
            raise NotFound("There is no such key.")
        if key.revoked_at is not None:
            return _view(key, now)
        with suppress(Conflict):
            return _view(
                app.api_keys.save_api_key(replace(key, revoked_at=now, revoked_by=by)), now
            )
    raise StoreBusy("Others keep changing this key.", mend="Try again.")


def key_at_work(app: App, text: str) -> KeyAtWork | None:
    """The key that this text opens, counted and noted; None if it opens nothing."""
    written, now = WrittenKey.parse(text), app.clock.now()
    key = app.api_keys.api_key(written.tenant, written.key_id) if written else None
    if written is None or key is None:
        return None
    if not key.opens_with(written.secret) or not key.is_good(now):
        return None
    calls = app.api_keys.count_key_call(key.tenant, key.key_id, minute_of(now))
    if calls == 1:
        app.api_keys.note_key_use(key.tenant, key.key_id, now)
    return KeyAtWork(key, seconds_left(now) if calls > MOST_CALLS else 0)


def _id_of(app: App, tenant: TenantId, idempotency_key: str) -> str:
    if not idempotency_key:
        return app.ids.new_id()
    return derived_id(tenant, "api key", idempotency_key)


def _refuse_too_many(app: App, tenant: TenantId, now: datetime) -> None:
    if sum(one.is_good(now) for one in app.api_keys.api_keys(tenant)) >= MOST_KEYS:
        raise InputInvalid(
            f"There are {MOST_KEYS} keys in use already.", mend="Revoke one that nothing needs."
        )


def _refuse_another(
    before: ApiKey, name: str, scopes: tuple[str, ...], expires_at: datetime | None
) -> None:
    if (before.name, before.scopes, before.expires_at) != (name, scopes, expires_at):
        raise Conflict("This idempotency key made another key.", mend="Use a new one.")


def _refuse_used(app: App, before: ApiKey) -> None:
    used = app.api_keys.keys_used_at(before.tenant, [before.key_id])
    if used or before.revoked_at is not None:
        raise Conflict(
            "This key is made already, and was used or revoked since.", mend="Make another one."
        )


def _view(key: ApiKey, now: datetime, used_at: datetime | None = None) -> ApiKeyView:
    state = "good" if key.is_good(now) else "revoked" if key.revoked_at else "expired"
    return ApiKeyView(
        key.key_id,
        key.name,
        key.scopes,
        state,
        key.created_at,
        key.created_by,
        key.expires_at,
        key.revoked_at,
        used_at,
    )
