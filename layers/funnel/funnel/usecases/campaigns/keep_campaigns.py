"""Add a campaign, change it, set it going, hold it, end it and delete it; each as it was seen."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from funnel.domain.campaigns.campaign_checks import Problem, settings_problems
from funnel.domain.campaigns.campaign_edits import touched_steps, with_detours
from funnel.domain.campaigns.campaigns import (
    LONGEST_NAME,
    MOST_CAMPAIGNS,
    MOST_STEPS,
    NOWHERE,
    Campaign,
    CampaignId,
    CampaignState,
    SendingWindow,
    Start,
    Step,
    StepId,
)
from funnel.domain.errors import Conflict, InputInvalid, NotFound
from funnel.domain.ids import TenantId, derived_id
from funnel.domain.problems import Problems
from funnel.domain.stored_size import check_size
from funnel.domain.text import as_text
from funnel.ports.marketing_messages import ForgetCampaign, MendCampaign, SweepCampaign
from funnel.usecases.app import App
from funnel.usecases.bells.ring import ring
from funnel.usecases.campaigns.campaign_known import problems_of

_STEP_ID = re.compile(r"[A-Za-z0-9_-]{1,40}")

LATER = 300
"""Seconds after which what was asked for before a write is looked at: it is written by then, or never."""


@dataclass(frozen=True, slots=True)
class CampaignDraft:
    """What a marketer sets up. `in_sugar` has the campaign and its people in Sugar as well (C1)."""

    name: str
    start: Start = Start()
    first: StepId = NOWHERE
    steps: Mapping[StepId, Step] = field(default_factory=dict)
    timezone: str = "UTC"
    window: SendingWindow | None = None
    in_sugar: bool = False


def add_campaign(app: App, tenant: TenantId, key: str, draft: CampaignDraft, by: str) -> Campaign:
    """A new campaign; asked for again by the same key, it is the same one. Raises `InputInvalid`."""
    campaign_id = CampaignId(derived_id("campaign", tenant, key))
    stored = app.campaigns.campaign(tenant, campaign_id)
    if stored is not None:
        return stored
    check_room(app, tenant)
    now = app.clock.now()
    return first_saved(app, _written(Campaign(tenant, campaign_id, "", now, now, by), draft))


def campaign_of(app: App, tenant: TenantId, campaign_id: CampaignId) -> Campaign:
    """The tenant's campaign. Raises `NotFound`."""
    found = app.campaigns.campaign(tenant, campaign_id)
    if found is None:
        raise NotFound("There is no such campaign.")
    return found


def drafted(campaign: Campaign, draft: CampaignDraft) -> Campaign:
    """The campaign as it would be. Raises `InputInvalid`, also for what cannot be changed any more."""
    if campaign.state is CampaignState.ENDED:
        raise InputInvalid("This campaign has ended.", mend="Make another one.")
    after = _written(campaign, draft)
    was, now = campaign.start, after.start
    begun = campaign.started_at is not None
    if begun and (was.comes, was.list_id, was.form_id) != (now.comes, now.list_id, now.form_id):
        raise InputInvalid(
            "What brings people in cannot be changed any more.",
            mend="End this campaign and make another one.",
            field="start",
        )
    return with_detours(campaign, after) if begun else replace(after, detours={})


def change_campaign(
    app: App, tenant: TenantId, campaign_id: CampaignId, draft: CampaignDraft, version: int, by: str
) -> Campaign:
    """Change what somebody looked at in this version; who is on their way goes on as `edit_effects` tells.

    Raises `NotFound`, `InputInvalid` (one that was started has to stay fit to be), and `Conflict` where it
    was changed since.
    """
    before = campaign_of(app, tenant, campaign_id)
    after = drafted(before, draft)
    if after == before:
        return before
    _check_seen(before, version)
    after = _changed(app, replace(after, revision=before.revision + 1), by)
    if before.started_at is None:
        return app.campaigns.save_campaign(after)
    check_fit(app, after)
    touched = touched_steps(before, after)
    mend = MendCampaign(tenant, campaign_id, touched)
    if touched:
        app.queue.send(mend, delay=LATER)
    saved = app.campaigns.save_campaign(after)
    if touched:
        app.queue.send(mend)
    return saved


def start_campaign(
    app: App, tenant: TenantId, campaign_id: CampaignId, version: int, by: str
) -> Campaign:
    """Let people in. Raises `NotFound`, `Conflict`, and `InputInvalid` with the first thing to be mended."""
    before = campaign_of(app, tenant, campaign_id)
    if before.state is CampaignState.RUNNING and before.version == version + 1:
        return before
    if before.state is not CampaignState.DRAFT:
        raise InputInvalid("This campaign was started already.")
    _check_seen(before, version)
    check_fit(app, before)
    return _set_going(app, replace(before, started_at=app.clock.now()), by)


def pause_campaign(
    app: App, tenant: TenantId, campaign_id: CampaignId, version: int, by: str
) -> Campaign:
    """Let nobody in or on, until it is resumed. Raises `NotFound`, `InputInvalid` and `Conflict`."""
    before = campaign_of(app, tenant, campaign_id)
    if before.state is not CampaignState.RUNNING:
        raise InputInvalid("This campaign does not run.")
    _check_seen(before, version)
    return app.campaigns.save_campaign(
        _changed(app, replace(before, state=CampaignState.PAUSED), by)
    )


