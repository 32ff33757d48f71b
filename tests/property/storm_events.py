"""What happens to a campaign in a storm: people, marketers, clocks and failing services."""

from collections.abc import Callable
from dataclasses import replace

from hypothesis import strategies as st

from funnel.domain.campaigns.campaigns import (
    Branch,
    Campaign,
    CampaignState,
    End,
)
from funnel.domain.errors import Conflict, InputInvalid, MailBusy, MailUnclear, StoreBusy
from funnel.domain.mail.mails import MailState
from funnel.usecases.campaigns.keep_campaigns import (
    CampaignDraft,
    change_campaign,
    end_campaign,
    pause_campaign,
    resume_campaign,
)
from funnel.usecases.campaigns.steer_walk import put_in, take_out
from funnel.usecases.lists.keep_lists import put_on_list, take_off_list
from tests.fakes.faulty import Crash, Moment, Plan
from tests.fakes.world import TENANT
from tests.property.storm import (
    PEOPLE,
    Storm,
    mails_of,
)

EVENTS = st.one_of(
    st.tuples(st.just("next"), st.integers(0, 80), st.sampled_from(list(Moment)), st.booleans()),
    st.tuples(st.just("again"), st.integers(0, 40)),
    st.tuples(st.just("tick"), st.integers(1, 90)),
    st.tuples(st.just("days"), st.integers(1, 3)),
    st.tuples(st.just("join"), st.integers(0, PEOPLE - 1), st.integers(0, 40)),
    st.tuples(st.just("leave"), st.integers(0, PEOPLE - 1), st.integers(0, 40)),
    st.tuples(st.just("again on it"), st.integers(0, PEOPLE - 1)),
    st.tuples(st.just("click"), st.integers(0, 20)),
    st.tuples(st.just("by hand"), st.integers(0, PEOPLE - 1), st.integers(0, 40)),
    st.tuples(st.just("taken out"), st.integers(0, PEOPLE - 1)),
    st.tuples(st.sampled_from(["pause", "resume"]), st.integers(0, 8)),
    st.tuples(st.sampled_from(["pause", "resume", "end"]), st.integers(0, 8)),
    st.tuples(st.just("mail waits"), st.sampled_from(["pause", "pause", "end"])),
    st.tuples(st.just("edit"), st.integers(0, 6)),
    st.tuples(st.just("opt out"), st.integers(0, PEOPLE - 1)),
    st.tuples(st.just("merge"), st.integers(0, PEOPLE - 1), st.integers(0, PEOPLE - 1)),
    st.tuples(st.just("part"), st.integers(0, PEOPLE - 1)),
    st.tuples(st.just("service"), st.sampled_from([MailBusy, MailUnclear])),
)


def take(storm: Storm, event: tuple[object, ...]) -> None:  # noqa: C901 - a case for each kind
    scene, campaign = storm.scene, storm.now()
    match event:
        case ("next", int(at), Moment() as moment, bool(dies)):
            storm.next(Plan(at, moment, Crash if dies else lambda: StoreBusy("lost")))
        case ("again", int(at)) if storm.kept:
            storm.carry_out(storm.kept[at % len(storm.kept)], Plan())
        case ("tick", int(minutes)):
            storm.tick(minutes)
        case ("days", int(days)):
            storm.tick(days * 1440)
        case ("join", int(who), int(at)):
            people = [storm.people[who]]
            storm.mortal(lambda app: put_on_list(app, TENANT, scene.list, people), Plan(at))
        case ("leave", int(who), int(at)):
            people = [storm.people[who]]
            storm.mortal(lambda app: take_off_list(app, TENANT, scene.list, people), Plan(at))
        case ("again on it", int(who)):
            take_off_list(scene.app, TENANT, scene.list, [storm.people[who]])
            scene.clock.advance(25 * 3600)
            put_on_list(scene.app, TENANT, scene.list, [storm.people[who]])
        case ("click", int(at)):
            mails = sorted(
                (one for one in mails_of(storm) if one.state is MailState.SENT),
                key=lambda one: one.mail_id,
            )
            if mails:
                scene.click(mails[at % len(mails)])
        case ("by hand", int(who), int(at)) if campaign.is_running:
            own, person, key = campaign.campaign_id, storm.people[who], scene.world.ids.new_id()
            storm.mortal(lambda app: put_in(app, TENANT, own, person, "Mo", key), Plan(at))
        case ("taken out", int(who)):
            turns = scene.store.turns(TENANT, campaign.campaign_id, [storm.people[who]])
            for turn in turns.values():
                try:
                    take_out(scene.app, TENANT, campaign.campaign_id, turn.latest, "Mo")
                except (Conflict, InputInvalid):
                    return
        case ("pause", int(at)) if campaign.is_running:
            steer(storm, pause_campaign, at)
        case ("resume", int(at)) if campaign.state is CampaignState.PAUSED:
            steer(storm, resume_campaign, at)
        case ("end", int(at)) if campaign.state is not CampaignState.ENDED:
            steer(storm, end_campaign, at)
        case ("mail waits", str(until)) if campaign.is_running:
            storm.walk_on()
            steer(storm, pause_campaign if until == "pause" else end_campaign, 0)
        case ("edit", int(which)):
            edit(storm, campaign, which)
        case ("opt out", int(who)):
            stands = scene.person_row(storm.stands(storm.people[who]))
            scene.opt_out(stands.person_id, stands.emails[0])
        case ("merge", int(who), int(into)):
            lost, stays = storm.stands(storm.people[who]), storm.stands(storm.people[into])
            if lost != stays:
                scene.merge(lost, stays)
        case ("part", int(who)):
            if scene.person_row(storm.people[who]).merged_into:
                scene.part(storm.people[who])
        case ("service", type() as kind):
            scene.mailing.mailer.fails.append(kind("no"))


def steer(storm: Storm, change: Callable[..., Campaign], at: int) -> None:
    """Somebody pauses it, lets it go on or ends it, by a process that may die."""
    now = storm.now()
    storm.mortal(lambda app: change(app, TENANT, now.campaign_id, now.version, "Mo"), Plan(at))


def edit(storm: Storm, campaign: Campaign, which: int) -> None:
    """Take a step out of a row; what asks about it, or cannot be without it, keeps it."""
    steps = dict(campaign.steps)
    inner = [
        own
        for own, step in steps.items()
        if own != campaign.first
        and not isinstance(step.action, Branch | End)
        and step.next != own
        and not any(
            isinstance(other.action, Branch) and other.action.sent_at == own
            for other in steps.values()
        )
    ]
    if not inner:
        return
    gone = steps.pop(inner[which % len(inner)])
    after = {
        own: replace(
            step,
            next=gone.next if step.next == gone.step_id else step.next,
            otherwise=gone.next if step.otherwise == gone.step_id else step.otherwise,
        )
        for own, step in steps.items()
    }
    draft = CampaignDraft(
        campaign.name, campaign.start, campaign.first, after, campaign.timezone, campaign.window
    )
    try:
        change_campaign(
            storm.scene.app, TENANT, campaign.campaign_id, draft, campaign.version, "Mo"
        )
    except InputInvalid:
        return
