"""Carry out one message of any queue."""

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
from funnel.usecases.broadcasts.send_broadcast import send_broadcast
from funnel.usecases.campaigns.hear_of_people import hear_of_form, hear_of_list, wake_walkers
from funnel.usecases.campaigns.mend_campaign import forget_campaign, mend_campaign
from funnel.usecases.campaigns.sweep_campaign import sweep_campaign
from funnel.usecases.campaigns.walk_campaigns import walk_campaigns
from funnel.usecases.consent.take_word import take_word
from funnel.usecases.error_report.heal import heal
from funnel.usecases.forms.act_on_form import act_on_form
from funnel.usecases.forms.forms_aside import FormsOf
from funnel.usecases.lists.relist import relist
from funnel.usecases.mail.deliver_mails import deliver_mails
from funnel.usecases.mail.hear_of_mail import hear_of_mail
from funnel.usecases.mail.record_sight import record_sight
from funnel.usecases.people.follow_merges import follow_merges
from funnel.usecases.people.people_jobs import do_people_job
from funnel.usecases.pushing.push_due import push_due
from funnel.usecases.scoring.work_rescore import work_rescore
from funnel.usecases.signing_in.do_sign_in import do_sign_in
from funnel.usecases.sync.read_named import read_named
from funnel.usecases.sync.start_run import start_run
from funnel.usecases.sync.work_comparison import work_comparison
from funnel.usecases.sync.work_preview import work_preview
from funnel.usecases.sync.work_run import work_run
from funnel.usecases.target_lists.read_target_list import read_target_list
from funnel.usecases.target_lists.read_target_lists import read_target_lists
from funnel.usecases.tracking.record_hits import record_hits
from funnel.usecases.vision.tell_alerts import tell_alerts
from funnel.usecases.work.do_job import do_job


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


def _carry_out(  # noqa: C901 - one case for each kind
    app: App, message: Message, worker: str, seconds_left: Callable[[], float]
) -> None:
    match message:
        case StartRun():
            start_run(app, message.tenant, message.kind, message.modules, message.requested_by)
        case ContinueRun():
            work_run(app, message.tenant, message.run_id, worker, seconds_left)
        case Heal():
            heal(app, message, seconds_left)
        case DoJob() | SignIn() | DoPeopleJob():
            _do(app, message, worker, seconds_left)
        case ReadNamed() | FollowMerges():
            _look_at_marked(app, message, worker, seconds_left)
        case Compare() | PreviewSync():
            _look_at_both_sides(app, message, worker, seconds_left)
        case PushDue():
            push_due(app, message, worker, seconds_left)
        case RecordHits() | RecordSight() | Rescore():
            _work_on_activities(app, message, seconds_left)
        case ActOnForm():
            act_on_form(app, message)
        case SendMails() | SendBroadcast() | HearOfMail() | TakeWord() | TellAlerts():
            _work_on_mail(app, message, worker, seconds_left)
        case Relist():
            relist(app, message, seconds_left)
        case WalkCampaigns() | TellCampaigns() | TellOfForm() | WakeWalkers():
            _work_on_walks(app, message, worker, seconds_left)
        case SweepCampaign() | MendCampaign() | ForgetCampaign():
            _work_on_campaigns(app, message, seconds_left)
        case ReadTargetLists():
            read_target_lists(app, message)
        case ReadTargetList():
            read_target_list(app, message, worker, seconds_left)


def _work_on_walks(
    app: App,
    message: WalkCampaigns | TellCampaigns | TellOfForm | WakeWalkers,
    worker: str,
    seconds_left: Callable[[], float],
) -> None:
    match message:
        case WalkCampaigns():
            walk_campaigns(app, message, worker, seconds_left)
        case TellCampaigns():
            hear_of_list(app, message)
        case TellOfForm():
            hear_of_form(app, message)
        case WakeWalkers():
            wake_walkers(app, message)


def _work_on_campaigns(
    app: App,
    message: SweepCampaign | MendCampaign | ForgetCampaign,
    seconds_left: Callable[[], float],
) -> None:
    match message:
        case SweepCampaign():
            sweep_campaign(app, message, seconds_left)
        case MendCampaign():
            mend_campaign(app, message, seconds_left)
        case ForgetCampaign():
            forget_campaign(app, message, seconds_left)


def _look_at_marked(
    app: App,
    message: ReadNamed | FollowMerges,
    worker: str,
    seconds_left: Callable[[], float],
) -> None:
    if isinstance(message, ReadNamed):
        read_named(app, message, worker, seconds_left)
    else:
        follow_merges(app, message, worker, seconds_left)


def _look_at_both_sides(
    app: App, message: Compare | PreviewSync, worker: str, seconds_left: Callable[[], float]
) -> None:
    if isinstance(message, Compare):
        work_comparison(app, message, worker, seconds_left)
    else:
        work_preview(app, message, worker, seconds_left)


def _do(
    app: App,
    message: DoJob | SignIn | DoPeopleJob,
    worker: str,
    seconds_left: Callable[[], float],
) -> None:
    if isinstance(message, DoJob):
        do_job(app, message.tenant, message.job_id, seconds_left)
    elif isinstance(message, SignIn):
        do_sign_in(app, message, worker)
    else:
        do_people_job(app, message, seconds_left)


def _work_on_mail(
    app: App,
    message: SendMails | SendBroadcast | HearOfMail | TakeWord | TellAlerts,
    worker: str,
    seconds_left: Callable[[], float],
) -> None:
    match message:
        case SendMails():
            deliver_mails(app, message, worker, seconds_left)
        case SendBroadcast():
            send_broadcast(app, message, worker, seconds_left)
        case HearOfMail():
            hear_of_mail(app, message.tenant, message.mail_id, message.heard)
        case TakeWord():
            take_word(app, message.tenant, message.word)
        case TellAlerts():
            tell_alerts(app, message.tenant, message.user_id)


def _work_on_activities(
    app: App, message: RecordHits | RecordSight | Rescore, seconds_left: Callable[[], float]
) -> None:
    match message:
        case RecordSight():
            record_sight(app, message.tenant, message.sight)
        case RecordHits():
            record_hits(app, message.tenant, message.batch, FormsOf.said_by(message))
        case Rescore():
            work_rescore(app, message, seconds_left)
