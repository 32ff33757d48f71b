"""What is due of all tenants stood in 8 parts until 29 November 2026; rows written then are found."""

import itertools
import zlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from funnel.adapters.dynamodb import DynamoStore
from funnel.adapters.dynamodb.activity_rows import score_place
from funnel.adapters.dynamodb.requests import key_of
from funnel.adapters.dynamodb.tables import due_part, person_pk
from funnel.domain.ids import PersonId
from funnel.domain.lists.lists import Move, Standing
from funnel.domain.scoring.scores import Score, ScoreLine
from funnel.domain.scoring.tallies import ScoreChange, Tally
from funnel.domain.tracking.activities import SubjectId
from tests.contract.storage import emulator, servers
from tests.fakes.world import TENANT

pytestmark = pytest.mark.feature("G7")

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
PEOPLE = [PersonId(f"p{n}") for n in range(40)]
_numbers = itertools.count(1)


@pytest.fixture
def store() -> DynamoStore:
    """Empty tables of its own."""
    client = emulator.client()
    return DynamoStore(servers.create_tables(client, f"parts-{next(_numbers)}-"), client)


def moved_to_where_they_were(table: str, keys: list[tuple[str, str]]) -> None:
    """Each row stands in the part that the code of then chose."""
    client = emulator.plain_client()
    moved = 0
    for person, key in zip(PEOPLE, keys, strict=True):
        part = zlib.crc32(person.encode()) % 8
        moved += part != due_part(person)
        client.update_item(
            TableName=table,
            Key=key_of(*key),
            ConditionExpression="attribute_exists(due_pk)",
            UpdateExpression="SET due_pk = :p",
            ExpressionAttributeValues={":p": {"S": f"due#{part}"}},
        )
    assert moved > len(PEOPLE) / 2


def test_a_score_of_then_is_found_and_once_after_it_is_written_anew(store: DynamoStore) -> None:
    def save(person: PersonId, at: datetime, version: int = 0) -> None:
        line = ScoreLine("r1", "Looked", 1, 5, 2, NOW + timedelta(days=1))
        score = replace(Score(TENANT, person, (line,), NOW, 3, at), version=version)
        tally = Tally(TENANT, SubjectId(person), version=version)
        store.write(TENANT, [ScoreChange((tally,), score=score)])

    def due() -> list[PersonId]:
        return [one.person_id for one in store.due_scores(NOW + timedelta(days=9), 100).items]

    for n, person in enumerate(PEOPLE):
        save(person, NOW + timedelta(minutes=n))
    moved_to_where_they_were(store._tables.scores, [score_place(TENANT, one) for one in PEOPLE])
    assert due() == PEOPLE
    for n, person in enumerate(PEOPLE):
        save(person, NOW + timedelta(hours=n), 1)
    assert due() == PEOPLE


def test_a_person_in_segments_of_then_is_found_and_once_after_a_move(store: DynamoStore) -> None:
    def due() -> list[PersonId]:
        return [one.person_id for one in store.due_standings(NOW + timedelta(days=9), 100).items]

    def move(before: list[Standing]) -> None:
        moves = [
            Move(one, frozenset(), recheck_at=NOW + timedelta(minutes=n))
            for n, one in enumerate(before)
        ]
        assert all(store.move(TENANT, moves, NOW))

    move([Standing(TENANT, person) for person in PEOPLE])
    moved_to_where_they_were(
        store._tables.lists, [(person_pk(TENANT, one), "lists") for one in PEOPLE]
    )
    assert due() == PEOPLE
    there = store.standings(TENANT, PEOPLE)
    move([there[person] for person in PEOPLE])
    assert due() == PEOPLE
