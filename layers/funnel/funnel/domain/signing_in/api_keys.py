"""Keys by which machines ask: what one may do, how it is written, and how often it may ask."""

import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from funnel.domain.errors import InputInvalid
from funnel.domain.ids import TenantId
from funnel.domain.text import is_text

PREFIX = "fnl_"
_WRITTEN = re.compile(rf"{PREFIX}([\w-]{{1,64}})\.([\w-]{{1,64}})\.([\w-]{{1,128}})", re.ASCII)
"""What every key begins with, so that programs that look for leaked secrets know one."""

AREAS = (
    "people",
    "activities",
    "consent",
    "erasures",
    "records",
    "lists",
    "segments",
    "scoring",
    "emails",
    "broadcasts",
    "campaigns",
    "forms",
    "tracking",
    "pushes",
    "sync",
    "settings",
)
"""What the API is about, as scopes name it."""

SCOPES = tuple(f"{area}:{verb}" for area in AREAS for verb in ("read", "write"))

LONGEST_NAME = 60
MOST_KEYS = 50
"""Keys in use of one tenant."""

MOST_CALLS = 600
"""Requests of one key in a minute of the clock."""

NOTED_EVERY = timedelta(hours=1)
"""How exactly it is kept when a key was last used."""


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key, kept by the hash of its secret only.

    It is good until `expires_at` (None: for ever) or `revoked_at`.
    """

    tenant: TenantId
    key_id: str
    secret_hash: str
    name: str
    scopes: tuple[str, ...]
    created_at: datetime
    created_by: str
    expires_at: datetime | None = None
    revoked_at: datetime | None = None
    revoked_by: str = ""
    version: int = 0

    @property
    def acts_as(self) -> str:
        """What histories say of whom did what this key did."""
        return f"API key {self.name}"

    def is_good(self, now: datetime) -> bool:
        """Whether it opens anything."""
        return self.revoked_at is None and (self.expires_at is None or now < self.expires_at)

    def opens_with(self, secret: str) -> bool:
        """Whether this is its secret; compared in constant time."""
        return hmac.compare_digest(self.secret_hash, hash_of(secret))


@dataclass(frozen=True, slots=True)
class WrittenKey:
    """A key as machines send it, taken apart. The repr hides the secret."""

    tenant: TenantId
    key_id: str
    secret: str

    def __str__(self) -> str:
        return f"{PREFIX}{self.tenant}.{self.key_id}.{self.secret}"

    def __repr__(self) -> str:
        return f"WrittenKey({self.tenant}, {self.key_id})"

    @classmethod
    def parse(cls, text: str) -> "WrittenKey | None":
        """The key that `str()` wrote; None for anything else."""
        found = _WRITTEN.fullmatch(text)
        return cls(TenantId(found[1]), found[2], found[3]) if found else None


def hash_of(secret: str) -> str:
    """What is kept of a secret of 256 random bits: its SHA-256, in hex."""
    return hashlib.sha256(secret.encode()).hexdigest()


def checked_name(text: str) -> str:
    """A key's name without space around it. Raises `InputInvalid`."""
    name = " ".join(text.split())
    if not name:
        raise InputInvalid("Name the key by what uses it.", field="name")
    if len(name) > LONGEST_NAME or not is_text(name):
        raise InputInvalid(f"A name has {LONGEST_NAME} characters at most.", field="name")
    return name


def checked_scopes(wanted: tuple[str, ...]) -> tuple[str, ...]:
    """Scopes in their own order, each once. Raises `InputInvalid`."""
    unknown = sorted(set(wanted) - set(SCOPES))
    if unknown:
        text = f"There is no scope “{unknown[0][:40]}”."
        raise InputInvalid(text, mend=f"Use some of {', '.join(SCOPES)}.", field="scopes")
    if not wanted:
        raise InputInvalid("A key needs at least one scope.", field="scopes")
    return tuple(one for one in SCOPES if one in wanted)


def checked_expiry(expires_at: datetime | None, now: datetime) -> datetime | None:
    """When it ends. Raises `InputInvalid` for a moment that is over."""
    if expires_at is not None and expires_at <= now:
        raise InputInvalid("This day is over.", mend="Choose a later one.", field="expires_at")
    return expires_at


def minute_of(moment: datetime) -> int:
    """The minute of the clock in which requests are counted, since 1970."""
    return int(moment.timestamp()) // 60


def seconds_left(moment: datetime) -> int:
    """How long until the next minute of the clock, 1 to 60."""
    return 60 - int(moment.timestamp()) % 60
