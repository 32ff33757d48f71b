"""Time, ids, secrets and queues."""

from datetime import datetime
from typing import Protocol

from funnel.domain.crm import Credentials, Token
from funnel.domain.ids import TenantId
from funnel.ports.messages import Message


class Clock(Protocol):
    """Time and waiting."""

    def now(self) -> datetime:
        """Now, UTC, with microseconds."""

    def monotonic(self) -> float:
        """Seconds that only go forward."""

    def sleep(self, seconds: float) -> None:
        """Wait."""


class Ids(Protocol):
    """Ids and tokens that nobody can guess."""

    def new_id(self) -> str:
        """A random UUID."""

    def new_token(self) -> str:
        """256 random bits as URL-safe text."""


class Effects(Protocol):
    """What was done to whatever outlives this process: tables, queues, files, secrets."""

    def count(self) -> int:
        """How many requests so far may have changed something: done, or with an unknown outcome."""


class Secrets(Protocol):
    """Credentials and keys, kept apart from everything else."""

    def ref(self, tenant: TenantId, name: str) -> str:
        """The reference that credentials put under this name have; it may be stored anywhere."""

    def put(self, tenant: TenantId, name: str, credentials: Credentials) -> str:
        """Keep the credentials; their reference."""

    def get(self, tenant: TenantId, ref: str) -> Credentials:
        """The credentials. Raises `NotFound` if there are none, or the tenant is another."""

    def delete(self, tenant: TenantId, ref: str) -> None:
        """Forget them, and the token got with them; nothing if there are none."""

    def put_token(self, tenant: TenantId, ref: str, token: Token) -> None:
        """Keep the token got with these credentials, in place of the one before."""

    def token(self, tenant: TenantId, ref: str) -> Token | None:
        """The token got with these credentials; None if there is none, or for another tenant."""

    def put_key(self, tenant: TenantId, name: str, key: str) -> str:
        """Keep a key, which never changes; a reference that may be stored anywhere."""

    def get_key(self, tenant: TenantId, ref: str) -> str:
        """The key. Raises `NotFound` if there is none, or the tenant is another."""


class Queue(Protocol):
    """Messages to the workers. Each may arrive more than once."""

    def send(self, message: Message, delay: int = 0) -> None:
        """Send it, to arrive no sooner than `delay` seconds from now (900 at most)."""
