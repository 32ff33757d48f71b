"""The settings of a step of a campaign as forms and the API have them, and the step's action out of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import time
from enum import StrEnum
from typing import Any, cast

from funnel.domain.campaigns.campaigns import (
    Action,
    Asks,
    Branch,
    ChangeList,
    ChangeOwner,
    ChangeScore,
    End,
    OwnerChoice,
    OwnerRule,
    ScheduleTask,
    SendEmail,
    StepId,
    SyncPlan,
    SyncWithSugar,
    TaskPlan,
    Wait,
)
from funnel.domain.emails.emails import EmailId
from funnel.domain.errors import InputInvalid
from funnel.domain.ids import ListId, SugarId, TenantId, WrittenModule
from funnel.domain.problems import Problems
from funnel.domain.pushing.pushes import PERSON_MODULES, Priority, TaskKind
from funnel.domain.segments.rule_json import rule_of, rule_to_json
from funnel.domain.segments.segment_fields import SegmentField
from funnel.domain.segments.segments import Group
from funnel.usecases.app import App
from funnel.usecases.segments.segment_fields import segment_fields


class StepKind(StrEnum):
    """What a step does, by the tag of its action."""

    SEND = SendEmail.TAG
    WAIT = Wait.TAG
    BRANCH = Branch.TAG
    LIST = ChangeList.TAG
    SCORE = ChangeScore.TAG
    OWNER = ChangeOwner.TAG
    SYNC = SyncWithSugar.TAG
    TASK = ScheduleTask.TAG
    END = End.TAG


LONGEST_NAME = 80
DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class StepSettings:
    """All that any step can be set to; each kind heeds its own.

    `weekdays` begin with Monday as 0. `task_kind` "" is no task. `rule` is as Segments have it in the
    API; with a `segment` it is not heeded.
    """

    kind: StepKind
    name: str = ""
    email: str = ""
    minutes: int = 0
    at: time | None = None
    weekdays: tuple[int, ...] = ()
    asks: Asks = Asks.OPENED
    sent_at: str = ""
    link: str = ""
    page: str = ""
    segment: str = ""
    rule: object = None
    within_minutes: int = 0
    list: str = ""
    joins: bool = True
    points: int = 0
    owner_rule: OwnerRule = OwnerRule.EXISTING
    owners: tuple[str, ...] = ()
    module: WrittenModule = WrittenModule.LEADS
    lead_source: str = ""
    update_existing: bool = False
    task_kind: str = ""
    task_subject: str = ""
    task_days: int = 1
    task_at: time = time(9, 0)
    task_priority: Priority = Priority.MEDIUM


def made_of(app: App, tenant: TenantId, settings: StepSettings) -> tuple[Action, str]:
    """The action and the name of a step with these settings.

    Raises `InputInvalid` with all that is wrong, each naming its setting.
    """
    fields = segment_fields(app, tenant) if settings.rule else ()
    wrong = Problems()
    with wrong.found():
        name = checked_name(settings.name)
    with wrong.found():
        action = action_of(settings, fields)
    wrong.raise_all()
    return action, name


def action_of(settings: StepSettings, fields: Iterable[SegmentField] = ()) -> Action:
    """The action these settings make; `fields` are those that a rule may ask for.

    Raises `InputInvalid` naming the setting, of a rule by its path, such as `rule.parts.1.values`. Whether what it names is there is not asked: a campaign may be drawn before its emails are written.
    """
    one = settings
    match one.kind:
        case StepKind.SEND:
            return SendEmail(EmailId(one.email))
        case StepKind.WAIT:
            return _wait(one)
        case StepKind.BRANCH:
            return _branch(one, fields)
        case StepKind.LIST:
            return ChangeList(ListId(one.list), one.joins)
        case StepKind.SCORE:
            return ChangeScore(one.points)
        case StepKind.OWNER:
            return ChangeOwner(_owner(one))
        case StepKind.SYNC:
            if one.module not in PERSON_MODULES:
                raise InputInvalid("Choose Lead or Contact.", field="module")
            wrong = Problems()
            with wrong.found():
                owner = _owner(one)
            with wrong.found():
                plan = _task(one)
            wrong.raise_all()
            return SyncWithSugar(
                SyncPlan(one.module, owner, one.lead_source, one.update_existing, plan)
            )
        case StepKind.TASK:
            task = _task(one)
            if task is None:
                raise InputInvalid("Choose what is to be done.", field="task_kind")
            return ScheduleTask(task)
        case StepKind.END:
            return End()


def settings_of(action: Action, name: str = "") -> StepSettings:
    """The settings that make this action."""
    found = StepSettings(StepKind(action.TAG), name)
    match action:
        case SendEmail():
            return replace(found, email=action.email_id)
        case Wait():
            return replace(found, minutes=action.minutes, at=action.at, weekdays=action.weekdays)
        case Branch():
            return replace(
                found,
                asks=action.asks,
                sent_at=action.sent_at,
                link=action.link,
                page=action.page,
                segment=action.segment,
                rule=rule_to_json(action.rule) if action.rule.parts else None,
                within_minutes=action.within_minutes,
            )
        case ChangeList():
            return replace(found, list=action.list_id, joins=action.joins)
        case ChangeScore():
            return replace(found, points=action.points)
        case ChangeOwner():
            return replace(found, **_owner_settings(action.owner))
        case SyncWithSugar():
            plan = action.plan
            found = replace(
                found,
                module=plan.module,
                lead_source=plan.lead_source,
                update_existing=plan.update_existing,
            )
            return replace(found, **_owner_settings(plan.owner), **_task_settings(plan.task))
        case ScheduleTask():
            return replace(found, **_task_settings(action.task))
    return found


def checked_name(name: str) -> str:
    """A step's own name, tidied. Raises `InputInvalid`."""
    found = " ".join(name.split())
    if len(found) > LONGEST_NAME:
        raise InputInvalid(f"At most {LONGEST_NAME} letters.", field="name")
    return found


