"""How much waits to be written to Sugar, and about how long that takes: said before it begins."""

from dataclasses import dataclass

from funnel.domain.connecting.connections import Connection
from funnel.domain.errors import Conflict
from funnel.domain.ids import TenantId
from funnel.domain.lists.lists import PeopleList
from funnel.usecases.app import App

MASS = 100
"""From how many people on somebody has to say yes."""

MOST = 10_000
"""More are not counted."""


@dataclass(frozen=True, slots=True)
class MassWrite:
    """How many people's scores wait (`more`: at least so many), and about how many seconds they take."""

    waiting: int
    seconds: int
    more: bool = False

    @property
    def is_mass(self) -> bool:
        """Whether somebody has to say yes first."""
        return self.waiting >= MASS


def mass_write(app: App, connection: Connection) -> MassWrite:
    """What waits for this Sugar now."""
    found = app.score_marks.count_scores_to_tell(
        connection.tenant, connection.connection_id, MOST + 1
    )
    waiting = min(found, MOST)
    return MassWrite(waiting, seconds_for(connection, waiting), more=found > MOST)


def seconds_for(connection: Connection, records: int) -> int:
    """About how long so many records take, by how fast this Sugar saved the last ones."""
    batches = -(-records // connection.write_size)
    return round(records / connection.write_rate + batches) if records else 0


def rescore_write(app: App, tenant: TenantId, at_least: int = 0) -> MassWrite:
    """What working out all scores anew writes to Sugar at the most: everybody's who has one.

    They are no fewer than `at_least`. Nothing where the connection only reads: it is said when that ends.
    """
    connection = app.sync.connection(tenant)
    if connection is None or connection.read_only:
        return MassWrite(0, 0)
    people = max(at_least, app.activities.count_scored(tenant))
    return MassWrite(people, seconds_for(connection, people))


def segment_write(app: App, segment: PeopleList) -> MassWrite:
    """What another rule of a segment writes to Sugar at the most: nothing where it has no overlay.

    Whoever comes into it or leaves it has another score then.
    """
    if segment.list_id not in app.scoring.scoring_rules(segment.tenant).overlaid:
        return MassWrite(0, 0)
    return rescore_write(app, segment.tenant, at_least=segment.members)


def refuse_unannounced(app: App, connection: Connection) -> None:
    """Raise `Conflict`, saying how much waits to be written, if it is much."""
    found = mass_write(app, connection)
    if found.is_mass:
        raise _unannounced(f"{_count(found)} lead scores wait to be written to Sugar", found)


def refuse_unannounced_rescore(app: App, tenant: TenantId) -> None:
    """Raise `Conflict`, saying how much may be written after all scores change, if it is much."""
    _refuse_rescore(rescore_write(app, tenant))


def refuse_unannounced_rule(app: App, segment: PeopleList) -> None:
    """Raise `Conflict`, saying how much may be written after its rule changes, if it is much."""
    _refuse_rescore(segment_write(app, segment))


def _refuse_rescore(found: MassWrite) -> None:
    if found.is_mass:
        raise _unannounced(f"Up to {_count(found)} lead scores are then written to Sugar", found)


def _unannounced(text: str, found: MassWrite) -> Conflict:
    return Conflict(
        f"{text}, which takes about {_length(found.seconds)}.",
        mend="Say that they may be written.",
    )


def _count(found: MassWrite) -> str:
    return f"More than {found.waiting:,}" if found.more else f"{found.waiting:,}"


def _length(seconds: int) -> str:
    if seconds < 90:
        return f"{max(1, seconds)} seconds"
    return f"{round(seconds / 60):,} minutes"
