"""What dies and is tried again, as AWS and people do."""

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from funnel.domain.errors import StoreBusy
from funnel.usecases.app import App
from tests.fakes.faulty import Crash, Plan, faulty

MOST_DELIVERIES = 3
"""SQS's maxReceiveCount in template.yaml: later it is the dead-letter queue's."""


def mortal(app: App, plan: Plan, ports: Iterable[str]) -> App:
    """The app, whose calls of these ports fail as planned."""
    return replace(app, **{name: faulty(getattr(app, name), plan, name) for name in ports})


def again(
    plan: Plan, work: Callable[[], object], after_death: Callable[[], object] = lambda: None
) -> None:
    """Until it is done with: a message delivered again to another worker, or a button pressed again."""
    for _ in range(MOST_DELIVERIES):
        try:
            work()
        except (Crash, StoreBusy):
            plan.revived = True
            after_death()
        else:
            return
    raise AssertionError("It ends in the dead-letter queue.")


EVERY_KILL_POINT = "FUNNEL_EVERY_KILL_POINT"
"""Set in the environment, a run dies at each of its calls: `make soak` does so."""


def kill_points(calls: Sequence[str]) -> list[int]:
    """At which of a run's calls to die, counted from 1: their names in order are `calls`.

    One call between the same neighbours is one kind of place, and its first and its last are
    chosen. That loses little: which effects a death can part from each other is told by what was
    called just before and just after it, and a run goes in circles (a page, a message, a module
    after the other), so that what lies between the first and the last of a kind is the same code
    at the same step, with another row in hand. What the first and the last may differ in, that
    nothing or everything else is done, is tried. `FUNNEL_EVERY_KILL_POINT=1` chooses all.
    """
    if os.environ.get(EVERY_KILL_POINT):
        return list(range(1, len(calls) + 1))
    first: dict[tuple[str, ...], int] = {}
    last: dict[tuple[str, ...], int] = {}
    padded = ("", *calls, "")
    for at in range(1, len(calls) + 1):
        kind = padded[at - 1 : at + 2]
        first.setdefault(kind, at)
        last[kind] = at
    return sorted({*first.values(), *last.values()})
