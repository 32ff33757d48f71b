"""Tenants, and who is signed in."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from funnel.domain.ids import TenantId


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
class Session:
    """A signed-in person, kept by the hash of the cookie's token only."""

    tenant: TenantId
    token_hash: str
    role: Role
    user_name: str
    created_at: datetime
    expires_at: datetime
