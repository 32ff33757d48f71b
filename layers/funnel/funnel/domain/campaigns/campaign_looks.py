"""What a campaign's step would do in Sugar for the people who are in it: told one by one, unwritten."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from funnel.domain.crm import Value
from funnel.domain.ids import PersonId, SugarId, WrittenModule
from funnel.domain.pushing.pushes import Deed, Plan, Step, Why
from funnel.domain.sync.records import Person

CAMPAIGN_LOOK = "campaign look"
"""The kind of its job."""

PAGE = 100
"""People that are looked at together, and shown on a page."""

NOT_IN_SUGAR = "not in Sugar"
"""Why nothing would be done for somebody."""

_LONGEST = 100


class WouldBe(StrEnum):
    """What would become of a person. SKIP leaves it as it is; HINDER says what stands in the way."""

    CREATE = "create"
    CHANGE = "change"
    SKIP = "skip"
    HINDER = "hinder"


@dataclass(frozen=True, slots=True)
class LookLine:
    """One person. `fields` are what would be sent of its Lead or Contact, `before` what stands there.

    `why` is a reason of a plan, `NOT_IN_SUGAR`, or the code of what stands in the way, with the
    `field` and `value` that it is about. With a `task` one would be made.
    """

    person_id: PersonId
    name: str
    email: str
    would: WouldBe
    why: str
    module: WrittenModule | None = None
    sugar_id: SugarId = SugarId("")
    fields: Mapping[str, Value] | None = None
    before: Mapping[str, Value] | None = None
    account: str = ""
    task: bool = False
    field: str = ""
    value: str = ""


def look_line(person: Person, plan: Plan) -> LookLine:
    """What the plan says of the person. `account` names an Account that would be made."""
    step = plan.person
    email = person.emails[0] if person.emails else ""
    if plan.obstacle is not None:
        found = plan.obstacle
        return LookLine(
            person.person_id,
            person.name,
            email,
            WouldBe.HINDER,
            found.code,
            step.module if step else None,
            field=found.field,
            value=found.value[:_LONGEST],
        )
    if step is None:
        return LookLine(person.person_id, person.name, email, WouldBe.SKIP, NOT_IN_SUGAR)
    return LookLine(
        person.person_id,
        person.name,
        email,
        _WOULD[step.deed],
        step.why,
        step.module,
        SugarId("") if step.deed is Deed.CREATE else step.sugar_id,
        _short(step.fields),
        _short(step.before),
        next((s.name for s in plan.steps if _makes_account(s)), ""),
        any(s.module is WrittenModule.TASKS and s.deed is Deed.CREATE for s in plan.steps),
    )


_WOULD = {Deed.CREATE: WouldBe.CREATE, Deed.UPDATE: WouldBe.CHANGE, Deed.KEEP: WouldBe.SKIP}

REASONS = (*(why.value for why in Why), NOT_IN_SUGAR)
"""All that can stand in `why` beside the codes of the error report."""


def _makes_account(step: Step) -> bool:
    return step.module is WrittenModule.ACCOUNTS and step.deed is Deed.CREATE


def _short(fields: Mapping[str, Value]) -> dict[str, Value]:
    return {n: v[:_LONGEST] if isinstance(v, str) else v for n, v in fields.items()}
