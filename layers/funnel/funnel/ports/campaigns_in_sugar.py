"""Where it is kept what of our campaigns Sugar holds. What `ports/store.py` says of stores holds."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from funnel.domain.campaigns.campaigns import CampaignId
from funnel.domain.campaigns.campaigns_in_sugar import CampaignInSugar, SugarMember
from funnel.domain.ids import PersonId, TenantId
from funnel.ports.listing import Listing

MemberAt = tuple[CampaignId, PersonId]


class CampaignInSugarStore(Protocol):
    """A row for each campaign that was ever to be synced, and one for each person in it."""

    def campaigns_in_sugar(self, tenant: TenantId) -> list[CampaignInSugar]:
        """All of a tenant; consistent. There are few."""

    def save_campaign_in_sugar(self, one: CampaignInSugar) -> CampaignInSugar:
        """Write it if its version still stands; the stored one. Raises `Conflict`."""

    def sugar_members(
        self, tenant: TenantId, keys: Iterable[MemberAt]
    ) -> dict[MemberAt, SugarMember]:
        """Those of these members that are there."""

    def save_sugar_members(self, tenant: TenantId, members: Sequence[SugarMember]) -> list[bool]:
        """Write each if its version still stands (0: if there is none); which were written.

        They are independent of each other, no two of one person in one campaign.
        """

    def forget_sugar_member(self, member: SugarMember) -> None:
        """Remove it if its version still stands, else leave it."""

    def members_due(
        self, tenant: TenantId, campaign_id: CampaignId, limit: int, cursor: str = ""
    ) -> Listing[SugarMember]:
        """Listing: the members with a `due_at`, by it, also of times to come."""
