"""See where Sugar holds another lead score than it was told, and have it told again."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from funnel.domain.connecting.connections import Connection
from funnel.domain.ids import PersonId, RecordKey
from funnel.domain.mapping.score_fields import SCORED_MODULES
from funnel.domain.pushing.score_marks import (
    OVERWRITTEN,
    ScoreMark,
    found_otherwise,
    holds,
    is_given_up,
    marked,
    score_error,
    score_fields,
)
from funnel.domain.scoring.scores import Score
from funnel.domain.sync.records import State, SugarRecord, SyncError, Unit
from funnel.usecases.app import App
from funnel.usecases.bells.change_marks import change_marks
from funnel.usecases.bells.ring import ring


@dataclass(frozen=True, slots=True)
class _Seen:
    """A record as it was read just now; `joined` if it is new here, or was another person's."""

    record: SugarRecord
    joined: bool


def watch_scores(
    app: App,
    connection: Connection,
    units: Iterable[Unit],
    before: Mapping[RecordKey, SugarRecord | None],
) -> None:
    """Mark those whose records, about to be written here, do not hold the score they should.

    To be called before the write: what is forgotten then is read again. While a module is read for
    the first time nothing is marked. What was read before Sugar was last told proves nothing.
    """
    seen = [
        _Seen(record, joined=_joined(before[record.key], record))
        for unit in units
        for record in unit.records
        if record.key in before and _counts(connection, record)
    ]
    if not seen:
        return
    people = {one.record.person_id for one in seen}
    marks = {
        person_id: mark
        for person_id, mark in app.score_marks.score_marks(connection.tenant, people).items()
        if mark.connection_id == connection.connection_id
    }
    unknown = {one.record.person_id for one in seen if one.joined} - marks.keys()
    scores = app.activities.scores(connection.tenant, unknown) if unknown else {}
    due = [one for one in seen if _is_new_to_it(connection, one, scores.get(one.record.person_id))]
    other = [one for one in seen if _differs(connection, one, marks.get(one.record.person_id))]
    if due or other:
        ring(app, connection.tenant)
        _mark(app, connection, due, other)


def _counts(connection: Connection, record: SugarRecord) -> bool:
    module = record.key.module
    return (
        module in SCORED_MODULES
        and record.state is State.SYNCED
        and bool(record.person_id)
        and module in connection.synced_until
        and score_fields(connection, module)[0] in record.fields
    )


def _joined(before: SugarRecord | None, record: SugarRecord) -> bool:
    return before is None or before.person_id != record.person_id


def _is_new_to_it(connection: Connection, one: _Seen, score: Score | None) -> bool:
    """Whether somebody who had a score before came into Sugar with this record."""
    return score is not None and score.value != 0 and not _holds(connection, one, score.value)


def _differs(connection: Connection, one: _Seen, mark: ScoreMark | None) -> bool:
    """Whether Sugar was told, nothing is due, and the record does not hold it."""
    if mark is None or mark.told is None or mark.told_at is None or mark.due_at is not None:
        return False
    if one.record.key in mark.failed or _holds(connection, one, mark.told):
        return False
    return one.joined or one.record.stamp.began > mark.told_at


def _holds(connection: Connection, one: _Seen, score: int) -> bool:
    field = score_fields(connection, one.record.key.module)[0]
    return holds(one.record.fields[field], score)


def _mark(app: App, connection: Connection, due: Sequence[_Seen], other: Sequence[_Seen]) -> None:
    now = app.clock.now()
    changed = {one.record.person_id: one.record for one in other if not one.joined}
    errors: dict[PersonId, SyncError] = {}

    def change(mark: ScoreMark) -> ScoreMark:
        record = changed.get(mark.person_id)
        if record is None:
            return marked(replace(mark, told=None), now)
        if mark.told is None or mark.due_at is not None:
            return mark
        after = found_otherwise(mark, now)
        if is_given_up(after):
            errors[mark.person_id] = _error(app, connection, record, mark.told)
            return replace(after, failed=tuple(dict.fromkeys((*mark.failed, record.key))))
        return after

    people = [one.record.person_id for one in (*due, *other)]
    change_marks(app, connection.tenant, connection.connection_id, people, change)
    if errors:
        app.records.commit(connection.tenant, [Unit(errors=[error]) for error in errors.values()])


def _error(app: App, connection: Connection, record: SugarRecord, told: int) -> SyncError:
    """Somebody in Sugar keeps changing it: said once, and left alone until the score changes."""
    return score_error(
        connection.tenant,
        record.key,
        record.name,
        OVERWRITTEN,
        score_fields(connection, record.key.module)[0],
        str(told),
        app.records.errors_of(connection.tenant, record.key),
        app.clock.now(),
    )
