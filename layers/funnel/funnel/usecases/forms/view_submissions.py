"""What was sent by a form, by whom, and what became of each thing that was to happen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from funnel.domain.errors import NotFound
from funnel.domain.forms.forms import Form, FormId
from funnel.domain.forms.submissions import (
    ActionState,
    FormAction,
    Outcome,
    Submission,
    place_of,
    placed_at,
)
from funnel.domain.ids import PersonId, TenantId
from funnel.domain.pushing.push_ids import intent_id
from funnel.domain.pushing.pushes import Obstacle, PushState
from funnel.usecases.app import App
from funnel.usecases.forms.act_on_form import try_again
from funnel.usecases.forms.keep_forms import form_of
from funnel.usecases.view_common import PAGE_SIZE

MOST_IN_A_FILE = 5_000
"""An answer has to come in time, and holds 6 MB."""


@dataclass(frozen=True, slots=True)
class SentValue:
    """What stood in a field, by what the form calls it."""

    name: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class PushNow:
    """What became of it in Sugar: `push_id` leads to it, `obstacle` is what stands in the way."""

    push_id: str
    state: PushState
    obstacle: Obstacle | None


@dataclass(frozen=True, slots=True)
class ActionView:
    """What became of one thing; `push` of what was asked of Sugar."""

    action: FormAction
    state: ActionState
    note: str
    at: datetime | None
    push: PushNow | None = None

    @property
    def is_wrong(self) -> bool:
        """Whether somebody has to mend something."""
        failed = self.push is not None and self.push.state is PushState.FAILED
        return failed or self.state is ActionState.FAILED


@dataclass(frozen=True, slots=True)
class SubmissionView:
    """A form that was sent. `place` names it within its form; `person_id` is who sent it, by then."""

    place: str
    at: datetime
    email: str
    person_id: PersonId
    person: str
    values: tuple[SentValue, ...]
    url: str
    actions: tuple[ActionView, ...]
    confirmed_at: datetime | None

    @property
    def has_failed(self) -> bool:
        """Whether somebody has to mend anything."""
        return any(one.is_wrong for one in self.actions)

    @property
    def can_be_tried(self) -> bool:
        """Whether anything can be done again from here; what Sugar refused is tried from its error report."""
        return any(one.state is ActionState.FAILED for one in self.actions)

    @property
    def waits(self) -> bool:
        """Whether it waits for its link to be followed."""
        return any(one.state is ActionState.WAITS for one in self.actions)


@dataclass(frozen=True, slots=True)
class SubmissionsPage:
    """A page of them, newest first; `cursor` is where it goes on, "" at the end."""

    items: tuple[SubmissionView, ...]
    cursor: str


def list_submissions(
    app: App, tenant: TenantId, form_id: FormId, cursor: str = "", limit: int = PAGE_SIZE
) -> SubmissionsPage:
    """A page of what was sent by a form. Raises `NotFound`."""
    form = form_of(app, tenant, form_id)
    found = app.forms.submissions(tenant, form_id, limit, cursor)
    return SubmissionsPage(_views(app, form, found.items), found.cursor)


def act_again(app: App, tenant: TenantId, form_id: FormId, place: str) -> SubmissionView:
    """Have done again what failed. Raises `NotFound`."""
    form, at = form_of(app, tenant, form_id), placed_at(place)
    sub = try_again(app, tenant, form_id, *at) if at else None
    if sub is None:
        raise NotFound("There is no such form that was sent.")
    return _views(app, form, [sub])[0]


def submission_rows(
    app: App, tenant: TenantId, form_id: FormId
) -> tuple[Form, list[SubmissionView]]:
    """The latest 5,000 at the most, for a file. Raises `NotFound`."""
    form = form_of(app, tenant, form_id)
    rows: list[SubmissionView] = []
    cursor = ""
    while len(rows) < MOST_IN_A_FILE:
        page = app.forms.submissions(tenant, form_id, 200, cursor)
        rows += _views(app, form, page.items)
        cursor = page.cursor
        if not cursor:
            break
    return form, rows[:MOST_IN_A_FILE]


def _views(app: App, form: Form, subs: Sequence[Submission]) -> tuple[SubmissionView, ...]:
    ids = dict.fromkeys(one.person_id for one in subs)
    people = app.records.people(form.tenant, ids) if ids else {}
    labels = {one.name: one.label for one in form.fields}
    pushes = _pushes(app, form.tenant, subs)
    return tuple(
        SubmissionView(
            place_of(sub),
            sub.at,
            sub.email,
            sub.person_id,
            people[sub.person_id].name if sub.person_id in people else "",
            tuple(_values(sub, labels)),
            sub.url,
            tuple(
                _action(one, was, pushes.get(sub.key))
                for one in FormAction
                if (was := sub.actions.get(one))
            ),
            sub.confirmed_at,
        )
        for sub in subs
    )


def _action(action: FormAction, was: Outcome, push: PushNow | None) -> ActionView:
    is_push = action is FormAction.SYNC
    return ActionView(action, was.state, was.note, was.at, push if is_push else None)


def _pushes(app: App, tenant: TenantId, subs: Sequence[Submission]) -> dict[str, PushNow]:
    """What was asked of the present Sugar, by the key of the submission."""
    connection = app.sync.connection(tenant)
    asked = {one.key for one in subs if FormAction.SYNC in one.actions}
    if connection is None or not asked:
        return {}
    ids = {intent_id(connection.connection_id, key): key for key in asked}
    found = app.pushes.intents(tenant, ids)
    return {ids[i]: PushNow(i, one.state, one.obstacle) for i, one in found.items()}


def _values(sub: Submission, labels: dict[str, str]) -> list[SentValue]:
    """In the order of the form; then those of fields that it has no more."""
    names = [*(n for n in labels if n in sub.values), *(n for n in sub.values if n not in labels)]
    return [SentValue(name, labels.get(name, name), sub.values[name]) for name in names]
