"""Erasures as people see them: what is about to go, how far it is, and the proofs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from funnel.domain.errors import NotFound
from funnel.domain.ids import JobId, PersonId, TenantId
from funnel.domain.sync.runs import JobStatus, Note
from funnel.usecases.app import App
from funnel.usecases.erasing.erase_person import ERASE, word_for
from funnel.usecases.jobs.people_jobs import job_about_people
from funnel.usecases.view_common import RecordRef, Sugar

PAGE = 100


@dataclass(frozen=True, slots=True)
class ToErase:
    """Who is about to be erased: what has to be typed, and the records that stay in Sugar."""

    person_id: str
    name: str
    word: str
    records: tuple[RecordRef, ...]


@dataclass(frozen=True, slots=True)
class ErasureJob:
    """How far an erasure is; how many rows of each kind were removed, once it is done."""

    job_id: str
    status: JobStatus
    counts: Mapping[str, int]
    note: Note | None


@dataclass(frozen=True, slots=True)
class ErasureView:
    """A proof: who had somebody erased when, and how many rows of each kind that removed."""

    person_id: str
    by: str
    asked_at: datetime
    finished_at: datetime | None
    counts: Mapping[str, int]
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ErasuresPage:
    """A page of proofs; `cursor` is where it goes on, "" at the end."""

    items: tuple[ErasureView, ...]
    cursor: str


def to_erase(app: App, tenant: TenantId, person_id: PersonId) -> ToErase:
    """Who would be erased. Raises `NotFound`."""
    person = app.records.people(tenant, [person_id]).get(person_id)
    if person is None or not person.is_listed:
        raise NotFound("There is no such person, or it was merged into another.")
    sugar = Sugar(app, tenant)
    records = tuple(sugar.ref(link.key, link.name) for link in person.links)
    return ToErase(person_id, person.name, word_for(person), records)


def erasure_job(app: App, tenant: TenantId, job_id: JobId) -> ErasureJob:
    """How far it is. Raises `NotFound`."""
    job = job_about_people(app, tenant, job_id, ERASE)
    counts = job.result.get("counts", {})
    told = dict(counts) if isinstance(counts, dict) else {}
    return ErasureJob(job.job_id, job.status, told, job.note)


def proofs(app: App, tenant: TenantId, cursor: str = "", limit: int = PAGE) -> ErasuresPage:
    """The proofs, a hundred at a time, of each page the newest first."""
    page = app.erasures.erasures(tenant, limit, cursor)
    items = sorted(page.items, key=lambda one: one.asked_at, reverse=True)
    return ErasuresPage(
        tuple(
            ErasureView(one.person_id, one.by, one.asked_at, one.finished_at, one.counts, one.marks)
            for one in items
        ),
        page.cursor,
    )
