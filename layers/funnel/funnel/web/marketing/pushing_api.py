"""The push API: what the pages of adding a person to Sugar do, as JSON."""

from dataclasses import dataclass
from typing import Literal

from funnel.domain.ids import JobId, PersonId, SugarId, WrittenModule
from funnel.domain.pushing.pushes import Priority, TaskKind, TaskWish, Wish
from funnel.domain.signing_in.tenants import Role
from funnel.usecases.pushing.preview_push import request_push_preview
from funnel.usecases.pushing.request_push import PushRequest, request_push
from funnel.usecases.pushing.view_pushes import (
    PreviewView,
    PushChoices,
    PushesPage,
    PushView,
    push_choices,
    push_of,
    push_preview,
    pushes_of,
    refuse_unknown,
)
from funnel.web.asked import Asked
from funnel.web.marketing.pushing import due_of
from funnel.web.room import PAGING, Room

room = Room(needs=Role.MARKETER)


@dataclass(frozen=True, slots=True)
class TaskAsked:
    """A task for the sales rep; `due_at` is ISO 8601, UTC without an offset, "" for none."""

    kind: TaskKind
    subject: str
    due_at: str = ""
    priority: Priority = Priority.MEDIUM


@dataclass(frozen=True, slots=True)
class PushAsked:
    """How a person is to be in Sugar: as Lead or Contact, whose, from where, with a task.

    `key` makes a repeated request the same request. An `owner_id` "" is Funnel's own user, a
    `lead_source` "" the person's. `update_existing` sets both on a record that is there already.
    """

    module: Literal["Leads", "Contacts"]
    key: str
    owner_id: str = ""
    lead_source: str = ""
    update_existing: bool = False
    anew: bool = False
    task: TaskAsked | None = None


@dataclass(frozen=True, slots=True)
class PushStarted:
    """The push to ask after."""

    push_id: str


@dataclass(frozen=True, slots=True)
class LookStarted:
    """The look to ask after."""

    job_id: str


@room.api("GET", "/api/app/push-choices", "Owners and lead sources to choose from", PushChoices)
def choices(asked: Asked) -> PushChoices:
    """What the form offers."""
    return push_choices(asked.app, asked.tenant)


@room.api(
    "POST",
    "/api/app/people/<person_id>/push",
    "Have a person be in Sugar; done as soon as Sugar may be written to",
    PushStarted,
    body=PushAsked,
    status=202,
)
def push(asked: Asked, person_id: str) -> PushStarted:
    """Ask for it; again under the same key it is the same push."""
    return PushStarted(request_push(asked.app, asked.tenant, _request(asked, person_id)).intent_id)


@room.api(
    "POST",
    "/api/app/people/<person_id>/push/look",
    "Work out what a push would do; nothing is written",
    LookStarted,
    body=PushAsked,
    status=202,
)
def look(asked: Asked, person_id: str) -> LookStarted:
    """By a job."""
    job = request_push_preview(asked.app, asked.tenant, _request(asked, person_id))
    return LookStarted(job.job_id)


@room.api(
    "GET",
    "/api/app/people/<person_id>/push/look/<job_id>",
    "What a push would create, change and keep, and what stands in its way",
    PreviewView,
)
def looked(asked: Asked, person_id: str, job_id: str) -> PreviewView:
    """A look as it stands."""
    return push_preview(asked.app, asked.tenant, PersonId(person_id), JobId(job_id))


@room.api(
    "GET",
    "/api/app/people/<person_id>/pushes",
    "What was asked for a person in Sugar and what became of it, newest first, for 13 months",
    PushesPage,
    queries=PAGING,
)
def pushes(asked: Asked, person_id: str) -> PushesPage:
    """A page of a person's push log."""
    refuse_unknown(asked.app, asked.tenant, PersonId(person_id))
    return pushes_of(asked.app, asked.tenant, PersonId(person_id), **asked.paging())


@room.api("GET", "/api/app/pushes/<push_id>", "One push", PushView)
def one(asked: Asked, push_id: str) -> PushView:
    """A push as it stands."""
    return push_of(asked.app, asked.tenant, push_id)


def _request(asked: Asked, person_id: str) -> PushRequest:
    told = asked.json(PushAsked)
    task = told.task
    wish = Wish(
        WrittenModule(told.module),
        SugarId(told.owner_id),
        told.lead_source,
        told.update_existing,
        told.anew,
        TaskWish(task.kind, task.subject, due_of(task.due_at), task.priority) if task else None,
    )
    key = f"api {told.key}" if told.key.strip() else ""
    return PushRequest(PersonId(person_id), wish, asked.who.user_name, key)
