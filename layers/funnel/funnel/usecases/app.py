"""What every use case is given."""

from concurrent.futures import Executor
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Protocol

from funnel.domain.pushing.score_marks import HOLD
from funnel.ports.activities import ActivityStore
from funnel.ports.alerts import AlertStore
from funnel.ports.api_keys import ApiKeyStore
from funnel.ports.batches import BatchStore
from funnel.ports.broadcasts import BroadcastStore
from funnel.ports.campaigns import CampaignStore
from funnel.ports.campaigns_in_sugar import CampaignInSugarStore
from funnel.ports.companies import CompanyLookup, CompanyStore
from funnel.ports.crm import CrmConnector
from funnel.ports.emails import EmailStore
from funnel.ports.erasures import ErasureStore
from funnel.ports.files import Files
from funnel.ports.forms import FormStore
from funnel.ports.links import LinkProbe
from funnel.ports.lists import ListStore
from funnel.ports.mailer import HtmlCleaner, Mailer
from funnel.ports.mails import MailStore
from funnel.ports.prospects import ProspectStore
from funnel.ports.pushes import IntentStore
from funnel.ports.redos import RedoStore
from funnel.ports.score_marks import ScoreMarkStore
from funnel.ports.scoring import ScoringStore
from funnel.ports.sent_requests import SentRequestStore
from funnel.ports.sites import SiteStore
from funnel.ports.store import RecordStore, SyncStore, TenantStore
from funnel.ports.system import Clock, Effects, Ids, Queue, Secrets
from funnel.ports.visitors import VisitorStore
from funnel.usecases.kept_names import KeptNames
from funnel.usecases.kept_segments import KeptSegments
from funnel.usecases.kept_sessions import KeptSessions

MAIL_RATE = 5.0


class Stores(
    RecordStore,
    SyncStore,
    TenantStore,
    ApiKeyStore,
    SentRequestStore,
    ListStore,
    SiteStore,
    IntentStore,
    ActivityStore,
    ScoringStore,
    ScoreMarkStore,
    VisitorStore,
    ErasureStore,
    RedoStore,
    CompanyStore,
    MailStore,
    EmailStore,
    BroadcastStore,
    FormStore,
    ProspectStore,
    BatchStore,
    AlertStore,
    CampaignStore,
    CampaignInSugarStore,
    Protocol,
):
    """All stores as one object."""


@dataclass(frozen=True, slots=True)
class App:
    """The ports, wired by bootstrap or by a test. Doors that never meet Sugar have no `crm`, and
    those that write down no visits no `company_lookup`.

    `background` does what need not be waited for; without it everything is done in its turn.
    `outgoing_addresses` are the IP addresses Sugar is called from, where they are fixed.
    `score_hold` is how long a changed score waits before Sugar is told. Doors without mail have no
    `mailer` and no `cleaner`, and only the one that does jobs has a `link_probe`. `mail_rate` is how many mails go out in a second, and
    `public_url` where their links lead to. `sessions` keeps those with
    Sugar from one message to the next; without it each is ended. `kept_segments` are the rules of
    segments, made ready, and `kept_names` what sites showed. Without `effects` nobody can tell of
    what failed that nothing was done.
    """

    records: RecordStore
    sync: SyncStore
    tenants: TenantStore
    api_keys: ApiKeyStore
    sent: SentRequestStore
    lists: ListStore
    visitors: VisitorStore
    activities: ActivityStore
    score_marks: ScoreMarkStore
    sites: SiteStore
    pushes: IntentStore
    erasures: ErasureStore
    redos: RedoStore
    companies: CompanyStore
    mails: MailStore
    emails: EmailStore
    broadcasts: BroadcastStore
    forms: FormStore
    scoring: ScoringStore
    prospects: ProspectStore
    batches: BatchStore
    alerts: AlertStore
    campaigns: CampaignStore
    campaigns_in_sugar: CampaignInSugarStore
    secrets: Secrets
    files: Files
    queue: Queue
    clock: Clock
    ids: Ids
    crm: CrmConnector | None = None
    company_lookup: CompanyLookup | None = None
    background: Executor | None = None
    outgoing_addresses: tuple[str, ...] = ()
    score_hold: timedelta = HOLD
    mailer: Mailer | None = None
    cleaner: HtmlCleaner | None = None
    public_url: str = ""
    mail_rate: float = MAIL_RATE
    sessions: KeptSessions | None = None
    link_probe: LinkProbe | None = None
    effects: Effects | None = None
    kept_segments: KeptSegments = field(default_factory=KeptSegments)
    kept_names: KeptNames = field(default_factory=KeptNames)

    @classmethod
    def over(
        cls,
        store: Stores,
        *,
        secrets: Secrets,
        files: Files,
        queue: Queue,
        clock: Clock,
        ids: Ids,
        crm: CrmConnector | None = None,
        company_lookup: CompanyLookup | None = None,
        background: Executor | None = None,
        outgoing_addresses: tuple[str, ...] = (),
        score_hold: timedelta = HOLD,
        mailer: Mailer | None = None,
        cleaner: HtmlCleaner | None = None,
        public_url: str = "",
        mail_rate: float = MAIL_RATE,
        sessions: KeptSessions | None = None,
        link_probe: LinkProbe | None = None,
        effects: Effects | None = None,
    ) -> "App":
        """With one object for all stores."""
        return cls(
            records=store,
            sync=store,
            tenants=store,
            api_keys=store,
            sent=store,
            lists=store,
            sites=store,
            pushes=store,
            erasures=store,
            redos=store,
            companies=store,
            mails=store,
            emails=store,
            broadcasts=store,
            forms=store,
            visitors=store,
            activities=store,
            scoring=store,
            prospects=store,
            batches=store,
            alerts=store,
            campaigns=store,
            campaigns_in_sugar=store,
            score_marks=store,
            secrets=secrets,
            files=files,
            queue=queue,
            clock=clock,
            ids=ids,
            crm=crm,
            company_lookup=company_lookup,
            background=background,
            outgoing_addresses=outgoing_addresses,
            score_hold=score_hold,
            mailer=mailer,
            cleaner=cleaner,
            public_url=public_url,
            mail_rate=mail_rate,
            sessions=sessions,
            link_probe=link_probe,
            effects=effects,
        )
