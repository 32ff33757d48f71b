"""The whole story, by what people see and do: from a segment nobody is in to the members of a Target List in Sugar."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from time import time
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, expect

from local.mailbox.server import messages
from tests.stack.desk import PATIENCE, Desk, at_desk
from tests.stack.marketer import (
    CAMPAIGN,
    EMAIL,
    OVERLAY,
    POINTS,
    REMINDER,
    SEGMENT,
    Marketer,
)
from tests.stack.scene import Scene, eventually, new_scene

if TYPE_CHECKING:
    from local.stack.stack import Stack

INA, OLE = ("Ina", "Kranz"), ("Ole", "Vik")


@pytest.fixture
def scene(stack: "Stack") -> Iterator[Scene]:
    """A tenant that an admin has set up: a Sugar that may be written to, a site, and who sends mail."""
    with new_scene(stack, "Fjordline") as made:
        people = {"mo": ("Mo", "Sandberg"), "anna": ("Anna", "Ott")}
        for name, (first, last) in people.items():
            email = f"{name}@{made.domain}"
            made.company.hire(name, first_name=first, last_name=last, email1=email)
        assert made.connect()["status"] == "done"
        made.settings(read_only=False)
        made.allow_mail()
        site = {"name": "Fjordline", "domains": ["127.0.0.1"]}
        made.funnel.json("POST", "/api/app/sites", site)
        yield made


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """Where pictures go: the folder that PICTURES names, or one of pytest's."""
    folder = Path(os.environ.get("PICTURES") or tmp_path)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture
def desk(chromium: Browser, scene: Scene, pictures: Path) -> Iterator[Desk]:
    """The marketer's."""
    with at_desk(chromium, scene.stack, "desk", pictures) as found:
        yield found
        found.watched.check()


@pytest.fixture
def home(chromium: Browser, scene: Scene, pictures: Path) -> Iterator[Desk]:
    """A stranger's, who reads mail there, too."""
    with at_desk(chromium, scene.stack, "home", pictures) as found:
        yield found


def send_form(home: Desk, address: str, who: tuple[str, str], title: str) -> None:
    """As somebody does who comes to its page."""
    page = home.page
    page.goto(address)
    page.get_by_label("Email address").fill(f"{who[0].lower()}@reader.example")
    page.get_by_label("First name").fill(who[0])
    page.get_by_label("Last name").fill(who[1])
    page.get_by_label("Job title").fill(title)
    page.get_by_label("City").fill("Bergen")
    page.get_by_label("Company").fill(f"{who[1]} AS")
    home.see("form-hosted", in_all_looks=True)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()


def open_mail(home: Desk, scene: Scene, to: str, subject: str, after: float = 0) -> None:
    """In the mailbox, once it is there, and so many seconds after it came."""

    def arrived() -> list[int]:
        found = messages(scene.stack.aws.url)
        return [
            number
            for number, one in enumerate(found)
            if to in one["To"]
            and subject in one["Subject"]
            and scene.domain in one["Source"]
            and time() - one["Timestamp"] >= after
        ]

    eventually(f"{to} has “{subject}”", arrived)
    (number,) = arrived()
    home.page.goto(f"{scene.stack.mailbox.url}/mail/{number}")
    expect(home.page.get_by_role("heading", level=1)).to_contain_text(subject)


