"""The form of a step: what is typed as its settings, and its settings as what stands in it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import time
from enum import Enum
from functools import partial
from typing import TypeVar

from funnel.domain.campaigns.campaigns import Asks, OwnerRule
from funnel.domain.errors import InputInvalid
from funnel.domain.ids import WrittenModule
from funnel.domain.problems import Problems
from funnel.domain.pushing.pushes import Priority
from funnel.usecases.campaigns.step_settings import StepKind, StepSettings
from funnel.web.marketing.rule_builder import sent_draft
from funnel.web.marketing.rule_drafts import json_of_draft

E = TypeVar("E", bound=Enum)
T = TypeVar("T")
Sent = Mapping[str, Sequence[str]]

SEGMENT = "segment"
"""A rule by the name of a segment or list, which the form asks about apart."""

UNITS = {"minutes": 1, "hours": 60, "days": 24 * 60, "weeks": 7 * 24 * 60}
WEEKDAYS = tuple(range(7))
_LONGEST_NUMBER = 7


def settings_in(sent: Sent, wrong: Problems) -> StepSettings:
    """What a form says. What cannot be read goes to `wrong`, naming the field, and is left as it is by itself.

    Raises `InputInvalid` for no kind of step.
    """
    kind = chosen(StepKind, sent, "kind")
    blank = StepSettings(kind)
    owners = tuple(one for one in sent.get("owners", ()) if one)
    of = partial(read, wrong)
    return StepSettings(
        kind=kind,
        name=first(sent, "name"),
        email=first(sent, "email"),
        minutes=of(blank.minutes, _duration, sent, "minutes"),
        at=of(blank.at, time_in, sent, "at"),
        weekdays=of(blank.weekdays, weekdays_in, sent, "weekdays"),
        asks=Asks.RULE
        if first(sent, "asks") == SEGMENT
        else of(blank.asks, chosen, Asks, sent, "asks", blank.asks),
        sent_at=first(sent, "sent_at"),
        link=first(sent, "link"),
        page=first(sent, "page"),
        segment=first(sent, "segment") if first(sent, "asks") == SEGMENT else "",
        rule=json_of_draft(sent_draft(sent)) if first(sent, "asks") == Asks.RULE else None,
        within_minutes=of(blank.within_minutes, _duration, sent, "within_minutes"),
        list=first(sent, "list"),
        joins=first(sent, "joins") != "no",
        points=of(blank.points, number_in, sent, "points"),
        owner_rule=of(blank.owner_rule, chosen, OwnerRule, sent, "owner_rule", blank.owner_rule),
        owners=owners,
        module=of(blank.module, chosen, WrittenModule, sent, "module", blank.module),
        lead_source=first(sent, "lead_source"),
        update_existing=first(sent, "update_existing") == "yes",
        task_kind=first(sent, "task_kind"),
        task_subject=first(sent, "task_subject"),
        task_days=of(blank.task_days, number_in, sent, "task_days", 1),
        task_at=of(None, time_in, sent, "task_at") or blank.task_at,
        task_priority=of(
            blank.task_priority, chosen, Priority, sent, "task_priority", blank.task_priority
        ),
    )


def form_of(settings: StepSettings) -> dict[str, list[str]]:
    """What stands in the form of these settings."""
    one = settings
    return {
        "kind": [one.kind.value],
        "name": [one.name],
        "email": [one.email],
        **_shown_duration("minutes", one.minutes),
        "at": [f"{one.at:%H:%M}" if one.at else ""],
        "weekdays": [str(day) for day in one.weekdays],
        "asks": [SEGMENT if one.asks is Asks.RULE and not one.rule else one.asks.value],
        "sent_at": [one.sent_at],
        "link": [one.link],
        "page": [one.page],
        "segment": [one.segment],
        **_shown_duration("within_minutes", one.within_minutes),
        "list": [one.list],
        "joins": ["yes" if one.joins else "no"],
        "points": [str(one.points)],
        "owner_rule": [one.owner_rule.value],
        "owners": list(one.owners),
        "module": [one.module.value],
        "lead_source": [one.lead_source],
        "update_existing": ["yes" if one.update_existing else ""],
        "task_kind": [one.task_kind],
        "task_subject": [one.task_subject],
        "task_days": [str(one.task_days)],
        "task_at": [f"{one.task_at:%H:%M}"],
        "task_priority": [one.task_priority.value],
    }


def read(wrong: Problems, otherwise: T, how: Callable[..., T], *what: object) -> T:
    """What `how` reads of a form; where it cannot be read `wrong` is told, and it is `otherwise`."""
    with wrong.found():
        return how(*what)
    return otherwise


def first(sent: Sent, name: str) -> str:
    """One field, "" where it is not there."""
    return next(iter(sent.get(name, ())), "").strip()


def chosen(kind: type[E], sent: Sent, name: str, otherwise: E | None = None) -> E:
    """One of a list. Raises `InputInvalid`."""
    text = first(sent, name)
    if not text and otherwise is not None:
        return otherwise
    try:
        return kind(text)
    except ValueError:
        raise InputInvalid("Choose one of the list.", field=name) from None


def number_in(sent: Sent, name: str, otherwise: int = 0) -> int:
    """A whole number. Raises `InputInvalid`."""
    text = first(sent, name).replace(",", "").replace("\u2212", "-")
    if not text:
        return otherwise
    digits = text.removeprefix("+").removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= _LONGEST_NUMBER):
        raise InputInvalid("Enter a whole number.", field=name)
    return int(text)


def time_in(sent: Sent, name: str) -> time | None:
    """A time of the day, None where nothing is typed. Raises `InputInvalid`."""
    text = first(sent, name)
    if not text:
        return None
    try:
        found = time.fromisoformat(text)
    except ValueError:
        raise InputInvalid("Enter a time such as 09:30.", field=name) from None
    return found.replace(second=0, microsecond=0, tzinfo=None)


def weekdays_in(sent: Sent, name: str) -> tuple[int, ...]:
    """Days of the week, Monday is 0. Raises `InputInvalid`."""
    texts = sent.get(name, ())
    if not set(texts) <= {str(day) for day in WEEKDAYS}:
        raise InputInvalid("Choose days of the week.", field=name)
    return tuple(sorted({int(one) for one in texts}))


def version_in(text: str) -> int:
    """The version of the campaign that was looked at. Raises `InputInvalid`."""
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise InputInvalid("Open the campaign again.")
    return int(text)


def _duration(sent: Sent, name: str) -> int:
    """Minutes out of a number and its unit. Raises `InputInvalid`."""
    unit = first(sent, f"{name}_unit") or "minutes"
    if unit not in UNITS:
        raise InputInvalid("Choose one of the units.", field=name)
    return number_in(sent, name) * UNITS[unit]


def _shown_duration(name: str, minutes: int) -> dict[str, list[str]]:
    """Minutes as a number and the largest unit that says them whole; days where there are none."""
    unit = next(
        (one for one in reversed(UNITS) if one != "weeks" and minutes % UNITS[one] == 0), "minutes"
    )
    return {name: [str(minutes // UNITS[unit])], f"{name}_unit": [unit]}
