"""Where campaigns, and who walks along them, are kept. What `ports/store.py` says of stores holds."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from funnel.domain.campaigns.campaigns import Campaign, CampaignHead, CampaignId, StepId
from funnel.domain.campaigns.enrolments import (
    Change,
    Enrolment,
    EnrolmentId,
    EnrolmentState,
    StepNumbers,
    Turn,
)
from funnel.domain.ids import PersonId, TenantId
from funnel.ports.listing import Listing


class CampaignStore(Protocol):
    """Campaigns, enrolments and their numbers."""

    def campaigns(self, tenant: TenantId) -> list[CampaignHead]:
        """All campaigns of a tenant by name; consistent. There are few."""

    def heads(self, tenant: TenantId, ids: Iterable[CampaignId]) -> dict[CampaignId, CampaignHead]:
        """These campaigns without their steps; those that are not there are absent. Consistent."""

    def campaign(self, tenant: TenantId, campaign_id: CampaignId) -> Campaign | None:
        """One campaign whole; consistent."""

    def whole(self, tenant: TenantId, ids: Iterable[CampaignId]) -> dict[CampaignId, Campaign]:
        """These campaigns whole; those that are not there are absent. Consistent."""

    def save_campaign(self, campaign: Campaign) -> Campaign:
        """Write it if its version still stands; the stored one. Raises `Conflict`."""

    def delete_campaign(self, campaign: Campaign) -> None:
        """Remove it if its version still stands; who walked along it stays. Raises `Conflict`."""

    def running(self, tenant: TenantId) -> list[CampaignHead]:
        """Listing: the campaigns of a tenant that run."""

    def all_running(self) -> list[CampaignHead]:
        """Listing across tenants, for the schedule: the campaigns that run."""

    def write_enrolments(self, tenant: TenantId, changes: Sequence[Change]) -> list[bool]:
        """Write each change whole or not at all, with the numbers of the steps; False where one was changed meanwhile.

        The same change repeated is told False. No two are of one enrolment; of two with one turn the
        later is told False if the earlier was written.
        """

    def enrolments(
        self, tenant: TenantId, campaign_id: CampaignId, ids: Iterable[EnrolmentId]
    ) -> dict[EnrolmentId, Enrolment]:
        """These enrolments; those that are not here are absent."""

    def is_due(
        self, tenant: TenantId, campaign_id: CampaignId, part: int, until: datetime, most: int = 1
    ) -> int:
        """Listing: how many of a part are due by `until`; `most` where there are more."""

    def due_parts(
        self, heads: Sequence[CampaignHead], until: datetime
    ) -> list[tuple[CampaignHead, int]]:
        """Listing: the parts of these campaigns in which somebody is due by `until`, in their order."""

    def claim(
        self,
        tenant: TenantId,
        campaign_id: CampaignId,
        part: int,
        now: datetime,
        until: datetime,
        limit: int,
    ) -> list[Enrolment]:
        """Take the first of a part that are due by `now`, by when they were; they are due again at `until`.

        What somebody else took meanwhile is left out, so that none does not mean that nothing is due.
        """

    def hasten(
        self, tenant: TenantId, campaign_id: CampaignId, enrolment_id: EnrolmentId, at: datetime
    ) -> bool:
        """Have a walking enrolment looked at by `at`, if it would be later; whether that was changed."""

    def enrolments_at(
        self,
        tenant: TenantId,
        campaign_id: CampaignId,
        step: StepId,
        state: EnrolmentState,
        limit: int,
        cursor: str = "",
    ) -> Listing[Enrolment]:
        """Listing: who stands, or ended, at a step in this state, by since when."""

    def list_enrolments(
        self, tenant: TenantId, campaign_id: CampaignId, part: int, limit: int, cursor: str = ""
    ) -> Listing[Enrolment]:
        """All enrolments of a part, in the order of their ids; consistent."""

    def turns(
        self, tenant: TenantId, campaign_id: CampaignId, people: Iterable[PersonId]
    ) -> dict[PersonId, Turn]:
        """The turns of these people in a campaign; those who never came in are absent."""

    def turns_of(self, tenant: TenantId, person_id: PersonId) -> list[Turn]:
        """All turns of a person, by campaign; consistent."""

    def forget_turn(self, turn: Turn) -> None:
        """Forget that the person was ever in the campaign."""

    def step_numbers(
        self, tenant: TenantId, campaign_id: CampaignId
    ) -> Mapping[StepId, StepNumbers]:
        """The numbers of all steps that anybody came to; consistent."""

    def forget_enrolments(self, tenant: TenantId, campaign_id: CampaignId, limit: int) -> bool:
        """Remove so many enrolments of a campaign with their turns, and in the end its numbers; whether more are left."""
