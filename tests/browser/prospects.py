"""Prospects of a company: weeks of visits that bring points, and names that want to be code."""

from dataclasses import replace
from datetime import datetime, timedelta

from funnel.domain.ids import PersonId, TenantId
from funnel.domain.tracking.activities import Activity, ActivityKind, SubjectId
from funnel.usecases.app import App
from funnel.usecases.tracking.attach_subject import attach_subject
from funnel.usecases.tracking.record_activities import record_activities
from tests.browser.tracking import SHOP
from tests.browser.world import FULL, World, make_world
from tests.fakes.snapshot import made_once

EVIL = "<img src=x onerror=alert(1)>"
# Of each person: days ago and what was opened then.
HISTORIES: tuple[tuple[tuple[float, tuple[str, ...]], ...], ...] = (
    ((29, ("/",)), (21, ("/", "/tour")), (9, ("/pricing", "/")), (3, ("/pricing", "/contact")),
     (0.003, ("/pricing", "/tour", "/offer"))),
    ((26, ("/", "/pricing", "/tour")), (5, ("/", "/tour")), (0.2, ("/blog/one", "/"))),
    ((40, ("/", "/pricing", "/offer", "/tour")), (12, ("/",))),
    ((4, ("/", "/pricing", "/tour", "/careers")),),
    ((2, ("/blog/one",)),),
)  # fmt: skip
TITLES = {
    "/": "Freight that arrives", "/pricing": "Pricing", "/tour": "Tour", "/offer": "Your offer",
    "/contact": f"Contact {EVIL}", "/blog/one": "Öl & Gas", "/careers": "Jobs",
}  # fmt: skip


def fill_prospects(world: World, tenant: TenantId, people: int = 40) -> None:
    """The first people of a company look around, each in one of these ways."""
    now = world.clock.now()
    moments = sorted(
        (now - timedelta(days=ago), f"person-{index}", pages, n)
        for index in range(people)
        for n, (ago, pages) in enumerate(HISTORIES[index % len(HISTORIES)])
    )
    for at, person, pages, n in moments:
        later = at - timedelta(minutes=int(person[7:]))
        world.clock.set(later)
        visit(world.app, tenant, person, f"{person}-{n}", later, pages)
    world.clock.set(now)


def browser_of(person: str) -> SubjectId:
    """What a person visits with."""
    return SubjectId(f"v-{person}")


@made_once
def make_world_with_prospects() -> World:
    """All companies, and those who look around at the full one."""
    world = make_world()
    fill_prospects(world, FULL)
    return world


def visit(
    app: App, tenant: TenantId, person: str, name: str, at: datetime, pages: tuple[str, ...]
) -> None:
    """One visit of a person's browser, found by a search; the third in a row sends a form."""
    browser = browser_of(person)
    attach_subject(app, tenant, PersonId(person), browser)
    about = {"site": SHOP, "visit": name}
    done = [
        Activity(
            tenant, browser, f"{name}-{n}", ActivityKind.PAGE_VIEW,
            at + timedelta(seconds=40 * n),
            {**about, "path": path, "url": f"https://nordwind.example{path}", "title": TITLES[path]},
        )
        for n, path in enumerate(pages)
    ]  # fmt: skip
    found = {"source": "search", "engine": "google", "referrer_host": "google.com"}
    done[0] = replace(done[0], about={**done[0].about, **found})
    if name.endswith("-2"):
        form = {**about, "form": "Newsletter", "path": "/contact"}
        done.append(Activity(tenant, browser, f"{name}-f", ActivityKind.FORM, at, form))
    record_activities(app, tenant, browser, done)
