"""How Sugar signs what it sends of its own accord: keys by purpose, one connection each.

A signature is HMAC-SHA256 in hex over the time of sending (seconds since 1970, as text), a dot and
the body as sent. What was signed is good for five minutes before and after, and once.
"""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from funnel.domain.ids import ConnectionId

WEBHOOK, DASHLET = "webhook", "dashlet"
"""The purposes of the keys that sign webhooks, and the tokens of dashlets."""

GOOD_FOR = timedelta(seconds=300)
OLD_KEY_GOOD_FOR = timedelta(hours=24)
_DIGITS = 11


@dataclass(frozen=True, slots=True)
class SigningKey:
    """Names a key of a connection; the key itself is in the vault, under `secret_ref`.

    `kid` is what the sender calls it by. It is good until `ends_at`; None is the newest one.
    """

    kid: str
    secret_ref: str
    made_at: datetime
    ends_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Signed:
    """What a request brings to show who sent it: the headers as they came."""

    sent: str
    kid: str
    signature: str


def derived_key(secret: str, purpose: str, connection_id: ConnectionId) -> str:
    """The key of one purpose, in hex: whoever has it knows neither the secret nor another key."""
    text = f"funnel {purpose} {connection_id}"
    return hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()


def module_key(secret: str, connection_id: ConnectionId) -> str:
    """What an admin enters in Sugar. The module derives its keys from it by purpose."""
    return derived_key(secret, "module", connection_id)


def purpose_key(secret: str, purpose: str, connection_id: ConnectionId) -> str:
    """The key that the module derives for one purpose, worked out from the secret."""
    return derived_key(module_key(secret, connection_id), purpose, connection_id)


def entered_key(kid: str, secret: str, connection_id: ConnectionId) -> str:
    """The one text an admin enters in Sugar as the key: its name, a dot, the module's key."""
    return f"{kid}.{module_key(secret, connection_id)}"


def signature_of(key: str, sent: str, body: bytes) -> str:
    """The signature of a body sent at a time, in hex."""
    return hmac.new(key.encode(), sent.encode() + b"." + body, hashlib.sha256).hexdigest()


def is_signed(signed: Signed, key: str, body: bytes) -> bool:
    """Whether the signature is the key's. Takes as long for a wrong one as for the right one."""
    wanted = signature_of(key, signed.sent, body)
    return hmac.compare_digest(wanted.encode(), signed.signature.lower().encode())


def is_timely(sent: str, now: datetime, clock_skew: float) -> bool:
    """Whether it was sent within five minutes of now, by a clock that is `clock_skew` s ahead."""
    moment = sent_at(sent)
    return moment is not None and abs(moment - timedelta(seconds=clock_skew) - now) <= GOOD_FOR


def sent_at(sent: str) -> datetime | None:
    """The moment that the text of a time of sending says; None for what is none."""
    if not (sent.isascii() and sent.isdigit() and len(sent) <= _DIGITS):
        return None
    return datetime.fromtimestamp(int(sent), UTC)


def known(keys: Sequence[SigningKey], kid: str, now: datetime) -> SigningKey | None:
    """The key of this name, if it is still good."""
    good = (k for k in keys if k.kid == kid and (k.ends_at is None or k.ends_at > now))
    return next(good, None)


def rotated(
    keys: Sequence[SigningKey], new: SigningKey, now: datetime
) -> tuple[tuple[SigningKey, ...], tuple[SigningKey, ...]]:
    """The keys with a new one, and those that ended. The last one stays good for a day."""
    kept = [k if k.ends_at else replace(k, ends_at=now + OLD_KEY_GOOD_FOR) for k in keys]
    good = tuple(k for k in kept if k.ends_at is not None and k.ends_at > now)
    return (*good, new), tuple(k for k in kept if k not in good)
