"""What dies and is tried again, as AWS and people do."""

from collections.abc import Callable, Iterable
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
