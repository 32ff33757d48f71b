"""Ask Sugar whether somebody may sign in: once, whatever happens, and the password is deleted."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from funnel.domain.connecting.connections import Connection
from funnel.domain.crm import Credentials, SignedIn
from funnel.domain.errors import (
    Conflict,
    NotAllowed,
    NotFound,
    SignInRefused,
    SugarRefused,
    Transient,
)
from funnel.domain.ids import Module, RecordKey, TenantId
from funnel.domain.signing_in.sugar_users import role_of
from funnel.domain.signing_in.tenants import SugarUser
from funnel.domain.signing_in.tries import OF_A_USER
from funnel.domain.sync.runs import ENDED_JOBS, Job, JobStatus, Note
from funnel.ports.crm import Hooks
from funnel.ports.sync_messages import SignIn
from funnel.usecases.app import App
from funnel.usecases.connecting.connect import SIGN_IN, as_it_stands
from funnel.usecases.connecting.connection import Budget
from funnel.usecases.jobs.job_outcome import outcome_of
from funnel.usecases.signing_in.count_try import count_try
from funnel.usecases.signing_in.request_sign_in import (
    PATIENCE,
    WAY_IN,
    refuse_our_own,
    sugar_to_ask,
)

LOOK_AGAIN = 900
"""Seconds until a try that goes on is looked at again; the most that a message can wait."""

WAIT_A_TURN = 2
"""Seconds until a try is looked at again while others of its tenant are made."""

_TURNS = ("ask-sugar-1", "ask-sugar-2")
_LONGEST_TRY = timedelta(seconds=300)
"""The function's own time: whoever has a turn for longer is gone."""

TOOK_TOO_LONG = Note("TookTooLong", "Sugar was not asked in time.", f"Sign in again. {WAY_IN}")
REFUSED = "Sugar did not accept this user name and password."
MEND_REFUSED = "Check both, capital letters too. There are three tries in 15 minutes."


def do_sign_in(app: App, message: SignIn, worker: str) -> None:
    """Make the one try there is; a message that comes again only tidies up.

    Of one tenant two are made at a time, so that a Sugar which hangs, or somebody who sends forms
    without end, keeps nobody of another tenant waiting; the others come back in a moment.

    The job's result has `sugar_id`, `name`, `role`, `is_admin` (None where Sugar does not say) and
    `told_at`. Sugar is asked by whoever marks the job as running, and never for one that has
    waited too long. A worker that died is found out by a later message.
    """
    job = app.sync.job(message.tenant, message.job_id)
    if job is None or job.kind != SIGN_IN:
        return
    if job.status in ENDED_JOBS:
        _forget(app, job)
        return
    job = _at_last(job, app.clock.now())
    if job.status is JobStatus.QUEUED:
        turn = _turn(app, job.tenant, worker)
        if not turn:
            app.queue.send(message, delay=WAIT_A_TURN)
            return
        try:
            job = outcome_of(app, _claimed(app, job), _ask)
        except Conflict:
            job = replace(job, status=JobStatus.RUNNING)
        finally:
            app.sync.release(job.tenant, turn, worker)
    if job.status is JobStatus.RUNNING:
        app.queue.send(message, delay=LOOK_AGAIN)
        return
    _forget(app, job)
    app.sync.save_job(replace(job, finished_at=app.clock.now()))


def _turn(app: App, tenant: TenantId, worker: str) -> str:
    """The lease of one of the tenant's turns; "" while others have them."""
    now = app.clock.now()
    until = now + _LONGEST_TRY
    return next((t for t in _TURNS if app.sync.acquire(tenant, t, worker, now, until)), "")


def _at_last(job: Job, now: datetime) -> Job:
    """The job; failed if nobody waits for it any more, or its worker is long gone."""
    if job.status is JobStatus.QUEUED and job.created_at + PATIENCE <= now:
        return replace(job, status=JobStatus.FAILED, note=TOOK_TOO_LONG)
    return as_it_stands(job, now)


def _claimed(app: App, job: Job) -> Job:
    """The job, running by our hand. Raises `Conflict` if another worker has it."""
    now = app.clock.now()
    return app.sync.save_job(replace(job, status=JobStatus.RUNNING, started_at=now))


def _forget(app: App, job: Job) -> None:
    app.secrets.delete(job.tenant, str(job.arguments["secret_ref"]))


def _ask(app: App, job: Job) -> Mapping[str, object]:
    """Who may come in. Raises what stands in the way, said to the person."""
    connection = sugar_to_ask(app, job.tenant)
    if connection.connection_id != job.arguments["connection_id"]:
        raise NotAllowed("Another Sugar was connected meanwhile.", mend="Sign in again.")
    credentials = _taken(app, job)
    refuse_our_own(connection, credentials.user_name)
    count_try(app, job.tenant, str(job.arguments["who"]), job.job_id, OF_A_USER)
    told_at = app.clock.now()
    told = _signed_in(app, connection, credentials)
    user = SugarUser(told.user_id, told.is_admin, told_at)
    return _let_in(app, job.tenant, user)


def _taken(app: App, job: Job) -> Credentials:
    """The password, deleted before it is used: nobody can try the same one again."""
    try:
        credentials = app.secrets.get(job.tenant, str(job.arguments["secret_ref"]))
    except NotFound:
        raise NotFound("The password did not arrive.", mend="Sign in again.") from None
    _forget(app, job)
    return credentials


def _signed_in(app: App, connection: Connection, credentials: Credentials) -> SignedIn:
    """What Sugar says of whom the credentials are for; its session is ended at once."""
    if app.crm is None:
        raise NotFound("This door does not reach Sugar.")
    hooks = Hooks(Budget(app, connection, patient=False).take)
    try:
        crm = app.crm.open(connection.endpoint, credentials, hooks)
        try:
            return crm.sign_in()
        finally:
            crm.sign_out()
    except SignInRefused as error:
        raise SignInRefused(REFUSED, mend=MEND_REFUSED) from error
    except Transient as error:
        error.mend = f"Try again in a few minutes. {WAY_IN}"
        raise
    except SugarRefused as error:
        error.mend = f"Tell an admin of your company. {WAY_IN}"
        raise


def _let_in(app: App, tenant: TenantId, user: SugarUser) -> dict[str, object]:
    key = RecordKey(Module.USERS, user.sugar_id)
    record = app.records.records(tenant, [key]).get(key)
    role = role_of(user, record)
    if record is None:
        raise NotAllowed(
            "Sugar knows you, but your user has not come to Funnel yet.",
            mend=f"Wait for the next sync, an hour at most, or ask an admin to press Sync now. {WAY_IN}",
        )
    if role is None:
        raise NotAllowed(
            "Sugar knows you, but when it was last read your user was inactive or deleted there.",
            mend=f"If that has changed since, ask an admin to press Sync now. {WAY_IN}",
        )
    return {
        "sugar_id": user.sugar_id,
        "name": record.name,
        "role": role.value,
        "is_admin": user.is_admin,
        "told_at": user.told_at.isoformat(),
    }
