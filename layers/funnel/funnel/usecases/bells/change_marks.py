"""Change what is kept of people's scores towards Sugar."""

from collections.abc import Callable, Iterable

from funnel.domain.errors import StoreBusy
from funnel.domain.ids import ConnectionId, PersonId, TenantId
from funnel.domain.pushing.score_marks import ScoreMark, facing
from funnel.usecases.app import App

_TRIES = 8


def change_marks(
    app: App,
    tenant: TenantId,
    connection_id: ConnectionId,
    ids: Iterable[PersonId],
    change: Callable[[ScoreMark], ScoreMark],
) -> None:
    """Apply a change to these people's marks as they stand, again where others changed them.

    Nothing is written where it leaves one as it is. Raises `StoreBusy`.
    """
    left = list(dict.fromkeys(ids))
    for _ in range(_TRIES):
        if not left:
            return
        stored = app.score_marks.score_marks(tenant, left)
        after = []
        for person_id in left:
            before = stored.get(person_id) or ScoreMark(tenant, person_id, connection_id)
            changed = change(facing(before, connection_id))
            if changed != before:
                after.append(changed)
        written = app.score_marks.save_score_marks(tenant, after) if after else []
        left = [one.person_id for one, done in zip(after, written, strict=True) if not done]
    if left:
        raise StoreBusy("Others kept changing what Sugar is to be told of the same people.")
