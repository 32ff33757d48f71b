"""What a campaign names has to be there before it starts."""

from dataclasses import replace

import pytest

from funnel.domain.campaigns import CampaignState, Comes, Start
from funnel.domain.errors import InputInvalid
from funnel.domain.forms import FormId
from funnel.domain.ids import TenantId
from funnel.usecases.edit_campaign import draft_of
from funnel.usecases.keep_campaigns import (
    change_campaign,
    pause_campaign,
    resume_campaign,
)
from funnel.usecases.keep_forms import switch_form
from funnel.usecases.keep_sites import SiteChanges, change_site
from tests.fakes.world import TENANT
from tests.unit.usecases.campaigning import Campaigning, steps_of


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
