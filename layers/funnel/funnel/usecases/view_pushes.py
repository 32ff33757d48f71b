"""What a push is to do, or did, as a person reads it; and what can be chosen for one."""

from dataclasses import dataclass
from datetime import datetime

from funnel.domain.connections import Connection, PauseReason
from funnel.domain.crm import Value
from funnel.domain.errors import NotFound
from funnel.domain.ids import JobId, Module, PersonId, TenantId, WrittenModule
from funnel.domain.mapping import Mappings
from funnel.domain.pull_rules import is_active
from funnel.domain.pushes import (
    PERSON_MODULES,
    Deed,
    Obstacle,
    Plan,
    PushIntent,
    PushState,
    Step,
    Why,
)
from funnel.domain.runs import JobStatus, Note
from funnel.domain.sugar_links import written_url
from funnel.usecases.app import App
from funnel.usecases.connection import may_push
from funnel.usecases.preview_push import plan_in, preview_of

MOST_OWNERS = 500
LOG = 10


@dataclass(frozen=True, slots=True)
class PushedField:
    """A field of Sugar that is set: what it held and what it is to hold, or holds."""

    name: str
    before: Value
    after: Value


@dataclass(frozen=True, slots=True)
class StepView:
    """One record that is created, changed or kept, and why. `url` "" is one not there yet.

    `left_out` names fields that Sugar would not take as they are here.
    """

    deed: Deed
    module: WrittenModule
    sugar_id: str
    name: str
    url: str
    why: Why
    fields: tuple[PushedField, ...]
    left_out: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlanView:
    """What would be done, and what stands in the way; with that nothing beyond it is done."""

    steps: tuple[StepView, ...]
    obstacle: Obstacle | None
    writes: bool


@dataclass(frozen=True, slots=True)
class PreviewView:
    """A preview as it stands: `plan` once it is done, `error` if it failed."""

    status: JobStatus
    plan: PlanView | None
    error: Note | None


@dataclass(frozen=True, slots=True)
class PushView:
    """One push. `waits_for` says what it waits for: `read_only`, `paused`, `password`, `later`."""

    push_id: str
    person_id: str
    state: PushState
    module: WrittenModule | None
    asked_by: str
    asked_at: datetime
    changed_at: datetime
    due_at: datetime | None
    waits_for: str
    steps: tuple[StepView, ...]
    obstacle: Obstacle | None
    note: Note | None


@dataclass(frozen=True, slots=True)
class PushesPage:
    """A page of pushes; `cursor` is where it goes on, "" at the end."""

    items: tuple[PushView, ...]
    cursor: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose: what is sent, and what it is called."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class PushChoices:
    """Whom a record can be assigned to, and Sugar's lead sources; none where these are not known."""

    owners: tuple[Choice, ...]
    lead_sources: tuple[Choice, ...]


def push_of(app: App, tenant: TenantId, push_id: str) -> PushView:
    """One push. Raises `NotFound`."""
    intent = app.pushes.intents(tenant, [push_id]).get(push_id)
    if intent is None:
        raise NotFound("There is no such push, or it is older than 13 months.")
    return _view(app.sync.connection(tenant), intent)


def pushes_of(
    app: App, tenant: TenantId, person_id: PersonId, cursor: str = "", limit: int = LOG
) -> PushesPage:
    """What was asked for a person, newest first."""
    page = app.pushes.pushes_of(tenant, person_id, limit, cursor)
    connection = app.sync.connection(tenant)
    return PushesPage(tuple(_view(connection, one) for one in page.items), page.cursor)


def push_preview(app: App, tenant: TenantId, person_id: PersonId, job_id: JobId) -> PreviewView:
    """What a preview has found. Raises `NotFound`."""
    job = preview_of(app, tenant, person_id, job_id)
    plan = plan_in(job)
    connection = app.sync.connection(tenant)
    return PreviewView(job.status, _plan(connection, plan) if plan else None, job.note)


def push_choices(app: App, tenant: TenantId) -> PushChoices:
    """What the form offers."""
    owners: list[Choice] = []
    cursor = ""
    while len(owners) < MOST_OWNERS:
        page = app.records.list_records(tenant, Module.USERS, "", 100, cursor)
        owners += [Choice(one.key.sugar_id, one.name) for one in page.items if is_active(one)]
        cursor = page.cursor
        if not cursor:
            break
    sources: dict[str, str] = {}
    for module in PERSON_MODULES:
        listed = app.sync.field_list(tenant, Module(module))
        for field in listed.fields if listed else ():
            if field.name == "lead_source":
                sources |= {key: label or key for key, label in field.options.items() if key}
    return PushChoices(
        tuple(owners[:MOST_OWNERS]), tuple(Choice(key, label) for key, label in sources.items())
    )


def _view(connection: Connection | None, intent: PushIntent) -> PushView:
    return PushView(
        push_id=intent.intent_id,
        person_id=intent.person_id,
        state=intent.state,
        module=intent.wish.module,
        asked_by=intent.asked_by,
        asked_at=intent.asked_at,
        changed_at=intent.changed_at,
        due_at=intent.due_at,
        waits_for=_waits_for(connection, intent),
        steps=tuple(_step(connection, one, there=True) for one in intent.steps),
        obstacle=intent.obstacle,
        note=intent.note,
    )


def _waits_for(connection: Connection | None, intent: PushIntent) -> str:
    if intent.state is not PushState.DUE or connection is None:
        return ""
    if connection.pause is not None:
        refused = connection.pause.reason is PauseReason.SIGN_IN_REFUSED
        return "password" if refused else "paused"
    if not may_push(connection):
        return "read_only"
    return "later" if intent.attempts else ""


def _plan(connection: Connection | None, plan: Plan) -> PlanView:
    steps = tuple(_step(connection, one, there=False) for one in plan.steps)
    return PlanView(steps, plan.obstacle, plan.writes)


def _step(connection: Connection | None, step: Step, *, there: bool) -> StepView:
    mappings = connection.all_mappings() if connection else Mappings()
    hidden = {"parent_type", "parent_id", "contact_id", "account_id"}
    fields = tuple(
        PushedField(_ours(mappings, step, name), step.before.get(name), value)
        for name, value in step.fields.items()
        if name not in hidden
    )
    shown = connection is not None and (there or step.deed is not Deed.CREATE)
    url = written_url(connection.endpoint, step.module, step.sugar_id) if connection else ""
    return StepView(
        step.deed,
        step.module,
        step.sugar_id,
        step.name,
        url if shown else "",
        step.why,
        fields,
        tuple(_ours(mappings, step, name) for name in step.left_out),
    )


def _ours(mappings: Mappings, step: Step, name: str) -> str:
    """What a field of Sugar is called here, where it is mapped."""
    if step.module not in PERSON_MODULES:
        return name
    found = (one.field for one in mappings.of(Module(step.module)) if one.sugar_field == name)
    return next(found, name)
