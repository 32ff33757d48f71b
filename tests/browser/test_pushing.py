"""Adding a person to Sugar in a real browser, by the keyboard: edited, looked at, done and linked."""

from dataclasses import replace

import pytest
from playwright.sync_api import expect

from funnel.domain.crm import Credentials
from funnel.domain.ids import Module
from funnel.domain.signing_in.tenants import Role
from funnel.usecases.work.handle_message import handle_message
from tests.browser.conftest import Watched, sign_in
from tests.browser.world import FULL, World
from tests.fakes.sugar import SITE, ModelConnector, ModelSugar

PERSON = "/app/people/anneliese"


def work(world: World, sugar: ModelSugar) -> None:
    """The workers take what was asked for."""
    app = replace(world.app, crm=ModelConnector(sugar))
    while (message := world.queue.pop_next()) is not None:
        handle_message(app, message, world.app.ids.new_id(), lambda: 600.0)


@pytest.fixture
def sugar(world: World) -> ModelSugar:
    """A Sugar that may be written to, and has nobody."""
    connection = world.store.connection(FULL)
    assert connection is not None
    ref = world.secrets.put(FULL, "sugar-1", Credentials("api", "right", SITE))
    world.store.save_connection(replace(connection, read_only=False, secret_ref=ref))
    made = ModelSugar(world.clock)
    made.put(Module.USERS, "sarah", user_name="sarah", last_name="Okafor", status="Active")
    return made


@pytest.mark.feature("C3")
@pytest.mark.feature("C5")
@pytest.mark.feature("C10")
def test_a_marketer_saves_a_person_looks_what_would_be_done_and_adds_it_with_a_task(
    visitor: Watched, world: World, sugar: ModelSugar
) -> None:
    page = sign_in(visitor, world, FULL, Role.MARKETER)
    visitor.open(f"{PERSON}/edit")
    page.get_by_label("Title").fill("Head of purchasing")
    page.get_by_role("button", name="Save and add to Sugar").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Add to Sugar")
    page.get_by_label("If nobody has the address, create a").select_option("Contact")
    page.get_by_label("Assigned to").select_option("sarah")
    page.get_by_label("What is to be done").select_option("Call")
    page.get_by_role("button", name="Look first").press("Enter")
    subject = page.get_by_label("Subject")
    expect(page.locator("#e-subject")).to_contain_text("Enter what the task is about.")
    subject.fill("Ask about the spring order")
    page.get_by_role("button", name="Look first").press("Enter")
    expect(page.locator("#live")).to_contain_text("Nothing is written")
    work(world, sugar)
    live = page.locator("#live")
    expect(live).to_contain_text("Nothing has been written yet")
    expect(live.get_by_role("listitem")).to_have_count(3)
    expect(live).to_contain_text("Head of purchasing")
    assert sugar.created == []

    page.get_by_role("button", name="Add to Sugar").press("Enter")
    expect(live).to_contain_text("Writing to Sugar")
    work(world, sugar)
    expect(live).to_contain_text("Sugar has it")
    links = live.get_by_role("link", name="Open in Sugar")
    expect(links).to_have_count(3)
    assert [module.value for module, _ in sugar.created] == ["Accounts", "Contacts", "Tasks"]
    (contact,) = sugar.tables[Module.CONTACTS].values()
    assert contact.sugar_id in (links.nth(1).get_attribute("href") or "")
    visitor.open(PERSON)
    expect(page.locator("#history")).to_contain_text("Created in Sugar")


@pytest.mark.feature("C3")
def test_while_the_connection_only_reads_the_page_says_what_it_waits_for(
    visitor: Watched, world: World
) -> None:
    page = sign_in(visitor, world, FULL, Role.MARKETER)
    visitor.open(f"{PERSON}/push")
    expect(page.get_by_text("The connection only reads")).to_be_visible()
    page.get_by_role("button", name="Add to Sugar").click()
    expect(page.get_by_text("Waits until the connection may write")).to_be_visible()
