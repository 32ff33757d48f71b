"""Connecting a Sugar: test it first, save what was tested, give it a new password."""

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from funnel.domain.connecting.connections import Connection, Pause, PauseReason
from funnel.domain.crm import Credentials, Dialect, Endpoint
from funnel.domain.errors import Conflict, InputInvalid, NotFound
from funnel.domain.ids import ConnectionId, JobId, Module, SugarId, TenantId
from funnel.domain.sync.runs import Job, JobStatus, Note, RunStatus
from funnel.usecases.app import App
from funnel.usecases.bells.resume_run import resume_run
from funnel.usecases.connecting.connection import change_connection, connection_of
from funnel.usecases.connecting.secret_names import sugar_name
from funnel.usecases.jobs.request_job import request_job

PREFLIGHT = "preflight"
NEW_PASSWORD = "new password"  # noqa: S105 - the kind of a job, not a password
SIGN_IN = "sign in"
LONGEST_URL = 2_000
LONGEST_CREDENTIAL = 255
LONGEST_JOB = timedelta(minutes=10)
TEST_HOLDS = timedelta(hours=1)
"""How long a test can be saved after it finished; then its credentials are forgotten."""


def request_preflight(
    app: App, tenant: TenantId, by: str, url: str, user_name: str, password: str
) -> Job:
    """Have a connection tested; the job to ask after.

    The job's arguments are `url` (without query), `user_name` and `secret_ref`. Raises
    `InputInvalid`.
    """
    address = _address(required(url.strip(), "url", "the address of your Sugar", LONGEST_URL))
    name = required(user_name.strip(), "user_name", "the Sugar user's name", LONGEST_CREDENTIAL)
    secret = required(password, "password", "the Sugar user's password", LONGEST_CREDENTIAL)
    ref = _keep(app, tenant, Credentials(name, secret, origin_of(address)))
    arguments = {"url": address, "user_name": name, "secret_ref": ref}
    return request_job(app, tenant, PREFLIGHT, by, arguments)


def request_new_password(app: App, tenant: TenantId, by: str, password: str) -> Job:
    """Have a new password tried, once, by a job that puts it to use if Sugar takes it.

    The job's arguments are `user_name` and `secret_ref`. Raises `InputInvalid`, `NotFound`.
    """
    connection = connection_of(app, tenant)
    secret = required(password, "password", "the new password", LONGEST_CREDENTIAL)
    origin = origin_of(connection.endpoint.url)
    ref = _keep(app, tenant, Credentials(connection.user_name, secret, origin))
    arguments = {"user_name": connection.user_name, "secret_ref": ref}
    return request_job(app, tenant, NEW_PASSWORD, by, arguments)


def job_of(app: App, tenant: TenantId, job_id: JobId) -> Job:
    """One job. Raises `NotFound`, also for a sign-in: that is for the browser it began in."""
    job = app.sync.job(tenant, job_id)
    if job is None or job.kind == SIGN_IN:
        raise NotFound("There is no such job, or it is older than a week.")
    return as_it_stands(job, app.clock.now())


def as_it_stands(job: Job, now: datetime) -> Job:
    """The job; one that runs for longer than its worker can has failed."""
    if (
        job.status is not JobStatus.RUNNING
        or (job.started_at or job.created_at) + LONGEST_JOB > now
    ):
        return job
    note = Note("CutOff", "This was cut off before it came to an end.", "Try again.")
    return replace(job, status=JobStatus.FAILED, note=note)


def save_connection(app: App, tenant: TenantId, job_id: JobId) -> Connection:
    """Keep the connection that a finished pre-flight has tested; settings stay.

    A test is good for one save; the same again, as after a lost reply, changes nothing. Another
    Sugar is read from nothing and ends all sessions, as whoever signs people in has changed.
    Raises `NotFound`, `Conflict` (not finished, saved before or too old) or `InputInvalid` (it did
    not pass).
    """
    job = job_of(app, tenant, job_id)
    tested = _tested(app, job)
    before = app.sync.connection(tenant)
    if before is not None and before.secret_ref == tested.secret_ref:
        return before
    _claim(app, job)
    if before is None:
        return app.sync.save_connection(tested)

    def change(found: Connection) -> Connection:
        nonlocal before
        before = found
        return _reconnected(found, tested)

    stored = change_connection(app, tenant, change)
    app.secrets.delete(tenant, before.secret_ref)
    for key in before.signing_keys:
        if key not in stored.signing_keys:
            app.secrets.delete(tenant, key.secret_ref)
    if stored.connection_id == before.connection_id:
        go_on(app, stored)
    else:
        app.tenants.end_sessions(tenant)
    return stored


def use_new_password(app: App, tenant: TenantId, secret_ref: str) -> Connection:
    """Put a password that Sugar has taken to use: sync goes on where it stopped.

    Done again for the same secret it changes nothing. Raises `NotFound`, `Conflict`.
    """
    before = connection_of(app, tenant)
    if before.secret_ref == secret_ref:
        return before
    stored = change_connection(app, tenant, lambda found: _with_secret(found, secret_ref))
    app.secrets.delete(tenant, before.secret_ref)
    go_on(app, stored)
    return stored


