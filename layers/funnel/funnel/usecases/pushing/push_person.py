"""Have Sugar hold a person, a task about it, or a note: looked up, created or changed, and read back.

Every push of a person goes through here, whoever asked for it.
"""

from collections.abc import Callable
from dataclasses import replace

from funnel.domain.connecting.connections import Connection
from funnel.domain.crm import CrmRow, Page
from funnel.domain.errors import FunnelError, IdNotKept, Permanent
from funnel.domain.ids import Module, RecordKey, SugarId
from funnel.domain.pushing.push_fields import not_taken
from funnel.domain.pushing.pushes import (
    PERSON_MODULES,
    Deed,
    Obstacle,
    Plan,
    PushIntent,
    Step,
    done,
    dropped,
)
from funnel.domain.pushing.related import RELATED_MODULES
from funnel.domain.sync.records import Person
from funnel.domain.sync.runs import Note
from funnel.ports.crm import Crm
from funnel.usecases.app import App
from funnel.usecases.living import is_empty, standing
from funnel.usecases.pushing.plan_push import ADDRESS_DROPPED, DELETED, Planner
from funnel.usecases.pushing.push_edits import push_edits
from funnel.usecases.pushing.push_lease import STOP
from funnel.usecases.pushing.push_outcome import PushOutcome, note_of
from funnel.usecases.sync.module_fields import ModuleFields
from funnel.usecases.sync.read_window import wake

NOT_TAKEN, REFUSED = "PushNotTaken", "PushRefused"


def push_person(
    app: App,
    crm: Crm,
    connection: Connection,
    intent: PushIntent,
    may_write: Callable[[], bool],
) -> None:
    """Do what the intent asks for; what Sugar then holds is read back and kept here.

    Repeated, it finds what was done and goes on from there. What cannot be is in the error report.
    Unless `may_write` says so right before, nothing is written, and it stays due. Raises `Transient`
    errors, `ConnectionPaused` and what is about the whole Sugar.
    """
    person = standing(app, intent.tenant, intent.person_id)
    outcome = PushOutcome(app, connection, intent)
    if person is not None and is_empty(person):
        outcome.forget()
        return
    if person is None:
        outcome.save(lambda one: dropped(one, _NOBODY, app.clock.now()))
        return
    pusher = _Pusher(app, crm, connection, person, may_write)
    plan = Plan()
    try:
        plan = Planner(app, crm, connection).plan(person, intent)
        obstacle = plan.obstacle or pusher.carry_out(plan, outcome)
    except STOP:
        raise
    except Permanent as error:
        outcome.set_aside(person, plan, Obstacle(REFUSED, value=error.text), note_of(error))
        return
    if obstacle is not None:
        outcome.set_aside(person, plan, obstacle)
    elif intent.wish.only_existing and not plan.steps:
        outcome.save(lambda one: dropped(one, _NOT_IN_SUGAR, app.clock.now()))
    elif pusher.finished:
        _push_what_was_edited_meanwhile(app, connection, person, intent)
        outcome.save(lambda one: done(one, plan.steps, app.clock.now()))


def _push_what_was_edited_meanwhile(
    app: App, connection: Connection, planned: Person, intent: PushIntent
) -> None:
    """An edit of a person who was in no Sugar yet asked for no push of its own."""
    now = standing(app, intent.tenant, intent.person_id)
    if now is not None and any(planned.edited.get(n) != edit for n, edit in now.edited.items()):
        push_edits(app, connection, now, intent.asked_by)


class _Pusher:
    """Carries out the plan for one person."""

    def __init__(
        self,
        app: App,
        crm: Crm,
        connection: Connection,
        person: Person,
        may_write: Callable[[], bool],
    ) -> None:
        self._app = app
        self._crm = crm
        self._connection = connection
        self._person = person
        self._may_write = may_write
        self._fields = ModuleFields(app, crm, connection)
        self.finished = False

    def carry_out(self, plan: Plan, outcome: PushOutcome) -> Obstacle | None:
        """Step by step; what stands in the way of one keeps those after it from being done."""
        for step in plan.steps:
            if step.deed is not Deed.KEEP and not self._may_write():
                return None
            if step.module in PERSON_MODULES:
                found = self._person_step(step, outcome)
            elif step.deed is Deed.CREATE:
                found = self._create(step, outcome)
            else:
                found = None
            if found is not None:
                return found
        self.finished = True
        return None

    def _create(self, step: Step, outcome: PushOutcome) -> Obstacle | None:
        """An Account, Task or Note: whatever the answer was, it counts whether it is there."""
        problem = self._tried(lambda: self._crm.create(step.module, step.sugar_id, step.fields))
        if isinstance(problem, IdNotKept):
            if step.module in RELATED_MODULES:
                # Unlike an Account, which has its name, it is found by nothing but its id.
                made = SugarId(problem.sugar_id)
                outcome.save(lambda one: replace(one, task_id=made))
            raise problem
        deleted = self._crm.existing(step.module, [step.sugar_id]).get(step.sugar_id)
        if deleted is None:
            raise problem or _not_there(step)
        return Obstacle(DELETED, "deleted", step.name) if deleted else None

    def _person_step(self, step: Step, outcome: PushOutcome) -> Obstacle | None:
        """The Lead or Contact, which is kept here as it was read back."""
        module = Module(step.module)
        problem: FunnelError | None = None
        if step.deed is Deed.CREATE:
            problem = self._tried(lambda: self._crm.create(step.module, step.sugar_id, step.fields))
        elif step.deed is Deed.UPDATE:
            rows = {step.sugar_id: step.fields}
            problem = self._tried(lambda: self._crm.update(module, rows))
        page = self._fields.by_ids(module, [RecordKey(module, step.sugar_id)])
        row = next(iter(page.rows), None)
        if row is None:
            raise problem or _not_there(step)
        if row.deleted:
            return Obstacle(DELETED, "deleted", step.name)
        if step.deed is Deed.CREATE and not row.fields.get("email1"):
            return Obstacle(ADDRESS_DROPPED, "email1", str(step.fields.get("email1") or ""))
        missing = not_taken(step, row) if step.deed is Deed.UPDATE else []
        if missing and problem is not None:
            raise problem
        self._keep(step, row, page, outcome)
        return Obstacle(NOT_TAKEN, missing[0], str(step.fields[missing[0]])) if missing else None

    def _keep(self, step: Step, row: CrmRow, page: Page, outcome: PushOutcome) -> None:
        """What was read back is the record from now on, so that the pull has nothing to tell."""
        if step.deed is not Deed.KEEP:
            outcome.agree(self._person, step, row, self._fields.mappings)
        stored = self._fields.page_store().store(page)
        wake(self._app, self._connection, stored)
        # Once the record is here, its rows are found by it.
        outcome.tell_left_out(self._person, step, self._fields.mappings)

    def _tried(self, write: Callable[[], None]) -> FunnelError | None:
        """What was raised, for when nothing is there: no answer proves that nothing was written."""
        try:
            write()
        except STOP:
            raise
        except FunnelError as error:
            return error
        return None


def _not_there(step: Step) -> Permanent:
    return Permanent(
        f"Sugar answered as if all were well, but has no such record of {step.module}.",
        mend="Look in Sugar for a workflow or logic hook that keeps it from being saved.",
    )


_NOBODY = Note("NotFound", "This person is no longer here.")
_NOT_IN_SUGAR = Note("NotInSugar", "Nobody in Sugar is this person, so that nothing was done.")
