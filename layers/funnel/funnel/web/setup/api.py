"""The setup API: what the admin's pages do, as JSON."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from funnel.domain.connecting.connections import Connection, Pause, QuietHours
from funnel.domain.crm import Condition, Endpoint
from funnel.domain.errors import NotFound
from funnel.domain.ids import JobId, Module, RunId
from funnel.domain.signing_in.tenants import Role
from funnel.domain.sync.runs import Job, JobStatus, Run, RunKind
from funnel.usecases.connecting.connect import job_of, request_new_password, request_preflight
from funnel.usecases.connecting.connection import connection_of
from funnel.usecases.connecting.mass_write import MassWrite, mass_write
from funnel.usecases.connecting.update_connection import ConnectionChanges, update_connection
from funnel.usecases.sync.cancel_run import cancel_run
from funnel.usecases.sync.start_run import start_run
from funnel.usecases.sync.view_sync import (
    Freshness,
    RunsPage,
    RunView,
    current_run,
    freshness,
    list_runs,
    run_of,
    run_view,
)
from funnel.web.asked import Asked
from funnel.web.errors import ErrorBody
from funnel.web.room import PAGING, Room
from funnel.web.setup.connecting import save_and_start

room = Room(needs=Role.ADMIN)


@dataclass(frozen=True, slots=True)
class NewConnection:
    """What signs us in. `url` is any address of the Sugar, as pasted."""

    url: str
    user_name: str
    password: str


@dataclass(frozen=True, slots=True)
class OutgoingAddresses:
    """IP addresses; empty where they are not fixed."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NewPassword:
    """The password that is right now."""

    password: str


@dataclass(frozen=True, slots=True)
class TestedConnection:
    """The job that tested the connection to save."""

    job_id: str


@dataclass(frozen=True, slots=True)
class WantedSync:
    """What to sync: what is new or changed, or everything; all modules or those named."""

    kind: Literal["incremental", "full"] = "incremental"
    modules: tuple[Module, ...] = ()


@dataclass(frozen=True, slots=True)
class JobStarted:
    """The job to ask after."""

    job_id: str


@dataclass(frozen=True, slots=True)
class JobState:
    """A job. `result` is there when it is done, `error` when it failed."""

    job_id: str
    kind: str
    status: JobStatus
    created_at: datetime
    finished_at: datetime | None
    result: Mapping[str, object]
    error: ErrorBody | None


@dataclass(frozen=True, slots=True)
class ConnectionState:
    """The connection and its settings. Credentials are never told."""

    connection_id: str
    endpoint: Endpoint
    user_name: str
    created_at: datetime
    read_only: bool
    pause: Pause | None
    quiet_hours: QuietHours | None
    modules: tuple[Module, ...]
    conditions: Mapping[Module, tuple[Condition, ...]]
    requests_per_second: float
    default_last_name: str
    default_company: str
    frame_origins: tuple[str, ...]
    score_fields: Mapping[Module, tuple[str, ...]]
    waiting: MassWrite
    clock_skew: float
    freshness: tuple[Freshness, ...]


@room.api(
    "GET",
    "/api/setup/outgoing-addresses",
    "The IP addresses Sugar is called from, for its firewall to allow; none where they change",
    OutgoingAddresses,
)
def outgoing_addresses(asked: Asked) -> OutgoingAddresses:
    """Where calls to Sugar come from."""
    return OutgoingAddresses(asked.app.outgoing_addresses)


@room.api(
    "POST", "/api/setup/connection", "Test a connection", JobStarted, body=NewConnection, status=202
)
def test_connection(asked: Asked) -> JobStarted:
    """Have it tested by a job."""
    new = asked.json(NewConnection)
    job = request_preflight(
        asked.app, asked.tenant, asked.who.user_name, new.url, new.user_name, new.password
    )
    return JobStarted(job.job_id)


@room.api("GET", "/api/setup/jobs/<job_id>", "A job and its result", JobState)
def job_state(asked: Asked, job_id: str) -> JobState:
    """A job as it stands."""
    return _job(job_of(asked.app, asked.tenant, JobId(job_id)))