def _reconnected(found: Connection, tested: Connection) -> Connection:
    """The connection after a test was saved.

    Of another Sugar only what an admin has set stays; keys of webhooks are for the address before.
    """
    if _site(found) == _site(tested):
        return replace(
            _with_secret(found, tested.secret_ref),
            endpoint=tested.endpoint,
            user_name=tested.user_name,
            user_id=tested.user_id,
            clock_skew=tested.clock_skew,
        )
    return replace(
        tested,
        credential_version=found.credential_version + 1,
        pause=_pause_of_an_admin(found),
        read_only=found.read_only,
        held_since=found.held_since,
        quiet_hours=found.quiet_hours,
        modules=found.modules,
        conditions=found.conditions,
        mappings=found.mappings,
        custom_fields=found.custom_fields,
        score_fields=found.score_fields,
        # Never back: what was read for the Sugar before must not pass for newer.
        generations={module: found.generations.get(module, 0) + 1 for module in Module},
        requests_per_second=found.requests_per_second,
        overlap_seconds=found.overlap_seconds,
        version=found.version,
    )


def _site(connection: Connection) -> tuple[str, int | None, str]:
    """What tells one Sugar from another, however its address is written.

    The path counts, as one host may serve several.
    """
    parts = urlsplit(connection.endpoint.site_url.casefold())
    usual = {"http": 80, "https": 443}.get(parts.scheme)
    port = None if parts.port == usual else parts.port
    return (parts.hostname or "").removesuffix("."), port, parts.path.strip("/")


def _with_secret(connection: Connection, ref: str) -> Connection:
    """The connection with other credentials and its circuit closed; an admin's pause stays."""
    if connection.secret_ref == ref:
        return connection
    return replace(
        connection,
        secret_ref=ref,
        credential_version=connection.credential_version + 1,
        pause=_pause_of_an_admin(connection),
        failures=0,
        open_until=None,
    )


def _pause_of_an_admin(connection: Connection) -> Pause | None:
    pause = connection.pause
    return pause if pause is not None and pause.reason is PauseReason.ADMIN else None


def go_on(app: App, connection: Connection) -> None:
    """Set the run going again that stopped, if there is one and the connection is not paused."""
    run = None if connection.pause else app.sync.open_run(connection.tenant)
    if run is not None and run.status is not RunStatus.RUNNING:
        with suppress(Conflict):
            resume_run(app, run)


def required(text: str, field: str, what: str, longest: int) -> str:
    """The text that was entered. Raises `InputInvalid` for none, or one that is too long."""
    if not text:
        raise InputInvalid(f"Enter {what}.", field=field)
    if len(text) > longest:
        raise InputInvalid(f"This is longer than {longest} characters.", field=field)
    return text


def _address(text: str) -> str:
    """An address without query and fragment. Raises `InputInvalid` if it may hold a password.

    Any "@" is refused: where it stands is what programs that read addresses disagree about.
    """
    if "@" in text:
        raise InputInvalid(
            "The address contains an “@”, as if a user name or password were in it.",
            mend="Enter the address alone; user name and password have fields of their own.",
            field="url",
        )
    return re.split("[?#]", text, maxsplit=1)[0]


def origin_of(url: str) -> str:
    """Scheme, host and port of an address; "" for one without a scheme, which is found out."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc}" if parts.scheme and parts.netloc else ""


def _keep(app: App, tenant: TenantId, credentials: Credentials) -> str:
    return app.secrets.put(tenant, sugar_name(app.ids), credentials)


def _claim(app: App, job: Job) -> None:
    """Mark a test as saved, once. Raises `Conflict`; credentials it had may be gone by then."""
    over = (job.finished_at or job.created_at) + TEST_HOLDS
    if job.result.get("saved") or over <= app.clock.now():
        raise Conflict(
            "This test was saved before, or it is over an hour old.",
            mend="Test the connection again.",
        )
    app.sync.save_job(replace(job, result={**job.result, "saved": True}))


def _tested(app: App, job: Job) -> Connection:
    """A new connection as a pre-flight tested it. Raises `Conflict` or `InputInvalid`."""
    if job.kind != PREFLIGHT or job.status in {JobStatus.QUEUED, JobStatus.RUNNING}:
        raise Conflict("This test has not finished yet.", mend="Wait for its result.")
    found = job.result.get("endpoint")
    if job.status is JobStatus.FAILED or not job.result.get("ok") or not isinstance(found, Mapping):
        raise InputInvalid(
            "This connection did not pass its test, so it cannot be saved.",
            mend="Mend what the test names, then test again.",
            field="job_id",
        )
    endpoint = Endpoint(
        url=str(found["url"]),
        site_url=str(found["site_url"]),
        dialect=Dialect(str(found["dialect"])),
        version=str(found["version"]),
        edition=str(found["edition"]),
        product=str(found["product"]),
        warnings=tuple(str(text) for text in found.get("warnings") or ()),
        cannot=tuple(str(text) for text in found.get("cannot") or ()),
        own_version=str(found.get("own_version") or ""),
    )
    skew = job.result.get("clock_skew")
    signed_in = job.result.get("signed_in")
    user_id = signed_in.get("user_id") if isinstance(signed_in, Mapping) else ""
    return Connection(
        tenant=job.tenant,
        connection_id=ConnectionId(app.ids.new_id()),
        endpoint=endpoint,
        user_name=str(job.arguments["user_name"]),
        secret_ref=str(job.arguments["secret_ref"]),
        credential_version=1,
        created_at=app.clock.now(),
        clock_skew=float(skew) if isinstance(skew, int | float) else 0.0,
        user_id=SugarId(str(user_id or "")),
    )
