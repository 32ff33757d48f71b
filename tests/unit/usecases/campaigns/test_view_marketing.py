"""The overview says how marketing stands, and reads no more than it shows."""

from dataclasses import replace
from datetime import timedelta

import pytest

from funnel.domain.broadcasts.broadcasts import BroadcastState
from funnel.domain.campaigns.campaigns import SendEmail, Wait
from funnel.domain.emails.emails import EmailId
from funnel.domain.mail.mails import MailState
from funnel.usecases.broadcasts.keep_broadcasts import pause_broadcast
from funnel.usecases.campaigns.keep_campaigns import (
    CampaignDraft,
    add_campaign,
    campaign_of,
    pause_campaign,
)
from funnel.usecases.campaigns.view_marketing import (
    MOST_FORMS,
    SHOWN,
    Trouble,
    Waits,
    marketing_now,
)
from funnel.usecases.forms.keep_forms import add_form, switch_form
from funnel.usecases.forms.view_forms import words_of
from funnel.usecases.segments.keep_segments import add_segment
from tests.fakes.faulty import Plan, faulty
from tests.fakes.world import TENANT, World
from tests.unit.usecases.broadcasts.broadcasting import Broadcasting
from tests.unit.usecases.campaigns.campaigning import Campaigning, steps_of
from tests.unit.usecases.forms.forming import Fair
from tests.unit.usecases.mail.mailing import settle_sender

pytestmark = pytest.mark.feature("D9")


def test_where_nothing_was_made_there_is_nothing_to_say() -> None:
    now = marketing_now(World().app, TENANT)
    assert not now.is_begun
    assert (now.campaigns, now.broadcasts, now.forms, now.waits) == ((), (), (), ())


def test_campaigns_that_run_say_how_many_are_in_them_and_drafts_are_counted() -> None:
    scene = Campaigning()
    scene.on_list(scene.ann, scene.person("bo@x.test"))
    running = scene.run(scene.draft(steps_of({"wait": Wait(60)})))
    add_campaign(scene.app, TENANT, "later", CampaignDraft("Later"), "Mo")
    now = marketing_now(scene.app, TENANT)
    assert [(one.name, one.here) for one in now.campaigns] == [(running.name, 2)]
    assert (now.running, now.drafts, now.waits, now.is_begun) == (1, 1, (), True)


def test_what_waits_on_somebody_is_said_with_where_it_is_mended() -> None:
    scene = Campaigning()
    scene.on_list(scene.ann)
    stuck = scene.run(scene.draft(steps_of({"send": scene.send, "wait": Wait(60)})))
    gone = replace(campaign_of(scene.app, TENANT, stuck.campaign_id), first=stuck.first)
    paused = scene.run(scene.draft(steps_of({"wait": Wait(60)})), key="other")
    pause_campaign(scene.app, TENANT, paused.campaign_id, paused.version, "Mo")
    steps = steps_of({"send": SendEmail(EmailId("gone")), "wait": Wait(60)})
    scene.store.save_campaign(replace(gone, steps=steps))
    scene.on_list(scene.person("cy@x.test"))
    for _ in range(12):
        scene.tick(hours=6)
    waits = marketing_now(scene.app, TENANT).waits
    assert Waits(Trouble.STUCK, stuck.campaign_id, stuck.name, 1) in waits
    assert Waits(Trouble.CAMPAIGN, paused.campaign_id, paused.name) in waits


def test_a_sender_who_cannot_send_is_said_only_where_something_is_to_be_sent() -> None:
    scene = Campaigning()
    settings = scene.store.mail_settings(TENANT)
    scene.store.save_mail_settings(replace(settings, postal_address=""))
    assert marketing_now(scene.app, TENANT).waits == ()
    scene.on_list(scene.ann)
    scene.run(scene.draft(steps_of({"wait": Wait(60)})))
    (unfit,) = marketing_now(scene.app, TENANT).waits
    assert unfit.what is Trouble.UNFIT
    assert "postal address" in unfit.text


