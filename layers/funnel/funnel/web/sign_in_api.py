"""Signing in with Sugar, for machines: what the pages do, as JSON."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from funnel.domain.signing_in.tenants import Role
from funnel.usecases.signing_in.collect_sign_in import collect_sign_in
from funnel.usecases.signing_in.request_sign_in import request_sign_in
from funnel.web.asked import Asked
from funnel.web.errors import ErrorBody
from funnel.web.room import Room
from funnel.web.sign_in_sugar import tenant_at

room = Room(needs=None)


@dataclass(frozen=True, slots=True)
class SugarCredentials:
    """The user name and password of a person in Sugar."""

    user_name: str
    password: str


@dataclass(frozen=True, slots=True)
class SignInBegun:
    """What to ask for the answer with; good for five minutes, and for one session."""

    waiting_token: str


class SignInStatus(StrEnum):
    """Where a sign-in stands."""

    WAITING = "waiting"
    DONE = "done"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class NewSession:
    """A session. `token` goes into `Authorization: Bearer`; it is told this once."""

    token: str
    role: Role
    user_name: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class SignInState:
    """How far it is. `session` is there when it is done, `error` when it was refused."""

    status: SignInStatus
    session: NewSession | None
    error: ErrorBody | None


@room.api(
    "POST",
    "/api/sign-in/<tenant>",
    "Have Sugar asked whether a person may sign in",
    SignInBegun,
    body=SugarCredentials,
    status=202,
)
def begin(asked: Asked, tenant: str) -> SignInBegun:
    """Have it asked by a job."""
    given = asked.json(SugarCredentials)
    found = tenant_at(asked, tenant).tenant
    token = request_sign_in(asked.app, found, given.user_name, given.password, source=asked.source)
    return SignInBegun(token)


@room.api(
    "POST",
    "/api/sign-in/<tenant>/session",
    "What Sugar said, and the session if it said yes",
    SignInState,
    body=SignInBegun,
)
def collect(asked: Asked, tenant: str) -> SignInState:
    """The answer, as far as there is one."""
    token = asked.json(SignInBegun).waiting_token
    answer = collect_sign_in(asked.app, tenant_at(asked, tenant).tenant, token)
    if answer.note is not None:
        note = answer.note
        return SignInState(
            SignInStatus.REFUSED, None, ErrorBody(note.code, note.text, note.mend, "")
        )
    if answer.session is None:
        return SignInState(SignInStatus.WAITING, None, None)
    session = answer.session.session
    new = NewSession(answer.session.token, session.role, session.user_name, session.expires_at)
    return SignInState(SignInStatus.DONE, new, None)
