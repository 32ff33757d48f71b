"""Where sites and the hits they were allowed are kept.

What `ports/store.py` says of all stores holds here too.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Protocol

from funnel.domain.ids import TenantId
from funnel.domain.tracking.hits import HitBatch, SiteKey
from funnel.domain.tracking.names_seen import NamesSeen
from funnel.domain.tracking.sites import HitCounts, Site
from funnel.ports.listing import Listing


class SiteStore(Protocol):
    """Sites, and how much came from them."""

    def sites(self, tenant: TenantId) -> list[Site]:
        """All sites of a tenant, the oldest first."""

    def site(self, key: SiteKey) -> Site | None:
        """The site that has this key, whosever it is."""

    def save_site(self, site: Site) -> Site:
        """Write it if its version still stands; the stored one. Raises `Conflict`."""

    def count_hits(self, site: Site, day: date, hits: int) -> bool:
        """Count hits of a day; False where the day's budget is used up, and they count as refused.

        Kept for 40 days. Beyond the budget fewer may be counted than came.
        """

    def hit_counts(
        self, tenant: TenantId, key: SiteKey, days: Iterable[date]
    ) -> dict[date, HitCounts]:
        """What was counted on these days; those on which nothing came are absent."""

    def count_try(self, tenant: TenantId, who: str, until: datetime, times: int = 1) -> int:
        """Count so many tries of `who`; how many there are with these, since the first of them.

        Forgotten some time after `until`.
        """

    def tries_of(self, tenant: TenantId, who: str) -> int:
        """How many tries of `who` were counted; 0 for none, or none any more."""

    def count_once(self, tenant: TenantId, who: str, one: str, until: datetime, most: int) -> bool:
        """Count this `one` of `who`; False where it would be more than `most` of them.

        The same one again is the same, and True as it was. Forgotten some time after `until`. For short
        names, and a thousand of them at most: all of one `who` are in one row.
        """

    def first_sent(self, tenant: TenantId, form: str, now: datetime, until: datetime) -> datetime:
        """When this form was sent first: now, or what was said then. Forgotten some time after `until`."""

    def names_seen(self, tenant: TenantId) -> NamesSeen:
        """What the tenant's sites showed of late; nothing, of version 0, before anything was."""

    def save_names_seen(self, seen: NamesSeen) -> NamesSeen:
        """Write it if its version still stands; the stored one. Raises `Conflict`."""

    def set_aside(self, site: Site, batch: HitBatch, until: datetime) -> None:
        """Keep a batch of one form for a person to decide about, in place of itself; until then."""

    def forms_aside(self, site: Site, limit: int, cursor: str = "") -> Listing[HitBatch]:
        """Those that are kept, the oldest first; consistent."""

    def drop_aside(self, site: Site, batches: Iterable[HitBatch]) -> None:
        """Keep these no longer; nothing for those that are not there."""
