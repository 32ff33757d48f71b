"""FunnelVision in a frame of a Sugar: tokens, the live page, who sees what, and what goes wrong."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import BrowserContext, Page, Response, Route, expect

from funnel.domain.ids import Module, RecordKey, SugarId
from funnel.domain.sync.records import Unit
from funnel.usecases.connecting.connection import change_connection
from funnel.usecases.connecting.signing_keys import new_signing_key
from tests.browser.axe import problems
from tests.browser.frames import SugarPage, frame_of, heard, open_home, sugar_page
from tests.browser.site import Site
from tests.browser.world import FULL, NOW, World
from tests.fakes.dashlets import dashlet_token, vision_address


@pytest.fixture
def context(context: BrowserContext) -> BrowserContext:
    """A browser whose clock is the world's, and moves when told to."""
    context.clock.install(time=NOW)
    return context


@pytest.fixture
def home(world: World, site: Site) -> Iterator[SugarPage]:
    found = sugar_page(world, site, FULL, "sarah")
    yield found
    found.stop()


@pytest.mark.feature("E7")
def test_a_rep_opens_home_and_is_known_without_signing_in(
    context: BrowserContext, home: SugarPage
) -> None:
    page = open_home(context, home)
    frame = frame_of(page)
    expect(frame.get_by_text("Sarah Okafor")).to_be_visible()
    assert heard(page, "ready") == [{"funnel": "ready"}]
    page.wait_for_function("window.heard.some(one => one.funnel === 'height')")
    assert context.cookies() == []
    assert "eyJ" not in frame.url
    assert problems(frame) == []


@pytest.mark.feature("E7")
def test_a_page_of_a_stranger_shows_nothing_of_it(
    context: BrowserContext, world: World, site: Site
) -> None:
    stranger = sugar_page(world, site, FULL, "sarah", known=False)
    page = open_home(context, stranger)
    assert heard(page, "ready") == []
    assert frame_of(page).locator("main").count() == 0
    assert stranger.asked == 0
    stranger.stop()


@pytest.mark.feature("E7")
def test_a_token_is_taken_from_the_page_around_it_only(
    context: BrowserContext, world: World, home: SugarPage
) -> None:
    home.token = lambda: ""
    page = open_home(context, home)
    frame = frame_of(page)
    expect(frame.get_by_text("FunnelVision is loading")).to_have_count(1)
    token = dashlet_token(world.app, FULL, "sarah")
    page.evaluate(
        """token => new Promise(done => {
            addEventListener("message", event => event.data === "sent" && done());
            const other = document.createElement("iframe");
            other.srcdoc = `<script>
              parent.frames[0].postMessage({funnel: "token", token: "${token}"}, "*");
              parent.postMessage("sent", "*");</` + `script>`;
            document.body.append(other);
        })""",
        token,
    )
    assert frame.get_by_text("Sarah Okafor").count() == 0
    page.evaluate(
        "token => document.getElementById('vision').contentWindow"
        ".postMessage({funnel: 'token', token}, '*')",
        token,
    )
    expect(frame.get_by_text("Sarah Okafor")).to_be_visible()


@pytest.mark.feature("E8")
def test_it_says_that_it_loads_before_style_and_script_are_there(
    context: BrowserContext, home: SugarPage
) -> None:
    held: list[Route] = []
    context.route(re.compile("/vision[^/]*[.](css|js)"), lambda one: held.append(one))
    page = open_home_early(context, home)
    frame = frame_of(page)
    expect(frame.get_by_role("status").get_by_text("FunnelVision is loading…")).to_be_visible()
    frame.evaluate(
        "new Promise(done => new PerformanceObserver(() => done())"
        ".observe({type: 'paint', buffered: true}))"
    )
    for _ in range(200):
        if len(held) == 2:
            break
        page.wait_for_timeout(50)
    assert len(held) == 2
    for one in held:
        one.continue_()
    expect(frame.get_by_text("Sarah Okafor")).to_be_visible()
    expect(frame.get_by_text("FunnelVision is loading")).to_have_count(0)
    expect(frame.locator("#vision-panels")).to_have_css("display", "grid")


