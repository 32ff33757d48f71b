"""Tenants, and who is signed in."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from funnel.domain.ids import ConnectionId, JobId, SugarId, TenantId


class Role(StrEnum):
    """What a signed-in person may do."""

    ADMIN = "admin"
    MARKETER = "marketer"


@dataclass(frozen=True, slots=True)
class Tenant:
    """A company that uses this deployment."""

    tenant: TenantId
    name: str
    created_at: datetime
    version: int = 0


@dataclass(frozen=True, slots=True)
class SignInLink:
    """A one-use link, kept by the hash of its token only."""

    tenant: TenantId
    token_hash: str
    role: Role
    user_name: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class SignInAttempt:
    """A browser that waits for Sugar's word, kept by the hash of the cookie's token only.

    `job_id` asks Sugar, for the `connection_id` of that moment. `return_to` is the page that was
    asked for, or empty.
    """

    tenant: TenantId
    token_hash: str
    job_id: JobId
    connection_id: ConnectionId
    return_to: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class SugarUser:
    """Whom Sugar let in, and what it said of them then; `is_admin` is None if it did not say."""

    sugar_id: SugarId
    is_admin: bool | None
    told_at: datetime


@dataclass(frozen=True, slots=True)
class Session:
    """A signed-in person, kept by the hash of the cookie's token only.

    `sugar_user` is there for whom Sugar let in; `role` is then theirs at that moment, and follows
    their User record.
    """

    tenant: TenantId
    token_hash: str
    role: Role
    user_name: str
    created_at: datetime
    expires_at: datetime
    sugar_user: SugarUser | None = None
