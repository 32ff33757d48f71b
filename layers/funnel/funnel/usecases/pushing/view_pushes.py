"""What a push is to do, or did, as a person reads it; and what can be chosen for one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from funnel.domain.connecting.connections import Connection, PauseReason
from funnel.domain.connecting.sugar_links import written_url
from funnel.domain.crm import Value
from funnel.domain.errors import NotFound
from funnel.domain.ids import JobId, Module, PersonId, RecordKey, SugarId, TenantId, WrittenModule
from funnel.domain.mapping.mapping import Mappings
from funnel.domain.pushing.pushes import (
    PERSON_MODULES,
    Deed,
    Obstacle,
    Plan,
    PushIntent,
    PushState,
    Step,
    Why,
)
from funnel.domain.sync.pull_rules import is_active
from funnel.domain.sync.runs import JobStatus, Note
from funnel.usecases.app import App
from funnel.usecases.connecting.connection import may_push
from funnel.usecases.pushing.preview_push import plan_in, preview_of

MOST_OWNERS = 500
_OWNER = "assigned_user_id"
_HIDDEN = frozenset({"parent_type", "parent_id", "contact_id", "account_id"})
_MAIL = (WrittenModule.NOTES, "description")
"""What a mail says is read with the mail."""

LOG = 10


@dataclass(frozen=True, slots=True)
class PushedField:
    """A field of Sugar that is set: what it held and what it is to hold, or holds.

    `shown` is what a person reads for the latter where that is not the value itself, `was` for the
    former.
    """

    name: str
    before: Value
    after: Value
    shown: str = ""
    was: str = ""


@dataclass(frozen=True, slots=True)
class PushStep:
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

    steps: tuple[PushStep, ...]
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
    """One push. `waits_for` says what it waits for: `read_only`, `paused`, `compared`, `password`, `later`.

    `is_note` is that of a mail.
    """

    push_id: str
    person_id: str
    state: PushState
    module: WrittenModule | None
    asked_by: str
    asked_at: datetime
    changed_at: datetime
    due_at: datetime | None
    waits_for: str
    steps: tuple[PushStep, ...]
    obstacle: Obstacle | None
    note: Note | None
    is_note: bool


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
    return _Viewer(app, tenant, intent.steps).view(intent)


def refuse_unknown(app: App, tenant: TenantId, person_id: PersonId) -> None:
    """Raise `NotFound` where there is no such person of this tenant."""
    if person_id not in app.records.people(tenant, [person_id]):
        raise NotFound("There is no such person.")


def pushes_of(
    app: App, tenant: TenantId, person_id: PersonId, cursor: str = "", limit: int = LOG
) -> PushesPage:
    """What was asked for a person, newest first."""
    page = app.pushes.pushes_of(tenant, person_id, limit, cursor)
    viewer = _Viewer(app, tenant, [step for one in page.items for step in one.steps])
    return PushesPage(tuple(viewer.view(one) for one in page.items), page.cursor)


def push_preview(app: App, tenant: TenantId, person_id: PersonId, job_id: JobId) -> PreviewView:
    """What a preview has found. Raises `NotFound`."""
    job = preview_of(app, tenant, person_id, job_id)
    plan = plan_in(job)
    found = _Viewer(app, tenant, plan.steps).plan(plan) if plan else None
    return PreviewView(job.status, found, job.note)


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


class _Viewer:
    """Says what pushes are in the words of one tenant's Sugar."""

    def __init__(self, app: App, tenant: TenantId, steps: Iterable[Step]) -> None:
        self._connection = app.sync.connection(tenant)
        self._now = app.clock.now()
        self._mappings = self._connection.all_mappings() if self._connection else Mappings()
        named = {
            str(fields[_OWNER])
            for step in steps
            for fields in (step.fields, step.before)
            if fields.get(_OWNER)
        }
        keys = [RecordKey(Module.USERS, SugarId(one)) for one in sorted(named)]
        users = app.records.records(tenant, keys) if keys else {}
        self._owners = {key.sugar_id: user.name for key, user in users.items()}

    def view(self, intent: PushIntent) -> PushView:
        """One push."""
        return PushView(
            push_id=intent.intent_id,
            person_id=intent.person_id,
            state=intent.state,
            module=intent.wish.module,
            asked_by=intent.asked_by,
            asked_at=intent.asked_at,
            changed_at=intent.changed_at,
            due_at=intent.due_at,
            waits_for=_waits_for(self._connection, intent, self._now),
            steps=tuple(self._step(one, there=True) for one in intent.steps),
            obstacle=intent.obstacle,
            note=intent.note,
            is_note=intent.wish.note is not None,
        )

    def plan(self, plan: Plan) -> PlanView:
        """What would be done."""
        steps = tuple(self._step(one, there=False) for one in plan.steps)
        return PlanView(steps, plan.obstacle, plan.writes)

    def _step(self, step: Step, *, there: bool) -> PushStep:
        fields = tuple(
            PushedField(
                self._ours(step, name),
                step.before.get(name),
                value,
                self._shown(name, value),
                self._shown(name, step.before.get(name)),
            )
            for name, value in step.fields.items()
            if name not in _HIDDEN and (step.module, name) != _MAIL
        )
        url = ""
        if self._connection is not None and (there or step.deed is not Deed.CREATE):
            url = written_url(self._connection.endpoint, step.module, step.sugar_id)
        left_out = tuple(self._ours(step, name) for name in step.left_out)
        return PushStep(
            step.deed, step.module, step.sugar_id, step.name, url, step.why, fields, left_out
        )

    def _ours(self, step: Step, name: str) -> str:
        """What a field of Sugar is called here, where it is mapped."""
        if step.module not in PERSON_MODULES:
            return name
        mapped = self._mappings.of(Module(step.module))
        return next((one.field for one in mapped if one.sugar_field == name), name)

    def _shown(self, name: str, value: Value) -> str:
        if name == _OWNER:
            return self._owners.get(SugarId(str(value)), "")
        return ""


def _waits_for(connection: Connection | None, intent: PushIntent, now: datetime) -> str:
    if intent.state is not PushState.DUE or connection is None:
        return ""
    if connection.pause is not None:
        refused = connection.pause.reason is PauseReason.SIGN_IN_REFUSED
        return "password" if refused else "paused"
    if connection.held_since is not None:
        return "compared"
    if not may_push(connection):
        return "read_only"
    away = connection.open_until is not None and connection.open_until > now
    return "later" if intent.attempts or away else ""
