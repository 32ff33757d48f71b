"""The setup API of keys for machines: what its page does, as JSON. No key opens it."""

from dataclasses import dataclass
from datetime import datetime

from funnel.domain.errors import InputInvalid
from funnel.domain.signing_in.tenants import Role
from funnel.usecases.signing_in.api_keys import (
    ApiKeyView,
    KeyWish,
    MadeApiKey,
    list_keys,
    make_key,
    revoke_key,
)
from funnel.web.asked import Asked
from funnel.web.room import Room

room = Room(needs=Role.ADMIN)


@dataclass(frozen=True, slots=True)
class NewApiKey:
    """A key as it is to be. `key` is an idempotency key; without `expires_at` it never ends."""

    key: str
    name: str
    scopes: tuple[str, ...]
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ApiKeys:
    """All keys, the newest first."""

    items: tuple[ApiKeyView, ...]


@room.api("GET", "/api/setup/keys", "Keys for machines, also those that are good no more", ApiKeys)
def keys(asked: Asked) -> ApiKeys:
    """All of them."""
    return ApiKeys(tuple(list_keys(asked.app, asked.tenant)))


@room.api(
    "POST", "/api/setup/keys", "Make a key; its text is told this once", MadeApiKey,
    body=NewApiKey, status=201,
)  # fmt: skip
def make(asked: Asked) -> MadeApiKey:
    """The key and its text."""
    new = asked.json(NewApiKey)
    if not new.key:
        raise InputInvalid("An idempotency key is missing.", field="key")
    wish = KeyWish(new.name, new.scopes, new.expires_at, new.key)
    return make_key(asked.app, asked.tenant, wish, asked.who.user_name)


@room.api("DELETE", "/api/setup/keys/<key_id>", "Revoke a key at once", ApiKeyView)
def revoke(asked: Asked, key_id: str) -> ApiKeyView:
    """The key as it is then."""
    return revoke_key(asked.app, asked.tenant, key_id, asked.who.user_name)
