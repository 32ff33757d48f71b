"""Getting in: one-use links, sessions, and out again."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta

from funnel.domain.errors import InputInvalid, NotSignedIn
from funnel.domain.ids import TenantId
from funnel.domain.tenants import Role, Session, SignInLink
from funnel.usecases.app import App

LINK_LIFE = timedelta(hours=1)
SESSION_LIFE = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class SignedInSession:
    """A session just begun, and the token that only the person's browser keeps."""

    token: str
    session: Session

    def __repr__(self) -> str:
        return f"SignedInSession({self.session.tenant}, {self.session.user_name})"


def token_hash(token: str) -> str:
    """What is kept of a token of 256 random bits: its SHA-256, in hex."""
    return hashlib.sha256(token.encode()).hexdigest()


def create_link(app: App, tenant: TenantId, role: Role, user_name: str) -> str:
    """Make a one-use link, good for an hour; its token, which is kept nowhere here.

    Raises `InputInvalid` when no such tenant exists or the name is empty.
    """
    if app.tenants.tenant(tenant) is None:
        raise InputInvalid(f"There is no tenant {tenant}.", field="tenant")
    name = user_name.strip()
    if not name:
        raise InputInvalid("A link needs the name of the person it is for.", field="user_name")
    token = app.ids.new_token()
    expires_at = app.clock.now() + LINK_LIFE
    app.tenants.put_link(SignInLink(tenant, token_hash(token), role, name, expires_at))
    return token


def use_link(app: App, token: str) -> SignedInSession:
    """Turn a one-use link into a session. Raises `NotSignedIn` if it was used or has expired."""
    now = app.clock.now()
    link = app.tenants.use_link(token_hash(token), now) if token else None
    if link is None:
        raise NotSignedIn(
            "This sign-in link was already used, or is older than an hour.",
            mend="Ask the person who runs Funnel for a new link.",
        )
    secret = app.ids.new_token()
    session = Session(
        tenant=link.tenant,
        token_hash=token_hash(secret),
        role=link.role,
        user_name=link.user_name,
        created_at=now,
        expires_at=now + SESSION_LIFE,
    )
    app.tenants.put_session(session)
    return SignedInSession(secret, session)


def session_of(app: App, token: str) -> Session | None:
    """The session this token belongs to, while it lasts."""
    return app.tenants.session(token_hash(token), app.clock.now()) if token else None


def sign_out(app: App, token: str) -> None:
    """End the session of this token."""
    if token:
        app.tenants.end_session(token_hash(token))
