"""The whole story: from a segment nobody is in, through mail and a click, to the members of a Target List in Sugar."""

from dataclasses import replace

import pytest
from playwright.sync_api import expect

from funnel.domain.activities import ActivityKind
from funnel.domain.crm import Credentials
from funnel.domain.ids import Module, PersonId
from funnel.domain.mails import Sight
from funnel.domain.tenants import Role
from funnel.ports.system import RecordSight
from funnel.usecases.handle_message import handle_message
from funnel.usecases.keep_segments import add_segment
from funnel.usecases.start_campaigns import start_campaigns
from tests.browser.conftest import Watched, sign_in
from tests.browser.world import FULL, World
from tests.fakes.mailer import MemoryMailer
from tests.fakes.sugar import SITE, ModelConnector, ModelSugar

ADDRESS = "ina@kranz.example"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
WORTH_A_CALL = {
    "match": "all",
    "parts": [
        {"test": "field", "field": "title", "operator": "is", "values": ["Buys heavy cranes"]}
    ],
}


def work(world: World, sugar: ModelSugar) -> None:
    """The workers take what was asked for."""
    app = replace(world.app, crm=ModelConnector(sugar))
    for _ in range(500):
        message = world.queue.pop_next()
        if message is None:
            return
        handle_message(app, message, world.app.ids.new_id(), lambda: 600.0)
    raise AssertionError("The messages do not come to an end.")


def later(world: World, sugar: ModelSugar, hours: float) -> None:
    """So much later, with the schedule's tick."""
    world.clock.advance(hours * 3_600)
    start_campaigns(world.app)
    work(world, sugar)


def click(world: World, sugar: ModelSugar, person_id: PersonId) -> None:
    """Somebody clicks the link of the mail it got last, as people do."""
    mail = world.store.mails_of_person(FULL, person_id, 10).items[0]
    world.clock.advance(600)
    sight = Sight(
        mail.mail_id, "a click", ActivityKind.EMAIL_CLICK, world.clock.now(), "192.0.2.7", FIREFOX,
        link=1,
    )  # fmt: skip
    world.queue.send(RecordSight(FULL, sight))
    work(world, sugar)


@pytest.fixture
def sugar(world: World) -> ModelSugar:
    """A Sugar that may be written to, and has nobody but a user."""
    connection = world.store.connection(FULL)
    assert connection is not None
    ref = world.secrets.put(FULL, "sugar", Credentials("api", "right", SITE))
    world.store.save_connection(replace(connection, read_only=False, secret_ref=ref))
    made = ModelSugar(world.clock)
    made.put(Module.USERS, "sarah", user_name="sarah", last_name="Okafor", status="Active")
    return made


@pytest.mark.feature("D9")
@pytest.mark.feature("C1")
@pytest.mark.feature("C2")
def test_from_an_empty_segment_to_the_members_of_a_target_list_in_sugar(
    visitor: Watched, world: World, sugar: ModelSugar
) -> None:
    mailer = world.app.mailer
    assert isinstance(mailer, MemoryMailer)
    mailer.verified.add("nordwind-logistik.example")
    mailer.add_domain(FULL, "nordwind-logistik.example")
    segment = add_segment(world.app, FULL, "k", "Worth a call", WORTH_A_CALL, "Mo Sandberg")
    work(world, sugar)
    page = sign_in(visitor, world, FULL, Role.MARKETER)

    # An email, clicked?, then into Sugar with a call; the others are reminded.
    visitor.open("/app/campaigns/new?example=welcome")
    page.get_by_label("Name of the campaign").fill("Call whom it concerns")
    page.get_by_role("button", name="Create it").click()
    for name in ("Welcome", "Reminder"):
        page.locator(".step-name").get_by_role("link", name=name, exact=True).click()
        page.get_by_label("Email", exact=True).select_option(label="Offer after a visit")
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_text("Saved.", exact=True)).to_be_visible()
    page.locator(".step-name").get_by_role("link", name="Sync with Sugar").click()
    page.get_by_label("Owner in Sugar").select_option("chosen")
    page.get_by_label("Sarah Okafor").check()
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Settings").first.click()
    page.get_by_label("Who comes in", exact=True).and_(page.locator("select")).select_option("list")
    page.get_by_label("List or segment", exact=True).select_option(label="Worth a call")
    page.get_by_label("Sync this Campaign with Sugar").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("It can start.")).to_be_visible()

    page.get_by_role("link", name="Start", exact=True).click()
    expect(page.get_by_text("Nobody comes in at once.")).to_be_visible()
    page.get_by_role("button", name="Start it now").click()
    place = page.url.partition("?")[0]
    work(world, sugar)

    # Somebody comes to be in the segment: the mail goes out at once.
    visitor.open("/app/people/new")
    page.get_by_label("Last name").fill("Kranz")
    page.get_by_label("Email", exact=True).fill(ADDRESS)
    page.get_by_label("First name").fill("Ina")
    page.get_by_label("Company", exact=True).fill("Kranz KG")
    page.get_by_label("Title").fill("Buys heavy cranes")
    page.locator("main form button[type=submit]").first.click()
    claim = world.store.claims(FULL, [ADDRESS])[ADDRESS]
    work(world, sugar)
    assert world.store.lists(FULL, [segment.list_id])[segment.list_id].members == 1
    page.goto(place)
    expect(page.locator("#figures-1")).to_contain_text("1 sent")
    expect(page.locator("#figures-2")).to_contain_text("1 here now")

    later(world, sugar, hours=20)
    click(world, sugar, claim.person_id)
    later(world, sugar, hours=1)
    sign_in(visitor, world, FULL, Role.MARKETER)
    page.goto(place)
    expect(page.locator("#share-2-yes")).to_have_text("100 %")
    expect(page.locator("#totals")).to_contain_text("Through it")
    expect(page.locator("#figures-3")).to_contain_text("1 passed")

    # In Sugar: a Lead of Sarah's with a call, the Campaign, and the Lead on its Target List.
    (lead,) = sugar.tables[Module.LEADS].values()
    assert lead.fields["assigned_user_id"] == "sarah"
    assert "Tasks" in [module.value for module, _ in sugar.created]
    (campaign,) = sugar.campaigns.values()
    assert campaign.fields["name"] == "Call whom it concerns"
    (target_list,) = sugar.target_lists.values()
    assert target_list.members == {Module.LEADS: {lead.sugar_id}}
    visitor.open(f"/app/people/{claim.person_id}")
    expect(page.get_by_role("link", name="Call whom it concerns")).to_be_visible()
