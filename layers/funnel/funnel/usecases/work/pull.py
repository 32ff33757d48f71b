"""What the queue of the pull brings: runs, what Sugar named, both sides compared, who is on which list."""

from collections.abc import Callable

from funnel.ports.marketing_messages import (
    Relist,
)
from funnel.ports.sync_messages import (
    Compare,
    ContinueRun,
    FollowMerges,
    Heal,
    PreviewSync,
    ReadNamed,
    StartRun,
)
from funnel.usecases.app import App
from funnel.usecases.error_report.heal import heal
from funnel.usecases.sync.follow_merges import follow_merges
from funnel.usecases.sync.read_named import read_named
from funnel.usecases.sync.start_run import start_run
from funnel.usecases.sync.work_comparison import work_comparison
from funnel.usecases.sync.work_preview import work_preview
from funnel.usecases.sync.work_run import work_run
from funnel.usecases.work.relist import relist


def work_on_pull(
    app: App,
    message: StartRun
    | ContinueRun
    | Heal
    | ReadNamed
    | FollowMerges
    | Compare
    | PreviewSync
    | Relist,
    worker: str,
    seconds_left: Callable[[], float],
) -> None:
    """Carry it out. Raises `Transient` errors, upon which the queue sends it again."""
    match message:
        case StartRun():
            start_run(app, message.tenant, message.kind, message.modules, message.requested_by)
        case ContinueRun():
            work_run(app, message.tenant, message.run_id, worker, seconds_left)
        case Heal():
            heal(app, message, seconds_left)
        case ReadNamed():
            read_named(app, message, worker, seconds_left)
        case FollowMerges():
            follow_merges(app, message, worker, seconds_left)
        case Compare():
            work_comparison(app, message, worker, seconds_left)
        case PreviewSync():
            work_preview(app, message, worker, seconds_left)
        case Relist():
            relist(app, message, seconds_left)
