"""Carry out one message of the pull or jobs queue."""

from collections.abc import Callable

from funnel.domain.errors import ConnectionPaused, NotFound
from funnel.ports.system import (
    Compare,
    ContinueRun,
    DoJob,
    Heal,
    Message,
    ReadNamed,
    StartRun,
)
from funnel.usecases.app import App
from funnel.usecases.do_job import do_job
from funnel.usecases.heal import heal
from funnel.usecases.read_named import read_named
from funnel.usecases.start_run import start_run
from funnel.usecases.work_comparison import work_comparison
from funnel.usecases.work_run import work_run


def handle_message(
    app: App, message: Message, worker: str, seconds_left: Callable[[], float]
) -> None:
    """Do what it asks for; nothing if its tenant has no connection any more, or a paused one.

    `worker` names this invocation. Raises `Transient` errors, upon which the queue sends it again.
    """
    try:
        match message:
            case StartRun():
                start_run(app, message.tenant, message.kind, message.modules, message.requested_by)
            case ContinueRun():
                work_run(app, message.tenant, message.run_id, worker, seconds_left)
            case Heal():
                heal(app, message, seconds_left)
            case DoJob():
                do_job(app, message.tenant, message.job_id)
            case ReadNamed():
                read_named(app, message, worker, seconds_left)
            case Compare():
                work_comparison(app, message, worker, seconds_left)
    except (NotFound, ConnectionPaused):
        return
