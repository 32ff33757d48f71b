"""Before the rule of a segment is changed it is said into which campaigns whom it brings comes."""

import pytest

from funnel.domain.campaigns.campaigns import Campaign, Comes, End, Start, Step, StepId
from funnel.domain.ids import ListId
from funnel.domain.signing_in.tenants import Role
from funnel.usecases.campaigns.keep_campaigns import (
    CampaignDraft,
    add_campaign,
    end_campaign,
    pause_campaign,
    start_campaign,
)
from tests.browser.world import FULL, World
from tests.unit.web.asking import Client, signed_in
from tests.unit.web.segmenting import MULLER, made, work
from tests.unit.web.sent_forms import sent_form

END = StepId("end")
SAID = "comes into the campaign “A &amp; B”"


@pytest.fixture
def marketer(world: World) -> Client:
    return signed_in(world, FULL, Role.MARKETER)


def started(world: World, list_id: str) -> Campaign:
    start = Start(Comes.LIST, ListId(list_id), present=False)
    draft = CampaignDraft("A & B", start, END, {END: Step(END, End())})
    new = add_campaign(world.app, FULL, "k", draft, "Mo")
    return start_campaign(world.app, FULL, new.campaign_id, new.version, "Mo")


def test_changing_the_rule_of_a_segment_says_which_campaigns_take_in_whom_it_brings(
    world: World, marketer: Client
) -> None:
    list_id = made(marketer, MULLER)
    work(world)
    path = f"/app/segments/{list_id}/edit"
    assert "to-campaigns" not in marketer.get(path).text
    started(world, list_id)
    sent = sent_form(marketer.get(path).text)
    sent.pop("form_token")
    # Its name alone brings nobody in.
    assert marketer.send(path, **{**sent, "name": ["Others"]}).status == 303
    page = marketer.get(path).text
    assert "Campaigns start from this segment: “A &amp; B”" in page
    sent = sent_form(page)
    sent.pop("form_token")
    sent["rule.parts.0.values"] = ["Nakamura"]
    refused = marketer.send(path, **sent)
    assert (refused.status, SAID in refused.text) == (409, True)
    again = sent_form(refused.text)
    again.pop("form_token")
    assert again["rule.parts.0.values"] == ["Nakamura"]
    assert marketer.send(path, **{**again, "confirmed": ["yes"]}).status == 303


def test_by_the_api_it_is_confirmed_until_the_campaign_has_ended(
    world: World, marketer: Client
) -> None:
    list_id = made(marketer, MULLER)
    work(world)
    campaign = started(world, list_id)
    path = f"/api/app/segments/{list_id}"

    def changed(name: str, query: str = "") -> int:
        rule = {"match": "all", "parts": [{**MULLER, "values": [name]}]}
        version = marketer.call("GET", path).json["version"]
        return marketer.call("PATCH", path + query, {"version": version, "rule": rule}).status

    assert (changed("Ito"), changed("Ito", "?confirmed=yes")) == (409, 200)
    own = (world.app, FULL, campaign.campaign_id)
    paused = pause_campaign(*own, campaign.version, "Mo")
    assert changed("Rau") == 409
    end_campaign(*own, paused.version, "Mo")
    assert changed("Rau") == 200


def test_one_for_newcomers_says_that_its_segment_is_still_being_worked_out(
    world: World, marketer: Client
) -> None:
    list_id = made(marketer, MULLER)
    start = Start(Comes.LIST, ListId(list_id), present=False)
    draft = CampaignDraft("Later", start, END, {END: Step(END, End())})
    new = add_campaign(world.app, FULL, "k", draft, "Mo")
    path = f"/app/campaigns/{new.campaign_id}"
    text = "It is still being worked out who is on “Müllers”."
    assert text in marketer.get(path).text
    problems = marketer.call("GET", f"/api{path}/problems").json["items"]
    assert [one["text"] for one in problems] == [text]
    refused = marketer.send(f"{path}/start", version=str(new.version))
    assert (refused.status >= 400, text in refused.text) == (True, True)
    work(world)
    assert text not in marketer.get(path).text
    assert marketer.send(f"{path}/start", version=str(new.version)).status == 303
