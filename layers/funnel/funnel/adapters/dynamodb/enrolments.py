"""People in campaigns: walks, turns, what is due, and the numbers of steps."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from botocore.exceptions import ClientError

from funnel.adapters.dynamodb import campaign_rows as rows
from funnel.adapters.dynamodb.access import Access
from funnel.adapters.dynamodb.requests import CONDITION_FAILED, Item, code_of, key_of
from funnel.adapters.dynamodb.tables import moment, person_pk
from funnel.domain.campaigns.campaigns import CampaignHead, CampaignId, StepId
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
from funnel.domain.errors import StoreBusy
from funnel.domain.ids import PersonId, TenantId
from funnel.ports.listing import Listing

_TRIES = 8
_AFTER = "$"
"""Sorts after the `#` that ends a moment in a key of the index `due`."""


class DynamoEnrolments(Access):
    """What `CampaignStore` says of enrolments, in DynamoDB."""

    def write_enrolments(self, tenant: TenantId, changes: Sequence[Change]) -> list[bool]:
        """Write each change whole or not at all, with the numbers of the steps."""
        if len({c.after.enrolment_id for c in changes}) < len(changes):
            raise ValueError("two changes of one enrolment")
        if any(c.after.tenant != tenant for c in changes):
            raise ValueError("a change is of another tenant")
        written = [True] * len(changes)
        for pack in self._packed(changes):
            for place in self._write(tenant, changes, pack):
                written[place] = False
        return written

    def enrolments(
        self, tenant: TenantId, campaign_id: CampaignId, ids: Iterable[EnrolmentId]
    ) -> dict[EnrolmentId, Enrolment]:
        """These enrolments."""
        keys = [rows.walk_key(tenant, campaign_id, one) for one in dict.fromkeys(ids)]
        found = self._dynamo.batch_get(self._tables.campaigns, keys) if keys else []
        return {one.enrolment_id: one for one in map(rows.enrolment_of, found)}

    def is_due(
        self, tenant: TenantId, campaign_id: CampaignId, part: int, until: datetime, most: int = 1
    ) -> int:
        """How many of a part are due by then."""
        asked = _due(rows.walk_pk(tenant, campaign_id, part), until)
        return self._dynamo.count(self._tables.campaigns, most, ConsistentRead=False, **asked)

    def due_parts(
        self, heads: Sequence[CampaignHead], until: datetime
    ) -> list[tuple[CampaignHead, int]]:
        """The parts in which somebody is due by then; a few are asked at once."""
        asked = [(head, part) for head in heads for part in range(PARTS)]
        found = self._dynamo.each(
            lambda one: self.is_due(one[0].tenant, one[0].campaign_id, one[1], until), asked
        )
        return [one for one, is_due in zip(asked, found, strict=True) if is_due]

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
        asked = _due(rows.walk_pk(tenant, campaign_id, part), now)
        found = self._dynamo.query(self._tables.campaigns, limit, **asked)
        claimed = self._dynamo.each(lambda item: self._claim(item, until), found)
        return [one for one in claimed if one is not None]

    def _claim(self, seen: Item, until: datetime) -> Enrolment | None:
        """It is as it was in the index, so that what was changed since is nobody's to take."""
        condition, values = "due_sk = :seen", {":seen": seen["due_sk"]}
        found = self._move_due(
            seen["pk"]["S"], EnrolmentId(seen["sk"]["S"]), until, condition, values
        )
        return rows.enrolment_of(found) if found else None

    def hasten(
        self, tenant: TenantId, campaign_id: CampaignId, enrolment_id: EnrolmentId, at: datetime
    ) -> bool:
        """Have it looked at by then."""
        place = rows.due_sk(at, enrolment_id)
        condition, values = "due_sk > :at", {":at": {"S": place}}
        pk, _ = rows.walk_key(tenant, campaign_id, enrolment_id)
        return bool(self._move_due(pk, enrolment_id, at, condition, values))

    def _move_due(
        self, pk: str, sk: EnrolmentId, at: datetime, condition: str, values: Item
    ) -> Item | None:
        """The item as it is then; None where the condition does not hold. Another version, too."""
        set_due = {":due": {"S": rows.due_sk(at, sk)}, ":one": {"N": "1"}}
        try:
            reply: Mapping[str, Any] = self._dynamo.patiently(
                self._dynamo.client.update_item,
                TableName=self._tables.campaigns,
                Key=key_of(pk, sk),
                UpdateExpression="SET due_sk = :due ADD version :one",
                ConditionExpression=condition,
                ExpressionAttributeValues={**set_due, **values},
                ReturnValues="ALL_NEW",
            )
        except ClientError as error:
            if code_of(error) != CONDITION_FAILED:
                raise
            # It is as we want it where the answer to our own write was lost.
            stored = self._dynamo.batch_get(self._tables.campaigns, [(pk, sk)])
            return next((one for one in stored if one.get("due_sk") == set_due[":due"]), None)
        found: Item = reply["Attributes"]
        return found

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
        page = self._listings.merged(
            self._tables.campaigns,
            "step",
            [rows.step_pk(tenant, campaign_id, step, state)],
            lambda item: EnrolmentId(item["sk"]["S"]),
            limit,
            cursor=cursor,
        )
        found = self.enrolments(tenant, campaign_id, page.items)
        there = [found[one] for one in page.items if one in found]
        return Listing(
            [one for one in there if (one.step, one.state) == (step, state)], page.cursor
        )

    def list_enrolments(
        self, tenant: TenantId, campaign_id: CampaignId, part: int, limit: int, cursor: str = ""
    ) -> Listing[Enrolment]:
        """All enrolments of a part."""
        pks = [rows.walk_pk(tenant, campaign_id, part)]
        return self._listings.merged(
            self._tables.campaigns, "", pks, rows.enrolment_of, limit, cursor=cursor
        )

    def turns(
        self, tenant: TenantId, campaign_id: CampaignId, people: Iterable[PersonId]
    ) -> dict[PersonId, Turn]:
        """The turns of these people in a campaign."""
        keys = [rows.turn_key(tenant, one, campaign_id) for one in dict.fromkeys(people)]
        found = self._dynamo.batch_get(self._tables.campaigns, keys) if keys else []
        return {one.person_id: one for one in map(rows.turn_of, found)}

    def turns_of(self, tenant: TenantId, person_id: PersonId) -> list[Turn]:
        """All turns of a person."""
        items = self._dynamo.query_all(
            self._tables.campaigns,
            ConsistentRead=True,
            KeyConditionExpression="pk = :p AND begins_with(sk, :s)",
            ExpressionAttributeValues={
                ":p": {"S": person_pk(tenant, person_id)},
                ":s": {"S": f"{rows.CAMPAIGN}#"},
            },
        )
        return list(map(rows.turn_of, items))

    def forget_turn(self, turn: Turn) -> None:
        """Forget that the person was ever in the campaign."""
        key = rows.turn_key(turn.tenant, turn.person_id, turn.campaign_id)
        self._dynamo.batch_delete(self._tables.campaigns, [key])

    def step_numbers(
        self, tenant: TenantId, campaign_id: CampaignId
    ) -> Mapping[StepId, StepNumbers]:
        """The numbers of all steps that anybody came to."""
        found = Numbers()
        for item in self._numbers(tenant, campaign_id):
            found.update(rows.numbers_in(item))
        return step_numbers(found)

    def forget_enrolments(self, tenant: TenantId, campaign_id: CampaignId, limit: int) -> bool:
        """Remove so many with their turns, and in the end the numbers."""
        for part in range(PARTS):
            page = self.list_enrolments(tenant, campaign_id, part, limit)
            if page.items:
                people = {one for o in page.items for one in (o.person_id, o.origin)}
                turns = [rows.turn_key(tenant, one, campaign_id) for one in sorted(people)]
                self._dynamo.batch_delete(self._tables.campaigns, turns)
                walks = [rows.walk_key(tenant, campaign_id, o.enrolment_id) for o in page.items]
                self._dynamo.batch_delete(self._tables.campaigns, walks)
                return True
        keys = [(i["pk"]["S"], i["sk"]["S"]) for i in self._numbers(tenant, campaign_id)]
        self._dynamo.batch_delete(self._tables.campaigns, keys)
        return False

    def _numbers(self, tenant: TenantId, campaign_id: CampaignId) -> list[Item]:
        return self._dynamo.query_all(
            self._tables.campaigns,
            ConsistentRead=True,
            KeyConditionExpression="pk = :p",
            ExpressionAttributeValues={":p": {"S": rows.numbers_pk(tenant, campaign_id)}},
        )

    def _packed(self, changes: Sequence[Change]) -> Iterator[list[int]]:
        """Places of changes of one part of one campaign that fit into a transaction."""
        parts: dict[tuple[CampaignId, int], list[int]] = {}
        for place, change in enumerate(changes):
            at = (change.after.campaign_id, part_of(change.after.enrolment_id))
            parts.setdefault(at, []).append(place)
        for places in parts.values():
            pack: list[int] = []
            for place in places:
                if pack and not self._fits([changes[p] for p in pack], changes[place]):
                    yield pack
                    pack = []
                pack.append(place)
            yield pack

    def _fits(self, some: Sequence[Change], one: Change) -> bool:
        """Whether a transaction takes one more, which writes no row that it writes already."""
        turn = one.turn
        if turn and any(o.turn and o.turn.person_id == turn.person_id for o in some):
            return False
        return self._size([*some, one]) <= self._most

    @property
    def _most(self) -> int:
        return self._dynamo.transaction

    def _size(self, some: Sequence[Change]) -> int:
        """Rows of a transaction. Any of them may be lost, and then the numbers of more steps be moved."""
        steps = {step for change in some for step, _ in difference([change])}
        return len(some) + sum(change.turn is not None for change in some) + len(steps)

    def _write(self, tenant: TenantId, changes: Sequence[Change], pack: list[int]) -> list[int]:
        """Write a pack, without those that lose as often as some do; the places of the losers."""
        lost: list[int] = []
        for _ in range(len(pack) + _TRIES):
            if not pack:
                return lost
            actions: list[Mapping[str, Any]] = []
            whose: list[int] = []
            for place in pack:
                own = self._actions(changes[place])
                actions += own
                whose += [place] * len(own)
            first = changes[pack[0]].after
            by = difference(changes[place] for place in pack)
            actions += rows.number_updates(
                self._tables.campaigns, tenant, first.campaign_id, part_of(first.enrolment_id), by
            )
            failed = self._dynamo.transact(actions)
            if not failed:
                return lost
            late = {whose[at] for at in failed}
            lost += sorted(late)
            pack = [place for place in pack if place not in late]
        raise StoreBusy("Others keep changing the same enrolments.")

    def _actions(self, change: Change) -> list[Mapping[str, Any]]:
        table = self._tables.campaigns
        version = change.before.version if change.before else 0
        item = rows.enrolment_item(replace(change.after, version=version + 1))
        actions = [rows.put_if_stands(table, item, version)]
        if change.turn is not None:
            after = replace(change.turn, version=change.turn.version + 1)
            actions.append(rows.put_if_stands(table, rows.turn_item(after), change.turn.version))
        return actions


def _due(pk: str, until: datetime) -> dict[str, Any]:
    return {
        "IndexName": "due",
        "KeyConditionExpression": "due_pk = :p AND due_sk < :u",
        "ExpressionAttributeValues": {
            ":p": {"S": pk},
            ":u": {"S": moment(until) + _AFTER},
        },
    }
