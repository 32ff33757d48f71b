"""Carry out one message of any queue.

What a message needs is imported with the first of its kind, so that a worker holds its own work only:
the whole is some 270 modules. Doors import theirs at their start, where Lambda gives a whole processor.
"""

from collections.abc import Callable

from funnel.domain.errors import ConnectionPaused, NotFound
from funnel.ports.marketing_messages import (
    ActOnForm,
    DoPeopleJob,
    ForgetCampaign,
    HearOfMail,
    MendCampaign,
    RecordHits,
    RecordSight,
    Relist,
    Rescore,
    SendBroadcast,
    SendMails,
    SweepCampaign,
    TakeWord,
    TellAlerts,
    TellCampaigns,
    TellOfForm,
    WakeWalkers,
    WalkCampaigns,
)
from funnel.ports.messages import Message
from funnel.ports.sync_messages import (
    Compare,
    ContinueRun,
    DoJob,
    FollowMerges,
    Heal,
    PreviewSync,
    PushDue,
    ReadNamed,
    ReadTargetList,
    ReadTargetLists,
    SignIn,
    StartRun,
)
from funnel.usecases.app import App


def handle_message(
    app: App, message: Message, worker: str, seconds_left: Callable[[], float]
) -> None:
    """Do what it asks for; nothing if its tenant has no connection any more, or a paused one.

    `worker` names this invocation. Raises `Transient` errors, upon which the queue sends it again.
    """
    try:
        _carry_out(app, message, worker, seconds_left)
    except (NotFound, ConnectionPaused):
        return


def _carry_out(app: App, message: Message, worker: str, seconds_left: Callable[[], float]) -> None:
    match message:
        case DoJob() | SignIn() | DoPeopleJob() | PushDue() | ReadTargetLists() | ReadTargetList():
            _do(app, message, worker, seconds_left)
        case RecordHits() | RecordSight() | Rescore():
            from funnel.usecases.work.activities import work_on_activities

            work_on_activities(app, message, seconds_left)
        case SendMails() | SendBroadcast() | HearOfMail() | TakeWord() | TellAlerts():
            from funnel.usecases.work.mail import work_on_mail

            work_on_mail(app, message, worker, seconds_left)
        case (
            WalkCampaigns()
            | TellCampaigns()
            | TellOfForm()
            | WakeWalkers()
            | SweepCampaign()
            | MendCampaign()
            | ForgetCampaign()
            | ActOnForm()
        ):
            from funnel.usecases.work.campaigns import work_on_campaigns

            work_on_campaigns(app, message, worker, seconds_left)
        case (
            StartRun()
            | ContinueRun()
            | Heal()
            | ReadNamed()
            | FollowMerges()
            | Compare()
            | PreviewSync()
            | Relist()
        ):
            from funnel.usecases.work.pull import work_on_pull

            work_on_pull(app, message, worker, seconds_left)


def _do(
    app: App,
    message: DoJob | SignIn | DoPeopleJob | PushDue | ReadTargetLists | ReadTargetList,
    worker: str,
    seconds_left: Callable[[], float],
) -> None:
    match message:
        case DoJob():
            from funnel.usecases.work.do_job import do_job

            do_job(app, message.tenant, message.job_id, seconds_left)
        case SignIn():
            from funnel.usecases.signing_in.do_sign_in import do_sign_in

            do_sign_in(app, message, worker)
        case DoPeopleJob():
            from funnel.usecases.work.do_people_job import do_people_job

            do_people_job(app, message, seconds_left)
        case PushDue():
            from funnel.usecases.work.push_due import push_due

            push_due(app, message, worker, seconds_left)
        case ReadTargetLists():
            from funnel.usecases.target_lists.read_target_lists import read_target_lists

            read_target_lists(app, message)
        case ReadTargetList():
            from funnel.usecases.target_lists.read_target_list import read_target_list

            read_target_list(app, message, worker, seconds_left)