def test_of_broadcasts_those_under_way_and_the_latest_three_that_were_sent_are_shown() -> None:
    scene = Broadcasting()
    people = scene.people(3)
    for key in ("zeroth", "first", "second"):
        scene.sent(scene.listed(key, people), key=key, name=key)
    planned = scene.planned(
        scene.listed("third", people), key="t", name="third", send_at="2027-03-01T09:00"
    )
    scene.confirm(planned)
    halted = scene.planned(
        scene.listed("fourth", people), key="f", name="fourth", send_at="2027-03-01T09:00"
    )
    scene.confirm(halted)
    pause_broadcast(scene.app, TENANT, halted.broadcast_id, "Bea")
    now = marketing_now(scene.app, TENANT)
    assert [(one.name, one.state) for one in now.broadcasts] == [
        ("third", BroadcastState.SCHEDULED),
        *((name, BroadcastState.SENT) for name in ("second", "first", "zeroth")),
    ]
    assert now.broadcasts[1].totals.sent == 3
    assert [(one.what, one.name) for one in now.waits] == [(Trouble.BROADCAST, "fourth")]


def test_forms_by_which_something_was_sent_this_week_are_shown() -> None:
    scene = Fair()
    scene.sent()
    scene.sent("ben@example.test")
    (form,) = marketing_now(scene.app, TENANT).forms
    assert (form.form_id, form.name, form.sent) == (scene.made.form_id, "Fair", 2)
    scene.clock.advance(timedelta(days=7).total_seconds())
    now = marketing_now(scene.app, TENANT)
    assert (now.forms, now.active_forms) == ((), 1)
    switch_form(scene.app, TENANT, scene.form.form_id, "Ann", active=False)
    assert marketing_now(scene.app, TENANT).active_forms == 0


def test_segments_that_are_still_worked_out_are_said() -> None:
    world = World()
    settle_sender(world)
    rule = {
        "match": "all",
        "parts": [{"test": "field", "field": "title", "operator": "is filled in"}],
    }
    add_segment(world.app, TENANT, "k", "With a title", rule, "Bea")
    now = marketing_now(world.app, TENANT)
    assert (now.is_begun, now.working) == (True, True)
    world.drain()
    assert not marketing_now(world.app, TENANT).working


def test_it_reads_no_more_than_it_shows_however_much_there_is() -> None:
    scene = Fair()
    words = words_of(scene.form)
    for n in range(60):
        add_form(scene.app, TENANT, f"more {n}", replace(words, name=f"Form {n}"), "Ann")
    for n in range(30):
        made = add_campaign(scene.app, TENANT, f"c{n}", CampaignDraft(f"Campaign {n}"), "Mo")
        scene.store.save_campaign(replace(made, state=type(made.state)("running")))
    plan, app = Plan(), scene.app
    app = replace(
        app,
        forms=faulty(app.forms, plan, "forms"),
        campaigns=faulty(app.campaigns, plan, "campaigns"),
        broadcasts=faulty(app.broadcasts, plan, "broadcasts"),
        mails=faulty(app.mails, plan, "mails"),
    )
    now = marketing_now(app, TENANT)
    assert (now.running, len(now.campaigns)) == (30, SHOWN)
    assert plan.calls.count("campaigns.step_numbers") == SHOWN
    assert plan.calls.count("forms.form_counts") == MOST_FORMS
    assert len(plan.calls) == SHOWN + MOST_FORMS + 4


def test_mails_of_a_broadcast_that_nobody_is_sure_of_wait_on_somebody() -> None:
    scene = Broadcasting()
    sent = scene.sent(scene.listed("first", scene.people(3)))
    mail = scene.mails(sent)[0]
    scene.store.save_mail(replace(mail, state=MailState.UNCLEAR))
    waits = marketing_now(scene.app, TENANT).waits
    assert waits == (Waits(Trouble.UNCLEAR, sent.broadcast_id, "March", 1),)
