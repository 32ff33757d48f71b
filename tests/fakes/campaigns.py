"""Campaigns and the people in them in memory."""

import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from funnel.adapters.dynamodb.campaigns import by_name
from funnel.domain.campaigns.campaigns import (
    Campaign,
    CampaignHead,
    CampaignId,
    CampaignState,
    StepId,
)
from funnel.domain.campaigns.enrolments import (
    PARTS,
    Change,
    Enrolment,
    EnrolmentId,
    EnrolmentState,
    Numbers,
    StepNumbers,
    Turn,
    difference,
    part_of,
    step_numbers,
)
from funnel.domain.errors import Conflict
from funnel.domain.ids import PersonId, TenantId
from funnel.ports.listing import Listing

_At = tuple[TenantId, CampaignId]


class MemoryCampaigns:
    """`CampaignStore` in memory. Every method is one step that nothing comes between."""

    def __init__(self) -> None:
        super().__init__()
        self._campaigns_lock = threading.RLock()
        self._campaigns: dict[_At, Campaign] = {}
        self.walks: dict[tuple[TenantId, CampaignId, EnrolmentId], Enrolment] = {}
        self._turns: dict[tuple[TenantId, CampaignId, PersonId], Turn] = {}
        self._numbers: dict[_At, Numbers] = {}

    def campaigns(self, tenant: TenantId) -> list[CampaignHead]:
        """All campaigns of a tenant by name."""
        with self._campaigns_lock:
            found = [one.head for (whose, _), one in self._campaigns.items() if whose == tenant]
        return sorted(found, key=by_name)

    def heads(self, tenant: TenantId, ids: Iterable[CampaignId]) -> dict[CampaignId, CampaignHead]:
        """These campaigns without their steps."""
        return {one: whole.head for one, whole in self.whole(tenant, ids).items()}

    def campaign(self, tenant: TenantId, campaign_id: CampaignId) -> Campaign | None:
        """One campaign whole."""
        return self._campaigns.get((tenant, campaign_id))

    def whole(self, tenant: TenantId, ids: Iterable[CampaignId]) -> dict[CampaignId, Campaign]:
        """These campaigns whole."""
        with self._campaigns_lock:
            found = {one: self._campaigns.get((tenant, one)) for one in ids}
        return {one: campaign for one, campaign in found.items() if campaign is not None}

    def save_campaign(self, campaign: Campaign) -> Campaign:
        """Write it if its version still stands."""
        with self._campaigns_lock:
            self._check_campaign(campaign)
            after = replace(campaign, version=campaign.version + 1)
            self._campaigns[campaign.tenant, campaign.campaign_id] = after
            return after

    def delete_campaign(self, campaign: Campaign) -> None:
        """Remove it if its version still stands."""
        with self._campaigns_lock:
            self._check_campaign(campaign)
            self._campaigns.pop((campaign.tenant, campaign.campaign_id), None)

    def running(self, tenant: TenantId) -> list[CampaignHead]:
        """The campaigns of a tenant that run."""
        return [one for one in self.all_running() if one.tenant == tenant]

    def all_running(self) -> list[CampaignHead]:
        """The campaigns that run, of all tenants."""
        with self._campaigns_lock:
            found = [c.head for c in self._campaigns.values() if c.state is CampaignState.RUNNING]
        return sorted(found, key=lambda head: (head.tenant, head.campaign_id))

    def write_enrolments(self, tenant: TenantId, changes: Sequence[Change]) -> list[bool]:
        """Write each change whole or not at all, with the numbers of the steps."""
        if len({c.after.enrolment_id for c in changes}) < len(changes):
            raise ValueError("two changes of one enrolment")
        if any(c.after.tenant != tenant for c in changes):
            raise ValueError("a change is of another tenant")
        with self._campaigns_lock:
            return [self._write_change(change) for change in changes]

    def enrolments(
        self, tenant: TenantId, campaign_id: CampaignId, ids: Iterable[EnrolmentId]
    ) -> dict[EnrolmentId, Enrolment]:
        """These enrolments."""
        with self._campaigns_lock:
            found = {i: self.walks.get((tenant, campaign_id, i)) for i in ids}
        return {i: one for i, one in found.items() if one is not None}

    def is_due(
        self, tenant: TenantId, campaign_id: CampaignId, part: int, until: datetime, most: int = 1
    ) -> int:
        """How many of a part are due by then."""
        return min(most, len(self._due(tenant, campaign_id, part, until)))

    def due_parts(
        self, heads: Sequence[CampaignHead], until: datetime
    ) -> list[tuple[CampaignHead, int]]:
        """The parts of these campaigns in which somebody is due."""
        return [
            (head, part)
            for head in heads
            for part in range(PARTS)
            if self.is_due(head.tenant, head.campaign_id, part, until)
        ]

    def claim(
        self,
        tenant: TenantId,
        campaign_id: CampaignId,
        part: int,
        now: datetime,
        until: datetime,
        limit: int,
    ) -> list[Enrolment]:
        """Take the first of a part that are due by now."""
        with self._campaigns_lock:
            found = self._due(tenant, campaign_id, part, now)[:limit]
            return [self._make_due(one, until) for one in found]

    def hasten(
        self, tenant: TenantId, campaign_id: CampaignId, enrolment_id: EnrolmentId, at: datetime
    ) -> bool:
        """Have it looked at by then."""
        with self._campaigns_lock:
            one = self.walks.get((tenant, campaign_id, enrolment_id))
            if one is None or one.due_at is None or one.due_at <= at:
                return False
            self._make_due(one, at)
            return True

    def enrolments_at(
        self,
        tenant: TenantId,
        campaign_id: CampaignId,
        step: StepId,
        state: EnrolmentState,
        limit: int,
        cursor: str = "",
    ) -> Listing[Enrolment]:
        """Who stands, or ended, at a step in this state."""
        some = [o for o in self._all(tenant, campaign_id) if (o.step, o.state) == (step, state)]
        return _page([(f"{o.since.isoformat()}#{o.enrolment_id}", o) for o in some], limit, cursor)

    def list_enrolments(
        self, tenant: TenantId, campaign_id: CampaignId, part: int, limit: int, cursor: str = ""
    ) -> Listing[Enrolment]:
        """All enrolments of a part."""
        some = [o for o in self._all(tenant, campaign_id) if part_of(o.enrolment_id) == part]
        return _page([(o.enrolment_id, o) for o in some], limit, cursor)

    def turns(
        self, tenant: TenantId, campaign_id: CampaignId, people: Iterable[PersonId]
    ) -> dict[PersonId, Turn]:
        """The turns of these people in a campaign."""
        with self._campaigns_lock:
            found = {p: self._turns.get((tenant, campaign_id, p)) for p in people}
        return {p: turn for p, turn in found.items() if turn is not None}

    def turns_of(self, tenant: TenantId, person_id: PersonId) -> list[Turn]:
        """All turns of a person."""
        with self._campaigns_lock:
            found = [t for at, t in self._turns.items() if (at[0], at[2]) == (tenant, person_id)]
        return sorted(found, key=lambda turn: turn.campaign_id)

    def forget_turn(self, turn: Turn) -> None:
        """Forget that the person was ever in the campaign."""
        with self._campaigns_lock:
            self._turns.pop((turn.tenant, turn.campaign_id, turn.person_id), None)

    def step_numbers(
        self, tenant: TenantId, campaign_id: CampaignId
    ) -> Mapping[StepId, StepNumbers]:
        """The numbers of all steps that anybody came to."""
        with self._campaigns_lock:
            return step_numbers(self._numbers.get((tenant, campaign_id), Numbers()))

    def forget_enrolments(self, tenant: TenantId, campaign_id: CampaignId, limit: int) -> bool:
        """Remove so many with their turns, and in the end the numbers."""
        with self._campaigns_lock:
            some = self._all(tenant, campaign_id)[:limit]
            for one in some:
                for person_id in (one.person_id, one.origin):
                    self._turns.pop((tenant, campaign_id, person_id), None)
                del self.walks[tenant, campaign_id, one.enrolment_id]
            if not some:
                self._numbers.pop((tenant, campaign_id), None)
            return bool(some)

    def _write_change(self, change: Change) -> bool:
        after, turn = change.after, change.turn
        at = (after.tenant, after.campaign_id, after.enrolment_id)
        if _version(self.walks.get(at)) != _version(change.before):
            return False
        if turn is not None:
            of = (turn.tenant, turn.campaign_id, turn.person_id)
            if _version(self._turns.get(of)) != turn.version:
                return False
            self._turns[of] = replace(turn, version=turn.version + 1)
        self.walks[at] = replace(after, version=_version(change.before) + 1)
        self._numbers.setdefault(at[:2], Numbers()).update(difference([change]))
        return True

    def _all(self, tenant: TenantId, campaign_id: CampaignId) -> list[Enrolment]:
        with self._campaigns_lock:
            found = [one for at, one in self.walks.items() if at[:2] == (tenant, campaign_id)]
        return sorted(found, key=lambda one: one.enrolment_id)

    def _due(
        self, tenant: TenantId, campaign_id: CampaignId, part: int, until: datetime
    ) -> list[Enrolment]:
        found = [
            (one.due_at, one.enrolment_id, one)
            for one in self._all(tenant, campaign_id)
            if one.due_at is not None and one.due_at <= until and part_of(one.enrolment_id) == part
        ]
        return [one for _, _, one in sorted(found, key=lambda row: row[:2])]

    def _make_due(self, one: Enrolment, at: datetime) -> Enrolment:
        after = replace(one, due_at=at, version=one.version + 1)
        self.walks[one.tenant, one.campaign_id, one.enrolment_id] = after
        return after

    def _check_campaign(self, campaign: Campaign) -> None:
        stored = self._campaigns.get((campaign.tenant, campaign.campaign_id))
        if _version(stored) != campaign.version:
            raise Conflict("Somebody else changed this campaign meanwhile.")


def _version(row: Enrolment | Turn | Campaign | None) -> int:
    return row.version if row else 0


def _page(rows: list[tuple[str, Enrolment]], limit: int, cursor: str) -> Listing[Enrolment]:
    found = sorted((row for row in rows if row[0] > cursor), key=lambda row: row[0])
    more = found[limit - 1][0] if len(found) > limit else ""
    return Listing([one for _, one in found[:limit]], more)
