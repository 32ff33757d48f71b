"""Trouble with the sender keeps campaign mail waiting and says so; none is lost, and little is asked ahead."""

from dataclasses import replace
from datetime import timedelta

import pytest

from funnel.domain.campaigns.campaigns import Campaign, End, Wait
from funnel.domain.campaigns.enrolments import EnrolmentState, What
from funnel.domain.errors import MailBusy
from funnel.domain.mail.mail_states import WAITS_FOR_SENDER
from funnel.domain.mail.mails import Mail, MailState
from funnel.ports.marketing_messages import SendMails
from funnel.usecases.campaigns.keep_campaigns import end_campaign
from funnel.usecases.campaigns.start_campaigns import start_campaigns
from funnel.usecases.campaigns.view_marketing import Trouble, marketing_now
from funnel.usecases.campaigns.view_walks import one_walk
from funnel.usecases.delivery.start_mails import start_mails
from funnel.usecases.mail.sender_domains import change_mail_settings
from funnel.usecases.mail.view_mail import mail_settings_view
from tests.fakes.world import TENANT
from tests.unit.usecases.campaigns.campaigning import NEXT, SEND, Campaigning, steps_of

pytestmark = pytest.mark.feature("D9")
PAUSED = "The mail service waits: sending is paused for this account."


@pytest.fixture
def world() -> Campaigning:
    return Campaigning()


def postal(world: Campaigning, address: str) -> None:
    settings = world.store.mail_settings(TENANT)
    world.store.save_mail_settings(replace(settings, postal_address=address))


def asked(world: Campaigning) -> Campaign:
    """Ann's mail is asked for, and nobody has sent it yet."""
    world.on_list()
    steps = steps_of({"send": world.send, "next": Wait(3 * 1440), "last": End()})
    campaign = world.run_without_mail(world.draft(steps))
    (mail,) = world.mails()
    assert mail.state is MailState.QUEUED
    return campaign


def ticks(world: Campaigning, number: int, *, minutes: int = 5) -> Mail:
    """So many ticks of the schedule for mail, and what becomes of the one mail."""
    for _ in range(number):
        world.clock.advance(minutes * 60)
        start_mails(world.app)
        world.work()
    (mail,) = world.mails()
    return mail


def test_mail_waits_while_its_sender_is_unfit_and_goes_once_that_is_mended(
    world: Campaigning,
) -> None:
    asked(world)
    postal(world, "")
    waits = ticks(world, 2 * 24 * 12)
    assert (waits.state, waits.tries) == (MailState.QUEUED, 0)
    assert "postal address" in waits.reason
    postal(world, "Street 1")
    gone = ticks(world, 13)
    assert (gone.state, gone.troubled_since) == (MailState.SENT, None)
    assert len(world.mailing.mailer.sent) == 1


def test_mail_waits_while_the_mail_service_takes_none(world: Campaigning) -> None:
    asked(world)
    world.mailing.mailer.fails = [MailBusy(PAUSED)] * 10_000
    waits = ticks(world, 2 * 24 * 12)
    assert (waits.state, waits.reason) == (MailState.QUEUED, PAUSED)
    # Ever less often: each try is a request to the mail service.
    assert waits.attempt < 60
    world.mailing.mailer.fails.clear()
    assert ticks(world, 13).state is MailState.SENT


@pytest.mark.parametrize("by", ["unfit", "paused"])
def test_what_waited_a_week_is_not_sent_any_more_and_says_why(world: Campaigning, by: str) -> None:
    asked(world)
    if by == "unfit":
        postal(world, "")
    else:
        world.mailing.mailer.fails = [MailBusy(PAUSED)] * 10_000
    hours = WAITS_FOR_SENDER // timedelta(hours=1)
    assert ticks(world, hours - 2, minutes=60).state is MailState.QUEUED
    gone = ticks(world, 4, minutes=60)
    assert (gone.state, gone.due_at) == (MailState.REFUSED, None)
    assert gone.reason.startswith("It could not be sent for a week: ")


def test_a_week_counts_from_when_the_trouble_began_and_not_from_when_it_was_asked_for(
    world: Campaigning,
) -> None:
    asked(world)
    world.clock.advance(timedelta(days=10).total_seconds())
    postal(world, "")
    assert ticks(world, 2).state is MailState.QUEUED
    postal(world, "Street 1")
    assert ticks(world, 12).state is MailState.SENT