@pytest.mark.feature("E8")
def test_what_does_not_come_is_said_and_can_be_tried_again(
    context: BrowserContext, home: SugarPage
) -> None:
    context.route(re.compile("/vision[^/]*[.]js"), lambda route: route.abort())
    frame = frame_of(open_home(context, home))
    again = frame.get_by_role("link", name="Try again")
    expect(again).to_be_hidden()
    frame.evaluate(
        "document.getAnimations().forEach(one => one.animationName === 'late' && one.finish())"
    )
    expect(again).to_be_visible()
    assert problems(frame) == []
    context.unroute_all()
    context.route("**/panels?*", lambda route: route.abort())
    again.click()
    expect(frame.get_by_text("FunnelVision cannot be reached at the moment.")).to_be_visible()
    expect(frame.get_by_text("What you see is from before")).to_have_count(0)
    expect(frame.get_by_text("FunnelVision is loading")).to_have_count(0)
    context.unroute_all()
    frame.get_by_role("button", name="Try again").click()
    expect(frame.get_by_text("Sarah Okafor")).to_be_visible()
    expect(frame.get_by_text("cannot be reached")).to_have_count(0)


def open_home_early(context: BrowserContext, home: SugarPage) -> Page:
    """Home, whose frame is not there yet."""
    page = context.new_page()
    page.goto(f"{home.origin}/", wait_until="commit")
    return page


@pytest.mark.feature("E7")
def test_a_token_is_renewed_a_minute_before_it_ends(
    context: BrowserContext, world: World, home: SugarPage
) -> None:
    page = open_home(context, home)
    expect(frame_of(page).get_by_text("Sarah Okafor")).to_be_visible()
    assert home.asked == 1
    # The browser's own seconds go by as well.
    pass_time(page, world, 500)
    assert heard(page, "token please") == []
    pass_time(page, world, 45)
    # One that is under way when the time is set would be too old when it comes.
    page.wait_for_function("window.handed === 2")
    frame_of(page).evaluate("0")
    assert len(heard(page, "token please")) == 1
    pass_time(page, world, 900)
    expect(frame_of(page).get_by_text("Sarah Okafor")).to_be_visible()


@pytest.mark.feature("E7")
def test_a_token_that_is_refused_is_asked_for_anew_once(
    context: BrowserContext, world: World, home: SugarPage
) -> None:
    page = open_home(context, home)
    frame = frame_of(page)
    expect(frame.get_by_text("Sarah Okafor")).to_be_visible()
    end_keys(world)
    with page.expect_response(lambda r: "/panels" in r.url and r.status != 401):
        pass_time(page, world, 61)
    assert len(heard(page, "token please")) == 1
    expect(frame.get_by_text("Sarah Okafor")).to_be_visible()
    home.token = lambda: "nonsense"
    end_keys(world)
    asked = home.asked
    pass_time(page, world, 61)
    expect(frame.get_by_text("Sugar's word for who you are was not good")).to_be_visible()
    assert home.asked == asked + 1
    home.token = lambda: dashlet_token(world.app, FULL, "sarah")
    pass_time(page, world, 61)
    expect(frame.get_by_text("Sarah Okafor")).to_be_visible()


@pytest.mark.feature("E7")
def test_what_changes_is_shown_within_a_minute_and_what_does_not_is_not_sent_again(
    context: BrowserContext, world: World, home: SugarPage
) -> None:
    page = open_home(context, home)
    frame = frame_of(page)
    expect(frame.get_by_text("Sarah Okafor")).to_be_visible()
    frame.evaluate("window.stays = true")
    with page.expect_response(lambda r: "/panels" in r.url) as same:
        pass_time(page, world, 61)
    assert same.value.status == 304
    change_user(world, "sarah", name="Sarah Okafor-Weiß")
    with page.expect_response(lambda r: "/panels" in r.url) as changed:
        pass_time(page, world, 61)
    assert changed.value.status == 200
    expect(frame.get_by_text("Sarah Okafor-Weiß")).to_be_visible()
    assert frame.evaluate("window.stays")


