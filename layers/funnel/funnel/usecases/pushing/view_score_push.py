"""What Sugar has of a person's lead score: which it was told and when, or why it was not."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from funnel.domain.connecting.connections import Connection
from funnel.domain.ids import Module, TenantId
from funnel.domain.pushing.score_marks import CODES, ScoreMark, is_given_up, scored_links
from funnel.domain.sync.module_errors import module_key
from funnel.domain.sync.records import Person, SyncError
from funnel.usecases.app import App
from funnel.usecases.view_common import RecordRef, Sugar


class ScoreState(StrEnum):
    """How far Sugar knows. NOT_THERE: the person has no record that could hold it."""

    NOT_THERE = "not_there"
    NEVER = "never"
    TOLD = "told"
    SOON = "soon"
    READ_ONLY = "read_only"
    PAUSED = "paused"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class ScoreInSugar:
    """The score Sugar last had on all records it takes it on, since `at`; None for none yet.

    With FAILED, `code` says why, and `record` which record it is about, None for a whole module.
    """

    state: ScoreState
    value: int | None = None
    at: datetime | None = None
    code: str = ""
    record: RecordRef | None = None


def score_in_sugar(app: App, tenant: TenantId, person: Person) -> ScoreInSugar:
    """How far Sugar knows of a person's score."""
    connection = app.sync.connection(tenant)
    if connection is None or not scored_links(person):
        return ScoreInSugar(ScoreState.NOT_THERE)
    mark = app.score_marks.score_marks(tenant, [person.person_id]).get(person.person_id)
    if mark is None or mark.connection_id != connection.connection_id:
        return ScoreInSugar(ScoreState.NEVER)
    state = _state(mark, connection)
    error = _error(app, tenant, mark) if state is ScoreState.FAILED else None
    about = error.record if error and error.record.sugar_id else None
    return ScoreInSugar(
        state,
        mark.told,
        mark.told_at if mark.told is not None else None,
        error.code if error else "",
        Sugar(app, tenant).ref(about, error.name if error else "") if about else None,
    )


def _state(mark: ScoreMark, connection: Connection) -> ScoreState:
    if mark.failed or mark.parked:
        return ScoreState.FAILED
    if mark.due_at is not None:
        if connection.read_only:
            return ScoreState.READ_ONLY
        return ScoreState.PAUSED if connection.pause else ScoreState.SOON
    if is_given_up(mark) and mark.told is None:
        return ScoreState.FAILED
    return ScoreState.TOLD if mark.told is not None else ScoreState.NEVER


def _error(app: App, tenant: TenantId, mark: ScoreMark) -> SyncError | None:
    """The row of the error report that says why."""
    keys = [module_key(Module(mark.parked))] if mark.parked else list(mark.failed)
    rows = (row for key in keys for row in app.records.errors_of(tenant, key))
    return next((row for row in rows if row.code in CODES), None)
