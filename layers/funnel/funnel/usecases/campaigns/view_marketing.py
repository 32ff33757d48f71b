"""Marketing at a glance: what runs, what is to come, what came in, and what waits on somebody.

Reads are bounded, however much there is: one for each kind, and one for each thing that is shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from funnel.domain.broadcasts.broadcasts import UNDER_WAY, Broadcast, BroadcastState
from funnel.domain.campaigns.campaigns import CampaignHead, CampaignState
from funnel.domain.campaigns.enrolments import StepNumbers
from funnel.domain.forms.forms import Form
from funnel.domain.ids import TenantId
from funnel.domain.lists.lists import ListKind
from funnel.domain.mail.mail_totals import MailTotals
from funnel.domain.mail.senders import why_mail_waits
from funnel.usecases.app import App
from funnel.usecases.lists.standing_still import standing_still
from funnel.usecases.mail.mail_totals import totals
from funnel.usecases.scoring.count_behaviours import are_counted

SHOWN = 5
SHOWN_ENDED = 3
DAYS = 7
MOST_BROADCASTS = 20
"""The latest ones are looked at; an older one that still waits is on the page of broadcasts."""
MOST_FORMS = 20
"""Forms whose days are read, those that were changed last."""


class Trouble(StrEnum):
    """What keeps something from going on until somebody does something."""

    UNFIT = "unfit"
    """No mail goes out: the settings lack something, or the mail service takes none."""
    STUCK = "stuck"
    """People in a campaign do not go on by themselves."""
    BROADCAST = "broadcast"
    """A broadcast stands still."""
    CAMPAIGN = "campaign"
    """A campaign is paused."""
    UNCLEAR = "unclear"
    """Nobody can tell whether these mails of a broadcast went out."""
    STILL = "still"
    """Everybody's lists (`lists`) or scores (`scores`) are being worked out, and that does not move."""


@dataclass(frozen=True, slots=True)
class Waits:
    """Something that waits on somebody. `key` is the id of what `name` names, `text` why, where that is said.

    `since` is when it last moved, of what does so by itself.
    """

    what: Trouble
    key: str = ""
    name: str = ""
    number: int = 0
    text: str = ""
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class CampaignNow:
    """A campaign that runs, and how many people are in it."""

    campaign_id: str
    name: str
    here: int


@dataclass(frozen=True, slots=True)
class BroadcastNow:
    """A broadcast that is scheduled or under way, or the one that was sent last, with what became of it.

    `getting` are who of its audience is not left out.
    """

    broadcast_id: str
    name: str
    state: BroadcastState
    starts_at: datetime | None
    getting: int
    totals: MailTotals


@dataclass(frozen=True, slots=True)
class FormNow:
    """A form by which something was sent in the last seven days."""

    form_id: str
    name: str
    sent: int


@dataclass(frozen=True, slots=True)
class MarketingNow:
    """All of it. `running` counts campaigns that run, of which the latest are shown; the same with forms.

    `is_begun` is whether there is anything at all. `working` says that it is being worked out who is in
    the segments, with `looked_at` people so far, None where what they did is counted first.
    """

    campaigns: tuple[CampaignNow, ...]
    running: int
    drafts: int
    broadcasts: tuple[BroadcastNow, ...]
    forms: tuple[FormNow, ...]
    active_forms: int
    is_begun: bool
    working: bool
    looked_at: int | None
    waits: tuple[Waits, ...]