def resume_campaign(
    app: App, tenant: TenantId, campaign_id: CampaignId, version: int, by: str
) -> Campaign:
    """Go on where it was paused: what was due meanwhile goes on in its order. Raises as `start_campaign`."""
    before = campaign_of(app, tenant, campaign_id)
    if before.state is not CampaignState.PAUSED:
        raise InputInvalid("This campaign is not paused.")
    _check_seen(before, version)
    check_fit(app, before)
    return _set_going(app, before, by)


def end_campaign(
    app: App, tenant: TenantId, campaign_id: CampaignId, version: int, by: str
) -> Campaign:
    """Take nobody further, for good. Raises `NotFound`, `InputInvalid` and `Conflict`."""
    before = campaign_of(app, tenant, campaign_id)
    if before.state not in {CampaignState.RUNNING, CampaignState.PAUSED}:
        raise InputInvalid("This campaign was not started, or has ended.")
    _check_seen(before, version)
    return app.campaigns.save_campaign(
        _changed(app, replace(before, state=CampaignState.ENDED), by)
    )


def delete_campaign(app: App, tenant: TenantId, campaign_id: CampaignId, version: int) -> None:
    """Remove it, and who walked along it; what was sent stays. Raises `NotFound`, `InputInvalid`, `Conflict`."""
    campaign = campaign_of(app, tenant, campaign_id)
    if campaign.state in {CampaignState.RUNNING, CampaignState.PAUSED}:
        raise InputInvalid("This campaign has not ended.", mend="End it first.")
    _check_seen(campaign, version)
    app.queue.send(ForgetCampaign(tenant, campaign_id), delay=LATER)
    app.campaigns.delete_campaign(campaign)


def check_room(app: App, tenant: TenantId) -> None:
    """Raises `InputInvalid` where there can be no more campaigns."""
    if len(app.campaigns.campaigns(tenant)) >= MOST_CAMPAIGNS:
        raise InputInvalid(
            f"There are {MOST_CAMPAIGNS} campaigns already, which is all there can be.",
            mend="Delete some that have ended.",
        )


def first_saved(app: App, new: Campaign) -> Campaign:
    """A new one as it is stored; where the same was asked for a moment ago, that."""
    try:
        return app.campaigns.save_campaign(new)
    except Conflict:
        return campaign_of(app, new.tenant, new.campaign_id)


def check_step_count(count: int) -> None:
    """Raises `InputInvalid` for more steps than a campaign has."""
    if count > MOST_STEPS:
        raise InputInvalid(f"A campaign has at most {MOST_STEPS} steps.", field="steps")


def check_step_id(step_id: str, field: str) -> None:
    """Raises `InputInvalid` naming the field for what no step can be called."""
    if not _STEP_ID.fullmatch(step_id):
        raise InputInvalid("A step's id has 1 to 40 letters and digits.", field=field)


def check_fit(app: App, campaign: Campaign) -> None:
    """Raises `InputInvalid` with all that is to be mended, each naming its step or setting."""
    _refuse(campaign, problems_of(app, campaign))


def _refuse(campaign: Campaign, problems: Iterable[Problem]) -> None:
    wrong = Problems()
    for one in problems:
        step = campaign.steps.get(one.step)
        where = f"{step.name}: " if step and step.name else ""
        with wrong.found():
            raise InputInvalid(where + one.what, mend=one.mend, field=one.step or one.setting)
    wrong.raise_all()


def _set_going(app: App, campaign: Campaign, by: str) -> Campaign:
    """With everybody looked up who should be in it; asked for before, should this be the last we do."""
    sweep = SweepCampaign(campaign.tenant, campaign.campaign_id, whole=True)
    app.queue.send(sweep, delay=LATER)
    running = replace(campaign, state=CampaignState.RUNNING)
    saved = app.campaigns.save_campaign(_changed(app, running, by))
    app.queue.send(sweep)
    return saved


def _changed(app: App, campaign: Campaign, by: str) -> Campaign:
    if campaign.sugar.active and campaign.started_at is not None:
        # Sugar is told of it too.
        ring(app, campaign.tenant)
    return replace(campaign, changed_at=app.clock.now(), changed_by=by)


def _written(before: Campaign, draft: CampaignDraft) -> Campaign:
    name = " ".join(as_text(draft.name).split())
    wrong = Problems()
    with wrong.found():
        if not 1 <= len(name) <= LONGEST_NAME:
            raise InputInvalid(f"A name has 1 to {LONGEST_NAME} characters.", field="name")
    with wrong.found():
        check_step_count(len(draft.steps))
        for own, step in draft.steps.items():
            if own != step.step_id:
                raise InputInvalid("Each step goes by its own id.", field="steps")
            check_step_id(own, "steps")
    after = replace(
        before,
        name=name,
        start=draft.start,
        first=draft.first,
        steps=dict(draft.steps),
        timezone=draft.timezone,
        window=draft.window,
        sugar=replace(before.sugar, active=draft.in_sugar),
    )
    with wrong.found():
        # What was wrong before keeps nobody from changing the rest of a draft.
        known = set(settings_problems(before))
        _refuse(after, [one for one in settings_problems(after) if one not in known])
    wrong.raise_all()
    mend = "Make a segment of what a branch asks for, and have the branch ask for that."
    check_size(after, "This campaign", mend, "steps")
    return after


def _check_seen(campaign: Campaign, version: int) -> None:
    if campaign.version != version:
        raise Conflict(
            f"{campaign.changed_by or 'Somebody'} changed this campaign meanwhile.",
            mend="Look at it again.",
        )
