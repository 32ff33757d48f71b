"""Once a day, look through all scores for one that Sugar was not told: what the relay could not mark."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from funnel.domain.connecting.connections import Connection
from funnel.domain.ids import PersonId
from funnel.domain.pushing.score_marks import ScoreMark, marked, scored_links
from funnel.domain.scoring.scores import Score
from funnel.usecases.app import App
from funnel.usecases.bells.change_marks import change_marks
from funnel.usecases.bells.ring_for_scores import ring_for_scores
from funnel.usecases.connecting.connection import change_connection

_EVERY = timedelta(hours=20)
_PAGE = 500
_SETTLED = timedelta(minutes=15)
"""What changed since may still be on its way through the stream."""


def sweep_scores(app: App, connection: Connection, seconds_left: Callable[[], float]) -> bool:
    """Have told what was forgotten; whether it is through, or not due yet.

    People whose scores another Sugar was told are left to their next change.
    """
    now = app.clock.now()
    if connection.scores_swept_at is not None and now - connection.scores_swept_at < _EVERY:
        return True
    cursor = connection.scores_cursor
    while True:
        listing = app.activities.scored_people(connection.tenant, _PAGE, cursor)
        _mark(app, connection, _forgotten(app, connection, listing.items, now))
        cursor = listing.cursor
        if not cursor or seconds_left() <= 0:
            break
    swept_at = connection.scores_swept_at if cursor else now
    change_connection(
        app,
        connection.tenant,
        lambda c: replace(c, scores_swept_at=swept_at, scores_cursor=cursor),
    )
    return not cursor


def _forgotten(
    app: App, connection: Connection, ids: Sequence[PersonId], now: datetime
) -> dict[PersonId, int]:
    """Of these people, whose score is another than Sugar was told, with the score."""
    scores = app.activities.scores(connection.tenant, ids) if ids else {}
    old = {i: score for i, score in scores.items() if now - score.changed_at > _SETTLED}
    marks = app.score_marks.score_marks(connection.tenant, old) if old else {}
    found = [i for i, score in old.items() if _is_owed(connection, score, marks.get(i))]
    people = app.records.people(connection.tenant, found) if found else {}
    return {i: old[i].value for i in found if scored_links(people.get(i))}


def _is_owed(connection: Connection, score: Score, mark: ScoreMark | None) -> bool:
    if mark is None:
        return score.value != 0
    if mark.connection_id != connection.connection_id or mark.due_at or mark.failed:
        return False
    return score.value != (mark.told or 0)


def _mark(app: App, connection: Connection, found: dict[PersonId, int]) -> None:
    if not found:
        return
    ring_for_scores(app, connection.tenant)
    due_at = app.clock.now() + app.score_hold
    change_marks(
        app,
        connection.tenant,
        connection.connection_id,
        found,
        lambda mark: marked(mark, due_at, hint=found[mark.person_id]),
    )
