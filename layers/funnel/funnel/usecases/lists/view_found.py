"""Those whom a search found, as people see it: counted, and put on a list."""

from dataclasses import dataclass

from funnel.domain.ids import JobId, ListId, TenantId
from funnel.domain.sync.runs import Job, JobStatus, Note
from funnel.usecases.app import App
from funnel.usecases.jobs.people_jobs import job_about_people
from funnel.usecases.lists.view_lists import ListRow, list_row
from funnel.usecases.lists.work_found import FOUND, MOST_FOUND, PUT_FOUND, filter_in, people_of
from funnel.usecases.people.people_filter import PeopleFilter


@dataclass(frozen=True, slots=True)
class FoundView:
    """A count, or who is being put on `list`: `people` so far, `of` as many as were counted.

    `wanted` is the search. `too_many` says that there are more than can be put on a list by one.
    """

    job_id: str
    status: JobStatus
    requested_by: str
    wanted: PeopleFilter
    people: int
    of: int | None
    list: ListRow | None
    too_many: bool
    note: Note | None


def found_view(app: App, tenant: TenantId, job_id: JobId) -> FoundView:
    """How far it is. Raises `NotFound` for one that is not there any more."""
    return view_of(app, job_about_people(app, tenant, job_id, FOUND, PUT_FOUND))


def view_of(app: App, job: Job) -> FoundView:
    """The same, of a job that was read."""
    list_id = ListId(str(job.arguments.get("list", "")))
    one = app.lists.lists(job.tenant, [list_id]).get(list_id) if list_id else None
    people, of = people_of(job), job.arguments.get("of")
    return FoundView(
        job.job_id,
        job.status,
        job.requested_by,
        filter_in(job),
        people,
        int(str(of)) if of is not None else None,
        list_row(one) if one else None,
        people > MOST_FOUND,
        job.note,
    )