def marketing_now(app: App, tenant: TenantId) -> MarketingNow:
    """How marketing stands."""
    heads = app.campaigns.campaigns(tenant)
    running = _latest([one for one in heads if one.state is CampaignState.RUNNING])
    numbers = {
        one.campaign_id: tuple(app.campaigns.step_numbers(tenant, one.campaign_id).values())
        for one in running[:SHOWN]
    }
    sent = app.broadcasts.list_broadcasts(tenant, MOST_BROADCASTS).items
    forms = [one for one in app.forms.forms(tenant) if one.active]
    working, looked_at = _working(app, tenant)
    broadcasts = _broadcasts(app, sent)
    used = bool(running or sent)
    return MarketingNow(
        campaigns=tuple(
            CampaignNow(one.campaign_id, one.name, _here(numbers[one.campaign_id]))
            for one in running[:SHOWN]
        ),
        running=len(running),
        drafts=sum(1 for one in heads if one.state is CampaignState.DRAFT),
        broadcasts=broadcasts,
        forms=_forms(app, forms),
        active_forms=len(forms),
        is_begun=bool(heads or sent or forms) or _has_segments(app, tenant),
        working=working,
        looked_at=looked_at,
        waits=(
            *(_unfit(app, tenant) if used else ()),
            *(
                Waits(Trouble.STILL, one.what.value, since=one.since)
                for one in standing_still(app, tenant)
            ),
            *(
                Waits(Trouble.STUCK, one.campaign_id, one.name, stuck)
                for one in running[:SHOWN]
                if (stuck := _stuck(numbers[one.campaign_id]))
            ),
            *(
                Waits(Trouble.BROADCAST, one.broadcast_id, one.plan.name, text=one.note)
                for one in sent
                if one.state is BroadcastState.PAUSED
            ),
            *(
                Waits(Trouble.CAMPAIGN, one.campaign_id, one.name)
                for one in heads
                if one.state is CampaignState.PAUSED
            ),
            *(
                Waits(Trouble.UNCLEAR, one.broadcast_id, one.name, one.totals.unclear)
                for one in broadcasts
                if one.totals.unclear
            ),
        ),
    )


def _has_segments(app: App, tenant: TenantId) -> bool:
    return bool(app.lists.list_lists(tenant, "", 1, "", ListKind.SEGMENT).items)


def _latest(heads: Sequence[CampaignHead]) -> list[CampaignHead]:
    return sorted(heads, key=lambda one: one.started_at or one.created_at, reverse=True)


def _here(numbers: Sequence[StepNumbers]) -> int:
    return sum(one.walking for one in numbers) + _stuck(numbers)


def _stuck(numbers: Sequence[StepNumbers]) -> int:
    return sum(one.stuck + one.stopped for one in numbers)


def _broadcasts(app: App, found: Sequence[Broadcast]) -> tuple[BroadcastNow, ...]:
    """What is on its way, and the latest few that went out."""
    going = [one for one in found if one.state in UNDER_WAY][:SHOWN]
    ended = [one for one in found if one.state is BroadcastState.SENT]
    ended.sort(key=lambda one: one.started_at or one.created_at, reverse=True)
    return tuple(
        BroadcastNow(
            one.broadcast_id,
            one.plan.name,
            one.state,
            one.starts_at,
            one.progress.getting,
            MailTotals()
            if one.state is BroadcastState.SCHEDULED
            else totals(app, one.tenant, "broadcast", one.broadcast_id),
        )
        for one in (*going, *ended[:SHOWN_ENDED])
    )


def _forms(app: App, forms: Sequence[Form]) -> tuple[FormNow, ...]:
    today = app.clock.now().date()
    days = [today - timedelta(days=n) for n in range(DAYS)]
    latest = sorted(forms, key=lambda one: one.changed_at, reverse=True)[:MOST_FORMS]
    rows = []
    for one in latest:
        counts = app.forms.form_counts(one.tenant, one.form_id, days)
        sent = sum(number for day, (_, number) in counts.items() if day is not None)
        if sent:
            rows.append(FormNow(one.form_id, one.name, sent))
    return tuple(sorted(rows, key=lambda one: (-one.sent, one.name))[:SHOWN])


def _working(app: App, tenant: TenantId) -> tuple[bool, int | None]:
    recompute = app.lists.list_settings(tenant).recompute
    if recompute is not None and recompute.finished_at is None:
        return True, recompute.people
    behaviours = app.scoring.scoring_rules(tenant).behaviours
    return bool(behaviours) and not are_counted(app, tenant, behaviours), None


def _unfit(app: App, tenant: TenantId) -> tuple[Waits, ...]:
    why = why_mail_waits(app.mails.mail_settings(tenant), app.clock.now())
    return (Waits(Trouble.UNFIT, text=why),) if why else ()
