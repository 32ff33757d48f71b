"""What a marketer does from a segment that nobody is in to a campaign that runs."""

import re
from dataclasses import dataclass

from playwright.sync_api import expect

from tests.stack.desk import Desk

SEGMENT, FORM, EMAIL, REMINDER, CAMPAIGN = "Fleets in Bergen", "Ask for prices", "Prices", "Still there?", "Call who looks at prices"  # fmt: skip
OVERLAY, POINTS = "Runs a fleet near us", 15


@dataclass
class Marketer:
    """Somebody at a desk, whose company tells its prices at this address."""

    desk: Desk
    prices: str

    def sign_in(self, page: str, user_name: str) -> None:
        """With the user name and password of Sugar."""
        desk = self.desk
        desk.page.goto(page)
        desk.fill("User name in Sugar", user_name)
        desk.fill("Password in Sugar", user_name)
        desk.press("Sign in")
        expect(desk.page.get_by_role("heading", level=1)).to_have_text("Overview")
        desk.see("overview")

    def build_segment(self) -> None:
        """City is Bergen, and the title says logistics or fleet, and not a company that is a competitor."""
        desk, page = self.desk, self.desk.page
        desk.go_to("Segments")
        desk.see("segments-none")
        page.get_by_role("link", name="New segment").click()
        self._condition("0", "City", "is", "Bergen")
        desk.press("Add a group to the rule")
        desk.settle()
        page.locator("[id='rule.parts.1.match']").select_option("Any of these is true")
        self._condition("1.parts.0", "Job title", "contains", "logistics")
        desk.press("Add a condition to group 2")
        desk.settle()
        self._condition("1.parts.1", "Job title", "contains", "fleet")
        desk.press("Add a group to the rule")
        desk.settle()
        page.locator("[id='rule.parts.2.match']").select_option("None of these is true")
        self._condition("2.parts.0", "Company", "contains", "nordwind")
        look = page.locator("#look")
        expect(look).to_contain_text("and not (Company contains “nordwind”)")
        expect(look).to_contain_text("Nobody fits now.")
        expect(look.locator(".big")).to_have_text("0")
        desk.fill("Name", SEGMENT)
        desk.see("segment-new", in_all_looks=True)
        desk.press("Save")
        desk.told("The segment is added.")
        expect(page.get_by_role("heading", name="Working out who is in")).to_have_count(0)
        desk.until(page.locator("main"), "Nobody is on this list")
        desk.see("segment-empty")

    def _condition(self, path: str, what: str, how: str, value: str) -> None:
        """Of the rule, at a place in it."""
        page, name = self.desk.page, f"rule.parts.{path}"
        page.locator(f"[id='{name}.what']").select_option(what)
        operator = page.locator(f"[id='{name}.operator']")
        expect(operator).to_be_visible()
        if how != "is":
            operator.select_option(how)
            self.desk.settle()
        page.locator(f"[id='{name}.values']").fill(value)

    def give_points(self) -> None:
        """To the members of the segment."""
        desk = self.desk
        desk.go_to("Scoring")
        desk.follow("Add an overlay")
        desk.fill("Name", OVERLAY)
        desk.choose("Segment", SEGMENT)
        desk.fill("Points", str(POINTS))
        desk.see("overlay-new")
        desk.press("Save")
        desk.told("The overlay is added.")

    def build_form(self) -> str:
        """A form that asks for what the segment asks for; the address of its page."""
        desk, page = self.desk, self.desk.page
        desk.go_to("Forms")
        page.get_by_role("link", name="New form").first.click()
        desk.fill("Name", FORM)
        desk.fill("Heading", "What would it cost?")
        for name in ("Job title", "City", "Company"):
            desk.choose("One more field", name)
            desk.press("Add")
            expect(page.locator("#look").get_by_text(name)).to_be_visible()
        desk.see("form-new", in_all_looks=True)
        desk.press("Save")
        desk.told("The form is added.")
        address = page.get_by_role("link", name="Open its page").get_attribute("href")
        assert address
        return address

    def write_email(self, name: str, subject: str, words: str, button: str = "") -> None:
        """With the reader's first name in subject and words, and a button to the prices."""
        desk, page = self.desk, self.desk.page
        desk.go_to("Emails")
        page.get_by_role("link", name="New email").first.click()
        expect(page.locator("body")).to_have_attribute("data-editor", "ready")
        desk.fill("Name", name)
        desk.fill("Subject", subject)
        page.get_by_label("Subject", exact=True).press("End")
        desk.press("Insert a field: Subject")
        desk.choose("Field", "First name")
        desk.fill("If it is not known", "you")
        desk.press("Insert")
        expect(page.get_by_label("Subject", exact=True)).to_have_value(
            f"{subject}{{{{first_name|you}}}}"
        )
        letter = page.frame_locator("#live-preview iframe")
        page.get_by_role("textbox", name="Words", exact=True).nth(0).fill(name)
        page.get_by_role("textbox", name="Words", exact=True).nth(1).fill(words)
        expect(letter.get_by_text(words)).to_be_visible()
        if button:
            page.get_by_role("group", name="Add a block").get_by_role(
                "button", name="Button"
            ).click()
            desk.fill("What the button says", button)
            desk.fill("Where it leads", self.prices)
            expect(letter.get_by_role("link", name=button)).to_be_visible()
        desk.see(f"email-{name.split()[0].lower()}", in_all_looks=bool(button))
        page.get_by_role("button", name="Save", exact=True).last.click()
        desk.told("The email is added")

    def send_test(self, as_whom: str, to: str) -> None:
        """See the email that is open as somebody, and send it to oneself."""
        desk, page = self.desk, self.desk.page
        desk.follow("Preview and checks")
        page.get_by_label("See it as somebody else").fill(as_whom)
        desk.press("Search")
        page.get_by_role("navigation", name="See it as").get_by_role("link", name=as_whom).click()
        expect(page.get_by_role("heading", name=f"As {as_whom} sees it")).to_be_visible()
        expect(page.locator(".inbox")).to_contain_text(f"Prices for {as_whom.split()[0]}")
        letter = page.frame_locator("iframe[title='On a desk']")
        expect(letter.get_by_text("See our prices")).to_be_visible()
        expect(page.get_by_role("checkbox", name=to)).to_be_checked()
        desk.see("email-preview", in_all_looks=True)
        desk.press("Send the test")
        desk.told("The test is on its way to")

    def draw_campaign(self, owner: str) -> None:
        """Email, wait, clicked within a minute? yes: into Sugar with a call; no: remind."""
        desk, page = self.desk, self.desk.page
        desk.go_to("Campaigns")
        desk.see("campaigns-none")
        page.get_by_role("link", name="An empty campaign").click()
        desk.fill("Name of the campaign", CAMPAIGN)
        desk.press("Create it")
        expect(page.get_by_role("heading", name=re.compile("things? to mend"))).to_be_visible()
        self._add("at the start", "Send an email")
        desk.choose("Email", EMAIL)
        self._added(f"Send “{EMAIL}”")
        self._add("after step 1", "Wait")
        desk.fill("How long", "1")
        desk.choose("Unit", "minutes")
        self._added("Wait 1 minute")
        self._add("after step 2", "Branch")
        desk.choose("What is asked", "Did they click in an email?")
        desk.choose("Email of this campaign", f"Step 1: Send “{EMAIL}”")
        desk.fill("Wait so long for a yes", "1")
        desk.choose("Unit", "minutes")
        self._added(f"Clicked in “{EMAIL}”?")
        self._add("after the yes of step 3", "Sync with Sugar")
        desk.choose("Owner in Sugar", "One user")
        page.get_by_label(owner).check()
        desk.choose("Task for the rep", "Call")
        desk.fill("What it is about", "Ask what they need")
        desk.fill("Due after so many days", "1")
        desk.see("campaign-sync-step", in_all_looks=True)
        self._added("Sync with Sugar")
        self._add("after the no of step 3", "Send an email")
        desk.choose("Email", REMINDER)
        self._added(f"Send “{REMINDER}”")
        expect(page.get_by_text("It can start.")).to_be_visible()
        desk.see("campaign-drawn", in_all_looks=True)

        desk.follow("Only whom you put in by hand")
        desk.choose("Who comes in", "People of a list or segment")
        desk.choose("List or segment", SEGMENT)
        page.get_by_label("Also who is on it already when the campaign starts").check()
        page.get_by_label("Sync this Campaign with Sugar").check()
        desk.see("campaign-settings", in_all_looks=True)
        desk.press("Save")
        expect(page.get_by_text("It can start.")).to_be_visible()
        desk.see("campaign-draft", in_all_looks=True)

    def _add(self, where: str, kind: str) -> None:
        """Begin a step of this kind there."""
        self.desk.follow(f"Add a step {where}")
        self.desk.page.locator("#panel").get_by_role("link", name=kind).click()
        expect(self.desk.page.locator("#panel-title")).to_have_text(kind)

    def _added(self, name: str) -> None:
        """Add it, and see it in the diagram."""
        self.desk.press("Add this step")
        steps = self.desk.page.locator(".step-name")
        expect(steps.get_by_role("link", name=name, exact=True)).to_be_visible()

    def start_campaign(self, coming: str) -> None:
        """Having read what that does."""
        desk, page = self.desk, self.desk.page
        page.get_by_role("link", name="Start", exact=True).click()
        expect(page.get_by_text(coming)).to_be_visible()
        desk.see("campaign-start")
        desk.press("Start it now")
        desk.told("The campaign is running.")
