"""What Sugar is to be told of people's lead scores, and what it was told. Told in `docs/push.md`."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation

from funnel.domain.connecting.connections import Connection
from funnel.domain.crm import Value
from funnel.domain.ids import ConnectionId, Module, PersonId, RecordKey, TenantId, derived_id
from funnel.domain.mapping.score_fields import SCORE_AT_FIELD, SCORE_FIELD, SCORED_MODULES
from funnel.domain.scoring.scores import Score
from funnel.domain.sync.records import Direction, Link, Person, SyncError

HOLD = timedelta(seconds=60)
"""Long enough to take back a burst of machine clicks before anybody in Sugar sees it."""

OVERWRITES = 3
"""How often in a day Sugar may hold another score than it was told before we leave it alone."""

NOT_TAKEN, REFUSED, FIELD_MISSING = "ScoreNotTaken", "ScoreRefused", "ScoreFieldMissing"
OVERWRITTEN = "ScoreOverwritten"
MODULE_CODES = frozenset({REFUSED, FIELD_MISSING})
CODES = frozenset({NOT_TAKEN, REFUSED, FIELD_MISSING, OVERWRITTEN})

_DAY = timedelta(days=1)
_MOST_RANK = 1000


@dataclass(frozen=True, slots=True)
class ScoreMoved:
    """A person's score before and after a write; before the first one it is 0."""

    tenant: TenantId
    person_id: PersonId
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class ScoreMark:
    """One person's score towards the Sugar of `connection_id`; kept for good once there is one.

    `due_at` is from when on Sugar is to be told; None while there is nothing to tell. `hint` is the
    score as it was when it was marked, which decides who goes first; `urgent` goes before all.
    `told` is the score that Sugar last had on all of the person's records, at `told_at`, read back.
    `parked` names a module that takes no scores, for which alone the mark waits. `failed` are the
    records with a row in the error report. `overwritten` is when the pull found another score in
    Sugar than was told, in the last day.
    """

    tenant: TenantId
    person_id: PersonId
    connection_id: ConnectionId
    due_at: datetime | None = None
    hint: int = 0
    urgent: bool = False
    told: int | None = None
    told_at: datetime | None = None
    parked: str = ""
    failed: tuple[RecordKey, ...] = ()
    overwritten: tuple[datetime, ...] = ()
    version: int = 0

    @property
    def rank(self) -> int:
        """Who goes first: 0 what somebody waits for, then the highest score."""
        return 0 if self.urgent else 1 + max(0, _MOST_RANK - max(0, self.hint))


def facing(mark: ScoreMark, connection_id: ConnectionId) -> ScoreMark:
    """The mark towards the Sugar of this connection: another one was told nothing yet."""
    if mark.connection_id == connection_id:
        return mark
    anew = ScoreMark(mark.tenant, mark.person_id, connection_id)
    return replace(anew, hint=mark.hint, urgent=mark.urgent, version=mark.version)


def marked(
    mark: ScoreMark, due_at: datetime, *, hint: int | None = None, urgent: bool = False
) -> ScoreMark:
    """The mark with the score to be told, at the latest from `due_at` on.

    What is due already does not wait again: a person who goes on clicking is told of all the same.
    What was parked is tried once more: only one of the person's modules may take no scores.
    """
    return replace(
        mark,
        due_at=min(due_at, mark.due_at) if mark.due_at else due_at,
        hint=mark.hint if hint is None else hint,
        urgent=mark.urgent or urgent,
        parked="",
    )


def told(mark: ScoreMark, value: int, at: datetime) -> ScoreMark:
    """The mark after all records that are left were read back with this score."""
    return replace(
        mark,
        due_at=None,
        urgent=False,
        hint=value,
        told=value,
        told_at=at,
        parked="",
        failed=(),
    )


def at_rest(mark: ScoreMark) -> ScoreMark:
    """The mark of somebody who has no record in Sugar that could be told."""
    return replace(mark, due_at=None, urgent=False, parked="", failed=())


def parked(mark: ScoreMark, module: Module) -> ScoreMark:
    """The mark waiting for a module that takes no scores as things are."""
    return replace(mark, parked=str(module))


def failed(mark: ScoreMark, value: int, at: datetime, records: Iterable[RecordKey]) -> ScoreMark:
    """The mark after these records did not take the score, and all others did.

    It waits for another change, for the night, or for a person.
    """
    return replace(told(mark, value, at), failed=tuple(records))


def found_otherwise(mark: ScoreMark, now: datetime) -> ScoreMark:
    """The mark after Sugar was found with another score than it was told.

    It is told again, until somebody there has changed it three times in a day.
    """
    times = (*(at for at in mark.overwritten if now - at < _DAY), now)
    after = replace(mark, overwritten=times, told=None)
    return after if is_given_up(after) else marked(after, now)


def is_given_up(mark: ScoreMark) -> bool:
    """Whether somebody in Sugar keeps changing it, so that it is left to a person."""
    return len(mark.overwritten) >= OVERWRITES


def score_fields(connection: Connection, module: Module) -> tuple[str, ...]:
    """The fields of a module that take the score; first the one that is read back."""
    return connection.score_fields.get(module) or (SCORE_FIELD,)


def to_write(
    fields: Iterable[str], there: Iterable[str], value: int, score: Score | None
) -> dict[str, Value]:
    """What is set on one record: the score, and when it changed where Sugar has our field for it."""
    known = set(there)
    wanted: dict[str, Value] = {name: value for name in fields if name in known}
    if score is not None and SCORE_AT_FIELD in known:
        wanted[SCORE_AT_FIELD] = f"{score.changed_at:%Y-%m-%dT%H:%M:%SZ}"
    return wanted


def holds(value: Value, score: int) -> bool:
    """Whether a field of Sugar, of whatever type, holds this score. Empty is not 0."""
    if value is None or isinstance(value, bool):
        return False
    try:
        return Decimal(str(value)) == score
    except InvalidOperation:
        return False


def scored_links(person: Person | None) -> list[Link]:
    """The Leads and Contacts of a person; none of one that is gone or part of another."""
    if person is None or person.merged_into:
        return []
    return [link for link in person.links if link.key.module in SCORED_MODULES]


def score_error_id(record: RecordKey, code: str) -> str:
    """The id of a row of the error report; a record has one for its score at most."""
    about = code if code in MODULE_CODES else "score"
    return derived_id("error", "score", str(record), about)


def score_error(
    tenant: TenantId,
    record: RecordKey,
    name: str,
    code: str,
    field: str,
    value: str,
    before: Iterable[SyncError],
    now: datetime,
) -> SyncError:
    """A row about one record, or about a module (`module_key`); one that is there keeps its time."""
    error_id = score_error_id(record, code)
    seen = [error.first_seen for error in before if error.error_id == error_id]
    return SyncError(
        tenant=tenant,
        error_id=error_id,
        direction=Direction.PUSH,
        record=record,
        name=name,
        field=field,
        value=value,
        code=code,
        root=record,
        root_name=name,
        first_seen=min(seen, default=now),
        last_seen=now,
    )
