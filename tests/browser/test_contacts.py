"""Marketers make, find, edit, import and export people in the browser; admins erase one."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import FilePayload, Page, expect

from funnel.domain.signing_in.tenants import Role
from funnel.ports.marketing_messages import DoPeopleJob
from funnel.usecases.work.do_people_job import do_people_job
from tests.browser.conftest import Watched, sign_in
from tests.browser.world import FULL, World

CSV = "Email;Surname;Shoe size;Umsatz\r\nnew@x.test;Nyström;40;1.250\r\nnone;Nil;41;\r\n"


@pytest.fixture
def marketer(visitor: Watched, world: World) -> Iterator[Page]:
    yield sign_in(visitor, world, FULL, Role.MARKETER)
    visitor.check()


def work(world: World) -> None:
    """The people worker takes its messages."""
    while world.queue.waiting:
        message = world.queue.pop_next()
        if isinstance(message, DoPeopleJob):
            do_people_job(world.app, message, lambda: 60.0)


@pytest.mark.feature("D1")
def test_a_marketer_makes_finds_edits_and_exports_people_and_an_admin_erases_one(
    visitor: Watched, world: World, marketer: Page
) -> None:
    page = marketer
    visitor.open("/app/people")
    page.get_by_role("link", name="New person").click()
    page.get_by_label("Email").fill("einkauf@bergmann-soehne.example")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("link", name="Open Anneliese Bergmann")).to_be_visible()
    page.get_by_label("Email").fill("lena@x.test")
    page.get_by_label("First name").fill("Lena")
    page.get_by_label("Last name").fill("Nyström")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("status").first).to_contain_text("The person is saved.")
    expect(page.get_by_role("heading", name="Lena Nyström", level=1)).to_be_visible()

    page.get_by_role("link", name="Edit").click()
    page.get_by_label("City").fill("Malmö")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#history")).to_contain_text("City")
    expect(page.locator("#history")).to_contain_text("in Funnel by Mo Sandberg")

    visitor.open("/app/people")
    page.get_by_label("Name, company or email address").fill("nystr le")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Lena Nyström")).to_be_visible()
    page.get_by_text("Filters", exact=True).click()
    page.get_by_label("In Sugar").select_option(label="Not in Sugar")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("row")).to_have_count(2)
    page.get_by_role("button", name="Export as CSV").click()
    expect(page.locator("#live").get_by_text("Writing.")).to_be_visible()
    work(world)
    expect(page.get_by_role("link", name="File 1")).to_be_visible()

    page.context.clear_cookies()
    page = sign_in(visitor, world, FULL, Role.ADMIN)
    visitor.open("/app/people?q=lena%40x.test")
    page.get_by_role("link", name="Lena Nyström").click()
    page.get_by_role("link", name="Erase…").click()
    page.get_by_role("button", name="Erase for good").click()
    expect(page.get_by_text("Type: lena@x.test")).to_be_visible()
    page.get_by_label("Type lena@x.test to confirm").fill("lena@x.test")
    page.get_by_role("button", name="Erase for good").click()
    work(world)
    expect(page.get_by_text("Nothing that tells who it was is left here.")).to_be_visible()
    page.get_by_role("link", name="Erasures").click()
    expect(page.get_by_role("row")).to_have_count(3)
    visitor.open("/app/people?q=nystr")
    expect(page.get_by_text("Nobody found")).to_be_visible()


@pytest.mark.feature("D1")
def test_a_file_is_imported_after_a_look_at_what_it_would_do(
    visitor: Watched, world: World, marketer: Page
) -> None:
    page = marketer
    visitor.open("/app/people")
    page.get_by_role("link", name="Import").click()
    page.get_by_role("button", name="See what it would do").click()
    expect(page.get_by_text("Choose a file.")).to_be_visible()
    file = FilePayload(name="fair.csv", mimeType="text/csv", buffer=CSV.encode("cp1252"))
    page.get_by_label("CSV file").set_input_files(file)
    page.get_by_role("button", name="See what it would do").click()
    expect(page.get_by_role("heading", name="Import of fair.csv")).to_be_visible()
    expect(page.get_by_label("Surname")).to_have_value("last_name")
    expect(page.get_by_role("row", name=re.compile("^2 "))).to_contain_text("New person")
    expect(page.get_by_role("row", name=re.compile("^3 "))).to_contain_text("email address")
    page.get_by_label("Shoe size").select_option(label="Department")
    page.get_by_label("Umsatz").select_option(label="Turnover")
    page.get_by_role("button", name="Look again").click()
    expect(page.get_by_role("row", name=re.compile("^2 "))).to_contain_text("Department: 40")
    expect(page.get_by_role("row", name=re.compile("^2 "))).to_contain_text("Turnover: 1.25")
    expect(page.get_by_text("“1.250” can be read both ways")).to_be_visible()
    page.get_by_label("1.250,50").check()
    page.get_by_role("button", name="Look again").click()
    expect(page.get_by_role("row", name=re.compile("^2 "))).to_contain_text("Turnover: 1,250")
    page.get_by_role("button", name="Import", exact=True).click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    work(world)
    expect(page.locator("#live").get_by_text("The import is done.")).to_be_visible()
    expect(page.get_by_role("link", name="Rows left out, as CSV")).to_be_visible()
    visitor.open("/app/people?q=nystr")
    page.get_by_role("link", name="Nyström").click()
    expect(page.locator("#history")).to_contain_text(re.compile(r"Turnover.*1250"))
