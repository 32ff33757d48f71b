"""Mail of a campaign that was asked for and has not gone out: held by a pause, kept back by an end."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from funnel.domain.campaigns.campaigns import Campaign, Comes, End, SendingWindow, Start, Wait
from funnel.domain.campaigns.enrolments import EnrolmentState, What
from funnel.domain.errors import MailBusy
from funnel.domain.mail.mails import Mail, MailState
from funnel.domain.sync.records import Unit
from funnel.ports.marketing_messages import SendMails
from funnel.usecases.campaigns.edit_campaign import draft_of
from funnel.usecases.campaigns.keep_campaigns import (
    change_campaign,
    delete_campaign,
    end_campaign,
    pause_campaign,
    resume_campaign,
)
from funnel.usecases.campaigns.start_campaigns import start_campaigns
from funnel.usecases.campaigns.steer_walk import take_out
from funnel.usecases.campaigns.view_campaigns import campaign_figures
from funnel.usecases.campaigns.view_unsent import unsent_at
from funnel.usecases.campaigns.view_walks import one_walk
from funnel.usecases.delivery.start_mails import start_mails
from funnel.usecases.lists.keep_lists import take_off_list
from funnel.usecases.mail.send_mail import request_mail
from tests.fakes.world import TENANT
from tests.unit.usecases.campaigns.campaigning import SEND, Campaigning, steps_of

pytestmark = pytest.mark.feature("D9")
Change = Callable[..., Campaign]


@pytest.fixture
def world() -> Campaigning:
    return Campaigning()


def queued(world: Campaigning, **more: object) -> Campaign:
    """Ann's mail is asked for, and nobody has sent it yet."""
    world.on_list()
    steps = steps_of({"wait": Wait(60), "send": world.send, "next": Wait(3 * 1440), "last": End()})
    draft = world.draft(steps, start=Start(Comes.LIST, world.list, leaves=True))
    campaign = world.run(replace(draft, **more))  # type: ignore[arg-type]
    world.clock.advance(3600)
    start_campaigns(world.app)
    while message := world.world.queue.pop():
        if not isinstance(message, SendMails):
            world.world.handle(message)
    assert {mail.state for mail in world.mails()} == {MailState.QUEUED}
    return campaign


def now(world: Campaigning, change: Change, campaign: Campaign) -> Campaign:
    return change(world.app, TENANT, campaign.campaign_id, campaign.version, "Mo")


def minutes(world: Campaigning, number: int = 1) -> Mail:
    """So much later, with the schedule's bell for mail each minute."""
    for _ in range(number):
        world.clock.advance(60)
        start_mails(world.app)
        world.work()
    return world.mails()[0]


def sent(world: Campaigning) -> int:
    return len(world.mailing.mailer.sent)


def test_a_pause_holds_mail_that_was_asked_for_and_going_on_lets_it_go_once(
    world: Campaigning,
) -> None:
    campaign = now(world, pause_campaign, queued(world))
    held = minutes(world, 30)
    assert (held.state, held.reason, sent(world)) == (
        MailState.QUEUED,
        "Its campaign is paused.",
        0,
    )
    now(world, resume_campaign, campaign)
    gone = minutes(world, 60)
    assert (gone.state, gone.tries, gone.reason, sent(world)) == (MailState.SENT, 0, "", 1)


