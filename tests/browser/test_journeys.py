"""What people do, in a real browser, by mouse and by keyboard."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from funnel.domain.ids import JobId, Module
from funnel.domain.mapping.mapping import Rule
from funnel.domain.signing_in.tenants import Role
from funnel.domain.sync.runs import JobStatus, ModuleStatus, Note, RunKind, RunStatus
from funnel.ports.sync_messages import DoJob
from funnel.usecases.connecting.connection import connection_of
from funnel.usecases.signing_in.sign_in import create_link
from tests.browser.conftest import Watched, sign_in
from tests.browser.serve import advanced
from tests.browser.site import Site
from tests.browser.world import EMPTY, FULL, NOW, REFUSED, RUNNING, World, preflight_result

SUGAR = "https://crm.nordwind.example/index.php?module="


def next_job(world: World) -> JobId:
    message = world.queue.pop()
    assert isinstance(message, DoJob)
    return message.job_id


def test_a_link_signs_in_once_and_signing_out_ends_it(visitor: Watched, world: World) -> None:
    token = create_link(world.app, FULL, Role.ADMIN, "Ada Brandt")
    page = visitor.open(f"/sign-in/link?token={token}")
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(re.compile("/app$"))
    expect(page.get_by_text("Ada Brandt").first).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="You are signed out")).to_be_visible()
    visitor.open("/app/people")
    expect(page).to_have_url(re.compile(rf"/sign-in/{FULL}\?next=%2Fapp%2Fpeople$"))
    visitor.open(f"/sign-in/link?token={token}")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="This link no longer works")).to_be_visible()


@pytest.mark.feature("A2")
def test_connecting_shows_the_test_as_it_goes_and_starts_the_first_sync(
    visitor: Watched, world: World
) -> None:
    page = sign_in(visitor, world, EMPTY)
    visitor.open("/setup")
    page.get_by_label("Address of your Sugar").fill("crm.nordwind.example")
    page.get_by_label("User name in Sugar").fill("funnel")
    page.get_by_label("Password").fill("secret")
    page.get_by_role("button", name="Test connection").click()
    expect(page.get_by_text("Waiting for its turn")).to_be_visible()
    job_id = next_job(world)
    world.finish_job(job_id, EMPTY, status=JobStatus.RUNNING)
    expect(page.get_by_text("Asking Sugar…").first).to_be_visible()
    world.finish_job(job_id, EMPTY, status=JobStatus.DONE, result=preflight_result())
    expect(page.get_by_text("Everything Funnel needs is there")).to_be_visible()
    expect(page.get_by_role("status").last).to_have_text("Result of the test")
    rights = page.get_by_role("row", name="Tasks")
    expect(rights).to_contain_text("Cannot tell")
    expect(page.get_by_text("38 seconds ahead of ours")).to_be_visible()
    page.get_by_role("button", name="Save and start the first sync").click()
    expect(page.get_by_role("heading", name="First sync Running")).to_be_visible()


def test_a_form_with_bad_input_says_what_is_wrong_where_it_is(
    visitor: Watched, world: World
) -> None:
    page = sign_in(visitor, world, EMPTY)
    visitor.open("/setup/connect")
    page.get_by_label("Address of your Sugar").fill("crm.nordwind.example")
    page.get_by_label("Password").fill("secret")
    page.get_by_role("button", name="Test connection").click()
    name = page.get_by_label("User name in Sugar")
    expect(name).to_have_attribute("aria-invalid", "true")
    expect(name).to_be_focused()
    described = (name.get_attribute("aria-describedby") or "").split()
    expect(page.locator(f"#{described[-1]}")).to_have_text("Enter the Sugar user's name.")
    expect(page.get_by_label("Address of your Sugar")).to_have_value("crm.nordwind.example")
    expect(page.get_by_label("Password")).to_have_value("")


def test_a_refused_test_says_how_to_mend_it_and_keeps_what_was_typed(
    visitor: Watched, world: World
) -> None:
    page = sign_in(visitor, world, EMPTY)
    visitor.open("/setup/jobs/test-failed")
    alert = page.get_by_role("alert").first
    expect(alert).to_contain_text("Sugar refused this user name or password.")
    expect(alert).to_contain_text("What to do")
    page.get_by_role("link", name="Change and test again").click()
    expect(page.get_by_label("Address of your Sugar")).to_have_value("crm.nordwind.example")
    expect(page.get_by_label("User name in Sugar")).to_have_value("funnel")


@pytest.mark.feature("B3")
def test_progress_moves_without_a_reload_is_told_and_can_be_cancelled(
    visitor: Watched, world: World
) -> None:
    page = sign_in(visitor, world, RUNNING)
    visitor.open("/setup/sync")
    page.evaluate("window.stays = true")
    leads = page.get_by_role("progressbar", name="Leads")
    expect(leads).to_have_attribute("value", "43")
    expect(page.get_by_text("2,224 of 6,306 records")).to_be_visible()
    cancel = page.get_by_role("button", name="Cancel")
    cancel.focus()
    run = world.store.open_run(RUNNING)
    assert run is not None
    world.clock.advance(4)
    world.save_run(RUNNING, modules=advanced(run.modules, 900))
    expect(leads).to_have_attribute("value", "71")
    expect(page.get_by_text("3,124 of 6,306 records")).to_be_visible()
    expect(page.locator("#announce")).to_have_text("First sync: 40 percent")
    expect(cancel).to_be_focused()
    cancel.click()
    expect(page.get_by_text("Stopping after the current page…")).to_be_visible()
    assert world.store.asks(RUNNING, run.run_id).cancel
    page.evaluate("window.stays = true")
    ended = world.clock.now()
    world.save_run(RUNNING, status=RunStatus.CANCELLED, finished_at=ended)
    expect(page.get_by_role("cell", name="Cancelled")).to_be_visible()
    assert page.evaluate("window.stays") is True


def test_a_run_that_stalls_says_why(visitor: Watched, world: World) -> None:
    page = sign_in(visitor, world, RUNNING)
    note = Note("SugarUnavailable", "Sugar did not answer.", "It is tried again in 5 minutes.")
    world.save_run(
        RUNNING,
        connection_id=connection_of(world.app, RUNNING).connection_id,
        status=RunStatus.STALLED,
        note=note,
        waits_since=NOW,
        next_try=NOW + timedelta(minutes=5),
    )
    visitor.open("/setup/sync")
    expect(page.get_by_text("Waiting to go on")).to_be_visible()
    expect(page.get_by_text("It is tried again in 5 minutes.")).to_be_visible()
    expect(page.get_by_text("Nothing is lost")).to_be_visible()
    visitor.open("/app")
    expect(page.get_by_text("Nothing is lost")).to_be_visible()
    page.get_by_role("button", name="Try again now").click()
    expect(page).to_have_url(re.compile("/setup/sync"))
    expect(page.get_by_text("It is being tried again now.")).to_be_visible()


def test_live_updates_that_fail_say_so_and_recover(visitor: Watched, world: World) -> None:
    page = sign_in(visitor, world, RUNNING)
    visitor.open("/setup/sync")
    page.route("**/setup/sync/live", lambda route: route.fulfill(status=502, body="bad gateway"))
    expect(page.locator("#lost")).to_be_visible()
    expect(page.get_by_text("2,224 of 6,306 records")).to_be_visible()
    page.unroute("**/setup/sync/live")
    expect(page.locator("#lost")).to_be_hidden()
    visitor.errors.clear()


def test_sync_now_and_full_sync_of_one_module(visitor: Watched, world: World) -> None:
    page = sign_in(visitor, world, FULL)
    visitor.open("/setup/sync")
    page.get_by_text("Full sync", exact=True).last.click()
    page.get_by_label("Read again").select_option(label="Contacts")
    page.get_by_role("button", name="Start full sync").click()
    expect(page.get_by_role("progressbar", name="Contacts")).to_be_visible()
    run = world.store.open_run(FULL)
    assert run is not None
    assert (run.kind, len(run.modules)) == (RunKind.FULL, 1)
    page.get_by_role("button", name="Sync now").click()
    expect(page.get_by_text("Another sync follows this one.")).to_be_visible()
    done = tuple(replace(part, status=ModuleStatus.DONE) for part in run.modules)
    ended = world.clock.now()
    world.save_run(FULL, modules=done, status=RunStatus.DONE, finished_at=ended)
    expect(page.get_by_text("Nothing is being read right now.")).to_be_visible()


@pytest.mark.feature("F2")
def test_the_error_report_groups_by_cause_filters_and_links_to_sugar(
    visitor: Watched, world: World
) -> None:
    page = sign_in(visitor, world, FULL)
    visitor.open("/setup/errors")
    group = page.get_by_role("article").first
    expect(group).to_contain_text("Harbour & Sons Ltd.")
    expect(group).to_contain_text("This account is assigned to nobody.")
    expect(group).to_contain_text("choose a user in “Assigned to”")
    expect(group).to_contain_text("14 contacts")
    expect(group).to_contain_text("3 opportunities")
    group.get_by_text("Show the 17 records it holds back").click()
    row = group.get_by_role("row", name="Harbour / Crane 1")
    expect(row).to_contain_text("Its account could not sync.")
    href = row.get_by_role("link").get_attribute("href") or ""
    assert href.startswith(f"{SUGAR}Opportunities&action=DetailView&record=")
    page.get_by_label("Module").select_option(label="Opportunities")
    page.get_by_label("Name, field or value").fill("crane 2")
    page.get_by_role("button", name="Filter").click()
    expect(page.get_by_role("article")).to_have_count(1)
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page.get_by_text("1 record is held back")).to_be_visible()


def test_the_error_report_downloads_as_csv_with_formulas_disarmed(
    visitor: Watched, world: World
) -> None:
    page = sign_in(visitor, world, FULL)
    visitor.open("/setup/errors")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Download as CSV").click()
    text = waiting.value.path().read_text(encoding="utf-8-sig")
    assert waiting.value.suggested_filename == "funnel-errors.csv"
    assert text.count("\n") == 21
    assert ",'=HYPERLINK(1) Ltd," in text


def test_a_person_is_found_and_each_link_leads_to_its_record_in_sugar(
    visitor: Watched, world: World
) -> None:
    page = sign_in(visitor, world, FULL, Role.MARKETER)
    visitor.open("/app")
    page.get_by_label("Find a person").fill("anneliese")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Anneliese Bergmann", exact=True).click()
    expect(page.get_by_text("One address, several names")).to_be_visible()
    for name, record in (
        ("Anneliese Bergmann", "Contacts&action=DetailView&record=shared-c"),
        ("Einkauf Bergmann & Söhne", "Leads&action=DetailView&record=shared-l"),
    ):
        link = page.get_by_role("link", name=f"Open in Sugar {name}")
        expect(link).to_have_attribute("href", SUGAR + record)
    expect(page.get_by_text("both changed: Sugar wins")).to_be_visible()
    expect(page.get_by_role("link", name="Error report")).to_have_count(0)


def test_accounts_lead_to_their_contacts_and_opportunities(visitor: Watched, world: World) -> None:
    page = sign_in(visitor, world, FULL)
    visitor.open("/app/accounts")
    page.get_by_role("link", name="Bergmann & Söhne Maschinenbau GmbH").click()
    page.get_by_role("link", name="Bergmann & Söhne Maschinenbau GmbH / Pilot").click()
    expect(page.get_by_text("25,000.00").first).to_be_visible()
    page.get_by_role("link", name="Bergmann & Söhne Maschinenbau GmbH", exact=True).click()
    expect(page).to_have_url(re.compile("/app/accounts/a1$"))


@pytest.mark.feature("A3")
def test_a_refused_password_is_explained_and_a_new_one_lets_sync_go_on(
    visitor: Watched, world: World
) -> None:
    page = sign_in(visitor, world, REFUSED)
    visitor.open("/setup/connection")
    expect(page.get_by_role("alert").first).to_contain_text("Sugar refused the password")
    page.get_by_role("button", name="Resume sync").click()
    expect(page.get_by_text("so sync stays paused")).to_be_visible()
    page.get_by_label("New password of anna.lindqvist").fill("new")
    page.get_by_role("button", name="Try and keep it").click()
    job_id = next_job(world)
    world.finish_job(job_id, REFUSED, status=JobStatus.DONE)
    expect(page.get_by_text("The new password works")).to_be_visible()


def test_settings_are_saved_and_bad_ones_explained(visitor: Watched, world: World) -> None:
    page = sign_in(visitor, world, FULL)
    visitor.open("/setup/connection")
    page.get_by_label("Requests a second").fill("50")
    page.get_by_role("button", name="Save: Pace").click()
    expect(page.get_by_text("Choose between 0.2 and 20 requests a second.")).to_be_visible()
    page.get_by_label("Requests a second").fill("2.5")
    page.get_by_role("button", name="Save: Pace").click()
    expect(page.get_by_text("Saved.", exact=True)).to_be_visible()
    page.get_by_label(re.compile("They may be written")).check()
    page.get_by_role("button", name="Allow writing to Sugar").click()
    expect(page.get_by_text("Funnel reads from Sugar, and may write to it.")).to_be_visible()
    page.get_by_text("Accounts all records").click()
    row = page.get_by_role("group", name="Condition 1").first
    row.get_by_label("Field").fill("industry")
    row.get_by_label("Values").fill("Energy, Retail")
    page.get_by_role("button", name="Save the filter of Accounts").click()
    expect(page.get_by_text("Accounts 1 condition")).to_be_visible()
    connection = world.store.connection(FULL)
    assert connection is not None
    assert (connection.requests_per_second, connection.read_only) == (2.5, False)


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.textContent.trim()"))


def test_the_keyboard_alone_goes_from_the_skip_link_to_a_person(
    visitor: Watched, world: World
) -> None:
    page = sign_in(visitor, world, FULL)
    visitor.open("/app/people")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#content")).to_be_focused()
    for _ in range(8):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "q":
            break
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.type("Björn Mül")
    page.keyboard.press("Enter")
    expect(page.locator("tbody tr")).to_have_count(1)
    page.wait_for_load_state()
    for _ in range(60):
        page.keyboard.press("Tab")
        if "Björn Müller" in focused(page):
            break
    assert "Björn Müller" in focused(page)
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Björn Müller")).to_be_visible()


def test_on_a_phone_the_menu_opens_and_closes_by_keyboard(visitor: Watched, world: World) -> None:
    page = sign_in(visitor, world, FULL)
    page.set_viewport_size({"width": 400, "height": 800})
    visitor.open("/app/people")
    menu = page.get_by_role("button", name="Menu")
    link = page.get_by_role("link", name="Accounts", exact=True)
    expect(link).to_be_hidden()
    menu.focus()
    page.keyboard.press("Enter")
    expect(menu).to_have_attribute("aria-expanded", "true")
    expect(link).to_be_visible()
    page.keyboard.press("Escape")
    expect(link).to_be_hidden()
    expect(menu).to_be_focused()


@pytest.mark.feature("A7")
def test_the_addresses_to_allow_are_shown_where_sugar_is_connected(
    context: BrowserContext, world: World
) -> None:
    fixed = ("203.0.113.10", "203.0.113.11")
    for addresses, said in ((fixed, fixed[1]), ((), "changing addresses")):
        site = Site(replace(world.app, outgoing_addresses=addresses))
        site.start()
        try:
            watched = Watched(context.new_page(), site)
            page = sign_in(watched, world, EMPTY)
            watched.open("/setup/connect")
            section = page.get_by_role("region", name="Is your Sugar behind a firewall?")
            expect(section).to_contain_text(said)
            told = page.request.get(f"{site.url}/api/setup/outgoing-addresses").json()
            assert told == {"items": list(addresses)}
            watched.check()
        finally:
            site.stop()


@pytest.mark.feature("B10")
def test_a_mapping_is_changed_tried_and_saved(visitor: Watched, world: World) -> None:
    page = sign_in(visitor, world, FULL)
    visitor.open("/setup/mappings")
    page.get_by_role("link", name="Lead", exact=True).click()
    page.get_by_label("Name", exact=True).fill("Budget")
    page.get_by_label("Holds").select_option(label="money")
    page.get_by_role("button", name="Add field").click()
    expect(page.get_by_text("The fields are saved.")).to_be_visible()
    row = page.locator("tbody tr").filter(has=page.locator("select option:text('Choose')")).first
    row.get_by_label(re.compile("^Field in Sugar")).fill("annual_budget_c")
    row.get_by_label(re.compile("^Field here")).select_option(label="Budget · money")
    row.get_by_label(re.compile("^Who wins")).select_option(label="Newest wins")
    page.get_by_role("button", name="Preview on ten records").click()
    expect(page.get_by_text("Waiting for its turn")).to_be_visible()
    job_id = next_job(world)
    result = {
        "module": "Leads",
        "records": [
            {
                "sugar_id": "l1",
                "name": "Anneliese",
                "changes": [{"field": "custom_budget", "before": None, "after": "900.00"}],
            }
        ],
        "fields": [],
        "missing": [],
        "unreadable": [],
    }
    world.finish_job(job_id, FULL, status=JobStatus.DONE, result=result)
    expect(page.get_by_text("1 would change")).to_be_visible()
    page.get_by_role("link", name="Change it").click()
    expect(page.get_by_text("This is not saved yet")).to_be_visible()
    page.go_back()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("The mapping is saved.")).to_be_visible()
    expect(page.get_by_text("Leads need a full sync")).to_be_visible()
    page.get_by_role("button", name="Full sync of Leads").click()
    expect(page).to_have_url(re.compile("/setup/sync"))
    connection = world.store.connection(FULL)
    assert connection is not None
    new = connection.mappings[Module.LEADS][-1]
    assert (new.sugar_field, new.field, new.rule) == (
        "annual_budget_c", "custom_budget", Rule.NEWEST,
    )  # fmt: skip


@pytest.mark.feature("C11")
def test_a_person_is_edited_here_and_a_value_that_does_not_fit_is_said_where_it_stands(
    visitor: Watched, world: World
) -> None:
    page = sign_in(visitor, world, FULL, Role.MARKETER)
    visitor.open("/app/people/anneliese")
    page.get_by_role("link", name="Edit", exact=True).click()
    page.get_by_label("Job title").fill("Chief Buyer")
    page.get_by_label("City").fill("x" * 2001)
    page.get_by_role("button", name="Save", exact=True).click()
    city = page.get_by_label("City")
    expect(city).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_label("Job title")).to_have_value("Chief Buyer")
    city.fill("Ulm")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("The changes are saved.")).to_be_visible()
    expect(page.locator("#history")).to_contain_text("Chief Buyer")
    expect(page.locator("#history")).to_contain_text("edited here")
    page.get_by_text("Where these values are from").click()
    expect(page.locator(".why")).to_contain_text("Edited here by Mo Sandberg")