def _wait(one: StepSettings) -> Wait:
    wrong = Problems()
    with wrong.found():
        if one.minutes < 0:
            raise InputInvalid("Nobody can wait for less than no time.", field="minutes")
    with wrong.found():
        if not set(one.weekdays) <= set(range(7)):
            raise InputInvalid("Weekdays are 0 for Monday to 6 for Sunday.", field="weekdays")
    wrong.raise_all()
    days = tuple(sorted(set(one.weekdays)))
    found = Wait(one.minutes, one.at, () if len(days) == 7 else days)
    if found == Wait():
        raise InputInvalid(
            "Say how long to wait, or until when.", mend="Such as 3 days.", field="minutes"
        )
    return found


def _branch(one: StepSettings, fields: Iterable[SegmentField]) -> Branch:
    wrong = Problems()
    with wrong.found():
        if one.within_minutes < 0:
            raise InputInvalid("Nobody can wait for less than no time.", field="within_minutes")
    with wrong.found():
        found = _asked(one, fields)
    wrong.raise_all()
    return replace(found, within_minutes=one.within_minutes)


def _asked(one: StepSettings, fields: Iterable[SegmentField]) -> Branch:
    found = Branch(one.asks)
    match one.asks:
        case Asks.OPENED:
            return replace(found, sent_at=StepId(one.sent_at))
        case Asks.CLICKED:
            return replace(found, sent_at=StepId(one.sent_at), link=one.link.strip())
        case Asks.VISITED:
            return replace(found, page=one.page.strip())
        case Asks.RULE:
            if one.segment or not one.rule:
                return replace(found, segment=ListId(one.segment))
            return replace(found, rule=_rule(one.rule, fields))


def _rule(data: object, fields: Iterable[SegmentField]) -> Group:
    wrong = Problems()
    with wrong.found("rule"):
        rule = rule_of(data, fields)
    wrong.raise_all()
    return rule


def _owner(one: StepSettings) -> OwnerChoice:
    if one.owner_rule is OwnerRule.EXISTING:
        return OwnerChoice()
    users = tuple(SugarId(user) for user in dict.fromkeys(one.owners) if user)
    if one.owner_rule is OwnerRule.CHOSEN and len(users) != 1:
        raise InputInvalid("Choose one user of Sugar.", field="owners")
    if one.owner_rule is OwnerRule.ROUND_ROBIN and len(users) < 2:
        raise InputInvalid("Choose two users of Sugar or more.", field="owners")
    return OwnerChoice(one.owner_rule, users)


def _task(one: StepSettings) -> TaskPlan | None:
    if not one.task_kind:
        return None
    try:
        kind = TaskKind(one.task_kind)
    except ValueError:
        raise InputInvalid("There is no such kind of task.", field="task_kind") from None
    subject = " ".join(one.task_subject.split())
    wrong = Problems()
    with wrong.found():
        if not subject:
            raise InputInvalid("Enter what the task is about.", field="task_subject")
    with wrong.found():
        if one.task_days < 0:
            raise InputInvalid("A task is due on the same day or later.", field="task_days")
    wrong.raise_all()
    return TaskPlan(kind, subject, one.task_days, one.task_at, one.task_priority)


def _owner_settings(choice: OwnerChoice) -> Mapping[str, Any]:
    return {"owner_rule": choice.rule, "owners": cast("tuple[str, ...]", choice.users)}


def _task_settings(task: TaskPlan | None) -> Mapping[str, Any]:
    if task is None:
        return {}
    return {
        "task_kind": task.kind.value,
        "task_subject": task.subject,
        "task_days": task.days,
        "task_at": task.at,
        "task_priority": task.priority,
    }
