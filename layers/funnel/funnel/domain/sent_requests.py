"""Requests that are sent twice under one idempotency key."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from funnel.domain.ids import TenantId, derived_id

KEPT = timedelta(days=7)
"""For how long a key stands for one request."""

LONGEST_KEY = 200


@dataclass(frozen=True, slots=True)
class SentRequest:
    """What a key stands for until `expires_at`: what was sent, as a fingerprint, and how it went.

    With `status` 0 it is not known whether it was carried out; `attempt` is whose mark it is. The
    answer is not kept: it may hold a secret that is told once, or what is known of a person who is
    erased later.
    """

    tenant: TenantId
    sent_id: str
    fingerprint: str
    expires_at: datetime
    status: int = 0
    version: int = 0
    attempt: str = ""


def sent_id(tenant: TenantId, place: str, key: str) -> str:
    """What a request is kept under; `place` is its method and path."""
    return derived_id(tenant, "sent", place, key)


def fingerprint_of(query: str, body: object) -> str:
    """The same for what means the same, however its JSON is written."""
    text = json.dumps(body, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"{query}\n{text}".encode("utf-8", "surrogatepass")).hexdigest()