def test_who_sets_up_mail_and_who_does_marketing_are_told_that_mail_waits(
    world: Campaigning,
) -> None:
    asked(world)
    began = world.clock.now()
    world.mailing.mailer.fails = [MailBusy(PAUSED)] * 10_000
    ticks(world, 2)
    # What passes within minutes is nobody's business.
    assert mail_settings_view(world.app, TENANT).trouble is None
    ticks(world, 24)
    told = mail_settings_view(world.app, TENANT).trouble
    assert told is not None
    assert (told.reason, told.since) == (PAUSED, began + timedelta(minutes=5))
    (waits,) = marketing_now(world.app, TENANT).waits
    assert (waits.what, waits.text) == (Trouble.UNFIT, PAUSED)
    change_mail_settings(
        world.app, TENANT, name="Sender", address="bea@sender.test", postal="Street 2",
        label="", by="Ann",
    )  # fmt: skip
    assert mail_settings_view(world.app, TENANT).trouble == told
    world.mailing.mailer.fails.clear()
    assert ticks(world, 13).state is MailState.SENT
    assert mail_settings_view(world.app, TENANT).trouble is None
    assert marketing_now(world.app, TENANT).waits == ()


def test_trouble_that_nobody_meets_any_more_is_not_told_for_ever(world: Campaigning) -> None:
    campaign = asked(world)
    world.mailing.mailer.fails = [MailBusy(PAUSED)] * 10_000
    ticks(world, 24)
    assert mail_settings_view(world.app, TENANT).trouble is not None
    end_campaign(world.app, TENANT, campaign.campaign_id, campaign.version, "Mo")
    assert ticks(world, 40).state is MailState.REFUSED
    assert mail_settings_view(world.app, TENANT).trouble is None


def test_a_walk_says_asked_for_until_the_mail_went_out(world: Campaigning) -> None:
    campaign = asked(world)

    def line() -> tuple[What, str]:
        walk = one_walk(
            world.app, TENANT, campaign.campaign_id, world.walk_of(campaign).enrolment_id
        )
        (found,) = (one for one in walk.trail if one.mail)
        return found.what, found.note

    assert line() == (What.ASKED, "")
    world.mailing.mailer.fails = [MailBusy(PAUSED)]
    world.mailing.deliver()
    assert line() == (What.ASKED, PAUSED)
    ticks(world, 1)
    assert line() == (What.SENT, "")


@pytest.mark.parametrize("by", ["unfit", "paused"])
def test_who_comes_to_an_email_meanwhile_waits_there_and_is_not_stuck(
    world: Campaigning, by: str
) -> None:
    asked(world)
    other = world.person("p@example.test")
    if by == "unfit":
        postal(world, "")
    else:
        world.mailing.mailer.fails = [MailBusy(PAUSED)] * 10_000
        ticks(world, 24)
    world.on_list(other)
    (campaign,) = world.store.campaigns(TENANT)
    own = world.store.campaign(TENANT, campaign.campaign_id)
    assert own is not None
    for _ in range(30):
        world.tick(hours=1)
        start_mails(world.app)
        world.work()
    one = world.walk_of(own, other)
    assert (one.state, one.step, one.tries) == (EnrolmentState.WALKING, SEND, 0)
    assert one.reason
    assert world.mails(other) == []
    postal(world, "Street 1")
    world.mailing.mailer.fails.clear()
    for _ in range(4):
        world.tick(hours=1)
        start_mails(world.app)
        world.work()
    assert world.walk_of(own, other).step == NEXT
    assert [one.state for one in world.mails(other)] == [MailState.SENT]


def test_an_urgent_mail_of_a_person_is_still_given_up_after_hours(world: Campaigning) -> None:
    """Whoever wrote it wants to know, and write in another way."""
    mail_id = world.mailing.ask()
    world.mailing.mailer.fails = [MailBusy(PAUSED)] * 10_000
    for _ in range(40):
        world.clock.advance(901)
        world.mailing.deliver()
    assert world.mailing.mail(mail_id).state is MailState.REFUSED


def test_no_more_is_asked_for_ahead_than_goes_out_in_minutes(
    world: Campaigning, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("funnel.usecases.campaigns.ask_ahead.FEWEST_AHEAD", 30)
    monkeypatch.setattr("funnel.usecases.campaigns.ask_ahead.AHEAD", 6)
    people = [world.person(f"p{n}@example.test") for n in range(150)]
    world.on_list(*people)
    campaign = world.run_without_mail(world.draft(steps_of({"send": world.send, "last": End()})))
    assert 30 <= len(world.store.due_mails(TENANT, world.clock.now(), 1_000)) <= 130
    for _ in range(60):
        world.clock.advance(60)
        start_campaigns(world.app)
        world.world.handle(SendMails(TENANT))
        world.work(2_000)
    assert len(world.mailing.mailer.sent) == len(people)
    assert world.numbers(campaign)[SEND].walking == 0
