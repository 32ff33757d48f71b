"""How often somebody tried to sign in, and when the next try may be made."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from funnel.domain.ids import TenantId, derived_id
from funnel.domain.text import fold_user_name
from funnel.domain.tracking.networks import home_network


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` tries in any `span` of time."""

    most: int
    span: timedelta


OF_A_USER = Limit(3, timedelta(minutes=15))
"""Fewer than lock a user out of Sugar."""

OF_A_SOURCE = Limit(10, timedelta(minutes=1))
"""From one address in the network, which may be a whole office's."""

OF_A_TENANT = Limit(30, timedelta(minutes=1))
"""So that guessing at many names keeps neither Sugar nor our workers from their work."""


@dataclass(frozen=True, slots=True)
class Tries:
    """The latest tries under one name: the moment of each, by its id.

    One that is counted twice counts once. `who` stands for the name and does not tell it.
    """

    tenant: TenantId
    who: str
    at: Mapping[str, datetime] = field(default_factory=dict)
    version: int = 0


def who_tries(tenant: TenantId, user_name: str) -> str:
    """What tries of a user are counted under: the same for all spellings Sugar takes for one."""
    return derived_id(tenant, "tries", fold_user_name(user_name))


def source_tries(tenant: TenantId, address: str) -> str:
    """What tries from an address in the network are counted under, which does not tell it.

    Of IPv6 the network of 64 bits counts, within which one machine has all addresses.
    """
    return derived_id(tenant, "tries from", home_network(address))


def free_at(tries: Tries, limit: Limit, now: datetime) -> datetime | None:
    """When the next try may be made; None if it may be made now."""
    recent = sorted(_recent(tries, limit, now).values())
    return recent[-limit.most] + limit.span if len(recent) >= limit.most else None


def with_try(tries: Tries, try_id: str, limit: Limit, now: datetime) -> Tries:
    """The tries with one more; those that no longer count are left out."""
    return replace(tries, at={**_recent(tries, limit, now), try_id: now})


def _recent(tries: Tries, limit: Limit, now: datetime) -> dict[str, datetime]:
    return {one: at for one, at in tries.at.items() if at > now - limit.span}
