"""Moves of people between lists, several to a transaction, with the lists' counts."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from funnel.adapters.dynamodb import list_rows as rows
from funnel.adapters.dynamodb import member_rows
from funnel.adapters.dynamodb.requests import Dynamo, key_of
from funnel.domain.ids import ListId, TenantId
from funnel.domain.lists.lists import Move, person_member

Action = Mapping[str, Any]


class Mover:
    """Writes moves to one table."""

    def __init__(self, dynamo: Dynamo, table: str) -> None:
        self._dynamo = dynamo
        self._table = table

    def move(self, tenant: TenantId, moves: Sequence[Move], at: datetime) -> list[bool]:
        """Which moves were written; the others' standings have moved on.

        One transaction after the other: they count on the same rows. Raises `ValueError` for two
        moves of one person, one of another tenant, or one too large for a transaction.
        """
        if len({m.before.person_id for m in moves}) < len(moves):
            raise ValueError("two moves of one person")
        if any(m.before.tenant != tenant for m in moves):
            raise ValueError("a move is of another tenant")
        written = [True] * len(moves)
        for pack in self._packed(moves):
            for place in self._write(tenant, moves, pack, at):
                written[place] = False
        return written

    def _packed(self, moves: Sequence[Move]) -> Iterator[list[int]]:
        """Places of moves that together fit into a transaction."""
        pack: list[int] = []
        rows_in, lists = 0, set[ListId]()
        for place, move in enumerate(moves):
            changed = move.lists ^ move.before.lists
            own = 1 + len(changed)
            if own + len(changed) > self._dynamo.transaction:
                raise ValueError(f"a move changes {len(changed)} lists at once")
            if pack and rows_in + own + len(lists | changed) > self._dynamo.transaction:
                yield pack
                pack, rows_in, lists = [], 0, set()
            pack.append(place)
            rows_in += own
            lists |= changed
        if pack:
            yield pack

    def _write(
        self, tenant: TenantId, moves: Sequence[Move], pack: list[int], at: datetime
    ) -> list[int]:
        """Write a pack, without those that lose as often as some do; the places of the losers."""
        lost: list[int] = []
        while pack:
            standings = [self._standing(moves[place]) for place in pack]
            members = [action for p in pack for action in self._members(tenant, moves[p], at)]
            counts = self._counts(tenant, [moves[place] for place in pack], at)
            failed = self._dynamo.transact([*standings, *members, *counts])
            if not failed:
                break
            # Only standings have conditions, and they stand first.
            lost += [pack[place] for place in failed]
            pack = [place for place in pack if place not in lost]
        return lost

    def _standing(self, move: Move) -> Action:
        return rows.put_versioned(self._table, member_rows.standing_item(move.after))

    def _members(self, tenant: TenantId, move: Move, at: datetime) -> Iterator[Action]:
        member = person_member(move.before.person_id)
        for list_id in move.joined:
            item = member_rows.member_item(tenant, list_id, member, at)
            yield {"Put": {"TableName": self._table, "Item": item}}
        for list_id in move.left:
            key = key_of(*member_rows.member_place(tenant, list_id, member))
            yield {"Delete": {"TableName": self._table, "Key": key}}

    def _counts(self, tenant: TenantId, moves: Sequence[Move], at: datetime) -> Iterator[Action]:
        change: Counter[ListId] = Counter()
        for move in moves:
            change.update(move.joined)
            change.subtract(move.left)
        for list_id, by in sorted(change.items()):
            update = rows.count_update(tenant, list_id, by, at)
            yield {"Update": {"TableName": self._table, **update}}
