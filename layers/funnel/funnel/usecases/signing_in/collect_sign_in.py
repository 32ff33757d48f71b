"""Hear what Sugar said of somebody who waits, in the browser that asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from funnel.domain.ids import SugarId, TenantId
from funnel.domain.signing_in.tenants import Role, SignInAttempt, SugarUser
from funnel.domain.sync.runs import ENDED_JOBS, JobStatus, Note
from funnel.usecases.app import App
from funnel.usecases.signing_in.request_sign_in import WAY_IN
from funnel.usecases.signing_in.sign_in import SignedInSession, begin_session, token_hash

OVER = Note(
    "SignInOver",
    "This took too long, was used before, or was begun in another browser.",
    f"Sign in again. {WAY_IN}",
)


@dataclass(frozen=True, slots=True)
class SignInAnswer:
    """A session, or a note of why there is none; neither while Sugar is still being asked.

    `return_to` is the page that was asked for, or empty.
    """

    session: SignedInSession | None = None
    note: Note | None = None
    return_to: str = ""


def is_going_on(app: App, tenant: TenantId, token: str) -> bool:
    """Whether the browser with this token still waits."""
    attempt = _attempt(app, tenant, token)
    job = app.sync.job(tenant, attempt.job_id) if attempt else None
    return job is not None and job.status not in ENDED_JOBS


def collect_sign_in(app: App, tenant: TenantId, token: str) -> SignInAnswer:
    """The answer, as far as there is one. A session is handed out once."""
    attempt = _attempt(app, tenant, token)
    job = app.sync.job(tenant, attempt.job_id) if attempt else None
    if attempt is None or job is None:
        return SignInAnswer(note=OVER)
    if job.status not in ENDED_JOBS:
        return SignInAnswer()
    if job.status is JobStatus.FAILED:
        return SignInAnswer(note=job.note, return_to=attempt.return_to)
    begun = _begun(app, tenant, job.result)
    if not _is_theirs(app, attempt, begun):
        app.tenants.end_session(begun.session.token_hash)
        return SignInAnswer(note=OVER)
    return SignInAnswer(begun, return_to=attempt.return_to)


def _attempt(app: App, tenant: TenantId, token: str) -> SignInAttempt | None:
    found = app.tenants.attempt(token_hash(token), app.clock.now()) if token else None
    return found if found is not None and found.tenant == tenant else None


def _begun(app: App, tenant: TenantId, result: Mapping[str, object]) -> SignedInSession:
    admin = result["is_admin"]
    user = SugarUser(
        SugarId(str(result["sugar_id"])),
        None if admin is None else bool(admin),
        datetime.fromisoformat(str(result["told_at"])),
    )
    return begin_session(app, tenant, Role(str(result["role"])), str(result["name"]), user)


def _is_theirs(app: App, attempt: SignInAttempt, begun: SignedInSession) -> bool:
    """Whether nobody took it before, and the Sugar that vouched is still the tenant's.

    The session is there already: one begun before another Sugar was connected ends with all others,
    one begun after that finds the other connection here.
    """
    now, by = app.clock.now(), begun.session.token_hash
    if not app.tenants.take_attempt(attempt.token_hash, by, now):
        return False
    connection = app.sync.connection(attempt.tenant)
    return connection is not None and connection.connection_id == attempt.connection_id
