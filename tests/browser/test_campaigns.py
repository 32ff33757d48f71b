"""Campaigns in a real browser: drawn without overlap, edited by the keyboard, watched, and without scripts."""

import random

import pytest
from playwright.sync_api import Browser, Page, expect

from funnel.domain.campaigns.campaigns import Asks, Branch, Campaign, CampaignId, Step, StepId, Wait
from funnel.domain.ids import ListId
from funnel.domain.lists.lists import ListKind, PeopleList
from funnel.domain.signing_in.tenants import Role
from funnel.usecases.campaigns.steer_walk import take_out
from tests.browser.axe import problems
from tests.browser.campaigns import PAUSE, WEBINAR, WELCOME
from tests.browser.conftest import Watched, sign_in
from tests.browser.site import Site
from tests.browser.world import EMPTY, FULL, NOW, World

ROOT = f"/app/campaigns/{WELCOME}"
NAME = "Welcome after the winter fair"
DRAFT = f"/app/campaigns/{WEBINAR}"

OVERLAPS = """() => {
  const boxes = [...document.querySelectorAll(".step-card")].map((one) => one.getBoundingClientRect());
  let found = 0;
  boxes.forEach((a, at) => boxes.slice(at + 1).forEach((b) => {
    if (a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom) found += 1;
  }));
  return found;
}"""


@pytest.mark.feature("D9")
def test_a_marketer_draws_a_campaign_with_the_keyboard_alone(
    visitor: Watched, world: World
) -> None:
    page = sign_in(visitor, world, EMPTY, Role.MARKETER)
    visitor.open("/app/campaigns")
    page.get_by_role("link", name="An empty campaign").press("Enter")
    page.get_by_label("Name of the campaign").fill("After the fair")
    page.get_by_role("button", name="Create it").press("Enter")
    expect(page.get_by_text("No steps yet")).to_be_visible()

    page.get_by_role("link", name="Add a step at the start").press("Enter")
    expect(page.locator("#panel-title")).to_be_focused()
    page.get_by_role("link", name="Branch").press("Enter")
    page.get_by_label("What is asked").select_option("visited")
    expect(page.get_by_label("Email of this campaign")).to_be_hidden()
    page.get_by_label("Page", exact=True).fill("/pricing*")
    page.get_by_role("button", name="Add this step").press("Enter")
    expect(page.get_by_role("link", name="Visited /pricing*?")).to_be_visible()

    page.get_by_role("link", name="Add a step after the no of step 1").press("Enter")
    expect(page.locator("#panel-title")).to_be_focused()
    page.get_by_role("link", name="Wait").press("Enter")
    page.get_by_label("How long").fill("3")
    page.get_by_role("button", name="Add this step").press("Enter")
    wait = page.get_by_role("link", name="Wait 3 days")
    expect(wait).to_be_visible()

    wait.press("Enter")
    expect(page.locator("#panel-title")).to_be_focused()
    page.locator("summary", has_text="Where it leads").press("Enter")
    page.get_by_label("It leads to").select_option(label="Step 1: Visited /pricing*?")
    page.get_by_role("button", name="Connect").press("Enter")
    expect(page.get_by_role("link", name="Goes on at step 1")).to_be_visible()
    assert problems(page) == []

    page.get_by_role("link", name="Visited /pricing*?").press("Enter")
    expect(page.locator("#panel")).to_contain_text("Step 1 · Branch")
    expect(page.locator("#panel-title")).to_be_focused()
    page.get_by_role("link", name="Remove this step").press("Enter")
    page.get_by_role("radio", name="What comes after no").check()
    page.get_by_role("radio", name="What comes after yes").check()
    expect(page.locator("#gone-yes")).to_contain_text("Step 2: Wait 3 days")
    page.get_by_role("button", name="Remove").press("Enter")
    expect(page.get_by_text("No steps yet")).to_be_visible()