@pytest.mark.feature("D4")
@pytest.mark.feature("D5")
@pytest.mark.feature("D7")
@pytest.mark.feature("D8")
@pytest.mark.feature("D9")
@pytest.mark.feature("C1")
@pytest.mark.feature("C2")
def test_from_an_empty_segment_to_the_members_of_a_target_list_in_sugar(
    scene: Scene, desk: Desk, home: Desk
) -> None:
    marketer, page = Marketer(desk, f"{scene.stack.site.url}/pricing"), desk.page
    marketer.sign_in(scene.sign_in_page, "mo")
    marketer.build_segment()
    segment = page.url
    marketer.give_points()
    form = marketer.build_form()

    # Ole sends it: he is a person, in the segment, and has its points.
    send_form(home, form, OLE, "Head of logistics")
    page.goto(segment)
    desk.until(page.locator("tbody"), "Ole Vik")
    desk.see("segment-with-ole", in_all_looks=True)
    desk.follow("Ole Vik")
    desk.until(page.locator("#score tbody tr").filter(has_text=OVERLAY), f"+{POINTS}")
    desk.see("person-ole")

    marketer.write_email(REMINDER, "Still there, ", "We are, and so are our prices.")
    marketer.write_email(
        EMAIL, "Prices for ", "Freight from Bergen costs less than you think.", "See our prices"
    )
    marketer.send_test("Ole Vik", "Mo Sandberg")
    open_mail(home, scene, f"mo@{scene.domain}", "Prices for Ole")
    marketer.draw_campaign("Anna Ott")
    marketer.start_campaign("1 person comes in at once.")

    # Ina comes later, gets the email, and clicks.
    send_form(home, form, INA, "Fleet manager")
    open_mail(home, scene, "ina@reader.example", "Prices for Ina", after=8)
    letter = home.page.frame_locator("iframe")
    with home.page.context.expect_page() as opened:
        letter.get_by_role("link", name="See our prices").click()
    expect(opened.value).to_have_url(re.compile("/pricing"))
    opened.value.close()
    home.page.screenshot(path=home.pictures / "mailbox-ina.png")
    expect(page.locator("#figures-1")).to_contain_text("2 sent")
    # She waits there for a minute only.
    expect(page.locator("#figures-2")).to_contain_text(re.compile("here now|passed"))
    desk.see("campaign-running")

    # She goes by the yes; the diagram shows it while it is looked at.
    expect(page.locator("#figures-4")).to_contain_text("1 passed", timeout=4 * PATIENCE)
    expect(page.locator("#totals li").nth(1)).to_contain_text("1")
    desk.see("campaign-half-way", in_all_looks=True)
    look_in_sugar(home, scene)

    # Ole goes by the no.
    expect(page.locator("#figures-5")).to_contain_text("1 sent", timeout=4 * PATIENCE)
    expect(page.locator("#totals li").nth(1)).to_contain_text("2")
    expect(page.locator("#share-3-yes")).to_have_text("50 %")
    expect(page.locator("#share-3-no")).to_have_text("50 %")
    open_mail(home, scene, "ole@reader.example", "Still there, Ole")
    desk.see("campaign-through", in_all_looks=True)
    look_back(desk, marketer.prices)


def look_in_sugar(home: Desk, scene: Scene) -> None:
    """As an admin of Sugar: the Campaign, its Target List, and on it the Lead, which is Anna's with a call."""
    page, company = home.page, scene.company
    page.goto(scene.sugar.url)
    home.fill("User name", "admin")
    home.fill("Password", "admin")
    home.press("Sign in")
    home.follow("Campaigns")
    home.until(page.locator("tbody"), CAMPAIGN)
    home.follow(CAMPAIGN)
    home.until(page.locator("#subpanel_list"), "Target lists (1)")
    page.locator("#subpanel_list").get_by_role("link").click()
    home.until(page.locator("#subpanel_list"), "Leads (1)")
    page.screenshot(path=home.pictures / "sugar-target-list.png", full_page=True)
    page.locator("#subpanel_list").get_by_role("link", name="Ina Kranz").click()
    expect(page.get_by_label("Assigned to")).to_have_value(re.compile("."))
    expect(page.get_by_label("Assigned to").locator("option:checked")).to_have_text("Anna Ott")
    home.until(page.locator("#subpanel_list"), "Ask what they need")
    page.screenshot(path=home.pictures / "sugar-lead.png", full_page=True)
    (call,) = (company.get("Tasks", one) or {} for one in company.ids("Tasks"))
    assert call["assigned_user_id"] == (company.get("Leads", company.ids("Leads")[0]) or {})["assigned_user_id"]  # fmt: skip


def look_back(desk: Desk, prices: str) -> None:
    """In Funnel: the campaign in Sugar, what was clicked, and all of it at Ina's page."""
    page = desk.page
    desk.follow("In Sugar")
    desk.until(page.locator("main"), "In step with Sugar")
    desk.see("campaign-in-sugar", in_all_looks=True)
    desk.go_to("Emails")
    desk.follow(EMAIL)
    desk.follow("Results")
    desk.until(page.locator("main"), prices)
    desk.see("email-results", in_all_looks=True)
    desk.go_to("People")
    desk.follow("Ina Kranz")
    for text in (SEGMENT, OVERLAY, CAMPAIGN, "Prices for Ina", "Anna Ott", "Lead"):
        expect(page.locator("main")).to_contain_text(text)
    desk.see("person-ina", in_all_looks=True)
    desk.follow(CAMPAIGN)
    desk.see("walk-ina", in_all_looks=True)
