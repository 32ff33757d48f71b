"""Time, ids, secrets and queues."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from funnel.domain.broadcasts import BroadcastId
from funnel.domain.campaigns import CampaignId, StepId
from funnel.domain.crm import Credentials, Token
from funnel.domain.forms import FormId
from funnel.domain.hits import HitBatch
from funnel.domain.ids import (
    ConnectionId,
    JobId,
    ListId,
    Module,
    PersonId,
    RecordKey,
    RunId,
    SugarId,
    TenantId,
)
from funnel.domain.mails import Heard, MailId, Sight, Word
from funnel.domain.runs import RunKind


class Clock(Protocol):
    """Time and waiting."""

    def now(self) -> datetime:
        """Now, UTC, with microseconds."""

    def monotonic(self) -> float:
        """Seconds that only go forward."""

    def sleep(self, seconds: float) -> None:
        """Wait."""


class Ids(Protocol):
    """Ids and tokens that nobody can guess."""

    def new_id(self) -> str:
        """A random UUID."""

    def new_token(self) -> str:
        """256 random bits as URL-safe text."""


class Secrets(Protocol):
    """Credentials and keys, kept apart from everything else."""

    def ref(self, tenant: TenantId, name: str) -> str:
        """The reference that credentials put under this name have; it may be stored anywhere."""

    def put(self, tenant: TenantId, name: str, credentials: Credentials) -> str:
        """Keep the credentials; their reference."""

    def get(self, tenant: TenantId, ref: str) -> Credentials:
        """The credentials. Raises `NotFound` if there are none, or the tenant is another."""

    def delete(self, tenant: TenantId, ref: str) -> None:
        """Forget them, and the token got with them; nothing if there are none."""

    def put_token(self, tenant: TenantId, ref: str, token: Token) -> None:
        """Keep the token got with these credentials, in place of the one before."""

    def token(self, tenant: TenantId, ref: str) -> Token | None:
        """The token got with these credentials; None if there is none, or for another tenant."""

    def put_key(self, tenant: TenantId, name: str, key: str) -> str:
        """Keep a key, which never changes; a reference that may be stored anywhere."""

    def get_key(self, tenant: TenantId, ref: str) -> str:
        """The key. Raises `NotFound` if there is none, or the tenant is another."""


@dataclass(frozen=True, slots=True)
class StartRun:
    """Start a run, or go on with one that stalled."""

    tenant: TenantId
    kind: RunKind
    modules: tuple[Module, ...] = ()
    requested_by: str = ""


@dataclass(frozen=True, slots=True)
class ContinueRun:
    """Work on a run until the time is up."""

    tenant: TenantId
    run_id: RunId


@dataclass(frozen=True, slots=True)
class Heal:
    """Sync again what was blocked by these records; all that could not sync if none is named.

    With `root` all that goes back to one record, and that record first; with `record` one record,
    and what it waits for first. `cursor` is where to go on in the listing of the first cause, of
    the root, or of all. `attempt` counts the tries in a row that failed at this place. `job_id` is
    the job that tells whoever asked how it went.
    """

    tenant: TenantId
    causes: tuple[RecordKey, ...]
    cursor: str = ""
    attempt: int = 0
    root: RecordKey | None = None
    record: RecordKey | None = None
    job_id: JobId = JobId("")


@dataclass(frozen=True, slots=True)
class DoJob:
    """Do a job that waits on Sugar."""

    tenant: TenantId
    job_id: JobId


@dataclass(frozen=True, slots=True)
class SignIn:
    """Ask Sugar whether somebody may come in; the job says who asks."""

    tenant: TenantId
    job_id: JobId


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
class ReadTargetLists:
    """Read which Target Lists Sugar has, and have each one read.

    `asked_by` is a person's name, "" for the schedule. `attempt` counts the tries in a row that
    failed.
    """

    tenant: TenantId
    asked_by: str = ""
    attempt: int = 0


@dataclass(frozen=True, slots=True)
class ReadTargetList:
    """Compare one Target List's members with ours.

    Who hands over says from where: the members of `module` from `since` on. `began_at` is when the
    reading began, `whole` whether digests are not leant on, `odd` the odd members met in `module`.
    """

    tenant: TenantId
    list_id: ListId
    asked_by: str = ""
    attempt: int = 0
    module: Module | None = None
    since: str = ""
    began_at: datetime | None = None
    whole: bool = False
    odd: tuple[SugarId, ...] = ()


@dataclass(frozen=True, slots=True)
class PushDue:
    """Write to Sugar what is due. `attempt` counts the tries in a row that came to nothing."""

    tenant: TenantId
    attempt: int = 0


@dataclass(frozen=True, slots=True)
class ReadNamed:
    """Read the records that Sugar has named. `attempt` counts the tries in a row that failed."""

    tenant: TenantId
    connection_id: ConnectionId
    attempt: int = 0


@dataclass(frozen=True, slots=True)
class FollowMerges:
    """Look whether Sugar merged away the records that left a person alone.

    `attempt` counts the tries in a row that failed.
    """

    tenant: TenantId
    connection_id: ConnectionId
    attempt: int = 0


@dataclass(frozen=True, slots=True)
class Compare:
    """Go on with comparing both sides, or with repairing."""

    tenant: TenantId
    comparison_id: str


@dataclass(frozen=True, slots=True)
class PreviewSync:
    """Go on with looking what a full sync would do."""

    tenant: TenantId
    preview_id: str


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


class Queue(Protocol):
    """Messages to the workers. Each may arrive more than once."""

    def send(self, message: Message, delay: int = 0) -> None:
        """Send it, to arrive no sooner than `delay` seconds from now (900 at most)."""