@pytest.mark.feature("E7")
def test_nothing_is_asked_for_while_it_cannot_be_seen(
    context: BrowserContext, world: World, home: SugarPage
) -> None:
    page = open_home(context, home)
    frame = frame_of(page)
    expect(frame.get_by_text("Sarah Okafor")).to_be_visible()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    frame.evaluate("Object.defineProperty(document, 'hidden', {value: true, configurable: true})")
    pass_time(page, world, 3_600)
    assert asked == []
    with page.expect_response(lambda r: "/panels" in r.url and r.status != 401):
        frame.evaluate(
            """Object.defineProperty(document, 'hidden', {value: false});
            document.dispatchEvent(new Event('visibilitychange'))"""
        )
    expect(frame.get_by_text("Sarah Okafor")).to_be_visible()


@pytest.mark.feature("E7")
def test_the_focus_stays_where_it_is_when_panels_change(
    context: BrowserContext, world: World, home: SugarPage
) -> None:
    page = open_home(context, home)
    frame = frame_of(page)
    choice = frame.get_by_role("radio", name="30 days")
    choice.check()
    expect(choice).to_be_focused()
    options = frame.get_by_label("Whose prospects").locator("option")
    change_user(world, "max", name="Max Delacroix")
    pass_time(page, world, 61)
    expect(options.nth(3)).to_have_text("Max Delacroix")
    expect(choice).to_be_checked()
    expect(choice).to_be_focused()
    frame.get_by_label("Whose prospects").select_option("Max Delacroix")
    change_user(world, "max", name="Max Montgomery")
    pass_time(page, world, 61)
    expect(options.nth(3)).to_have_text("Max Montgomery")
    expect(frame.get_by_label("Whose prospects")).to_have_value("max")


@pytest.mark.feature("E7")
def test_a_manager_may_choose_whose_prospects_and_a_rep_has_no_choice(
    context: BrowserContext, world: World, site: Site, home: SugarPage
) -> None:
    frame = frame_of(open_home(context, home))
    options = frame.get_by_label("Whose prospects").locator("option")
    expect(options).to_have_text(
        ["Mine", "All my team", "Jonas Weiß", "Max Delacroix-Montgomery", "Will Westin"]
    )
    rep = sugar_page(world, site, FULL, "jonas")
    frame = frame_of(open_home(context, rep))
    expect(frame.get_by_text("Jonas Weiß")).to_be_visible()
    assert frame.get_by_label("Whose prospects").count() == 0
    rep.stop()


@pytest.mark.feature("E7")
def test_a_user_who_is_not_known_yet_is_told_when_that_will_be(
    context: BrowserContext, world: World, home: SugarPage
) -> None:
    home.token = lambda: dashlet_token(world.app, FULL, "newcomer")
    frame = frame_of(open_home(context, home))
    expect(frame.get_by_role("alert")).to_contain_text("Your Sugar user is not known here yet.")
    expect(frame.get_by_role("alert")).to_contain_text("within the hour")
    assert problems(frame) == []


@pytest.mark.feature("E7")
def test_a_sugar_that_says_nothing_is_said_and_can_be_asked_again(
    context: BrowserContext, world: World, home: SugarPage
) -> None:
    home.token = lambda: ""
    page = open_home(context, home)
    frame = frame_of(page)
    expect(frame.get_by_text("FunnelVision is loading")).to_have_count(1)
    pass_time(page, world, 11)
    expect(frame.get_by_text("Sugar did not say who you are.")).to_be_visible()
    assert problems(frame) == []
    home.token = lambda: dashlet_token(world.app, FULL, "sarah")
    frame.get_by_role("button", name="Try again").click()
    expect(frame.get_by_text("Sarah Okafor")).to_be_visible()
    expect(frame.get_by_text("Sugar did not say who you are.")).to_have_count(0)


