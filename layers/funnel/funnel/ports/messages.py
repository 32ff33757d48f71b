"""Every message there is to a worker."""

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

Message = (
    StartRun
    | ContinueRun
    | Heal
    | DoJob
    | SignIn
    | DoPeopleJob
    | ReadTargetLists
    | ReadTargetList
    | Relist
    | PushDue
    | ReadNamed
    | FollowMerges
    | Compare
    | PreviewSync
    | RecordHits
    | ActOnForm
    | Rescore
    | SendMails
    | SendBroadcast
    | HearOfMail
    | RecordSight
    | TakeWord
    | TellAlerts
    | WalkCampaigns
    | TellCampaigns
    | TellOfForm
    | WakeWalkers
    | SweepCampaign
    | MendCampaign
    | ForgetCampaign
)
