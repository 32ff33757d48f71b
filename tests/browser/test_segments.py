"""A marketer builds a segment by keyboard, sees whom it finds, and asks why somebody is in it."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from funnel.domain.signing_in.tenants import Role
from funnel.ports.marketing_messages import DoPeopleJob, Relist, Rescore
from funnel.usecases.work.handle_message import handle_message
from tests.browser.axe import problems
from tests.browser.conftest import Watched, sign_in
from tests.browser.segments import READY
from tests.browser.watched import settle
from tests.browser.world import FULL, World


def work(world: World) -> None:
    """What the worker does with the messages that are there."""
    while (message := world.queue.pop()) is not None:
        if isinstance(message, Relist | Rescore | DoPeopleJob):
            handle_message(world.app, message, "worker", lambda: 60.0)


def press(page: Page, name: str) -> None:
    """Press a button by keyboard alone."""
    settle(page)
    button = page.get_by_role("button", name=name, exact=True)
    button.focus()
    button.press("Enter")


@pytest.mark.feature("D5")
def test_a_nested_segment_is_built_by_keyboard_with_its_count_and_saved(
    visitor: Watched, world: World
) -> None:
    page = sign_in(visitor, world, FULL, Role.MARKETER)
    visitor.open("/app/segments")
    page.get_by_role("link", name="New segment").press("Enter")
    expect(page.locator("#look")).to_contain_text("Condition 1 does not say yet what to look at.")
    page.get_by_label("Condition", exact=True).focus()
    page.get_by_label("Condition", exact=True).select_option("Last name")
    values = page.get_by_label("Values, one a line")
    expect(page.get_by_label("Condition", exact=True)).to_be_focused()
    values.fill("Müller\nNakamura")
    expect(page.locator("#look .big")).to_have_text(re.compile(r"^[1-9]\d*$"))
    both = int(page.locator("#look .big").inner_text())
    press(page, "Add a group to the rule")
    expect(page.locator("[id='rule.parts.1.match']")).to_be_focused()
    page.locator("[id='rule.parts.1.match']").select_option("None of these is true")
    page.locator("[id='rule.parts.1.parts.0.what']").select_option("Last name")
    page.locator("[id='rule.parts.1.parts.0.values']").fill("nakamura")
    look = page.locator("#look")
    expect(look).to_contain_text("and not (Last name is “nakamura”)")
    expect(look.locator(".big")).not_to_have_text(str(both))
    expect(page.locator("#announce")).to_have_text(re.compile(r"\d+ (people fit|person fits)"))
    assert problems(page) == []
    page.get_by_label("Name").fill("Müllers by keyboard")
    page.get_by_role("button", name="Save").press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("The segment is added.")
    expect(page.get_by_role("heading", name="Working out who is in which segment")).to_be_visible()
    work(world)
    expect(page.get_by_role("heading", name="Working out who is")).to_have_count(0)
    page.reload()
    expect(page.locator("tbody")).to_contain_text("Amélie Müller")
    expect(page.locator("tbody")).not_to_contain_text("Nakamura")


@pytest.mark.feature("D5")
def test_parts_are_moved_and_removed_and_the_focus_stays_with_them(
    visitor: Watched, world: World
) -> None:
    page = sign_in(visitor, world, FULL, Role.MARKETER)
    page.set_viewport_size({"width": 400, "height": 800})
    visitor.open(f"/app/segments/{READY}/edit")
    press(page, "Down Condition 1")
    expect(page.get_by_role("button", name="Down Condition 2", exact=True)).to_be_focused()
    press(page, "Into the group Condition 2")
    moved = page.get_by_role("button", name="Out of the group Condition 2.1", exact=True)
    expect(moved).to_be_focused()
    expect(page.locator("[id='rule.parts.1.parts.0.what']")).to_have_value("field:sales_stage")
    moved.press("Enter")
    expect(page.locator("[id='rule.parts.2.what']")).to_have_value("field:sales_stage")
    press(page, "Remove Condition 3")
    expect(page.locator("[id='rule.parts.2.what']")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth") <= 400


@pytest.mark.feature("D5")
def test_enter_in_a_value_counts_and_does_not_save(visitor: Watched, world: World) -> None:
    page = sign_in(visitor, world, FULL, Role.MARKETER)
    visitor.open("/app/segments/new")
    page.get_by_label("Condition", exact=True).select_option("Score")
    page.get_by_label("Value", exact=True).fill("30")
    page.get_by_label("Value", exact=True).press("Enter")
    expect(page.locator("#look")).to_contain_text("Score is at least 30")
    expect(page.locator("#look .big")).to_have_text("2")
    expect(page).to_have_url(re.compile("/app/segments/new$"))


@pytest.mark.feature("D5")
def test_what_is_chosen_before_the_scripts_have_come_is_drawn_when_they_have(
    visitor: Watched, world: World
) -> None:
    page, held = sign_in(visitor, world, FULL, Role.MARKETER), list[Route]()

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/htmx.min.js", hold)
    with page.expect_request("**/htmx.min.js"):
        page.goto(f"{visitor.site.url}/app/segments/new", wait_until="commit")
    page.get_by_label("Condition", exact=True).select_option("City")
    held[0].continue_()
    page.get_by_label("Values, one a line").fill("Hamburg")
    expect(page.locator("#look")).to_contain_text("City is “Hamburg”")


@pytest.mark.feature("D5")
def test_what_is_typed_while_the_rule_is_drawn_anew_stays(visitor: Watched, world: World) -> None:
    page, held = sign_in(visitor, world, FULL, Role.MARKETER), list[Route]()
    visitor.open("/app/segments/new")
    page.get_by_label("Condition", exact=True).select_option("City")
    values = page.locator("[id='rule.parts.0.values']")
    values.fill("Ham")
    page.route("**/segments/new", lambda route: held.append(route))
    page.get_by_label("How", exact=True).select_option("contains")
    expect(page.locator("#rule")).to_have_attribute("aria-busy", "true")
    values.fill("Hamburg")
    page.locator("[id='rule.match']").select_option("Any of these is true")
    page.unroute("**/segments/new")
    held[0].continue_()
    expect(page.locator("#rule")).not_to_have_attribute("aria-busy", "true")
    expect(page.locator("#look")).to_contain_text("City contains “Hamburg”")
    expect(values).to_have_value("Hamburg")
    expect(values).to_have_attribute("placeholder", "Values, one a line")
    expect(page.locator("[id='rule.match']")).to_have_value("any")


@pytest.mark.feature("D5")
def test_what_is_chosen_in_a_part_that_has_just_come_is_drawn(
    visitor: Watched, world: World
) -> None:
    page = sign_in(visitor, world, FULL, Role.MARKETER)
    visitor.open("/app/segments/new")
    page.evaluate(
        """() => document.body.addEventListener("htmx:afterSwap", () => {
             const choice = document.getElementById("rule.parts.1.what");
             if (!choice || choice.value) return;
             choice.value = "field:city";
             choice.dispatchEvent(new Event("change", {bubbles: true}));
           })"""
    )
    page.get_by_role("button", name="Add a condition to the rule", exact=True).click()
    page.locator("[id='rule.parts.1.values']").fill("Hamburg")


@pytest.mark.feature("D6")
def test_fields_of_sugar_say_how_several_opportunities_count(
    visitor: Watched, world: World
) -> None:
    page = sign_in(visitor, world, FULL, Role.MARKETER)
    visitor.open("/app/segments/new")
    offered = page.locator("optgroup[label='From Sugar'] option").all_inner_texts()
    assert len(offered) == 9
    page.get_by_label("Condition", exact=True).select_option("Sugar Opportunity amount, EUR")
    told = page.get_by_text("true of any of the person's opportunities")
    expect(told.first).to_be_visible()
    expect(page.get_by_text("compared in Sugar's base currency, EUR")).to_be_visible()
    page.get_by_label("How", exact=True).select_option("is at least")
    page.get_by_label("Value", exact=True).fill("1000")
    expect(page.locator("#look")).to_contain_text("Sugar Opportunity amount, EUR is at least 1000")


@pytest.mark.feature("D5")
def test_why_somebody_is_not_in_it_is_told_part_by_part(visitor: Watched, world: World) -> None:
    page = sign_in(visitor, world, FULL, Role.MARKETER)
    visitor.open(f"/app/segments/{READY}")
    page.get_by_label("Somebody's name, company or email address").fill("Amélie Müller")
    page.get_by_role("button", name="Search").press("Enter")
    page.get_by_role("link", name="Why? Amélie Müller").first.press("Enter")
    answer = page.locator("#why")
    expect(answer).to_contain_text("Amélie Müller is not in this segment.")
    expect(
        answer.locator(".why-parts li").filter(has_text="visited /pricing").last
    ).to_contain_text("It happened 2 times.")
    assert problems(page) == []


@pytest.mark.feature("D4")
def test_an_overlay_is_added_and_a_persons_score_names_it(visitor: Watched, world: World) -> None:
    page = sign_in(visitor, world, FULL, Role.MARKETER)
    visitor.open("/app/scoring")
    page.get_by_role("link", name="Add an overlay").press("Enter")
    page.get_by_label("Name").fill("Ready to sign")
    label = "Ready to <buy> (still being worked out)"
    page.get_by_label("Segment", exact=True).select_option(label)
    page.get_by_label("Points", exact=True).fill("11")
    page.get_by_role("button", name="Save").press("Enter")
    expect(page.get_by_role("status").first).to_have_text("The overlay is added.")
    work(world)
    visitor.open("/app/people/person-3")
    expect(page.locator("#score tbody tr").filter(has_text="Ready to sign")).to_contain_text("+11")
    expect(page.locator("#score h2 + p")).to_have_text("11")


@pytest.mark.feature("D5")
def test_people_found_are_put_on_a_list_by_hand_and_taken_off_at_the_person(
    visitor: Watched, world: World
) -> None:
    page = sign_in(visitor, world, FULL, Role.MARKETER)
    visitor.open("/app/people?q=berg")
    page.get_by_label("Choose all on this page").check()
    page.locator("#on-list-choice").select_option("A new list …")
    page.get_by_role("button", name="Put the chosen on the list").press("Enter")
    page.get_by_label("Name").fill("Bergs")
    page.get_by_role("button", name="Make the list").press("Enter")
    expect(page.locator("tbody")).to_contain_text("Anneliese Bergmann")
    page.get_by_role("link", name="Anneliese Bergmann").press("Enter")
    page.get_by_role("button", name="Take off Bergs").press("Enter")
    expect(page.get_by_role("status").first).to_have_text("Taken off the list.")
    expect(page.locator("#lists a").filter(has_text="Bergs")).to_have_count(0)
