"""Where lists and their members are kept. What `ports/store.py` says of stores holds here too."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from funnel.domain.ids import ListId, MemberKey, PersonId, SugarId, TenantId
from funnel.domain.lists.auto_lists import ListSettings
from funnel.domain.lists.lists import (
    ListKind,
    Member,
    Membership,
    Move,
    OpportunityContacts,
    PeopleList,
    SegmentRules,
    Standing,
)
from funnel.ports.store import Listing


@dataclass(frozen=True, slots=True)
class DueStanding:
    """A person whose segments time alone may have changed."""

    tenant: TenantId
    person_id: PersonId


class ListStore(Protocol):
    """Lists, who is on them, and what auto lists are worked out from."""

    def list_settings(self, tenant: TenantId) -> ListSettings:
        """Which fields have lists; the usual ones, with version 0, while nothing was saved."""

    def save_list_settings(self, settings: ListSettings) -> ListSettings:
        """Write them if their version still stands; the stored ones. Raises `Conflict`."""

    def lists(self, tenant: TenantId, ids: Iterable[ListId]) -> dict[ListId, PeopleList]:
        """The lists with these ids; those that are not here are absent."""

    def list_lists(
        self,
        tenant: TenantId,
        prefix: str,
        limit: int,
        cursor: str = "",
        kind: ListKind | None = None,
    ) -> Listing[PeopleList]:
        """Listing: lists whose folded name starts with the folded prefix, by name.

        Of one kind, or of all.
        """

    def save_list(self, people_list: PeopleList) -> PeopleList:
        """Write it if its version still stands; the stored one. Raises `Conflict`.

        The rule of a segment that is ACTIVE is among `segment_rules` from then on, and that of
        another no more: in the same transaction, which makes another generation of them.
        """

    def delete_list(self, people_list: PeopleList) -> None:
        """Forget a list if its version still stands, and a segment's rule with it. Raises `Conflict`.

        Who is on it stays until moved off; the list itself is here no more.
        """

    def segment_rules(self, tenant: TenantId) -> SegmentRules:
        """The rules of all segments in use, all of one generation; consistent."""

    def on_lists(
        self, tenant: TenantId, list_ids: Iterable[ListId], keys: Iterable[MemberKey]
    ) -> dict[MemberKey, frozenset[ListId]]:
        """Which of these lists each of these is on; those on none are absent. Consistent."""

    def due_standings(self, until: datetime, limit: int, cursor: str = "") -> Listing[DueStanding]:
        """Listing: of all tenants the people whose `recheck_at` is not after this, in its order."""

    def members(
        self,
        tenant: TenantId,
        list_id: ListId,
        limit: int,
        cursor: str = "",
        *,
        since: str = "",
        until: str = "",
    ) -> Listing[Member]:
        """A page of members in the order of their keys, compared by code points; consistent.

        Only keys from `since` on and before `until` ("" is no limit).
        """

    def are_on(
        self, tenant: TenantId, list_id: ListId, keys: Iterable[MemberKey]
    ) -> dict[MemberKey, datetime]:
        """Since when those of these members that are on a list are; consistent."""

    def put_members(self, tenant: TenantId, list_id: ListId, members: Iterable[Member]) -> None:
        """Put these on a list, in whatever order; those that are on it get this `since`.

        Counts nothing, and may be repeated. For lists that one worker works on at a time.
        """

    def remove_members(self, tenant: TenantId, list_id: ListId, keys: Iterable[MemberKey]) -> None:
        """Take these off a list; nothing for those that are not on it. May be repeated."""

    def memberships(
        self, tenant: TenantId, keys: Iterable[MemberKey]
    ) -> dict[MemberKey, list[Membership]]:
        """Listing: the lists that each of these is on, by id; those on none are absent."""

    def standings(self, tenant: TenantId, people: Iterable[PersonId]) -> dict[PersonId, Standing]:
        """The lists of these people; of one that never had any, an empty one of version 0."""

    def move(self, tenant: TenantId, moves: Sequence[Move], at: datetime) -> list[bool]:
        """Change people's lists, each whole or not at all; False where the standing moved on.

        Standings, members and the lists' counts are written together, so that a move that is
        repeated is told False and counts nothing. No two are of one person.
        """

    def opportunity_contacts(
        self, tenant: TenantId, ids: Iterable[SugarId]
    ) -> dict[SugarId, OpportunityContacts]:
        """The Contacts known to lead to these Opportunities; an empty row where there is none."""

    def link_contacts(
        self,
        known: OpportunityContacts,
        add: Iterable[SugarId] = (),
        remove: Iterable[SugarId] = (),
    ) -> OpportunityContacts:
        """Make Contacts lead to an Opportunity, or no longer; the stored row.

        At most 90 Contacts at once. Raises `Conflict` if the stored version is another.
        """

    def opportunities_of(
        self, tenant: TenantId, contact_ids: Iterable[SugarId]
    ) -> Mapping[SugarId, frozenset[SugarId]]:
        """The Opportunities that these Contacts lead to; Contacts without any are absent."""