def test_what_is_held_is_looked_at_ever_less_often_but_each_hour(world: Campaigning) -> None:
    now(world, pause_campaign, queued(world))
    waits = []
    for _ in range(7):
        before = world.clock.now()
        world.mailing.deliver()
        (mail,) = world.mails()
        assert mail.due_at is not None
        waits.append((mail.due_at - before) // timedelta(minutes=1))
        world.clock.advance((mail.due_at - before).total_seconds())
    assert waits == [5, 5, 10, 20, 40, 60, 60]


@pytest.mark.parametrize(
    ("ends", "why"), [(False, "Its campaign has ended."), (True, "Its campaign was deleted.")]
)
def test_mail_of_a_campaign_that_is_over_is_not_sent_and_says_why(
    world: Campaigning, ends: bool, why: str
) -> None:
    campaign = now(world, end_campaign, queued(world))
    if ends:
        delete_campaign(world.app, TENANT, campaign.campaign_id, campaign.version)
    mail = minutes(world)
    assert (mail.state, mail.reason, mail.due_at, sent(world)) == (MailState.REFUSED, why, None, 0)


def test_mail_that_a_pause_held_is_not_sent_once_the_campaign_ends(world: Campaigning) -> None:
    campaign = now(world, pause_campaign, queued(world))
    minutes(world, 10)
    now(world, end_campaign, campaign)
    mail = minutes(world, 60)
    assert (mail.state, mail.reason) == (MailState.REFUSED, "Its campaign has ended.")


@pytest.mark.parametrize("by", ["taken out", "left"])
def test_who_left_or_was_taken_out_gets_no_mail_that_waited(world: Campaigning, by: str) -> None:
    campaign = queued(world)
    if by == "left":
        take_off_list(world.app, TENANT, world.list, [world.ann])
        world.work()
    else:
        walk = world.walk_of(campaign)
        take_out(world.app, TENANT, campaign.campaign_id, walk.enrolment_id, "Mo")
    assert world.walk_of(campaign).state is EnrolmentState(by)
    mail = minutes(world)
    assert (mail.state, sent(world)) == (MailState.REFUSED, 0)
    assert mail.reason == "This person is in the campaign no more."


def test_two_who_become_one_while_their_mail_waits_get_one(world: Campaigning) -> None:
    other = world.person("twin@example.test")
    world.on_list(other)
    campaign = queued(world)
    now(world, pause_campaign, campaign)
    world.merge(other, world.ann)
    ann = world.person_row(world.ann)
    both = replace(ann, emails=(*ann.emails, "twin@example.test"))
    assert world.store.commit(TENANT, [Unit(people=[both])]) == [True]
    minutes(world, 10)
    head = world.store.campaign(TENANT, campaign.campaign_id)
    assert head is not None
    now(world, resume_campaign, head)
    start_campaigns(world.app)
    minutes(world, 90)
    assert sent(world) == 1


def test_who_is_through_gets_what_waited(world: Campaigning) -> None:
    world.on_list()
    world.mailing.mailer.fails.append(MailBusy("asked too fast"))
    campaign = world.run(world.draft(steps_of({"send": world.send, "last": End()})))
    assert world.walk_of(campaign).state is EnrolmentState.THROUGH
    assert minutes(world).state is MailState.SENT


def test_what_became_of_a_mail_stands_in_the_walk_and_at_the_step(world: Campaigning) -> None:
    campaign = queued(world)
    own = (world.app, TENANT, campaign.campaign_id)

    def asked_for() -> tuple[What, str]:
        walk = one_walk(*own, world.walk_of(campaign).enrolment_id)
        (line,) = (one for one in walk.trail if one.mail)
        return line.what, line.note

    assert asked_for() == (What.ASKED, "")
    campaign = now(world, pause_campaign, campaign)
    minutes(world)
    assert asked_for() == (What.ASKED, "Its campaign is paused.")
    figures = campaign_figures(world.app, campaign).steps[SEND].mail
    assert figures is not None
    assert (figures.waiting, figures.sent, figures.not_sent) == (1, 0, 0)
    campaign = now(world, end_campaign, campaign)
    minutes(world, 10)
    assert asked_for() == (What.NOT_SENT, "Its campaign has ended.")
    figures = campaign_figures(world.app, campaign).steps[SEND].mail
    assert figures is not None
    assert (figures.waiting, figures.sent, figures.not_sent) == (0, 0, 1)
    assert (figures.passed_over, figures.got_none) == (0, 1)
    (row,) = unsent_at(*own, SEND).items
    assert (row.person_id, row.reason) == (world.ann, "Its campaign has ended.")


def test_mail_that_was_held_past_its_window_waits_for_the_next(world: Campaigning) -> None:
    """It is a Monday, 11:00 in Berlin; then 20:00."""
    window = SendingWindow(weekdays=(0, 1, 2, 3, 4))
    campaign = now(world, pause_campaign, queued(world, window=window, timezone="Europe/Berlin"))
    world.clock.advance(9 * 3600)
    world.mailing.deliver()
    now(world, resume_campaign, campaign)
    mail = minutes(world, 61)
    assert (mail.state, mail.reason) == (
        MailState.QUEUED,
        "It waits for the hours of its campaign.",
    )
    assert sent(world) == 0
    world.clock.advance(12 * 3600)
    assert minutes(world).state is MailState.SENT


def test_mail_that_waits_for_its_hours_goes_within_an_hour_of_other_hours(
    world: Campaigning,
) -> None:
    """It is a Monday, 11:00 in Berlin; then a Saturday, whose mail would wait for Monday."""
    window = SendingWindow(weekdays=(0, 1, 2, 3, 4))
    campaign = queued(world, window=window, timezone="Europe/Berlin")
    world.clock.advance(5 * 24 * 3600)
    assert minutes(world).reason == "It waits for the hours of its campaign."
    draft = replace(draft_of(campaign), window=replace(window, weekdays=(5, 6)))
    change_campaign(world.app, TENANT, campaign.campaign_id, draft, campaign.version, "Mo")
    assert minutes(world, 61).state is MailState.SENT


def test_a_hundred_that_are_held_keep_nothing_else_from_going(world: Campaigning) -> None:
    """What is held takes no turn of those that go out at so many a second."""
    now(world, pause_campaign, queued(world))
    (mail,) = world.mails()
    for number in range(100):
        draft = world.mailing.draft(f"more {number}", about=dict(mail.about), is_urgent=False)
        request_mail(world.app, TENANT, draft, ring=False)
    own = request_mail(world.app, TENANT, world.mailing.draft("own", is_urgent=False), ring=False)
    began = world.clock.monotonic()
    world.mailing.deliver()
    assert world.mailing.mail(own).state is MailState.SENT
    assert world.clock.monotonic() - began < 100 / world.app.mail_rate