@pytest.mark.feature("E7")
def test_what_was_shown_stays_while_the_network_is_away(
    context: BrowserContext, world: World, home: SugarPage
) -> None:
    page = open_home(context, home)
    frame = frame_of(page)
    expect(frame.get_by_text("Sarah Okafor")).to_be_visible()
    page.route("**/panels**", lambda route: route.abort())
    pass_time(page, world, 61)
    expect(frame.get_by_text("FunnelVision cannot be reached")).to_be_visible()
    expect(frame.get_by_text("Sarah Okafor")).to_be_visible()
    page.unroute("**/panels**")
    page.route("**/panels**", lambda route: route.fulfill(status=502, body="<p>Bad gateway</p>"))
    pass_time(page, world, 61)
    assert frame.get_by_text("Bad gateway").count() == 0
    page.unroute("**/panels**")
    pass_time(page, world, 61)
    expect(frame.get_by_text("FunnelVision cannot be reached")).to_have_count(0)


@pytest.mark.feature("E7")
def test_outside_of_a_frame_it_says_where_it_belongs(
    context: BrowserContext, world: World, site: Site
) -> None:
    page = context.new_page()
    page.goto(site.url + vision_address(world.app, FULL))
    expect(page.get_by_text("FunnelVision is shown inside Sugar.")).to_be_visible()
    assert problems(page) == []


@pytest.mark.feature("E7")
def test_an_address_that_leads_nowhere_says_so_in_the_frame(
    context: BrowserContext, home: SugarPage
) -> None:
    home.path = "/vision/full/nothing"
    frame = frame_of(open_home(context, home))
    expect(frame.get_by_text("An admin finds the right address")).to_be_visible()
    assert problems(frame) == []


@pytest.mark.feature("E7")
def test_the_record_page_shows_the_record_that_sugar_opened(
    context: BrowserContext, world: World, home: SugarPage
) -> None:
    lead = RecordKey(Module.LEADS, SugarId("p3"))
    home.path += "/record"
    home.token = lambda: dashlet_token(world.app, FULL, "jonas", record=lead)
    frame = frame_of(open_home(context, home))
    expect(frame.locator("#panel-prospect")).to_contain_text("Will Westin")
    assert frame.get_by_role("radio").count() == 0
    assert problems(frame) == []


@pytest.mark.feature("E8")
def test_the_frame_says_how_high_it_is(context: BrowserContext, home: SugarPage) -> None:
    page = open_home(context, home)
    expect(frame_of(page).get_by_text("Sarah Okafor")).to_be_visible()
    high = frame_of(page).evaluate("document.body.offsetHeight")
    page.wait_for_function(f"document.getElementById('vision').offsetHeight === {high}")
    assert heard(page, "height")[-1]["px"] == high


@pytest.mark.feature("E8")
def test_the_page_is_small(context: BrowserContext, site: Site, home: SugarPage) -> None:
    page = context.new_page()
    replies: list[Response] = []
    page.on("response", lambda reply: replies.append(reply))
    page.goto(home.origin)
    expect(frame_of(page).get_by_text("Sarah Okafor")).to_be_visible()
    sizes = {one.url: len(one.body()) for one in replies if one.url.startswith(site.url)}
    assert len(sizes) <= 5, sizes
    assert sum(sizes.values()) < 48_000, sizes


def pass_time(page: Page, world: World, seconds: int) -> None:
    """Let so many seconds pass, here and in the browser."""
    world.clock.advance(seconds)
    page.clock.fast_forward(seconds * 1_000)


def end_keys(world: World) -> None:
    """Make a new key, and end those before it at once."""
    new_signing_key(world.app, FULL, "https://funnel.example")
    now = world.clock.now()
    change_connection(
        world.app,
        FULL,
        lambda c: replace(
            c,
            signing_keys=(
                *(replace(key, ends_at=now) for key in c.signing_keys[:-1]),
                c.signing_keys[-1],
            ),
        ),
    )


def change_user(world: World, user_id: str, **changes: str) -> None:
    """Change a User as a sync would."""
    key = RecordKey(Module.USERS, SugarId(user_id))
    record = world.store.records(FULL, [key])[key]
    assert world.store.commit(FULL, [Unit(records=[replace(record, **changes)])])  # type: ignore[arg-type]
