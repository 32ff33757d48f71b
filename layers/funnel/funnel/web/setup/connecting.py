"""Connect Sugar: the form, the test as it goes on, its result, and saving it."""

import re
from contextlib import suppress
from urllib.parse import urlsplit

from funnel.domain.connecting.connections import Connection
from funnel.domain.errors import ConnectionPaused, FunnelError, InputInvalid, NotFound
from funnel.domain.ids import PULLED_MODULES, JobId
from funnel.domain.signing_in.tenants import Role
from funnel.domain.sync.runs import Job, JobStatus, RunKind
from funnel.usecases.connecting.connect import (
    NEW_PASSWORD,
    PREFLIGHT,
    job_of,
    request_preflight,
    save_connection,
)
from funnel.usecases.sync.start_run import start_run
from funnel.web.asked import Asked
from funnel.web.errors import error_body, status_of
from funnel.web.rendering import page
from funnel.web.replies import Reply, see_other
from funnel.web.room import Room

room = Room(needs=Role.ADMIN)

_USER = re.compile(r"^([^/?#]*//)[^/?#]*@")
"""A user name, and maybe a password, in an address: refused, and not shown again."""
_SHOWN = frozenset({PREFLIGHT, NEW_PASSWORD})


@room.page("GET", "/setup")
def begin(asked: Asked) -> Reply:
    """Where an admin starts: at the sync, or by connecting."""
    connected = asked.app.sync.connection(asked.tenant) is not None
    return see_other("/setup/sync" if connected else "/setup/connect")


@room.page("GET", "/setup/connect")
def form(asked: Asked) -> Reply:
    """The form, filled in again from a test that failed."""
    return _form(asked, asked.query("url"), asked.query("user_name"))


@room.page("POST", "/setup/connect")
def test(asked: Asked) -> Reply:
    """Have it tested."""
    url, user_name = asked.form_value("url"), asked.form_value("user_name")
    password = asked.form_value("password")
    try:
        job = request_preflight(
            asked.app, asked.tenant, asked.who.user_name, url, user_name, password
        )
    except InputInvalid as error:
        return _form(asked, url, user_name, error)
    return see_other(f"/setup/jobs/{job.job_id}")


@room.page("GET", "/setup/jobs/<job_id>")
def result(asked: Asked, job_id: str) -> Reply:
    """The test, with its result when there is one."""
    return _job(asked, "setup/job.html", JobId(job_id))


@room.page("GET", "/setup/jobs/<job_id>/live")
def live_result(asked: Asked, job_id: str) -> Reply:
    """The part of that page that changes."""
    return _job(asked, "setup/job_live.html", JobId(job_id))


@room.page("POST", "/setup/jobs/<job_id>/save")
def save(asked: Asked, job_id: str) -> Reply:
    """Keep what was tested and start the first sync."""
    save_and_start(asked, JobId(job_id))
    return see_other("/setup/sync?saved=connection")


def save_and_start(asked: Asked, job_id: JobId) -> Connection:
    """Keep what was tested; the first sync starts, or goes on if this Sugar was known.

    Where an admin has paused the connection it stays saved and paused.
    """
    connection = save_connection(asked.app, asked.tenant, job_id)
    kind = RunKind.MANUAL if connection.synced_until else RunKind.INITIAL
    with suppress(ConnectionPaused):
        start_run(asked.app, asked.tenant, kind, (), asked.who.user_name)
    return connection


def _form(asked: Asked, url: str, user_name: str, error: FunnelError | None = None) -> Reply:
    known = asked.app.sync.connection(asked.tenant)
    return page(
        asked,
        "setup/connect.html",
        title=asked.texts("connect.other" if known else "connect.title"),
        status=status_of(error) if error else 200,
        url=_USER.sub(r"\1", url),
        user_name=user_name,
        known=known,
        outgoing=asked.app.outgoing_addresses,
        error=error_body(error) if error else None,
    )


def _job(asked: Asked, template: str, job_id: JobId) -> Reply:
    job = job_of(asked.app, asked.tenant, job_id)
    if job.kind not in _SHOWN:
        raise NotFound("There is no such test.")
    known = asked.app.sync.connection(asked.tenant)
    return page(
        asked,
        template,
        title=_title(asked, job),
        job=job,
        going=job.status in {JobStatus.QUEUED, JobStatus.RUNNING},
        for_password=job.kind == NEW_PASSWORD,
        host=_host(job),
        saved=known is not None and known.secret_ref == job.arguments.get("secret_ref"),
        modules=PULLED_MODULES,
        outgoing=asked.app.outgoing_addresses,
    )


def _title(asked: Asked, job: Job) -> str:
    if job.kind == NEW_PASSWORD:
        return asked.texts("job.password.title")
    ended = {JobStatus.DONE: "job.title.done", JobStatus.FAILED: "job.title.failed"}
    return asked.texts(ended.get(job.status, "job.title"))


def _host(job: Job) -> str:
    endpoint = job.result.get("endpoint")
    url = endpoint.get("url") if isinstance(endpoint, dict) else job.arguments.get("url")
    return urlsplit(str(url or "")).netloc or str(url or "")
