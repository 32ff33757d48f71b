"""Messages about people and what is done with them: lists, scores, forms, mail and campaigns."""

from dataclasses import dataclass
from datetime import datetime

from funnel.domain.broadcasts.broadcasts import BroadcastId
from funnel.domain.campaigns.campaigns import CampaignId, StepId
from funnel.domain.forms.forms import FormId
from funnel.domain.ids import (
    JobId,
    ListId,
    PersonId,
    SugarId,
    TenantId,
)
from funnel.domain.mail.mails import Heard, MailId, Sight, Word
from funnel.domain.tracking.hits import HitBatch


@dataclass(frozen=True, slots=True)
class DoPeopleJob:
    """Work on a job about people, such as an import, until the time is up.

    `attempt` counts the tries in a row that failed.
    """

    tenant: TenantId
    job_id: JobId
    attempt: int = 0


@dataclass(frozen=True, slots=True)
class Relist:
    """Work out anew the auto lists of these people, and of those of these Accounts and Opportunities.

    `cursor` is where to go on among the first Account's Contacts. With a `recompute` it is
    everybody's, as long as that is the recompute that the tenant's settings name. `attempt` counts
    the tries in a row that failed at this place.
    """

    tenant: TenantId
    people: tuple[PersonId, ...] = ()
    accounts: tuple[SugarId, ...] = ()
    opportunities: tuple[SugarId, ...] = ()
    cursor: str = ""
    recompute: str = ""
    attempt: int = 0


@dataclass(frozen=True, slots=True)
class RecordHits:
    """Write down what was seen on a site. Holds data: it is nowhere else yet.

    `released` is what a person let through that had been kept aside; `crowded` came with so many
    forms that these make nobody.
    """

    tenant: TenantId
    batch: HitBatch
    released: bool = False
    crowded: bool = False


@dataclass(frozen=True, slots=True)
class ActOnForm:
    """Do what is to happen with a form that was sent at `at`, by the id of its hit.

    `confirmed_at` is when the link of its email was followed, where that is what this tells. `attempt`
    counts the tries in a row that broke down.
    """

    tenant: TenantId
    form_id: FormId
    at: datetime
    hit_id: str
    confirmed_at: datetime | None = None
    attempt: int = 0


@dataclass(frozen=True, slots=True)
class Rescore:
    """Work out scores anew: of these people, or of everybody by the rules of a generation.

    `attempt` counts the tries in a row that failed at this place.
    """

    tenant: TenantId
    people: tuple[PersonId, ...] = ()
    generation: int = 0
    attempt: int = 0


@dataclass(frozen=True, slots=True)
class SendMails:
    """Send a tenant's mail that is due. `attempt` counts how often another worker was at it."""

    tenant: TenantId
    attempt: int = 0


@dataclass(frozen=True, slots=True)
class SendBroadcast:
    """Go on with a broadcast. `attempt` counts the tries in a row that failed."""

    tenant: TenantId
    broadcast_id: BroadcastId
    attempt: int = 0


@dataclass(frozen=True, slots=True)
class HearOfMail:
    """The mail service tells what has happened to a mail."""

    tenant: TenantId
    mail_id: MailId
    heard: Heard


@dataclass(frozen=True, slots=True)
class RecordSight:
    """Write down that a mail was opened, or a link of it clicked. Holds data, as `RecordHits` does."""

    tenant: TenantId
    sight: Sight


@dataclass(frozen=True, slots=True)
class TakeWord:
    """A reader unsubscribed on the page of a mail, or took that back."""

    tenant: TenantId
    word: Word


@dataclass(frozen=True, slots=True)
class TellAlerts:
    """Look whether a sales rep is to be told of something, and tell it by mail."""

    tenant: TenantId
    user_id: SugarId


@dataclass(frozen=True, slots=True)
class WalkCampaigns:
    """Take the people of a tenant's campaigns on who are due, those of one part of each."""

    tenant: TenantId
    part: int


@dataclass(frozen=True, slots=True)
class TellCampaigns:
    """These people came onto a list, or with `left` off it; whether they are there is looked up.

    `waited` counts how often it was put off because the list was still being worked out.
    """

    tenant: TenantId
    list_id: ListId
    people: tuple[PersonId, ...]
    left: bool = False
    waited: int = 0


@dataclass(frozen=True, slots=True)
class TellOfForm:
    """A person sent a form. `key` is the same when the same form is told of again."""

    tenant: TenantId
    form_id: str
    person_id: PersonId
    at: datetime
    key: str


@dataclass(frozen=True, slots=True)
class WakeWalkers:
    """A person did something: what it waits for at a branch may have come."""

    tenant: TenantId
    person_id: PersonId


@dataclass(frozen=True, slots=True)
class SweepCampaign:
    """Compare who should be in a campaign with who is; from `cursor` on, "" for from the start.

    `leaving` is the half that looks whom the list no longer has; `whole` also who came long ago.
    `attempt` counts the tries in a row that failed, and `waited` how often it was put off because the
    list was still being worked out.
    """

    tenant: TenantId
    campaign_id: CampaignId
    cursor: str = ""
    leaving: bool = False
    whole: bool = False
    attempt: int = 0
    waited: int = 0


@dataclass(frozen=True, slots=True)
class MendCampaign:
    """Have those looked at who stand at steps that were changed or removed; of the first from `cursor` on.

    With `stuck` it is those who are stuck or were stopped there, or with no steps anywhere, that are
    tried again; `by` says so.
    """

    tenant: TenantId
    campaign_id: CampaignId
    steps: tuple[StepId, ...] = ()
    stuck: bool = False
    by: str = ""
    cursor: str = ""


@dataclass(frozen=True, slots=True)
class ForgetCampaign:
    """Remove who walked along a campaign that was deleted."""

    tenant: TenantId
    campaign_id: CampaignId
