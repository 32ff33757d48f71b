"""Ready-made campaigns to begin with: real graphs whose emails, lists and forms are still to be chosen."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import time
from enum import StrEnum

from funnel.domain.campaigns.campaign_graph import Graph
from funnel.domain.campaigns.campaigns import (
    NOWHERE,
    Action,
    Asks,
    Branch,
    ChangeList,
    ChangeScore,
    Comes,
    End,
    SendEmail,
    Start,
    Step,
    StepId,
    SyncPlan,
    SyncWithSugar,
    TaskPlan,
    Wait,
)
from funnel.domain.emails.emails import EmailId
from funnel.domain.ids import ListId, WrittenModule
from funnel.domain.pushing.pushes import TaskKind

_DAY = 24 * 60
_NO_EMAIL, _NO_LIST = EmailId(""), ListId("")


class Example(StrEnum):
    """What to begin with."""

    BLANK = "blank"
    WELCOME = "welcome"
    QUIET = "quiet"
    WEBINAR = "webinar"


@dataclass(frozen=True, slots=True)
class Beginning:
    """How a new campaign begins."""

    start: Start
    graph: Graph


def beginning(example: Example, said: Callable[[str], str]) -> Beginning:
    """The start and graph of an example; `said` gives the name of a step, or a task's subject, by its key."""
    match example:
        case Example.BLANK:
            return Beginning(Start(), Graph())
        case Example.WELCOME:
            return Beginning(Start(Comes.FORM), _welcome(said))
        case Example.QUIET:
            return Beginning(Start(Comes.LIST, again_days=180), _quiet(said))
        case Example.WEBINAR:
            return Beginning(Start(Comes.LIST), _webinar(said))


def _welcome(said: Callable[[str], str]) -> Graph:
    call = TaskPlan(TaskKind.CALL, said("welcome.task"))
    return _graph(
        _step("1", SendEmail(_NO_EMAIL), "2", name=said("welcome.mail")),
        _step("2", _asked(Asks.CLICKED, "1", 2), "3", "4"),
        _step("3", SyncWithSugar(SyncPlan(WrittenModule.LEADS, task=call))),
        _step("4", Wait(3 * _DAY, time(9, 0), (0, 1, 2, 3, 4)), "5"),
        _step("5", SendEmail(_NO_EMAIL), name=said("welcome.reminder")),
    )


def _quiet(said: Callable[[str], str]) -> Graph:
    return _graph(
        _step("1", SendEmail(_NO_EMAIL), "2", name=said("quiet.mail")),
        _step("2", _asked(Asks.OPENED, "1", 7), "3", "5"),
        _step("3", ChangeScore(5), "4"),
        _step("4", End()),
        _step("5", SendEmail(_NO_EMAIL), "6", name=said("quiet.last")),
        _step("6", _asked(Asks.CLICKED, "5", 14), "3", "7"),
        _step("7", ChangeList(_NO_LIST), name=said("quiet.list")),
    )


def _webinar(said: Callable[[str], str]) -> Graph:
    return _graph(
        _step("1", SendEmail(_NO_EMAIL), "2", name=said("webinar.mail")),
        _step("2", Branch(Asks.VISITED, page="/webinar*", within_minutes=4 * _DAY), "5", "3"),
        _step("3", SendEmail(_NO_EMAIL), "4", name=said("webinar.reminder")),
        _step("4", _asked(Asks.CLICKED, "3", 3), "5"),
        _step("5", ChangeList(_NO_LIST), "6", name=said("webinar.list")),
        _step("6", Wait(2 * _DAY, time(8, 0)), "7"),
        _step("7", SendEmail(_NO_EMAIL), name=said("webinar.day")),
    )


def _asked(asks: Asks, sent_at: str, days: int) -> Branch:
    return Branch(asks, StepId(sent_at), within_minutes=days * _DAY)


def _step(
    step_id: str, action: Action, following: str = "", otherwise: str = "", *, name: str = ""
) -> Step:
    return Step(StepId(step_id), action, StepId(following), StepId(otherwise), name)


def _graph(*steps: Step) -> Graph:
    return Graph(steps[0].step_id if steps else NOWHERE, {one.step_id: one for one in steps})