def test_escape_closes_what_is_open_beside_the_diagram_unless_something_was_typed(
    visitor: Watched, world: World
) -> None:
    page = sign_in(visitor, world, FULL)
    visitor.open(f"/app/campaigns/{WELCOME}")
    plus = page.locator("a.plus").first
    plus.press("Enter")
    expect(page.locator("#panel-title")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#panel")).to_be_empty()
    expect(plus).to_be_focused()
    page.locator(".step-name a[hx-get]").first.press("Enter")
    name = page.locator("#panel").get_by_label("Name", exact=True)
    name.fill("Mine")
    name.press("Escape")
    expect(name).to_have_value("Mine")


def test_the_cross_closes_what_is_open_and_the_focus_is_again_where_it_was(
    visitor: Watched, world: World
) -> None:
    page = sign_in(visitor, world, FULL)
    visitor.open(ROOT)
    cross, panel = page.locator("#panel [data-closes]"), page.locator("#panel")
    for opener in (page.locator("a.plus").nth(1), page.get_by_role("link", name="Wait 3 days")):
        opener.press("Enter")
        expect(page.locator("#panel-title")).to_be_focused()
        cross.press("Enter")
        expect(panel).to_be_empty()
        expect(opener).to_be_focused()
    assert page.url.endswith(ROOT), "the page was not left"


@pytest.mark.parametrize("scripts", [True, False])
def test_the_cross_of_a_page_of_its_own_leads_back_to_what_it_is_about(
    chromium: Browser, site: Site, world: World, scripts: bool
) -> None:
    context = chromium.new_context(java_script_enabled=scripts)
    visitor = Watched(context.new_page(), site)
    page = sign_in(visitor, world, FULL)
    for path, name in (
        ("steps/s4", "Wait 3 days"),
        ("steps/s4/remove", "Wait 3 days"),
        ("steps/new?after=s2&port=no&kind=wait", "Add a step after the no of step 2"),
        ("steps/new?after=&port=next", "Add a step at the start"),
    ):
        visitor.open(f"{ROOT}/{path}")
        page.locator("#panel [data-closes]").click()
        expect(page.get_by_role("link", name=name)).to_be_focused()
        expect(page.locator("#panel")).to_be_empty()
    page.get_by_role("link", name="Wait 3 days").click()
    page.get_by_label("How long").fill("5")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Do not save it").click()
    expect(page.get_by_role("link", name="Wait 3 days")).to_be_focused()
    visitor.check()
    context.close()


@pytest.mark.feature("D9")
def test_a_campaign_is_copied_once_by_however_many_clicks(visitor: Watched, world: World) -> None:
    page = sign_in(visitor, world, FULL, Role.MARKETER)
    visitor.open(ROOT)
    page.get_by_role("button", name="Copy").dblclick()
    expect(page.get_by_role("heading", level=1)).to_have_text("Copy of " + NAME)
    expect(page.get_by_text("This is the copy.")).to_be_visible()
    assert [one.name for one in world.store.campaigns(FULL)].count("Copy of " + NAME) == 1


@pytest.mark.feature("D9")
def test_of_many_lists_one_is_found_by_typing(visitor: Watched, world: World) -> None:
    for number in range(11):
        one = PeopleList(
            FULL, ListId(f"l{number}"), ListKind.MANUAL, f"Fair no. {number}", NOW, NOW
        )
        world.store.save_list(one)
    page = sign_in(visitor, world, FULL, Role.MARKETER)
    visitor.open(f"{DRAFT}/settings")
    lists, find = (
        page.get_by_label("List or segment", exact=True),
        page.get_by_label("Find a list by its name"),
    )
    find.fill("10 fair")
    expect(page.get_by_text("1 found: choose it above")).to_be_visible()
    assert lists.locator("option").all_inner_texts() == [
        "Choose a list or segment", "Fair no. 10", "Lead status: New",
    ]  # fmt: skip
    expect(lists).to_have_value("status-new")
    assert problems(page) == []
    find.press("Enter")
    lists.select_option(label="Fair no. 10")
    find.fill("no such list")
    expect(page.get_by_text("No list is called so")).to_be_visible()
    expect(lists).to_have_value("l10")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("The settings are saved.")).to_be_visible()
    campaign = world.store.campaign(FULL, WEBINAR)
    assert campaign is not None
    assert campaign.start.list_id == "l10"
    page.get_by_role("link", name="Add a step at the start").click()
    page.get_by_role("link", name="Change a list").click()
    find.fill("no. 7")
    expect(page.get_by_text("1 found: choose it above")).to_be_visible()
    page.get_by_label("List", exact=True).select_option(label="Fair no. 7")
    page.get_by_role("button", name="Add this step").click()
    expect(page.get_by_role("link", name="Fair no. 7")).to_be_visible()


@pytest.mark.feature("D9")
def test_what_a_change_does_to_people_is_read_before_it_is_saved(
    visitor: Watched, world: World
) -> None:
    page = sign_in(visitor, world, FULL, Role.MARKETER)
    visitor.open(ROOT)
    page.get_by_role("link", name="Wait 3 days").click()
    page.get_by_label("How long").fill("5")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#panel")).to_contain_text("stand at step 3, Wait 3 days")
    page.get_by_role("button", name="Save it so").click()
    expect(page.get_by_role("link", name="Wait 5 days")).to_be_visible()


@pytest.mark.feature("D9")
def test_numbers_change_while_one_looks_and_what_is_open_stays_open(
    visitor: Watched, world: World
) -> None:
    page = sign_in(visitor, world, FULL, Role.MARKETER)
    visitor.open(ROOT)
    before = int(page.locator("#totals strong").first.inner_text())
    page.get_by_role("link", name="Wait 3 days").click()
    page.get_by_label("Name", exact=True).fill("Not saved yet")
    walk = world.store.turns(FULL, WELCOME, ["anneliese"])["anneliese"].latest  # type: ignore[list-item,index]
    take_out(world.app, FULL, WELCOME, walk, "Mo Sandberg")
    page.evaluate("htmx.trigger(document.getElementById('totals'), 'poll')")
    expect(page.locator("#totals strong").first).to_have_text(str(before - 1))
    expect(page.locator("#announce")).to_contain_text(f"{before - 1} people are in the campaign")
    expect(page.get_by_label("Name", exact=True)).to_have_value("Not saved yet")
    page.get_by_role("link", name="Stuck people").or_(page.locator("#totals a")).first.click()
    page.get_by_role("button", name="Try again").press("Enter")
    expect(page.get_by_text("It is tried again.")).to_be_visible()


