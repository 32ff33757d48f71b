"""Mark a person whose lead score has changed, so that Sugar is told. Sugar is not asked here."""

from datetime import timedelta

from funnel.domain.ids import derived_id
from funnel.domain.pushing.score_marks import ScoreMark, ScoreMoved, marked, scored_links
from funnel.usecases.app import App
from funnel.usecases.bells.change_marks import change_marks
from funnel.usecases.bells.ring_for_scores import ring_for_scores

_OVERDUE = timedelta(minutes=5)
"""How long what is due may take until its bell is taken for lost."""


def relay_score(app: App, change: ScoreMoved) -> None:
    """Have it told after the hold, if it really changed and the person is in Sugar.

    Whether the connection may be written to is looked at when it is told. It can be repeated: what
    Sugar has been told already is not written again. Raises `StoreBusy`.
    """
    if change.before == change.after:
        return
    connection = app.sync.connection(change.tenant)
    if connection is None:
        return
    person = app.records.people(change.tenant, [change.person_id]).get(change.person_id)
    if not scored_links(person):
        return
    now = app.clock.now()
    due_at = now + app.score_hold
    ringer = derived_id("score-bell", change.person_id, str(change.before), str(change.after))

    def to_be_told(mark: ScoreMark) -> ScoreMark:
        if mark.due_at is None or mark.parked or now - mark.due_at > _OVERDUE:
            # What is due already was rung for: a person who goes on clicking costs no bell each time.
            ring_for_scores(app, change.tenant, ringer)
        return marked(mark, due_at, hint=change.after)

    change_marks(app, change.tenant, connection.connection_id, [change.person_id], to_be_told)
