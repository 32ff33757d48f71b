"""Getting in: one-use links, sessions, and out again."""

import hashlib
from dataclasses import dataclass, replace
from datetime import timedelta

from funnel.domain.errors import InputInvalid, NotSignedIn
from funnel.domain.ids import Module, RecordKey, TenantId
from funnel.domain.signing_in.sugar_users import role_of
from funnel.domain.signing_in.tenants import Role, Session, SignInLink, SugarUser
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
    return begin_session(app, link.tenant, link.role, link.user_name)


def begin_session(
    app: App, tenant: TenantId, role: Role, user_name: str, sugar_user: SugarUser | None = None
) -> SignedInSession:
    """A session from now on, under a token that was never used before."""
    now, token = app.clock.now(), app.ids.new_token()
    session = Session(
        tenant=tenant,
        token_hash=token_hash(token),
        role=role,
        user_name=user_name,
        created_at=now,
        expires_at=now + SESSION_LIFE,
        sugar_user=sugar_user,
    )
    app.tenants.put_session(session)
    return SignedInSession(token, session)


def session_of(app: App, token: str) -> Session | None:
    """The session this token belongs to, while it lasts.

    One of a Sugar user lasts while that user is active, with the role that Sugar gives by now.
    """
    session = app.tenants.session(token_hash(token), app.clock.now()) if token else None
    if session is None or session.sugar_user is None:
        return session
    key = RecordKey(Module.USERS, session.sugar_user.sugar_id)
    record = app.records.records(session.tenant, [key]).get(key)
    role = role_of(session.sugar_user, record)
    return None if role is None else replace(session, role=role)


def sign_out(app: App, token: str) -> None:
    """End the session of this token."""
    if token:
        app.tenants.end_session(token_hash(token))
