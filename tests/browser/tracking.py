"""Sites of the company, and what came from them."""

from dataclasses import replace
from datetime import datetime, timedelta

from funnel.domain.ids import PersonId, TenantId
from funnel.domain.tracking.activities import Activity, ActivityKind, Signal, SubjectId
from funnel.domain.tracking.hits import BrowserId, Hit, HitBatch, SiteKey
from funnel.domain.tracking.sites import ConsentMode, Site
from funnel.usecases.app import App
from funnel.usecases.segments.follow_scores import rescore_people
from funnel.usecases.tracking.record_activities import record_activities
from tests.fakes.store import MemoryStore

SHOP = SiteKey("5e1f0000000040008000000000000001")
BLOG = SiteKey("5e1f0000000040008000000000000002")
OFF = SiteKey("5e1f0000000040008000000000000003")


def fill_tracking(store: MemoryStore, tenant: TenantId, now: datetime) -> None:
    """Three sites: one as it should be, one over its budget, one switched off."""
    domains = ("nordwind-logistik.example", "nordwind.example")
    shop = Site(tenant, SHOP, "Nordwind Logistik", domains, now - timedelta(days=30), "Mo Sandberg")
    blog = replace(
        shop, key=BLOG, name="Öl & Gas <Blog>", domains=("blog.example",), daily_budget=500,
        consent=ConsentMode.AT_ONCE, created_at=now - timedelta(days=9),
    )  # fmt: skip
    off = replace(shop, key=OFF, name="Fair 2024", domains=("fair.example",), active=False)
    for site in (shop, blog, off):
        store.save_site(site)
    for days, hits in enumerate((812, 1204, 1177, 390, 204, 1311, 1260)):
        store.count_hits(shop, (now - timedelta(days=days)).date(), hits)
    sent = Hit("form-1", ActivityKind.FORM, now, "https://blog.example/", form="News",
               fields={"email": "late@fair.example"})  # fmt: skip
    form = HitBatch(BLOG, BrowserId("fair-browser-0001"), now, "192.0.2.9", "Firefox", (sent,))
    store.set_aside(blog, form, now + timedelta(days=30))
    for hits in (480, 12, 30, 25):
        store.count_hits(blog, now.date(), hits)


def fill_activities(app: App, tenant: TenantId, now: datetime) -> None:
    """Two devices of Anneliese: a search, a campaign, a form, and a crawler with her link."""
    person = PersonId("anneliese")
    laptop, phone = SubjectId("v-laptop0000000000"), SubjectId("v-phone00000000000")
    seen = [
        (laptop, 2999, "/", "Freight that arrives", {"source": "search", "engine": "google", "term": "heavy freight", "referrer_host": "google.com"}),
        (laptop, 2996, "/pricing", "Pricing", {}),
        (laptop, 2990, "/contact", "Contact <us>", {}),
        (phone, 399, "/offer", "", {"source": "campaign", "utm_campaign": "Spring 2026", "utm_source": "newsletter"}),
        (phone, 395, "/pricing", "Pricing", {}),
        (laptop, 20, "/tour", "Tour", {"source": "email"}),
    ]  # fmt: skip
    for number, (subject, minutes, path, title, more) in enumerate(seen):
        about = {
            "site": SHOP, "visit": f"visit-{minutes // 50 * 50}", "path": path,
            "url": f"https://nordwind.example{path}", **({"title": title} if title else {}), **more,
        }  # fmt: skip
        at = now - timedelta(minutes=minutes)
        one = Activity(tenant, subject, f"seen-{number:04}", ActivityKind.PAGE_VIEW, at, about)
        record_activities(app, tenant, subject, [one])
    about = {"site": SHOP, "visit": "visit-2950", "path": "/contact", "form": "Newsletter"}
    form = Activity(
        tenant, laptop, "seen-form", ActivityKind.FORM, now - timedelta(minutes=2988), about
    )
    record_activities(app, tenant, laptop, [form])
    bot = Activity(
        tenant, phone, "seen-bot", ActivityKind.PAGE_VIEW, now - timedelta(minutes=300),
        {"site": SHOP, "visit": "visit-300", "path": "/", "url": "https://nordwind.example/"},
        Signal.CRAWLER, "agent:Googlebot",
    )  # fmt: skip
    record_activities(app, tenant, phone, [bot])
    for subject in (laptop, phone):
        app.activities.attach(tenant, person, subject)
    rescore_people(app, tenant, [person])
