"""Anonymous Visitors in a frame of a Sugar, and what reps and marketers say of companies."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import BrowserContext, expect

from funnel.domain.companies.company_databases import CompanyDatabases
from tests.browser.axe import problems
from tests.browser.companies import EVIL
from tests.browser.frames import SugarPage, frame_of, open_home, sugar_page
from tests.browser.site import Site
from tests.browser.world import FULL, NOW, World


@pytest.fixture
def context(context: BrowserContext) -> BrowserContext:
    """A browser whose clock is the world's."""
    context.clock.install(time=NOW)
    return context


@pytest.fixture
def home(world: World, site: Site) -> Iterator[SugarPage]:
    found = sugar_page(world, site, FULL, "sarah")
    yield found
    found.stop()


@pytest.mark.feature("E3")
def test_a_rep_sees_which_companies_were_there_how_they_came_and_what_they_read(
    context: BrowserContext, home: SugarPage
) -> None:
    frame = frame_of(open_home(context, home))
    rows = frame.locator(".companies > li")
    expect(rows.first).to_contain_text("Harbour Cranes AS")
    first = rows.first
    for text in (
        "7 visits",
        "3 people",
        "Bergen, Norway",
        "Pricing",
        "by Google",
        "1 became known",
    ):
        expect(first).to_contain_text(text)
    known = first.get_by_role("link", name="Anneliese Bergmann")
    assert "crm.nordwind.example" in (known.get_attribute("href") or "")
    acme = rows.filter(has_text="Acme Forwarding GmbH")
    expect(acme.get_by_role("link", name="Acme Forwarding")).to_have_attribute(
        "href",
        "https://crm.nordwind.example/index.php?module=Accounts&action=DetailView&record=a0",
    )
    assert first.get_by_role("img", name="Visits a day since").count() == 1
    expect(frame.get_by_text("visits by people at Internet providers")).to_be_visible()
    expect(frame.locator(".companies")).not_to_contain_text("Fjordnett")
    assert problems(frame) == []
    frame.locator("label", has_text="Today").click()
    expect(rows).to_have_count(2)
    frame.locator("label", has_text="30 days").click()
    expect(rows).to_have_count(7)
    frame.get_by_role("button", name="Most visits").click()
    expect(rows.nth(1)).to_contain_text("Tulip Logistics BV")
    expect(frame.get_by_role("button", name="Most visits")).to_have_attribute(
        "aria-pressed", "true"
    )


@pytest.mark.feature("E3")
def test_who_became_known_is_told_to_whose_prospect_it_is_under_that_ones_name(
    context: BrowserContext, site: Site, world: World
) -> None:
    sugar = sugar_page(world, site, FULL, "max")
    frame = frame_of(open_home(context, sugar))
    first = frame.locator(".companies > li").first
    expect(first.get_by_role("link", name="Einkauf Bergmann & Söhne")).to_be_visible()
    expect(first).not_to_contain_text("Anneliese")
    sugar.stop()


@pytest.mark.feature("E3")
def test_what_a_rep_says_of_a_company_counts_at_once_and_can_be_undone(
    context: BrowserContext, home: SugarPage
) -> None:
    frame = frame_of(open_home(context, home))
    rows = frame.locator(".companies > li")
    rows.get_by_role("button", name="Moreau et Fils SA").click()
    drawer = frame.get_by_role("dialog")
    expect(drawer).to_contain_text("The database of companies says so of this range")
    assert problems(frame) == []
    drawer.get_by_role("button", name="This is an Internet provider").press("Enter")
    expect(drawer).to_contain_text("Sarah Okafor said so")
    expect(rows.filter(has_text="Moreau")).to_have_count(0)
    drawer.get_by_role("button", name="Undo").press("Enter")
    expect(drawer.get_by_role("button", name="This is an Internet provider")).to_be_visible()
    expect(rows.filter(has_text="Moreau")).to_have_count(1)
    drawer.get_by_label("What it is called").fill("Moreau Group")
    drawer.get_by_role("button", name="Save the name").press("Enter")
    expect(drawer).to_contain_text("In the database: Moreau et Fils SA")
    frame.get_by_role("button", name="Close").press("Enter")
    expect(rows.filter(has_text="Moreau Group")).to_have_count(1)


@pytest.mark.feature("E3")
def test_a_rep_finds_a_company_among_what_is_not_shown(
    context: BrowserContext, home: SugarPage
) -> None:
    frame = frame_of(open_home(context, home))
    frame.get_by_role("button", name="Which?").click()
    drawer = frame.get_by_role("dialog")
    expect(drawer).to_contain_text("Fjordnett Telecom AS")
    assert problems(frame) == []
    drawer.get_by_role("button", name="This is a company: Fjordnett").click()
    expect(drawer).to_contain_text("Sarah Okafor said so")
    frame.get_by_role("button", name="Close").click()
    expect(frame.locator(".companies > li").filter(has_text="Fjordnett")).to_have_count(1)


@pytest.mark.feature("E3")
def test_names_titles_and_referrers_are_text_whatever_is_in_them(
    context: BrowserContext, home: SugarPage
) -> None:
    page = open_home(context, home)
    frame = frame_of(page)
    row = frame.locator(".companies > li").filter(has_text="onerror")
    expect(row).to_contain_text(f"{EVIL} read")
    row.get_by_role("button").first.click()
    expect(frame.get_by_role("dialog").get_by_role("heading", name=EVIL)).to_be_visible()
    assert frame.locator("img").count() == 0
    assert frame.title() != "1"


@pytest.mark.feature("E3")
@pytest.mark.parametrize(
    ("lacks", "says"),
    [
        ("site", "No web site is followed yet"),
        ("database", "Funnel does not know any companies' addresses yet"),
        ("visits", "No companies in this time"),
    ],
)
def test_an_empty_panel_says_why_and_what_to_do(
    context: BrowserContext, home: SugarPage, world: World, lacks: str, says: str
) -> None:
    world.store.companies.clear()
    if lacks == "site":
        for one in world.store.sites(FULL):
            world.store.save_site(replace(one, active=False))
    if lacks == "database":
        world.store.save_company_databases(CompanyDatabases(NOW))
    frame = frame_of(open_home(context, home))
    expect(frame.get_by_text(says)).to_be_visible()
    assert problems(frame) == []
