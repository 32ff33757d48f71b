"""Sites of the company, and what came from them."""

from dataclasses import replace
from datetime import datetime, timedelta

from funnel.domain.hits import SiteKey
from funnel.domain.ids import TenantId
from funnel.domain.sites import ConsentMode, Site
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
    for hits in (480, 12, 30, 25):
        store.count_hits(blog, now.date(), hits)
