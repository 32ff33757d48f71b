"""Adding a person to Sugar: the form, a look at what it would do, and how it goes."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime

from funnel.domain.errors import FunnelError, InputInvalid
from funnel.domain.ids import JobId, PersonId, SugarId, WrittenModule
from funnel.domain.pushing.pushes import (
    PERSON_MODULES,
    Priority,
    PushState,
    TaskKind,
    TaskWish,
    Wish,
)
from funnel.domain.signing_in.tenants import Role
from funnel.domain.sync.runs import JobStatus
from funnel.usecases.people.view_people import person
from funnel.usecases.pushing.preview_push import preview_of, previewed, request_push_preview
from funnel.usecases.pushing.request_push import PushRequest, request_push
from funnel.usecases.pushing.view_pushes import push_choices, push_of, push_preview
from funnel.web.asked import Asked
from funnel.web.errors import error_body, status_of
from funnel.web.rendering import page
from funnel.web.replies import Reply, see_other
from funnel.web.room import Room

room = Room(needs=Role.MARKETER)

Sent = Mapping[str, str]
_FIRST_YEAR = 1000
"""MySQL's first, which Sugar keeps its times in."""
_BLANK: Sent = {"module": WrittenModule.LEADS.value, "priority": Priority.MEDIUM.value}


@room.page("GET", "/app/people/<person_id>/push")
def ask(asked: Asked, person_id: str) -> Reply:
    """The form, empty or with what a look was for."""
    job_id = asked.query("job")
    if not job_id:
        return _form(asked, PersonId(person_id), _BLANK)
    job = preview_of(asked.app, asked.tenant, PersonId(person_id), JobId(job_id))
    return _form(asked, PersonId(person_id), _sent_of(previewed(job)))


@room.page("POST", "/app/people/<person_id>/push")
def push(asked: Asked, person_id: str) -> Reply:
    """Look first, or do it, as the button says."""
    sent = {name: values[0].strip() for name, values in asked.form().items()}
    try:
        request = _request(asked, PersonId(person_id), sent)
        if sent.get("action") == "look":
            job = request_push_preview(asked.app, asked.tenant, request)
            return see_other(f"/app/people/{person_id}/push/look/{job.job_id}")
        intent = request_push(asked.app, asked.tenant, request)
    except InputInvalid as error:
        return _form(asked, PersonId(person_id), sent, error)
    return see_other(f"/app/people/{person_id}/push/{intent.intent_id}")


@room.page("GET", "/app/people/<person_id>/push/look/<job_id>")
def look(asked: Asked, person_id: str, job_id: str) -> Reply:
    """What it would do, before a byte is written."""
    return _look(asked, "people/push_look.html", PersonId(person_id), JobId(job_id))


@room.page("GET", "/app/people/<person_id>/push/look/<job_id>/live")
def live_look(asked: Asked, person_id: str, job_id: str) -> Reply:
    """The part of that page that changes."""
    return _look(asked, "people/push_look_live.html", PersonId(person_id), JobId(job_id))


@room.page("GET", "/app/people/<person_id>/push/<push_id>")
def show(asked: Asked, person_id: str, push_id: str) -> Reply:
    """How it goes, and what became of it."""
    return _show(asked, "people/push_one.html", PersonId(person_id), push_id)


@room.page("GET", "/app/people/<person_id>/push/<push_id>/live")
def live(asked: Asked, person_id: str, push_id: str) -> Reply:
    """The part of that page that changes."""
    return _show(asked, "people/push_one_live.html", PersonId(person_id), push_id)


def _form(asked: Asked, person_id: PersonId, sent: Sent, error: FunnelError | None = None) -> Reply:
    return page(
        asked,
        "people/push.html",
        title=asked.texts("push.title"),
        status=status_of(error) if error else 200,
        person=person(asked.app, asked.tenant, person_id),
        connected=asked.app.sync.connection(asked.tenant),
        choices=push_choices(asked.app, asked.tenant),
        modules=PERSON_MODULES,
        kinds=tuple(TaskKind),
        priorities=tuple(Priority),
        sent={**sent, "key": sent.get("key") or asked.app.ids.new_id()},
        error=error_body(error) if error else None,
    )


def _look(asked: Asked, template: str, person_id: PersonId, job_id: JobId) -> Reply:
    job = preview_of(asked.app, asked.tenant, person_id, job_id)
    found = push_preview(asked.app, asked.tenant, person_id, job_id)
    return page(
        asked,
        template,
        title=asked.texts("push.look.title"),
        person=person(asked.app, asked.tenant, person_id),
        job_id=job_id,
        found=found,
        going=found.status in {JobStatus.QUEUED, JobStatus.RUNNING},
        sent=_sent_of(previewed(job)),
    )


def _show(asked: Asked, template: str, person_id: PersonId, push_id: str) -> Reply:
    found = push_of(asked.app, asked.tenant, push_id)
    return page(
        asked,
        template,
        title=asked.texts("push.one.title"),
        person=person(asked.app, asked.tenant, person_id),
        found=found,
        going=found.state is PushState.DUE and found.waits_for in ("", "later"),
    )


def _request(asked: Asked, person_id: PersonId, sent: Sent) -> PushRequest:
    key = f"page {sent['key']}" if sent.get("key") else ""
    return PushRequest(person_id, wish_of(sent), asked.who.user_name, key)


def wish_of(sent: Sent) -> Wish:
    """What a form asks for. Raises `InputInvalid`, naming the field."""
    module = sent.get("module", "")
    if module not in set(PERSON_MODULES):
        raise InputInvalid("Choose Lead or Contact.", field="module")
    return Wish(
        WrittenModule(module),
        SugarId(sent.get("owner_id", "")),
        sent.get("lead_source", ""),
        sent.get("update_existing") == "yes",
        sent.get("anew") == "yes",
        _task_of(sent),
    )


def _task_of(sent: Sent) -> TaskWish | None:
    kind = sent.get("task_kind", "")
    if not kind:
        if sent.get("subject", "").strip() or sent.get("due_at"):
            raise InputInvalid("Choose what is to be done.", field="task_kind")
        return None
    try:
        told = TaskKind(kind)
        priority = Priority(sent.get("priority") or Priority.MEDIUM)
    except ValueError:
        raise InputInvalid("There is no such kind of task.", field="task_kind") from None
    return TaskWish(told, sent.get("subject", ""), due_of(sent.get("due_at", "")), priority)


def due_of(text: str) -> datetime | None:
    """A moment in UTC; None for none. Raises `InputInvalid`."""
    if not text:
        return None
    try:
        at = datetime.fromisoformat(text)
        due = at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
        if due.year < _FIRST_YEAR:
            raise ValueError("before what a Sugar can keep")
        return due
    except (ValueError, OverflowError):
        raise InputInvalid(
            "Enter a date and time such as 2026-11-24T10:30.", field="due_at"
        ) from None


def _sent_of(request: PushRequest) -> Sent:
    """The form as it was filled in."""
    wish = request.wish
    told = {
        name: str(value) for name, value in asdict(wish).items() if name not in ("task", "note")
    }
    told |= {name: "yes" if getattr(wish, name) else "" for name in ("update_existing", "anew")}
    if wish.task is not None:
        due = wish.task.due_at
        told |= {
            "task_kind": wish.task.kind.value,
            "subject": wish.task.subject,
            "due_at": f"{due:%Y-%m-%dT%H:%M}" if due else "",
        }
    told["priority"] = (wish.task.priority if wish.task else Priority.MEDIUM).value
    return {**told, "key": request.key.removeprefix("page ")}
