"""Lists and their members in memory."""

import threading
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from funnel.domain.errors import Conflict
from funnel.domain.ids import ListId, MemberKey, PersonId, SugarId, TenantId
from funnel.domain.lists.auto_lists import ListSettings
from funnel.domain.lists.lists import (
    COUNTED,
    ListKind,
    ListStatus,
    Member,
    Membership,
    Move,
    OpportunityContacts,
    PeopleList,
    SegmentRules,
    Standing,
    person_member,
)
from funnel.domain.segments.segments import Group
from funnel.domain.text import sort_name
from funnel.ports.lists import DueStanding
from funnel.ports.store import Listing
from tests.fakes.listing import Index, page_of

MOST_CONTACTS = 90
_At = tuple[TenantId, ListId]


class MemoryLists:
    """`ListStore` in memory. Every method is one step that nothing comes between.

    `list_writes` counts the rows that were written.
    """

    def __init__(self) -> None:
        super().__init__()
        self._lock = threading.RLock()
        self.list_writes = 0
        self._settings: dict[TenantId, ListSettings] = {}
        self._lists: dict[_At, PeopleList] = {}
        self._lists_by_name: Index[_At] = Index()
        self._of_kind_by_name: Index[_At] = Index()
        self._counts: dict[_At, tuple[int, datetime]] = {}
        self._members: dict[_At, dict[MemberKey, datetime]] = defaultdict(dict)
        self._rules: dict[TenantId, SegmentRules] = {}
        self._standings: dict[tuple[TenantId, PersonId], Standing] = {}
        self._contacts: dict[tuple[TenantId, SugarId], OpportunityContacts] = {}
        self._opportunities: dict[tuple[TenantId, SugarId], set[SugarId]] = defaultdict(set)

    def list_settings(self, tenant: TenantId) -> ListSettings:
        """Which fields have lists."""
        found = self._settings.get(tenant, ListSettings(tenant))
        return replace(found, segments=self._rules.get(tenant, SegmentRules(tenant)).generation)

    def save_list_settings(self, settings: ListSettings) -> ListSettings:
        """Write them if their version still stands."""
        with self._lock:
            if self.list_settings(settings.tenant).version != settings.version:
                raise Conflict("Somebody else changed it meanwhile.")
            stored = replace(settings, version=settings.version + 1)
            self._settings[settings.tenant] = stored
            return stored

    def delete_list(self, people_list: PeopleList) -> None:
        """Forget a list if its version still stands."""
        with self._lock:
            at = (people_list.tenant, people_list.list_id)
            stored = self._lists.get(at)
            if stored is None or stored.version != people_list.version:
                raise Conflict("Somebody else changed it meanwhile.")
            self.list_writes += 1
            del self._lists[at]
            self._lists_by_name.put(at)
            self._of_kind_by_name.put(at)
            if people_list.kind is ListKind.SEGMENT:
                self._set_rule(people_list, None)

    def segment_rules(self, tenant: TenantId) -> SegmentRules:
        """The rules of all segments in use."""
        return self._rules.get(tenant, SegmentRules(tenant))

    def on_lists(
        self, tenant: TenantId, list_ids: Iterable[ListId], keys: Iterable[MemberKey]
    ) -> dict[MemberKey, frozenset[ListId]]:
        """Which of these lists each of these is on."""
        with self._lock:
            wanted = set(list_ids)
            found = {
                key: frozenset(i for i in wanted if key in self._members.get((tenant, i), {}))
                for key in set(keys)
            }
        return {key: some for key, some in found.items() if some}

    def due_standings(self, until: datetime, limit: int, cursor: str = "") -> Listing[DueStanding]:
        """Of all tenants the people whose `recheck_at` is not after this."""
        with self._lock:
            due = [
                (
                    f"{one.recheck_at.isoformat()}#{one.tenant}#{one.person_id}",
                    DueStanding(one.tenant, one.person_id),
                )
                for one in self._standings.values()
                if one.recheck_at is not None and one.recheck_at <= until
            ]
        return page_of(due, limit, cursor)

    def lists(self, tenant: TenantId, ids: Iterable[ListId]) -> dict[ListId, PeopleList]:
        """The lists with these ids."""
        with self._lock:
            return {i: self._list((tenant, i)) for i in ids if (tenant, i) in self._lists}

    def list_lists(
        self,
        tenant: TenantId,
        prefix: str,
        limit: int,
        cursor: str = "",
        kind: ListKind | None = None,
    ) -> Listing[PeopleList]:
        """Lists by name."""
        with self._lock:
            by_name = self._lists_by_name if kind is None else self._of_kind_by_name
            group = tenant if kind is None else (tenant, kind)
            return by_name.page(group, sort_name(prefix), limit, cursor, self._list)

    def save_list(self, people_list: PeopleList) -> PeopleList:
        """Write it if its version still stands."""
        with self._lock:
            at = (people_list.tenant, people_list.list_id)
            stored = self._lists.get(at)
            if (stored.version if stored else 0) != people_list.version:
                raise Conflict("Somebody else changed it meanwhile.")
            self.list_writes += 1
            self._lists[at] = replace(people_list, version=people_list.version + 1)
            text = f"{sort_name(people_list.name)}\x1f{people_list.list_id}"
            self._lists_by_name.put(at, people_list.tenant, text)
            self._of_kind_by_name.put(at, (people_list.tenant, people_list.kind), text)
            if people_list.kind is ListKind.SEGMENT:
                active = people_list.status is ListStatus.ACTIVE
                self._set_rule(people_list, people_list.rule if active else None)
            return self._list(at)

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
        """A page of members in the order of their keys."""
        with self._lock:
            found = sorted(
                (key, moment)
                for key, moment in self._members[tenant, list_id].items()
                if key > cursor and key >= since and (not until or key < until)
            )
        page = [Member(key, moment) for key, moment in found[:limit]]
        return Listing(page, page[-1].key if len(found) > limit else "")

    def are_on(
        self, tenant: TenantId, list_id: ListId, keys: Iterable[MemberKey]
    ) -> dict[MemberKey, datetime]:
        """Since when those of these members that are on a list are."""
        with self._lock:
            there = self._members[tenant, list_id]
            return {key: there[key] for key in set(keys) if key in there}

    def put_members(self, tenant: TenantId, list_id: ListId, members: Iterable[Member]) -> None:
        """Put these on a list."""
        with self._lock:
            for member in members:
                self.list_writes += 1
                self._members[tenant, list_id][member.key] = member.since

    def remove_members(self, tenant: TenantId, list_id: ListId, keys: Iterable[MemberKey]) -> None:
        """Take these off a list."""
        with self._lock:
            for key in keys:
                self.list_writes += 1
                self._members[tenant, list_id].pop(key, None)

    def memberships(
        self, tenant: TenantId, keys: Iterable[MemberKey]
    ) -> dict[MemberKey, list[Membership]]:
        """The lists that each of these is on."""
        with self._lock:
            found = {
                key: [
                    Membership(list_id, there[key])
                    for (owner, list_id), there in sorted(self._members.items())
                    if owner == tenant and key in there
                ]
                for key in keys
            }
        return {key: on for key, on in found.items() if on}

    def standings(self, tenant: TenantId, people: Iterable[PersonId]) -> dict[PersonId, Standing]:
        """The lists of these people."""
        with self._lock:
            return {p: self._standings.get((tenant, p), Standing(tenant, p)) for p in people}

    def move(self, tenant: TenantId, moves: Sequence[Move], at: datetime) -> list[bool]:
        """Change people's lists."""
        if len({m.before.person_id for m in moves}) < len(moves):
            raise ValueError("two moves of one person")
        if any(m.before.tenant != tenant for m in moves):
            raise ValueError("a move is of another tenant")
        with self._lock:
            return [self._move(move, at) for move in moves]

    def opportunity_contacts(
        self, tenant: TenantId, ids: Iterable[SugarId]
    ) -> dict[SugarId, OpportunityContacts]:
        """The Contacts known to lead to these Opportunities."""
        with self._lock:
            return {i: self._contacts.get((tenant, i), OpportunityContacts(tenant, i)) for i in ids}

    def link_contacts(
        self,
        known: OpportunityContacts,
        add: Iterable[SugarId] = (),
        remove: Iterable[SugarId] = (),
    ) -> OpportunityContacts:
        """Make Contacts lead to an Opportunity, or no longer."""
        added, removed = frozenset(add), frozenset(remove)
        if len(added | removed) > MOST_CONTACTS:
            raise ValueError(f"at most {MOST_CONTACTS} Contacts at once")
        at = (known.tenant, known.opportunity_id)
        with self._lock:
            stored = self._contacts.get(at)
            if (stored.version if stored else 0) != known.version:
                raise Conflict("Somebody else changed it meanwhile.")
            self.list_writes += 1 + len(added | removed)
            after = replace(
                known,
                contact_ids=(known.contact_ids | added) - removed,
                version=known.version + 1,
            )
            self._contacts[at] = after
            for contact_id in added - removed:
                self._opportunities[known.tenant, contact_id].add(known.opportunity_id)
            for contact_id in removed:
                self._opportunities[known.tenant, contact_id].discard(known.opportunity_id)
            return after

    def opportunities_of(
        self, tenant: TenantId, contact_ids: Iterable[SugarId]
    ) -> Mapping[SugarId, frozenset[SugarId]]:
        """The Opportunities that these Contacts lead to."""
        with self._lock:
            found = {i: self._opportunities.get((tenant, i)) for i in contact_ids}
            return {i: frozenset(some) for i, some in found.items() if some}

    def _move(self, move: Move, at: datetime) -> bool:
        person = (move.before.tenant, move.before.person_id)
        stored = self._standings.get(person)
        if (stored.version if stored else 0) != move.before.version:
            return False
        key = person_member(move.before.person_id)
        for list_id in move.joined:
            self._members[person[0], list_id][key] = at
            self._count(person[0], list_id, 1, at)
        for list_id in move.left:
            del self._members[person[0], list_id][key]
            self._count(person[0], list_id, -1, at)
        self.list_writes += 1 + len(move.joined) + len(move.left)
        self._standings[person] = move.after
        return True

    def _set_rule(self, segment: PeopleList, rule: Group | None) -> None:
        before = self.segment_rules(segment.tenant)
        rules = {i: one for i, one in before.rules.items() if i != segment.list_id}
        if rule is not None:
            rules[segment.list_id] = rule
        self._rules[segment.tenant] = SegmentRules(segment.tenant, before.generation + 1, rules)

    def _count(self, tenant: TenantId, list_id: ListId, change: int, at: datetime) -> None:
        count, _ = self._counts.get((tenant, list_id), (0, at))
        self._counts[tenant, list_id] = (count + change, at)

    def _list(self, at: _At) -> PeopleList:
        stored = self._lists[at]
        if stored.kind not in COUNTED:
            return stored
        members, moved = self._counts.get(at, (0, stored.created_at))
        if stored.kind is not ListKind.AUTO:
            return replace(stored, members=members, changed_at=moved)
        status = ListStatus.ACTIVE if members else ListStatus.RETIRED
        return replace(
            stored,
            members=members,
            status=status,
            changed_at=moved,
            retired_at=None if members else moved,
        )
