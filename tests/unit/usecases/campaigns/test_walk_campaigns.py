"""People walk along campaigns: each step is done once, at its time, and the numbers are exact."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from funnel.domain.campaigns.campaigns import (
    Asks,
    Branch,
    Campaign,
    ChangeList,
    ChangeScore,
    Comes,
    End,
    SendingWindow,
    Start,
    Step,
    StepId,
    Wait,
)
from funnel.domain.campaigns.enrolments import EnrolmentState, What
from funnel.domain.mail.mails import MailState
from funnel.domain.segments.segments import FieldTest, Group, Match, Operator
from funnel.ports.marketing_messages import WalkCampaigns
from funnel.usecases.bells.notice import notice_form, notice_joined, notice_left
from funnel.usecases.campaigns.keep_campaigns import (
    CampaignDraft,
    change_campaign,
    end_campaign,
    pause_campaign,
    resume_campaign,
)
from funnel.usecases.campaigns.steer_walk import put_in, take_out, try_walk_again
from funnel.usecases.campaigns.try_all_again import try_all_again
from funnel.usecases.campaigns.view_campaigns import campaign_figures
from funnel.usecases.campaigns.view_unsent import unsent_at
from funnel.usecases.lists.keep_lists import make_list, take_off_list
from funnel.usecases.mail.mail_fitness import NO_ADDRESS, OPTED_OUT
from tests.fakes.world import TENANT
from tests.unit.usecases.campaigns.campaigning import (
    ASK,
    LAST,
    NEXT,
    SEND,
    WAIT,
    Campaigning,
    steps_of,
)
from tests.unit.usecases.mail.mailing import ANN

DAY = Wait(24 * 60)


@pytest.fixture
def world() -> Campaigning:
    return Campaigning()


def whats(world: Campaigning, campaign: Campaign) -> list[What]:
    return [line.what for line in world.walk_of(campaign).trail]


def test_who_is_on_the_list_gets_the_mail_waits_and_is_through(world: Campaigning) -> None:
    world.on_list()
    campaign = world.run(world.draft(steps_of({"send": world.send, "wait": DAY, "last": End()})))
    (mail,) = world.mails()
    assert mail.state is MailState.SENT
    assert mail.about["campaign"] == campaign.campaign_id
    assert (mail.about["step"], mail.subject) == ("send", "Hi there")
    assert mail.about["email_name"] == "Offer"
    one = world.walk_of(campaign)
    assert (one.step, one.state) == (WAIT, EnrolmentState.WALKING)
    world.tick(hours=23)
    assert world.walk_of(campaign).step == WAIT
    world.tick(hours=2)
    assert world.walk_of(campaign).state is EnrolmentState.THROUGH
    assert whats(world, campaign) == [What.CAME_IN, What.SENT, What.WAITED, What.ENDED]
    numbers = world.numbers(campaign)
    assert [numbers[s].came for s in (SEND, WAIT, LAST)] == [1, 1, 1]
    assert (numbers[WAIT].walking, numbers[LAST].through) == (0, 1)


def test_whoever_comes_later_comes_in_and_who_was_there_only_if_asked_for(
    world: Campaigning,
) -> None:
    world.on_list()
    world.clock.advance(60)
    start = Start(Comes.LIST, world.list, present=False)
    campaign = world.run(world.draft(steps_of({"wait": DAY}), start=start))
    own = (TENANT, campaign.campaign_id)
    assert world.store.turns(*own, [world.ann]) == {}
    world.clock.advance(60)
    bob = world.person("bob@example.test")
    world.on_list(bob)
    notice_joined(world.app, TENANT, world.list, [bob, world.ann])
    world.work()
    assert set(world.store.turns(*own, [world.ann, bob])) == {bob}


def test_a_word_that_was_lost_is_made_good_within_the_hour(world: Campaigning) -> None:
    campaign = world.run(world.draft(steps_of({"wait": DAY})))
    world.on_list()
    while world.world.queue.pop():
        pass
    for _ in range(61):
        world.tick(minutes=1)
    assert world.walk_of(campaign).step == WAIT


def test_coming_again_is_walking_again_only_after_so_many_days(world: Campaigning) -> None:
    form = world.form()
    start = Start(Comes.FORM, form_id=form.form_id, again_days=7)
    campaign = world.run(world.draft(steps_of({"send": world.send}), start=start))

    def send(key: str) -> int:
        notice_form(world.app, TENANT, form.form_id, world.ann, world.clock.now(), key)
        world.work()
        return world.walk_of(campaign).turn

    assert send("h1") == 1
    at = world.clock.now()
    world.clock.advance(6 * 86_400)
    assert send("h2") == 1
    world.clock.advance(2 * 86_400)
    assert send("h3") == 2
    notice_form(world.app, TENANT, form.form_id, world.ann, at, "h1")
    notice_form(world.app, TENANT, "f2", world.ann, world.clock.now(), "h4")
    world.work()
    assert world.walk_of(campaign).turn == 2
    assert len(world.mails()) == 2
    assert len({mail.about["enrolment"] for mail in world.mails()}) == 2


def test_who_leaves_the_list_leaves_the_campaign_if_it_says_so(world: Campaigning) -> None:
    world.on_list()
    start = Start(Comes.LIST, world.list, leaves=True)
    campaign = world.run(world.draft(steps_of({"wait": DAY}), start=start))
    notice_left(world.app, TENANT, world.list, [world.ann])
    world.work()
    assert world.walk_of(campaign).state is EnrolmentState.WALKING
    take_off_list(world.app, TENANT, world.list, [world.ann])
    notice_left(world.app, TENANT, world.list, [world.ann])
    world.work()
    assert world.walk_of(campaign).state is EnrolmentState.LEFT
    assert world.numbers(campaign)[WAIT].left == 1


def test_mail_waits_for_the_window_and_for_the_frequency_cap(world: Campaigning) -> None:
    world.clock.set(datetime(2026, 3, 7, 12, tzinfo=UTC))  # A Saturday.
    world.on_list()
    window = SendingWindow(time(9), time(17))
    draft = world.draft(steps_of({"send": world.send}), window=window, timezone="Europe/Berlin")
    campaign = world.run(draft)
    assert world.mails() == []
    assert world.walk_of(campaign).due_at == datetime(2026, 3, 9, 8, tzinfo=UTC)
    world.tick(days=1)
    assert world.mails() == []
    world.tick(hours=21)
    assert len(world.mails()) == 1


def test_who_may_not_be_mailed_goes_on_at_once_and_the_trail_says_why(world: Campaigning) -> None:
    blind = world.person("")
    world.opt_out(world.ann, ANN)
    world.on_list(world.ann, blind)
    window = SendingWindow(time(1), time(2))
    campaign = world.run(world.draft(steps_of({"send": world.send, "wait": DAY}), window=window))
    for person in (world.ann, blind):
        one = world.walk_of(campaign, person)
        assert (one.step, one.trail[-1].what) == (WAIT, What.NOT_SENT)
        assert one.trail[-1].note
    assert world.mails() == []
    assert world.numbers(campaign)[SEND].skipped == 2
    figures = campaign_figures(world.app, campaign).steps[SEND]
    assert figures.mail is not None
    assert (figures.passed, figures.mail.sent, figures.mail.not_sent) == (2, 0, 0)
    assert (figures.mail.passed_over, figures.mail.got_none) == (2, 2)
    unsent = unsent_at(world.app, TENANT, campaign.campaign_id, SEND)
    assert {one.person_id: one.reason for one in unsent.items} == {
        world.ann: OPTED_OUT,
        blind: NO_ADDRESS,
    }
    assert unsent.cursor == ""
    assert unsent_at(world.app, TENANT, campaign.campaign_id, WAIT).items == ()


def test_a_click_of_a_human_wakes_who_waits_and_a_machines_does_not(world: Campaigning) -> None:
    world.on_list()
    ask = Branch(Asks.CLICKED, SEND, link="*example.com/price", within_minutes=3 * 24 * 60)
    steps = steps_of({"send": world.send, "ask": ask, "last": End(), "next": DAY}, no="next")
    steps[LAST] = Step(LAST, End())
    campaign = world.run(world.draft(steps))
    one = world.walk_of(campaign)
    assert (one.step, one.due_at) == (ASK, one.since + timedelta(days=3))
    (mail,) = world.mails()
    world.clock.advance(100)
    world.mailing.see(mail.mail_id, "machine", 1, method="HEAD")
    world.tick(minutes=2)
    assert world.walk_of(campaign).step == ASK
    world.click(mail)
    world.tick(minutes=2)
    one = world.walk_of(campaign)
    assert (one.step, one.state) == (LAST, EnrolmentState.THROUGH)
    assert world.numbers(campaign)[ASK].yes == 1


def test_without_a_click_the_no_is_taken_when_the_time_is_up(world: Campaigning) -> None:
    world.on_list()
    ask = Branch(Asks.OPENED, SEND, within_minutes=60)
    steps = steps_of({"send": world.send, "ask": ask, "last": End(), "next": DAY}, no="next")
    campaign = world.run(world.draft(steps))
    world.tick(minutes=59)
    assert world.walk_of(campaign).step == ASK
    world.tick(minutes=2)
    assert world.walk_of(campaign).step == NEXT
    assert world.numbers(campaign)[ASK].no == 1


def test_who_got_no_mail_is_not_waited_for(world: Campaigning) -> None:
    world.opt_out(world.ann, ANN)
    world.on_list()
    ask = Branch(Asks.CLICKED, SEND, within_minutes=60)
    steps = steps_of({"send": world.send, "ask": ask, "last": End(), "next": DAY}, no="next")
    assert world.walk_of(world.run(world.draft(steps))).step == NEXT


def test_a_rule_and_a_segment_are_asked_as_they_are(world: Campaigning) -> None:
    world.on_list()
    other = make_list(world.app, TENANT, "other", "Other", "Mo").list_id
    ann = FieldTest("last_name", Operator.IS, ("Ann",))
    rule = Branch(Asks.RULE, rule=Group(Match.ALL, (ann,)))
    member = Branch(Asks.RULE, segment=other)
    steps = steps_of(
        {"ask": rule, "put": ChangeList(other), "member": member, "last": End(), "next": DAY},
        no="next",
    )
    campaign = world.run(world.draft(steps))
    assert world.walk_of(campaign).step == LAST
    assert world.numbers(campaign)[StepId("member")].yes == 1


def test_points_are_given_once_and_have_a_line(world: Campaigning) -> None:
    world.on_list()
    campaign = world.run(world.draft(steps_of({"score": ChangeScore(7), "wait": DAY})))
    score = world.store.scores(TENANT, [world.ann])[world.ann]
    assert score.value == 7
    assert [(line.name, line.points) for line in score.lines] == [("Score", 7)]
    assert world.walk_of(campaign).step == WAIT


def test_nobody_moves_while_it_is_paused_and_what_was_due_goes_on_after(world: Campaigning) -> None:
    world.on_list()
    campaign = world.run(world.draft(steps_of({"wait": Wait(60), "send": world.send})))
    campaign = pause_campaign(world.app, TENANT, campaign.campaign_id, campaign.version, "Mo")
    bob = world.person("bob@example.test")
    world.on_list(bob)
    notice_joined(world.app, TENANT, world.list, [bob])
    world.tick(hours=5)
    assert world.walk_of(campaign).step == WAIT
    assert world.store.turns(TENANT, campaign.campaign_id, [bob]) == {}
    resume_campaign(world.app, TENANT, campaign.campaign_id, campaign.version, "Mo")
    world.tick(minutes=1)
    assert len(world.mails()) == 1
    assert world.walk_of(campaign, bob).step == WAIT


def test_an_ended_campaign_takes_nobody_further(world: Campaigning) -> None:
    world.on_list()
    campaign = world.run(world.draft(steps_of({"wait": Wait(60), "send": world.send})))
    end_campaign(world.app, TENANT, campaign.campaign_id, campaign.version, "Mo")
    world.tick(hours=5)
    assert world.walk_of(campaign).step == WAIT
    assert world.mails() == []


def test_a_step_that_keeps_failing_parks_the_person_until_somebody_says_so(
    world: Campaigning,
) -> None:
    world.on_list()
    campaign = world.run(world.draft(steps_of({"wait": Wait(60), "send": world.send})))
    email = world.store.email(TENANT, world.email)
    assert email is not None
    world.store.delete_email(email)
    for _ in range(12):
        world.tick(hours=2)
    one = world.walk_of(campaign)
    assert (one.state, one.due_at) == (EnrolmentState.STUCK, None)
    assert one.reason == "The email is not there any more."
    assert world.numbers(campaign)[SEND].stuck == 1
    world.store.save_email(replace(email, version=0))
    try_walk_again(world.app, TENANT, campaign.campaign_id, one.enrolment_id, "Mo")
    world.work()
    assert world.walk_of(campaign).state is EnrolmentState.THROUGH
    assert len(world.mails()) == 1
    world.numbers(campaign)


def test_all_who_are_stuck_are_tried_again_at_once(world: Campaigning) -> None:
    people = [world.ann, *(world.person(f"p{n}@example.test") for n in range(5))]
    world.on_list(*people)
    campaign = world.run(world.draft(steps_of({"wait": Wait(60), "send": world.send})))
    email = world.store.email(TENANT, world.email)
    assert email is not None
    world.store.delete_email(email)
    for _ in range(12):
        world.tick(hours=2)
    assert world.numbers(campaign)[SEND].stuck == 6
    world.store.save_email(replace(email, version=0))
    try_all_again(world.app, TENANT, campaign.campaign_id, "Mo")
    world.work()
    numbers = world.numbers(campaign)[SEND]
    assert (numbers.stuck, numbers.through) == (0, 6)


def test_who_stands_at_a_removed_step_goes_to_the_next_and_one_that_changed_counts_anew(
    world: Campaigning,
) -> None:
    world.on_list()
    steps = steps_of({"wait": Wait(10 * 1440), "send": world.send, "last": Wait(2 * 1440)})
    campaign = world.run(world.draft(steps))
    del steps[WAIT]
    draft = CampaignDraft("Trial", campaign.start, SEND, steps)
    campaign = change_campaign(
        world.app, TENANT, campaign.campaign_id, draft, campaign.version, "Mo"
    )
    world.tick(minutes=1)
    assert world.walk_of(campaign).step == LAST
    assert len(world.mails()) == 1
    steps[LAST] = replace(steps[LAST], action=Wait(3 * 1440))
    draft = replace(draft, steps=steps)
    campaign = change_campaign(
        world.app, TENANT, campaign.campaign_id, draft, campaign.version, "Mo"
    )
    world.tick(days=2, minutes=1)
    one = world.walk_of(campaign)
    assert (one.step, one.due_at) == (LAST, one.since + timedelta(days=3))
    steps[LAST] = replace(steps[LAST], action=Wait(60))
    change_campaign(
        world.app, TENANT, campaign.campaign_id, replace(draft, steps=steps), campaign.version, "Mo"
    )
    world.tick(minutes=1)
    assert world.walk_of(campaign).state is EnrolmentState.THROUGH
    world.numbers(campaign)


@pytest.mark.parametrize("by", ["hours", "time zone"])
def test_other_hours_for_mail_wake_who_waits_at_an_email(world: Campaigning, by: str) -> None:
    """It is a Monday, 10:00 in London."""
    world.on_list()
    steps = steps_of({"send": world.send, "last": Wait(2 * 1440)})
    window = SendingWindow(since=time(18), until=time(20))
    draft = world.draft(steps, window=window, timezone="Europe/London")
    campaign = world.run(draft)
    assert world.walk_of(campaign).step == SEND
    if by == "hours":
        draft = replace(draft, window=replace(window, since=time(8)))
    else:
        draft = replace(draft, timezone="Asia/Tokyo")
    own = (world.app, TENANT, campaign.campaign_id)
    campaign = change_campaign(*own, draft, campaign.version, "Mo")
    world.tick(minutes=1)
    assert world.walk_of(campaign).step == LAST
    assert len(world.mails()) == 1


def test_who_stands_at_a_removed_step_that_nothing_follows_is_stopped_there(
    world: Campaigning,
) -> None:
    world.on_list()
    steps = steps_of({"send": world.send, "wait": DAY})
    campaign = world.run(world.draft(steps))
    steps = {SEND: replace(steps[SEND], next=StepId(""))}
    draft = CampaignDraft("Trial", campaign.start, SEND, steps)
    change_campaign(world.app, TENANT, campaign.campaign_id, draft, campaign.version, "Mo")
    world.tick(minutes=1)
    one = world.walk_of(campaign)
    assert (one.state, one.step) == (EnrolmentState.STOPPED, WAIT)
    assert world.numbers(campaign)[WAIT].stopped == 1


def test_a_circle_stops_after_so_many_steps_at_once_and_in_all(world: Campaigning) -> None:
    steps = steps_of({"send": ChangeList(world.list), "wait": ChangeList(world.list)})
    campaign = world.run(world.draft(steps, start=Start()))
    # As no check would let it be.
    steps[WAIT] = replace(steps[WAIT], next=SEND)
    world.store.save_campaign(replace(campaign, steps=steps))
    put_in(world.app, TENANT, campaign.campaign_id, world.ann, "Mo", "k")
    world.work()
    assert world.walk_of(campaign).steps == 101
    for _ in range(12):
        world.tick(minutes=2)
    one = world.walk_of(campaign)
    assert (one.state, one.steps) == (EnrolmentState.STUCK, 1001)


def test_a_person_is_put_in_and_taken_out_by_hand(world: Campaigning) -> None:
    campaign = world.run(world.draft(steps_of({"wait": DAY}), start=Start()))
    own = campaign.campaign_id
    one = put_in(world.app, TENANT, own, world.ann, "Mo", "k1")
    assert put_in(world.app, TENANT, own, world.ann, "Mo", "k2").turn == 1
    world.work()
    assert take_out(world.app, TENANT, own, one.enrolment_id, "Mo").state is (
        EnrolmentState.TAKEN_OUT
    )
    assert put_in(world.app, TENANT, own, world.ann, "Mo", "k1").turn == 1
    assert put_in(world.app, TENANT, own, world.ann, "Mo", "k3").turn == 2
    world.tick(days=2)
    numbers = world.numbers(campaign)[WAIT]
    assert (numbers.taken_out, numbers.through, numbers.came) == (1, 1, 2)


def test_who_is_put_in_twice_by_one_click_gets_the_mail_once(world: Campaigning) -> None:
    campaign = world.run(world.draft(steps_of({"send": world.send}), start=Start()))
    for key, mails in (("k1", 1), ("k1", 1), ("k2", 2)):
        put_in(world.app, TENANT, campaign.campaign_id, world.ann, "Mo", key)
        world.work()
        assert len(world.mails()) == mails
    assert world.numbers(campaign)[SEND].through == 2


def test_another_worker_of_the_same_part_leaves_it_alone(world: Campaigning) -> None:
    world.on_list()
    campaign = world.run(world.draft(steps_of({"wait": Wait(60), "send": world.send})))
    world.clock.advance(7_200)
    now = world.clock.now()
    for part in range(4):
        world.app.sync.acquire(
            TENANT, f"campaigns-{part}", "other", now, now + timedelta(minutes=5)
        )
        world.world.handle(WalkCampaigns(TENANT, part))
    assert world.walk_of(campaign).step == WAIT
