"""Erasing a person on request: for admins, after they have typed who it is, with proof."""

from dataclasses import dataclass

from funnel.domain.errors import InputInvalid
from funnel.domain.ids import JobId, PersonId
from funnel.domain.signing_in.tenants import Role
from funnel.domain.sync.runs import ENDED_JOBS
from funnel.usecases.erasing.erase_person import new_erasure
from funnel.usecases.erasing.view_erasures import (
    ErasureJob,
    ErasuresPage,
    erasure_job,
    proofs,
    to_erase,
)
from funnel.usecases.jobs.people_jobs import ask_for
from funnel.web.asked import Asked
from funnel.web.errors import error_body, status_of
from funnel.web.rendering import page
from funnel.web.replies import Reply, see_other
from funnel.web.room import PAGING, Room

room = Room(needs=Role.ADMIN)


@dataclass(frozen=True, slots=True)
class Confirmed:
    """The person's main address, or its name where it has none, so that nobody errs."""

    confirm: str


@room.page("GET", "/app/people/<person_id>/erase")
def ask_erase(asked: Asked, person_id: str) -> Reply:
    """What is erased, what is kept, and what stays in Sugar."""
    return _ask(asked, person_id)


@room.page("POST", "/app/people/<person_id>/erase")
def on_erase(asked: Asked, person_id: str) -> Reply:
    """Have it done, and go to how far it is."""
    try:
        job_id = _begun(asked, person_id, asked.form_value("confirm"))
    except InputInvalid as error:
        return _ask(asked, person_id, error)
    return see_other(f"/app/erasures/{job_id}")


@room.page("GET", "/app/erasures")
def show_proofs(asked: Asked) -> Reply:
    """All proofs."""
    title = asked.texts("erase.proofs")
    cursor = asked.query("cursor")
    found = proofs(asked.app, asked.tenant, cursor)
    return page(asked, "people/erasures.html", title=title, found=found, cursor=cursor)


@room.page("GET", "/app/erasures/<job_id>")
def show(asked: Asked, job_id: str) -> Reply:
    """How far an erasure is."""
    return _show(asked, "people/erasure.html", job_id)


@room.page("GET", "/app/erasures/<job_id>/live")
def live(asked: Asked, job_id: str) -> Reply:
    """The part of it that changes."""
    return _show(asked, "people/erasure_live.html", job_id)


@room.api(
    "POST",
    "/api/app/people/<person_id>/erase",
    "Erase everything that is known of a person; ask after it until it is done",
    ErasureJob,
    body=Confirmed,
    status=202,
)
def erase(asked: Asked, person_id: str) -> ErasureJob:
    """Have a person erased."""
    job_id = _begun(asked, person_id, asked.json(Confirmed).confirm)
    return erasure_job(asked.app, asked.tenant, JobId(job_id))


@room.api("GET", "/api/app/erasures/<job_id>", "How far an erasure is", ErasureJob)
def one(asked: Asked, job_id: str) -> ErasureJob:
    """One erasure."""
    return erasure_job(asked.app, asked.tenant, JobId(job_id))


@room.api(
    "GET",
    "/api/app/erasures",
    "The proofs of erasures, which hold no personal data",
    ErasuresPage,
    queries=PAGING,
)
def all_proofs(asked: Asked) -> ErasuresPage:
    """A page of proofs."""
    return proofs(asked.app, asked.tenant, **asked.paging())


def _begun(asked: Asked, person_id: str, typed: str) -> str:
    by = asked.who.user_name
    job = new_erasure(asked.app, asked.tenant, PersonId(person_id), typed, by)
    return ask_for(asked.app, job).job_id


def _ask(asked: Asked, person_id: str, error: InputInvalid | None = None) -> Reply:
    return page(
        asked,
        "people/erase.html",
        title=asked.texts("erase.title"),
        status=status_of(error) if error else 200,
        view=to_erase(asked.app, asked.tenant, PersonId(person_id)),
        error=error_body(error) if error else None,
    )


def _show(asked: Asked, template: str, job_id: str) -> Reply:
    view = erasure_job(asked.app, asked.tenant, JobId(job_id))
    title = asked.texts("erase.going.title")
    return page(asked, template, title=title, view=view, going=view.status not in ENDED_JOBS)
