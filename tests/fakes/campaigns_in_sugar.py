"""What of our campaigns Sugar holds, in memory."""

import threading
from collections.abc import Iterable, Sequence
from dataclasses import replace

from funnel.adapters.dynamodb.tables import moment
from funnel.domain.campaigns.campaigns import CampaignId
from funnel.domain.campaigns.campaigns_in_sugar import CampaignInSugar, SugarMember
from funnel.domain.errors import Conflict
from funnel.domain.ids import PersonId, TenantId
from funnel.ports.campaigns_in_sugar import MemberAt
from funnel.ports.store import Listing
from tests.fakes.listing import Index

_At = tuple[TenantId, CampaignId, PersonId]


class MemoryCampaignsInSugar:
    """`CampaignInSugarStore` in memory. `in_sugar_writes` counts the rows that were written."""

    def __init__(self) -> None:
        super().__init__()
        self._in_sugar_lock = threading.RLock()
        self._in_sugar: dict[tuple[TenantId, CampaignId], CampaignInSugar] = {}
        self._sugar_members: dict[_At, SugarMember] = {}
        self._members_due: Index[_At] = Index()
        self.in_sugar_writes = 0

    def campaigns_in_sugar(self, tenant: TenantId) -> list[CampaignInSugar]:
        """All of a tenant."""
        with self._in_sugar_lock:
            return [one for (whose, _), one in sorted(self._in_sugar.items()) if whose == tenant]

    def save_campaign_in_sugar(self, one: CampaignInSugar) -> CampaignInSugar:
        """Write it if its version still stands."""
        with self._in_sugar_lock:
            at = (one.tenant, one.campaign_id)
            stored = self._in_sugar.get(at)
            if (stored.version if stored else 0) != one.version:
                raise Conflict("Somebody else changed it meanwhile.")
            self.in_sugar_writes += 1
            self._in_sugar[at] = replace(one, version=one.version + 1)
            return self._in_sugar[at]

    def sugar_members(
        self, tenant: TenantId, keys: Iterable[MemberAt]
    ) -> dict[MemberAt, SugarMember]:
        """Those of these members that are there."""
        with self._in_sugar_lock:
            found = {key: self._sugar_members.get((tenant, *key)) for key in keys}
            return {key: one for key, one in found.items() if one is not None}

    def save_sugar_members(self, tenant: TenantId, members: Sequence[SugarMember]) -> list[bool]:
        """Write each if its version still stands."""
        if any(one.tenant != tenant for one in members):
            raise ValueError("a member is of another tenant")
        with self._in_sugar_lock:
            return [self._save_sugar_member(one) for one in members]

    def forget_sugar_member(self, member: SugarMember) -> None:
        """Remove it if its version still stands."""
        with self._in_sugar_lock:
            at = (member.tenant, member.campaign_id, member.person_id)
            stored = self._sugar_members.get(at)
            if stored is not None and stored.version == member.version:
                self.in_sugar_writes += 1
                del self._sugar_members[at]
                self._members_due.put(at)

    def members_due(
        self, tenant: TenantId, campaign_id: CampaignId, limit: int, cursor: str = ""
    ) -> Listing[SugarMember]:
        """The members with a `due_at`, by it."""
        with self._in_sugar_lock:
            load = self._sugar_members.__getitem__
            return self._members_due.page((tenant, campaign_id), "", limit, cursor, load)

    def _save_sugar_member(self, one: SugarMember) -> bool:
        at = (one.tenant, one.campaign_id, one.person_id)
        stored = self._sugar_members.get(at)
        if (stored.version if stored else 0) != one.version:
            return False
        self.in_sugar_writes += 1
        self._sugar_members[at] = replace(one, version=one.version + 1)
        text = f"{moment(one.due_at)}#{one.person_id}" if one.due_at else None
        self._members_due.put(at, (one.tenant, one.campaign_id), text)
        return True
