"""Scores on their way to Sugar: one that it has, and many that wait."""

from datetime import datetime, timedelta

from funnel.domain.connecting.connections import Connection
from funnel.domain.ids import PersonId
from funnel.domain.pushing.score_marks import ScoreMark
from tests.fakes.store import MemoryStore

WAITING = 1240


def fill_scores(store: MemoryStore, connection: Connection, now: datetime) -> None:
    """What the pages of this company show."""
    told = ScoreMark(
        connection.tenant, PersonId("anneliese"), connection.connection_id, now, 57,
        told=42, told_at=now - timedelta(hours=2),
    )  # fmt: skip
    waiting = [
        ScoreMark(connection.tenant, PersonId(f"waiting-{n}"), connection.connection_id, now, n)
        for n in range(WAITING - 1)
    ]
    store.save_score_marks(connection.tenant, [told, *waiting])
