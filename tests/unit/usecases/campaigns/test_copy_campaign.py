"""A copy of a campaign does the same and has nothing of its people; it is made once for each key."""

from dataclasses import replace
from datetime import timedelta

import pytest

from funnel.domain.campaigns.campaigns import (
    LONGEST_NAME,
    Asks,
    Branch,
    Campaign,
    CampaignId,
    CampaignState,
    Comes,
    SendingWindow,
    Start,
    SugarCampaign,
    Wait,
)
from funnel.domain.errors import InputInvalid, NotFound
from funnel.domain.ids import TenantId
from funnel.usecases.campaigns import keep_campaigns
from funnel.usecases.campaigns.copy_campaign import copy_campaign
from funnel.usecases.campaigns.keep_campaigns import end_campaign, start_campaign
from funnel.usecases.emails.keep_emails import delete_email
from funnel.usecases.uses.email_uses import uses_of
from tests.fakes.world import TENANT
from tests.unit.usecases.campaigns.campaigning import ASK, SEND, WAIT, Campaigning, steps_of

pytestmark = pytest.mark.feature("D9")


def ran(base: Campaigning) -> Campaign:
    """One that ran, is in Sugar, lost a step since it was started, and has ended."""
    asks = Branch(Asks.CLICKED, SEND, within_minutes=60)
    steps = steps_of({"send": base.send, "ask": asks, "wait": Wait(60)}, no="wait")
    start = Start(Comes.LIST, base.list, again_days=3, leaves=True)
    made = base.run(base.draft(steps, start=start, window=SendingWindow(), timezone="Europe/Oslo"))
    detours = {WAIT: ASK}
    base.store.save_campaign(replace(made, sugar=SugarCampaign(active=True), detours=detours))
    version = made.version + 1
    return end_campaign(base.app, TENANT, made.campaign_id, version, "Mo")


def test_a_copy_is_a_draft_that_does_the_same_with_nobody_in_it() -> None:
    base = Campaigning()
    base.on_list()
    model = ran(base)
    base.clock.advance(timedelta(days=1).total_seconds())
    copy = copy_campaign(base.app, TENANT, model.campaign_id, "k", "Ada")
    now = base.clock.now()
    assert copy == Campaign(
        TENANT, copy.campaign_id, "Copy of Trial", now, now, "Ada", CampaignState.DRAFT,
        model.start, model.first, model.steps, "Europe/Oslo", SendingWindow(),
        SugarCampaign(active=True), version=1,
    )  # fmt: skip
    assert copy.campaign_id != model.campaign_id
    assert base.numbers(copy) == {}
    assert base.store.turns(TENANT, copy.campaign_id, [base.ann]) == {}
    assert base.store.campaign(TENANT, model.campaign_id) == model
    assert [one.name for one in uses_of(base.app, TENANT, base.email)] == ["Copy of Trial"]


def test_a_copy_starts_by_nobody_but_whoever_starts_it_and_has_its_own_people_and_mail() -> None:
    base = Campaigning()
    base.on_list()
    model = base.run(base.draft(steps_of({"send": base.send, "wait": Wait(600)})))
    copy = copy_campaign(base.app, TENANT, model.campaign_id, "k", "Ada")
    base.tick(hours=1)
    assert base.numbers(copy) == {}
    assert len(base.mails()) == 1
    start_campaign(base.app, TENANT, copy.campaign_id, copy.version, "Ada")
    base.work()
    assert len(base.mails()) == 2
    assert (base.numbers(copy)[WAIT].walking, base.numbers(model)[WAIT].walking) == (1, 1)


def test_asked_twice_it_is_copied_once_and_by_another_key_or_of_another_once_more() -> None:
    base = Campaigning()
    model = base.run(base.draft(steps_of({"send": base.send})))
    first = copy_campaign(base.app, TENANT, model.campaign_id, "k", "Ada")
    assert copy_campaign(base.app, TENANT, model.campaign_id, "k", "Mo") == first
    of_copy = copy_campaign(base.app, TENANT, first.campaign_id, "k", "Ada")
    again = copy_campaign(base.app, TENANT, model.campaign_id, "l", "Ada")
    ids = {one.campaign_id for one in base.store.campaigns(TENANT)}
    assert ids == {one.campaign_id for one in (model, first, of_copy, again)}
    assert len(ids) == 4


def test_two_at_once_make_one(monkeypatch: pytest.MonkeyPatch) -> None:
    base = Campaigning()
    model = base.run(base.draft(steps_of({"send": base.send})))
    known, found = base.store.campaign, list[Campaign]()

    def meets(tenant: TenantId, campaign_id: CampaignId) -> Campaign | None:
        stored = known(tenant, campaign_id)
        if stored is None:
            monkeypatch.undo()
            found.append(copy_campaign(base.app, TENANT, model.campaign_id, "k", "Ada"))
        return stored

    monkeypatch.setattr(base.store, "campaign", meets)
    copy = copy_campaign(base.app, TENANT, model.campaign_id, "k", "Mo")
    assert (copy.changed_by, found) == ("Ada", [copy])
    assert len(base.store.campaigns(TENANT)) == 2


def test_a_long_name_is_cut_and_there_is_an_end_to_campaigns(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    base = Campaigning()
    model = base.run(replace(base.draft(steps_of({"send": base.send})), name="n" * LONGEST_NAME))
    copy = copy_campaign(base.app, TENANT, model.campaign_id, "k", "Ada")
    assert copy.name == "Copy of " + "n" * (LONGEST_NAME - 8)
    monkeypatch.setattr(keep_campaigns, "MOST_CAMPAIGNS", 2)
    assert copy_campaign(base.app, TENANT, model.campaign_id, "k", "Ada") == copy
    with pytest.raises(InputInvalid, match="2 campaigns already"):
        copy_campaign(base.app, TENANT, model.campaign_id, "l", "Ada")
    with pytest.raises(NotFound):
        copy_campaign(base.app, TENANT, CampaignId("no"), "k", "Ada")


def test_of_an_email_that_is_gone_since_the_copy_says_that_it_is_to_be_mended() -> None:
    base = Campaigning()
    model = ran(base)
    delete_email(base.app, TENANT, base.email, 1)
    copy = copy_campaign(base.app, TENANT, model.campaign_id, "k", "Ada")
    with pytest.raises(InputInvalid, match="email"):
        start_campaign(base.app, TENANT, copy.campaign_id, copy.version, "Ada")
