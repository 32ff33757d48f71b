"""Sites and their hits in memory."""

import threading
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from funnel.domain.errors import Conflict
from funnel.domain.ids import TenantId
from funnel.domain.tracking.hits import HitBatch, SiteKey
from funnel.domain.tracking.names_seen import NamesSeen
from funnel.domain.tracking.sites import HitCounts, Site
from funnel.ports.listing import Listing


class MemorySites:
    """`SiteStore` in memory."""

    def __init__(self) -> None:
        super().__init__()
        self._sites_lock = threading.RLock()
        self._sites: dict[SiteKey, Site] = {}
        self._hits: dict[tuple[TenantId, SiteKey, date], HitCounts] = {}
        self._aside: dict[tuple[TenantId, SiteKey], dict[str, HitBatch]] = {}
        self._sent: dict[tuple[TenantId, str], datetime] = {}
        self._counted: dict[tuple[TenantId, str], set[str]] = {}
        self._names_seen: dict[TenantId, NamesSeen] = {}
        self._site_tries: Counter[tuple[TenantId, str]] = Counter()

    def sites(self, tenant: TenantId) -> list[Site]:
        """All sites of a tenant, the oldest first."""
        found = [one for one in self._sites.values() if one.tenant == tenant]
        return sorted(found, key=lambda one: (one.created_at, one.key))

    def site(self, key: SiteKey) -> Site | None:
        """The site that has this key."""
        return self._sites.get(key)

    def save_site(self, site: Site) -> Site:
        """Write it if its version still stands."""
        with self._sites_lock:
            stored = self._sites.get(site.key)
            if (stored.version if stored else 0) != site.version:
                raise Conflict("Somebody else changed this site meanwhile.")
            after = replace(site, version=site.version + 1)
            self._sites[site.key] = after
            return after

    def count_hits(self, site: Site, day: date, hits: int) -> bool:
        """Count hits of a day, accepted while there is budget."""
        with self._sites_lock:
            at = (site.tenant, site.key, day)
            old = self._hits.get(at, HitCounts())
            taken = old.accepted + hits <= site.daily_budget
            self._hits[at] = HitCounts(
                old.accepted + hits * taken, old.refused + hits * (not taken)
            )
            return taken

    def hit_counts(
        self, tenant: TenantId, key: SiteKey, days: Iterable[date]
    ) -> dict[date, HitCounts]:
        """What was counted on these days."""
        return {day: found for day in days if (found := self._hits.get((tenant, key, day)))}

    def count_try(self, tenant: TenantId, who: str, until: datetime, times: int = 1) -> int:
        """Count tries of `who`."""
        with self._sites_lock:
            self._site_tries[tenant, who] += times
            return self._site_tries[tenant, who]

    def tries_of(self, tenant: TenantId, who: str) -> int:
        """How many were counted."""
        with self._sites_lock:
            return self._site_tries.get((tenant, who), 0)

    def count_once(self, tenant: TenantId, who: str, one: str, until: datetime, most: int) -> bool:
        """Count this one of `who`, once."""
        with self._sites_lock:
            counted = self._counted.setdefault((tenant, who), set())
            if one not in counted and len(counted) >= most:
                return False
            counted.add(one)
            return True

    def first_sent(self, tenant: TenantId, form: str, now: datetime, until: datetime) -> datetime:
        """When this form was sent first."""
        with self._sites_lock:
            return self._sent.setdefault((tenant, form), now)

    def names_seen(self, tenant: TenantId) -> NamesSeen:
        """What the tenant's sites showed of late."""
        with self._sites_lock:
            return self._names_seen.get(tenant, NamesSeen(tenant))

    def save_names_seen(self, seen: NamesSeen) -> NamesSeen:
        """Write it if its version still stands."""
        with self._sites_lock:
            if self.names_seen(seen.tenant).version != seen.version:
                raise Conflict("Somebody else changed it meanwhile.")
            after = replace(seen, version=seen.version + 1)
            self._names_seen[seen.tenant] = after
            return after

    def set_aside(self, site: Site, batch: HitBatch, until: datetime) -> None:
        """Keep a batch of one form."""
        with self._sites_lock:
            (hit,) = batch.hits
            kept = self._aside.setdefault((site.tenant, site.key), {})
            kept[f"{hit.at.isoformat()}#{hit.hit_id}"] = batch

    def forms_aside(self, site: Site, limit: int, cursor: str = "") -> Listing[HitBatch]:
        """Those that are kept, the oldest first."""
        with self._sites_lock:
            kept = self._aside.get((site.tenant, site.key), {})
            names = [name for name in sorted(kept) if name > cursor]
            last = names[limit - 1] if len(names) > limit else ""
            return Listing([kept[name] for name in names[:limit]], last)

    def drop_aside(self, site: Site, batches: Iterable[HitBatch]) -> None:
        """Keep these no longer."""
        with self._sites_lock:
            kept = self._aside.get((site.tenant, site.key), {})
            for batch in batches:
                (hit,) = batch.hits
                kept.pop(f"{hit.at.isoformat()}#{hit.hit_id}", None)
