"""Tenants, one-use links, attempts to sign in and sessions in memory."""

import threading
from dataclasses import replace
from datetime import datetime

from funnel.domain.errors import Conflict
from funnel.domain.ids import TenantId
from funnel.domain.signing_in.tenants import Session, SignInAttempt, SignInLink, Tenant


class MemoryTenants:
    """`TenantStore` in memory."""

    def __init__(self) -> None:
        super().__init__()
        self._lock = threading.RLock()
        self._tenants: dict[TenantId, Tenant] = {}
        self._links: dict[str, SignInLink] = {}
        self._attempts: dict[str, SignInAttempt] = {}
        self._taken: dict[str, str] = {}
        self._sessions: dict[str, Session] = {}

    def create_tenant(self, tenant: Tenant) -> None:
        """Keep a tenant whose id is free."""
        with self._lock:
            if tenant.tenant in self._tenants:
                raise Conflict("There is such a tenant.")
            self._tenants[tenant.tenant] = replace(tenant, version=1)

    def tenant(self, tenant: TenantId) -> Tenant | None:
        """One tenant."""
        return self._tenants.get(tenant)

    def put_link(self, link: SignInLink) -> None:
        """Keep a one-use link."""
        self._links[link.token_hash] = link

    def use_link(self, token_hash: str, now: datetime) -> SignInLink | None:
        """Take the link away."""
        with self._lock:
            link = self._links.pop(token_hash, None)
        return link if link is not None and link.expires_at > now else None

    def put_attempt(self, attempt: SignInAttempt) -> None:
        """Keep an attempt."""
        self._attempts[attempt.token_hash] = attempt

    def attempt(self, token_hash: str, now: datetime) -> SignInAttempt | None:
        """An attempt that has not expired and that nobody took."""
        with self._lock:
            found = self._attempts.get(token_hash)
            good = found is not None and found.expires_at > now and token_hash not in self._taken
            return found if good else None

    def take_attempt(self, token_hash: str, by: str, now: datetime) -> bool:
        """Take it for `by`."""
        with self._lock:
            found = self._attempts.get(token_hash)
            if found is None or found.expires_at <= now:
                return False
            return self._taken.setdefault(token_hash, by) == by

    def put_session(self, session: Session) -> None:
        """Keep a session."""
        self._sessions[session.token_hash] = session

    def session(self, token_hash: str, now: datetime) -> Session | None:
        """A session that has not expired."""
        session = self._sessions.get(token_hash)
        return session if session is not None and session.expires_at > now else None

    def end_session(self, token_hash: str) -> None:
        """Forget a session."""
        with self._lock:
            self._sessions.pop(token_hash, None)

    def end_sessions(self, tenant: TenantId) -> None:
        """Forget all sessions of a tenant."""
        with self._lock:
            ended = [h for h, session in self._sessions.items() if session.tenant == tenant]
            for token_hash in ended:
                del self._sessions[token_hash]
