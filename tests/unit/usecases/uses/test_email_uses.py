"""What uses an email: whatever sends it, and whatever names it in a rule."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from funnel.domain.broadcasts.broadcasts import Broadcast, BroadcastId, BroadcastState, Plan
from funnel.domain.campaigns.campaigns import (
    Action,
    Asks,
    Branch,
    Campaign,
    CampaignId,
    CampaignState,
    SendEmail,
    Step,
    StepId,
)
from funnel.domain.emails.emails import EmailId
from funnel.domain.errors import Conflict
from funnel.domain.scoring.scoring import Overlay, Rule
from funnel.domain.segments.segments import BehaviourTest, Group
from funnel.domain.tracking.activities import ActivityKind
from funnel.usecases.app import App
from funnel.usecases.emails.keep_emails import EmailWords, add_email, delete_email
from funnel.usecases.segments.keep_segments import add_segment, retire_segment
from funnel.usecases.uses.email_uses import uses_of, uses_of_each
from tests.browser.world import EMPTY, FULL, make_world

NOW = datetime(2026, 11, 24, tzinfo=UTC)
NAMED = BehaviourTest(ActivityKind.EMAIL_OPEN, email="offer")


@pytest.fixture
def app() -> App:
    return make_world().app


@pytest.fixture
def offer(app: App) -> EmailId:
    words = EmailWords("Offer", "For {{first_name|you}}", "<p>Hi</p>")
    return add_email(app, FULL, "offer", words, "Mo").email.email_id


def used(app: App, email_id: EmailId) -> list[tuple[str, str, str]]:
    return [(one.kind, one.name, one.address) for one in uses_of(app, FULL, email_id)]


def walk(app: App, action: Action) -> Campaign:
    steps = {StepId("s"): Step(StepId("s"), action)}
    made = Campaign(FULL, CampaignId("c"), "Walk", NOW, NOW, "Mo", first=StepId("s"), steps=steps)
    return app.campaigns.save_campaign(made)


def test_a_campaign_uses_what_it_sends_and_what_its_branches_name(app: App, offer: EmailId) -> None:
    expected = [("campaign", "Walk", "/app/campaigns/c")]
    saved = walk(app, SendEmail(offer))
    assert used(app, offer) == expected
    within = Group(parts=(Group(parts=(NAMED,)),))
    steps = {StepId("s"): Step(StepId("s"), Branch(Asks.RULE, rule=within))}
    saved = app.campaigns.save_campaign(replace(saved, steps=steps))
    assert used(app, offer) == expected
    app.campaigns.save_campaign(replace(saved, state=CampaignState.ENDED))
    assert used(app, offer) == []


@pytest.mark.parametrize("state", BroadcastState)
def test_a_broadcast_uses_its_email_until_it_is_over(
    app: App, offer: EmailId, state: BroadcastState
) -> None:
    plan = Plan("Spring", offer)
    app.broadcasts.save_broadcast(
        Broadcast(FULL, BroadcastId("b"), plan, NOW, "Mo", NOW, "Mo", state=state)
    )
    is_over = state in (BroadcastState.SENT, BroadcastState.CANCELLED)
    assert bool(used(app, offer)) is not is_over


def test_a_broadcast_of_long_ago_that_is_still_a_draft_uses_it(app: App, offer: EmailId) -> None:
    for number in range(230):
        at = NOW.replace(hour=number // 60, minute=number % 60)
        plan = Plan(f"No {number}", offer if number == 0 else EmailId("other"))
        app.broadcasts.save_broadcast(
            Broadcast(FULL, BroadcastId(f"b{number}"), plan, at, "Mo", at, "Mo")
        )
    assert [name for _, name, _ in used(app, offer)] == ["No 0"]


@pytest.mark.parametrize("by", ["OFFER", "for {{first_name|you}}", "its id"])
def test_a_segment_that_names_it_by_name_subject_or_id_uses_it(
    app: App, offer: EmailId, by: str
) -> None:
    named = offer if by == "its id" else by
    test = {"test": "behaviour", "kind": "email click", "email": named, "least": 1, "days": 30}
    whole = {"match": "none", "parts": [test]}
    made = add_segment(app, FULL, "k", "Cold", whole, "Mo")
    address = f"/app/segments/{made.list_id}"
    assert used(app, offer) == [("segment", "Cold", address)]
    with pytest.raises(Conflict, match="“Cold” uses this email"):
        delete_email(app, FULL, offer, 1)
    retire_segment(app, FULL, made.list_id, "Mo", retired=True)
    assert used(app, offer) == []


def test_a_rule_for_any_email_names_none(app: App, offer: EmailId) -> None:
    for key, pattern in (("any", ""), ("some", "Off*"), ("another", "Newsletter, winter")):
        test = {"test": "behaviour", "kind": "email open", "email": pattern, "least": 1}
        add_segment(app, FULL, key, key, {"match": "all", "parts": [test]}, "Mo")
    assert used(app, offer) == []


def test_rules_of_the_score_and_of_overlays_name_emails_too(app: App, offer: EmailId) -> None:
    rules = app.scoring.scoring_rules(FULL)
    clicked = Rule("r", "Clicked the offer", ActivityKind.EMAIL_CLICK, 5, email="Offer")
    overlay = Overlay("o", "Hot", rules.overlays[0].segment, 0, (replace(clicked, rule_id="x"),))
    app.scoring.save_scoring_rules(
        replace(rules, rules=(*rules.rules, clicked), overlays=(*rules.overlays, overlay))
    )
    assert used(app, offer) == [
        ("score", "Clicked the offer", "/app/scoring/rules/r"),
        ("overlay", "Hot", "/app/scoring/overlays/o"),
    ]
    assert uses_of(app, EMPTY, offer) == ()


def test_of_many_at_once_each_is_told_what_it_would_be_alone(app: App, offer: EmailId) -> None:
    walk(app, SendEmail(offer))
    plan, at = Plan("Spring", offer), NOW
    app.broadcasts.save_broadcast(Broadcast(FULL, BroadcastId("b"), plan, at, "Mo", at, "Mo"))
    test = {"test": "behaviour", "kind": "email open", "email": "Offer", "least": 1}
    add_segment(app, FULL, "k", "Cold", {"match": "all", "parts": [test]}, "Mo")
    heads = app.emails.emails(FULL)
    found = uses_of_each(app, FULL, heads)
    assert found == {one.email_id: uses_of(app, FULL, one.email_id) for one in heads}
    assert [one.kind for one in found[offer]] == ["campaign", "broadcast", "segment"]
    kinds = {use.kind for uses in found.values() for use in uses}
    assert {"campaign", "form"} < kinds, "the company has them too"
