"""Changes of activities, tallies and scores, each written whole or not at all, many together."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from funnel.adapters.dynamodb import activity_rows as rows
from funnel.adapters.dynamodb.requests import Dynamo, Item, key_of
from funnel.adapters.dynamodb.rows import PERSON
from funnel.adapters.dynamodb.tables import Tables, person_pk
from funnel.domain.ids import TenantId
from funnel.domain.scoring.tallies import ChangeOutcome, ScoreChange

_MOST_TOGETHER = 30
"""Rows that changes of several people share a transaction with: all wait for the slowest."""

Action = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Ready:
    """A change as actions: first its activities, whose ids are `ids`, then all other rows."""

    at: int
    ids: tuple[str, ...]
    actions: tuple[Action, ...]


class ScoringWriter:
    """Writes changes of scoring."""

    def __init__(self, dynamo: Dynamo, tables: Tables) -> None:
        self._dynamo = dynamo
        self._tables = tables

    def write(self, tenant: TenantId, changes: Sequence[ScoreChange]) -> list[ChangeOutcome]:
        """What became of each. Raises `ValueError` for a row of another tenant."""
        outcomes = [ChangeOutcome(written=True)] * len(changes)
        ready = [
            _Ready(at, tuple(one.activity_id for one in change.activities), actions)
            for at, change in enumerate(changes)
            if (actions := tuple(self._actions(tenant, change)))
        ]
        packs = list(self._packed(ready))
        for lost in self._dynamo.each(self._write, packs):
            for at, outcome in lost.items():
                outcomes[at] = outcome
        return outcomes

    def _packed(self, ready: Sequence[_Ready]) -> Iterator[list[_Ready]]:
        most = min(_MOST_TOGETHER, self._dynamo.transaction)
        pack: list[_Ready] = []
        size = 0
        for one in ready:
            if pack and size + len(one.actions) > most:
                yield pack
                pack, size = [], 0
            pack.append(one)
            size += len(one.actions)
        if pack:
            yield pack

    def _write(self, pack: list[_Ready]) -> dict[int, ChangeOutcome]:
        """Write a pack, without those that lose as often as some do; what became of the losers."""
        lost: dict[int, ChangeOutcome] = {}
        while pack:
            failed = set(self._dynamo.transact([a for one in pack for a in one.actions]))
            if not failed:
                break
            rest: list[_Ready] = []
            start = 0
            for one in pack:
                mine = [at - start for at in failed if start <= at < start + len(one.actions)]
                start += len(one.actions)
                if mine:
                    here = frozenset(one.ids[at] for at in mine if at < len(one.ids))
                    lost[one.at] = ChangeOutcome(written=False, here=here)
                else:
                    rest.append(one)
            pack = rest
        return lost

    def _actions(self, tenant: TenantId, change: ScoreChange) -> Iterator[Action]:
        if change.tenants - {tenant}:
            raise ValueError("a change holds a row of another tenant")
        table = self._tables.activities
        for activity in change.activities:
            yield _put(table, rows.activity_item(activity), activity.version)
        for tally in change.tallies:
            yield _put(table, rows.tally_item(tally), tally.version)
        for person in change.people:
            yield {"Put": {"TableName": table, "Item": rows.scored_item(tenant, person)}}
        if change.of:
            yield _not_erased(self._tables.people, person_pk(tenant, change.of))
        if change.score:
            item = rows.score_item(change.score)
            yield _put(self._tables.scores, item, change.score.version)


def _not_erased(table: str, pk: str) -> Action:
    check = {"TableName": table, "Key": key_of(pk, PERSON)}
    return {"ConditionCheck": {**check, "ConditionExpression": "attribute_not_exists(erased)"}}


def _put(table: str, item: Item, version: int) -> Action:
    put: dict[str, Any] = {"TableName": table, "Item": item}
    if version:
        put["ConditionExpression"] = "version = :n"
        put["ExpressionAttributeValues"] = {":n": {"N": str(version)}}
    else:
        put["ConditionExpression"] = "attribute_not_exists(pk)"
    return {"Put": put}
