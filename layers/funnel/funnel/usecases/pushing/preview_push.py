"""Look first: what a push would do, decided as a push decides, and nothing is written."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime

from funnel.domain.errors import NotFound
from funnel.domain.ids import JobId, PersonId, SugarId, TenantId, WrittenModule
from funnel.domain.pushing.push_ids import intent_id
from funnel.domain.pushing.pushes import (
    Deed,
    Obstacle,
    Plan,
    Priority,
    PushIntent,
    Step,
    TaskKind,
    TaskWish,
    Why,
    Wish,
)
from funnel.domain.sync.runs import LOOK, Job, JobStatus
from funnel.usecases.app import App
from funnel.usecases.connecting.connect import job_of
from funnel.usecases.connecting.connection import connection_of, sugar
from funnel.usecases.jobs.request_job import request_job
from funnel.usecases.living import living
from funnel.usecases.pushing.plan_push import Planner
from funnel.usecases.pushing.request_push import PushRequest, checked_request


def request_push_preview(app: App, tenant: TenantId, request: PushRequest) -> Job:
    """Have it worked out what this push would do; the job. Raises as `request_push`."""
    wish = checked_request(app, tenant, request)
    task = wish.task
    arguments = {
        "person_id": request.person_id,
        "key": request.key,
        "module": wish.module.value if wish.module else "",
        "owner_id": wish.owner_id,
        "lead_source": wish.lead_source,
        "update_existing": wish.update_existing,
        "anew": wish.anew,
        "task_kind": task.kind.value if task else "",
        "subject": task.subject if task else "",
        "due_at": task.due_at.isoformat() if task and task.due_at else "",
        "priority": task.priority.value if task else "",
    }
    return request_job(app, tenant, LOOK, request.by, arguments)


def previewed(job: Job) -> PushRequest:
    """What a preview was asked for."""
    told = {name: str(value) for name, value in job.arguments.items()}
    task = None
    if told["task_kind"]:
        due_at = datetime.fromisoformat(told["due_at"]) if told["due_at"] else None
        priority = Priority(told["priority"])
        task = TaskWish(TaskKind(told["task_kind"]), told["subject"], due_at, priority)
    wish = Wish(
        WrittenModule(told["module"]) if told["module"] else None,
        SugarId(told["owner_id"]),
        told["lead_source"],
        bool(job.arguments["update_existing"]),
        bool(job.arguments["anew"]),
        task,
    )
    return PushRequest(PersonId(told["person_id"]), wish, job.requested_by, told["key"])


def preview_of(app: App, tenant: TenantId, person_id: PersonId, job_id: JobId) -> Job:
    """The job of a preview of this person's push. Raises `NotFound`, also once the person was erased.

    What the table has not removed yet is not shown either.
    """
    job = job_of(app, tenant, job_id)
    is_it = job.kind == LOOK and job.arguments.get("person_id") == person_id
    if not is_it or app.clock.now() >= job.kept_until or living(app, tenant, person_id) is None:
        raise NotFound("There is no such preview, or it is older than an hour.")
    return job


def preview_push(app: App, job: Job) -> Mapping[str, object]:
    """Work it out. The result: `steps` and the `obstacle`, None where there is none."""
    request = previewed(job)
    connection = connection_of(app, job.tenant)
    person = living(app, job.tenant, request.person_id)
    if person is None:
        raise NotFound("There is no such person.")
    now = app.clock.now()
    intent = PushIntent(
        tenant=job.tenant,
        intent_id=intent_id(connection.connection_id, request.key),
        connection_id=connection.connection_id,
        person_id=request.person_id,
        key=request.key,
        wish=request.wish,
        asked_by=request.by,
        asked_at=now,
        changed_at=now,
    )
    with sugar(app, connection, for_a_person=True) as crm:
        plan = Planner(app, crm, connection).plan(person, intent)
    return {
        "steps": [asdict(step) for step in plan.steps],
        "obstacle": asdict(plan.obstacle) if plan.obstacle else None,
    }


def plan_in(job: Job) -> Plan | None:
    """What a preview that is done has found."""
    if job.status is not JobStatus.DONE:
        return None
    steps, obstacle = job.result.get("steps"), job.result.get("obstacle")
    return Plan(
        tuple(_step(one) for one in (steps if isinstance(steps, list) else ())),
        Obstacle(**obstacle) if isinstance(obstacle, Mapping) else None,
    )


def _step(told: Mapping[str, object]) -> Step:
    fields, before, left_out = told["fields"], told["before"], told["left_out"]
    assert isinstance(fields, Mapping)
    assert isinstance(before, Mapping)
    return Step(
        Deed(str(told["deed"])),
        WrittenModule(str(told["module"])),
        SugarId(str(told["sugar_id"])),
        Why(str(told["why"])),
        str(told["name"]),
        fields,
        before,
        tuple(str(one) for one in left_out) if isinstance(left_out, list | tuple) else (),
    )
