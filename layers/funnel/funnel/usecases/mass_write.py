"""How much waits to be written to Sugar, and about how long that takes: said before it begins."""

from dataclasses import dataclass

from funnel.domain.connections import Connection
from funnel.domain.errors import Conflict
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


def refuse_unannounced(app: App, connection: Connection) -> None:
    """Raise `Conflict`, saying how much would be written, if it is much."""
    found = mass_write(app, connection)
    if found.is_mass:
        count = f"More than {found.waiting:,}" if found.more else f"{found.waiting:,}"
        raise Conflict(
            f"{count} lead scores wait to be written to Sugar, which takes about"
            f" {_length(found.seconds)}.",
            mend="Say that they may be written.",
        )


def _length(seconds: int) -> str:
    if seconds < 90:
        return f"{max(1, seconds)} seconds"
    return f"{round(seconds / 60):,} minutes"
