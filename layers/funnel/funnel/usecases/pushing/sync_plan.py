"""Turn what a campaign or form plans for Sugar into what is asked for one person, and check plans.

What is made here goes to `request_push` with `unattended`, as nobody looks at what is refused then.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from funnel.domain.campaigns.campaigns import OwnerChoice, OwnerRule, SyncPlan, TaskPlan
from funnel.domain.errors import InputInvalid
from funnel.domain.ids import (
    Module,
    PersonId,
    RecordKey,
    SugarId,
    TenantId,
    WrittenModule,
    derived_id,
)
from funnel.domain.pushing.push_ids import intent_id
from funnel.domain.pushing.pushes import PERSON_MODULES, TaskWish, Wish, checked_subject
from funnel.domain.sync.pull_rules import is_active
from funnel.domain.sync.records import Person
from funnel.domain.vision.alerts import local
from funnel.usecases.app import App
from funnel.usecases.pushing.request_push import check_lead_source, check_user

MOST_USERS = 50
"""Users that one step can give people to."""

LONGEST_DELAY = 366
"""Days after a step that a task can be due."""

_NOBODY_NEW = WrittenModule.LEADS
"""Stands in a wish that creates nobody."""


def wish_of(
    app: App,
    tenant: TenantId,
    plan: SyncPlan,
    person: Person,
    now: datetime,
    timezone: str,
    key: str,
) -> Wish:
    """What is asked of Sugar for this person (C2, C4).

    What was asked for under this `key` before is asked for again as it was, whatever changed
    meanwhile. `now` is UTC, `timezone` an IANA name: the task is due by its days and hours. An owner
    who is no longer active is asked for all the same, so that the error report names it.
    """
    return _asked(app, tenant, key) or Wish(
        plan.module,
        owner_of(app, tenant, plan.owner, person.person_id),
        plan.lead_source,
        plan.update_existing,
        task=_task(plan.task, now, timezone) if plan.task else None,
    )


def owner_wish_of(app: App, tenant: TenantId, owner: OwnerChoice, person: Person, key: str) -> Wish:
    """Give who is in Sugar to another user; nobody is created. As `wish_of`."""
    return _asked(app, tenant, key) or Wish(
        _NOBODY_NEW,
        owner_of(app, tenant, owner, person.person_id),
        update_existing=True,
        only_existing=True,
    )


def task_wish_of(
    app: App, tenant: TenantId, plan: TaskPlan, now: datetime, timezone: str, key: str
) -> Wish:
    """A task about who is in Sugar, for its owner; nobody is created. As `wish_of`."""
    return _asked(app, tenant, key) or Wish(
        _NOBODY_NEW, task=_task(plan, now, timezone), only_existing=True
    )


def owner_of(app: App, tenant: TenantId, choice: OwnerChoice, person_id: PersonId) -> SugarId:
    """Whose the person is to be; "" is whose it is, or our own user's.

    In turn, a person keeps its user for as long as that is active, whoever else comes or goes, and
    people spread evenly. Where none of them is active it is one of them all the same.
    """
    if choice.rule is OwnerRule.EXISTING or not choice.users:
        return SugarId("")
    if choice.rule is OwnerRule.CHOSEN:
        return choice.users[0]
    keys = [RecordKey(Module.USERS, user) for user in choice.users]
    stored = app.records.records(tenant, keys)
    active = [key.sugar_id for key in keys if key in stored and is_active(stored[key])]
    return max(active or choice.users, key=lambda user: derived_id("turn", person_id, user))


def due_at(plan: TaskPlan, now: datetime, timezone: str) -> datetime:
    """When the task is due, UTC: so many days after the day it is there, at its hour there."""
    there = local(now, timezone)
    day = there.date() + timedelta(days=plan.days)
    return datetime.combine(day, plan.at, there.tzinfo).astimezone(UTC)


def checked_plan(app: App, tenant: TenantId, plan: SyncPlan) -> SyncPlan:
    """A plan as it is to be saved, tidied. Raises `InputInvalid` naming the part that is wrong.

    An inactive user is named. Parts are `module`, `owner`, `lead_source`, `task.subject`, `task.days`.
    """
    if plan.module not in PERSON_MODULES:
        raise InputInvalid("Choose Lead or Contact.", field="module")
    check_owner(app, tenant, plan.owner)
    lead_source = plan.lead_source.strip()
    check_lead_source(app, tenant, plan.module, lead_source)
    if plan.update_existing and plan.owner.rule is OwnerRule.EXISTING and not lead_source:
        raise InputInvalid(
            "Choose an owner or a lead source that those who are in Sugar are to get.",
            field="update_existing",
        )
    try:
        task = checked_task(plan.task) if plan.task else None
    except InputInvalid as error:
        raise InputInvalid(error.text, mend=error.mend, field=f"task.{error.field}") from None
    return replace(plan, lead_source=lead_source, task=task)


def checked_owner_change(app: App, tenant: TenantId, choice: OwnerChoice) -> OwnerChoice:
    """A change of owners as it is to be saved. Raises `InputInvalid`."""
    if choice.rule is OwnerRule.EXISTING:
        raise InputInvalid("Choose whose people are to be.", field="owner")
    check_owner(app, tenant, choice)
    return choice


def checked_task(plan: TaskPlan) -> TaskPlan:
    """A task as it is to be saved, tidied. Raises `InputInvalid` naming `subject` or `days`."""
    if not 0 <= plan.days <= LONGEST_DELAY:
        raise InputInvalid(f"A task is due within 0 to {LONGEST_DELAY} days.", field="days")
    if "{{" in plan.subject:
        raise InputInvalid(
            "The subject of a task has no merge fields.",
            mend="Write it without {{ and }}: the task stands at the person's own record in Sugar.",
            field="subject",
        )
    return replace(plan, subject=checked_subject(plan.subject))


def check_owner(app: App, tenant: TenantId, choice: OwnerChoice) -> None:
    """Raise `InputInvalid` unless so many users are chosen as the rule takes, each active."""
    users = choice.users
    if choice.rule is OwnerRule.EXISTING:
        if users:
            raise InputInvalid("No users are chosen where each keeps its own.", field="owner")
        return
    if choice.rule is OwnerRule.CHOSEN and len(users) != 1:
        raise InputInvalid("Choose one user of Sugar.", field="owner")
    if choice.rule is OwnerRule.ROUND_ROBIN and len(set(users)) < 2:
        raise InputInvalid("Choose two users of Sugar or more.", field="owner")
    if len(users) > MOST_USERS or len(set(users)) < len(users):
        raise InputInvalid(f"Choose {MOST_USERS} users at most, each once.", field="owner")
    for user in users:
        check_user(app, tenant, user, "owner")


def _task(plan: TaskPlan, now: datetime, timezone: str) -> TaskWish:
    return TaskWish(plan.kind, plan.subject, due_at(plan, now, timezone), plan.priority)


def _asked(app: App, tenant: TenantId, key: str) -> Wish | None:
    """What was asked for under this key, if it was; nothing was under none, as of a look."""
    connection = app.sync.connection(tenant) if key else None
    if connection is None:
        return None
    own_id = intent_id(connection.connection_id, key)
    found = app.pushes.intents(tenant, [own_id]).get(own_id)
    return found.wish if found else None