@room.api(
    "POST",
    "/api/setup/connection/save",
    "Save a tested connection and start the first sync",
    ConnectionState,
    body=TestedConnection,
    status=201,
)
def save_tested(asked: Asked) -> ConnectionState:
    """Keep what was tested."""
    job_id = asked.json(TestedConnection).job_id
    return _connection(asked, save_and_start(asked, JobId(job_id)))


@room.api("GET", "/api/setup/connection", "The connection and its settings", ConnectionState)
def connection_state(asked: Asked) -> ConnectionState:
    """The connection as it stands."""
    return _connection(asked, connection_of(asked.app, asked.tenant))


@room.api(
    "PATCH",
    "/api/setup/connection",
    "Change settings of the connection",
    ConnectionState,
    body=ConnectionChanges,
)
def change_connection(asked: Asked) -> ConnectionState:
    """Change what the body names, and nothing else."""
    changes = asked.json(ConnectionChanges)
    changed = update_connection(asked.app, asked.tenant, asked.who.user_name, changes)
    return _connection(asked, changed)


@room.api(
    "POST",
    "/api/setup/connection/password",
    "Try a new password, and use it if Sugar takes it",
    JobStarted,
    body=NewPassword,
    status=202,
)
def new_password(asked: Asked) -> JobStarted:
    """Have it tried by a job."""
    password = asked.json(NewPassword).password
    job = request_new_password(asked.app, asked.tenant, asked.who.user_name, password)
    return JobStarted(job.job_id)


@room.api("POST", "/api/setup/sync", "Start a sync", RunView, body=WantedSync, status=202)
def sync(asked: Asked) -> RunView:
    """Start a run, or have one follow the one that goes on."""
    wanted = asked.json(WantedSync)
    kind = RunKind.FULL if wanted.kind == "full" else RunKind.MANUAL
    run = start_run(asked.app, asked.tenant, kind, wanted.modules, asked.who.user_name)
    if run is None:
        raise NotFound("The run has just ended.")
    return _run(asked, run)


@room.api("GET", "/api/setup/runs", "Runs, newest first", RunsPage, queries=PAGING)
def runs(asked: Asked) -> RunsPage:
    """A page of runs."""
    return list_runs(asked.app, asked.tenant, **asked.paging())


@room.api("GET", "/api/setup/runs/current", "The run that goes on (204: none)", RunView)
def current(asked: Asked) -> RunView | None:
    """The run that is open."""
    return current_run(asked.app, asked.tenant)


@room.api("POST", "/api/setup/runs/current/cancel", "Cancel the run", RunView, status=202)
def cancel(asked: Asked) -> RunView:
    """Cancel the run that is open."""
    return _run(asked, cancel_run(asked.app, asked.tenant))


@room.api("GET", "/api/setup/runs/<run_id>", "One run", RunView)
def one_run(asked: Asked, run_id: str) -> RunView:
    """One run."""
    found = run_of(asked.app, asked.tenant, RunId(run_id))
    if found is None:
        raise NotFound("There is no such run.")
    return found


def _run(asked: Asked, run: Run) -> RunView:
    asks = asked.app.sync.asks(asked.tenant, run.run_id)
    return run_view(run, asked.app.clock.now(), asks)


def _job(job: Job) -> JobState:
    note = job.note
    error = ErrorBody(note.code, note.text, note.mend, "") if note else None
    return JobState(
        job.job_id, job.kind, job.status, job.created_at, job.finished_at, job.result, error
    )


def _connection(asked: Asked, found: Connection) -> ConnectionState:
    return ConnectionState(
        connection_id=found.connection_id,
        endpoint=found.endpoint,
        user_name=found.user_name,
        created_at=found.created_at,
        read_only=found.read_only,
        pause=found.pause,
        quiet_hours=found.quiet_hours,
        modules=found.modules,
        conditions=found.conditions,
        requests_per_second=found.requests_per_second,
        default_last_name=found.default_last_name,
        default_company=found.default_company,
        frame_origins=found.frame_origins,
        score_fields=found.score_fields,
        waiting=mass_write(asked.app, found),
        clock_skew=found.clock_skew,
        freshness=freshness(found, asked.app.clock.now()),
    )
