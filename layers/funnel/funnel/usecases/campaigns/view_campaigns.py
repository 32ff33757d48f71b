"""Campaigns as marketers see them: the list, one of them, and the numbers at its steps."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from funnel.domain.campaigns.campaigns import (
    Branch,
    Campaign,
    CampaignHead,
    CampaignId,
    CampaignState,
    Comes,
    SendEmail,
    SendingWindow,
    Start,
    StepId,
)
from funnel.domain.campaigns.enrolments import StepNumbers
from funnel.domain.ids import TenantId
from funnel.domain.mail.mail_totals import step_key
from funnel.domain.mail.senders import why_mail_waits
from funnel.usecases.app import App
from funnel.usecases.campaigns.campaign_known import problems_of
from funnel.usecases.campaigns.step_settings import StepSettings, settings_of
from funnel.usecases.mail.mail_totals import totals


@dataclass(frozen=True, slots=True)
class CampaignRow:
    """A campaign in the list. `here` are the people in it, or who were when it ended.

    `through` are those who came to an end.
    """

    campaign_id: CampaignId
    name: str
    state: CampaignState
    here: int
    through: int
    changed_at: datetime
    changed_by: str


@dataclass(frozen=True, slots=True)
class CampaignsView:
    """All campaigns by name."""

    items: tuple[CampaignRow, ...]


@dataclass(frozen=True, slots=True)
class ProblemView:
    """What keeps a campaign from starting: at which step ("" the campaign itself), and how to mend it."""

    step: StepId
    text: str
    mend: str


@dataclass(frozen=True, slots=True)
class StepView:
    """A step, where it leads ("" is the end), and its settings. Only a branch has an `otherwise`."""

    step_id: StepId
    next: StepId
    otherwise: StepId
    settings: StepSettings


@dataclass(frozen=True, slots=True)
class CampaignView:
    """A campaign whole. `version` goes along when it is changed; `sync` is whether Sugar has it too."""

    campaign_id: CampaignId
    name: str
    state: CampaignState
    start: Start
    first: StepId
    steps: tuple[StepView, ...]
    timezone: str
    window: SendingWindow | None
    sync: bool
    started_at: datetime | None
    changed_at: datetime
    changed_by: str
    version: int


@dataclass(frozen=True, slots=True)
class MailFigures:
    """What became of the mails of a step: how many went out, and of these how many percent were opened and clicked.

    `not_sent` are those that were asked for and kept back or refused, `waiting` those not tried yet.
    `passed_over` are the people none was asked for: who may get no mail, or has no address.
    """

    sent: int
    opened: int
    clicked: int
    not_sent: int = 0
    waiting: int = 0
    passed_over: int = 0

    @property
    def got_none(self) -> int:
        """How many people came by and got no mail, for whatever reason."""
        return self.not_sent + self.passed_over


@dataclass(frozen=True, slots=True)
class StepFigures:
    """The numbers at a step: who is `here` now, `stuck` ones counted apart, and who `passed`.

    Of a campaign that has ended, `here` and `stuck` are those who were when it did.
    Of a branch `asked` is how many it has answered, and `yes` how many percent of these with a yes.
    """

    here: int = 0
    stuck: int = 0
    passed: int = 0
    asked: int = 0
    yes: int = 0
    mail: MailFigures | None = None


@dataclass(frozen=True, slots=True)
class CampaignFigures:
    """All numbers of a campaign: the people in it, those through it, and those at each step."""

    here: int
    stuck: int
    through: int
    steps: Mapping[StepId, StepFigures]


def list_campaigns(app: App, tenant: TenantId) -> CampaignsView:
    """All campaigns."""
    return CampaignsView(tuple(_row(app, head) for head in app.campaigns.campaigns(tenant)))


def why_it_waits(app: App, campaign: Campaign) -> str:
    """Why the mail of a campaign that runs does not go out just now; "" if it does, or it sends none."""
    sends = any(isinstance(step.action, SendEmail) for step in campaign.steps.values())
    if campaign.state is not CampaignState.RUNNING or not sends:
        return ""
    return why_mail_waits(app.mails.mail_settings(campaign.tenant), app.clock.now())


def problems_view(app: App, campaign: Campaign) -> tuple[ProblemView, ...]:
    """What is to be mended before it can be started."""
    return tuple(ProblemView(one.step, one.what, one.mend) for one in problems_of(app, campaign))


def campaign_view(one: Campaign) -> CampaignView:
    """A campaign for people."""
    return CampaignView(
        one.campaign_id,
        one.name,
        one.state,
        one.start,
        one.first,
        tuple(
            StepView(s.step_id, s.next, s.otherwise, settings_of(s.action, s.name))
            for s in one.steps.values()
        ),
        one.timezone,
        one.window,
        one.sugar.active,
        one.started_at,
        one.changed_at,
        one.changed_by,
        one.version,
    )


def comes_at_once(app: App, campaign: Campaign) -> int:
    """How many people come in when it is started: those on its list by then, as they are counted."""
    start = campaign.start
    if start.comes is not Comes.LIST or not start.present:
        return 0
    found = app.lists.lists(campaign.tenant, [start.list_id]).get(start.list_id)
    return found.members if found else 0


def campaign_figures(app: App, campaign: Campaign) -> CampaignFigures:
    """The numbers as they are now; a draft has none."""
    if campaign.state is CampaignState.DRAFT:
        return CampaignFigures(0, 0, 0, {})
    numbers = app.campaigns.step_numbers(campaign.tenant, campaign.campaign_id)
    steps = {
        one: _figures(app, campaign, one, numbers.get(one, StepNumbers())) for one in campaign.steps
    }
    return CampaignFigures(*_people(numbers.values()), steps)


def percent(part: int, of: int) -> int:
    """How many percent, to the nearest; none of none is 0."""
    return round(100 * part / of) if of else 0


def _figures(app: App, campaign: Campaign, step: StepId, at: StepNumbers) -> StepFigures:
    action = campaign.steps[step].action
    stuck = at.stuck + at.stopped
    mail = None
    if isinstance(action, SendEmail) and at.came:
        step_id = step_key(campaign.campaign_id, step)
        found = totals(app, campaign.tenant, "step", step_id, with_links=False)
        mail = MailFigures(
            found.sent,
            percent(found.opened, found.sent),
            percent(found.clicked, found.sent),
            found.suppressed + found.refused,
            found.waiting,
            at.skipped,
        )
    asked = at.yes + at.no if isinstance(action, Branch) else 0
    left = at.left + at.taken_out + at.merged + at.erased
    passed = max(0, at.came - at.walking - stuck - left)
    return StepFigures(at.walking, stuck, passed, asked, percent(at.yes, asked), mail)


def _people(numbers: Iterable[StepNumbers]) -> tuple[int, int, int]:
    found = list(numbers)
    stuck = sum(one.stuck + one.stopped for one in found)
    return stuck + sum(one.walking for one in found), stuck, sum(one.through for one in found)


def _row(app: App, head: CampaignHead) -> CampaignRow:
    here = through = 0
    if head.state is not CampaignState.DRAFT:
        numbers = app.campaigns.step_numbers(head.tenant, head.campaign_id)
        here, _, through = _people(numbers.values())
    return CampaignRow(
        head.campaign_id,
        head.name,
        head.state,
        here,
        through,
        head.changed_at,
        head.changed_by,
    )
