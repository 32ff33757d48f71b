"""What a campaign names has to be there before it starts."""

from dataclasses import replace

import pytest

from funnel.adapters.dynamodb.codec import to_text
from funnel.domain.campaigns.campaigns import Asks, Branch, CampaignState, Comes, End, Start
from funnel.domain.errors import InputInvalid
from funnel.domain.forms.forms import FormId
from funnel.domain.ids import ListId, TenantId
from funnel.domain.segments.segments import (
    BehaviourTest,
    FieldTest,
    Group,
    ListTest,
    Match,
    Operator,
)
from funnel.domain.tracking.activities import ActivityKind
from funnel.usecases.campaigns.campaign_known import problems_of
from funnel.usecases.campaigns.edit_campaign import draft_of
from funnel.usecases.campaigns.keep_campaigns import (
    add_campaign,
    change_campaign,
    drafted,
    pause_campaign,
    resume_campaign,
)
from funnel.usecases.forms.keep_forms import switch_form
from funnel.usecases.segments.keep_segments import checked_segment_rule
from funnel.usecases.tracking.keep_sites import SiteChanges, change_site
from tests.fakes.world import TENANT
from tests.unit.usecases.campaigns.campaigning import Campaigning, steps_of


@pytest.fixture
def world() -> Campaigning:
    return Campaigning()


def state(world: Campaigning, form_id: str, key: str = "k") -> CampaignState:
    """How far a campaign comes that starts from this form."""
    start = Start(Comes.FORM, form_id=form_id)
    return world.run(world.draft(steps_of({"send": world.send}), start=start), key).state


@pytest.mark.feature("D9")
def test_a_campaign_that_starts_from_a_form_needs_one_that_takes_what_is_sent(
    world: Campaigning,
) -> None:
    form = world.form()
    theirs = replace(form, tenant=TenantId("other"), form_id=FormId(form.form_id[::-1]), version=0)
    world.store.save_form(theirs)
    off = world.form("Off")
    switch_form(world.app, TENANT, off.form_id, "Mo", active=False)
    for number, form_id in enumerate(("no-such-form", theirs.form_id, off.form_id, "")):
        with pytest.raises(InputInvalid, match="form that people come by is not there"):
            state(world, form_id, str(number))
    assert state(world, form.form_id) is CampaignState.RUNNING


def test_a_site_has_a_form_by_itself_from_which_a_campaign_can_start(world: Campaigning) -> None:
    form = world.form()
    assert state(world, form.site) is CampaignState.RUNNING
    site = world.app.sites.site(form.site)
    assert site is not None
    change_site(world.app, TENANT, site.key, SiteChanges(active=False))
    with pytest.raises(InputInvalid, match="form"):
        state(world, form.site, "late")


def test_one_that_was_started_goes_on_when_its_form_is_put_out_of_use(world: Campaigning) -> None:
    form = world.form()
    start = Start(Comes.FORM, form_id=form.form_id)
    campaign = world.run(world.draft(steps_of({"send": world.send}), start=start))
    switch_form(world.app, TENANT, form.form_id, "Mo", active=False)
    own = (world.app, TENANT, campaign.campaign_id)
    renamed = replace(draft_of(campaign), name="Autumn")
    changed = change_campaign(*own, renamed, campaign.version, "Mo")
    paused = pause_campaign(*own, changed.version, "Mo")
    assert resume_campaign(*own, paused.version, "Mo").state is CampaignState.RUNNING


def ruled(values: int, value: str = "x" * 40) -> Branch:
    """A branch whose rule has conditions with so many values each."""
    texts = tuple(f"{value}{n}" for n in range(values))
    test = FieldTest("company", Operator.IS, texts)
    return Branch(Asks.RULE, rule=Group(Match.ANY, (test,) * 50))


def test_a_campaign_whose_rules_are_too_large_to_be_kept_is_refused_and_says_why() -> None:
    world = Campaigning()
    steps = steps_of({"ask": ruled(80), "last": End()})
    small = add_campaign(world.app, TENANT, "k", world.draft(steps), "Mo")
    steps = steps_of({"ask": ruled(80), "next": ruled(80), "last": End()})
    draft = world.draft(steps)
    own = (world.app, TENANT, small.campaign_id)
    with pytest.raises(InputInvalid, match="too large") as caught:
        add_campaign(world.app, TENANT, "k2", draft, "Mo")
    assert (caught.value.field, bool(caught.value.mend)) == ("steps", True)
    with pytest.raises(InputInvalid, match="too large"):
        change_campaign(*own, draft, small.version, "Mo")
    with pytest.raises(InputInvalid, match="too large"):
        drafted(small, draft)
    assert len(world.store.campaigns(TENANT)) == 1


@pytest.mark.parametrize("value", ["", "ü", "\U0001f600" * 9, "x" * 700, '"'])
def test_what_is_let_through_fits_in_a_row(value: str) -> None:
    """The largest of each kind that is: a row has 409,600 bytes, with all that is kept beside it."""
    world = Campaigning()
    largest = 0
    for values in (0, 1, 5, 20, 50, 100, 200, 400, 800):
        steps = {f"s{n}": ruled(values, value) for n in range(1 if values > 1 else 90)}
        try:
            made = add_campaign(world.app, TENANT, f"k{values}", world.draft(steps_of(steps)), "Mo")
        except InputInvalid:
            continue
        largest = max(largest, len(to_text(made).encode()))
    assert 10_000 < largest < 390_000


def test_a_rule_of_a_segment_that_is_too_large_to_be_kept_is_refused() -> None:
    world = Campaigning()
    values = ["x" * 90 + str(n) for n in range(100)]
    test = {"test": "field", "field": "company", "operator": "is", "values": values}
    whole = {"match": "any", "parts": [test] * 50}
    assert len(checked_segment_rule(world.app, TENANT, {**whole, "parts": [test] * 20}).parts) == 20
    with pytest.raises(InputInvalid, match="too large") as caught:
        checked_segment_rule(world.app, TENANT, whole)
    assert caught.value.field == "rule"


def test_all_that_the_rule_of_a_branch_names_and_is_not_there_is_said_before_the_start() -> None:
    world = Campaigning()
    rule = Group(
        parts=(
            ListTest(ListId("nope")),
            Group(Match.ANY, (FieldTest("nose", Operator.IS, ("red",)),) * 2),
            BehaviourTest(ActivityKind.FORM, form="Nope"),
            BehaviourTest(ActivityKind.EMAIL_OPEN, email="Never"),
        )
    )
    steps = steps_of({"ask": Branch(Asks.RULE, rule=rule), "last": End()})
    made = add_campaign(world.app, TENANT, "k", world.draft(steps), "Mo")
    said = [one.what for one in problems_of(world.app, made) if one.step == "ask"]
    assert said == [
        "A list that it asks for is not there.",
        "There is no field “nose”.",
        "There is no form “Nope”.",
        "There is no email “Never”.",
    ]
    started = replace(made, started_at=world.clock.now())
    said = [one.what for one in problems_of(world.app, started) if one.step == "ask"]
    assert len(said) == 2, "what was done by a form or email that is gone still counts"
