"""Ask for everybody whom a search finds to be put on a list made by hand: counted first."""

from dataclasses import asdict

from funnel.domain.errors import Conflict, InputInvalid
from funnel.domain.ids import JobId, ListId, TenantId, derived_id
from funnel.domain.sync.runs import ENDED_JOBS, Job, JobStatus
from funnel.ports.marketing_messages import DoPeopleJob
from funnel.usecases.app import App
from funnel.usecases.jobs.people_jobs import ask_for, job_about_people
from funnel.usecases.lists.change_list import list_in_use
from funnel.usecases.lists.work_found import FOUND, MOST_FOUND, PUT_FOUND, people_of, too_many
from funnel.usecases.people.people_filter import PeopleFilter


def count_found(app: App, tenant: TenantId, wanted: PeopleFilter, by: str) -> Job:
    """Have those counted whom the search finds; the job."""
    arguments = {"filter": asdict(wanted)}
    return ask_for(app, Job(tenant, app.ids.new_id(), FOUND, by, app.clock.now(), arguments))


def put_found(app: App, tenant: TenantId, counted: JobId, list_id: ListId, by: str) -> Job:
    """Have those put on the list who were counted by that job; asked for again it is the same job.

    It searches anew: who fits by then is put on. Raises `NotFound`, and `InputInvalid` for a retired list,
    for a count that is not done, and for one of nobody or of too many.
    """
    count = job_about_people(app, tenant, counted, FOUND)
    found = people_of(count)
    if count.status is not JobStatus.DONE:
        raise InputInvalid("They are not counted yet.", mend="Wait until they are.")
    if not found:
        raise InputInvalid("Nobody was found.", mend="Search for others.")
    if found > MOST_FOUND:
        raise too_many()
    list_in_use(app, tenant, list_id)
    arguments = {**count.arguments, "list": list_id, "of": found}
    job_id = derived_id("put found", tenant, counted, list_id)
    try:
        return ask_for(app, Job(tenant, job_id, PUT_FOUND, by, app.clock.now(), arguments))
    except Conflict:
        # Whoever asked before may have died before ringing.
        kept = job_about_people(app, tenant, JobId(job_id), PUT_FOUND)
        if kept.status not in ENDED_JOBS:
            app.queue.send(DoPeopleJob(tenant, JobId(job_id)))
        return kept
