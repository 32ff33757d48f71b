"""Lists and their members."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from funnel.adapters.dynamodb import list_rows as rows
from funnel.adapters.dynamodb import member_rows
from funnel.adapters.dynamodb.access import put_if_version
from funnel.adapters.dynamodb.list_access import CHANGED
from funnel.adapters.dynamodb.moving import Mover
from funnel.adapters.dynamodb.opportunity_contacts import DynamoOpportunityContacts
from funnel.adapters.dynamodb.requests import Dynamo
from funnel.adapters.dynamodb.tables import DUE_PARTS, SHARDS, Tables, moment, person_pk
from funnel.domain.errors import Conflict, StoreBusy
from funnel.domain.ids import ListId, MemberKey, PersonId, TenantId
from funnel.domain.lists.auto_lists import ListSettings
from funnel.domain.lists.lists import (
    ListKind,
    ListStatus,
    Member,
    Membership,
    Move,
    PeopleList,
    SegmentRules,
    Standing,
)
from funnel.domain.text import sort_name
from funnel.ports.lists import DueStanding
from funnel.ports.store import Listing

_MOST_LISTS = 2000
"""Of one member that are looked at."""


class DynamoLists(DynamoOpportunityContacts):
    """`ListStore` in DynamoDB."""

    def __init__(self, dynamo: Dynamo, tables: Tables) -> None:
        super().__init__(dynamo, tables)
        self._mover = Mover(dynamo, tables.lists)

    def list_settings(self, tenant: TenantId) -> ListSettings:
        """Which fields have lists."""
        places = [rows.settings_place(tenant), rows.generation_place(tenant)]
        return rows.settings_of(tenant, self._dynamo.batch_get(self._tables.lists, places))

    def save_list_settings(self, settings: ListSettings) -> ListSettings:
        """Write them if their version still stands; the stored ones. Raises `Conflict`."""
        after = replace(settings, version=settings.version + 1)
        item = rows.settings_item(after)
        if not put_if_version(self._dynamo, self._tables.lists, item, settings.version):
            raise Conflict(CHANGED, mend="Try again.")
        return after

    def lists(self, tenant: TenantId, ids: Iterable[ListId]) -> dict[ListId, PeopleList]:
        """The lists with these ids."""
        found = self._lists_found(rows.LIST, lambda i: rows.list_pk(tenant, i), ids)
        return {i: made for i, item in found if (made := rows.list_of(item))}

    def list_lists(
        self,
        tenant: TenantId,
        prefix: str,
        limit: int,
        cursor: str = "",
        kind: ListKind | None = None,
    ) -> Listing[PeopleList]:
        """Lists by name."""
        return self._listings.merged(
            self._tables.lists,
            "list",
            rows.lists_pks(tenant, kind),
            rows.listed,
            limit,
            prefix=sort_name(prefix),
            cursor=cursor,
        )

    def save_list(self, people_list: PeopleList) -> PeopleList:
        """Write it if its version still stands; the stored one. Raises `Conflict`."""
        table, list_id = self._tables.lists, people_list.list_id
        actions = [{"Update": {"TableName": table, **rows.list_update(people_list)}}]
        if people_list.kind is ListKind.SEGMENT:
            kept = people_list.status is ListStatus.ACTIVE
            actions += rows.rule_change(table, people_list, kept=kept)
        if self._dynamo.transact(actions):
            raise Conflict(CHANGED, mend="Try again.")
        place = rows.list_pk(people_list.tenant, list_id), rows.LIST
        counted = next(iter(self._dynamo.batch_get(table, [place])), {})
        return rows.as_counted(replace(people_list, version=people_list.version + 1), counted)

    def delete_list(self, people_list: PeopleList) -> None:
        """Forget a list if its version still stands, and a segment's rule. Raises `Conflict`."""
        table = self._tables.lists
        removal = {"Update": {"TableName": table, **rows.list_removal(people_list)}}
        rule = (
            rows.rule_change(table, people_list, kept=False)
            if people_list.kind is ListKind.SEGMENT
            else []
        )
        if self._dynamo.transact([removal, *rule]):
            raise Conflict(CHANGED, mend="Try again.")

    def segment_rules(self, tenant: TenantId) -> SegmentRules:
        """The rules of all segments in use, all of one generation."""
        for pause in self._dynamo.waits():
            before = self._generation(tenant)
            items = self._dynamo.query_all(
                self._tables.lists,
                ConsistentRead=True,
                KeyConditionExpression="pk = :p AND begins_with(sk, :s)",
                ExpressionAttributeValues={
                    ":p": {"S": rows.rules_pk(tenant)}, ":s": {"S": rows.rule_sk(ListId(""))},
                },
            )  # fmt: skip
            if self._generation(tenant) == before:
                return SegmentRules(tenant, before, dict(map(rows.rule_of, items)))
            if pause is None:
                break
        raise StoreBusy("Others keep changing segments.")

    def _generation(self, tenant: TenantId) -> int:
        found = self._dynamo.batch_get(self._tables.lists, [rows.generation_place(tenant)])
        return rows.generation_of(found[0] if found else None)

    def on_lists(
        self, tenant: TenantId, list_ids: Iterable[ListId], keys: Iterable[MemberKey]
    ) -> dict[MemberKey, frozenset[ListId]]:
        """Which of these lists each of these is on."""
        wanted = sorted(set(list_ids))
        places = {
            member_rows.member_place(tenant, list_id, key): (key, list_id)
            for key in set(keys)
            for list_id in wanted
        }
        found: dict[MemberKey, set[ListId]] = defaultdict(set)
        for item in self._dynamo.batch_get(self._tables.lists, list(places)):
            key, list_id = places[item["pk"]["S"], item["sk"]["S"]]
            found[key].add(list_id)
        return {key: frozenset(some) for key, some in found.items()}

    def due_standings(self, until: datetime, limit: int, cursor: str = "") -> Listing[DueStanding]:
        """Of all tenants the people whose `recheck_at` is not after this."""
        return self._listings.merged(
            self._tables.lists,
            "due",
            [member_rows.due_pk(part) for part in range(DUE_PARTS)],
            member_rows.due_standing_of,
            limit,
            cursor=cursor,
            until=moment(until) + "~",
        )

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
        return self._listings.merged(
            self._tables.lists,
            "",
            [member_rows.members_pk(tenant, list_id, part) for part in range(SHARDS)],
            member_rows.member_of,
            limit,
            cursor=cursor,
            since=since,
            until=until,
        )

    def are_on(
        self, tenant: TenantId, list_id: ListId, keys: Iterable[MemberKey]
    ) -> dict[MemberKey, datetime]:
        """Since when those of these members that are on a list are."""
        places = [member_rows.member_place(tenant, list_id, key) for key in dict.fromkeys(keys)]
        found = self._dynamo.batch_get(self._tables.lists, places) if places else []
        return {one.key: one.since for one in map(member_rows.member_of, found)}

    def put_members(self, tenant: TenantId, list_id: ListId, members: Iterable[Member]) -> None:
        """Put these on a list."""
        latest = {m.key: m for m in members}
        items = [member_rows.member_item(tenant, list_id, m.key, m.since) for m in latest.values()]
        self._dynamo.batch_put(self._tables.lists, items)

    def remove_members(self, tenant: TenantId, list_id: ListId, keys: Iterable[MemberKey]) -> None:
        """Take these off a list."""
        places = [member_rows.member_place(tenant, list_id, key) for key in dict.fromkeys(keys)]
        self._dynamo.batch_delete(self._tables.lists, places)

    def memberships(
        self, tenant: TenantId, keys: Iterable[MemberKey]
    ) -> dict[MemberKey, list[Membership]]:
        """The lists that each of these is on."""
        wanted = list(dict.fromkeys(keys))
        found = self._dynamo.each(lambda key: self._memberships(tenant, key), wanted)
        return {key: on for key, on in zip(wanted, found, strict=True) if on}

    def _memberships(self, tenant: TenantId, key: MemberKey) -> list[Membership]:
        items = self._dynamo.query(
            self._tables.lists,
            _MOST_LISTS,
            IndexName="member",
            KeyConditionExpression="member_pk = :p",
            ExpressionAttributeValues={":p": {"S": member_rows.member_pk(tenant, key)}},
        )
        return [member_rows.membership_of(item) for item in items]

    def standings(self, tenant: TenantId, people: Iterable[PersonId]) -> dict[PersonId, Standing]:
        """The lists of these people."""
        wanted = list(people)
        found = self._lists_found(member_rows.STANDING, lambda p: person_pk(tenant, p), wanted)
        none = {person: Standing(tenant, person) for person in wanted}
        return none | {
            person: member_rows.standing_of(tenant, person, item) for person, item in found
        }

    def move(self, tenant: TenantId, moves: Sequence[Move], at: datetime) -> list[bool]:
        """Change people's lists, each whole or not at all."""
        return self._mover.move(tenant, moves, at)