def any_campaign(seed: int) -> Campaign:
    """A campaign of a dozen steps that lead anywhere."""
    chance = random.Random(seed)
    ids = [StepId(f"s{n}") for n in range(12)]
    steps = {}
    for one in ids:
        ways = [chance.choice([*ids, StepId("")]) for _ in range(2)]
        is_branch = chance.random() < 0.45
        action = Branch(Asks.VISITED, page="/a-rather-long-path*") if is_branch else Wait(60)
        steps[one] = Step(one, action, ways[0], ways[1] if is_branch else StepId(""))
    own = CampaignId(f"any-{seed}")
    return Campaign(FULL, own, "Any", NOW, NOW, "", first=ids[0], steps=steps)


@pytest.mark.feature("D9")
def test_whatever_is_drawn_no_step_covers_another(visitor: Watched, world: World) -> None:
    page = sign_in(visitor, world, FULL, Role.MARKETER)
    for seed in range(6):
        kept = world.store.save_campaign(any_campaign(seed))
        visitor.open(f"/app/campaigns/{kept.campaign_id}")
        expect(page.locator(".step-card")).to_have_count(13)
        for width in (1280, 400):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate(OVERLAPS) == 0, f"campaign {seed} at {width} px"


def steps_shown(page: Page) -> list[str]:
    return page.locator(".step-number").all_inner_texts()


@pytest.mark.feature("D9")
def test_narrow_and_wide_show_the_steps_in_one_order(visitor: Watched, world: World) -> None:
    page = sign_in(visitor, world, FULL, Role.MARKETER)
    visitor.open(DRAFT)
    assert steps_shown(page) == [str(n) for n in range(1, 8)]
    page.set_viewport_size({"width": 400, "height": 800})
    tops = page.locator(".node > .step-card").evaluate_all(
        "all => all.map((one) => one.getBoundingClientRect().top)"
    )
    assert tops == sorted(tops)
    expect(page.get_by_text("Goes on below, at step 5")).to_have_count(2)


@pytest.mark.feature("D9")
def test_the_editor_works_without_scripts(chromium: Browser, site: Site, world: World) -> None:
    context = chromium.new_context(java_script_enabled=False)
    visitor = Watched(context.new_page(), site)
    page = sign_in(visitor, world, FULL, Role.MARKETER)
    visitor.open(DRAFT)
    page.get_by_role("link", name="Add a step after step 6").click()
    page.get_by_role("link", name="Change the score").click()
    page.get_by_label("Points").fill("10")
    page.get_by_role("button", name="Add this step").click()
    expect(page.get_by_role("link", name="+10 points")).to_be_visible()
    visitor.check()
    context.close()


@pytest.mark.feature("D9")
def test_a_persons_walk_is_found_from_the_person(visitor: Watched, world: World) -> None:
    page = sign_in(visitor, world, FULL, Role.MARKETER)
    visitor.open("/app/people/anneliese")
    page.get_by_role("link", name="Welcome after the winter fair").click()
    expect(page.get_by_text("Stands at step 3, Wait 3 days")).to_be_visible()
    expect(page.locator(".timeline li")).to_have_count(3)
    assert world.store.step_numbers(FULL, WELCOME)[PAUSE].walking > 0


@pytest.mark.feature("D9")
def test_a_branch_asks_a_rule_that_is_built_beside_the_diagram(
    visitor: Watched, world: World
) -> None:
    page = sign_in(visitor, world, FULL, Role.MARKETER)
    visitor.open(DRAFT)
    page.get_by_role("link", name="Add a step at the start").click()
    page.get_by_role("link", name="Branch").click()
    page.get_by_label("What is asked").select_option("rule")
    expect(page.get_by_label("Segment or list", exact=True)).to_be_hidden()
    first = page.get_by_label("Condition", exact=True)
    first.select_option(label="Sugar Sales Stage")
    page.locator("[id='rule.parts.0.values']").fill("Closed Won")
    page.get_by_role("button", name="Add a condition").click()
    expect(first).to_have_count(2)
    first.last.select_option(label="City")
    page.get_by_role("button", name="Add this step").click()
    expect(page.locator("#panel .field-error").first).to_be_visible()
    expect(first).to_have_count(2)
    assert problems(page) == []
    page.locator("[id='rule.parts.1.values']").fill("Oslo")
    page.get_by_role("button", name="Add this step").click()
    drawn = "Sugar Sales Stage is “Closed Won” and City is “Oslo”?"
    page.get_by_role("link", name=drawn).click()
    expect(first).to_have_count(2)
    page.get_by_role("button", name="Add a condition").click()
    expect(first).to_have_count(3)
    first.last.press("Escape")
    page.get_by_role("button", name="Add a condition").press("Escape")
    page.get_by_role("button", name="Add a condition").click()
    expect(first).to_have_count(4)
